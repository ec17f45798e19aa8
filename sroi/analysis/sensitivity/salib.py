"""Measures from given draws by SALib (Herman & Usher 2017).

SALib gets the rank of a quantity in place of its value, which changes none of these measures but
keeps draws of the same value in every count; and only numbers that are finite, for it returns 0 or
nothing, and no warning, where one is not.

    PAWN      mean over 16 slices; of a few values (a yes or a no) their draws are the slices, by
              `scipy.stats.ks_2samp`, weighted by size: SALib's slices would leave out the yes
    delta     Borgonovo (2007), estimated as by Plischke et al. (2013), with half of a 95 % interval
    RBD-FAST  share of the variance of the first order, Tarantola et al. (2006), Tissot & Prieur
              (2012)
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SLICES = 16
RESAMPLES = 4
DIGITS = 9  # of results in standard deviations: what is rounding has no density
SEEDS = 2**32 - 1


def pawn(quantities: Sequence[Array], results: Array) -> list[float]:
    """Of each quantity (draw): how far results (draw) shift when it is known roughly, 0 … 1."""
    _finite(quantities, results)
    values = [np.unique(x, return_inverse=True) for x in quantities]
    many = [n for n, (found, _) in enumerate(values) if len(found) > SLICES]
    sliced = dict(zip(many, _sliced([quantities[n] for n in many], results), strict=True))
    return [
        sliced[n] if n in sliced else _grouped(group, results)
        for n, (_, group) in enumerate(values)
    ]


def _sliced(quantities: Sequence[Array], results: Array) -> list[float]:
    from SALib.analyze import pawn as measure

    if not quantities:
        return []
    with _undisturbed():
        found = measure.analyze(*_asked(quantities), results, S=SLICES)
    return [float(mean) for mean in found["mean"]]


def _grouped(group: NDArray[np.intp], results: Array) -> float:
    """The distance of the results of each value from all results, weighted by size."""
    from scipy.stats import ks_2samp

    sizes = np.bincount(group)
    gaps = [
        ks_2samp(results[group == n], results, method="asymp").statistic for n in range(len(sizes))
    ]
    return float(np.average(gaps, weights=sizes))


def delta(quantities: Sequence[Array], results: Array, seed: int) -> list[tuple[float, float]]:
    """Of each quantity: how much of the density of results moves when it is known, and the error.

    No quantity may be the same in every draw. It is slow: give it a few, and a part of the draws.
    """
    from SALib.analyze import delta as measure

    _finite(quantities, results)
    if not quantities:
        return []
    standard = np.round((results - results.mean()) / results.std(), DIGITS)
    with _undisturbed():
        found = measure.analyze(
            *_asked(quantities), standard, num_resamples=RESAMPLES, seed=_seed(seed), method="delta"
        )
    pairs = zip(found["delta_raw"], found["delta_raw_conf"], strict=True)
    return [(float(value), float(error)) for value, error in pairs]


def first_order(quantities: Sequence[Array], results: Array) -> list[float]:
    """Of each quantity: the share of the variance of results that would go if it were known."""
    from SALib.analyze import rbd_fast as measure

    _finite(quantities, results)
    if not quantities:
        return []
    with _undisturbed():
        found = measure.analyze(*_asked(quantities), results, num_resamples=2, seed=1)
    return [float(share) for share in found["S1"]]


def _finite(quantities: Sequence[Array], results: Array) -> None:
    """Raises `ValueError` for what SALib would make a silent 0 of."""
    if not np.isfinite(results).all():
        raise ValueError("results must be finite numbers")
    for number, x in enumerate(quantities):
        if not np.isfinite(x).all():
            raise ValueError(f"draws of quantity {number} must be finite numbers")


def _asked(quantities: Sequence[Array]) -> tuple[dict[str, Any], Array]:
    """SALib's problem, and the ranks from 1 (draw, quantity); equal values in order of draws."""
    count = len(quantities)
    names = [f"x{number}" for number in range(count)]
    ranks = np.empty((len(quantities[0]), count))
    for column, x in enumerate(quantities):
        ranks[np.argsort(x, kind="stable"), column] = np.arange(1, len(x) + 1)
    return {"num_vars": count, "names": names, "bounds": [[0, 1]] * count}, ranks


def _seed(seed: int) -> int:
    """0 is no seed to SALib."""
    return 1 + seed % SEEDS


@contextmanager
def _undisturbed() -> Iterator[None]:
    """What SALib changes for everybody, put back: warnings, and numpy's own random numbers."""
    state, written = np.random.get_state(), warnings.formatwarning
    try:
        with warnings.catch_warnings(record=True):  # kept, not shown: SALib sets its own filters
            yield
    finally:
        np.random.set_state(state)
        warnings.formatwarning = written
