"""A small, even part of the draws, for questions that are asked of the model many times."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sroi.inputs.scenario.scenario import Basis
from sroi.model.flows.engine import results_at
from sroi.model.flows.results import Results, standard_error
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values
from sroi.model.uncertain.sampling import REPLICATES, points

Array = NDArray[np.float64]
EACH = 256


def some_draws(model: Model, basis: Basis, each: int = EACH) -> Values:
    """The first draws of every replicate, replicate after replicate."""
    size = len(model.quantities.rows)
    parts = [points(basis.sampling, basis.seed, n, each, size) for n in range(REPLICATES)]
    return model.quantities.at(np.concatenate(parts, axis=1))


def results_of(values: Values, model: Model, basis: Basis, drawn: Results | None = None) -> Results:
    """Results at `some_draws`: taken from a run of the scenario, if that is there and has them.

    Of such results only the present values are those of these draws.
    """
    if drawn is None or drawn.model is not model or drawn.draws < values.draws:
        return results_at(model, values)
    if basis.sampling != "sobol":  # only these begin the same however many there are
        return results_at(model, values)
    by_replicate = drawn.present.reshape(len(drawn.present), REPLICATES, -1)
    first = by_replicate[:, :, : values.draws // REPLICATES]
    return Results(model, first.reshape(len(first), values.draws), drawn.sums)


def mean_and_error(amounts: Array) -> tuple[float, float]:
    """Mean of an amount (draw) of `some_draws`, with the error measured over the replicates."""
    means = amounts.reshape(REPLICATES, -1).mean(axis=1)
    return float(means.mean()), standard_error(means)
