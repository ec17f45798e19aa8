"""The charts of what drives the answer: tornado, shares of variance, and a curve of chances."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from sroi.report.charts.chart import Chances, Shares, Tornado
from sroi.report.charts.palette import ACCENT, GREY, INK, LIGHT, LOSS, SECOND
from sroi.report.charts.sheet import drawing, legend_above, room, sheet, ticks
from sroi.report.words.lines import wrapped
from sroi.report.words.numbers import Numbers

LONGEST = 48  # characters in a line of a label
NEAR = 0.12  # of what all bars span: less than the value at the end of a bar takes
LINE, BETWEEN, BAR = 0.133, 0.07, 0.16  # inches: a line of a label, what parts two labels, a bar


@drawing
def tornado(chart: Tornado) -> Figure:
    """The widest bar on top; light where the quantity is low, dark where it is high."""
    centre, threshold = chart.centre, chart.threshold
    figure, axes, rows = _figure([swing.label for swing in chart.swings])
    ends = [end - centre for swing in chart.swings for end in (swing.at_low, swing.at_high)]
    near = NEAR * (max(ends) - min(ends))
    for row, swing in zip(rows, chart.swings, strict=True):
        for at, colour in ((swing.at_low, LIGHT), (swing.at_high, ACCENT)):
            axes.barh(row, at - centre, left=centre, height=BAR, color=colour, edgecolor=GREY,
                      linewidth=0.3)  # fmt: skip
        low, high = _places(swing.at_low - centre, swing.at_high - centre, near)
        _beside(axes, centre + low[0], row, swing.low, low[1])
        _beside(axes, centre + high[0], row, swing.high, high[1])
    axes.axvline(centre, color=INK, linewidth=0.8)
    if threshold is not None:
        axes.axvline(threshold, color=SECOND, linewidth=1.0, linestyle=(0, (4, 2)))
    room(axes, 0.16, 0.16)
    ticks(axes.xaxis, lambda x: _tick(x, chart.numbers), 5)
    axes.set_xlabel(chart.axis)
    return figure


Place = tuple[float, bool]  # how far from the centre, and whether left of there


def _places(low: float, high: float, near: float) -> tuple[Place, Place]:
    """Where the values at both ends stand: apart, also where the ends are not.

    Of two ends on one side that are near each other the inner one is told across the centre.
    """
    if low * high < 0 or abs(low - high) > near:
        return (low, low < 0 or low == 0 < high), (high, high < 0 or high == 0 < low)
    inner, outer = sorted((low, high), key=abs)
    across = (0.0, outer >= 0)
    return (across, (outer, outer < 0)) if inner == low else ((outer, outer < 0), across)


def _figure(labels: Sequence[str], above: float = 0.0) -> tuple[Figure, Axes, list[float]]:
    """A row for each label, from the top down, as high as its own lines; and the middles of rows.

    Upwards all is in inches. `above`: those for a legend.
    """
    told = [wrapped(label, LONGEST) for label in labels]
    high = [LINE * (label.count("\n") + 1) + BETWEEN for label in told]
    ends = list(accumulate(high))
    rows = [end - own / 2 for end, own in zip(ends, high, strict=True)]
    figure, axes = sheet(ends[-1] + 0.75 + above)
    axes.set_yticks(rows, told, fontsize=8, linespacing=0.95)
    axes.set_ylim(ends[-1] + BETWEEN / 2, -BETWEEN / 2)
    return figure, axes, rows


def _beside(axes: Axes, x: float, row: float, text: str, left: bool) -> None:
    """The value at the end of a bar, with paper behind it where a line passes."""
    axes.annotate(
        text, (x, row), (-3 if left else 3, 0), textcoords="offset points", va="center",
        ha="right" if left else "left", fontsize=8, zorder=3,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
    )  # fmt: skip


def _tick(x: float, show: Numbers) -> str:
    """Money in its unit; a ratio, of which the unit is one, with a decimal."""
    return show.number(x / show.unit) if show.unit > 1 else show.plain(round(x, 2))


@drawing
def shares(chart: Shares) -> Figure:
    """A narrow bar for what it does alone, on a wide one; the interval as a line."""
    bars, legend = chart.bars, chart.legend
    figure, axes, rows = _figure([bar.label for bar in bars], above=0.25)
    axes.barh(rows, [b.total for b in bars], BAR, color=LIGHT, edgecolor=GREY, linewidth=0.4,
              label=legend[1])  # fmt: skip
    axes.barh(rows, [b.alone for b in bars], BAR / 2, color=ACCENT, label=legend[0])
    for row, bar in zip(rows, bars, strict=True):
        axes.plot([max(bar.low, 0), bar.high], [row, row], color=INK, linewidth=0.8)
    axes.set_xlim(0, max([1e-9, *(max(b.high, b.alone) for b in bars)]) * 1.05)
    ticks(axes.xaxis, chart.numbers.percent)
    axes.set_xlabel(chart.axis)
    legend_above(axes, 2)
    return figure


@drawing
def chances(chart: Chances) -> Figure:
    """A curve, with a line at one half."""
    figure, axes = sheet(2.1)
    axes.plot(chart.worth, chart.chance, color=ACCENT, linewidth=1.6)
    axes.axhline(0.5, color=LOSS, linewidth=0.8, linestyle=(0, (4, 2)))
    axes.set_ylim(0, 1.02)
    axes.yaxis.set_major_locator(MultipleLocator(0.25))
    ticks(axes.yaxis, chart.numbers.percent)
    ticks(axes.xaxis, chart.numbers.number, 6)
    axes.grid(axis="y")
    axes.set_xlabel(chart.axis)
    return figure
