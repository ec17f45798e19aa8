"""Quantiles of rows whose draws come cut by cut and are not kept: those of numpy, exactly.

A first look at some of the draws tells about where each quantile of a row lies. Of all draws those
below that stretch are counted and those within it are kept; together they give the quantile as all
draws would. Where it turns out not to lie there, a row has none, and must be looked at as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
WIDTH = 4.5  # standard deviations of the place of a quantile among the draws of the first look


class Stretches:
    """For rows and shares: where their quantiles are looked for, and what was found there."""

    def __init__(self, looked: Array, shares: Sequence[float]) -> None:
        """`looked` (row, draw): the first look, in any order."""
        self.shares, self.count = tuple(shares), 0
        ordered = np.sort(looked, axis=1)
        pairs = [_around(ordered, share) for share in shares]
        self._low = np.array([low for low, _ in pairs]).T
        self._high = np.array([high for _, high in pairs]).T
        self._below = np.zeros(self._low.shape, dtype=np.intp)
        self._inside: list[list[list[Array]]] = [[[] for _ in shares] for _ in looked]

    def add(self, row: int, amounts: Array) -> None:
        """More draws of a row."""
        for n, (low, high) in enumerate(zip(self._low[row], self._high[row], strict=True)):
            under = amounts < low
            self._below[row, n] += np.count_nonzero(under)
            within = amounts <= high
            within &= ~under
            self._inside[row][n].append(amounts[within])

    def of(self, row: int, total: int) -> list[float] | None:
        """The quantiles of a row of so many draws; None where one of them lies elsewhere."""
        found = [
            quantile(np.concatenate(inside), int(below), share, total)
            for inside, below, share in zip(
                self._inside[row], self._below[row], self.shares, strict=True
            )
        ]
        return None if None in found else [one for one in found if one is not None]


def quantile(inside: Array, below: int, share: float, total: int) -> float | None:
    """A quantile of `total` draws, as `numpy.quantile` gives it (by a straight line between two),
    from those in a stretch and how many are below it; None where it does not lie there."""
    at = share * (total - 1)
    first = int(at)
    second = min(first + 1, total - 1)
    if not below <= first or second - below >= len(inside):
        return None
    ordered = np.sort(inside)
    a, b = ordered[first - below], ordered[second - below]
    part, step = at - first, b - a
    return float(b - step * (1 - part) if part >= 0.5 else a + step * part)  # as numpy rounds it


def _around(ordered: Array, share: float) -> tuple[Array, Array]:
    """Between which amounts the quantile of each row lies, as far as a first look tells (row)."""
    count = ordered.shape[1]
    reach = WIDTH * (share * (1 - share) * count) ** 0.5 + 2
    place = share * (count - 1)
    low, high = int(place - reach), int(place + reach) + 1
    nowhere = np.full(len(ordered), np.inf)
    return ordered[:, low] if low > 0 else -nowhere, (ordered[:, high] if high < count else nowhere)
