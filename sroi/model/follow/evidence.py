"""How likely what was seen is under each draw, and what the draws weigh then.

    counted      n people in a share e of a year: Poisson(e · volume)
    share        y of n people: binomial(n, rate)
    events       y of n units, of a rate that may pass 1: Poisson(n · rate)
    measured     m with standard deviation s: normal(m; quantity, s)

A weight is the product of these, ÷ their sum: importance sampling with the prior as proposal, for
every block of numbers by itself (see `redrawn`). The effective number of draws is (Σw)² ÷ Σw².
Where the prior is a beta or gamma of its own, counts update it in closed form and it is drawn anew:

    Beta(a, b)   with y of n       Beta(a + y, b + n - y)
    Gamma(k, λ)  with y over e     Gamma(k + y, λ + e)

Source: Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., ch. 2 and 10; Kish (1965), Survey
Sampling, for the effective number (from memory).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sroi.model.uncertain.distributions import Distribution, Gamma, ScaledBeta

Array = NDArray[np.float64]
LEAST = 400  # draws that a band can be told from
NEVER = -np.inf


@dataclass(frozen=True)
class Counted:
    """`count` people or units seen, of a size by unit of `exposure`."""

    count: float
    exposure: float

    def log_likelihood(self, size: Array) -> Array:
        """Poisson (draw), up to a constant."""
        mean = size * self.exposure
        with np.errstate(divide="ignore", invalid="ignore"):
            found = special.xlogy(self.count, mean) - mean
        return np.where(mean < 0, NEVER, found)


@dataclass(frozen=True)
class Share:
    """`yes` of `of` people."""

    yes: float
    of: float

    def log_likelihood(self, size: Array) -> Array:
        """Binomial (draw), up to a constant; nothing outside 0 to 1."""
        inside = np.clip(size, 0.0, 1.0)
        found = special.xlogy(self.yes, inside) + special.xlog1py(self.of - self.yes, -inside)
        return np.where((size < 0) | (size > 1), NEVER, found)


@dataclass(frozen=True)
class Measured:
    """A mean with its standard deviation."""

    mean: float
    sd: float

    def log_likelihood(self, size: Array) -> Array:
        """Normal (draw), up to a constant."""
        return np.asarray(-0.5 * ((size - self.mean) / self.sd) ** 2)


Seen = Counted | Share | Measured


def weights(log_likelihoods: Sequence[Array], draws: int) -> Array:
    """What each draw weighs, summing to 1; equal where nothing was seen, and nothing at all where
    no draw could have brought what was seen."""
    total = np.zeros(draws)
    for one in log_likelihoods:
        total = total + one
    highest = total.max(initial=NEVER)
    if not np.isfinite(highest):
        return np.zeros(draws)
    found = np.exp(total - highest)
    return np.asarray(found / found.sum())


def effective(weight: Array) -> float:
    """The effective number of draws: as many even ones would say as much."""
    squares = float((weight**2).sum())
    return float(weight.sum()) ** 2 / squares if squares else 0.0


def closed_form(prior: Distribution, seen: Sequence[Seen]) -> Distribution | None:
    """The distribution that counts make of a beta or gamma; None where there is no such form."""
    if isinstance(prior, ScaledBeta) and prior.best is None and (prior.low, prior.high) == (0, 1):
        shares = [one for one in seen if isinstance(one, Share)]
        if len(shares) == len(seen):
            yes, no = (sum(one.yes for one in shares), sum(one.of - one.yes for one in shares))
            return ScaledBeta(prior.a + yes, prior.b + no)
    if isinstance(prior, Gamma):
        counts = [one for one in seen if isinstance(one, Counted)]
        if len(counts) == len(seen):
            shape, rate = prior.cv**-2, prior.cv**-2 / prior.mean
            shape += sum(one.count for one in counts)
            rate += sum(one.exposure for one in counts)
            return Gamma(shape / rate, shape**-0.5)
    return None
