"""Enabling conditions: the default set to its printed digits, and all combinations by count."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sroi.model.care.conditions import (
    effectiveness,
    expected_effectiveness,
    gain_if_secured,
)
from sroi.model.uncertain.distributions import Occurrence, ScaledBeta

WEIGHTS = (0.60, 0.50, 0.50, 0.15, 0.40, 0.50)
CHANCES = (0.75, 0.70, 0.50, 0.50, 0.75, 0.60)
GAINS = (0.176, 0.176, 0.333, 0.081, 0.111, 0.250)


def test_the_expected_effectiveness() -> None:
    """Exactly 0.36088875."""
    assert expected_effectiveness(WEIGHTS, CHANCES) == pytest.approx(0.36088875, rel=1e-14)


def test_the_expectation_over_all_combinations() -> None:
    """Every condition met or not, weighted by its probability."""
    total = 0.0
    for met in product((0.0, 1.0), repeat=6):
        chance = np.prod([p if b else 1 - p for p, b in zip(CHANCES, met, strict=True)])
        total += float(chance) * effectiveness(WEIGHTS, met)
    assert total == pytest.approx(0.36088875, rel=1e-13)


def test_the_mean_over_draws() -> None:
    """Within four standard errors."""
    unit = np.random.default_rng(1).random((6, 200_000))
    moved = [Occurrence(p).ppf(u) for u, p in zip(unit, CHANCES, strict=True)]
    e = effectiveness(WEIGHTS, moved)
    assert abs(np.mean(e) - 0.36088875) < 4 * np.std(e) / len(unit[0]) ** 0.5


def test_gains() -> None:
    """Securing one condition, to the printed digits."""
    gains = [gain_if_secured(w, p) for w, p in zip(WEIGHTS, CHANCES, strict=True)]
    assert gains == pytest.approx(GAINS, abs=5.1e-4)


@given(st.integers(0, 5))
def test_a_gain_is_what_the_expectation_gains(which: int) -> None:
    """E[E | met] ÷ E[E] - 1."""
    met = [1.0 if k == which else p for k, p in enumerate(CHANCES)]
    ratio = expected_effectiveness(WEIGHTS, met) / expected_effectiveness(WEIGHTS, CHANCES)
    assert gain_if_secured(WEIGHTS[which], CHANCES[which]) == pytest.approx(ratio - 1)


def test_necessary_and_irrelevant() -> None:
    """At weight 1 nothing is left of it; at weight 0 it does not matter."""
    assert effectiveness([1.0, 0.3], [0.0, 1.0]) == 0
    assert effectiveness([0.0], [0.0]) == 1
    assert effectiveness([], []) == 1


def test_a_chance_of_none_and_of_one() -> None:
    """Never, and always; a chance may be a draw."""
    unit = np.array([0.0, 0.5, np.nextafter(1, 0)])
    np.testing.assert_array_equal(Occurrence(0.0).ppf(1 - unit), 0)
    np.testing.assert_array_equal(Occurrence(1.0).ppf(1 - unit), 1)
    np.testing.assert_array_equal(Occurrence(np.array([0.1, 0.5, 1.0])).ppf(1 - unit), [1, 0, 1])


def test_a_degree_is_a_beta() -> None:
    """With the mean and the counts that are asked for."""
    unit = np.linspace(0.01, 0.99, 9)
    expected = stats.beta(0.7 * 8, 0.3 * 8).ppf(unit)
    np.testing.assert_allclose(ScaledBeta(0.7 * 8.0, 0.3 * 8.0).ppf(unit), expected, rtol=1e-10)
