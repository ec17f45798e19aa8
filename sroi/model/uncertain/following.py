"""Quantities that are not drawn themselves: they follow from those that are.

    linked      value = origin × times … + plus …, cut to its domain
    together    the years of a list that are drawn together: their mean is drawn, at one u for all

With F⁻¹ the quantile function of a year, years that are drawn together are F⁻¹(u) at the same u.
What is drawn is their mean, M(u) = Σ F⁻¹(u) ÷ years, which rises with u; a year is then F⁻¹ at the
u at which M is what was drawn, by a table of both over the log-odds of u. In the central case every
year has its own centre, and the mean is that of the centres.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sroi.model.uncertain.distributions import Certain, Distribution
from sroi.model.uncertain.sobol import sobol_points
from sroi.model.uncertain.tabulated import FARTHEST, KNOTS

Array = NDArray[np.float64]
NEAREST = 2.0**-33
SAMPLE = 4096
CLOSER = 5


class Known(Protocol):
    """The values of quantities by path."""

    def __getitem__(self, path: str) -> Array | float:
        """An array (draw), or one number where it is the same in every draw."""

    def level(self, path: str, years: Together) -> Array:
        """The u at which the mean of years that are drawn together is what it is."""


@dataclass(frozen=True)
class Together:
    """The mean of some years, all at the same u."""

    years: tuple[Distribution, ...]

    @property
    def mean(self) -> float:
        """Mean of the means."""
        return sum(year.mean for year in self.years) / len(self.years)

    @cached_property
    def variance(self) -> float:
        """By quadrature over u: a sum of what moves together has no simpler form."""
        return float(np.var(self.ppf(_MIDPOINTS)))

    @cached_property
    def centre(self) -> float:
        """Mean of the centres."""
        return sum(year.centre for year in self.years) / len(self.years)

    @property
    def low(self) -> float:
        """What hardly anything is below."""
        return float(self.ppf(np.array([NEAREST]))[0])

    @property
    def high(self) -> float:
        """What hardly anything is above."""
        return float(self.ppf(np.array([1 - NEAREST]))[0])

    def ppf(self, u: Array) -> Array:
        """M(u)."""
        total = np.zeros_like(u)
        for year in self.years:
            total += year.ppf(u)
        return total / len(self.years)

    @cached_property
    def _knots(self) -> tuple[Array, Array]:
        """Log-odds in equal steps, and the mean at each."""
        log_odds = np.linspace(-FARTHEST, FARTHEST, KNOTS)
        return log_odds, np.maximum.accumulate(self.ppf(special.expit(log_odds)))

    def cdf(self, mean: Array) -> Array:
        """The u at which M is the mean: between two points of a table, and from there by steps with
        the slope between these (each some hundred times nearer)."""
        log_odds, means = self._knots
        place = np.clip(np.searchsorted(means, mean) - 1, 0, KNOTS - 2)
        first, last = log_odds[place], log_odds[place + 1]
        rise = means[place + 1] - means[place]
        slope = np.where(rise > 0, rise, np.inf) / (last - first)
        where = np.clip(first + (mean - means[place]) / slope, first, last)
        for _ in range(CLOSER):
            where = where - (self.ppf(special.expit(where)) - mean) / slope
            where = np.clip(where, first, last)
        return np.asarray(special.expit(where))


@dataclass(frozen=True)
class YearOf:
    """One year of those that are drawn together as the quantity at a path."""

    path: str
    all: Together
    year: Distribution

    @property
    def roots(self) -> tuple[str, ...]:
        """What it follows from."""
        return (self.path,)

    @property
    def mean(self) -> float:
        """That of the year."""
        return self.year.mean

    @property
    def variance(self) -> float:
        """That of the year."""
        return self.year.variance

    @property
    def centre(self) -> float:
        """That of the year."""
        return self.year.centre

    def ppf(self, u: Array) -> Array:
        """That of the year."""
        return self.year.ppf(u)

    def at(self, values: Known) -> Array | float:
        """F⁻¹ at the u of the mean; where the mean is at its centre, the centre of the year."""
        mean = values[self.path]
        usual = mean == self.all.centre
        if np.all(usual):
            return self.year.centre if np.ndim(mean) == 0 else np.full_like(mean, self.year.centre)
        found = np.where(usual, self.year.centre, self.year.ppf(values.level(self.path, self.all)))
        return found if np.ndim(mean) else float(found[0])


@dataclass(frozen=True)
class Linked:
    """What follows from another quantity: origin × times + plus, all paths, within low and high.

    `known`: the distributions of all quantities, of which this is one.
    """

    origin: str
    times: tuple[str, ...]
    plus: tuple[str, ...]
    low: float
    high: float
    known: Mapping[str, Distribution] = field(compare=False, repr=False)

    @property
    def parts(self) -> tuple[str, ...]:
        """What it follows from directly."""
        return (self.origin, *self.times, *self.plus)

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """What it follows from in the end, drawn or certain."""
        return tuple(dict.fromkeys(root for part in self.parts for root in roots(self.known, part)))

    def at(self, values: Known) -> Array | float:
        """Worked out from the values of what it follows from."""
        found = values[self.origin]
        for path in self.times:
            found = found * values[path]
        for path in self.plus:
            found = found + values[path]
        if np.isfinite(self.low) or np.isfinite(self.high):
            found = np.clip(found, self.low, self.high)
        return found

    @cached_property
    def centre(self) -> float:
        """From the centres."""
        return float(self.at(_Centres(self.known)))

    @cached_property
    def _sample(self) -> Array:
        """Its values where what it follows from is drawn, each by itself."""
        drawn = [path for path in self.roots if not isinstance(self.known[path], Certain)]
        rng = np.random.default_rng(SAMPLE)
        unit = sobol_points(rng, SAMPLE, len(drawn)) if drawn else np.empty((0, 1))
        values = {path: self.known[path].ppf(u) for path, u in zip(drawn, unit, strict=True)}
        return np.atleast_1d(self.at(_Sampled(self.known, values)))

    @property
    def _alone(self) -> Distribution | None:
        """Its origin, where it is nothing but that."""
        return self.known[self.origin] if len(self.parts) == 1 else None

    @cached_property
    def mean(self) -> float:
        """Of a product the product of the means, of a sum their sum, where no part comes back."""
        if self._alone or self._comes_back:
            return self._alone.mean if self._alone else float(self._sample.mean())
        product = np.prod([self.known[path].mean for path in (self.origin, *self.times)])
        return float(product) + sum(self.known[path].mean for path in self.plus)

    @cached_property
    def variance(self) -> float:
        """Of a product Π(σ² + μ²) - Πμ², of a sum Σσ², where no part comes back (Goodman 1960)."""
        if self._alone or self._comes_back:
            return self._alone.variance if self._alone else float(self._sample.var())
        factors = [self.known[path] for path in (self.origin, *self.times)]
        squares = np.prod([one.variance + one.mean**2 for one in factors])
        square = np.prod([one.mean for one in factors]) ** 2
        return float(squares - square) + sum(self.known[path].variance for path in self.plus)

    @cached_property
    def _comes_back(self) -> bool:
        """Whether two of its parts follow from the same; then their moments do not go together."""
        found = [root for part in self.parts for root in roots(self.known, part)]
        return len(found) != len(set(found))

    def ppf(self, u: Array) -> Array:
        """Of the origin where it is that; else from a sample."""
        return self._alone.ppf(u) if self._alone else np.quantile(self._sample, u)

    @cached_property
    def highest(self) -> float:
        """Nothing that follows from its parts is above it; a certain part may become twice as much,
        so that it can be asked what happens then."""
        ends = [_ends(self.known[path]) for path in (self.origin, *self.times)]
        low, high = ends[0]
        for one in ends[1:]:
            products = [x * y for x in (low, high) for y in one]
            low, high = min(products), max(products)
        return min(high + sum(_ends(self.known[path])[1] for path in self.plus), self.high)


Follows = YearOf | Linked


def roots(known: Mapping[str, Distribution], path: str) -> tuple[str, ...]:
    """The quantities that a quantity follows from in the end: itself where it follows from none."""
    one = known[path]
    return one.roots if isinstance(one, Follows) else (path,)


def _ends(one: Distribution) -> tuple[float, float]:
    if isinstance(one, Certain):
        return min(one.value, 2 * one.value), max(one.value, 2 * one.value)
    if isinstance(one, Linked):
        return -one.highest, one.highest
    low, high = one.ppf(np.array([NEAREST, 1 - NEAREST]))
    return float(low), float(high)


@dataclass(frozen=True)
class _Centres:
    known: Mapping[str, Distribution]

    def __getitem__(self, path: str) -> Array | float:
        return self.known[path].centre

    def level(self, path: str, years: Together) -> Array:
        """Of the mean at its centre."""
        return years.cdf(np.atleast_1d(self[path]))


@dataclass(frozen=True)
class _Sampled:
    known: Mapping[str, Distribution]
    values: Mapping[str, Array]

    def __getitem__(self, path: str) -> Array | float:
        one = self.known[path]
        if path in self.values:
            return self.values[path]
        return one.at(self) if isinstance(one, Follows) else one.centre

    def level(self, path: str, years: Together) -> Array:
        """Of the mean as it was drawn."""
        return years.cdf(np.atleast_1d(self[path]))


_MIDPOINTS = (np.arange(100_000) + 0.5) / 100_000
