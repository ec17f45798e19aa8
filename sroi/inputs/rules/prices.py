"""The rules of prices: of outcomes, investment, care and the costs of cohorts."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.inputs.care.care import Care
from sroi.inputs.care.cohort_rewards import CohortCost
from sroi.inputs.library.library import Proxy, dangling_of_proxy
from sroi.inputs.rules.checked import Checked
from sroi.inputs.scenario.assumptions import own_price
from sroi.inputs.scenario.scenario import Investment, Outcome
from sroi.inputs.text.reading import unknown
from sroi.inputs.text.yaml_text import Path_
from sroi.problems import Problem

OVERRIDES = ("value", "price_year", "index", "payers", "cash", "overlap")
CARE_OVERRIDES = ("payers", "cost_concept", "overlap")
NOT_MARGINAL = ("average", "macro", "claim")
A_YEAR = ("jaar", "year")

Priced = Outcome | Investment | Care


def priced(c: Checked) -> Iterator[tuple[Path_, str, Priced]]:
    """Everything that may name a proxy: its place, its id and itself."""
    for path, outcome in c.outcomes():
        yield path, outcome.id, outcome
    for position, line in enumerate(c.scenario.investment):
        yield ("investment", position), line.id, line
    yield from care(c)


def care(c: Checked) -> Iterator[tuple[Path_, str, Care]]:
    """Every tier and every direct shift: its place, its id and itself."""
    for place, path, one in c.scenario.care():
        yield place, path.rpartition(".")[2], one


def cohort_costs(c: Checked) -> Iterator[tuple[Path_, CohortCost]]:
    """Every cost of a cohort with its place."""
    for number, cohort in enumerate(c.scenario.cohorts):
        for position, cost in enumerate(cohort.costs):
            yield ("cohorts", number, "costs", position), cost


def proxy_of(c: Checked, line: Priced) -> Proxy | None:
    """The price that a line names, where there is one of that name."""
    return c.library.proxies.get(line.proxy or "")


def proxies_are_known(c: Checked) -> Iterator[Problem]:
    """proxy-unknown"""
    for path, _, line in priced(c):
        if line.proxy:
            where = (*path, "proxy")
            yield from unknown("proxy", line.proxy, c.library.proxies, where, c.document)


def payers_are_known(c: Checked) -> Iterator[Problem]:
    """payer-unknown"""
    known = c.library.payers
    lines = [(path, line.payers) for path, _, line in priced(c)]
    lines += [(path, cost.payers) for path, cost in cohort_costs(c)]
    for path, payers in lines:
        for payer in payers or {}:
            yield from unknown("payer", payer, known, (*path, "payers", payer), c.document)
    for position, line in enumerate(c.scenario.investment):
        if line.payer:
            where = ("investment", position, "payer")
            yield from unknown("payer", line.payer, known, where, c.document)


def own_proxies_refer_to_what_is_there(c: Checked) -> Iterator[Problem]:
    """source-unknown, index-unknown and payer-unknown of the scenario's own proxies"""
    for position, proxy in enumerate(c.scenario.proxies):
        yield from dangling_of_proxy(proxy, ("proxies", position), c.document, c.library)


def outcome_has_a_price_or_none(c: Checked) -> Iterator[Problem]:
    """price-missing, price-twice, none-without-reason"""
    for path, outcome in c.outcomes():
        if not outcome.in_euros and outcome.proxy:
            yield c.error("price-twice", *path, "value", id=outcome.id, proxy=outcome.proxy)
        if not outcome.in_euros and outcome.because is None:
            yield c.error("none-without-reason", *path, "value", id=outcome.id)
        if outcome.in_euros and not outcome.proxy:
            yield c.error("price-missing", *path, at_key=True, id=outcome.id)


def care_has_a_price(c: Checked) -> Iterator[Problem]:
    """care-price, care-price-key, field-missing, units-missing, care-is-transfer"""
    for path, name, one in care(c):
        if (one.cost is None) == (one.proxy is None):
            yield c.error("care-price", *path, at_key=True, id=name)
            continue
        key, other = ("price_year", "cost") if one.proxy else ("units", "proxy")
        if getattr(one, key) is not None:
            yield c.error("care-price-key", *path, key, at_key=True, id=name, key=key, other=other)
        if not one.proxy and not one.payers:
            yield c.error("field-missing", *path, at_key=True, key="payers")
        proxy = proxy_of(c, one)
        if proxy and proxy.transfer:
            yield c.error("care-is-transfer", *path, "proxy", id=name, proxy=proxy.id)
        elif proxy and one.units is None and not proxy.thing.endswith(A_YEAR):
            facts = {"id": name, "proxy": proxy.id, "thing": proxy.thing}
            yield c.error("units-missing", *path, "proxy", **facts)


def overrides_have_a_reason(c: Checked) -> Iterator[Problem]:
    """override-without-reason"""
    for path, name, line in priced(c):
        if isinstance(line, Investment) or not line.proxy or line.because is not None:
            continue
        changeable = CARE_OVERRIDES if isinstance(line, Care) else OVERRIDES
        changed = [key for key in changeable if getattr(line, key)]
        if changed and not (isinstance(line, Outcome) and not line.in_euros):
            facts = {"id": name, "key": changed[0], "proxy": line.proxy}
            yield c.error("override-without-reason", *path, changed[0], at_key=True, **facts)


def own_prices_say_their_year(c: Checked) -> Iterator[Problem]:
    """value-without-price-year"""
    for path, outcome in c.outcomes():
        proxy = proxy_of(c, outcome)
        if own_price(outcome) and not outcome.price_year and proxy:
            facts = {"id": outcome.id, "year": proxy.price_year, "proxy": proxy.id}
            yield c.warning("value-without-price-year", *path, "value", **facts)


def prices_of_care_are_marginal(c: Checked) -> Iterator[Problem]:
    """average-as-marginal"""
    for path, name, one in care(c):
        proxy = proxy_of(c, one)
        concept = one.cost_concept or (proxy.cost_concept if proxy else None)
        unsaid = one.cost is not None and concept is None
        if one.because is None and (unsaid or concept in NOT_MARGINAL):
            price = "cost" if one.cost is not None else "proxy"
            yield c.warning("average-as-marginal", *path, price, id=name)


def units_fit(c: Checked) -> Iterator[Problem]:
    """unit-mismatch, currency-mismatch"""
    for path, name, line in priced(c):
        proxy = proxy_of(c, line)
        if proxy is None:
            continue
        unit = None if isinstance(line, Care) else line.unit
        if unit and unit != proxy.thing:
            facts = {"id": name, "unit": unit, "thing": proxy.thing, "proxy": proxy.id}
            yield c.error("unit-mismatch", *path, "unit", **facts)
        own = isinstance(line, Outcome) and own_price(line)  # which is in the scenario's currency
        if proxy.currency != c.scenario.basis.currency and not own:
            facts = {"proxy": proxy.id, "found": proxy.currency}
            facts |= {"expected": c.scenario.basis.currency}
            yield c.error("currency-mismatch", *path, "proxy", **facts)


def withdrawn_proxies_are_not_used(c: Checked) -> Iterator[Problem]:
    """proxy-withdrawn"""
    for path, _, line in priced(c):
        proxy = proxy_of(c, line)
        if proxy and proxy.review.status == "withdrawn":
            yield c.error("proxy-withdrawn", *path, "proxy", id=proxy.id)


def nothing_is_counted_twice(c: Checked) -> Iterator[Problem]:
    """overlap"""
    first: dict[tuple[str, str], str] = {}
    for path, outcome in c.outcomes():
        group = _group(c, outcome)
        if not group or not outcome.in_euros:
            continue
        other = first.setdefault((group, outcome.stakeholder), outcome.id)
        if other != outcome.id:
            facts = {"id": outcome.id, "other": other, "group": group}
            yield c.error("overlap", *path, "proxy", **facts)


def care_is_counted_once(c: Checked) -> Iterator[Problem]:
    """care-twice: on a ladder and in a direct shift, or in one of these and in an outcome"""
    lines: list[tuple[Path_, str, Priced]] = [
        *care(c),
        *((path, x.id, x) for path, x in c.outcomes() if x.in_euros),
    ]
    for position, (path, name, line) in enumerate(lines):
        for other_path, other, earlier in lines[:position]:
            if path[0] != other_path[0] and _same_care(c, line, earlier):
                yield c.error("care-twice", *path, "proxy", id=name, other=other)
                break


def _same_care(c: Checked, one: Priced, other: Priced) -> bool:
    """The same group; and the same price, unless both say themselves to which group they belong."""
    group = _group(c, one)
    if group and group == _group(c, other):
        return True
    said = getattr(one, "overlap", None) and getattr(other, "overlap", None)
    return bool(one.proxy and one.proxy == other.proxy and not said)


def _group(c: Checked, line: Priced) -> str | None:
    proxy = proxy_of(c, line)
    return getattr(line, "overlap", None) or (proxy.overlap if proxy else None)


def weak_prices_are_named(c: Checked) -> Iterator[Problem]:
    """proxy-weak: of a price that is used, and not where an outcome states its own"""
    seen = set()
    for path, _, line in priced(c):
        proxy = proxy_of(c, line)
        stated = isinstance(line, Outcome) and line.value is not None
        weak = proxy and (proxy.evidence == "D" or proxy.provenance == "memory")
        if proxy and weak and not stated and proxy.id not in seen:
            seen.add(proxy.id)
            yield c.warning("proxy-weak", *path, "proxy", id=proxy.id)


def reviews_are_of_the_price_as_it_is(c: Checked) -> Iterator[Problem]:
    """layer-review-stale: somebody looked at a price that is used, and it is another one now"""
    for path, key in _used(c):
        for one in c.shipped.layer.stale if c.shipped.layer else ():
            if one.said.price == key:
                yield c.warning("layer-review-stale", *path, "proxy", **one.facts)


def reviewers_agree(c: Checked) -> Iterator[Problem]:
    """layer-reviews-differ: of a price that is used"""
    for path, key in _used(c):
        for one in c.shipped.layer.differ if c.shipped.layer else ():
            if one.counts.price == key:
                yield c.warning("layer-reviews-differ", *path, "proxy", **one.facts)


def _used(c: Checked) -> Iterator[tuple[Path_, str]]:
    """Every price that is used with the first place where it is."""
    first: dict[str, Path_] = {}
    for path, _, line in priced(c):
        if line.proxy:
            first.setdefault(line.proxy, path)
    yield from ((path, key) for key, path in first.items())


RULES = [
    proxies_are_known,
    payers_are_known,
    own_proxies_refer_to_what_is_there,
    outcome_has_a_price_or_none,
    care_has_a_price,
    overrides_have_a_reason,
    own_prices_say_their_year,
    prices_of_care_are_marginal,
    units_fit,
    withdrawn_proxies_are_not_used,
    nothing_is_counted_twice,
    care_is_counted_once,
    weak_prices_are_named,
    reviews_are_of_the_price_as_it_is,
    reviewers_agree,
]
