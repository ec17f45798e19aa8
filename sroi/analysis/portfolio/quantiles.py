"""Quantiles of many draws without sorting them: those of numpy, from the few draws around each.

One draw in so many tells about where a quantile lies. The draws below that stretch are counted and
those within it are sorted; where it turns out not to hold the quantile, all draws are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FEW = 1 << 16  # with fewer draws numpy is as quick
PILOT = 64
WIDTH = 6.0  # standard deviations of the place of a quantile among the pilot draws


def quantiles(amounts: Array, shares: Sequence[float]) -> list[float]:
    """The quantiles of amounts (draw), as `numpy.quantile` gives them (by a straight line between
    two draws)."""
    count = len(amounts)
    if count < FEW:
        return [float(one) for one in np.quantile(amounts, shares)]
    pilot = np.sort(amounts[::PILOT])
    return [_quantile(amounts, share, pilot) for share in shares]


def _quantile(amounts: Array, share: float, pilot: Array) -> float:
    reach = WIDTH * (share * (1 - share) * len(pilot)) ** 0.5 + 2
    place = share * (len(pilot) - 1)
    low = pilot[max(0, int(place - reach))] if place > reach else -np.inf
    high = pilot[int(place + reach)] if place + reach < len(pilot) - 1 else np.inf
    inside = np.sort(amounts[(amounts >= low) & (amounts <= high)])
    below = int(np.count_nonzero(amounts < low))
    at = share * (len(amounts) - 1)
    first = int(at)
    if not below <= first or first + 1 - below >= len(inside):
        return float(np.quantile(amounts, share))
    a, b = inside[first - below], inside[first + 1 - below]
    return float(_between(a, b, at - first))


def _between(a: float, b: float, part: float) -> float:
    """As numpy rounds it."""
    step = b - a
    return b - step * (1 - part) if part >= 0.5 else a + step * part
