"""The chart of a contract that is followed: the promise, what came of it, and what comes now."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sroi.report.charts.chart import Promise, Track
from sroi.report.charts.palette import ACCENT, GREY, INK, LIGHT
from sroi.report.charts.sheet import drawing, in_units, legend_above, sheet, ticks


@drawing
def promise(chart: Promise) -> Figure:
    """From the start to the end of every year; the new expectation begins where the known ends."""
    figure, axes = sheet(2.9)
    places = range(len(chart.labels))
    known = len(chart.realised) - 1
    _band(axes, places, chart.promised, 0, LIGHT, 0.55)
    _band(axes, places, chart.now, known, ACCENT, 0.28)
    axes.axhline(0, color=GREY, linewidth=0.8)
    promised, realised, now = chart.legend
    axes.plot(places, chart.promised.mean, color=GREY, linewidth=1.4, linestyle=(0, (4, 2)),
              label=promised)  # fmt: skip
    axes.plot(places[: known + 1], chart.realised, color=INK, linewidth=2, marker="o",
              markersize=4, label=realised)  # fmt: skip
    joined = [chart.realised[-1], *chart.now.mean[known + 1 :]]
    axes.plot(places[known:], joined, color=ACCENT, linewidth=1.8, label=now)
    axes.set_xticks(list(places), list(chart.labels))
    axes.set_xlim(0, len(places) - 1 + 0.9)
    _ends(axes, chart)
    ticks(axes.yaxis, in_units(chart.numbers), 5)
    axes.grid(axis="y")
    axes.set_ylabel(chart.axis)
    legend_above(axes, 3)
    return figure


def _band(
    axes: Axes, places: Sequence[int], track: Track, start: int, colour: str, strength: float
) -> None:
    axes.fill_between(
        places[start:], track.low[start:], track.high[start:], color=colour, alpha=strength,
        linewidth=0,
    )  # fmt: skip


def _ends(axes: Axes, chart: Promise) -> None:
    """What both come to, beside the last year; apart where they would lie over each other."""
    last, low = len(chart.labels) - 1, min(chart.promised.low)
    span = max(chart.promised.high) - low or 1.0
    ends = sorted([(chart.promised.mean[-1], "#4a5560"), (chart.now.mean[-1], ACCENT)])
    least = 0.09 * span
    gap = max(0.0, least - (ends[1][0] - ends[0][0])) / 2
    for (end, colour), moved in zip(ends, (-gap, gap), strict=True):
        axes.annotate(
            chart.numbers.money(end), (last, end + moved), (6, 0), textcoords="offset points",
            va="center", fontsize=9, color=colour, fontweight=600, zorder=4,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
        )  # fmt: skip
