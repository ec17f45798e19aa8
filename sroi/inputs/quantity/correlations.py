"""Whether a set of correlations can exist together, and if not, which pair fits least."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
SMALLEST_EIGENVALUE = 1e-9


@dataclass(frozen=True)
class Pair:
    """The offending pair, and the rho between which it could stand beside the others."""

    first: str
    second: str
    rho: float
    possible: bool
    low: float = 0.0
    high: float = 0.0


def matrix(pairs: dict[tuple[str, str], float]) -> tuple[list[str], Matrix]:
    """Names in order, and their correlation matrix; what is not named is 0."""
    names = sorted({name for pair in pairs for name in pair})
    square = np.eye(len(names))
    for (first, second), rho in pairs.items():
        i, j = names.index(first), names.index(second)
        square[i, j] = square[j, i] = rho
    return names, square


def least_fitting_pair(pairs: dict[tuple[str, str], float]) -> Pair | None:
    """None where the matrix is positive definite; else the pair to look at first.

    The eigenvector of the smallest eigenvalue is the combination whose variance would be negative;
    the pair that weighs most in it is the one that cannot stand.
    """
    names, square = matrix(pairs)
    values, vectors = np.linalg.eigh(square)
    if values[0] > SMALLEST_EIGENVALUE:
        return None
    weight = -square * np.outer(vectors[:, 0], vectors[:, 0])
    np.fill_diagonal(weight, -np.inf)
    i, j = np.unravel_index(np.argmax(weight), weight.shape)
    low, high = _room(square, int(i), int(j))
    first, second = sorted((names[i], names[j]))
    return Pair(first, second, float(square[i, j]), low < high, low, high)


def _room(square: Matrix, i: int, j: int) -> tuple[float, float]:
    """Between which values rho of i and j may lie, all others fixed (Schur complement)."""
    rest = [k for k in range(len(square)) if k not in (i, j)]
    if not rest:
        return (-1.0, 1.0)
    core = square[np.ix_(rest, rest)]
    if np.linalg.eigvalsh(core)[0] <= SMALLEST_EIGENVALUE:
        return (0.0, 0.0)
    inverse = np.linalg.inv(core)
    a, b = square[i, rest], square[j, rest]
    spread = (1 - a @ inverse @ a) * (1 - b @ inverse @ b)
    if spread <= 0 or a @ inverse @ a >= 1:
        return (0.0, 0.0)
    return (float(a @ inverse @ b - spread**0.5), float(a @ inverse @ b + spread**0.5))
