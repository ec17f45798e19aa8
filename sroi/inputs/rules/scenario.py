"""The rules between the parts of a scenario. One rule, one function, one code (or some that belong
together); `RULES` at the bottom of each file is its list, and here of all of them. Prices, care,
ladders, cohorts, and the case around the numbers have a file each; the rules of single fields stand
with their nouns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from sroi.inputs.care.care import Effect
from sroi.inputs.quantity.counted import Stick
from sroi.inputs.quantity.named import ByYear
from sroi.inputs.quantity.quantity import NOT_NEGATIVE, Quantity
from sroi.inputs.rules import care as care_rules
from sroi.inputs.rules import care_ladder as ladder_rules
from sroi.inputs.rules import case as case_rules
from sroi.inputs.rules import cohort as cohort_rules
from sroi.inputs.rules import cohort_chances
from sroi.inputs.rules import experience as experience_rules
from sroi.inputs.rules import nothing as nothing_rules
from sroi.inputs.rules import people as people_rules
from sroi.inputs.rules import plausible as plausible_rules
from sroi.inputs.rules import price_level as price_level_rules
from sroi.inputs.rules import prices as price_rules
from sroi.inputs.rules import quantities as quantity_rules
from sroi.inputs.rules import theory_of_change as theory_rules
from sroi.inputs.rules.care import corrected_already, effects, stated
from sroi.inputs.rules.checked import Checked
from sroi.inputs.scenario.assumptions import own_price
from sroi.inputs.scenario.scenario import CORRECTIONS, MAX_YEARS, Outcome
from sroi.inputs.text.cited import cited
from sroi.inputs.text.reading import unknown
from sroi.inputs.text.yaml_text import Path_
from sroi.problems import Problem, errors, nearest

CHANGES = ("care_ladder", "direct_shift", "cohorts")
OF_AN_EFFECT = ("deadweight", "attribution_to_others")
LISTS = (
    "payers", "stakeholders", "sources", "investment", "activities", "outcomes", "proxies",
    "enabling_conditions", "target_groups", "quantities", "monitoring",
    "theory_of_change", "elements", *CHANGES,
)  # fmt: skip
LISTS_INSIDE = (
    ("care_ladder", "tiers"),
    ("cohorts", "states"),
    ("cohorts", "arms"),
    ("cohorts", "costs"),
    ("cohorts", "effects"),
    ("theory_of_change", "steps"),
)
YEARLY = (("activities", "volume"), ("investment", "per_year"), ("investment", "volume"))
RESERVED = (
    "society", "balance", "benefits", "investment", "ratio", "payback", "hard", "soft", "pm",
)  # fmt: skip
EXAMPLES = ("Voorbeeld: vervang dit", "Example: replace this")
TO_FILL_IN = ("Vul aan", "Fill in")  # what a Value Map does not have, in a scenario made of one
PARTS = 16  # the replicates of the model
MOST_RESULTS = 60_000_000
# a ladder of this size takes some four minutes on one core
MOST_STEPS = 2_000_000_000

Rule = Callable[[Checked], Iterator[Problem]]


def ids_are_unique(c: Checked) -> Iterator[Problem]:
    """id-twice"""
    for name in LISTS:
        yield from _twice(c, (name,), getattr(c.scenario, name))
    for name, inside in LISTS_INSIDE:
        for position, noun in enumerate(getattr(c.scenario, name)):
            yield from _twice(c, (name, position, inside), getattr(noun, inside))


def _twice(c: Checked, path: Path_, nouns: list[Any]) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for position, noun in enumerate(nouns):
        seen[noun.id] += 1
        if seen[noun.id] > 1:
            yield c.error("id-twice", *path, position, "id", id=noun.id)


def own_names_do_not_hide_the_library(c: Checked) -> Iterator[Problem]:
    """id-taken"""
    for name in ("proxies", "payers", "sources"):
        shipped = getattr(c.shipped, name)
        for position, noun in enumerate(getattr(c.scenario, name)):
            if noun.id in shipped:
                yield c.error("id-taken", name, position, "id", id=noun.id)


def payers_have_a_name_of_their_own(c: Checked) -> Iterator[Problem]:
    """payer-reserved: words of the keys by which amounts are asked for"""
    for position, payer in enumerate(c.scenario.payers):
        if payer.id in RESERVED:
            words = ", ".join(RESERVED)
            yield c.error("payer-reserved", "payers", position, "id", id=payer.id, words=words)


def references_are_known(c: Checked) -> Iterator[Problem]:
    """activity-unknown, stakeholder-unknown, regime-unknown"""
    known = [activity.id for activity in c.scenario.activities]
    stakeholders = [stakeholder.id for stakeholder in c.scenario.stakeholders]
    for position, group in enumerate(c.scenario.target_groups):
        if group.stakeholder and stakeholders:
            whom = ("target_groups", position, "stakeholder")
            yield from unknown("stakeholder", group.stakeholder, stakeholders, whom, c.document)
    for name in ("outcomes", *CHANGES):
        for position, line in enumerate(getattr(c.scenario, name)):
            activity, whom = getattr(line, "of", None), (name, position, "stakeholder")
            if activity is not None:
                yield from unknown("activity", activity, known, (name, position, "of"), c.document)
            if stakeholders:
                yield from unknown("stakeholder", line.stakeholder, stakeholders, whom, c.document)
    regime = c.scenario.basis.discounting.regime
    if regime:
        where = ("basis", "discounting")
        yield from unknown("regime", regime, c.library.regimes, where, c.document)


def something_is_valued(c: Checked) -> Iterator[Problem]:
    """nothing-valued"""
    if not any(getattr(c.scenario, name) for name in ("outcomes", *CHANGES)):
        name = "outcomes" if "outcomes" in c.document.data else "investment"
        yield c.error("nothing-valued", name, at_key=True)


def sources_are_known(c: Checked) -> Iterator[Problem]:
    """source-unknown, source-without-place"""
    for assumption in c.assumptions.values():
        source = assumption.quantity.source
        if source and assumption.place:
            where = (*assumption.place, "source")
            yield from unknown("source", source.key, c.library.sources, where, c.document)
            if not source.place:
                yield c.warning("source-without-place", *where, id=source.key)


def own_sources_are_used(c: Checked) -> Iterator[Problem]:
    """source-unused; not where a reference is misspelled, which may have meant it"""
    used = {reference.key for reference in cited(c.document.data)}
    for position, source in enumerate(c.scenario.sources):
        if source.id not in used and used <= set(c.library.sources):
            yield c.warning("source-unused", "sources", position, "id", id=source.id)


def corrections_fit_the_evidence(c: Checked) -> Iterator[Problem]:
    """causal-with-corrections, correction-missing, zero-without-reason"""
    for path, outcome in c.outcomes():
        if outcome.effect_basis == "causal" or outcome.in_euros:
            yield from _corrected(c, path, outcome.id, outcome, CORRECTIONS)
    for path, name, effect in effects(c):
        if effect.effect_basis == "causal" or not corrected_already(c, effect):
            yield from _corrected(c, path, name, effect, OF_AN_EFFECT)


def _corrected(
    c: Checked, path: Path_, name: str, line: Outcome | Effect, wanted: tuple[str, ...]
) -> Iterator[Problem]:
    given = stated(line, wanted)
    if line.effect_basis == "causal":
        for key in given:
            yield c.error("causal-with-corrections", *path, key, at_key=True, id=name, key=key)
        return
    for key in [key for key in wanted if key not in given]:
        facts = {"id": name, "key": key, "expected": ", ".join(wanted)}
        yield c.error("correction-missing", *path, at_key=True, **facts)
    for key in given:
        quantity = getattr(line, key)
        if quantity.value == 0 and quantity.because is None:
            yield c.warning("zero-without-reason", *path, key, id=name, key=key)


def years_fit_the_horizon(c: Checked) -> Iterator[Problem]:
    """years-count, starts-after-horizon"""
    years = c.scenario.basis.years
    lines: list[tuple[Path_, str, str]] = [
        ((name, position, key), line.id, key)
        for name, key in YEARLY
        for position, line in enumerate(getattr(c.scenario, name))
    ]
    for path, name, effect in effects(c):
        if effect.capacity:
            lines += [((*path, "capacity", key), name, key) for key in ("demand", "possible")]
    for path, name, key in lines:
        written = _written(c, path)
        if isinstance(written, list) and len(written) != years:
            facts = {"id": name, "found": len(written), "expected": years, "key": key}
            yield c.error("years-count", *path, **facts)
    counted = MAX_YEARS if c.scenario.basis.horizon == "count" else years
    for path, outcome in c.outcomes():
        if outcome.starts > counted:
            facts = {"id": outcome.id, "starts": outcome.starts, "years": counted}
            yield c.error("starts-after-horizon", *path, "starts", **facts)


def _written(c: Checked, path: Path_) -> Any:
    """What the file has at a path; nothing where it has no such path."""
    part = c.document.data
    for step in path:
        inside = step in part if isinstance(part, dict) else isinstance(part, list)
        part = part[step] if inside else None
    return part


def investment_is_complete(c: Checked) -> Iterator[Problem]:
    """investment-form, investment-payer"""
    for position, line in enumerate(c.scenario.investment):
        money = line.per_year is not None
        in_kind = line.volume is not None and line.proxy is not None
        half = (line.volume is None) != (line.proxy is None)
        if in_kind == money or half or in_kind != line.in_kind:
            yield c.error("investment-form", "investment", position, at_key=True, id=line.id)
        if (line.payer is None) == (line.payers is None):
            yield c.error("investment-payer", "investment", position, at_key=True, id=line.id)


def discounting_is_complete(c: Checked) -> Iterator[Problem]:
    """discounting-form"""
    rule = c.scenario.basis.discounting
    own = rule.rate is not None and rule.timing is not None
    if (rule.regime is None) == (rule.rate is None) or not (rule.regime or own):
        yield c.error("discounting-form", "basis", "discounting")


def correlations_are_possible(c: Checked) -> Iterator[Problem]:
    """correlation-path-unknown, correlation-certain, correlation-twice, correlation-impossible"""
    known = c.assumptions
    pairs: dict[tuple[str, str], float] = {}
    sound = True
    for position, correlation in enumerate(c.scenario.correlations):
        problems = [*_members(c, position, correlation.of, known), *_pairs(c, position, pairs)]
        sound = sound and not errors(problems)
        yield from problems
    if pairs and sound:
        yield from _impossible(c, pairs)


def _members(c: Checked, position: int, paths: list[str], known: dict) -> Iterator[Problem]:  # type: ignore[type-arg]
    for item, path in enumerate(paths):
        where = ("correlations", position, "of", item)
        if path not in known:
            facts = {"path": path[:120], "nearest": nearest(path, known)}
            yield c.error("correlation-path-unknown", *where, **facts)
        elif not known[path].quantity.uncertain:
            yield c.warning("correlation-certain", *where, path=path)


def _pairs(c: Checked, position: int, pairs: dict[tuple[str, str], float]) -> Iterator[Problem]:
    correlation = c.scenario.correlations[position]
    for item, second in enumerate(correlation.of):
        for first in correlation.of[:item]:
            pair = (min(first, second), max(first, second))
            if pair in pairs or first == second:
                where = ("correlations", position, "of", item)
                yield c.error("correlation-twice", *where, first=first, second=second)
            pairs[pair] = correlation.rho


def _impossible(c: Checked, pairs: dict[tuple[str, str], float]) -> Iterator[Problem]:
    """No set of quantities can have these correlations: names the pair that fits least."""
    from sroi.inputs.quantity.correlations import least_fitting_pair

    worst = least_fitting_pair(pairs)
    if worst:
        position = next(
            number
            for number, correlation in enumerate(c.scenario.correlations)
            if worst.first in correlation.of and worst.second in correlation.of
        )
        facts = {"first": worst.first, "second": worst.second, "rho": f"{worst.rho:g}"}
        facts |= {"low": f"{worst.low:.2f}", "high": f"{worst.high:.2f}"}
        code = "correlation-impossible" if worst.possible else "correlation-impossible-together"
        yield c.error(code, "correlations", position, "rho", **facts)


def reasons_are_given(c: Checked) -> Iterator[Problem]:
    """reason-missing: but what was counted is its own reason"""
    for assumption in c.assumptions.values():
        quantity = assumption.quantity
        bare = quantity.uncertain and not quantity.because and not isinstance(quantity, Stick)
        bare = bare and not quantity.linked and not isinstance(quantity, ByYear)
        if assumption.place and bare:
            yield c.warning("reason-missing", *assumption.place, path=assumption.path)


def texts_are_ones_own(c: Checked) -> Iterator[Problem]:
    """reasons-are-examples, still-to-fill-in: what a command wrote still stands there, wherever"""
    examples = _begins(c.document.data, (), EXAMPLES)
    if examples:
        yield c.warning("reasons-are-examples", *examples[0], count=len(examples))
    open_ = _begins(c.document.data, (), TO_FILL_IN)
    if open_:
        yield c.warning("still-to-fill-in", *open_[0], count=len(open_))


def _begins(part: Any, path: Path_, signs: tuple[str, ...]) -> list[Path_]:
    """Every text that begins with one of these; in two languages it is one text."""
    found: list[Path_] = []
    for step, inside in part.items() if isinstance(part, dict) else enumerate(part):
        if isinstance(inside, dict | list):
            found += _begins(inside, (*path, step), signs)
        elif isinstance(inside, str) and inside.startswith(signs):
            found.append((*path, step))
    two = found and isinstance(part, dict) and set(part) <= {"nl", "en"}
    return [path] if two else found


def something_may_get_worse(c: Checked) -> Iterator[Problem]:
    """no-negative-outcome; of a ladder `prior-too-sure` says so, and a cohort says it itself"""
    quantities = [shift.risk_reduction or shift.substitution for shift in c.scenario.direct_shift]
    for outcome in c.scenario.outcomes:
        quantities += [outcome.rate, own_price(outcome)]
    bad = any(quantity and _may_be_negative(quantity) for quantity in quantities)
    unpriced = any(not outcome.in_euros for outcome in c.scenario.outcomes)
    if quantities and not (bad or unpriced or c.scenario.care_ladder or c.scenario.cohorts):
        name = "outcomes" if c.scenario.outcomes else "direct_shift"
        yield c.warning("no-negative-outcome", name, at_key=True)


def _may_be_negative(quantity: Quantity) -> bool:
    bounds = quantity.bounds
    return bounds[0] < 0 if bounds else quantity.outside(NOT_NEGATIVE) > 0


def draws_fit_the_points(c: Checked) -> Iterator[Problem]:
    """draws-rounded: to a power of two, or to as many in each of the parts"""
    draws, sobol = c.scenario.basis.draws, c.scenario.basis.sampling == "sobol"
    used = 1 << (draws - 1).bit_length() if sobol else -(-draws // PARTS) * PARTS
    if used != draws:
        yield c.warning("draws-rounded", "basis", "draws", found=draws, used=used)


def overruns_are_bounded(c: Checked) -> Iterator[Problem]:
    """scenario-too-large: in memory, or in the time that ladders and cohorts take"""
    s = c.scenario
    lines = 2 * len(s.outcomes) + len(s.investment) + 3 * len(list(s.care()))
    lines += sum(3 * len(x.costs) + 2 * len(x.effects) for x in s.cohorts)
    steps = ladder_rules.work(c) + cohort_rules.work(c)
    most = min(MOST_RESULTS // max(lines, 1), MOST_STEPS // max(steps, 1))
    if s.basis.draws > most:
        yield c.error("scenario-too-large", "basis", "draws", lines=lines, most=most)


RULES: list[Rule] = [
    ids_are_unique,
    own_names_do_not_hide_the_library,
    payers_have_a_name_of_their_own,
    references_are_known,
    something_is_valued,
    sources_are_known,
    own_sources_are_used,
    corrections_fit_the_evidence,
    years_fit_the_horizon,
    investment_is_complete,
    discounting_is_complete,
    correlations_are_possible,
    reasons_are_given,
    texts_are_ones_own,
    something_may_get_worse,
    draws_fit_the_points,
    overruns_are_bounded,
    *quantity_rules.RULES,
    *people_rules.RULES,
    *price_rules.RULES,
    *price_level_rules.RULES,
    *plausible_rules.RULES,
    *nothing_rules.RULES,
    *care_rules.RULES,
    *ladder_rules.RULES,
    *cohort_rules.RULES,
    *cohort_chances.RULES,
    *case_rules.RULES,
    *theory_rules.RULES,
    *experience_rules.RULES,
]


def check(checked: Checked) -> list[Problem]:
    """All findings of all rules."""
    return [problem for rule in RULES for problem in rule(checked)]
