"""A quantile function in a table, because the exact one is the slowest part of a draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, special

Array = NDArray[np.float64]
FARTHEST = 23.0  # log-odds; the points lie at least 2^-33 from 0 and 1, which is 22.9
KNOTS = 4097
PER_UNIT = (KNOTS - 1) / (2 * FARTHEST)


@dataclass(frozen=True)
class Table:
    """A quantile function: its cubics, highest power first, over log-odds. It is pickled as what it
    was `made` of, which is much less."""

    made: tuple[Any, ...]
    cubics: list[Array] = field(repr=False)

    def __call__(self, u: Array) -> Array:
        """Its value at u (draw), strictly between 0 and 1."""
        place = 1 - u
        np.log(np.divide(u, place, out=place), out=place)
        place *= PER_UNIT
        place += FARTHEST * PER_UNIT
        knot = place.astype(np.intp)
        place -= knot
        value = self.cubics[0].take(knot, mode="clip")
        for row in self.cubics[1:]:
            value *= place
            value += row.take(knot, mode="clip")
        return value

    def __reduce__(self) -> tuple[Callable[..., Table], tuple[Any, ...]]:
        return tabulated, self.made


@lru_cache(maxsize=512)
def tabulated(
    from_below: Callable[..., Array],
    from_above: Callable[..., Array],
    shape: tuple[float, ...],
    start: float,
    scale: float,
) -> Table:
    """start + scale × a quantile function, as a cubic spline: right to 1e-10 of its range.

    Over the log-odds of u the quantile functions of beta and gamma are smooth up to their ends, so
    equal steps suffice and the interval of the spline is found by one multiplication. The upper
    half is taken from above, where 1 - u has digits that u has not.
    """
    log_odds = np.linspace(-FARTHEST, FARTHEST, KNOTS)
    lower, upper = log_odds[log_odds < 0], log_odds[log_odds >= 0]
    below = from_below(*shape, special.expit(lower))
    above = from_above(*shape, special.expit(-upper))
    cubics = _cubics(start + scale * np.concatenate([below, above]))
    return Table((from_below, from_above, shape, start, scale), cubics)


def _cubics(values: Array) -> list[Array]:
    """Coefficients, highest power first, of the cubic spline through values one step apart.

    That of scipy.interpolate (not-a-knot), which takes a fifth of a second to load.
    """
    slope = np.diff(values)
    band, right = np.ones((3, len(values))), np.empty(len(values))
    band[1, 1:-1], right[1:-1] = 4.0, 3 * (slope[:-1] + slope[1:])
    band[0, 1] = band[2, -2] = 2.0
    right[0] = (5 * slope[0] + slope[1]) / 2
    right[-1] = (slope[-2] + 5 * slope[-1]) / 2
    steep = linalg.solve_banded((1, 1), band, right)
    bend = steep[:-1] + steep[1:] - 2 * slope
    return [bend, slope - steep[:-1] - bend, steep[:-1], values[:-1]]
