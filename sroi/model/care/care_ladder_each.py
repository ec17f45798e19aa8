"""What a programme avoids of people who come in, for several inflows at once.

People of one inflow and those of another move by the same rates and never meet: dz/dt = z Q + f is
solved for all of them with one Q of each step, tier by tier and move by move. The same steps and
series as `care_ladder_step`, to 10⁻¹⁰ of the state and mostly far nearer, of what it gives for each
inflow by itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import factorial

import numpy as np

from sroi.model.care.care_ladder import Amount, Array, Ladder, Programme
from sroi.model.care.care_ladder_course import (
    Groups,
    Usual,
    by_move,
    changes_of,
    groups_of,
    pushes_of,
    width,
)
from sroi.model.care.care_ladder_run import by_year
from sroi.model.care.care_ladder_step import LIMIT

LEFT_OUT = 1e-10
# up to which rate so many terms are enough, see `care_ladder_step`
REACH = [0.0, *((factorial(k + 1) * LEFT_OUT) ** (1 / k) / 2 for k in range(1, 15))]
Move = tuple[int, int, Amount]


def avoided_each(usuals: Sequence[Usual], programme: Programme, intensity: Array) -> Array:
    """Avoided person-years by year (inflow, tier, year, draw).

    `usuals`: the course without a programme for each inflow, with the same rates in all of them.
    """
    first, steps = usuals[0], usuals[0].steps_per_year
    changes = changes_of(first.ladders[0], programme, intensity)
    draws = max(width(one.ladders, (*programme.amounts, *one.people)) for one in usuals)
    draws = max(draws, changes.shape[2])
    groups, size = groups_of(first.ladders[0], programme), len(first.people)
    state = np.zeros((size, len(usuals), draws))
    years = np.zeros((changes.shape[1] // steps, *state.shape))
    for year in range(len(years)):
        known = min(year, len(first.ladders) - 1)
        rest = _stacked([one.rest[known] for one in usuals], draws)
        push = _stacked([pushes_of(one, known, groups, programme, draws) for one in usuals], draws)
        for step in range(year * steps, (year + 1) * steps):
            change = np.broadcast_to(changes[:, step], (len(changes), draws))
            forcing = rest + np.einsum("kd,kied->ied", change, push)
            years[year] += _advance(state, *_turned(first.ladders[known], groups, change), forcing)
    usual = np.array([_usual_years(one, len(years) * steps) for one in usuals])
    return np.asarray((usual - years.transpose(2, 1, 0, 3)) / steps)


def _usual_years(usual: Usual, steps: int) -> Array:
    """Person-steps by year beyond those of the people at the start (tier, year, draw)."""
    means = usual.deviation.means
    return by_year(
        np.broadcast_to(means, (len(means), steps, means.shape[2])), usual.steps_per_year
    )


def _stacked(parts: Sequence[Array], draws: int) -> Array:
    """(…, tier, draw) of each inflow as (…, tier, inflow, draw)."""
    wide = [np.broadcast_to(part, (*part.shape[:-1], draws)) for part in parts]
    return np.stack(wide, axis=-2)


def _turned(ladder: Ladder, groups: Groups, change: Array) -> tuple[list[Move], list[Amount]]:
    """The moves with their rates in a step, and the rate at which each tier is left."""
    group, moves = by_move(groups), list[Move]()
    leaving: list[Amount] = list(ladder.exits)
    for (i, j), rate in ladder.rates.items():
        turned = rate * (1 + change[group[i, j]]) if (i, j) in group else rate
        moves.append((i, j, turned))
        leaving[i] = leaving[i] + turned
    return moves, leaving


def _advance(state: Array, moves: list[Move], leaving: list[Amount], forcing: Array) -> Array:
    """One step, in place: `state` (tier, inflow, draw) to its end; gives the mean over the step."""
    fastest = np.max(np.broadcast_arrays(*leaving, np.zeros(state.shape[2])), axis=0)
    if fastest.max() <= LIMIT:
        return _series(state, moves, leaving, forcing, fastest)
    pieces = np.ceil(np.maximum(fastest, LIMIT) / LIMIT)
    mean = np.zeros_like(state)
    for piece in range(int(pieces.max())):
        share = np.where(piece < pieces, 1 / pieces, 0.0)
        slower: list[Move] = [(i, j, rate * share) for i, j, rate in moves]
        left: list[Amount] = [rate * share for rate in leaving]
        mean += share * _series(state, slower, left, forcing * share, fastest * share)
    return mean


def _series(
    state: Array, moves: list[Move], leaving: list[Amount], forcing: Array, fastest: Array
) -> Array:
    """One piece of a step, in place; see `care_ladder_step`."""
    term, following, mean = state.copy(), np.empty_like(state), state.copy()
    staying: list[Amount] = [np.negative(rate) for rate in leaving]
    spare = np.empty_like(state[0])
    fewest, most = (max(2, bisect_left(REACH, rate)) for rate in (fastest.min(), fastest.max()))
    for number in range(2, most + 1):
        if number > fewest:
            term *= fastest > REACH[number - 1]
        _through(term, moves, staying, following, spare)
        if number == 2:
            following += forcing
        following *= 1 / number
        mean += following
        term, following = following, term
    _through(mean, moves, staying, following, spare)
    state += following
    state += forcing
    return mean


def _through(
    people: Array, moves: list[Move], staying: list[Amount], out: Array, spare: Array
) -> None:
    """people · Q (tier, inflow, draw), move by move; `staying`: minus the rate of leaving."""
    for tier, rate in enumerate(staying):
        np.multiply(people[tier], rate, out=out[tier])
    for i, j, rate in moves:
        np.multiply(people[i], rate, out=spare)
        out[j] += spare
