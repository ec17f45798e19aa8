"""The charts of the money: from gross to net, how often what comes out, by year and by payer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sroi.report.charts.chart import Bar, Distribution, Payers, Waterfall, Years
from sroi.report.charts.palette import ACCENT, GREY, INK, LIGHT, LOSS, SECOND, SOFT
from sroi.report.charts.sheet import WIDE, drawing, in_units, legend_above, room, sheet, ticks
from sroi.report.words.glyphs import length
from sroi.report.words.lines import wrapped
from sroi.report.words.numbers import Numbers

MARK = 8.5  # points: letters of a mark


@drawing
def waterfall(chart: Waterfall) -> Figure:
    """One bar for each correction; a step upwards is an open bar."""
    bars, numbers = chart.bars, chart.numbers
    widest = max(abs(bar.end - bar.start) for bar in bars)
    figure, axes = sheet(0.29 * len(bars) + 0.5)
    for row, bar in enumerate(bars):
        up = not bar.total and bar.end > bar.start
        colour = ACCENT if bar.total else LIGHT if up else LOSS
        low, width = min(bar.start, bar.end), abs(bar.end - bar.start)
        axes.barh(row, width, left=low, height=0.62, color=colour,
                  edgecolor=GREY if up else colour, linewidth=0.4)  # fmt: skip
        amount = bar.end if bar.total else bar.end - bar.start
        _note(axes, _beside(bar, widest), row, numbers.money(amount))
        if row:
            edge = bars[row - 1].end
            axes.plot([edge, edge], [row - 1 + 0.31, row - 0.31], color=GREY, linewidth=0.6)
    axes.axvline(0, color=INK, linewidth=0.8)
    _rows(axes, [bar.label for bar in bars], numbers, numbers.in_units, share=0.18)
    return figure


def _beside(bar: Bar, widest: float) -> float:
    """Where the amount of a bar begins: at its right end, but never across the line at zero."""
    end = max(bar.start, bar.end)
    return 0.0 if -widest / 4 < end < 0 else end


@drawing
def distribution(chart: Distribution) -> Figure:
    """Left of zero in a lighter colour."""
    numbers, edges, heights = chart.numbers, chart.edges, chart.shares
    figure, axes = sheet(2.5)
    below = edges[1:] <= 1e-9 * max(1.0, abs(edges[-1]))
    for part, colour in ((below, LOSS), (~below, ACCENT)):
        axes.bar(edges[:-1][part], heights[part], np.diff(edges)[part], align="edge", color=colour)
    top = heights.max() * 1.05
    levels = _levels(chart.marks, float(edges[-1] - edges[0]))
    for (place, label), level in zip(chart.marks, levels, strict=True):
        axes.plot([place, place], [0, top * (1.02 + 0.12 * level)], color=INK, linewidth=0.8)
        axes.annotate(
            label, (place, top * (1.04 + 0.12 * level)), ha="center", va="bottom", fontsize=MARK,
            zorder=3, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip
    axes.set_ylim(0, top * (1.2 + 0.12 * max(1, *levels)))
    axes.set_yticks([])
    ticks(axes.xaxis, in_units(numbers), 6)
    axes.set_xlabel(chart.axis)
    return figure


def _levels(marks: Sequence[tuple[float, str]], span: float) -> list[int]:
    """How high each label stands: by turns low and higher, and above another that it would meet."""
    levels: list[int] = []
    for step, (place, label) in enumerate(marks):
        taken = {
            level for (other, said), level in zip(marks, levels, strict=False)
            if abs(place - other) * 72 * WIDE < span * MARK * (length(label + said) / 2 + 1)
        }  # fmt: skip
        levels.append(next(level for level in (step % 2, 2, 3) if level not in taken))
    return levels


@drawing
def years(chart: Years) -> Figure:
    """Benefits and investment side by side for every year."""
    labels, numbers, legend = chart.labels, chart.numbers, chart.legend
    figure, axes = sheet(2.4)
    places = np.arange(len(labels))
    axes.bar(places - 0.2, chart.benefits, 0.38, color=ACCENT, label=legend[0])
    axes.bar(places + 0.2, chart.investment, 0.38, color=LIGHT, edgecolor=GREY, linewidth=0.6,
             label=legend[1])  # fmt: skip
    axes.set_xticks(places[:: max(1, len(places) // 15)], labels[:: max(1, len(places) // 15)])
    ticks(axes.yaxis, in_units(numbers), 5)
    axes.grid(axis="y")
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.set_ylabel(chart.axis)
    legend_above(axes, 2)
    return figure


@drawing
def payers(chart: Payers) -> Figure:
    """Gains right, by cash class, and investment left, with the balance in figures."""
    labels, parts, investment, legend = chart.labels, chart.parts, chart.investment, chart.legend
    figure, axes = sheet(0.36 * len(labels) + 0.75)
    looks = [(ACCENT, GREY), (SOFT, SECOND), (LIGHT, GREY)]  # in grey: dark, middle, light
    for row in range(len(labels)):
        right, left = 0.0, -investment[row]
        axes.barh(row, left, height=0.6, color=GREY, label=legend[-1] if row == 0 else None)
        for part, (amount, (colour, edge)) in enumerate(zip(parts[row], looks, strict=False)):
            start = right if amount >= 0 else left
            axes.barh(
                row, amount, left=start, height=0.6, color=colour, edgecolor=edge,
                linewidth=0.3, label=legend[part] if row == 0 else None,
            )  # fmt: skip
            right, left = right + max(amount, 0), left + min(amount, 0)
        balance = sum(parts[row]) - investment[row]
        _note(axes, max(right, 0.0), row, chart.numbers.money(balance))
    axes.axvline(0, color=INK, linewidth=0.8)
    _rows(axes, labels, chart.numbers, chart.axis, share=0.2)
    legend_above(axes, 4, -0.02, columnspacing=1.2, handlelength=1.4)
    return figure


def _note(axes: Axes, x: float, row: float, text: str) -> None:
    axes.annotate(text, (x, row), (4, 0), textcoords="offset points", va="center", fontsize=9)


def _rows(axes: Axes, labels: Sequence[str], numbers: Numbers, unit: str, share: float) -> None:
    """Rows from the top down, labels that wrap, and room at the right for the figures."""
    axes.set_yticks(range(len(labels)), [wrapped(label) for label in labels])
    axes.invert_yaxis()
    room(axes, share)
    ticks(axes.xaxis, in_units(numbers), 5)
    axes.set_xlabel(unit)
