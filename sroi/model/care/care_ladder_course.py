"""How the people on a care ladder come to deviate from those at the start.

The state is kept as its deviation z from the people at the start, with dz/dt = z Q + f and
f = start · Q + I, which is 0 in a steady state. So what is avoided is no small difference of large
numbers, and without an effect it is 0 exactly. A year may have rates and an inflow of its own; the
steady state is that of the first year, and f grows by start · ΔQ + ΔI, which is 0 in a year that is
like the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sroi.model.care.care_ladder import (
    Amount,
    Array,
    Ladder,
    Move,
    Programme,
    door,
    stacked,
    steady_state,
    turning,
)
from sroi.model.care.care_ladder_step import Rows, advance, generator

Groups = Sequence[Sequence[Move]]


@dataclass(frozen=True)
class Deviation:
    """Mean of each step (tier, step, draw) and value at the end of each year (tier, year, draw)."""

    means: Array
    ends: Array


@dataclass(frozen=True)
class Usual:
    """The course of things without a programme, and what a course with one starts from.

    `ladders`: with rates per step, of each year or one for all; `people` (tier, draw) at the start,
    and `rest` (tier, draw) their net flow f in each of these years; `deviation`: how they come to
    deviate from the start.
    """

    ladders: tuple[Ladder, ...]
    steps_per_year: int
    people: Array
    rest: tuple[Array, ...]
    deviation: Deviation

    def ladder_in(self, step: int) -> Ladder:
        """The ladder as it is in a step; after the last year that is known as in that year."""
        return self.ladders[min(step // self.steps_per_year, len(self.ladders) - 1)]


def without(
    ladders: Sequence[Ladder], steps: int, steps_per_year: int = 4, start: Rows | None = None
) -> Usual:
    """The course of things without a programme; `ladders` of each year, or one for all years.

    `start` (tier): people at the start; by default the steady state of the first year.
    """
    per_step = tuple(_per_step(ladder, steps_per_year) for ladder in ladders)
    first = per_step[0]
    if start is None:
        people = steady_state(first)
        rest = [np.zeros_like(people)]
    else:
        people = stacked(start, width(per_step, start))
        rest = [stacked(_net_flow(first, people))]
    rest += [rest[0] + stacked(_net_flow(_less(later, first), people)) for later in per_step[1:]]
    if start is None and len(ladders) == 1:
        still = np.broadcast_to(0.0, (len(people), steps, people.shape[1]))
        deviation = Deviation(still, still[:, ::steps_per_year])
    else:
        draws = max(part.shape[1] for part in rest)
        rest = [np.broadcast_to(part, (len(part), draws)) for part in rest]
        groups, nothing = groups_of(first, Programme()), np.zeros((3, steps, 1))
        pushes = [np.zeros((3, *rest[0].shape))] * len(rest)
        deviation = _deviation(per_step, groups, rest, pushes, nothing, steps_per_year)
    return Usual(per_step, steps_per_year, people, tuple(rest), deviation)


def with_(usual: Usual, programme: Programme, changes: Array) -> Deviation:
    """How people come to deviate from the start with a programme; `changes` of `changes_of`."""
    draws = max(width(usual.ladders, programme.amounts), changes.shape[2])
    draws = max(draws, usual.people.shape[1])
    groups = groups_of(usual.ladders[0], programme)
    years = range(len(usual.ladders))
    pushes = [pushes_of(usual, year, groups, programme, draws) for year in years]
    rest = [np.broadcast_to(part, (len(part), draws)) for part in usual.rest]
    return _deviation(usual.ladders, groups, rest, pushes, changes, usual.steps_per_year)


def changes_of(ladder: Ladder, programme: Programme, intensity: Array) -> Array:
    """HR^m - 1 of moves up, down and of single moves, and m (change, step, draw): 0 where nothing
    happens. `intensity` (step) or (step, draw)."""
    m = intensity if intensity.ndim == 2 else intensity[:, None]
    powers = (np.expm1(m * np.log(ratio)) for _, ratio in turning(ladder, programme))
    return np.array(np.broadcast_arrays(*powers, m))


def width(ladders: Iterable[Ladder], others: Iterable[Amount]) -> int:
    """The number of draws."""
    amounts = list(others)
    for ladder in ladders:
        amounts += [*ladder.rates.values(), *ladder.exits, *ladder.inflow]
    return max(np.size(amount) for amount in amounts)


def groups_of(ladder: Ladder, programme: Programme) -> Groups:
    """Moves that go faster or slower alike, as `changes_of` has them; in every year the same."""
    return [moves for moves, _ in turning(ladder, programme)]


def by_move(groups: Groups) -> dict[Move, int]:
    """The number of the group that each of the moves belongs to."""
    return {move: number for number, moves in enumerate(groups) for move in moves}


def pushes_of(usual: Usual, year: int, groups: Groups, programme: Programme, draws: int) -> Array:
    """What one unit of each change adds to f (change, tier, draw) in a year: the moves, then the
    door."""
    ladder, people = usual.ladders[year], usual.people
    rows = [_net({move: ladder.rates[move] for move in moves}, people) for moves in groups]
    return np.array([stacked(row, draws) for row in (*rows, door(ladder, programme))])


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
    ladders: Sequence[Ladder],
    groups: Groups,
    rest: Sequence[Array],
    pushes: Sequence[Array],
    changes: Array,
    steps_per_year: int,
) -> Deviation:
    """How the people in each tier come to deviate from those at the start.

    Of each year, or one for all: `rest` (tier, draw) is f without the programme, and `pushes`
    (change, tier, draw) what one unit of each of the `changes` (change, step, draw) adds to it.
    """
    state, draws = np.zeros(rest[0].shape), rest[0].shape[1]
    means = np.empty((len(state), changes.shape[1], draws))
    ends = np.empty((len(state), changes.shape[1] // steps_per_year, draws))
    for step in range(changes.shape[1]):
        year = step // steps_per_year
        if step % steps_per_year == 0 and year < len(ladders):
            turned, base, push = _Turned(ladders[year], groups, draws), rest[year], pushes[year]
        change = np.broadcast_to(changes[:, step], (len(changes), draws))
        forcing = base + np.einsum("kd,kid->id", change, push)
        means[:, step] = advance(state, turned.by(change[:-1]), forcing)
        if (step + 1) % steps_per_year == 0:
            ends[:, year] = state
    return Deviation(means, ends)


class _Turned:
    """Q (from, to, draw) of a ladder, of which groups of moves are sped up or slowed down."""

    def __init__(self, ladder: Ladder, groups: Groups, draws: int) -> None:
        group = by_move(groups)
        up_and_down = [*ladder.ups(), *ladder.downs()]
        # in one order, whatever the groups: without an effect no bit differs
        order = [*up_and_down, *(move for move in group if move not in up_and_down)]
        self._moves = [(*move, group[move], ladder.rates[move]) for move in order]
        rest = {move: rate for move, rate in ladder.rates.items() if move not in group}
        self._q = generator(rest, ladder.exits, draws)
        self._staying = [self._q[tier, tier].copy() for tier in range(len(ladder.exits))]

    def by(self, changes: Array) -> Array:
        """Q with the rates of each group times 1 + its change (group, draw).

        Always the same array: what it held before is lost.
        """
        q = self._q
        for tier, staying in enumerate(self._staying):
            q[tier, tier] = staying
        factors = 1 + changes
        for i, j, group, rate in self._moves:
            np.multiply(rate, factors[group], out=q[i, j])
            q[i, i] -= q[i, j]
        return q


def _per_step(ladder: Ladder, steps_per_year: int) -> Ladder:
    """The ladder with its rates and its inflow per step."""
    return replace(
        ladder,
        rates={move: rate / steps_per_year for move, rate in ladder.rates.items()},
        exits=tuple(rate / steps_per_year for rate in ladder.exits),
        inflow=tuple(people / steps_per_year for people in ladder.inflow),
    )


def _less(ladder: Ladder, other: Ladder) -> Ladder:
    """How a ladder differs from another with the same moves."""
    return replace(
        ladder,
        rates={move: rate - other.rates[move] for move, rate in ladder.rates.items()},
        exits=tuple(a - b for a, b in zip(ladder.exits, other.exits, strict=True)),
        inflow=tuple(a - b for a, b in zip(ladder.inflow, other.inflow, strict=True)),
    )
