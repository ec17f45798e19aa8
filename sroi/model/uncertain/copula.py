"""Quantities that move together: a Gaussian copula over the normal scores.

u → z = Φ⁻¹(u) → L z → Φ(L z), with L the Cholesky factor of the correlation matrix. Every quantity
keeps its own distribution. rho is the correlation of the normal scores; the rank correlation that
follows is (6/π) arcsin(rho/2). Source: Nelsen (2006), An Introduction to Copulas, §2.3 and §5.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sroi.model.uncertain.occurring import Occurring

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Copula:
    """Which rows of the points move together, and the lower triangular factor (row, row).

    `occurring`: what happens or not, all from one dimension.
    """

    rows: tuple[int, ...]
    factor: Array
    occurring: Occurring | None = None

    def bind(self, unit: Array) -> Array:
        """The points (row, draw) with the dependence laid upon them."""
        if not self.rows and self.occurring is None:
            return unit
        bound = unit.copy()
        if self.occurring is not None:
            self.occurring.lay(unit, bound)
        scores = special.ndtri(unit[list(self.rows)])
        for number, row in enumerate(self.rows):
            # added one by one, so that the last bits do not depend on how many draws there are
            tied = sum(self.factor[number, k] * scores[k] for k in range(number + 1))
            bound[row] = np.clip(special.ndtr(tied), 2.0**-33, 1 - 2.0**-33)
        return bound


def copula(rows: tuple[int, ...], matrix: Array, occurring: Occurring | None = None) -> Copula:
    """The copula of a positive definite correlation matrix (row, row)."""
    root: Array = np.asarray(np.linalg.cholesky(matrix), float) if rows else np.empty((0, 0))
    return Copula(rows, root, occurring)
