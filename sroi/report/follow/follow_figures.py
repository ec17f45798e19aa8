"""The chart of a contract that is followed: the balance since the start, year after year."""

from __future__ import annotations

from sroi.analysis.follow.expectation import Expectation
from sroi.analysis.follow.updated import Band
from sroi.report.charts.chart import Named, Promise, Track
from sroi.report.figures.chart_tables import described
from sroi.report.figures.drawing import Drawing, drawing
from sroi.report.follow.follow_told import FollowTold
from sroi.report.tables.tables import Table


def course(t: FollowTold) -> Drawing | None:
    """Promise, realised and new expectation; nothing where nothing is expected anew."""
    found = t.followed.expectation
    if found is None:
        return None
    promised, now = found.promised.cumulative(), found.now.cumulative()
    known = realised(found)
    table = _table(t, promised, known, now)
    years = [str(year) for year in found.lines.years]
    chart = Promise(
        Named("course", _title(t, promised, now, known), described(table, len(table.rows))),
        [t.words("follow.start"), *years],
        _track(promised),
        [0.0, *known],
        _track(now),
        t.numbers.in_band(promised[-1].p5, promised[-1].p95),
        (t.words("follow.promise"), t.words("follow.came"), t.words("follow.expected_now")),
        t.words("follow.axis", unit=t.numbers.in_units),
    )
    return drawing(t.told, chart, table)


def realised(found: Expectation) -> list[float]:
    """The balance since the start at the end of every year that is over, as present value; what
    was not measured counts as expected with what was done."""
    rule, years = found.factors.yearly.model.discounting, len(found.lines.years)
    gained, spent = rule.factors(years), rule.investment_factors(years)
    total, balances = 0.0, list[float]()
    for number in range(found.lines.over):
        for split in found.lines.splits:
            cost = split.line.startswith("investment.")
            factor = -spent[number] if cost else gained[number]
            total += float(factor) * float(split.with_known[:, :, number].sum())
        balances.append(total)
    return balances


def _track(bands: list[Band]) -> Track:
    return Track(
        [0.0, *(one.mean for one in bands)],
        [0.0, *(one.p5 for one in bands)],
        [0.0, *(one.p95 for one in bands)],
    )


def _title(t: FollowTold, promised: list[Band], now: list[Band], known: list[float]) -> str:
    """What the end was to be, and what it will be."""
    n = t.numbers.in_band(promised[-1].p5, promised[-1].p95)
    facts = {"then": n.money(promised[-1].mean), "now": n.money(now[-1].mean)}
    if not known:
        return t.words("follow_course.course_begun", **facts)
    apart = now[-1].mean - promised[-1].mean
    wide = promised[-1].p95 - promised[-1].p5
    key = "course_same" if abs(apart) < wide / 20 else "course_less" if apart < 0 else "course_more"
    return t.words(f"follow_course.{key}", **facts)


def _table(t: FollowTold, promised: list[Band], known: list[float], now: list[Band]) -> Table:
    """The numbers of the chart."""
    rows = []
    for number, year in enumerate(t.followed.lines.years):
        came = t.money(known[number]) if number < len(known) else "–"
        rows.append([str(year), t.amounts(promised[number]), came, t.amounts(now[number])])
    return t.table("course", "year promised realised now", rows, 1)
