"""Points of the unit cube: where every uncertain quantity is drawn from.

The draws come in REPLICATES independent parts, so that the numerical error of a result is measured
over the parts and not assumed. Each part depends on the seed and its number alone, never on how
many threads there are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

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


def points(
    method: str,
    seed: int,
    replicate: int,
    size: int,
    dimensions: int,
    taken: Sequence[int] | None = None,
    part: range | None = None,
) -> Array:
    """One replicate of the draws, as an array (dimension, draw) strictly between 0 and 1; `taken`:
    the numbers of those dimensions that are wanted, in that order, instead of all; `part`: which of
    the draws, instead of all (of Sobol points: see there).

    `sobol`: scrambled Sobol points (see `sobol`), those of scipy.stats.qmc with the same generator;
    `latin-hypercube`: McKay, Beckman & Conover (1979); `plain`: pseudo-random.
    """
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(replicate,)))
    if dimensions == 0:
        return np.empty((0, size if part is None else len(part)))
    if method == "sobol":
        return sobol_points(rng.spawn(1)[0], size, dimensions, taken, part)
    unit = rng.random((dimensions, size)) if method == "plain" else _latin(rng, size, dimensions)
    unit = unit if taken is None else unit[list(taken)]
    unit = unit if part is None else unit[:, part.start : part.stop].copy()
    return np.clip(unit, NEAREST, 1 - NEAREST, out=unit)


def own_points(method: str, seed: int, name: str, replicate: int, size: int) -> Array:
    """Points (draw) that belong to one name alone, whatever else is drawn: even over the interval
    and in an order by chance, so that they have nothing to do with those of another name.

    One dimension of a Latin hypercube, McKay, Beckman & Conover (1979); `plain`: pseudo-random.
    """
    words = np.frombuffer(hashlib.sha256(name.encode()).digest(), dtype=np.uint32)
    seeds = np.random.SeedSequence([seed, *map(int, words)], spawn_key=(replicate,))
    rng = np.random.default_rng(seeds)
    unit = rng.random(size)
    if method != "plain":
        unit = (rng.permutation(size) + unit) / size
    return np.clip(unit, NEAREST, 1 - NEAREST)


def _latin(rng: np.random.Generator, size: int, dimensions: int) -> Array:
    from scipy.stats import qmc

    return np.ascontiguousarray(qmc.LatinHypercube(dimensions, rng=rng).random(size).T)
