"""What a register of a pilot says: per kind of move a ratio and its checks; nothing but numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sroi.analysis.pilot.checks import Checks
from sroi.analysis.pilot.moves import Kind, Places
from sroi.inputs.pilot.pilot import Described
from sroi.inputs.pilot.register import Register
from sroi.model.pilot.estimate import Estimate
from sroi.model.pilot.panel import Array, Panel
from sroi.problems import Problem

EffectName = Literal["hazard_ratio_up", "hazard_ratio_down", "diversion", "net_widening"]


@dataclass(frozen=True)
class Course:
    """Of one kind of move, by quarter: 1.0 is as often as in the whole city over all quarters.

    `pilot`, `comparison` (quarter): the latter nan without one.
    """

    pilot: Array
    comparison: Array


@dataclass(frozen=True)
class Move:
    """One kind of move: its counts, the courses, and the ratio (None without a comparison).

    `events`: how many there were, hidden ones in the middle of what they may be; `hidden`: share of
    the counts that the register does not show.
    """

    kind: Kind
    panel: Panel
    events: float
    hidden: float
    course: Course
    estimate: Estimate | None


@dataclass(frozen=True)
class LadderEffect:
    """An effect as a care ladder has it, with its 95 % band; `follows`: from which kind of move."""

    name: EffectName
    follows: Kind
    value: float
    low: float
    high: float
    is_effect: bool
    p: float


@dataclass(frozen=True)
class PilotEffect:
    """All that the register says. `evidence`: the grade, 1 (best) to 6."""

    described: Described
    register: Register
    places: Places
    moves: dict[Kind, Move]
    checks: dict[Kind, Checks]
    effects: tuple[LadderEffect, ...]
    evidence: int
    problems: tuple[Problem, ...]

    @property
    def compared(self) -> bool:
        """Whether there is anything to compare with."""
        return bool(self.places.comparison)
