"""The value of what a cohort does not cost, and what its arms cost and bring."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sroi.model.care import cohort as cohorts
from sroi.model.care.care_ladder import Amount
from sroi.model.flows.care_flows import Yearly, broken, in_blocks
from sroi.model.flows.impact import FlowBlock
from sroi.model.lines.discounting import OFFSETS
from sroi.model.lines.lines import CohortLine, RewardLine
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]
BLOCK = 1024


def cohort_flows(model: Model, line: CohortLine, values: Values) -> list[FlowBlock]:
    """Every flow of a cohort: one for each of its costs."""
    return in_blocks(model, values, BLOCK, lambda part: _cohort_money(model, line, part))


def _cohort_money(model: Model, line: CohortLine, values: Values) -> Yearly:
    usual, changed = (trace_of(line, values, treated) for treated in (False, True))
    money = []
    for cost in line.costs:
        less = rewards_of(line, cost, usual, values, False)
        less = less - rewards_of(line, cost, changed, values, True)
        yearly = np.zeros((model.horizon, less.shape[1]))
        for cycle, amount in enumerate(less):
            yearly[cycle // line.cycles_per_year] += amount
        money.append(yearly)
    return [amounts * flow.index for amounts, flow in zip(money, line.flows, strict=True)]


def trace_of(line: CohortLine, values: Values, treated: bool) -> Array:
    """The cohort at the start and after every cycle (state, cycle + 1, draw)."""
    chances = _chances(line, values)
    cycles = [chances]
    if treated and line.on:
        risky = cohorts.with_relative_risk(chances, line.on, values[line.relative_risk])
        cycles = [risky] * (line.first_cycles or 1) + ([chances] if line.first_cycles else [])
    start = [values[path] for path in line.start]
    inflow = [values[path] for path in line.inflow] or None
    return cohorts.trace(start, cycles, line.cycles, inflow)


def rewards_of(
    line: CohortLine, reward: RewardLine, path: Array, values: Values, treated: bool
) -> Array:
    """What each cycle brings (cycle, draw)."""
    path = np.broadcast_to(path, (*path.shape[:2], values.draws))
    usual, changed = ([values[x] for x in by] for by in (reward.usual, reward.changed))
    worth = [usual]
    if treated:
        worth = [changed] * (reward.first_cycles or 1) + ([usual] if reward.first_cycles else [])
    return cohorts.rewards(path, worth, line.counting)


def costs_of(model: Model, line: CohortLine, values: Values, treated: bool) -> Array:
    """Present value of every cost of one arm (cost, draw), in the year of its cycle."""
    path = trace_of(line, values, treated)
    factors = model.discounting.factors(model.horizon)
    years = factors[np.arange(line.cycles) // line.cycles_per_year]
    spent = [rewards_of(line, cost, path, values, treated) for cost in line.costs]
    worth = [years @ one * flow.index for one, flow in zip(spent, line.flows, strict=True)]
    return np.asarray(worth).reshape(len(worth), values.draws)


def effects_of(model: Model, line: CohortLine, values: Values, treated: bool) -> Array:
    """Present value of every effect of one arm (effect, draw), each at its own yearly rate."""
    path, first = trace_of(line, values, treated), OFFSETS[model.discounting.timing]
    worth = [rewards_of(line, effect, path, values, treated) for effect in line.effects]
    amounts = [
        cohorts.present_value(one, effect.rate, first, line.cycles_per_year)
        for one, effect in zip(worth, line.effects, strict=True)
    ]
    return np.asarray(amounts).reshape(len(amounts), values.draws)


def _chances(line: CohortLine, values: Values) -> list[list[Amount]]:
    """Chances per cycle (from, to); who does not move stays."""
    size = len(line.start)
    table: list[list[Amount]] = [[0.0] * size for _ in range(size)]
    for (i, j), path in line.moves.items():
        table[i][j] = values[path]
    for origin, row in line.sticks.items():
        for place, share in broken(row, values):
            if place is not None and place != origin:
                table[origin][place] = share
    return cohorts.with_relative_risk(table, (), 1.0)
