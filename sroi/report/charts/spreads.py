"""The chart of bands under each other: of rows, of programmes, of a total told in three ways."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sroi.report.charts.chart import Spread, Spreads
from sroi.report.charts.palette import ACCENT, GREY, INK, LIGHT
from sroi.report.charts.sheet import drawing, in_units, legend_above, room, sheet, ticks
from sroi.report.words.lines import wrapped

LONGEST, MANY = 46, 12  # characters in a line of a label; from how many rows on a label has one
LETTER = 0.0017  # of the width of a chart, for a figure of one point
ROW, LABELLED = 0.175, 0.34  # inches: a row with a label on one line, and on two


@drawing
def spreads(chart: Spreads) -> Figure:
    """Dark for the rows that are meant; a dot at what is expected, with the amount in figures."""
    rows = chart.rows
    many = len(rows) >= MANY
    figure, axes = sheet((ROW if many else LABELLED) * len(rows) + (1.0 if chart.legend else 0.75))
    for place, row in enumerate(rows):
        if row.band:
            _band(axes, place, row)
    axes.axvline(0, color=INK, linewidth=0.8)
    labels = [row.label if many else wrapped(row.label, LONGEST) for row in rows]
    axes.set_yticks(range(len(rows)), labels, fontsize=7.6 if many else 8.6)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    _amounts(axes, chart, 7.4 if many else 8.6)
    ticks(axes.xaxis, _change(chart) if chart.changes else in_units(chart.numbers), 6)
    axes.set_xlabel(chart.axis, loc="right")
    _legend(axes, chart)
    return figure


def _band(axes: Axes, place: int, row: Spread) -> None:
    low, mean, high = row.band or (0.0, 0.0, 0.0)
    colour, edge = (ACCENT, ACCENT) if row.meant else (LIGHT, GREY)
    axes.barh(place, high - low, left=low, height=0.34, color=colour, edgecolor=edge, linewidth=0.5)
    axes.plot(
        [mean], [place], marker="o", markersize=4.2, markerfacecolor="white", color=INK, zorder=3
    )


def _amounts(axes: Axes, chart: Spreads, size: float) -> None:
    """What is expected of each, in one column at the right, in the unit of the axis."""
    told = _change(chart) if chart.changes else in_units(chart.numbers)
    amounts = {place: told(row.band[1]) for place, row in enumerate(chart.rows) if row.band}
    room(axes, LETTER * size * (2 + max(map(len, amounts.values()), default=0)), 0.02)
    for place, amount in amounts.items():
        axes.annotate(
            amount, (1.0, place), (-2, 0), ha="right", va="center",
            xycoords=("axes fraction", "data"), textcoords="offset points", fontsize=size,
        )  # fmt: skip


def _change(chart: Spreads) -> Callable[[float], str]:
    """A share more or less, with its sign."""
    return lambda x: f"{'+' if x > 0 else ''}{chart.numbers.percent(x)}"


def _legend(axes: Axes, chart: Spreads) -> None:
    if chart.legend:
        looks = ((ACCENT, ACCENT), (LIGHT, GREY))
        handles = [
            Patch(facecolor=colour, edgecolor=edge, label=label)
            for label, (colour, edge) in zip(chart.legend, looks, strict=False)
        ]
        legend_above(axes, len(handles), handles=handles)
