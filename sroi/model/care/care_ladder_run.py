"""The care ladder through time, with and without a programme.

Intensity is that of the middle of each step. The course itself: `care_ladder_course`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from sroi.model.care.care_ladder import (
    HEAVY,
    Amount,
    Array,
    Ladder,
    Programme,
    door,
)
from sroi.model.care.care_ladder_course import (
    Usual,
    by_move,
    changes_of,
    groups_of,
    width,
    with_,
    without,
)
from sroi.model.care.care_ladder_step import Rows

BLOCK = 4096
Key = TypeVar("Key")


@dataclass(frozen=True)
class Course:
    """Person-years of each year, and people at the end of each year; both (tier, year, draw)."""

    person_years: Array
    stocks: Array


@dataclass(frozen=True)
class Shift:
    """The course of things without the programme, and what the programme takes off it.

    `avoided` (tier, step, draw): avoided person-years in each step. `freed` (tier, year, draw): how
    many people less there are at the end of each year. `entries` (step, draw): avoided entries into
    heavy care, from a lighter tier or from outside.
    """

    baseline: Course
    avoided: Array
    freed: Array
    entries: Array

    @property
    def avoided_by_year(self) -> Array:
        """Avoided person-years (tier, year, draw)."""
        return by_year(self.avoided, self.avoided.shape[1] // self.freed.shape[1])

    @property
    def programme(self) -> Course:
        """The course of things with the programme."""
        person_years = self.baseline.person_years - self.avoided_by_year
        return Course(person_years, self.baseline.stocks - self.freed)


def mid_steps(years: int, steps_per_year: int = 4) -> Array:
    """The middle of each step (step), in years from the start: where intensity is evaluated."""
    return np.asarray((np.arange(years * steps_per_year) + 0.5) / steps_per_year)


def by_year(amounts: Array, steps_per_year: int) -> Array:
    """Sums over the steps of each year, (…, step, draw) to (…, year, draw), one by one."""
    total = amounts[..., ::steps_per_year, :].copy()
    for step in range(1, steps_per_year):
        total += amounts[..., step::steps_per_year, :]
    return total


def run(
    ladder: Ladder | Sequence[Ladder],
    programme: Programme,
    intensity: Array,
    steps_per_year: int = 4,
    start: Rows | None = None,
    block: int = BLOCK,
) -> Shift:
    """The course of things in as many steps as `intensity` has, a whole number of years.

    `ladder`: one for all years or one of each, the last of which lasts. `intensity` (step) or
    (step, draw): m in the middle of each step, see `mid_steps`. `start` (tier): people at the
    start; by default the steady state of the first year. `block` does not change a bit.
    """
    ladders = [ladder] if isinstance(ladder, Ladder) else list(ladder)
    draws = width(ladders, (*programme.amounts, *(start or ()), intensity[0]))
    parts = []
    for first in range(0, draws, block):
        part = slice(first, min(first + block, draws))
        parts.append(
            _run_block(
                [_cut_ladder(one, part) for one in ladders],
                _cut_programme(programme, part),
                intensity[:, part] if intensity[0].size > 1 else intensity,
                steps_per_year,
                None if start is None else [_cut(people, part) for people in start],
                part.stop - part.start,
            )
        )
    return parts[0] if len(parts) == 1 else _joined(parts)


def _run_block(
    ladders: Sequence[Ladder],
    programme: Programme,
    intensity: Array,
    steps_per_year: int,
    start: Rows | None,
    draws: int,
) -> Shift:
    usual = without(ladders, len(intensity), steps_per_year, start)
    changes = changes_of(ladders[0], programme, intensity)
    changed = with_(usual, programme, changes)
    means, ends = (
        np.broadcast_to(usual.people[:, None] + found, (*found.shape[:2], draws))
        for found in (usual.deviation.means, usual.deviation.ends)
    )
    less = usual.deviation.means - changed.means
    return Shift(
        Course(by_year(means / steps_per_year, steps_per_year), ends),
        less / steps_per_year,
        usual.deviation.ends - changed.ends,
        _entries(usual, programme, changes, means, less),
    )


def avoided(usual: Usual, programme: Programme, intensity: Array) -> Array:
    """Avoided person-years in each step (tier, step, draw), and no more of what `run` tells."""
    changed = with_(usual, programme, changes_of(usual.ladders[0], programme, intensity))
    return np.asarray((usual.deviation.means - changed.means) / usual.steps_per_year)


def _entries(
    usual: Usual, programme: Programme, changes: Array, people: Array, less: Array
) -> Array:
    """Avoided entries into heavy care (step, draw); `people` without the programme.

    Over a border: rate · (usual - (1 + change)(usual - less)); at the door: what is turned away.
    """
    total = np.zeros(less.shape[1:])
    rungs = usual.ladders[0].rungs
    change = by_move(groups_of(usual.ladders[0], programme))
    for first in range(0, len(total), usual.steps_per_year):
        part, ladder = slice(first, first + usual.steps_per_year), usual.ladder_in(first)
        turned = door(ladder, programme)
        for tier, level in enumerate(rungs):
            if level >= HEAVY:
                total[part] -= changes[-1, part] * turned[tier]
        for i, j in [(i, j) for i, j in ladder.ups() if rungs[i] < HEAVY]:
            by = changes[change[i, j], part]
            away = less[i, part] + by * (less[i, part] - people[i, part])
            total[part] += ladder.rates[i, j] * away
    return total


def _cut(amount: Amount, part: slice) -> Amount:
    return amount[part] if isinstance(amount, np.ndarray) and amount.size > 1 else amount


def _cut_each(amounts: Mapping[Key, Amount], part: slice) -> dict[Key, Amount]:
    return {key: _cut(amount, part) for key, amount in amounts.items()}


def _cut_ladder(ladder: Ladder, part: slice) -> Ladder:
    return replace(
        ladder,
        rates=_cut_each(ladder.rates, part),
        exits=tuple(_cut(rate, part) for rate in ladder.exits),
        inflow=tuple(_cut(people, part) for people in ladder.inflow),
    )


def _cut_programme(programme: Programme, part: slice) -> Programme:
    return Programme(
        _cut(programme.hazard_ratio_up, part),
        _cut(programme.hazard_ratio_down, part),
        _cut(programme.diversion, part),
        _cut(programme.net_widening, part),
        _cut(programme.theta, part),
        _cut_each(programme.by_move, part),
        _cut_each(programme.diverted, part),
        _cut_each(programme.widened, part),
    )


def _joined(parts: Sequence[Shift]) -> Shift:
    """The blocks side by side."""
    courses = [part.baseline for part in parts]
    years = np.concatenate([course.person_years for course in courses], axis=-1)
    stocks = np.concatenate([course.stocks for course in courses], axis=-1)
    rest = (
        np.concatenate([getattr(part, name) for part in parts], axis=-1)
        for name in ("avoided", "freed", "entries")
    )
    return Shift(Course(years, stocks), *rest)
