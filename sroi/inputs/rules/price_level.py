"""The rules of price levels: which series amounts follow, and how far these go."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.inputs.care.cohort_rewards import CohortCost
from sroi.inputs.library.library import Proxy
from sroi.inputs.library.series import Index, last_known
from sroi.inputs.rules.checked import Checked
from sroi.inputs.rules.prices import care, cohort_costs, proxy_of
from sroi.inputs.scenario.assumptions import own_price, price_series
from sroi.inputs.scenario.price_level import Amount, amount_series
from sroi.inputs.scenario.scenario import Outcome
from sroi.inputs.text.reading import unknown
from sroi.inputs.text.yaml_text import Path_
from sroi.problems import Problem


def stated(c: Checked) -> Iterator[tuple[Path_, str, Amount]]:
    """Every investment, care and cost of a cohort: its place, its id and itself."""
    for position, line in enumerate(c.scenario.investment):
        yield ("investment", position), line.id, line
    yield from care(c)
    for path, cost in cohort_costs(c):
        yield path, cost.id, cost


def _proxy(c: Checked, line: Amount) -> Proxy | None:
    return None if isinstance(line, CohortCost) else proxy_of(c, line)


def amounts_name_a_series(c: Checked) -> Iterator[Problem]:
    """index-without-value, index-unknown: of what is no outcome"""
    for path, name, line in stated(c):
        if line.index and not isinstance(line, CohortCost) and line.proxy:
            yield c.error("index-without-value", *path, "index", at_key=True, id=name)
        elif line.index:
            where = (*path, "index")
            yield from unknown("index", line.index, c.library.indices, where, c.document)


def own_prices_say_their_series(c: Checked) -> Iterator[Problem]:
    """index-without-value, index-unknown; and value-without-index where care goes by the CPI"""
    wanted = c.scenario.basis.price_year
    for path, outcome in c.outcomes():
        proxy, own = proxy_of(c, outcome), own_price(outcome)
        if outcome.index and not own:
            yield c.error("index-without-value", *path, "index", at_key=True, id=outcome.id)
        elif outcome.index:
            where = (*path, "index")
            yield from unknown("index", outcome.index, c.library.indices, where, c.document)
        elif own and proxy and _moves_otherwise(outcome, proxy, wanted):
            facts = {"id": outcome.id, "proxy": proxy.id, "index": proxy.index}
            yield c.warning("value-without-index", *path, "value", wanted=wanted, **facts)


def _moves_otherwise(outcome: Outcome, proxy: Proxy, wanted: int) -> bool:
    """Whether an own price goes by another series than that of the library, to another year."""
    moved = outcome.price_year is not None and outcome.price_year != wanted
    return moved and price_series(outcome, proxy) != proxy.index


def continued_series_follow(c: Checked) -> Iterator[Problem]:
    """index-unknown, index-year-known, index-year-gap, source-unknown: of `indices`"""
    for key, own in c.scenario.indices.items():
        path = ("indices", key)
        yield from unknown("index", key, c.shipped.indices, path, c.document)
        if own.source:
            where = (*path, "source")
            yield from unknown("source", own.source.key, c.library.sources, where, c.document)
        if key in c.shipped.indices:
            yield from _years(c, c.shipped.indices[key], list(own.rises))


def _years(c: Checked, index: Index, years: list[int]) -> Iterator[Problem]:
    """Own years begin after the last figure, and none is left out that no forecast fills."""
    last = last_known(index)
    known = {last, *index.forecast}
    for year in years:
        where, facts = ("indices", index.id, str(year)), {"index": index.id, "last": last}
        if year <= last:
            yield c.error("index-year-known", *where, at_key=True, year=year, **facts)
        elif missing := next((x for x in range(last, year) if x not in known), None):
            facts |= {"missing": missing}
            yield c.error("index-year-gap", *where, at_key=True, year=year, **facts)
        known.update(range(last, year + 1))


def price_years_have_an_index(c: Checked) -> Iterator[Problem]:
    """index-year-missing and index-basis-year, each once for a series and a year"""
    wanted, told = c.scenario.basis.price_year, set[tuple[str, int]]()
    way_on = _way_on(c, wanted)
    for path, year, key in _price_years(c):
        series = c.library.indices.get(key)
        if series is None or year == wanted:
            continue
        for missing in {year, wanted} - set(series.factors):
            if (key, missing) not in told:
                told.add((key, missing))
                code = "index-basis-year" if missing == wanted else "index-year-missing"
                place = ("basis", "price_year") if missing == wanted else path
                facts = _facts(series, year, missing, wanted)
                facts |= {"nearest": way_on} if missing == wanted and facts["nearest"] else {}
                yield c.error(code, *place, **facts)


def _way_on(c: Checked, wanted: int) -> str:
    """What to write for every series that ends before the price year: one line to copy."""
    used = {key: c.library.indices[key] for _, _, key in _price_years(c)
            if key in c.library.indices}  # fmt: skip
    short = [one for one in used.values() if max(one.factors) < wanted]
    return f"indices: {{{', '.join(_continued(one, wanted) for one in short)}}}"


def _continued(series: Index, until: int) -> str:
    """A series with an open place for the rise of every year that is missing."""
    more = [f"{year}: …%" for year in range(max(series.factors) + 1, until + 1)]
    more = more if len(more) < 4 else [more[0], "…", more[-1]]
    return f"{series.id}: {{{', '.join(more)}, because: …}}"


def _facts(series: Index, price_year: int, missing: int, wanted: int) -> dict[str, object]:
    """What is told of a year without a figure; `nearest`: what to write, where that is a way on."""
    first, last = min(series.factors), max(series.factors)
    way_on = f"indices: {{{_continued(series, missing)}}}" if missing > last else ""
    return {
        "index": series.id, "first": first, "last": last, "price_year": price_year,
        "year": missing, "wanted": wanted, "nearest": way_on,
    }  # fmt: skip


def _price_years(c: Checked) -> Iterator[tuple[Path_, int, str]]:
    """Place, year and series of every price."""
    for path, outcome in c.outcomes():
        proxy = proxy_of(c, outcome)
        if proxy and outcome.in_euros and _in_own_money(c, proxy):
            key = "price_year" if outcome.price_year else "proxy"
            year = outcome.price_year or proxy.price_year
            yield (*path, key), year, price_series(outcome, proxy)
    for path, _, line in stated(c):
        proxy = _proxy(c, line)
        if proxy and _in_own_money(c, proxy):
            yield (*path, "proxy"), proxy.price_year, proxy.index
        elif line.price_year and not proxy:
            yield (*path, "price_year"), line.price_year, amount_series(line)


def _in_own_money(c: Checked, proxy: Proxy) -> bool:
    """Of a price in other money only that is told (currency-mismatch): no index will help."""
    return proxy.currency == c.scenario.basis.currency


RULES = [
    amounts_name_a_series,
    own_prices_say_their_series,
    continued_series_follow,
    price_years_have_an_index,
]
