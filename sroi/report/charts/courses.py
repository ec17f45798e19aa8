"""The chart of courses: how often something happened by quarter, in a pilot and without one."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sroi.report.charts.chart import Course, Courses
from sroi.report.charts.palette import ACCENT, GREY, INK, LIGHT, TINT
from sroi.report.charts.sheet import WIDE, drawing, ticks
from sroi.report.words.lines import short

ACROSS, HIGH, LABELS = 2, 1.65, 5  # charts beside each other; inches; quarters named along the axis
LONGEST = 44
AS_CITY = 100
OTHER = "#4a5560"
DASHES = (0, (4, 2))


@drawing
def courses(chart: Courses) -> Figure:
    """Two beside each other, on one scale; since the start of the pilot the ground is coloured."""
    rows = -(-len(chart.courses) // ACROSS)
    figure = Figure(figsize=(WIDE, HIGH * rows + 0.45), layout="constrained")
    grid = figure.subplots(rows, ACROSS, squeeze=False, sharey=True)
    for axes, course in zip(grid.flat, chart.courses, strict=False):
        _course(axes, chart, course)
    for axes in list(grid.flat)[len(chart.courses) :]:
        axes.set_axis_off()
    compared = any(len(course.comparison) for course in chart.courses)
    looks = [Line2D([], [], color=ACCENT, linewidth=1.6)]
    looks += [Line2D([], [], color=OTHER, linewidth=1.2, linestyle=DASHES)] * compared
    names = chart.legend[: len(looks)]
    figure.legend(
        looks, names, loc="outside upper left", ncols=2, handlelength=1.8, borderaxespad=0
    )
    figure.supxlabel(chart.reads, fontsize=8.5)
    return figure


def _course(axes: Axes, chart: Courses, course: Course) -> None:
    last = len(chart.quarters) - 1
    axes.axvspan(chart.started - 0.5, last + 0.5, color=TINT, linewidth=0)
    if chart.growing:
        grown = chart.started + chart.growing - 0.5
        axes.axvspan(chart.started - 0.5, grown, color=LIGHT, alpha=0.5, linewidth=0)
    axes.axhline(AS_CITY, color=GREY, linewidth=0.6)
    if len(course.comparison):
        axes.plot(course.comparison, color=OTHER, linewidth=1.2, linestyle=DASHES)
    axes.plot(course.pilot, color=ACCENT, linewidth=1.6)
    axes.set_title(short(course.name, LONGEST), fontsize=9, loc="left", color=INK)
    step = -(-len(chart.quarters) // LABELS)
    places = range(0, len(chart.quarters), step)
    axes.set_xticks(places, [chart.quarters[at] for at in places], fontsize=7.6)
    axes.set_xlim(-0.5, last + 0.5)
    ticks(axes.yaxis, chart.numbers.number, 4)
    axes.grid(axis="y")
