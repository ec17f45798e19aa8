"""The prices that a scenario uses: what they are in its price year, by which series, how known."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sroi.inputs.library.series import Forecast, Index
from sroi.inputs.scenario.assumptions import used_proxies
from sroi.inputs.scenario.price_level import Status, price_years, status
from sroi.model.lines.indexation import factor
from sroi.report.tables.looked_at import whose
from sroi.report.tables.tables import Table
from sroi.report.told.told import Told

STATUSES: tuple[Status, ...] = ("final", "provisional", "forecast", "own")


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
        rows.append(
            [
                f"{told.say(proxy.name)} ({key}{whose(told, key)})",
                f"{told.quantity(path)} ({proxy.price_year}{series}){_tariff(told, key)}",
                f"{numbers.euro(centre * moved, decimals)}/{told.thing(proxy.thing)}",
                f"{told.payers(proxy.payers)}, {told.words('cash.' + proxy.cash)}",
                _knowledge(told, key),
            ]
        )
    heads = [told.words(f"head.{name}") for name in ("proxy", "price", "indexed", "payer", "known")]
    return Table("prices", heads, rows, frozenset({2}))


def series(told: Told) -> list[str]:
    """The series by which prices were moved to the price year, and the status of every year."""
    wanted, library = told.scenario.basis.price_year, told.valuation.loaded.library
    moved: dict[str, set[int]] = {}
    for name, year in price_years(told.scenario, library):
        if year != wanted and name in library.indices:
            passed = sorted((year, wanted))
            moved.setdefault(name, set()).update(range(passed[0] + 1, passed[1] + 1))
    return [told_series(told, library.indices[name], years) for name, years in moved.items()]


def told_series(told: Told, index: Index, years: Collection[int]) -> str:
    """A series, and which of these years are final, provisional, forecast or the scenario's own."""
    w, own = told.words, told.scenario.indices.get(index.id)
    parts = [w("prices.series", id=index.id, name=told.say(index.name))]
    for name in STATUSES:
        of_it = [x for x in sorted(years) if status(told.scenario, index, x) == name]
        if of_it and name == "forecast":
            told_of = [_published(told, x, index.forecast[x]) for x in of_it]
            parts.append(w("prices.forecast", years="; ".join(told_of)))
        elif of_it and name != "own":
            parts.append(w(f"prices.{name}", years=spans(of_it)))
        elif of_it and own:
            rises = [f"{x} ({told.numbers.share(own.rises[x])})" for x in of_it]
            why = told.say(own.because).rstrip(".")
            why += f" {told.cited(own.source)}" if own.source else ""
            parts.append(w("prices.own", years=told.numbers.list(rises), because=why))
            parts += [_replaced(told, x, index.replaced[x]) for x in of_it if x in index.replaced]
    if found := sorted(set(years) & set(index.bridged)):
        parts.append(w("prices.bridged", years=spans(found)))
    return " ".join(parts)


def _published(told: Told, year: int, one: Forecast) -> str:
    """What was published for a year that was not over: how much, by whom, and when."""
    facts = {"rise": told.numbers.share(one.rise), "on": told.numbers.date(one.on)}
    return told.words("prices.published", year=year, source=told.cited(one.source), **facts)


def _replaced(told: Told, year: int, one: Forecast) -> str:
    """That a published forecast was not followed."""
    facts = {"rise": told.numbers.share(one.rise), "on": told.numbers.date(one.on)}
    return told.words("prices.replaced", year=year, **facts)


def spans(years: Sequence[int]) -> str:
    """Years that follow each other as one: `2016–2019, 2022`."""
    parts: list[list[int]] = []
    for year in years:
        if parts and year == parts[-1][-1] + 1:
            parts[-1].append(year)
        else:
            parts.append([year])
    return ", ".join(str(x[0]) if len(x) == 1 else f"{x[0]}–{x[-1]}" for x in parts)


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
