"""From points of the unit cube to present values of every flow: in blocks, on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from sroi.model.care_flows import cohort_flows, ladder_flows, shift_flows
from sroi.model.impact import SEGMENT, STAGES, FlowBlock, investment_flow, outcome_flows
from sroi.model.model import Model
from sroi.model.quantities import Values
from sroi.model.results import Results
from sroi.model.sampling import REPLICATES, draws_used, points

Array = NDArray[np.float64]
BLOCK = 32 * SEGMENT
MANY = 2**18  # with fewer draws the threads would wait for each other more than they work


def evaluate(model: Model, values: Values) -> list[FlowBlock]:
    """Every flow of a model, in the order of `Model.flows`."""
    flows = [flow for line in model.outcomes for flow in outcome_flows(model, line, values)]
    for ladder in model.ladders:
        flows += ladder_flows(model, ladder, values)
    for shift in model.shifts:
        flows += shift_flows(model, shift, values)
    for cohort in model.cohorts:
        flows += cohort_flows(model, cohort, values)
    return flows + [investment_flow(model, line, values) for line in model.investment]


def central(model: Model, changed: dict[str, float] | None = None) -> Results:
    """The one draw in which every quantity has its central value (or the value in `changed`)."""
    return results_at(model, model.quantities.centre(changed))


def results_at(model: Model, values: Values) -> Results:
    """Results at values that were chosen and not drawn; so without a numerical error."""
    blocks = evaluate(model, values)
    present = np.array([block.present for block in blocks]).reshape(len(blocks), values.draws)
    sums = _added([[block.sums for block in blocks]]) / values.draws
    return Results(model, present, sums.reshape(1, len(blocks), len(STAGES) + model.years))


def run(
    model: Model,
    draws: int,
    seed: int,
    method: str = "sobol",
    threads: int | None = None,
    progress: Callable[[float], object] = lambda share: None,
    block: int = BLOCK,
    dimensions: Sequence[str] | None = None,
) -> Results:
    """Monte Carlo: `draws` draws (rounded as `draws_used` says) of all uncertain quantities.

    Neither `threads` nor `block` (a multiple of SEGMENT) changes a bit of the result. Memory: 8
    bytes per flow and draw, and one replicate of points for each thread. `dimensions`: the paths of
    the quantities that the points are for, where more models share them (common random numbers); by
    default those of this model.
    """
    total = draws_used(method, draws)
    size = total // REPLICATES
    names, taken = _taken(model, dimensions)
    flows = len(model.flows)
    present = np.empty((flows, total))
    sums = np.empty((REPLICATES, flows, len(STAGES) + model.years))

    def replicate(number: int) -> None:
        unit, parts = points(method, seed, number, size, len(names))[taken], []
        for start in range(0, size, block):
            stop = min(start + block, size)
            blocks = evaluate(model, model.quantities.at(unit[:, start:stop]))
            for row, flow in enumerate(blocks):
                present[row, number * size + start : number * size + stop] = flow.present
            parts.append([flow.sums for flow in blocks])
        sums[number] = _added(parts).reshape(sums.shape[1:]) / size

    workers = threads or (os.cpu_count() or 1 if total >= MANY else 1)
    with ThreadPoolExecutor(workers) as pool:
        for done, _ in enumerate(pool.map(replicate, range(REPLICATES)), 1):
            progress(done / REPLICATES)
    return Results(model, present, sums)


def _taken(
    model: Model, dimensions: Sequence[str] | None
) -> tuple[Sequence[str], slice | list[int]]:
    """The quantities that points are drawn for, and which of them the model takes."""
    own = model.quantities.uncertain
    if dimensions is None:
        return own, slice(None)  # a view: points are copied only where models share them
    return dimensions, [dimensions.index(path) for path in own]


def _added(parts: list[list[Array]]) -> Array:
    """Segments of all blocks in their order, added one by one: (flow, STAGES + years)."""
    rows = []
    if not parts[0]:  # a scenario may have no flow at all: only outcomes without euros
        return np.empty((0, 0))
    for flow in range(len(parts[0])):
        segments = np.concatenate([part[flow] for part in parts], axis=1)
        rows.append(np.add.accumulate(segments, axis=1)[:, -1])
    return np.array(rows)
