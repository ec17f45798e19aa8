"""How much each quantity has to do with a result, from draws that are there anyway.

These measures need no further runs and hold for quantities that move together as well; what a
quantity then shows is also what goes with it.

    rank correlation   Spearman (1904): -1 … 1, whether the result rises or falls with the quantity
    PAWN               how far the distribution of the result shifts when the quantity is known
                       roughly: the largest distance between distribution functions (Kolmogorov-
                       Smirnov) in 16 slices of the quantity, their mean: 0 … 1. Pianosi & Wagener
                       (2015), Environmental Modelling & Software 67, and (2018), the same journal
                       108, for draws that were not made for it; see `salib`
    delta, s1          see `salib`; delta of the quantities with the largest PAWN only
    share              Var(E[Y | X]) / Var(Y), with E[Y | X] by regression, see `splines`

The share is what is explained of draws that the regression was not made of; so what has nothing to
do with the result has a share around 0, on either side of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.result.draws import mean_and_error, results_of, some_draws
from sroi.analysis.result.question import Question
from sroi.analysis.sensitivity.salib import SLICES, delta, first_order, pawn
from sroi.analysis.sensitivity.splines import columns, fitted, ranks
from sroi.inputs.scenario.scenario import Basis
from sroi.model.flows.results import Results
from sroi.model.uncertain.sampling import REPLICATES

Array = NDArray[np.float64]
Delta = tuple[float | None, float | None]  # with its error
EACH = 1024
FEW, SOME = 8, 64  # quantities, and draws of each replicate: delta takes long
ROUNDING = 1e-12
HALFWAY = 0.8276  # median of the Kolmogorov distribution


@dataclass(frozen=True)
class Given:
    """The measures of one quantity; `error` is the standard error of `share`.

    `delta_error`: half of a 95 % interval; None where delta was not asked. `s1`: by RBD-FAST.
    """

    name: str
    rank_correlation: float
    pawn: float
    share: float
    error: float
    delta: float | None = None
    delta_error: float | None = None
    s1: float | None = None


@dataclass(frozen=True)
class GivenData:
    """The measures of all quantities, the largest share first; None where nothing varies.

    `noise`: the PAWN, about, of a quantity that has nothing to do with the result.
    """

    draws: int
    noise: float
    measures: list[Given] | None


def varies(results: Array) -> bool:
    """Whether results are numbers and not all the same, but for rounding."""
    return bool(np.isfinite(results).all() and np.ptp(results) > rounding(results))


def rounding(results: Array) -> float:
    """What results may differ by, when nothing that they depend on differs."""
    return float(ROUNDING * np.abs(results).max())


def given_data(
    asked: Question, basis: Basis, each: int = EACH, drawn: Results | None = None
) -> GivenData:
    """The measures of every uncertain quantity, from 16 × `each` draws.

    `drawn`: results of the scenario, which spare the time where they have the draws.
    """
    values = some_draws(asked.model, basis, each)
    results = results_of(values, asked.model, basis, drawn)
    return measures(values.drawn, asked.answer(results), basis.seed)


def measures(drawn: Mapping[str, Array], results: Array, seed: int = 0) -> GivenData:
    """The same from draws of quantities (draw) by name, replicate after replicate, and results."""
    draws = len(results)
    noise = HALFWAY * ((SLICES - 1) / draws) ** 0.5
    if not varies(results):
        return GivenData(draws, noise, None)
    order, moving = ranks(results), list(drawn.values())
    near = dict(zip(drawn, pawn(moving, results), strict=True))
    first = zip(drawn.items(), first_order(moving, results), strict=True)
    above = sorted((name for name in near if near[name] > noise), key=lambda name: -near[name])
    deltas = _deltas({name: drawn[name] for name in above}, results, seed)
    found = [
        Given(
            name, correlation(x, order), near[name], *explained(x, results),
            *deltas.get(name, (None, None)), s1 if np.ptp(x) else 0,
        )
        for (name, x), s1 in first
    ]  # fmt: skip
    return GivenData(draws, noise, sorted(found, key=lambda one: -one.share))


def _deltas(drawn: Mapping[str, Array], results: Array, seed: int) -> dict[str, Delta]:
    """Delta and its error of the first few that vary, from the first draws of every replicate."""
    some = _first(results)
    if not varies(some):
        return {}
    parts = {name: _first(x) for name, x in drawn.items()}
    names = [name for name, part in parts.items() if np.ptp(part) > 0][:FEW]
    found = delta([parts[name] for name in names], some, seed)
    return dict(zip(names, found, strict=True))


def _first(draws: Array) -> Array:
    return draws.reshape(REPLICATES, -1)[:, :SOME].ravel()


def correlation(x: Array, order: Array) -> float:
    """Spearman, with the ranks of the results; 0 for what is the same in every draw."""
    by_rank = ranks(x)
    return float(np.corrcoef(by_rank, order)[0, 1]) if np.ptp(by_rank) > 0 else 0.0


def explained(x: Array, results: Array) -> tuple[float, float]:
    """Share of the variance of the results, with its standard error."""
    usual = (results - results.mean()) ** 2
    left = (results - fitted(columns(x), results)) ** 2
    return mean_and_error((usual - left) / usual.mean())
