"""From points of the unit cube to present values of every flow: in blocks, on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sroi.model.flows.care_flows import ladder_flows, shift_flows
from sroi.model.flows.cohort_flows import cohort_flows
from sroi.model.flows.impact import SEGMENT, STAGES, FlowBlock, investment_flow, outcome_flows
from sroi.model.flows.results import Results
from sroi.model.lines.lines import InvestmentLine, OutcomeLine
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values
from sroi.model.uncertain.sampling import REPLICATES, draws_used, points

Array = NDArray[np.float64]
BLOCK = 8 * SEGMENT
MANY = 2**18  # draws from which threads pay


def evaluate(model: Model, values: Values) -> list[FlowBlock]:
    """Every flow of a model, in the order of `Model.flows`."""
    flows: list[FlowBlock] = []
    for name, _, line_flows in lines(model):
        flows += values.once(model, name, line_flows)
    return [_with_room(block, model) for block in flows] if model.own_time else flows


def _with_room(block: FlowBlock, model: Model) -> FlowBlock:
    """A block with nothing for the present value of each year, where it has none of its own."""
    missing = len(STAGES) + 2 * model.years - len(block.sums)
    return replace(block, sums=np.pad(block.sums, ((0, missing), (0, 0)))) if missing else block


def _rows(model: Model) -> int:
    """How many sums each flow has."""
    return len(STAGES) + model.years * (2 if model.own_time else 1)


def lines(model: Model) -> Iterator[tuple[str, object, Callable[[Values], list[FlowBlock]]]]:
    """Every line with its name, and with what gives its flows from values."""
    for outcome in model.outcomes:
        yield f"outcomes.{outcome.id}", outcome, partial(_listed, model, outcome)
    for ladder in model.ladders:
        yield f"care_ladder.{ladder.id}", ladder, partial(ladder_flows, model, ladder)
    for shift in model.shifts:
        yield f"direct_shift.{shift.id}", shift, partial(shift_flows, model, shift)
    for cohort in model.cohorts:
        yield f"cohorts.{cohort.id}", cohort, partial(cohort_flows, model, cohort)
    for cost in model.investment:
        yield f"investment.{cost.id}", cost, partial(_invested, model, cost)


def _listed(model: Model, line: OutcomeLine, values: Values) -> list[FlowBlock]:
    return list(outcome_flows(model, line, values))


def _invested(model: Model, line: InvestmentLine, values: Values) -> list[FlowBlock]:
    return [investment_flow(model, line, values)]


def central(model: Model, changed: dict[str, float] | None = None) -> Results:
    """The one draw in which every quantity has its central value (or the value in `changed`)."""
    return results_at(model, model.quantities.centre(changed))


def results_at(model: Model, values: Values) -> Results:
    """Results at values that were chosen and not drawn; so without a numerical error."""
    blocks = evaluate(model, values)
    present = np.array([block.present for block in blocks]).reshape(len(blocks), values.draws)
    sums = _added([[block.sums for block in blocks]]) / values.draws
    return Results(model, present, sums.reshape(1, len(blocks), _rows(model)))


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
    bytes per flow and draw, and for each thread the points of a block or of a replicate, whichever
    is more. `dimensions`: the quantities that points are for, where models share them.
    """
    total = draws_used(method, draws)
    size = total // REPLICATES
    names, taken = _taken(model, dimensions)
    present = np.empty((len(model.flows), total))
    sums = np.empty((REPLICATES, len(present), _rows(model)))

    def some(numbers: range) -> int:
        parts = [points(method, seed, number, size, len(names), taken) for number in numbers]
        unit = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
        place, segments = numbers.start * size, []
        for start in range(0, unit.shape[1], block):
            blocks = evaluate(model, model.quantities.at(unit[:, start : start + block]))
            for row, flow in enumerate(blocks):
                present[row, place + start : place + start + len(flow.present)] = flow.present
            segments.append([flow.sums for flow in blocks])
        mean = _added(segments, len(numbers)) / size
        sums[numbers.start : numbers.stop] = mean.reshape(len(numbers), *sums.shape[1:])
        return numbers.stop

    with ThreadPoolExecutor(threads or workers_for(total)) as pool:
        for done in pool.map(some, _together(size, block)):
            progress(done / REPLICATES)
    return Results(model, present, sums)


def workers_for(draws: int) -> int:
    """With few draws threads would wait for each other more than they work."""
    return (os.cpu_count() or 1) if draws >= MANY else 1


def _together(size: int, block: int) -> list[range]:
    """Which replicates are reckoned at once: as many as fit in a block, if of whole segments."""
    step = max(1, block // size) if size % SEGMENT == 0 else 1
    return [range(n, min(n + step, REPLICATES)) for n in range(0, REPLICATES, step)]


def _taken(
    model: Model, dimensions: Sequence[str] | None
) -> tuple[Sequence[str], list[int] | None]:
    """The quantities that points are drawn for, and which of them the model takes, if not all."""
    own = model.quantities.uncertain
    if dimensions is None:
        return own, None
    return dimensions, [dimensions.index(path) for path in own]


def _added(parts: list[list[Array]], replicates: int = 1) -> Array:
    """Segments of all blocks in order, added one by one: (replicate, flow, STAGES + years)."""
    if not parts[0]:  # a scenario may have no flow at all: only outcomes without euros
        return np.empty((replicates, 0, 0))
    rows = []
    for flow in range(len(parts[0])):
        segments = np.concatenate([part[flow] for part in parts], axis=1)
        by_replicate = segments.reshape(len(segments), replicates, -1)
        rows.append(np.add.accumulate(by_replicate, axis=2)[:, :, -1])
    return np.moveaxis(np.array(rows), 2, 0)
