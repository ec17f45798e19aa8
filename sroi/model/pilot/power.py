"""Which change of a rate can be seen, and with which chance, from how neighbourhoods went before.

    Var(δ) = (1/p + 1/c) (V(b) + V(a)),  V(m) = φ/μ · Σ_ij ρ^|i-j| ÷ m²

p neighbourhoods with a pilot and c without, b quarters before and a at full strength; μ events a
quarter in a neighbourhood, φ how many times the variance is its mean, ρ what of good and bad luck
lasts into the next quarter. The chance is that of a noncentral t distribution (Bloom 1995,
Evaluation Review 19: 547-556, minimum detectable effects), with as many degrees of freedom as
neighbourhoods of unequal size are worth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

from sroi.model.pilot.panel import Array
from sroi.model.pilot.poisson import fit

POINTS = (np.arange(400) + 0.5) / 400  # of the distribution of an estimated error
LEVEL, LARGEST = 0.05, 2.5  # of a logarithm: 92 % fewer


@dataclass(frozen=True)
class Noise:
    """`cell`: variance of the logarithm of a rate in one neighbourhood and quarter; `lasts`: ρ;
    `uneven`: mean square of sizes over the square of their mean, 1 where all are as large."""

    cell: float
    lasts: float
    uneven: float

    def of_mean(self, quarters: int) -> float:
        """Variance of the mean over so many quarters on end."""
        apart = np.abs(np.subtract.outer(np.arange(quarters), np.arange(quarters)))
        return float(self.cell * (self.lasts**apart).sum() / quarters**2)


@dataclass(frozen=True)
class Design:
    """Neighbourhoods with and without the pilot; quarters before, and at full strength."""

    pilots: int
    comparison: int
    before: int
    after: int

    def error(self, noise: Noise) -> float:
        """Standard error of the logarithm of the ratio."""
        spread = noise.of_mean(self.before) + noise.of_mean(self.after)
        return float(((1 / self.pilots + 1 / self.comparison) * spread) ** 0.5)

    def freedom(self, noise: Noise) -> float:
        """Degrees of freedom."""
        return max((self.pilots + self.comparison) / noise.uneven - 2, 1.0)

    def chance(self, effect: float, noise: Noise) -> float:
        """Of seeing an effect (of a logarithm) as one that chance alone does not give."""
        freedom = self.freedom(noise)
        far = float(stats.t.ppf(1 - LEVEL / 2, freedom))
        away = abs(effect) / max(self.error(noise), 1e-12)
        # scipy's own noncentral t has no number for effects that are seen for certain
        errors = far * np.sqrt(stats.chi2.ppf(POINTS, freedom) / freedom)
        return float((stats.norm.cdf(away - errors) + stats.norm.cdf(-away - errors)).mean())

    def smallest(self, noise: Noise, chance: float = 0.8) -> float:
        """The smallest effect (of a logarithm, above 0) that is seen with a chance; infinite where
        there is none to speak of."""
        if self.chance(LARGEST, noise) < chance:
            return float("inf")
        return float(optimize.brentq(lambda x: self.chance(x, noise) - chance, 0.0, LARGEST))


def noise(counts: Array, base: Array, left_out: NDArray[np.bool_]) -> Noise:
    """From counts and what is expected of them (neighbourhood, quarter), without any pilot."""
    found = fit(counts, base, np.zeros((0, *counts.shape)), left_out)
    mean = np.where(found.cells, found.mean, np.nan)
    by_place = np.nanmean(mean, axis=1)
    size = float(np.nanmean(by_place))
    rest = (counts - mean) / np.sqrt(mean)
    pairs = rest[:, 1:] * rest[:, :-1]
    quarters = int((~left_out).sum())
    lasts = float(np.nansum(pairs) / max(np.nansum(rest**2), 1e-12)) + 1 / quarters
    uneven = float(np.nanmean(by_place**2)) / size**2
    return Noise(max(found.dispersion, 1.0) / size, min(max(lasts, 0.0), 0.9), uneven)
