"""A quantile function in a table, because the exact one is the slowest part of a draw."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

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
    """Coefficients, highest power first, of the cubic spline through values one step apart."""
    from scipy.interpolate import CubicSpline

    return list(CubicSpline(np.arange(float(len(values))), values).c)
