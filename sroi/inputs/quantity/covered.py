"""A range that covers a share of what is possible: where its ends lie then.

Who says that low and high cover 80 % says that they are the 10th and the 90th percentile. Looked
for is the distribution of the same shape (PERT or triangular) with the same best value that has
these percentiles. With the mode at a share m of the way from the one end to the other,

    (m - q(p)) : (q(1 - p) - m) = (best - low) : (high - best),  p = (1 - covers) ÷ 2

in which q is the quantile function of that shape between 0 and 1. The left side rises from nothing,
where q(p) = m, to infinity, where q(1 - p) = m; so there is one such m, also where best is low or
high. The ends then follow from the width.

Where an end would lie outside the domain of the quantity, the weight of the best value in the PERT
is lowered from 4, by no more than is needed, which draws the ends in: towards those of a uniform
distribution. Triangular has no weight. The equations are ours; PERT is that of Malcolm et al.
(1959), see `model/uncertain/distributions.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

EXACT = 1e-15
WEIGHT, LIGHTEST = 4.0, 1e-6
Domain = tuple[float, float]
Function = Callable[[float], float]


class Range(NamedTuple):
    """Lowest, best and highest value, and the weight of the best in a PERT."""

    low: float
    best: float
    high: float
    weight: float = WEIGHT

    def inside(self, domain: Domain) -> bool:
        """Whether both ends lie in a domain."""
        return domain[0] <= self.low and self.high <= domain[1]


@lru_cache(maxsize=4096)
def spread(stated: Range, covers: float, domain: Domain, triangular: bool = False) -> Range:
    """The ends of the distribution of which `stated` covers a share, between 0 and 1.

    A range without width, or one that covers everything, is its own. Where no weight brings the
    ends inside the domain, those of the lightest.
    """
    if stated.low == stated.high or covers >= 1:
        return stated
    tail = (1 - covers) / 2
    usual = _spread(stated, tail, triangular)
    if triangular or usual.inside(domain):
        return usual
    inside, outside = LIGHTEST, WEIGHT
    lightest = _spread(stated._replace(weight=LIGHTEST), tail, triangular)
    if not lightest.inside(domain):
        return lightest
    while outside - inside > LIGHTEST:
        middle = (inside + outside) / 2
        fits = _spread(stated._replace(weight=middle), tail, triangular).inside(domain)
        inside, outside = (middle, outside) if fits else (inside, middle)
    return _spread(stated._replace(weight=inside), tail, triangular)


def _spread(stated: Range, tail: float, triangular: bool) -> Range:
    low, best, high, weight = stated

    def quantile(mode: float, u: float) -> float:
        return _triangular(mode, u) if triangular else _pert(mode, weight, u)

    def over(mode: float) -> float:
        rise, fall = mode - quantile(mode, tail), quantile(mode, 1 - tail) - mode
        return rise * (high - best) - fall * (best - low)

    mode = _mode(stated, over, lambda m: m - quantile(m, tail))
    width = (high - low) / (quantile(mode, 1 - tail) - quantile(mode, tail))
    return Range(best - mode * width, best, best + (1 - mode) * width, weight)


def _mode(stated: Range, over: Function, above: Function) -> float:
    """m, by bracketing between the two places where the best value is one of the percentiles."""
    from scipy.optimize import brentq

    first = float(brentq(above, EXACT, 0.5, xtol=EXACT))
    if stated.best == stated.low:
        return first
    if stated.best == stated.high:
        return 1 - first
    return float(brentq(over, first, 1 - first, xtol=EXACT))


def _pert(mode: float, weight: float, u: float) -> float:
    """The quantile function of a PERT between 0 and 1 with this mode."""
    from scipy.special import betaincinv

    return float(betaincinv(1 + weight * mode, 1 + weight * (1 - mode), u))


def _triangular(mode: float, u: float) -> float:
    """The same of a triangular distribution."""
    return float((u * mode) ** 0.5 if u < mode else 1 - ((1 - u) * (1 - mode)) ** 0.5)
