"""Counts by neighbourhood and quarter as a Poisson regression with an effect of each of both.

    y_nq ~ mean E_nq · exp(a_n + b_q + Σ_k δ_k D_knq),  variance φ times the mean

exp(δ) is the ratio of rates that a difference in differences on the logarithmic scale gives:
Wooldridge (2023), Simple approaches to nonlinear difference-in-differences with panel data,
Econometrics Journal 26: C31-C66. Fitted by iteratively reweighted least squares (McCullagh & Nelder
1989, Generalized Linear Models, § 2.5). A neighbourhood or quarter without any event says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
STEPS, NEAR, FLOOR = 60, 1e-10, 1e-12
STEEPEST = 30.0  # of a linear predictor: e^30 times as many is no rate any more


@dataclass(frozen=True)
class Fit:
    """`effects` (effect): δ; `coefficients` (column): those, and of neighbourhoods and quarters.

    `mean` (neighbourhood, quarter): expected events, 0 where nothing is known; `design` (cell,
    column): the effects first, of the cells that count; `cells`: which those are; `dispersion`: φ.
    """

    effects: Array
    coefficients: Array
    mean: Array
    design: Array
    cells: NDArray[np.bool_]
    dispersion: float


def design_of(columns: Array, cells: NDArray[np.bool_]) -> Array:
    """The design (cell, column): the effects, every neighbourhood, every quarter but one."""
    n, q = cells.shape
    own = np.zeros((n + q, n, q))
    own[np.arange(n), np.arange(n), :] = 1.0
    own[n + np.arange(q), :, np.arange(q)] = 1.0
    rows, quarters = cells.any(axis=1), cells.any(axis=0)
    kept = np.concatenate([rows, quarters])
    if quarters.any():
        kept[n + int(np.flatnonzero(quarters)[0])] = False
    return np.asarray(np.concatenate([columns, own[kept]])[:, cells].T)


def fit(counts: Array, at_risk: Array, columns: Array, left_out: NDArray[np.bool_]) -> Fit:
    """The regression. `counts`, `at_risk` (neighbourhood, quarter): events, and how many there
    would be at the same rate everywhere (above 0 to count); `columns` (effect, neighbourhood,
    quarter); `left_out` (quarter)."""
    cells = (at_risk > 0) & ~left_out
    cells &= (counts * cells).sum(axis=1, keepdims=True) > 0
    cells &= (counts * cells).sum(axis=0, keepdims=True) > 0
    design = design_of(columns, cells)
    y, offset = counts[cells], np.log(at_risk[cells])
    found, mean = solved(design, y, offset)
    free = max(len(y) - int(np.linalg.matrix_rank(design)), 1)
    dispersion = float(((y - mean) ** 2 / np.maximum(mean, FLOOR)).sum() / free)
    whole = np.zeros_like(counts)
    whole[cells] = mean
    k = len(columns)
    return Fit(found[:k], found, whole, design, cells, dispersion)


def solved(design: Array, y: Array, offset: Array) -> tuple[Array, Array]:
    """Coefficients and means of one Poisson regression."""
    mean = y + 0.5
    known = np.log(mean) - offset
    found = np.zeros(design.shape[1])
    before = np.inf
    for _ in range(STEPS):
        working = known + (y - mean) / mean if before < np.inf else known
        weighted = design * mean[:, None]
        found = np.linalg.pinv(design.T @ weighted, hermitian=True) @ (weighted.T @ working)
        known = np.clip(design @ found, -STEEPEST, STEEPEST)
        mean = np.maximum(np.exp(known + offset), FLOOR)
        deviance = float(2 * (_xlogy(y, y / mean) - (y - mean)).sum())
        if abs(before - deviance) <= NEAR * (abs(deviance) + 1):
            break
        before = deviance
    return found, mean


def _xlogy(x: Array, ratio: Array) -> Array:
    return np.where(x > 0, x * np.log(np.maximum(ratio, FLOOR)), 0.0)
