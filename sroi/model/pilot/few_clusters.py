"""Errors of a regression on a few neighbourhoods, each of which is one cluster.

CR2: every cluster's residuals are enlarged by what the fit took out of them, and the t distribution
has as many degrees of freedom as the design leaves: Bell & McCaffrey (2002), Survey Methodology 28:
169-181; with effects of every cluster and quarter: Pustejovsky & Tipton (2018), Journal of Business
& Economic Statistics 36: 672-683. In a Poisson regression on the working model of its last step,
with the root of the matrix of its weighted residuals: one of more roots without bias under it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sroi.model.pilot.poisson import Fit

Array = NDArray[np.float64]
TINY = 1e-8


@dataclass(frozen=True)
class Clustered:
    """An estimate (of a logarithm), its standard error and degrees of freedom."""

    effect: float
    error: float
    freedom: float

    @property
    def p(self) -> float:
        """Chance of an estimate so far from 0 where there is nothing."""
        if self.error <= 0:
            return 0.0 if self.effect else 1.0
        return float(2 * stats.t.sf(abs(self.effect) / self.error, self.freedom))

    def band(self, level: float = 0.95) -> tuple[float, float]:
        """Within which the effect lies."""
        far = float(stats.t.ppf(0.5 + level / 2, self.freedom)) * self.error
        return self.effect - far, self.effect + far


def clustered(found: Fit, counts: Array, which: int = 0) -> Clustered:
    """One effect of a fit of these counts (neighbourhood, quarter), a cluster by neighbourhood."""
    mean, y = found.mean[found.cells], counts[found.cells]
    root = np.sqrt(mean)
    weighted = found.design * root[:, None]
    residual = (y - mean) / root
    cluster = np.nonzero(found.cells)[0]
    return of_clusters(weighted, residual, cluster, which, float(found.coefficients[which]))


def of_clusters(
    design: Array, residual: Array, cluster: NDArray[np.int64], which: int, effect: float
) -> Clustered:
    """One coefficient of a least squares fit of independent errors of one size: its CR2 error.

    `design` (cell, column) and `residual` (cell), both times the root of a cell's weight.
    """
    bread = np.linalg.pinv(design.T @ design, hermitian=True)
    target = design @ bread[which]
    parts = np.zeros((len(clusters := np.unique(cluster)), len(residual)))
    for row, own in zip(parts, clusters, strict=True):
        at = np.flatnonzero(cluster == own)
        part = design[at]
        weights = _enlarging(np.eye(len(at)) - part @ bread @ part.T) @ target[at]
        # (I - H) times these, without a matrix of all cells by all cells
        row[:] = -design @ (bread @ (part.T @ weights))
        row[at] += weights
    error = float(np.sqrt(((parts @ residual) ** 2).sum()))
    together = parts @ parts.T
    freedom = float(np.trace(together) ** 2 / max((together**2).sum(), TINY**4))
    return Clustered(effect, error, freedom)


def _enlarging(away: Array) -> Array:
    """(I - H_gg)^(-1/2), of what of it is not nothing."""
    values, vectors = np.linalg.eigh(away)
    kept = values > TINY
    inverse = np.where(kept, 1 / np.sqrt(np.where(kept, values, 1.0)), 0.0)
    return np.asarray((vectors * inverse) @ vectors.T)
