"""From scores before and after to the share of people that changed, with its range.

    net rate      e = (n₊ - n₋) ÷ n, with a Dirichlet(⅓, ⅓, ⅓) prior
    anyway        e₀: what a comparison group did, or what regression to the mean would do
    missing       (e - e₀)(r + (1 - r) φ): of who was not measured again, a share φ changed too

Scores are oriented: higher is better, whatever the instrument. Arrays are (…, person) for scores
and (…) for counts and rates, so that a thousand surveys are one call.

Sources: Jacobson & Truax (1991), J Consult Clin Psychol 59: 12–19 (reliable change; from memory);
Linden (2013), BMC Med Res Methodol 13: 119 (regression to the mean, and that the normal formula
understates it where scores are skewed); Imbens & Manski (2004), Econometrica 72: 1845–1857 (an
interval that holds at both ends of what is not known).
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy import special

Array = NDArray[np.float64]
Amount = Array | float

PRIOR = 1 / 3
Z = NormalDist().inv_cdf(0.975)
LOW_RESPONSE = 0.6
CELLS = 400  # of a scale that has no steps
HALF, NONE = 0.5, 0.0


@dataclass(frozen=True)
class ByPoints:
    """Changed: at least so many points."""

    least: float


@dataclass(frozen=True)
class ByClass:
    """Changed: into another class; every cut (oriented, ascending) begins the next one up."""

    cuts: tuple[float, ...]


Rule = ByPoints | ByClass


@dataclass(frozen=True)
class Estimate:
    """A rate with its uncertainty, as a normal distribution."""

    mean: Amount
    sd: Amount

    @property
    def low(self) -> Amount:
        """Lower end of the 95 % range."""
        return self.mean - Z * self.sd

    @property
    def high(self) -> Amount:
        """Upper end of the 95 % range."""
        return self.mean + Z * self.sd


def reliable_change(sd: Amount, reliability: Amount) -> Amount:
    """Points that measurement error alone exceeds in 5 % of people: 1.96 · sd · √(2 (1 - r))."""
    return Z * sd * np.sqrt(2 * (1 - reliability))


def direction(before: Array, after: Array, rule: Rule) -> NDArray[np.int64]:
    """+1 improved, 0 the same, -1 worse, for every pair of oriented scores."""
    if isinstance(rule, ByPoints):
        far = np.abs(after - before) >= rule.least - 1e-9
        return np.where(far, np.sign(after - before), 0).astype(np.int64)
    way: NDArray[np.int64] = np.sign(_class(after, rule) - _class(before, rule))
    return way


def _class(score: Array, rule: ByClass) -> NDArray[np.int64]:
    return np.searchsorted(np.array(rule.cuts) - 1e-9, score, side="right")


def net_rate(improved: Amount, same: Amount, worse: Amount, unsure: Amount = 0.0) -> Estimate:
    """Improved minus worse, as a share of all. `unsure`: variance of n₊ - n₋ as a count."""
    n = improved + same + worse + 3 * PRIOR
    mean = (improved - worse) / n
    changed = (improved + worse + 2 * PRIOR) / n
    return Estimate(mean, np.sqrt((changed - mean**2) / (n + 1) + unsure / n**2))


def net_rate_range(improved: float, same: float, worse: float) -> tuple[float, float]:
    """The 95 % range of the net rate, which is skewed where few people changed.

    p₊ - p₋ = t (2u - 1): t ~ Beta(n₊ + n₋ + ⅔, n₀ + ⅓) changed, u ~ Beta(n₊ + ⅓, n₋ + ⅓) of those
    for the better; over a grid of their quantiles.
    """
    at = (np.arange(CELLS) + 0.5) / CELLS
    changed = special.betaincinv(improved + worse + 2 * PRIOR, same + PRIOR, at)
    better = special.betaincinv(improved + PRIOR, worse + PRIOR, at)
    low, high = np.quantile(changed[:, None] * (2 * better - 1), [0.025, 0.975])
    return float(low), float(high)


def difference(programme: Estimate, comparison: Estimate) -> Estimate:
    """What the one did more than the other: difference in differences."""
    return Estimate(programme.mean - comparison.mean, np.hypot(programme.sd, comparison.sd))


def with_missing(effect: Estimate, response: Amount, of_missing: float = HALF) -> Estimate:
    """The effect over all who started. `response`: share that was measured again.

    `of_missing` (φ): the share of the effect that those who were not measured had. Nobody knows;
    the range holds whether it was none or all of it, so that it never narrows as more are missing.
    """
    missing = 1 - response
    sd = effect.sd + np.abs(effect.mean) * missing / (2 * Z)
    return Estimate(effect.mean * (response + missing * of_missing), sd)


def lower_bound(rate: Amount, response: Amount) -> Amount:
    """The rate over all who started if nobody who is missing has changed."""
    return rate * response


def mean_below(mean: float, sd: float, cut: float) -> float:
    """Mean of those who score below a cut: μ - σ φ(z) ÷ Φ(z), with z = (cut - μ) ÷ σ."""
    z = NormalDist().pdf((cut - mean) / sd), NormalDist().cdf((cut - mean) / sd)
    return mean - sd * z[0] / z[1]


def regression_to_the_mean(mean: float, correlation: float, before: float) -> float:
    """Points by which people with a mean `before` move up without any effect: (1 - ρ)(μ - x̄)."""
    return (1 - correlation) * (mean - before)


@dataclass(frozen=True)
class Scale:
    """An oriented scale: its ends, and the step between scores (None: any score can be)."""

    low: float
    high: float
    step: float | None = None

    @property
    def scores(self) -> Array:
        """Every score there can be."""
        cells = CELLS if self.step is None else round((self.high - self.low) / self.step)
        return np.linspace(self.low, self.high, cells + 1)


def net_rate_anyway(
    before: Array, rule: Rule, scale: Scale, mean: float, sd: float, correlation: float
) -> Amount:
    """The net rate that regression to the mean gives by itself, of people with these scores.

    Without any effect the score after is normal around μ + ρ (x - μ) with sd σ √(1 - ρ²), cut at
    the ends of the scale and rounded to its steps. Classified by the same rule as the people.
    """
    scores = scale.scores
    edges = np.array([-np.inf, *(scores[1:] + scores[:-1]) / 2, np.inf])
    expected = mean + correlation * (before - mean)
    below = special.ndtr((edges - expected[..., None]) / (sd * np.sqrt(1 - correlation**2)))
    chances = np.diff(below, axis=-1)
    net = (chances * direction(before[..., None], scores, rule)).sum(axis=-1)
    found: Array | float = net.mean(axis=-1)
    return found
