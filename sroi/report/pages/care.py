"""The pages of the preventive shift: one section for each ladder, then conditions and budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sroi.analysis.care.cohorts import Comparison
from sroi.analysis.care.preventive_shift import PreventiveShift, preventive_shifts
from sroi.analysis.care.securing import Secured, effectiveness_expected, secured
from sroi.analysis.result.purses import budget, cascade, largest_payer
from sroi.inputs.care.care_ladder import Fading, Intervention
from sroi.inputs.care.cohort import Cohort
from sroi.inputs.care.cohort_rewards import CohortEffect
from sroi.inputs.scenario.programme_end import costs_end
from sroi.model.care.care_ladder import HEAVY
from sroi.model.flows.cohort_flows import first_exponent
from sroi.model.flows.results import SOCIETY, purse
from sroi.report.figures import care as care_figures
from sroi.report.figures.drawing import Drawing
from sroi.report.figures.part import Part
from sroi.report.tables import care as care_tables
from sroi.report.tables.tables import Table
from sroi.report.told.told import Told
from sroi.report.words.lines import LONGEST, short


@dataclass(frozen=True)
class CarePages:
    """All that the report says about care ladders, conditions, the budget and cohorts."""

    ladders: list[Part]
    conditions: Part | None
    top_conditions: list[str]
    budget: Part | None
    cascade: Drawing | None
    residents: list[str]
    cohorts: list[Part]


def care_pages(t: Told) -> CarePages:
    """The parts that this scenario has something for."""
    model, scenario = t.valuation.model, t.scenario
    payer = largest_payer(t.valuation.drawn)
    whose = (SOCIETY, purse(payer, "hard")) if payer else (SOCIETY,)
    found = secured(model, scenario, whose, t.valuation.drawn)
    shifts = preventive_shifts(model, scenario.basis)
    return CarePages(
        [_ladder(t, shift) for shift in shifts],
        _conditions(t, found, payer) if found else None,
        list(_top(t, found)),
        _budget(t, payer) if payer else None,
        care_figures.cascade(t, cascade(t.valuation.drawn, payer), payer) if payer else None,
        [sentence for shift in shifts for sentence in _residents(t, shift)],
        list(_cohorts(t)),
    )


def _ladder(t: Told, shift: PreventiveShift) -> Part:
    noun = next(noun for noun in t.scenario.care_ladder if noun.id == shift.id)
    claims = care_tables.claims(t, shift.id)
    rates = [] if noun.register_ else [care_tables.rates(t, shift.id)]
    return Part(
        t.say(noun.what),
        list(_told_shift(t, shift)),
        [care_figures.flow(t, shift), care_figures.person_years(t, shift)],
        [care_tables.tiers(t, shift), *([claims] if claims.rows else []), *rates],
        [
            *([t.words("care.rates")] if rates else []),
            *([t.words("care.rates_by_year")] if _by_year(rates) else []),
            *([t.words("care.claims")] if claims.rows else []),
            *_after(t, shift),
        ],
    )


def _by_year(rates: list[Table]) -> bool:
    """Whether a table of rates has numbers that differ by year."""
    return any(care_tables.ARROW in cell for table in rates for row in table.rows for cell in row)


def _told_shift(t: Told, shift: PreventiveShift) -> Iterator[str]:
    """Where the rates come from, and in how many draws heavy care rises."""
    noun = next(noun for noun in t.scenario.care_ladder if noun.id == shift.id)
    point = noun.intervention.starting_point
    if point:
        yield t.words("care.starting_point", point=t.words(f"starting_point.{point}"))
    if t.scenario.enabling_conditions:
        yield _reference(t, noun.intervention.reference)
    programme, years = noun.intervention, t.scenario.basis.years
    if (programme.programme_years or years) < years or programme.counts_on:
        yield _ends(t, shift.id, programme)
    if programme.counts_on:
        yield _counts_on(t, shift.id, programme.counts_on)
    if t.valuation.model.quantities.uncertain:
        key = "care.rises" if shift.heavy_care_rises > 0 else "care.never_rises"
        yield t.words(key, chance=t.numbers.counted(shift.heavy_care_rises))


def _ends(t: Told, ladder: str, programme: Intervention) -> str:
    """That the programme stops, and what becomes of its effect then."""
    gone = programme.fades == "at_once"
    after = t.words("care.ends_at_once" if gone else "care.ends_never")
    if isinstance(programme.fades, Fading):
        half_life = t.quantity(f"care_ladder.{ladder}.intervention.fades.half_life")
        after = t.words("care.ends_fading", half_life=half_life)
    stay = costs_end(t.scenario) is None and t.scenario.investment
    key = "care.ends_costs_stay" if stay else "care.ends"
    return t.words(key, years=programme.programme_years, after=after)


def _counts_on(t: Told, ladder: str, after: int) -> str:
    """Up to which year what flows from a programme that has ended counts, and what of it comes
    after the last year."""
    model, drawn = t.valuation.model, t.valuation.drawn
    yearly = drawn.by_year(drawn.rows("care_ladder", [ladder]))
    later = (yearly * model.discounting.factors(len(yearly)))[model.horizon :].sum()
    last = model.first_year + model.horizon - 1
    amount = t.numbers.money(float(later))
    return t.words("care.counts_on", until=last + after, last=last, amount=amount)


def _residents(t: Told, shift: PreventiveShift) -> Iterator[str]:
    """What changes for people, for page 1: the tiers of heavy care with the largest change."""
    last = t.valuation.model.first_year + t.valuation.model.horizon - 1
    heavy = [tier for tier in shift.tiers if tier.level >= HEAVY]
    for tier in sorted(heavy, key=lambda tier: -abs(tier.avoided.mean[-1]))[:2]:
        less, *ends = (float(x[-1]) for x in (tier.avoided.mean, tier.avoided.p5, tier.avoided.p95))
        count, low, high = (t.numbers.people(x, ends[1] - ends[0]) for x in (abs(less), *ends))
        yield t.words(
            "page.fewer_people" if less > 0 else "page.more_people",
            year=last,
            count=count,
            tier=short(care_tables.tier_name(t, shift.id, tier.id), LONGEST),
            low=low,
            high=high,
        )


def _reference(t: Told, reference: str | float | None) -> str:
    """What the effects hold for: a place where everybody moves along, or not."""
    if isinstance(reference, float):
        return t.words("reference.measured", share=t.numbers.percent(reference))
    return t.words("reference.expected" if reference == "expected" else "reference.ideal")


def _after(t: Told, shift: PreventiveShift) -> Iterator[str]:
    """What the table does not say: the waterbed, substitution, and who waits."""
    w, n = t.words, t.numbers
    if shift.waterbed is not None and shift.waterbed > 0:
        yield w("care.waterbed", extra=n.number(shift.waterbed, 2))
    if shift.substitution is not None:
        median, low, high = (n.number(x, 2) for x in shift.substitution)
        yield w("care.substitution", sigma=median, low=low, high=high)
    if shift.waiting is not None:
        yield w("care.waiting", people=n.number(float(shift.waiting[-1])))
    if shift.heavy_care_rises > 0:
        yield w("care.fixed_part")


def _conditions(t: Told, found: list[Secured], payer: str) -> Part:
    expected = effectiveness_expected(t.valuation.model, t.scenario)
    sentence = t.words("care.conditions", share=t.numbers.percent(expected))
    table = care_tables.conditions(t, found, payer)
    return Part("", [sentence], [], [table], [t.words("care.conditions_after")])


def _top(t: Told, found: list[Secured], most: int = 3) -> Iterator[str]:
    """The conditions that are worth most to be sure of, for page 1."""
    nouns = {noun.id: noun for noun in t.scenario.enabling_conditions}
    for one in found[:most]:
        (worth, error), noun = one.values[0], nouns[one.id]
        key = "care.top_condition" if worth > 0 else "care.top_condition_idle"
        facts = {"what": short(t.say(noun.what), LONGEST), "who": short(t.say(noun.who), LONGEST)}
        yield t.words(key, value=t.numbers.with_error(error).money(worth), **facts)


def _budget(t: Told, payer: str) -> Part:
    drawn, w = t.valuation.drawn, t.words
    own = budget(drawn, payer)
    first = t.valuation.model.first_year
    paid = w("care.no_payback", payer=t.payer(payer))
    if own.payback is not None:
        paid = w("care.payback", payer=t.payer(payer), year=first + own.payback - 1)
    facts: dict[str, Any] = {"payer": t.payer(payer), "price_year": t.scenario.basis.price_year}
    table = care_tables.budget(t, own)
    return Part("", [w("care.budget", **facts)], [], [table], [paid])


def _cohorts(t: Told) -> Iterator[Part]:
    for noun, found in zip(t.scenario.cohorts, t.valuation.cohorts, strict=True):
        facts: dict[str, Any] = {"cycles": noun.cycles, "per_year": noun.cycles_per_year}
        facts |= {"counting": t.words(f"counting.{noun.counting}")}
        before = [t.words("care.cohort", **facts), *_leaving(t, noun), *_discounted(t, noun)]
        after = [sentence for effect in noun.effects for sentence in _chances(t, effect, found)]
        yield Part(t.say(noun.what), before, [], [care_tables.cohort(t, noun, found)], after)
        yield from _frontiers(t, noun, found)


def _frontiers(t: Told, noun: Cohort, found: Comparison) -> Iterator[Part]:
    """Of a cohort with more than two arms: where they all stand, by each effect."""
    for effect in noun.effects if noun.arms else []:
        head = t.words("care.frontier", effect=t.say(effect.what))
        chart = care_figures.frontier(t, noun, effect, found)
        table = care_tables.frontier(t, noun, effect, found)
        yield Part(head, [], [chart], [table], [t.words("care.frontier_reads")])


def _leaving(t: Told, noun: Cohort) -> Iterator[str]:
    """Death by age, and how the chances to leave a state hold together."""
    if noun.mortality:
        yield t.words("care.deaths", age=t.numbers.plain(noun.mortality.start_age))
    if noun.competing:
        yield t.words("care.competing", way=t.words(f"competing.{noun.competing}"))


def _discounted(t: Told, noun: Cohort) -> Iterator[str]:
    """The yearly rates of costs and effects, and when costs fall if not with their year."""
    model = t.valuation.model
    line = next(line for line in model.cohorts if line.id == noun.id)
    if noun.costs:
        rate = t.numbers.share(model.discounting.rate)
        first = t.numbers.plain(first_exponent(model, line))
        if line.by_moment:
            yield t.words("care.costs_by_moment", rate=rate)
        elif line.by_cycle:
            yield t.words("care.costs_by_cycle", rate=rate, first=first)
        else:
            yield t.words("care.costs_discounted", rate=rate)
        if any(cost.once or cost.once_with_programme for cost in noun.costs):
            yield t.words("care.costs_once")
    for effect in noun.effects:
        rate = t.numbers.share(effect.discount_rate or 0.0)
        yield t.words("care.effect_discounted", what=t.say(effect.what), rate=rate)


def _chances(t: Told, effect: CohortEffect, found: Comparison) -> Iterator[str]:
    """In how many draws the programme is dearer or cheaper and better or worse."""
    if not t.valuation.model.quantities.uncertain:
        return
    chances = [
        t.words(
            "care.verdict_chance",
            verdict=care_tables.verdict_words(t, name),
            chance=t.numbers.counted(chance),
        )
        for name, chance in found.chances(effect.id).items()
        if chance > 0
    ]
    facts = {"what": t.say(effect.what), "chances": t.numbers.list(chances)}
    yield t.words("care.verdict_chances", **facts)
