"""What was realised: per year, in the units and prices of the scenario; only what is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sroi.inputs.follow.happened import Happened, Row
from sroi.inputs.follow.price_levels import price_level, rise


@dataclass(frozen=True)
class Part:
    """What is known of a year: how much, in which share of it, and how that is known."""

    amount: float
    share: float
    known: str
    payers: Mapping[str, float] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether the whole year is known."""
        return self.share == 1


@dataclass(frozen=True)
class Effect:
    """What was measured of an effect, taken together: the mean with its standard deviation (None:
    only counts), and whether it was held against a group."""

    mean: float
    sd: float | None
    causal: bool


@dataclass(frozen=True)
class Realised:
    """By path: volumes and costs by year, prices by year, effects over all years, and people in
    care at the end of a quarter or over a year."""

    sizes: dict[str, dict[int, Part]]
    prices: dict[str, dict[int, float]]
    effects: dict[str, Effect]
    people: dict[str, dict[int, Part]]

    def price(self, path: str, year: int) -> float | None:
        """The last price that is known in a year; None before the first."""
        known = [at for at in self.prices[path] if at <= year]
        return self.prices[path][max(known)] if known else None


def realised(h: Happened) -> Realised:
    """What a table says, year by year."""
    sizes, prices, people = {}, {}, {}
    effects = dict[str, Effect]()
    for path in h.paths():
        rows = h.of(path)
        kind = rows[0].subject.kind
        if kind in ("volume", "cost"):
            sizes[path] = {year: _part(h, path, year) for year in _years(rows)}
        elif kind == "price":
            prices[path] = {year: _price(h, path, year) for year in _years(rows)}
        elif kind == "people":
            people[path] = {year: _average(h, path, year) for year in _years(rows)}
        else:
            effects[path] = pooled(rows)
    return Realised(sizes, prices, effects, people)


def _years(rows: list[Row]) -> list[int]:
    return sorted({row.actual.period.year for row in rows})


def _part(h: Happened, path: str, year: int) -> Part:
    """A sum over the quarters that are known; money in the prices of the scenario's line."""
    rows = h.of(path, year)
    share = min(_covered(rows, payer) for payer in _payers(h, rows))
    payers = dict[str, float]()
    for row in rows:
        payers[row.actual.payer or ""] = payers.get(row.actual.payer or "", 0.0) + _stated(h, row)
    known = (
        "estimated" if any(r.actual.known == "estimated" for r in rows) else rows[0].actual.known
    )
    return Part(sum(payers.values()), share, known, {} if "" in payers else payers)


def _payers(h: Happened, rows: list[Row]) -> set[str | None]:
    """Whose rows must be there: where payers are named, all that pay for the line."""
    named = {row.actual.payer for row in rows}
    if named == {None}:
        return named
    line = next(x for x in h.loaded.scenario.investment if x.id == rows[0].subject.line)
    return {payer for payer, share in line.shares.items() if share} | named


def _covered(rows: list[Row], payer: str | None) -> float:
    """Which share of a year the rows of a payer know."""
    quarters = {q for row in rows if row.actual.payer == payer for q in row.actual.period.quarters}
    return len(quarters) / 4


def _stated(h: Happened, row: Row) -> float:
    """An amount as the scenario states such: a count as it is, money in the prices of its line."""
    if row.subject.kind not in ("cost", "price"):
        return row.size
    level = price_level(h.loaded, row.subject.path)
    factor = rise(h.loaded, level.rule, level.year, row.actual.money_of)
    return row.size / (factor or 1.0)


def _price(h: Happened, path: str, year: int) -> float:
    """The mean over what is known of a year, each quarter as heavy as another."""
    rows = h.of(path, year)
    heavy = sum(len(row.actual.period.quarters) for row in rows)
    return sum(_stated(h, row) * len(row.actual.period.quarters) for row in rows) / heavy


def _average(h: Happened, path: str, year: int) -> Part:
    """People, as the mean over the quarters that are known."""
    rows = h.of(path, year)
    heavy = sum(len(row.actual.period.quarters) for row in rows)
    total = sum(row.size * len(row.actual.period.quarters) for row in rows)
    return Part(total / heavy, _covered(rows, rows[0].actual.payer), rows[0].actual.known)


def pooled(rows: list[Row]) -> Effect:
    """Several measurements of an effect as one: counts added, and the others weighed by their
    precision; what was held against a group goes before what was not."""
    causal = any(row.comparison == "group" for row in rows)
    rows = [row for row in rows if (row.comparison == "group") == causal]
    counted = [row for row in rows if row.actual.of is not None]
    banded = [row for row in rows if row.spread is not None]
    heavy = [1 / float(row.spread or 1) ** 2 for row in banded]
    size = sum(w * row.size for w, row in zip(heavy, banded, strict=True))
    of = sum(row.actual.of or 0.0 for row in counted)
    if of and not banded:
        return Effect(sum(row.actual.amount or 0.0 for row in counted) / of, None, causal)
    if of:  # both: a share's own precision stands beside that of the bands
        mean = sum(row.actual.amount or 0.0 for row in counted) / of
        weight = of / max(mean * (1 - mean), 1e-6) if 0 < mean < 1 else of
        heavy, size = [*heavy, weight], size + weight * mean
    return Effect(size / sum(heavy), sum(heavy) ** -0.5, causal)
