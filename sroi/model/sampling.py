"""Points of the unit cube: where every uncertain quantity is drawn from.

The draws come in REPLICATES independent parts, so that the numerical error of a result is measured
over the parts and not assumed. Each part depends on the seed and its number alone, never on how
many threads there are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
REPLICATES = 16
NEAREST = 2.0**-33
PIECE = 1024


def draws_used(method: str, draws: int) -> int:
    """The number of draws that is really made: Sobol points come in powers of two."""
    if method == "sobol":
        return max(REPLICATES, 1 << (draws - 1).bit_length())
    return max(1, -(-draws // REPLICATES)) * REPLICATES


def points(method: str, seed: int, replicate: int, size: int, dimensions: int) -> Array:
    """One part of the draws, as an array (dimension, draw) strictly between 0 and 1.

    `sobol`: Sobol points with the directions of Joe & Kuo (2008), scrambled by a linear matrix and
    a digital shift, Matoušek (1998), as in scipy.stats.qmc;
    `latin-hypercube`: McKay, Beckman & Conover (1979); `plain`: pseudo-random.
    """
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(replicate,)))
    if dimensions == 0:
        return np.empty((0, size))
    if method == "sobol":
        return _sobol(rng, size, dimensions)
    unit = rng.random((dimensions, size)) if method == "plain" else _latin(rng, size, dimensions)
    return np.clip(unit, NEAREST, 1 - NEAREST, out=unit)


def _sobol(rng: np.random.Generator, size: int, dimensions: int) -> Array:
    """In pieces, so that the points are still in cache when they are turned on their side."""
    from scipy.stats import qmc

    sequence = qmc.Sobol(dimensions, scramble=True, rng=rng)
    unit = np.empty((dimensions, size))
    for start in range(0, size, PIECE):
        piece = sequence.random(min(PIECE, size - start))
        piece += 2.0**-31  # to the middle of its cell of 2^-30
        unit[:, start : start + PIECE] = piece.T
    return unit


def _latin(rng: np.random.Generator, size: int, dimensions: int) -> Array:
    from scipy.stats import qmc

    return np.ascontiguousarray(qmc.LatinHypercube(dimensions, rng=rng).random(size).T)
