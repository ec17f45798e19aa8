"""Distributions: something with a quantile function `ppf`, a mean, a variance and a centre.

Every uncertain quantity of a scenario is one of these. `ppf` takes an array of probabilities in
(0, 1) of any shape and returns an array of that shape. `centre` is the value of the central case:
the best guess where there is one, the median where there is none.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sroi.inputs.care.enabling_conditions import MovesAlong
from sroi.inputs.quantity.counted import Stick
from sroi.inputs.quantity.hazard_ratio import HazardRatio
from sroi.inputs.quantity.quantity import Domain, Quantity
from sroi.model.uncertain.shrinkage import shrunk
from sroi.model.uncertain.tabulated import tabulated

Array = NDArray[np.float64]


class Distribution(Protocol):
    """What the sampling needs to know of a quantity."""

    @property
    def mean(self) -> float:
        """Expected value."""

    @property
    def variance(self) -> float:
        """Expected squared distance from the mean."""

    @property
    def centre(self) -> float:
        """Value in the central case."""

    def ppf(self, u: Array) -> Array:
        """Quantile at u."""


@dataclass(frozen=True)
class Certain:
    """One value."""

    value: float
    variance: float = 0.0

    @property
    def mean(self) -> float:
        """The value."""
        return self.value

    @property
    def centre(self) -> float:
        """The value."""
        return self.value

    def ppf(self, u: Array) -> Array:
        """The value, everywhere."""
        return np.full_like(u, self.value)


@dataclass(frozen=True)
class Occurrence:
    """Something that happens (1) with a chance, or does not (0); its centre is the chance itself.

    So the central case has the expected value of whatever is linear in it.
    """

    chance: float

    @property
    def mean(self) -> float:
        """The chance."""
        return self.chance

    @property
    def variance(self) -> float:
        """p (1 - p)."""
        return self.chance * (1 - self.chance)

    @property
    def centre(self) -> float:
        """The chance."""
        return self.chance

    def ppf(self, u: Array) -> Array:
        """1 in the upper part of the unit interval, of the size of the chance."""
        return np.asarray(u > 1 - self.chance, dtype=np.float64)


@dataclass(frozen=True)
class Uniform:
    """Every value between low and high as likely as another."""

    low: float
    high: float

    @property
    def mean(self) -> float:
        """(low + high) / 2."""
        return (self.low + self.high) / 2

    @property
    def variance(self) -> float:
        """(high - low)² / 12."""
        return (self.high - self.low) ** 2 / 12

    @property
    def centre(self) -> float:
        """The median."""
        return self.mean

    def ppf(self, u: Array) -> Array:
        """low + u (high - low)."""
        return self.low + u * (self.high - self.low)

    def cdf(self, x: float) -> float:
        """Share below x."""
        return min(max((x - self.low) / (self.high - self.low), 0.0), 1.0)


@dataclass(frozen=True)
class Triangular:
    """Straight lines from low up to best and down to high."""

    low: float
    best: float
    high: float

    @property
    def mean(self) -> float:
        """(low + best + high) / 3."""
        return (self.low + self.best + self.high) / 3

    @property
    def variance(self) -> float:
        """(rise² + fall² + rise × fall) / 18, with rise = best - low and fall = high - best."""
        rise, fall = self.best - self.low, self.high - self.best
        return (rise * rise + fall * fall + rise * fall) / 18

    @property
    def centre(self) -> float:
        """The best guess."""
        return self.best

    def ppf(self, u: Array) -> Array:
        """Along one parabola up to best, and from there along the other."""
        width = self.high - self.low
        rise, fall = self.best - self.low, self.high - self.best
        climbed = np.sqrt(np.minimum(u, rise / width) * (width * rise))
        left = np.sqrt((1 - np.maximum(u, rise / width)) * (width * fall))
        return np.asarray(self.low + climbed + (fall - left))


@dataclass(frozen=True)
class ScaledBeta:
    """Beta(a, b) stretched from 0-1 to low-high; `best` only where it is a PERT."""

    a: float
    b: float
    low: float = 0.0
    high: float = 1.0
    best: float | None = None

    @property
    def mean(self) -> float:
        """low + (high - low) a / (a + b)."""
        return self.low + (self.high - self.low) * self.a / (self.a + self.b)

    @property
    def variance(self) -> float:
        """(high - low)² ab / ((a + b)² (a + b + 1))."""
        total = self.a + self.b
        return (self.high - self.low) ** 2 * self.a * self.b / (total * total * (total + 1))

    @property
    def centre(self) -> float:
        """The best guess, or the median."""
        if self.best is not None:
            return self.best
        return self.low + (self.high - self.low) * float(special.betaincinv(self.a, self.b, 0.5))

    @cached_property
    def _inverse(self) -> Callable[[Array], Array]:
        inverses = special.betaincinv, special.betainccinv
        return tabulated(*inverses, (self.a, self.b), self.low, self.high - self.low)

    def ppf(self, u: Array) -> Array:
        """low + (high - low) × the inverse of the regularised incomplete beta function."""
        return self._inverse(u)


def pert(low: float, best: float, high: float, weight: float = 4.0) -> ScaledBeta:
    """PERT: a beta with a = 1 + 4 (best - low)/(high - low), b = 1 + 4 (high - best)/(high - low).

    Mean (low + 4 best + high)/6. The weight is another than 4 only where a range covers a share and
    its ends have to stay in a domain (`inputs/quantity/covered.py`). Source: Malcolm, Roseboom,
    Clark & Fazar (1959), Operations Research 7(5), in the form with weight 4 that risk software
    uses.
    """
    width = high - low
    a, b = 1 + weight * (best - low) / width, 1 + weight * (high - best) / width
    return ScaledBeta(a, b, low, high, best)


@dataclass(frozen=True)
class Normal:
    """Normal with a mean and a standard deviation."""

    mean: float
    sd: float

    @property
    def variance(self) -> float:
        """sd²."""
        return self.sd**2

    @property
    def centre(self) -> float:
        """The median, which is the mean."""
        return self.mean

    def ppf(self, u: Array) -> Array:
        """mean + sd × the inverse of the standard normal."""
        return np.asarray(self.mean + self.sd * special.ndtri(u))

    def cdf(self, x: float) -> float:
        """Share below x."""
        return float(special.ndtr((x - self.mean) / self.sd))


@dataclass(frozen=True)
class LogNormal:
    """The logarithm is normal, with mean ln(median) and standard deviation sd_log."""

    median: float
    sd_log: float

    @property
    def mean(self) -> float:
        """median × exp(sd_log² / 2)."""
        return self.median * math.exp(self.sd_log**2 / 2)

    @property
    def variance(self) -> float:
        """mean² (exp(sd_log²) - 1)."""
        return self.mean**2 * math.expm1(self.sd_log**2)

    @property
    def centre(self) -> float:
        """The median."""
        return self.median

    def ppf(self, u: Array) -> Array:
        """median × exp(sd_log × the inverse of the standard normal)."""
        return np.asarray(self.median * np.exp(self.sd_log * special.ndtri(u)))

    def cdf(self, x: float) -> float:
        """Share below x."""
        return float(special.ndtr(math.log(x / self.median) / self.sd_log)) if x > 0 else 0.0


@dataclass(frozen=True)
class Gamma:
    """Gamma with shape 1/cv² and scale mean × cv²."""

    mean: float
    cv: float

    @property
    def variance(self) -> float:
        """(mean × cv)²."""
        return (self.mean * self.cv) ** 2

    @property
    def centre(self) -> float:
        """The median."""
        return self.mean * self.cv**2 * float(special.gammaincinv(self.cv**-2, 0.5))

    @cached_property
    def _inverse(self) -> Callable[[Array], Array]:
        inverses = special.gammaincinv, special.gammainccinv
        return tabulated(*inverses, (self.cv**-2,), 0.0, self.mean * self.cv**2)

    def ppf(self, u: Array) -> Array:
        """Scale × the inverse of the regularised incomplete gamma function."""
        return self._inverse(u)

    def cdf(self, x: float) -> float:
        """Share below x."""
        return float(special.gammainc(self.cv**-2, max(x, 0.0) / (self.mean * self.cv**2)))


@dataclass(frozen=True)
class Within:
    """A distribution on condition that it lies in a domain: u runs from F(low) to F(high)."""

    inner: Normal | LogNormal | Gamma
    low: float
    high: float

    @cached_property
    def _window(self) -> tuple[float, float]:
        return (self.inner.cdf(self.low), self.inner.cdf(self.high))

    @property
    def mean(self) -> float:
        """By quadrature over u."""
        return float(np.mean(self.ppf(_MIDPOINTS)))

    @property
    def variance(self) -> float:
        """By quadrature over u."""
        return float(np.var(self.ppf(_MIDPOINTS)))

    @property
    def centre(self) -> float:
        """The median."""
        return float(self.ppf(np.array([0.5]))[0])

    def ppf(self, u: Array) -> Array:
        """Quantile of the part that lies inside."""
        below, upto = self._window
        return np.clip(self.inner.ppf(below + u * (upto - below)), self.low, self.high)


_MIDPOINTS = (np.arange(100_000) + 0.5) / 100_000


def distribution(quantity: Quantity, domain: Domain) -> Distribution:
    """The distribution that a quantity of the scenario file stands for, within its domain."""
    if special := _special(quantity):
        return special
    if not quantity.uncertain:
        return Certain(quantity.value if quantity.value is not None else quantity.best)  # type: ignore[arg-type]
    if quantity.best is not None:
        low, best, high, weight = quantity.range_
        pert_ = quantity.shape == "pert"
        return pert(low, best, high, weight) if pert_ else Triangular(low, best, high)
    if quantity.uniform is not None:
        return Uniform(*quantity.uniform)
    if quantity.beta is not None:
        return ScaledBeta(*quantity.beta.parameters)
    return _unbounded(quantity, domain)


def _special(quantity: Quantity) -> Distribution | None:
    """What happens or not, what is left of a claim, and where people were counted to go."""
    if isinstance(quantity, MovesAlong) and quantity.chance is not None:
        return Occurrence(quantity.chance) if quantity.uncertain else Certain(quantity.chance)
    if isinstance(quantity, HazardRatio) and quantity.claim:
        left = shrunk(quantity.claim.found, quantity.claim.bias_sd, quantity.claim.prior_sd)
        return LogNormal(float(left.hazard_ratio), float(left.sd_log))
    if isinstance(quantity, Stick):
        mean = quantity.count / (quantity.count + quantity.later)
        return ScaledBeta(quantity.count, quantity.later, best=mean)
    return None


def _unbounded(quantity: Quantity, domain: Domain) -> Distribution:
    inner: Normal | LogNormal | Gamma
    if quantity.normal is not None:
        inner = Normal(quantity.normal.centre, quantity.normal.spread)
    elif quantity.lognormal is not None:
        inner = LogNormal(quantity.lognormal.centre, quantity.lognormal.spread)
    else:
        inner = Gamma(quantity.gamma.centre, quantity.gamma.spread)  # type: ignore[union-attr]
    return Within(inner, *domain) if quantity.outside(domain) > 0 else inner
