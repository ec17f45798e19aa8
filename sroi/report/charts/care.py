"""The charts of the preventive shift: the ladder as a flow, and its tiers over time."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.ticker import MaxNLocator

from sroi.report.charts.chart import Frontier, LadderFlow, Panel, Panels, Rung
from sroi.report.charts.palette import ACCENT, GREY, INK, LIGHT, SECOND, TINT
from sroi.report.charts.sheet import WIDE, drawing, sheet, ticks
from sroi.report.words.lines import fitting, short
from sroi.report.words.numbers import Numbers

WIDTH, HEIGHT, GAP, FOOT = 4.2, 0.62, 0.55, 0.4
INCHES = 0.62  # of the page for a unit of the drawing
NAME = 20.5  # of the name of a tier, in times the size of its letters: as wide as its box


@drawing
def ladder(chart: LadderFlow) -> Figure:
    """The ladder as a drawing, heavy care on top: in from the left, out to the right."""
    height = len(chart.rungs) * (HEIGHT + GAP) - 0.1
    figure, axes = sheet((height + FOOT) * INCHES)
    axes.set_axis_off()
    axes.set_xlim(0, 10)
    axes.set_ylim(-FOOT, height)
    axes.text(5, -FOOT, chart.reads, ha="center", va="bottom", fontsize=8.5)
    for place, rung in enumerate(chart.rungs):
        _rung(axes, rung, place * (HEIGHT + GAP) + 0.05, lowest=place == 0)
    _heads(axes, chart.legend, height - 0.02)
    return figure


def _rung(axes: Axes, rung: Rung, base: float, lowest: bool) -> None:
    left, middle = (10 - WIDTH) / 2, base + HEIGHT / 2
    axes.add_patch(
        FancyBboxPatch(
            (left, base), WIDTH, HEIGHT, boxstyle="round,pad=0,rounding_size=0.08",
            facecolor=TINT if rung.heavy else "white", edgecolor=ACCENT, linewidth=1.1,
        )
    )  # fmt: skip
    axes.text(5, middle + 0.13, fitting(rung.name, NAME), ha="center", va="center", fontweight=600)
    axes.text(5, middle - 0.15, rung.people, ha="center", va="center", fontsize=8.5)
    for start, end, text, side in (
        (left - 0.85, left - 0.06, rung.new, "right"),
        (left + WIDTH + 0.06, left + WIDTH + 0.85, rung.exits, "left"),
    ):
        _arrow(axes, (start, middle), (end, middle), GREY)
        place = start - 0.1 if side == "right" else end + 0.1
        axes.text(place, middle, text, ha=side, va="center", fontsize=8.5)
    if not lowest:
        _arrow(axes, (3.95, base - GAP + 0.05), (3.95, base - 0.05), SECOND)
        _arrow(axes, (6.05, base - 0.05), (6.05, base - GAP + 0.05), ACCENT)
        axes.text(3.8, base - GAP / 2, rung.up, ha="right", va="center", fontsize=8.5)
        axes.text(6.2, base - GAP / 2, rung.down, ha="left", va="center", fontsize=8.5)


def _heads(axes: Axes, legend: Sequence[str], top: float) -> None:
    new, out, up, down = legend
    for x, text, side, colour in (
        (2.0, new, "right", GREY), (8.0, out, "left", GREY),
        (4.85, up, "right", SECOND), (5.15, down, "left", ACCENT),
    ):  # fmt: skip
        axes.text(
            x, top, text, ha=side, va="top", fontsize=8.5, fontweight=600, color=_dark(colour)
        )


def _dark(colour: str) -> str:
    return {GREY: "#4a5560", SECOND: "#8a5700"}.get(colour, colour)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    looks = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", end, start, arrowprops=looks | {"mutation_scale": 9})


@drawing
def panels(chart: Panels) -> Figure:
    """Two or three beside each other; the axes do not start at zero."""
    tiers = chart.tiers
    across = 3 if len(tiers) == 3 or len(tiers) > 4 else 2
    rows = -(-len(tiers) // across)
    figure = Figure(figsize=(WIDE, 1.5 * rows + 0.45), layout="constrained")
    grid = figure.subplots(rows, across, squeeze=False)
    for axes, tier in zip(grid.flat, tiers, strict=False):
        _panel(axes, chart.years, tier, chart.numbers, 88 // across)
    for axes in list(grid.flat)[len(tiers) :]:
        axes.set_axis_off()
    lines = grid.flat[0].get_lines()
    figure.legend(lines, chart.legend, loc="outside upper left", ncols=2, handlelength=1.6,
                  borderaxespad=0)  # fmt: skip
    figure.supxlabel(chart.reads, fontsize=8.5)
    return figure


def _panel(axes: Axes, years: Sequence[int], tier: Panel, numbers: Numbers, longest: int) -> None:
    for (mean, low, high), colour, band, dashes in (
        (tier.without, "#4a5560", LIGHT, (0, (4, 2))),
        (tier.with_, ACCENT, ACCENT, "-"),
    ):
        axes.fill_between(years, low, high, color=band, alpha=0.3, linewidth=0)
        axes.plot(years, mean, color=colour, linewidth=1.5, linestyle=dashes)
    axes.set_title(short(tier.name, longest), fontsize=9, loc="left", color=INK)
    axes.xaxis.set_major_locator(MaxNLocator(3, integer=True))
    ticks(axes.xaxis, "{:.0f}".format)
    ticks(axes.yaxis, numbers.number, 3)
    axes.grid(axis="y")


@drawing
def frontier(chart: Frontier) -> Figure:
    """Dots of the arms, filled on the frontier and open beside it; names stand on the side that has
    room."""
    figure, axes = sheet(2.9)
    on = [dot for dot in chart.dots if dot.on]
    axes.plot([d.effect for d in on], [d.cost for d in on], color=ACCENT, linewidth=1.5, zorder=1)
    effects = [dot.effect for dot in chart.dots]
    middle, span = (min(effects) + max(effects)) / 2, max(effects) - min(effects)
    decimals = max(0, 1 - math.floor(math.log10(span))) if span > 0 else 1
    for dot in chart.dots:
        face = ACCENT if dot.on else "white"
        axes.scatter(dot.effect, dot.cost, s=34, facecolor=face, edgecolor=ACCENT, zorder=2)
        left = dot.effect <= middle
        axes.annotate(
            short(dot.label, 44), (dot.effect, dot.cost), (8 if left else -8, -3 if dot.on else 6),
            textcoords="offset points", ha="left" if left else "right",
            va="top" if dot.on and left else "bottom", fontsize=8.5,
        )  # fmt: skip
    axes.margins(0.08, 0.16)
    ticks(axes.xaxis, lambda value: chart.numbers.number(value, decimals), 6)
    ticks(axes.yaxis, chart.numbers.euro, 5)
    axes.grid(axis="y")
    axes.set_xlabel(chart.axes[0])
    axes.set_ylabel(chart.axes[1])
    return figure
