"""What a pilot did to the use of care: per kind of move a ratio, and what a ladder calls that."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.pilot.checks import checks
from sroi.analysis.pilot.found import Course, EffectName, LadderEffect, Move, PilotEffect
from sroi.analysis.pilot.guards import doubts, needed
from sroi.analysis.pilot.moves import Kind, Places, panels, places_of
from sroi.inputs.pilot.pilot import Described
from sroi.inputs.pilot.register import Register
from sroi.model.pilot.estimate import Ratio, estimate
from sroi.model.pilot.panel import Array, Panel, expected

OF: dict[Kind, EffectName] = {
    "up": "hazard_ratio_up", "down": "hazard_ratio_down", "door": "diversion",
    "new": "net_widening",
}  # fmt: skip


def moves_of(described: Described, register: Register, places: Places) -> dict[Kind, Move]:
    """Every kind of move with its courses and its ratio."""
    found: dict[Kind, Move] = {}
    for kind, panel in panels(described, register, places).items():
        made = estimate(panel, described.pilot.growing) if places.comparison else None
        counts = made.counts if made else panel.middle().sum(axis=0)
        base = made.base if made else _plain_base(panel)
        course = course_of(panel, counts, base)
        hidden = float(panel.hidden.mean())
        found[kind] = Move(kind, panel, float(counts.sum()), hidden, course, made)
    return found


def _plain_base(panel: Panel) -> Array:
    return np.asarray(expected(panel, panel.middle()).sum(axis=0))


def course_of(panel: Panel, counts: Array, base: Array) -> Course:
    """How often by quarter, in the pilot and in the comparison."""
    with np.errstate(invalid="ignore", divide="ignore"):
        rates = [counts[own].sum(axis=0) / base[own].sum(axis=0) for own in _groups(panel)]
    return Course(*rates)


def _groups(panel: Panel) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    return panel.pilot, ~panel.pilot


def effects_of(moves: dict[Kind, Move]) -> list[LadderEffect]:
    """What the ratios are on a ladder.

    diversion = 1 - ratio at the door: what is left once those who come extra and do need heavy care
    are counted with it. net_widening = (ratio of all new people - 1) ÷ the share of them that came
    straight into heavy care in the pilot's neighbourhoods before.
    """
    found = []
    for kind, move in moves.items():
        if move.estimate is None:
            continue
        ratio = move.estimate.full
        ends = (ratio.ratio, ratio.low, ratio.high)
        if kind == "door":
            ends = (1 - ratio.ratio, 1 - ratio.high, 1 - ratio.low)
        elif kind == "new":
            share = _share_at_the_door(moves)
            ends = tuple((size - 1) / share for size in ends)  # type: ignore[assignment]
        found.append(_effect(kind, ends, ratio))
    return found


def _effect(kind: Kind, ends: tuple[float, float, float], ratio: Ratio) -> LadderEffect:
    return LadderEffect(OF[kind], kind, *ends, ratio.is_effect, ratio.p)


def _share_at_the_door(moves: dict[Kind, Move]) -> float:
    """Of the new people of the pilot's neighbourhoods before it began, who came into heavy care."""
    sums = []
    for kind in ("door", "new"):
        panel = moves[kind].panel
        made = moves[kind].estimate
        counts = made.counts if made else panel.middle().sum(axis=0)
        before = (np.arange(panel.quarters) < panel.start[:, None]) & ~panel.left_out
        sums.append(float((counts * before).sum()))
    return max(sums[0], 1.0) / max(sums[1], 1.0)


def piloted(described: Described, register: Register) -> PilotEffect:
    """All steps. Raises `Unusable` where the register cannot say anything."""
    places = places_of(described, register)
    needed(described, places)
    moves = moves_of(described, register, places)
    checked = {
        kind: checks(kind, move.panel, move.estimate, described, register, places)
        for kind, move in moves.items()
        if move.estimate is not None
    }
    evidence = _evidence(described, bool(places.comparison))
    effects = tuple(effects_of(moves))
    found = PilotEffect(described, register, places, moves, checked, effects, evidence, ())
    return replace(found, problems=(*register.problems, *doubts(found)))


def _evidence(described: Described, compared: bool) -> int:
    """Grade 1 (best) to 6: drawn by lot 1, with a comparison 4, before and after only 5."""
    pilot = described.pilot
    if pilot.simulated:
        return 6
    if not compared:
        return 5
    return 1 if pilot.chosen and pilot.chosen.how == "random" else 4
