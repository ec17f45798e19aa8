"""The rules between the parts of a scenario. One rule, one function, one code (or two that belong
together); `RULES` at the bottom is the list. The rules of single fields stand with their nouns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from sroi.inputs.assumptions import assumptions, own_price, used_proxies
from sroi.inputs.checked import Checked
from sroi.inputs.proxies import dangling_of_proxy
from sroi.inputs.reading import unknown
from sroi.inputs.scenario import CORRECTIONS, Outcome
from sroi.inputs.yaml_text import Path_
from sroi.problems import Problem, errors, nearest

OVERRIDES = ("value", "price_year", "payers", "cash", "overlap")
YEARLY = (("activities", "volume"), ("investment", "per_year"), ("investment", "volume"))
EXAMPLES = ("Voorbeeld: vervang dit", "Example: replace this")
MOST_RESULTS = 60_000_000

Rule = Callable[[Checked], Iterator[Problem]]


def ids_are_unique(c: Checked) -> Iterator[Problem]:
    """id-twice"""
    for name in ("payers", "stakeholders", "sources", "investment", "activities", "outcomes"):
        yield from _twice(c, name)
    yield from _twice(c, "proxies")


def _twice(c: Checked, name: str) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for position, noun in enumerate(getattr(c.scenario, name)):
        seen[noun.id] += 1
        if seen[noun.id] > 1:
            yield c.error("id-twice", name, position, "id", id=noun.id)


def own_names_do_not_hide_the_library(c: Checked) -> Iterator[Problem]:
    """id-taken"""
    for name in ("proxies", "payers", "sources"):
        shipped = getattr(c.shipped, name)
        for position, noun in enumerate(getattr(c.scenario, name)):
            if noun.id in shipped:
                yield c.error("id-taken", name, position, "id", id=noun.id)


def references_are_known(c: Checked) -> Iterator[Problem]:
    """activity-unknown, stakeholder-unknown, proxy-unknown, regime-unknown"""
    s = c.scenario
    activities = [activity.id for activity in s.activities]
    stakeholders = [stakeholder.id for stakeholder in s.stakeholders]
    for path, outcome in c.outcomes():
        yield from unknown("activity", outcome.of, activities, (*path, "of"), c.document)
        if stakeholders:
            where = (*path, "stakeholder")
            yield from unknown("stakeholder", outcome.stakeholder, stakeholders, where, c.document)
    for name in ("outcomes", "investment"):
        for position, line in enumerate(getattr(s, name)):
            if line.proxy:
                where = (name, position, "proxy")
                yield from unknown("proxy", line.proxy, c.library.proxies, where, c.document)
    regime = s.basis.discounting.regime
    if regime:
        where = ("basis", "discounting")
        yield from unknown("regime", regime, c.library.regimes, where, c.document)


def payers_are_known(c: Checked) -> Iterator[Problem]:
    """payer-unknown"""
    known = c.library.payers
    for name in ("outcomes", "investment"):
        for position, line in enumerate(getattr(c.scenario, name)):
            for payer in line.payers or {}:
                where = (name, position, "payers", payer)
                yield from unknown("payer", payer, known, where, c.document)
    for position, line in enumerate(c.scenario.investment):
        if line.payer:
            where = ("investment", position, "payer")
            yield from unknown("payer", line.payer, known, where, c.document)


def own_proxies_refer_to_what_is_there(c: Checked) -> Iterator[Problem]:
    """source-unknown, index-unknown and payer-unknown of the scenario's own proxies"""
    for position, proxy in enumerate(c.scenario.proxies):
        yield from dangling_of_proxy(proxy, ("proxies", position), c.document, c.library)


def sources_are_known(c: Checked) -> Iterator[Problem]:
    """source-unknown, source-without-place"""
    for assumption in assumptions(c.scenario, c.library).values():
        source = assumption.quantity.source
        if source and assumption.place:
            where = (*assumption.place, "source")
            yield from unknown("source", source.key, c.library.sources, where, c.document)
            if not source.place:
                yield c.warning("source-without-place", *where, id=source.key)


def outcome_has_a_price_or_none(c: Checked) -> Iterator[Problem]:
    """price-missing, price-twice, none-without-reason"""
    for path, outcome in c.outcomes():
        if not outcome.in_euros and outcome.proxy:
            yield c.error("price-twice", *path, "value", id=outcome.id, proxy=outcome.proxy)
        if not outcome.in_euros and outcome.because is None:
            yield c.error("none-without-reason", *path, "value", id=outcome.id)
        if outcome.in_euros and not outcome.proxy:
            yield c.error("price-missing", *path, at_key=True, id=outcome.id)


def overrides_have_a_reason(c: Checked) -> Iterator[Problem]:
    """override-without-reason"""
    for path, outcome in c.outcomes():
        changed = [name for name in OVERRIDES if getattr(outcome, name)]
        if outcome.in_euros and outcome.proxy and changed and outcome.because is None:
            facts = {"id": outcome.id, "key": changed[0], "proxy": outcome.proxy}
            yield c.error("override-without-reason", *path, changed[0], at_key=True, **facts)


def own_prices_say_their_year(c: Checked) -> Iterator[Problem]:
    """value-without-price-year"""
    for path, outcome in c.outcomes():
        proxy = c.library.proxies.get(outcome.proxy or "")
        if own_price(outcome) and not outcome.price_year and proxy:
            facts = {"id": outcome.id, "year": proxy.price_year, "proxy": proxy.id}
            yield c.warning("value-without-price-year", *path, "value", **facts)


def corrections_fit_the_evidence(c: Checked) -> Iterator[Problem]:
    """causal-with-corrections, correction-missing, zero-without-reason"""
    for path, outcome in c.outcomes():
        stated = [name for name in CORRECTIONS if getattr(outcome, name) is not None]
        if outcome.effect_basis == "causal":
            for name in stated:
                facts = {"id": outcome.id, "key": name}
                yield c.error("causal-with-corrections", *path, name, at_key=True, **facts)
        elif outcome.in_euros:
            for name in [name for name in CORRECTIONS if name not in stated]:
                facts = {"id": outcome.id, "key": name}
                yield c.error("correction-missing", *path, at_key=True, **facts)
            yield from _zeros(c, path, outcome, stated)


def _zeros(c: Checked, path: Path_, outcome: Outcome, stated: list[str]) -> Iterator[Problem]:
    for name in stated:
        quantity = getattr(outcome, name)
        if quantity.value == 0 and quantity.because is None:
            yield c.warning("zero-without-reason", *path, name, id=outcome.id, key=name)


def units_fit(c: Checked) -> Iterator[Problem]:
    """unit-mismatch, currency-mismatch"""
    for name in ("outcomes", "investment"):
        for position, line in enumerate(getattr(c.scenario, name)):
            proxy = c.library.proxies.get(line.proxy or "")
            if proxy is None:
                continue
            if line.unit and line.unit != proxy.thing:
                facts = {"id": line.id, "unit": line.unit, "thing": proxy.thing, "proxy": proxy.id}
                yield c.error("unit-mismatch", name, position, "unit", **facts)
            if proxy.currency != c.scenario.basis.currency:
                facts = {"proxy": proxy.id, "found": proxy.currency}
                facts |= {"expected": c.scenario.basis.currency}
                yield c.error("currency-mismatch", name, position, "proxy", **facts)


def withdrawn_proxies_are_not_used(c: Checked) -> Iterator[Problem]:
    """proxy-withdrawn"""
    for name in ("outcomes", "investment"):
        for position, line in enumerate(getattr(c.scenario, name)):
            proxy = c.library.proxies.get(line.proxy or "")
            if proxy and proxy.review.status == "withdrawn":
                yield c.error("proxy-withdrawn", name, position, "proxy", id=proxy.id)


def nothing_is_counted_twice(c: Checked) -> Iterator[Problem]:
    """overlap"""
    first: dict[tuple[str, str], str] = {}
    for path, outcome in c.outcomes():
        proxy = c.library.proxies.get(outcome.proxy or "")
        group = outcome.overlap or (proxy.overlap if proxy else None)
        if not group or not outcome.in_euros:
            continue
        other = first.setdefault((group, outcome.stakeholder), outcome.id)
        if other != outcome.id:
            facts = {"id": outcome.id, "other": other, "group": group}
            yield c.error("overlap", *path, "proxy", **facts)


def years_fit_the_horizon(c: Checked) -> Iterator[Problem]:
    """years-count, starts-after-horizon"""
    years = c.scenario.basis.years
    for name, field in YEARLY:
        for position, line in enumerate(getattr(c.scenario, name)):
            written = c.document.data[name][position].get(field)
            if isinstance(written, list) and len(written) != years:
                facts = {"id": line.id, "found": len(written), "expected": years, "key": field}
                yield c.error("years-count", name, position, field, **facts)
    for path, outcome in c.outcomes():
        if outcome.starts > years:
            facts = {"id": outcome.id, "starts": outcome.starts, "years": years}
            yield c.error("starts-after-horizon", *path, "starts", **facts)


def price_years_have_an_index(c: Checked) -> Iterator[Problem]:
    """index-year-missing"""
    wanted = c.scenario.basis.price_year
    for path, year, index in _price_years(c):
        series = c.library.indices.get(index)
        if series is None or year == wanted:
            continue
        for missing in {year, wanted} - set(series.factors):
            facts = {"year": missing, "index": index, "price_year": year, "wanted": wanted}
            facts |= {"first": min(series.factors), "last": max(series.factors)}
            yield c.error("index-year-missing", *path, **facts)


def _price_years(c: Checked) -> Iterator[tuple[Path_, int, str]]:
    for path, outcome in c.outcomes():
        proxy = c.library.proxies.get(outcome.proxy or "")
        if proxy and outcome.in_euros:
            stated = "price_year" if outcome.price_year else "proxy"
            yield (*path, stated), outcome.price_year or proxy.price_year, proxy.index
    for position, line in enumerate(c.scenario.investment):
        proxy = c.library.proxies.get(line.proxy or "")
        if proxy:
            yield ("investment", position, "proxy"), proxy.price_year, proxy.index
        if line.price_year:
            yield ("investment", position, "price_year"), line.price_year, "cpi"


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
    known = assumptions(c.scenario, c.library)
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
    from sroi.inputs.correlations import least_fitting_pair

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
    """reason-missing"""
    for assumption in assumptions(c.scenario, c.library).values():
        if assumption.place and assumption.quantity.uncertain and not assumption.quantity.because:
            yield c.warning("reason-missing", *assumption.place, path=assumption.path)


def reasons_are_ones_own(c: Checked) -> Iterator[Problem]:
    """reasons-are-examples: what `sroi new` wrote still stands there"""
    examples = [
        assumption.place
        for assumption in assumptions(c.scenario, c.library).values()
        if assumption.quantity.because
        and assumption.quantity.because.in_("nl").startswith(EXAMPLES)
    ]
    if examples:
        yield c.warning("reasons-are-examples", *examples[0], "because", count=len(examples))


def something_may_get_worse(c: Checked) -> Iterator[Problem]:
    """no-negative-outcome"""
    for outcome in c.scenario.outcomes:
        quantities = [outcome.rate, own_price(outcome)]
        if not outcome.in_euros or any(q and _may_be_negative(q) for q in quantities):
            return
    yield c.warning("no-negative-outcome", "outcomes", at_key=True)


def _may_be_negative(quantity: object) -> bool:
    bounds = getattr(quantity, "bounds", None)
    return bounds[0] < 0 if bounds else quantity.outside((0.0, float("inf"))) > 0  # type: ignore[attr-defined]


def weak_prices_are_named(c: Checked) -> Iterator[Problem]:
    """proxy-weak"""
    for key in used_proxies(c.scenario):
        proxy = c.library.proxies.get(key)
        if proxy and (proxy.evidence == "D" or proxy.provenance == "memory"):
            place = next(
                (name, position, "proxy")
                for name in ("outcomes", "investment")
                for position, line in enumerate(getattr(c.scenario, name))
                if line.proxy == key
            )
            yield c.warning("proxy-weak", *place, id=key)


def draws_fit_the_points(c: Checked) -> Iterator[Problem]:
    """draws-rounded"""
    basis = c.scenario.basis
    if basis.sampling == "sobol" and basis.draws & (basis.draws - 1):
        used = 1 << basis.draws.bit_length()
        yield c.warning("draws-rounded", "basis", "draws", found=basis.draws, used=used)


def overruns_are_bounded(c: Checked) -> Iterator[Problem]:
    """scenario-too-large"""
    lines = 2 * len(c.scenario.outcomes) + len(c.scenario.investment)
    if lines * c.scenario.basis.draws > MOST_RESULTS:
        most = MOST_RESULTS // lines
        yield c.error("scenario-too-large", "basis", "draws", lines=lines, most=most)


RULES: list[Rule] = [
    ids_are_unique,
    own_names_do_not_hide_the_library,
    references_are_known,
    payers_are_known,
    own_proxies_refer_to_what_is_there,
    sources_are_known,
    outcome_has_a_price_or_none,
    overrides_have_a_reason,
    own_prices_say_their_year,
    corrections_fit_the_evidence,
    units_fit,
    withdrawn_proxies_are_not_used,
    nothing_is_counted_twice,
    years_fit_the_horizon,
    price_years_have_an_index,
    investment_is_complete,
    discounting_is_complete,
    correlations_are_possible,
    reasons_are_given,
    reasons_are_ones_own,
    something_may_get_worse,
    weak_prices_are_named,
    draws_fit_the_points,
    overruns_are_bounded,
]


def check(checked: Checked) -> list[Problem]:
    """All findings of all rules."""
    return [problem for rule in RULES for problem in rule(checked)]
