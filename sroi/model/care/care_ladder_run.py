"""The care ladder through time, with and without a programme.

The state is kept as its deviation z from the people at the start, with dz/dt = z Q + f and
f = start · Q + I, which is 0 in a steady state. So what is avoided is no small difference of large
numbers, and without an effect it is 0 exactly. Intensity is that of the middle of each step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sroi.model.care.care_ladder import (
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
from sroi.model.care.care_ladder_step import Rows, advance, generator

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
    """Mean of each step (tier, step, draw) and value at the end of each year (tier, year, draw)."""

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
    means, ends = (
        np.broadcast_to(usual.people[:, None] + found, (*found.shape[:2], draws))
        for found in (usual.deviation.means, usual.deviation.ends)
    )
    less = usual.deviation.means - with_.means
    return Shift(
        Course(by_year(means / steps_per_year, steps_per_year), ends),
        less / steps_per_year,
        usual.deviation.ends - with_.ends,
        _entries(usual.ladder, programme, changes, means, less),
    )


def without(
    ladder: Ladder, steps: int, steps_per_year: int = 4, start: Rows | None = None
) -> Usual:
    """The course of things without a programme; `start` as in `run`."""
    ladder = _per_step(ladder, steps_per_year)
    if start is None:
        people = steady_state(ladder)
        still = np.broadcast_to(0.0, (len(people), steps, people.shape[1]))
        deviation = _Deviation(still, still[:, ::steps_per_year])
        return Usual(ladder, steps_per_year, people, np.zeros_like(people), deviation)
    people = stacked(start, _width(ladder, start))
    rest = stacked(_net_flow(ladder, people))
    nothing = np.zeros((3, steps, 1))
    deviation = _deviation(ladder, rest, np.zeros((3, *people.shape)), nothing, steps_per_year)
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
    return _deviation(usual.ladder, rest, pushes, changes, usual.steps_per_year)


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


def _deviation(
    ladder: Ladder, rest: Array, pushes: Array, changes: Array, steps_per_year: int
) -> _Deviation:
    """How the people in each tier come to deviate from those at the start.

    `rest` (tier, draw) is f without the programme, and `pushes` (change, tier, draw) what one unit
    of each of the `changes` (change, step, draw) adds to it.
    """
    state, draws = np.zeros(rest.shape), rest.shape[1]
    turned = _Turned(ladder, draws)
    means = np.empty((len(rest), changes.shape[1], draws))
    ends = np.empty((len(rest), changes.shape[1] // steps_per_year, draws))
    for step in range(changes.shape[1]):
        change = np.broadcast_to(changes[:, step], (len(changes), draws))
        forcing = rest + np.einsum("kd,kid->id", change, pushes)
        means[:, step] = advance(state, turned.by(*change[:2]), forcing)
        if (step + 1) % steps_per_year == 0:
            ends[:, step // steps_per_year] = state
    return _Deviation(means, ends)


class _Turned:
    """Q (from, to, draw) of a ladder, of which the moves up and down are sped up or slowed down."""

    def __init__(self, ladder: Ladder, draws: int) -> None:
        self._rates, self._moves = ladder.rates, (ladder.ups(), ladder.downs())
        turning = {move for moves in self._moves for move in moves}
        rest = {move: rate for move, rate in ladder.rates.items() if move not in turning}
        self._q = generator(rest, ladder.exits, draws)
        self._staying = [self._q[tier, tier].copy() for tier in range(len(ladder.exits))]

    def by(self, up: Array, down: Array) -> Array:
        """Q with the rates of the moves up times 1 + `up` (draw), and those down likewise.

        Always the same array: what it held before is lost.
        """
        q = self._q
        for tier, staying in enumerate(self._staying):
            q[tier, tier] = staying
        for moves, change in zip(self._moves, (up, down), strict=True):
            factor = 1 + change
            for i, j in moves:
                np.multiply(self._rates[i, j], factor, out=q[i, j])
                q[i, i] -= q[i, j]
        return q


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
