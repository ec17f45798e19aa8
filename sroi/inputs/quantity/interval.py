"""From a 5th and a 95th percentile to the gamma or the beta distribution that has both.

The ratio of the two percentiles of a gamma depends on its shape alone and falls as that grows. Of a
beta two percentiles fix both parameters: van Dorp & Mazzuchi (2000), Journal of Statistical
Computation and Simulation 67, pp. 189-201 (from memory). Both are found by halving, on the
logarithm of what is sought.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

LOW, HIGH = 0.05, 0.95
HALVINGS = 100
SHAPES = (math.log(1e-3), math.log(1e8))  # of a gamma, from all or nothing to nearly certain
PEOPLE = (math.log(1e-2), math.log(1e10))  # a + b of a beta, the same


@lru_cache(maxsize=1024)
def gamma_between(p5: float, p95: float) -> tuple[float, float] | None:
    """Mean and coefficient of variation of a gamma; nothing where there is none, or hardly."""
    if not 0 < p5 < p95:
        return None
    from scipy.special import gammaincinv

    def too_wide(log_shape: float) -> bool:
        low, high = gammaincinv(math.exp(log_shape), [LOW, HIGH])
        return bool(low <= 0 or high / low > p95 / p5)

    if too_wide(SHAPES[1]) or not too_wide(SHAPES[0]):
        return None
    shape = math.exp(_turn(too_wide, SHAPES))
    return p95 / float(gammaincinv(shape, HIGH)) * shape, shape**-0.5


@lru_cache(maxsize=1024)
def beta_between(p5: float, p95: float) -> tuple[float, float] | None:
    """The a and b of a beta on 0-1; nothing where there is none, or hardly."""
    if not 0 < p5 < p95 < 1:
        return None
    from scipy.special import betainc

    def mean(people: float) -> float:
        """With so many people, the mean of which 5% lies below p5."""
        return _turn(
            lambda m: bool(betainc(m * people, (1 - m) * people, p5) > LOW), (1e-12, 1 - 1e-12)
        )

    def too_wide(log_people: float) -> bool:
        people = math.exp(log_people)
        m = mean(people)
        return bool(betainc(m * people, (1 - m) * people, p95) < HIGH)

    if too_wide(PEOPLE[1]) or not too_wide(PEOPLE[0]):
        return None
    people = math.exp(_turn(too_wide, PEOPLE))
    m = mean(people)
    return m * people, (1 - m) * people


def _turn(yes: Callable[[float], bool], between: tuple[float, float]) -> float:
    """Where an answer turns from yes at the low end to no at the high end."""
    low, high = between
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if yes(middle) else (low, middle)
    return (low + high) / 2
