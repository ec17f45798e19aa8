"""What keeps a register from saying anything, and what speaks against an effect of a pilot."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sroi.analysis.pilot.checks import Seen
from sroi.analysis.pilot.found import Move, PilotEffect
from sroi.analysis.pilot.moves import Places
from sroi.inputs.pilot.pilot import Described
from sroi.inputs.pilot.quarter import name_of
from sroi.model.pilot.before import step
from sroi.model.pilot.panel import Panel
from sroi.model.pilot.permutation import handed_out, least_p
from sroi.problems import Problem, Unusable

LEAST_EACH = 3  # neighbourhoods with, and without: fewer say nothing of how they differ anyway
LEAST_BEFORE = 4  # quarters: a year with its seasons
MOST_NAMES = 3
FEW_EVENTS = 20  # in the pilot or in the comparison, before it began or at full strength
# an effect with one of these is not written
BARS_ALL = {"pilot-no-comparison", "pilot-one-quarter"}
BARS_OWN = {"pilot-other-course", "pilot-moved-elsewhere", "pilot-few-events"}


def needed(d: Described, places: Places) -> None:
    """Raises `Unusable` where nothing can be said: pilot-too-few, pilot-break-at-start,
    pilot-short-before, pilot-still-growing, pilot-high-use-no-before."""
    found = [*_needed(d, places)]
    if found:
        raise Unusable(*found)


def _needed(d: Described, places: Places) -> Iterator[Problem]:
    pilots, others = len(places.pilots), len(places.comparison)
    if others and min(pilots, others) < LEAST_EACH:
        yield d.wrong("pilot-too-few", pilots=pilots, comparison=others, least=LEAST_EACH)
    for number, one in enumerate(d.pilot.breaks):
        if places.first <= one.from_ <= places.last:
            yield d.wrong("pilot-break-at-start", "breaks", number, quarter=name_of(one.from_))
    if any(places.first <= one.from_ <= places.last for one in d.pilot.breaks):
        return
    early = [q for q in places.quarters if q < places.first]
    if len(early) - len(places.left_out) < LEAST_BEFORE:
        code = "pilot-high-use-no-before" if places.left_out else "pilot-short-before"
        count = len(early) - len(places.left_out)
        yield d.wrong(code, "started", count=count, least=LEAST_BEFORE)
    if _at_full_strength(d, places) < 1:
        yield d.wrong("pilot-still-growing", "growing", growing=d.pilot.growing)


def _at_full_strength(d: Described, places: Places) -> int:
    """Quarters since everywhere the pilot was at full strength."""
    return places.quarters[-1] - (places.last + d.pilot.growing) + 1 if places.quarters else 0


def doubts(found: PilotEffect) -> Iterator[Problem]:
    """Everything that a reader must know before trusting the ratios."""
    d, places = found.described, found.places
    if d.pilot.simulated:
        yield d.weak("pilot-simulated")
    if not found.compared:
        yield d.weak("pilot-no-comparison")
    if _at_full_strength(d, places) == 1:
        yield d.weak("pilot-one-quarter")
    for number, one in enumerate(d.pilot.breaks):
        facts = {"quarter": name_of(one.from_), "from": name_of(places.quarters[0])}
        facts |= {"to": name_of(places.quarters[-1])}
        yield d.weak("pilot-break", "breaks", number, **facts)
    for move in found.moves.values():
        yield from _jumps(d, places, move)
        if found.compared:
            yield from _of_move(found, move)
    yield from _of_ways(found)


def _of_ways(found: PilotEffect) -> Iterator[Problem]:
    """pilot-few-ways: too few neighbourhoods for a band by permutation"""
    panel = next((move.panel for move in found.moves.values()), None)
    if found.compared and panel is not None and least_p(handed_out(panel.start)) > 0.05:
        yield found.described.weak("pilot-few-ways")


def _of_move(found: PilotEffect, move: Move) -> Iterator[Problem]:
    """What speaks against the ratio of one kind of move, each in one sentence."""
    d, checked = found.described, found.checks[move.kind]
    least = _fewest(move.panel, d.pilot.growing, places=found.places)
    if least < FEW_EVENTS:
        yield d.weak("pilot-few-events", move=move.kind, count=int(least), least=FEW_EVENTS)
    if checked.other_course and checked.slope:
        facts = {"slope": _percent(checked.slope.ratio - 1)}
        yield d.weak("pilot-other-course", move=move.kind, **facts)
    if checked.placebo and checked.placebo.is_effect:
        size = _percent(checked.placebo.ratio - 1)
        yield d.weak("pilot-placebo", move=move.kind, size=size)
    if checked.regressed and d.pilot.chosen and d.pilot.chosen.how == "high_use":
        size = _percent(checked.regressed.ratio - 1)
        yield d.weak("pilot-high-use", "chosen", move=move.kind, size=size)
    if checked.moved_elsewhere and checked.elsewhere:
        facts = {"extra": f"{checked.elsewhere.extra:.0f}", "avoided": f"{checked.avoided:.0f}"}
        yield d.weak("pilot-moved-elsewhere", move=move.kind, **facts)
    if move.estimate:
        full = move.estimate.full
        own = Seen(full.ratio, full.low, full.high, full.p)
        names = checked.leans_on(own)
        if 0 < len(names) <= MOST_NAMES:
            yield d.weak("pilot-leans-on-one", move=move.kind, names=", ".join(names))
        elif names:
            count, of = len(names), len(checked.without)
            yield d.weak("pilot-leans-on-few", move=move.kind, count=count, of=of)
        second = checked.second
        if second and not full.low <= second.ratio <= full.high:
            facts = {"second": _percent(second.ratio - 1), "own": _percent(full.ratio - 1)}
            yield d.weak("pilot-second-opinion", move=move.kind, **facts)


def _fewest(panel: Panel, growing: int, places: Places) -> float:
    """The smallest of four counts: in the pilot and elsewhere, before it began and at full
    strength."""
    counts = panel.middle().sum(axis=0) * ~panel.left_out
    first = places.quarters[0]
    parts = (slice(None, places.first - first), slice(places.last + growing - first, None))
    groups = (panel.pilot, ~panel.pilot)
    return min(float(counts[own][:, part].sum()) for own in groups for part in parts)


def _jumps(d: Described, places: Places, move: Move) -> Iterator[Problem]:
    """pilot-jump: all neighbourhoods count clearly more or less from some quarter on.

    Seen where the pilot is not, as there it may be the pilot itself.
    """
    panel = move.panel
    seen = np.ones_like(panel.pilot) if panel.pilot.all() else ~panel.pilot
    counts = panel.middle()[:, seen].sum(axis=(0, 1)) * ~panel.left_out
    base = panel.at_risk[:, seen].sum(axis=(0, 1)) * ~panel.left_out
    found = step(counts, base)
    if found is not None:
        facts = {"quarter": name_of(places.quarters[found[0]]), "move": move.kind}
        yield d.weak("pilot-jump", **facts, size=_percent(float(np.exp(found[1])) - 1))


def _percent(share: float) -> str:
    return f"{share * 100:+.0f}%"


def barred(found: PilotEffect) -> dict[str, list[str]]:
    """Why effects may not be written, by the kind of move; a reason that bars all is in each."""
    codes = {problem.code for problem in found.problems}
    whole = sorted(codes & BARS_ALL)
    return {
        kind: whole
        + [
            problem.code
            for problem in found.problems
            if problem.code in BARS_OWN and problem.facts.get("move") == kind
        ]
        for kind in found.moves
    }
