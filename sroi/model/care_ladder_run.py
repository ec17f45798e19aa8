"""The care ladder through time, with and without a programme.

The state is kept as its deviation z from the people at the start, with dz/dt = z Q + f and
f = start · Q + I, which is 0 in a steady state. So what is avoided is no small difference of large
numbers, and without an effect it is 0 exactly. Intensity is that of the middle of each step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sroi.model.care_ladder import (
    HEAVY,
    Amount,
    Array,
    Ladder,
    Move,
    Programme,
    door,
    is_nil,
    stacked,
    steady_state,
)
from sroi.model.care_ladder_step import Rows, advance

BLOCK = 4096


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


@dataclass(frozen=True)
class _Deviation:
    """Mean of each step and value at the end of each step; both (tier, step, draw)."""

    means: Array
    ends: Array


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
    ladder: Ladder,
    programme: Programme,
    intensity: Array,
    steps_per_year: int = 4,
    start: Rows | None = None,
    block: int = BLOCK,
) -> Shift:
    """The course of things in as many steps as `intensity` has, a whole number of years.

    `intensity` (step) or (step, draw): m in the middle of each step, see `mid_steps`. `start`
    (tier): people at the start; by default the steady state. `block` does not change a bit.
    """
    draws = _width(ladder, programme, intensity, start)
    parts = []
    for first in range(0, draws, block):
        part = slice(first, min(first + block, draws))
        parts.append(
            _run_block(
                _cut_ladder(ladder, part),
                Programme(**{name: _cut(value, part) for name, value in vars(programme).items()}),
                intensity[:, part] if intensity[0].size > 1 else intensity,
                steps_per_year,
                None if start is None else [_cut(people, part) for people in start],
                part.stop - part.start,
            )
        )
    return parts[0] if len(parts) == 1 else _joined(parts)


def _run_block(
    ladder: Ladder,
    programme: Programme,
    intensity: Array,
    steps_per_year: int,
    start: Rows | None,
    draws: int,
) -> Shift:
    ladder = _per_step(ladder, steps_per_year)
    people = stacked(list(steady_state(ladder)) if start is None else start, draws)
    rest = [0.0] * len(people) if start is None else _net_flow(ladder, people)
    pushes = _pushes(ladder, programme, people)
    changes = _changes(programme, intensity)
    with_ = _deviation(ladder, changes, pushes, rest, people.shape)
    if start is None:
        without = _Deviation(*np.broadcast_to(0.0, (2, *with_.means.shape)))
    else:
        none = tuple(np.zeros(len(intensity)) for _ in changes)
        without = _deviation(ladder, none, pushes, rest, people.shape)
    usual, less = people[:, None] + without.means, without.means - with_.means
    last = slice(steps_per_year - 1, None, steps_per_year)
    person_years = by_year(usual / steps_per_year, steps_per_year)
    return Shift(
        Course(person_years, people[:, None] + without.ends[:, last]),
        less / steps_per_year,
        without.ends[:, last] - with_.ends[:, last],
        _entries(ladder, programme, changes, usual, less),
    )


def _changes(programme: Programme, intensity: Array) -> tuple[Array, Array, Array]:
    """HR_up^m - 1, HR_down^m - 1 and m, each (step) or (step, draw): 0 where nothing happens."""
    ratios = (programme.hazard_ratio_up, programme.hazard_ratio_down)
    powers = [np.expm1(_outer(intensity, np.log(ratio))) for ratio in ratios]
    return powers[0], powers[1], intensity


def _outer(by_step: Array, amount: Amount) -> Array:
    column = by_step[:, None] if by_step.ndim == 1 and np.ndim(amount) else by_step
    return np.asarray(column * amount)


def _pushes(ladder: Ladder, programme: Programme, people: Array) -> tuple[Rows, Rows, Rows]:
    """What one unit of each change adds to f, by tier: from moves up, moves down and the door."""
    ups = {move: ladder.rates[move] for move in ladder.ups()}
    downs = {move: ladder.rates[move] for move in ladder.downs()}
    return _net(ups, people), _net(downs, people), door(ladder, programme)


def _net(rates: Mapping[Move, Amount], people: Array) -> list[Amount]:
    """What moves bring to each tier, less what they take."""
    net: list[Amount] = [0.0] * len(people)
    for (i, j), rate in rates.items():
        flow = people[i] * rate
        net[i], net[j] = net[i] - flow, net[j] + flow
    return net


def _net_flow(ladder: Ladder, people: Array) -> list[Amount]:
    """people · Q + I, by tier."""
    moved = _net(ladder.rates, people)
    terms = zip(moved, people, ladder.exits, ladder.inflow, strict=True)
    return [net - stock * exit_ + new for net, stock, exit_, new in terms]


def _deviation(
    ladder: Ladder,
    changes: tuple[Array, ...],
    pushes: tuple[Rows, ...],
    rest: Rows,
    shape: tuple[int, ...],
) -> _Deviation:
    """How the people in each tier come to deviate from those at the start (tier, draw)."""
    state, ups, downs = np.zeros(shape), ladder.ups(), ladder.downs()
    means = np.empty((shape[0], len(changes[0]), shape[1]))
    ends = np.empty_like(means)
    for step, change in enumerate(zip(*changes, strict=True)):
        rates = dict(ladder.rates)
        for moves, factor in ((ups, 1 + change[0]), (downs, 1 + change[1])):
            rates |= {move: rates[move] * factor for move in moves}
        changed = replace(ladder, rates=rates)
        means[:, step] = advance(state, changed, _forcing(rest, pushes, change))
        ends[:, step] = state
    return _Deviation(means, ends)


def _forcing(rest: Rows, pushes: tuple[Rows, ...], change: tuple[Amount, ...]) -> Rows:
    """f of a step, by tier."""
    total = list(rest)
    for push, unit in zip(pushes, change, strict=True):
        for tier, amount in enumerate(push):
            if not is_nil(amount):
                total[tier] = total[tier] + amount * unit
    return total


def _entries(
    ladder: Ladder, programme: Programme, changes: tuple[Array, ...], usual: Array, less: Array
) -> Array:
    """Avoided entries into heavy care (step, draw).

    Over a border: rate · (usual - (1 + change)(usual - less)); at the door: what is turned away.
    """
    rungs, (up, _, intensity) = ladder.rungs, changes
    turned = door(ladder, programme)
    total = np.zeros(less.shape[1:])
    for tier, level in enumerate(rungs):
        if level >= HEAVY:
            total -= _column(_outer(intensity, turned[tier]))
    for i, j in ladder.ups():
        if rungs[i] < HEAVY:
            total += ladder.rates[i, j] * (less[i] + _column(up) * (less[i] - usual[i]))
    return total


def _column(by_step: Array) -> Array:
    return by_step[:, None] if by_step.ndim == 1 else by_step


def _per_step(ladder: Ladder, steps_per_year: int) -> Ladder:
    """The ladder with its rates and its inflow per step."""
    return replace(
        ladder,
        rates={move: rate / steps_per_year for move, rate in ladder.rates.items()},
        exits=tuple(rate / steps_per_year for rate in ladder.exits),
        inflow=tuple(people / steps_per_year for people in ladder.inflow),
    )


def _cut(amount: Amount, part: slice) -> Amount:
    return amount[part] if isinstance(amount, np.ndarray) and amount.size > 1 else amount


def _cut_ladder(ladder: Ladder, part: slice) -> Ladder:
    return replace(
        ladder,
        rates={move: _cut(rate, part) for move, rate in ladder.rates.items()},
        exits=tuple(_cut(rate, part) for rate in ladder.exits),
        inflow=tuple(_cut(people, part) for people in ladder.inflow),
    )


def _width(ladder: Ladder, programme: Programme, intensity: Array, start: Rows | None) -> int:
    """The number of draws."""
    amounts = (*ladder.rates.values(), *ladder.exits, *ladder.inflow, *vars(programme).values())
    widest = max(np.size(amount) for amount in (*amounts, *(start or ())))
    return max(widest, intensity.shape[1] if intensity.ndim == 2 else 1)


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
