"""A quantile function in a table, because the exact one is the slowest part of a draw."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, special

Array = NDArray[np.float64]
FARTHEST = 23.0  # log-odds; the points lie at least 2^-33 from 0 and 1, which is 22.9
KNOTS = 4097


@lru_cache(maxsize=512)
def tabulated(
    from_below: Callable[..., Array],
    from_above: Callable[..., Array],
    shape: tuple[float, ...],
    start: float,
    scale: float,
) -> Callable[[Array], Array]:
    """start + scale × a quantile function, as a cubic spline: right to 1e-10 of its range.

    Over the log-odds of u the quantile functions of beta and gamma are smooth up to their ends, so
    equal steps suffice and the interval of the spline is found by one multiplication. The upper
    half is taken from above, where 1 - u has digits that u has not.
    """
    per_unit = (KNOTS - 1) / (2 * FARTHEST)
    log_odds = np.linspace(-FARTHEST, FARTHEST, KNOTS)
    lower, upper = log_odds[log_odds < 0], log_odds[log_odds >= 0]
    below = from_below(*shape, special.expit(lower))
    above = from_above(*shape, special.expit(-upper))
    coefficients = _cubics(start + scale * np.concatenate([below, above]))

    def ppf(u: Array) -> Array:
        place = 1 - u
        np.log(np.divide(u, place, out=place), out=place)
        place *= per_unit
        place += FARTHEST * per_unit
        knot = place.astype(np.intp)
        place -= knot
        value = coefficients[0].take(knot, mode="clip")
        for row in coefficients[1:]:
            value *= place
            value += row.take(knot, mode="clip")
        return value

    return ppf


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
