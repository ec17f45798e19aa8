"""How much each quantity has to do with a result, from draws that are there anyway.

These measures need no further runs and hold for quantities that move together as well; what a
quantity then shows is also what goes with it.

    rank correlation   Spearman (1904): -1 … 1, whether the result rises or falls with the quantity
    PAWN               how far the distribution of the result shifts when the quantity is known
                       roughly: the largest distance between distribution functions (Kolmogorov-
                       Smirnov) in 16 slices of the quantity, their mean weighted by size: 0 … 1.
                       Pianosi & Wagener (2015), Environmental Modelling & Software 67, and (2018),
                       the same journal 108, for draws that were not made for it
    share              Var(E[Y | X]) / Var(Y), with E[Y | X] by regression, see `splines`

The share is what is explained of draws that the regression was not made of; so what has nothing to
do with the result has a share around 0, on either side of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.result.draws import mean_and_error, results_of, some_draws
from sroi.analysis.result.question import Question
from sroi.analysis.sensitivity.splines import columns, fitted, ranks
from sroi.inputs.scenario.scenario import Basis
from sroi.model.flows.results import Results

Array = NDArray[np.float64]
EACH = 1024
SLICES = 16
ROUNDING = 1e-12
HALFWAY = 0.8276  # median of the Kolmogorov distribution


@dataclass(frozen=True)
class Given:
    """The measures of one quantity; `error` is the standard error of `share`."""

    name: str
    rank_correlation: float
    pawn: float
    share: float
    error: float


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
    return measures(values.drawn, asked.answer(results))


def measures(drawn: Mapping[str, Array], results: Array) -> GivenData:
    """The same from draws of quantities (draw) by name, replicate after replicate, and results."""
    draws = len(results)
    noise = HALFWAY * ((SLICES - 1) / draws) ** 0.5
    if not varies(results):
        return GivenData(draws, noise, None)
    order = ranks(results)
    found = [
        Given(name, _correlation(x, order), pawn(x, results), *explained(x, results))
        for name, x in drawn.items()
    ]
    return GivenData(draws, noise, sorted(found, key=lambda one: -one.share))


def _correlation(x: Array, order: Array) -> float:
    """Spearman, with the ranks of the results; 0 for what is the same in every draw."""
    by_rank = ranks(x)
    return float(np.corrcoef(by_rank, order)[0, 1]) if np.ptp(by_rank) > 0 else 0.0


def explained(x: Array, results: Array) -> tuple[float, float]:
    """Share of the variance of the results, with its standard error."""
    usual = (results - results.mean()) ** 2
    left = (results - fitted(columns(x), results)) ** 2
    return mean_and_error((usual - left) / usual.mean())


def pawn(x: Array, results: Array) -> float:
    """Mean over the slices of the largest distance between distribution functions."""
    ordered = np.sort(results)
    slices = list(_slices(x))
    distances = [_distance(np.sort(results[part]), ordered) for part in slices]
    return float(np.average(distances, weights=[len(part) for part in slices]))


def _slices(x: Array) -> Iterator[NDArray[np.intp]]:
    """Draws of 16 equal parts of a quantity; of a few values, the draws of each."""
    order = np.argsort(x, kind="stable")
    starts = np.flatnonzero(np.diff(x[order], prepend=-np.inf) > 0)
    if len(starts) > SLICES:
        starts = np.arange(SLICES) * len(x) // SLICES
    yield from np.split(order, starts[1:])


def _distance(part: Array, whole: Array) -> float:
    """Kolmogorov-Smirnov, of sorted draws among which the part is: at each of it and before it."""
    gaps = [
        np.searchsorted(part, part, side) / len(part)
        - np.searchsorted(whole, part, side) / len(whole)
        for side in ("left", "right")
    ]
    return float(np.abs(gaps).max())
