"""What to do in the next quarters to be surer of a pilot: told from what its register lacks."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.report.figures.part import Part
from sroi.report.pilot.pilot_told import PilotTold

ASKS = {
    "pilot-no-comparison": "pilot_report.next_compare",
    "pilot-one-quarter": "pilot_report.next_wait",
    "pilot-few-ways": "pilot_report.next_more_places",
    "pilot-few-events": "pilot_report.next_more_places",
    "pilot-leans-on-one": "pilot_report.next_more_places",
    "pilot-leans-on-few": "pilot_report.next_more_places",
    "pilot-other-course": "pilot_report.next_alike",
    "pilot-placebo": "pilot_report.next_alike",
    "pilot-moved-elsewhere": "pilot_report.next_elsewhere",
    "pilot-jump": "pilot_report.next_registration",
    "pilot-one-scorer": "pilot_report.next_second",
    "pilot-scorers-differ": "pilot_report.next_second",
}
HALF = 0.5  # a condition that held less than this is one to work on
HIDDEN = 0.25  # of the counts: from here on it pays to have them shown


def next_steps(told: PilotTold) -> list[Part]:
    """What makes it surer, and which conditions to work on."""
    parts = [Part("", [told.words("pilot_report.next"), *_asked(told)])]
    weak = list(_weak(told))
    if weak:
        parts.append(Part(told.words("pilot_report.work_on"), weak))
    return parts


def _asked(told: PilotTold) -> Iterator[str]:
    """One sentence for each thing that is lacking, once; and what always helps."""
    codes = [problem.code for problem in (*told.found.problems, *told.along.problems)]
    keys = dict.fromkeys(ASKS[code] for code in codes if code in ASKS)
    yield from map(told.words, keys)
    hidden = max((move.hidden for move in told.found.moves.values()), default=0.0)
    if hidden >= HIDDEN:
        share = told.numbers.percent(hidden)
        yield told.words("pilot_report.next_hidden", share=share)
    if not told.along.presences:
        yield told.words("pilot_report.next_score")
    yield told.words("pilot_report.next_keep")


def _weak(told: PilotTold) -> Iterator[str]:
    """Conditions that held less than half of what they could, the weakest first."""
    weak = [one for one in told.along.presences if one.share.value < HALF]
    for one in sorted(weak, key=lambda one: one.share.value):
        facts = {"condition": one.condition, "share": told.numbers.percent(one.share.value)}
        yield told.words("pilot_report.weak_condition", **facts)
