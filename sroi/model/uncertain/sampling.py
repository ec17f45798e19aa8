"""Points of the unit cube: where every uncertain quantity is drawn from.

The draws come in REPLICATES independent parts, so that the numerical error of a result is measured
over the parts and not assumed. Each part depends on the seed and its number alone, never on how
many threads there are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sroi.model.uncertain.sobol import sobol_points

Array = NDArray[np.float64]
REPLICATES = 16
NEAREST = 2.0**-33


def draws_used(method: str, draws: int) -> int:
    """The number of draws that is really made: Sobol points come in powers of two."""
    if method == "sobol":
        return max(REPLICATES, 1 << (draws - 1).bit_length())
    return max(1, -(-draws // REPLICATES)) * REPLICATES


def points(method: str, seed: int, replicate: int, size: int, dimensions: int) -> Array:
    """One part of the draws, as an array (dimension, draw) strictly between 0 and 1.

    `sobol`: scrambled Sobol points (see `sobol`), those of scipy.stats.qmc with the same generator;
    `latin-hypercube`: McKay, Beckman & Conover (1979); `plain`: pseudo-random.
    """
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(replicate,)))
    if dimensions == 0:
        return np.empty((0, size))
    if method == "sobol":
        return sobol_points(rng.spawn(1)[0], size, dimensions)
    unit = rng.random((dimensions, size)) if method == "plain" else _latin(rng, size, dimensions)
    return np.clip(unit, NEAREST, 1 - NEAREST, out=unit)


def _latin(rng: np.random.Generator, size: int, dimensions: int) -> Array:
    from scipy.stats import qmc

    return np.ascontiguousarray(qmc.LatinHypercube(dimensions, rng=rng).random(size).T)
