"""Draws weighed by what was seen: against closed forms, a grid and the known normal case."""

import numpy as np
import pytest
from scipy import stats

from sroi.model.follow.evidence import (
    Counted,
    Measured,
    Share,
    closed_form,
    effective,
    weights,
)
from sroi.model.uncertain.distributions import Gamma, Normal, ScaledBeta, pert

N = 2**16
UNIT = (np.arange(N) + 0.5) / N
AT = (0.05, 0.5, 0.95)


def mean(size, weight):
    """Weighted mean."""
    return float((size * weight).sum())


def quantiles(size, weight, at):
    """Weighted quantiles: between the middles of what the sorted draws weigh."""
    order = np.argsort(size, kind="stable")
    middles = np.cumsum(weight[order]) - weight[order] / 2
    return [float(x) for x in np.interp(at, middles, size[order])]


def weighed(prior, *seen):
    """Draws of a prior, and what they weigh."""
    size = prior.ppf(UNIT)
    return size, weights([one.log_likelihood(size) for one in seen], N)


def test_the_known_normal_case():
    """Normal(10, 3) and 12 measured with sd 2: mean (10·4 + 12·9)/13, precision 1/9 + 1/4."""
    size, weight = weighed(Normal(10, 3), Measured(12, 2))
    known = stats.norm((10 * 4 + 12 * 9) / 13, (1 / 9 + 1 / 4) ** -0.5)
    assert mean(size, weight) == pytest.approx(known.mean(), abs=1e-3)
    assert quantiles(size, weight, AT) == pytest.approx(known.ppf(AT), abs=1e-2)


def test_two_measurements_are_one_after_the_other():
    size, both = weighed(Normal(10, 3), Measured(12, 2), Measured(8, 1))
    precision = 1 / 9 + 1 / 4 + 1
    assert mean(size, both) == pytest.approx((10 / 9 + 12 / 4 + 8) / precision, abs=1e-3)


def test_counts_of_a_beta_in_closed_form():
    """Beta(2.5, 8.5) with 14 of 60 is Beta(16.5, 54.5); weights come to the same."""
    prior, seen = ScaledBeta(2.5, 8.5), (Share(10, 40), Share(4, 20))
    new = closed_form(prior, seen)
    assert (new.a, new.b) == (16.5, 54.5)
    size, weight = weighed(prior, *seen)
    assert mean(size, weight) == pytest.approx(new.mean, abs=1e-4)
    known = stats.beta(16.5, 54.5).ppf(AT)
    assert quantiles(size, weight, AT) == pytest.approx(known, abs=1e-3)
    assert new.ppf(np.array(AT)) == pytest.approx(known, abs=1e-6)


def test_counts_of_a_gamma_in_closed_form():
    """Gamma with mean 160 and cv 15% is shape 44.4 and rate 0.278; with 290 in two years the shape
    gains 290 and the rate 2."""
    prior, seen = Gamma(160, 0.15), (Counted(150, 1), Counted(140, 1))
    new = closed_form(prior, seen)
    shape, rate = 0.15**-2, 0.15**-2 / 160
    known = stats.gamma(shape + 290, scale=1 / (rate + 2))
    assert new.mean == pytest.approx(known.mean())
    assert new.ppf(np.array(AT)) == pytest.approx(known.ppf(AT), rel=1e-6)
    size, weight = weighed(prior, *seen)
    assert quantiles(size, weight, AT) == pytest.approx(known.ppf(AT), rel=2e-3)


@pytest.mark.parametrize(
    "seen", [Share(7, 40), Counted(7, 40), Measured(0.2, 0.06)], ids=["share", "events", "band"]
)
def test_any_prior_against_a_grid(seen):
    """Prior × likelihood on a fine grid of the quantity, added up."""
    prior = pert(0.02, 0.15, 0.6)
    size, weight = weighed(prior, seen)
    grid = np.linspace(0.0201, 0.5999, 20_001)
    density = stats.beta(prior.a, prior.b, prior.low, prior.high - prior.low).pdf(grid)
    after = density * np.exp(seen.log_likelihood(grid))
    after /= after.sum()
    assert mean(size, weight) == pytest.approx((grid * after).sum(), abs=2e-4)
    known = np.interp(AT, np.cumsum(after), grid)
    assert quantiles(size, weight, AT) == pytest.approx(known, abs=1e-3)


def test_a_rate_that_is_no_share_cannot_bring_one():
    size = np.array([-0.1, 0.5, 1.2])
    assert weights([Share(3, 6).log_likelihood(size)], 3) == pytest.approx([0, 1, 0])


def test_what_no_draw_could_bring():
    size = np.array([-1.0, -2.0])
    weight = weights([Counted(5, 1).log_likelihood(size)], 2)
    assert effective(weight) == 0


def test_the_effective_number_of_draws():
    assert effective(np.full(100, 0.01)) == pytest.approx(100)
    assert effective(np.array([0.5, 0.5, 0.0, 0.0])) == pytest.approx(2)


def test_even_weights_are_plain_quantiles():
    size = np.random.default_rng(1).normal(size=4001)
    even = np.full(4001, 1 / 4001)
    assert quantiles(size, even, AT) == pytest.approx(np.quantile(size, AT), abs=5e-3)


@pytest.mark.parametrize(
    ("prior", "seen"),
    [(pert(0, 1, 2), Counted(3, 1)), (ScaledBeta(2, 3, 0, 2), Share(1, 4)),
     (ScaledBeta(2, 3), Measured(0.3, 0.1)), (Gamma(5, 0.3), Measured(5, 1))],
)  # fmt: skip
def test_what_has_no_closed_form(prior, seen):
    assert closed_form(prior, [seen]) is None
