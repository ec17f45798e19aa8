"""The rules of what a programme does to care, on a ladder or by a direct shift, and of what becomes
money of it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sroi.inputs.care.care import Effect
from sroi.inputs.care.care_ladder import CHANGES, Intervention, Tier
from sroi.inputs.care.direct_shift import DirectShift
from sroi.inputs.quantity.quantity import MASS_OUTSIDE, Quantity
from sroi.inputs.rules.checked import Checked
from sroi.inputs.rules.prices import care
from sroi.inputs.scenario.programme_end import costs_end, goes_on
from sroi.inputs.text.yaml_text import Path_
from sroi.problems import Problem

CONTRACT = ("paid_per_unit", "backfill", "capacity_step", "waiting_list", "not_cashable")
SHIFT_FORMS = ({"at_risk", "risk_reduction"}, {"substitution"})
DOOR = ("diversion", "net_widening")


def effects(c: Checked) -> Iterator[tuple[Path_, str, Effect]]:
    """The intervention of every ladder, and every direct shift: its place, its id and itself."""
    for number, ladder in enumerate(c.scenario.care_ladder):
        yield ("care_ladder", number, "intervention"), ladder.id, ladder.intervention
    for number, shift in enumerate(c.scenario.direct_shift):
        yield ("direct_shift", number), shift.id, shift


def certainly(quantity: Quantity | None, number: float) -> bool:
    """Whether a quantity can be nothing but this number."""
    return quantity is not None and quantity.bounds == (number, number)


def stated(noun: object, names: tuple[str, ...]) -> list[str]:
    """Which of these fields have a value."""
    return [name for name in names if getattr(noun, name, None) is not None]


def highest(quantity: Quantity) -> float:
    """The highest value of a bounded form; of others what hardly any of it is above."""
    if quantity.beta:
        return high_share(*quantity.beta.parameters)
    if quantity.bounds:
        return quantity.bounds[1]
    low, high = 0.0, 1.0
    while _is_above(quantity, high):
        low, high = high, high * 2
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if _is_above(quantity, middle) else (low, middle)
    return high


def _is_above(quantity: Quantity, point: float) -> bool:
    return quantity.outside((-math.inf, point)) > MASS_OUTSIDE


def high_share(yes: float, no: float) -> float:
    """What hardly any of a beta distribution of these two sizes is above."""
    from scipy.special import betaincinv

    return float(betaincinv(yes, no, 1 - MASS_OUTSIDE)) if yes > 0 < no else float(yes > 0)


def care_has_a_contract(c: Checked) -> Iterator[Problem]:
    """contract-missing, contract-on-light-tier"""
    for path, name, one in care(c):
        if isinstance(one, Tier) and not one.heavy:
            for key in [key for key in stated(one, CONTRACT) if key in one.model_fields_set]:
                facts = {"id": name, "key": key}
                yield c.error("contract-on-light-tier", *path, key, at_key=True, **facts)
            continue
        needed = CONTRACT[:2] if certainly(one.paid_per_unit, 1) else CONTRACT[:3]
        given = stated(one, needed)
        for key in [key for key in needed if key not in given]:
            yield c.error("contract-missing", *path, at_key=True, id=name, key=key)


def waiting_lists_fill_places(c: Checked) -> Iterator[Problem]:
    """backfill-with-waiting-list"""
    for path, name, one in care(c):
        if certainly(one.backfill, 0) and one.waiting_list:
            yield c.warning("backfill-with-waiting-list", *path, "backfill", id=name)


def direct_shifts_have_a_form(c: Checked) -> Iterator[Problem]:
    """shift-form"""
    for number, shift in enumerate(c.scenario.direct_shift):
        given = stated(shift, ("at_risk", "risk_reduction", "substitution"))
        if set(given) not in SHIFT_FORMS:
            facts = {"id": shift.id, "found": ", ".join(given) or "–"}
            yield c.error("shift-form", "direct_shift", number, at_key=True, **facts)


def programmes_change_something(c: Checked) -> Iterator[Problem]:
    """effect-missing; and field-missing for who needs heavy care of the people that come extra"""
    for number, ladder in enumerate(c.scenario.care_ladder):
        path, programme = ("care_ladder", number, "intervention"), ladder.intervention
        given = stated(programme, CHANGES)
        if not (given or programme.by_move or programme.by_tier):
            yield c.error("effect-missing", *path, at_key=True, id=ladder.id)
        extra = [programme.net_widening, *(at.net_widening for at in programme.by_tier.values())]
        wider = any(one is not None and not certainly(one, 0) for one in extra)
        if wider and programme.needs_heavy_care is None:
            yield c.error("field-missing", *path, at_key=True, key="needs_heavy_care")
    for number, cohort in enumerate(c.scenario.cohorts):
        rewards = [*cohort.costs, *cohort.effects]
        changed = cohort.programme or any(
            x.with_programme is not None or x.once_with_programme for x in rewards
        )
        if rewards and not changed:
            yield c.error("effect-missing", "cohorts", number, at_key=True, id=cohort.id)


def programmes_end_somehow(c: Checked) -> Iterator[Problem]:
    """programme-end-unsaid, fades-without-end; number-out-of-range of an end after the horizon"""
    years = c.scenario.basis.years
    for number, ladder in enumerate(c.scenario.care_ladder):
        path, effect = ("care_ladder", number, "intervention"), ladder.intervention
        end = effect.programme_years
        if end is None:
            if effect.fades is not None:
                yield c.error("fades-without-end", *path, "fades", at_key=True, id=ladder.id)
            continue
        if end > years:
            facts = {"key": "programme_years", "found": end, "limit": f"≤ {years}"}
            yield c.error("number-out-of-range", *path, "programme_years", **facts)
        elif end < years and effect.fades is None:
            where, facts = (*path, "programme_years"), {"id": ladder.id, "years": end}
            yield c.error("programme-end-unsaid", *where, at_key=True, **facts)


def what_counts_after_the_years_has_an_end(c: Checked) -> Iterator[Problem]:
    """counts-on-unsaid, counts-on-without-end"""
    basis = c.scenario.basis
    for number, ladder in enumerate(c.scenario.care_ladder):
        path, effect = ("care_ladder", number, "intervention"), ladder.intervention
        ended, counted = effect.programme_years is not None, basis.horizon == "count"
        if effect.counts_on is not None and not (ended and effect.fades and counted):
            yield c.error("counts-on-without-end", *path, "counts_on", at_key=True, id=ladder.id)
        elif effect.counts_on is None and ended and counted:
            where = (*path, "programme_years")
            yield c.error("counts-on-unsaid", *where, at_key=True, id=ladder.id)


def nothing_goes_on_after_the_end(c: Checked) -> Iterator[Problem]:
    """costs-do-not-end, costs-after-end, activity-after-end"""
    end = costs_end(c.scenario)
    for number, ladder in enumerate(c.scenario.care_ladder):
        own = ladder.intervention.programme_years
        if own is None or own >= c.scenario.basis.years:
            continue
        where = ("care_ladder", number, "intervention", "programme_years")
        if end is None and c.scenario.investment:
            yield c.warning("costs-do-not-end", *where, at_key=True, id=ladder.id, years=own)
        for position, activity in enumerate(c.scenario.activities):
            if activity.id == ladder.of and goes_on(activity.volume, own):
                place = ("activities", position, "volume")
                facts = {"id": activity.id, "ladder": ladder.id, "years": own}
                yield c.warning("activity-after-end", *place, at_key=True, **facts)
    for position, line in enumerate(c.scenario.investment if end is not None else []):
        for key in stated(line, ("per_year", "volume")):
            sizes = getattr(line, key)
            if end is not None and len(sizes) > 1 and goes_on(sizes, end):
                place = ("investment", position, key)
                yield c.warning("costs-after-end", *place, at_key=True, id=line.id, years=end)


def effects_are_corrected_once(c: Checked) -> Iterator[Problem]:
    """corrected-already: a claim is shrunk, and a starting point rests on comparisons"""
    for path, name, effect in effects(c):
        already = corrected_already(c, effect)
        if already and effect.effect_basis == "gross":
            yield c.error("corrected-already", *path, already, at_key=True, id=name, key=already)


def corrected_already(c: Checked, effect: Effect) -> str:
    """The field that makes a correction for what is not ours come twice, or nothing."""
    if not isinstance(effect, Intervention):
        return ""
    for name in CHANGES[:2]:
        ratio = getattr(effect, name)
        if ratio and ratio.claim:
            return name
    if any(ratio.claim for row in effect.by_move.values() for ratio in row.values()):
        return "by_move"
    point = c.library.starting_points.get(effect.starting_point or "")
    filled = any(getattr(effect, name) is getattr(point, name) for name in CHANGES) if point else 0
    return "starting_point" if filled else ""


def hazard_ratios_may_be_bad(c: Checked) -> Iterator[Problem]:
    """prior-too-sure"""
    for number, ladder in enumerate(c.scenario.care_ladder):
        ratio = ladder.intervention.hazard_ratio_up
        if ratio and not ratio.may_exceed_one and not certainly(ratio, 1):
            where = ("care_ladder", number, "intervention", "hazard_ratio_up")
            yield c.warning("prior-too-sure", *where, id=ladder.id)


def conditions_have_a_setting(c: Checked) -> Iterator[Problem]:
    """reference-missing, reference-without-conditions, conditions-without-effect"""
    conditions = c.scenario.enabling_conditions
    for path, name, effect in effects(c):
        if conditions and effect.reference is None:
            yield c.warning("reference-missing", *path, at_key=True, id=name)
        if not conditions and isinstance(effect.reference, float):
            yield c.error("reference-without-conditions", *path, "reference", id=name)
    valued = c.scenario.outcomes or c.scenario.cohorts
    if conditions and valued and not list(effects(c)):
        yield c.warning("conditions-without-effect", "enabling_conditions", at_key=True)


def evidence_is_graded(c: Checked) -> Iterator[Problem]:
    """evidence-missing"""
    if c.scenario.basis.optimism_bias == "none":
        return
    for path, name, quantity in _gains(c):
        if quantity.evidence is None:
            yield c.warning("evidence-missing", *path, id=name, key=path[-1])


def _gains(c: Checked) -> Iterator[tuple[Path_, str, Quantity]]:
    """The quantities that gains rest on."""
    for path, outcome in c.outcomes():
        if outcome.in_euros and not (outcome.rate.bounds and outcome.rate.bounds[1] <= 0):
            yield (*path, "rate"), outcome.id, outcome.rate
    for path, name, effect in effects(c):
        names = ("at_risk", "risk_reduction", "substitution")
        for key in stated(effect, names if isinstance(effect, DirectShift) else CHANGES[:3]):
            yield (*path, key), name, getattr(effect, key)
        if isinstance(effect, Intervention):
            yield from _single_gains(path, name, effect)


def _single_gains(
    path: Path_, name: str, effect: Intervention
) -> Iterator[tuple[Path_, str, Quantity]]:
    """The effects on single moves, and at the door of single tiers."""
    for origin, row in effect.by_move.items():
        for target, ratio in row.items():
            yield (*path, "by_move", origin, target), name, ratio
    for tier, at in effect.by_tier.items():
        if at.diversion is not None:
            yield (*path, "by_tier", tier, "diversion"), name, at.diversion


RULES = [
    care_has_a_contract,
    waiting_lists_fill_places,
    direct_shifts_have_a_form,
    programmes_change_something,
    programmes_end_somehow,
    what_counts_after_the_years_has_an_end,
    nothing_goes_on_after_the_end,
    effects_are_corrected_once,
    hazard_ratios_may_be_bad,
    conditions_have_a_setting,
    evidence_is_graded,
]
