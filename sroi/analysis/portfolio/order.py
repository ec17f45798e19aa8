"""The order of the rows, and how sure their places are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FIRST = 10


@dataclass(frozen=True)
class Place:
    """The place of a row by its expected net present value (1: the highest), and the chance that it
    is among the first ten in a draw."""

    place: int
    among_first: float


def places(expected: Array, together: Array) -> list[Place]:
    """The place of every row: by what is expected (row), and in every draw (row, draw)."""
    by_mean = np.empty(len(expected), dtype=int)
    by_mean[np.argsort(-expected, kind="stable")] = np.arange(1, len(expected) + 1)
    chances = among_first(together)
    return [Place(int(n), float(p)) for n, p in zip(by_mean, chances, strict=True)]


def among_first(together: Array) -> Array:
    """The share of the draws in which a row is among the first ten (row)."""
    rows, draws = together.shape
    if rows <= FIRST:
        return np.ones(rows)
    best = np.argpartition(-together, FIRST - 1, axis=0)[:FIRST]
    return np.asarray(np.bincount(best.ravel(), minlength=rows) / draws)
