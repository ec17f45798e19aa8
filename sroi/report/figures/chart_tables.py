"""The numbers of every chart as a table, for whoever checks what is drawn or cannot see it.

The description that goes into a drawing for a screen reader is made of the same table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.care.preventive_shift import PreventiveShift, TierCourse
from sroi.analysis.sensitivity.acceptability import Worth
from sroi.analysis.sensitivity.one_at_a_time import Swing
from sroi.report.charts.chart import Bar
from sroi.report.figures.drawing import Drawing
from sroi.report.figures.part import Part
from sroi.report.tables.care import tier_name
from sroi.report.tables.sensitivity import Asked
from sroi.report.tables.tables import Row, Table
from sroi.report.told.told import Told

MOST_ROWS, MOST_TIERS, MOST_TOLD = 12, 5, 8
PERCENTILES = (1, 5, 10, 25, 50, 75, 90, 95, 99)


def parts(drawings: Iterable[Drawing | None]) -> list[Part]:
    """A part of the appendix for each drawing of which no table beside it has the numbers."""
    return [Part(one.title, tables=one.tables) for one in drawings if one and one.tables]


def described(table: Table, most: int = MOST_TOLD) -> str:
    """The first rows of a table in one line: `2026: benefits € 3, investment € 4; 2027: …`."""
    heads = [head[:1].lower() + head[1:] for head in table.heads]
    several = len(heads) > 2
    rows = []
    for _, *cells in table.rows[:most]:
        told = zip(heads[1:], cells, strict=True)
        rows.append(", ".join(f"{head} {cell}" if several else cell for head, cell in told if cell))
    named = [f"{row[0]}: {told}" for row, told in zip(table.rows, rows, strict=False)]
    return "; ".join(named) + ("; …" if len(table.rows) > most else ".")


def some(count: int, most: int = MOST_ROWS) -> list[int]:
    """At most so many of a number of places, evenly apart, with the first and the last."""
    return sorted({round(place) for place in np.linspace(0, count - 1, min(count, most))})


def steps(t: Told, bars: Sequence[Bar]) -> Table:
    """Of a waterfall: what each step does, and what there is after it."""
    money = t.numbers.money
    rows = [
        [bar.label, "" if bar.total else money(bar.end - bar.start), money(bar.end)] for bar in bars
    ]
    return _table(t, "chart_steps", "step step_amount left", rows)


def quantiles(t: Told, amounts: NDArray[np.float64], mean: float) -> Table:
    """Of the draws (draw): percentiles, the mean, and the share below zero."""
    found = np.quantile(amounts, np.array(PERCENTILES) / 100)
    rows = [[f"P{p}", t.banded.money(float(x))] for p, x in zip(PERCENTILES, found, strict=True)]
    rows.append([t.words("head.expected"), t.banded.money(mean)])
    rows.append([t.words("head.below_zero"), t.numbers.counted(float((amounts < 0).mean()))])
    return _table(t, "chart_quantiles", "of_draws balance", rows)


def years(t: Told, benefits: Sequence[float], investment: Sequence[float]) -> Table:
    """Benefits and investment by year, undiscounted."""
    first, money = t.valuation.model.first_year, t.numbers.money
    rows = [
        [str(first + year), money(benefits[year]), money(investment[year])]
        for year in some(len(benefits))
    ]
    return _table(t, "chart_years", "year benefits investment", rows)


def payers(t: Told, names: Sequence[str], gains: Sequence[float], costs: Sequence[float]) -> Table:
    """Present values of what each party gains and pays."""
    money = t.numbers.money
    rows = [
        [name, money(gain), money(cost), money(gain - cost)]
        for name, gain, cost in zip(names, gains, costs, strict=True)
    ]
    return _table(t, "chart_payers", "payer benefits investment balance", rows)


def passages(t: Told, shift: PreventiveShift) -> Table:
    """Who comes, goes, and moves over the border with what is lighter, at the end, by tier."""
    told = sorted(zip(shift.tiers, shift.passages, strict=True), key=lambda pair: -pair[0].level)
    rows = [
        [tier_name(t, shift.id, tier.id)]
        + [both(t, pair) for pair in (passage.new, passage.exits, passage.up, passage.down)]
        for tier, passage in told
    ]
    return _table(t, "chart_flow", "tier new_people gone from_lighter to_lighter", rows)


def both(t: Told, pair: tuple[float, float]) -> str:
    """A number without and with the approach: `100 → 80`, or one where they are the same."""
    before, after = (t.numbers.number(x) for x in pair)
    return before if before == after else f"{before} → {after}"


def person_years(t: Told, shift: PreventiveShift, tiers: Sequence[TierCourse]) -> list[Table]:
    """Expected person-years by year without and with the approach, and the range in the last.

    A tier is a column; where there are many of them, they are divided over tables.
    """
    return [
        _person_years(t, shift, tiers[start : start + MOST_TIERS])
        for start in range(0, len(tiers), MOST_TIERS)
    ]


def _person_years(t: Told, shift: PreventiveShift, tiers: Sequence[TierCourse]) -> Table:
    first, horizon = t.valuation.model.first_year, t.valuation.model.horizon
    rows = [
        [str(first + year)]
        + [both(t, (tier.baseline.mean[year], tier.programme.mean[year])) for tier in tiers]
        for year in some(horizon, MOST_ROWS - 2)
    ]
    for key, bands in (
        ("chart.range_without", [tier.baseline for tier in tiers]),
        ("chart.range_with", [tier.programme for tier in tiers]),
    ):
        head = t.words(key, year=first + horizon - 1)
        rows.append([head, *(_spread(t, band.p5[-1], band.p95[-1]) for band in bands)])
    heads = [t.words("head.year"), *(tier_name(t, shift.id, tier.id) for tier in tiers)]
    return Table("chart_person_years", heads, rows, frozenset(range(1, len(heads))))


def _spread(t: Told, low: float, high: float) -> str:
    return "–" if low == high else " – ".join(t.numbers.people(x, high - low) for x in (low, high))


def swings(asked: Asked, found: Sequence[Swing]) -> Table:
    """Of a tornado: the ends of each quantity, and the result there."""
    t = asked.told
    rows = [
        [
            t.subject(one.path),
            f"{t.rough(one.path, one.low)} – {t.rough(one.path, one.high)}",
            asked.show(one.at_low),
            asked.show(one.at_high),
        ]
        for one in found
    ]
    return _table(t, "chart_swings", "assumption low_high at_low at_high", rows)


def chances(t: Told, one: Worth) -> Table:
    """Of a curve of chances: some of its points."""
    n, places = t.numbers, some(len(one.worth))
    decimals = 0 if float(one.worth.max()) >= 100 else 2
    rows = [
        [n.euro(float(one.worth[place]), decimals), n.counted(float(one.chance[place]))]
        for place in places
    ]
    return _table(t, "chart_chances", "unit_worth worth_it", rows)


def _table(t: Told, key: str, columns: str, rows: list[Row]) -> Table:
    """A name first, and then columns of figures."""
    heads = [t.words(f"head.{name}") for name in columns.split()]
    return Table(key, heads, rows, frozenset(range(1, len(heads))))
