"""What happens or does not, from one dimension of the points: which of several things happen.

    P(state) = Φ_k(σ_1 t_1, …, σ_k t_k; σ_i σ_j ρ_ij),  t_i = Φ⁻¹(1 - p_i), σ_i = -1 where i happens

Each thing by itself tears the result in two in a dimension of its own, and Sobol points lose most
of what they gain. Here the states, all 2^k of them, lie side by side in one dimension with exactly
the size of their probability, in the order of the product that they come to, so that the result
goes up in small steps. Every thing keeps its chance, and every pair its correlation.

The probabilities are orthants of a normal distribution, integrated one score at a time with the
factor of Cholesky: Genz & Bretz (2009), Computation of Multivariate Normal and t Probabilities,
§1.3 and §4.1, here by Gauss and Legendre. Things that do not move together multiply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import special

Array = NDArray[np.float64]
MOST, MOST_TIED = 12, 4
FAR = 8.5  # nothing of a normal score is counted beyond this
NODES = {1: 1, 2: 64, 3: 64, 4: 40}


@dataclass(frozen=True)
class Occurring:
    """Rows of things that happen or not, the first of which has the dimension of them all.

    `points` (state, row): a u at which each of them does what it does in that state; `upto`
    (state): the probability of that state and those before it.
    """

    rows: tuple[int, ...]
    points: Array
    upto: Array

    def lay(self, unit: Array, bound: Array) -> None:
        """Puts their u into `bound` (row, draw), from the dimension in `unit`."""
        state = np.searchsorted(self.upto[:-1], unit[self.rows[0]], side="right")
        for number, row in enumerate(self.rows):
            bound[row] = self.points[state, number]


def occurring(
    rows: Sequence[int], chances: Sequence[float], weights: Sequence[float], correlation: Array
) -> Occurring:
    """Of things with these chances and correlations of their normal scores (thing, thing).

    `weights`: how much less there is of a product where a thing does not happen, Π (1 - w_i).
    """
    states = np.array(list(product((0, 1), repeat=len(rows))), dtype=np.float64)
    worth = np.prod(1 - np.asarray(weights) * (1 - states), axis=1)
    states = states[np.argsort(worth, kind="stable")]
    known = np.asarray(chances)
    points = np.where(states == 1, 1 - known / 2, (1 - known) / 2)
    sizes = probabilities(states, known, correlation)
    return Occurring(tuple(rows), points, np.cumsum(sizes) / sizes.sum())


def probabilities(states: Array, chances: Array, correlation: Array) -> Array:
    """Probability of every state (state, thing), with 1 where a thing happens."""
    found = np.ones(len(states))
    for group in groups(correlation):
        at = np.ix_(group, group)
        limits, signs = special.ndtri(1 - chances[group]), 1 - 2 * states[:, group]
        for state, sign in enumerate(signs):
            tied = correlation[at] * np.outer(sign, sign)
            found[state] *= below(sign * limits, tied)
    return found


def groups(correlation: Array) -> list[list[int]]:
    """Things that move together, directly or by way of others; alone where they do not."""
    left, found = set(range(len(correlation))), list[list[int]]()
    while left:
        group, waiting = set[int](), {min(left)}
        while waiting:
            group |= waiting
            tied = {j for i in waiting for j in np.flatnonzero(correlation[i]).tolist()}
            waiting = tied - group
        found.append(sorted(group))
        left -= group
    return found


def below(limits: Array, correlation: Array) -> float:
    """P(z_1 ≤ limit_1, …) of normal scores with this correlation (at most MOST_TIED of them)."""
    root, size = np.linalg.cholesky(correlation), len(limits)
    nodes, sizes = _gauss(NODES[size])
    scores, mass = np.zeros((0, 1)), np.ones(1)
    for number in range(size):
        tied = sum((root[number, k] * scores[k] for k in range(number)), start=np.zeros(1))
        top = np.clip((limits[number] - tied) / root[number, number], -FAR, FAR)
        if number == size - 1:
            return float(np.sum(mass * special.ndtr(top)))
        half = (top + FAR) / 2
        here = half[:, None] * (nodes + 1) - FAR
        mass = ((mass * half)[:, None] * sizes * _density(here)).ravel()
        scores = np.vstack([np.repeat(scores, len(nodes), axis=1), here.ravel()])
    return 1.0


@lru_cache
def _gauss(count: int) -> tuple[Array, Array]:
    """So many points between -1 and 1 with their weights: Gauss-Legendre, the same every time."""
    nodes, sizes = np.polynomial.legendre.leggauss(count)
    return nodes, sizes


def _density(scores: Array) -> Array:
    return np.asarray(np.exp(-(scores**2) / 2) / np.sqrt(2 * np.pi))
