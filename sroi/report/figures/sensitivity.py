"""What the charts of what drives the answer show: numbers and words for `chart`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sroi.analysis.sensitivity.acceptability import Worth
from sroi.analysis.sensitivity.one_at_a_time import Swing
from sroi.analysis.sensitivity.variance import Index, Indices
from sroi.report.charts import chart
from sroi.report.charts.chart import Chances, Named, Share, Shares, Tornado
from sroi.report.figures import chart_tables
from sroi.report.figures.chart_tables import MOST_ROWS, described
from sroi.report.figures.drawing import Drawing, drawing
from sroi.report.tables import sensitivity as sensitivity_tables
from sroi.report.tables.sensitivity import Asked
from sroi.report.told.told import Told
from sroi.report.words.lines import short

LONGEST = 110  # characters of an assumption in a title


def tornado(asked: Asked, found: list[Swing]) -> Drawing:
    """The chart of what one assumption does by itself; `found`: the widest first."""
    t = asked.told
    bars = [
        chart.Swing(
            t.label(swing.path), t.rough(swing.path, swing.low), t.rough(swing.path, swing.high),
            swing.at_low, swing.at_high,
        )
        for swing in found
    ]  # fmt: skip
    centre = float(asked.question.at(asked.question.model.quantities.centre())[0])
    ends = sorted((found[0].at_low, found[0].at_high))
    facts = {"low": asked.show(ends[0]), "high": asked.show(ends[1])}
    title = t.words("chart.tornado", first=short(t.subject(found[0].path), LONGEST), **facts)
    at = asked.question.threshold
    seen = near(at, [end for bar in bars for end in (bar.at_low, bar.at_high)])
    facts = {"unit": t.numbers.in_units, "threshold": asked.show(at)}
    key = "chart.tornado_axis" if seen else "chart.tornado_axis_far"
    axis = t.words(key, result=asked.name, **facts)
    table = chart_tables.swings(asked, found)
    head = Named("tornado", title, described(table))
    threshold = at if seen else None
    return drawing(t, Tornado(head, bars, centre, threshold, t.numbers, axis), table)


def near(threshold: float, results: Sequence[float]) -> bool:
    """Whether a threshold is close enough to the results to be drawn beside them."""
    low, high = min(results), max(results)
    return low - (high - low) <= threshold <= high + (high - low)


def shares(asked: Asked, found: Indices, moving: list[Index]) -> Drawing:
    """The chart of shares of the variance, of some of them."""
    t = asked.told
    bars = [
        Share(
            t.label(one.name), max(one.first, 0.0), max(one.total, 0.0),
            one.total - one.total_error, one.total + one.total_error,
        )
        for one in moving
    ]  # fmt: skip
    title = t.words("chart.indices", first=short(t.subject(moving[0].name), LONGEST))
    legend = (t.words("chart.alone"), t.words("chart.with_others"))
    table = sensitivity_tables.indices(asked, replace(found, indices=moving), t.subject)
    head = Named("indices", title, described(table))
    axis = t.words("chart.indices_axis")
    return drawing(t, Shares(head, bars, t.numbers, legend, axis), table)


def chances(t: Told, one: Worth) -> Drawing:
    """The chart of the chance that it is worth it, for one outcome without a price."""
    title = _chances_title(t, one)
    axis = t.words("chart.chances_axis", unit=replace(t.numbers, step=1).in_units)
    table = chart_tables.chances(t, one)
    head = Named("chances", title, described(table, MOST_ROWS))
    curve = Chances(head, one.worth.tolist(), one.chance.tolist(), t.numbers, axis)
    return drawing(t, curve, table)


def _chances_title(t: Told, one: Worth) -> str:
    """From which worth it is more likely than not to be worth it; else the chance at the end."""
    what, half = short(t.line(one.path), LONGEST), one.reaches.get(0.5)
    if half:
        key = "chart.chances_from" if one.more_is_better else "chart.chances_up_to"
        return t.words(key, what=what, worth=t.numbers.euro(half, 2 if half < 100 else 0))
    last = float(one.worth[-1])
    facts = {"worth": t.numbers.euro(last), "chance": t.numbers.counted(float(one.chance[-1]))}
    return t.words("chart.chances", what=what, **facts)
