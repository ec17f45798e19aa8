"""The care ladder through time, with and without a programme.

The state is kept as its deviation z from the people at the start, with dz/dt = z Q + f and
f = start · Q + I, which is 0 in a steady state. So what is avoided is no small difference of large
numbers, and without an effect it is 0 exactly. Intensity is that of the middle of each step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    stacked,
    steady_state,
)
from sroi.model.care_ladder_step import Rows, advance, generator

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


@dataclass(frozen=True)
class Usual:
    """The course of things without a programme, and what a course with one starts from.

    `ladder`: with its rates per step. `people` (tier, draw) at the start, and `rest` (tier, draw)
    their net flow f; `deviation`: how they come to deviate from the start.
    """

    ladder: Ladder
    steps_per_year: int
    people: Array
    rest: Array
    deviation: _Deviation


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
    draws = _width(ladder, (*vars(programme).values(), *(start or ()), intensity[0]))
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
    usual = without(ladder, len(intensity), steps_per_year, start)
    changes = _changes(programme, intensity)
    with_ = _with(usual, programme, changes)
    shape = (len(usual.people), len(intensity), draws)
    means = np.broadcast_to(usual.people[:, None] + usual.deviation.means, shape)
    ends = np.broadcast_to(usual.people[:, None] + usual.deviation.ends, shape)
    less = usual.deviation.means - with_.means
    last = slice(steps_per_year - 1, None, steps_per_year)
    return Shift(
        Course(by_year(means / steps_per_year, steps_per_year), ends[:, last]),
        less / steps_per_year,
        (usual.deviation.ends - with_.ends)[:, last],
        _entries(usual.ladder, programme, changes, means, less),
    )


def without(
    ladder: Ladder, steps: int, steps_per_year: int = 4, start: Rows | None = None
) -> Usual:
    """The course of things without a programme; `start` as in `run`."""
    ladder = _per_step(ladder, steps_per_year)
    if start is None:
        people = steady_state(ladder)
        still = _Deviation(*np.broadcast_to(0.0, (2, len(people), steps, people.shape[1])))
        return Usual(ladder, steps_per_year, people, np.zeros_like(people), still)
    people = stacked(start, _width(ladder, start))
    rest = stacked(_net_flow(ladder, people))
    nothing = np.zeros((3, steps, 1))
    deviation = _deviation(ladder, rest, np.zeros((3, *people.shape)), nothing)
    return Usual(ladder, steps_per_year, people, rest, deviation)


def avoided(usual: Usual, programme: Programme, intensity: Array) -> Array:
    """Avoided person-years in each step (tier, step, draw), and no more of what `run` tells."""
    with_ = _with(usual, programme, _changes(programme, intensity))
    return np.asarray((usual.deviation.means - with_.means) / usual.steps_per_year)


def _with(usual: Usual, programme: Programme, changes: Array) -> _Deviation:
    """How people come to deviate from the start with a programme."""
    draws = max(_width(usual.ladder, vars(programme).values()), changes.shape[2])
    draws = max(draws, usual.people.shape[1])
    pushes = _pushes(usual.ladder, programme, usual.people, draws)
    rest = np.broadcast_to(usual.rest, (len(usual.rest), draws))
    return _deviation(usual.ladder, rest, pushes, changes)


def _changes(programme: Programme, intensity: Array) -> Array:
    """HR_up^m - 1, HR_down^m - 1 and m (change, step, draw): 0 where nothing happens."""
    m = intensity if intensity.ndim == 2 else intensity[:, None]
    ratios = (programme.hazard_ratio_up, programme.hazard_ratio_down)
    powers = (np.expm1(m * np.log(ratio)) for ratio in ratios)
    return np.array(np.broadcast_arrays(*powers, m))


def _pushes(ladder: Ladder, programme: Programme, people: Array, draws: int) -> Array:
    """What one unit of each change adds to f (change, tier, draw): moves up and down, the door."""
    ups, downs = (
        {move: ladder.rates[move] for move in moves} for moves in (ladder.ups(), ladder.downs())
    )
    rows = (_net(ups, people), _net(downs, people), door(ladder, programme))
    return np.array([stacked(row, draws) for row in rows])


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


def _deviation(ladder: Ladder, rest: Array, pushes: Array, changes: Array) -> _Deviation:
    """How the people in each tier come to deviate from those at the start.

    `rest` (tier, draw) is f without the programme, and `pushes` (change, tier, draw) what one unit
    of each of the `changes` (change, step, draw) adds to it.
    """
    state, draws = np.zeros(rest.shape), rest.shape[1]
    q = generator(ladder.rates, ladder.exits, draws)
    turns = _turns(ladder, draws)
    means = np.empty((len(rest), changes.shape[1], draws))
    ends = np.empty_like(means)
    for step in range(changes.shape[1]):
        change = np.broadcast_to(changes[:, step], (len(changes), draws))
        changed = q + np.einsum("kd,kijd->ijd", change[:2], turns)
        forcing = rest + np.einsum("kd,kid->id", change, pushes)
        means[:, step] = advance(state, changed, forcing)
        ends[:, step] = state
    return _Deviation(means, ends)


def _turns(ladder: Ladder, draws: int) -> Array:
    """What one unit of change adds to Q (change, from, to, draw), of the moves up and down."""
    nobody = [0.0] * len(ladder.exits)
    return np.array(
        [
            generator({move: ladder.rates[move] for move in moves}, nobody, draws)
            for moves in (ladder.ups(), ladder.downs())
        ]
    )


def _entries(
    ladder: Ladder, programme: Programme, changes: Array, usual: Array, less: Array
) -> Array:
    """Avoided entries into heavy care (step, draw).

    Over a border: rate · (usual - (1 + change)(usual - less)); at the door: what is turned away.
    """
    rungs, (up, _, intensity) = ladder.rungs, changes
    turned = door(ladder, programme)
    total = np.zeros(less.shape[1:])
    for tier, level in enumerate(rungs):
        if level >= HEAVY:
            total -= intensity * turned[tier]
    for i, j in ladder.ups():
        if rungs[i] < HEAVY:
            total += ladder.rates[i, j] * (less[i] + up * (less[i] - usual[i]))
    return total


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


def _width(ladder: Ladder, others: Iterable[Amount]) -> int:
    """The number of draws."""
    amounts = (*ladder.rates.values(), *ladder.exits, *ladder.inflow, *others)
    return max(np.size(amount) for amount in amounts)


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
