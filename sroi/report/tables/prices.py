"""The prices that a scenario uses: what they are in its price year, by which series, how known."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.inputs.library.library import Index
from sroi.inputs.scenario.assumptions import own_price, price_series, used_proxies
from sroi.model.lines.indexation import factor
from sroi.report.tables.tables import Table
from sroi.report.told.told import Told


def prices(told: Told) -> Table:
    """Every proxy in use: price, year, indexed price, who has the benefit, and how it is known."""
    basis, numbers = told.scenario.basis, told.numbers
    library = told.valuation.loaded.library
    rows = []
    for key in used_proxies(told.scenario):
        proxy = told.proxy(key)
        path = f"proxies.{key}.value"
        if path not in told.assumptions:
            continue
        centre = told.valuation.model.quantities.distributions[path].centre
        index = library.indices.get(proxy.index)
        moved = factor(index.factors, proxy.price_year, basis.price_year) if index else 1.0
        series = f", {proxy.index}" if moved != 1 else ""
        decimals = 2 if abs(centre) < 1000 else 0
        own = any(proxy.id == key for proxy in told.scenario.proxies)
        rows.append(
            [
                f"{told.say(proxy.name)} ({key}{', ' + told.words('own_price') if own else ''})",
                f"{told.quantity(path)} ({proxy.price_year}{series}){_tariff(told, key)}",
                f"{numbers.euro(centre * moved, decimals)}/{told.thing(proxy.thing)}",
                f"{told.payers(proxy.payers)}, {told.words('cash.' + proxy.cash)}",
                _knowledge(told, key),
            ]
        )
    heads = [told.words(f"head.{name}") for name in ("proxy", "price", "indexed", "payer", "known")]
    return Table("prices", heads, rows, frozenset({2}))


def series(told: Told) -> list[str]:
    """The index series by which prices were moved, and what of them is not final or filled in."""
    basis, library = told.scenario.basis, told.valuation.loaded.library
    moved: dict[str, set[int]] = {}
    for name, year in _moved(told):
        if year != basis.price_year and name in library.indices:
            passed = sorted((year, basis.price_year))
            moved.setdefault(name, set()).update(range(passed[0] + 1, passed[1] + 1))
    return [_series(told, library.indices[name], years) for name, years in moved.items()]


def _moved(told: Told) -> Iterator[tuple[str, int]]:
    """Series and year of every price of the library that is used, and of those of the outcomes."""
    for key in used_proxies(told.scenario):
        if f"proxies.{key}.value" in told.assumptions:
            yield told.proxy(key).index, told.proxy(key).price_year
    for outcome in told.scenario.outcomes:
        if own_price(outcome):
            proxy = told.proxy(outcome.proxy or "")
            yield price_series(outcome, proxy), outcome.price_year or proxy.price_year


def _series(told: Told, index: Index, years: set[int]) -> str:
    w = told.words
    parts = [w("prices.series", id=index.id, name=told.say(index.name))]
    for key, weak in (("provisional", index.provisional), ("bridged", index.bridged)):
        if found := sorted(years & set(weak)):
            listed = told.numbers.list([str(year) for year in found])
            parts.append(
                w("prices.provisional" if key == "provisional" else "prices.bridged", years=listed)
            )
    return " ".join(parts)


def _tariff(told: Told, key: str) -> str:
    """What the payer pays, where that is not what it costs."""
    path = f"proxies.{key}.tariff"
    known = path in told.assumptions
    return f"; {told.words('field.tariff')} {told.quantity(path)}" if known else ""


def _knowledge(told: Told, key: str) -> str:
    proxy = told.proxy(key)
    parts = [told.cited(proxy.source)]
    if proxy.evidence:
        parts.append(told.words("grade", grade=proxy.evidence))
    if proxy.provenance:
        parts.append(told.words(f"provenance.{proxy.provenance}"))
    parts.append(told.words(f"review.{proxy.review.status}"))
    return "; ".join(parts)
