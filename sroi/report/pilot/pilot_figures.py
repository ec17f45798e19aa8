"""What the charts of a pilot show: numbers and words for `chart`."""

from __future__ import annotations

import numpy as np

from sroi.analysis.pilot.found import Move
from sroi.inputs.pilot.quarter import name_of
from sroi.report.charts.chart import Course, Courses, Named, Spread, Spreads
from sroi.report.figures.chart_tables import described
from sroi.report.figures.drawing import Drawing
from sroi.report.pilot.pilot_told import PilotTold


def courses(told: PilotTold) -> Drawing:
    """How often each kind of move was made, by quarter, in the pilot and in the comparison."""
    w, places, moves = told.words, told.found.places, told.found.moves.values()
    shown = [
        Course(
            told.move(move.kind),
            100 * move.course.pilot,
            100 * move.course.comparison if told.found.compared else np.empty(0),
        )
        for move in moves
    ]
    facts = {"start": name_of(places.first)}
    key = "chart_courses" if told.found.compared else "chart_courses_alone"
    head = Named("courses", w(f"pilot_report.{key}", **facts), described(told.courses(), 4))
    legend = [w("pilot_report.in_pilot"), w("pilot_report.in_comparison")]
    quarters = list(map(name_of, places.quarters))
    started = places.quarters.index(places.first)
    growing = told.found.described.pilot.growing
    reads = w("pilot_report.courses_axis")
    return told.drawing(
        Courses(head, quarters, started, growing, shown, told.numbers, legend, reads)
    )


def effects(told: PilotTold) -> Drawing | None:
    """How much more or less often by the pilot, with bands; None without a comparison."""
    made = [move for move in told.found.moves.values() if move.estimate]
    if not made:
        return None
    rows = [_spread(told, move) for move in made]
    sure = [move for move in made if move.estimate and move.estimate.full.is_effect]
    w = told.words
    title = w("pilot_report.chart_none")
    if sure:
        title = w(
            "pilot_report.chart_some", moves=told.numbers.list([told.move(m.kind) for m in sure])
        )
    legend = (w("pilot_report.beyond"), w("pilot_report.may_be"))
    head = Named("effects", title, described(told.effects()))
    axis = w("pilot_report.effects_axis")
    return told.drawing(Spreads(head, rows, told.numbers, legend, axis, changes=True))


def _spread(told: PilotTold, move: Move) -> Spread:
    """A ratio as a share more or less; a band without end is cut off at twice as often."""
    assert move.estimate is not None
    full = move.estimate.full
    low, mean, high = (min(size, 3.0) - 1 for size in (full.low, full.ratio, full.high))
    return Spread(told.move(move.kind), (low, mean, high), full.is_effect)
