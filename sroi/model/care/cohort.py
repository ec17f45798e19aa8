"""A cohort in discrete cycles: x_{t+1} = x_t P_t, with rewards and discounting as one chooses.

Standard cohort modelling: Chancellor (1997); Briggs, Claxton & Sculpher, Decision Modelling for
Health Economic Evaluation. Every published model counts and discounts in its own way, so both are
options. For an open cohort prefer `care_ladder_run`: one jump a cycle is biased.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Amount = Array | float
Matrix = Sequence[Sequence[Amount]]


def trace(
    start: Sequence[Amount],
    transitions: Sequence[Matrix],
    cycles: int,
    inflow: Sequence[Amount] | None = None,
) -> Array:
    """The cohort at the start and after every cycle (state, cycle + 1, draw).

    `transitions`: probabilities (from, to) of the first cycle, the second, …; the last of them
    holds for all that follow. `inflow` (state): who comes in at the end of each cycle.
    """
    path = [list(start)]
    for cycle in range(cycles):
        path.append(step(path[-1], transitions[min(cycle, len(transitions) - 1)], inflow))
    return together(path)


def step(
    people: Sequence[Amount], probabilities: Matrix, inflow: Sequence[Amount] | None = None
) -> list[Amount]:
    """People after a cycle (state): x P, and who comes in at its end."""
    found = []
    for state in range(len(people)):
        after: Amount = 0.0 if inflow is None else inflow[state]
        for origin, row in enumerate(probabilities):
            after = after + people[origin] * row[state]
        found.append(after)
    return found


def together(path: Sequence[Sequence[Amount]]) -> Array:
    """People by moment and state as one array (state, moment, draw)."""
    draws = max(np.size(people) for moment in path for people in moment)
    found = np.empty((len(path[0]), len(path), draws))
    for number, moment in enumerate(path):
        for state, people in enumerate(moment):
            found[state, number] = people
    return found


def rewards(path: Array, values: Sequence[Sequence[Amount]], counting: str) -> Array:
    """What each cycle brings (cycle, draw), from the value of each state in the first cycle, …

    The last values hold for all cycles that follow. `counting`: the cohort at the start of the
    cycle, at its end, or the mean of both (`half_cycle`).
    """
    return valued(_counted(path, counting), values)


def valued(people: Array, values: Sequence[Sequence[Amount]]) -> Array:
    """What each cycle brings (cycle, draw) from counted people (state, cycle, draw)."""
    total = np.zeros(people.shape[1:])
    for cycle in range(len(total)):
        for counted, worth in zip(people, values[min(cycle, len(values) - 1)], strict=True):
            total[cycle] += counted[cycle] * worth
    return total


def shares(counting: str, cycles: int, weights: Sequence[float] = ()) -> Array:
    """What each moment counts for in each cycle (cycle, moment), from the start of the first cycle
    to the end of the last.

    `start`, `end` and their mean (`half_cycle`, the life table) take the moments of the cycle, and
    so does the `trapezoid`, which differs from the life table in that a moment is discounted at its
    own time. `simpson`: by the parabola through three moments, Simpson's rule over every two
    cycles; of an odd number of cycles the last by the parabola through the last three moments, and
    a single cycle by the trapezoid. `weights`: as stated, each in the cycle that it begins, and the
    last in the last cycle.

    Source: Elbasha & Chhatwal (2016), Theoretical foundations and practical applications of
    within-cycle correction methods, Medical Decision Making 36, 115-131, for life table, trapezoid
    and Simpson; Cartwright (2017), Simpson's rule cumulative integration, Journal of Mathematical
    Sciences and Mathematics Education 12(2), for the part of one interval.
    """
    table = np.zeros((cycles, cycles + 1))
    each = np.arange(cycles)
    if counting == "weights":
        table[each, each] = weights[:cycles]
        table[-1, -1] = weights[cycles]
    elif counting == "simpson" and cycles > 1:
        for cycle in range(cycles):
            first = cycle % 2 == 0 and cycle + 2 <= cycles
            begin = cycle if first else cycle - 1
            table[cycle, begin : begin + 3] = np.array((5, 8, -1) if first else (-1, 8, 5)) / 12
    else:
        table[each, each] = {"start": 1.0, "end": 0.0}.get(counting, 0.5)
        table[each, each + 1] = 1 - table[each, each]
    return table


def counted(path: Array, table: Array) -> Array:
    """People in each cycle (state, cycle, draw), from what each moment counts for (cycle, moment).

    One moment after the other, so that no bit depends on how the draws are cut up.
    """
    people = np.zeros((path.shape[0], len(table), path.shape[2]))
    for cycle, moment in np.argwhere(table):
        people[:, cycle] += table[cycle, moment] * path[:, moment]
    return people


def entered(path: Array, inflow: Sequence[Amount] | None = None) -> Array:
    """Who comes in at the start of each cycle (cycle, draw): all who start, then the inflow. Who
    comes in at the end of the last cycle is not counted."""
    people = np.zeros(path.shape[1:])[:-1]
    for starting in path[:, 0]:
        people[0] += starting
    for new in inflow or ():
        people[1:] += new
    return people


def present_value(
    amounts: Array, rate: Amount = 0.0, first: float = 0, cycles_per_year: int = 1
) -> Array:
    """Σ of amounts (cycle, draw) ÷ (1 + rate)^((first + cycle) ÷ cycles per year), cycle = 0, 1, …

    `rate` per year; 0 for no discounting. `first`: the moment in a cycle at which its amount falls:
    0, ½ or 1. It is compound interest: a quarter at a yearly r is (1 + r)^¼, so that a year is
    worth the same however it is cut.
    """
    total = np.zeros(np.broadcast_shapes(amounts.shape[1:], np.shape(rate)))
    for cycle, amount in enumerate(amounts):
        total += amount / np.power(1 + rate, (first + cycle) / cycles_per_year)
    return total


def _counted(path: Array, counting: str) -> Array:
    if counting == "start":
        return path[:, :-1]
    if counting == "end":
        return path[:, 1:]
    return (path[:, :-1] + path[:, 1:]) / 2
