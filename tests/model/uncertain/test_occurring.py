"""What happens or does not, from one dimension: chances, correlations and evenness."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from sroi.model.uncertain.copula import Copula
from sroi.model.uncertain.distributions import Occurrence
from sroi.model.uncertain.occurring import below, groups, occurring, probabilities
from sroi.model.uncertain.sampling import points

CHANCES = st.lists(st.floats(0.02, 0.98), min_size=1, max_size=4)


def all_states(size: int) -> np.ndarray:
    """Every combination of what happens (1) and what does not (0)."""
    return np.array(list(product((0, 1), repeat=size)), dtype=float)


def correlations(size: int, rho: float) -> np.ndarray:
    """Everything moves together alike."""
    return np.full((size, size), rho) + (1 - rho) * np.eye(size)


def test_two_even_chances_by_hand() -> None:
    """Sheppard: both happen with chance 1/4 + arcsin(rho)/2π."""
    both = probabilities(np.array([[1.0, 1.0]]), np.array([0.5, 0.5]), correlations(2, 0.5))[0]
    assert both == pytest.approx(1 / 4 + np.arcsin(0.5) / (2 * np.pi), abs=1e-12)


def test_three_even_chances_by_hand() -> None:
    """All three: 1/8 + Σ arcsin(rho)/4π, so a quarter where rho is a half."""
    three = probabilities(np.ones((1, 3)), np.full(3, 0.5), correlations(3, 0.5))[0]
    assert three == pytest.approx(1 / 4, abs=1e-10)


def test_four_at_a_half_have_one_chance_in_five() -> None:
    """Scores that are one common score less their own: that it is the largest of five."""
    assert below(np.zeros(4), correlations(4, 0.5)) == pytest.approx(1 / 5, abs=1e-8)


@given(st.floats(-2.5, 2.5), st.floats(-2.5, 2.5), st.floats(-0.95, 0.95))
@settings(max_examples=40, deadline=None)
def test_two_limits_agree_with_scipy(one: float, other: float, rho: float) -> None:
    """Whose distribution function of two normal scores is exact."""
    square = correlations(2, rho)
    expected = multivariate_normal.cdf([one, other], mean=[0, 0], cov=square)
    assert below(np.array([one, other]), square) == pytest.approx(expected, abs=1e-9)


@given(CHANCES)
@settings(max_examples=40, deadline=None)
def test_what_is_independent_multiplies(chances: list[float]) -> None:
    """And the states are all there is."""
    states, known = all_states(len(chances)), np.array(chances)
    found = probabilities(states, known, np.eye(len(chances)))
    expected = np.prod(np.where(states == 1, known, 1 - known), axis=1)
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    assert found.sum() == pytest.approx(1, abs=1e-12)


@given(CHANCES, st.floats(-0.25, 0.8))
@settings(max_examples=30, deadline=None)
def test_whatever_moves_together_every_chance_stays(chances: list[float], rho: float) -> None:
    """The states in which a thing happens add up to its chance, and all states to one."""
    states, known = all_states(len(chances)), np.array(chances)
    found = probabilities(states, known, correlations(len(chances), rho))
    np.testing.assert_allclose(states.T @ found, known, atol=1e-7)
    assert found.sum() == pytest.approx(1, abs=1e-7)


def test_only_what_moves_together_is_one_group() -> None:
    """Also by way of a third."""
    square = np.eye(5)
    for i, j in ((0, 3), (3, 4)):
        square[i, j] = square[j, i] = 0.4
    assert groups(square) == [[0, 3, 4], [1], [2]]


def drawn(chances: list[float], square: np.ndarray, size: int = 4096) -> np.ndarray:
    """What happens in Sobol points (thing, draw)."""
    rows = range(len(chances))
    whole = occurring(list(rows), chances, [0.5] * len(chances), square)
    unit = points("sobol", 1, 0, size, len(chances))
    bound = Copula((), np.empty((0, 0)), whole).bind(unit)
    return np.array([Occurrence(p).ppf(bound[row]) for row, p in enumerate(chances)])


def test_chances_and_pairs_of_correlated_things_are_those_that_were_stated() -> None:
    """As right as independent ones: of 4,096 points every count is right to a few."""
    chances = [0.75, 0.5, 0.7]
    square = np.eye(3)
    square[0, 1] = square[1, 0] = 0.5
    found = drawn(chances, square)
    assert found.mean(axis=1) == pytest.approx(chances, abs=4 / 4096)
    for i, j in combinations(range(3), 2):
        pair = np.array([[1.0, 1.0]])
        both = probabilities(
            pair, np.array([chances[i], chances[j]]), square[np.ix_([i, j], [i, j])]
        )
        assert (found[i] * found[j]).mean() == pytest.approx(both[0], abs=4 / 4096)


def test_the_product_goes_up_in_small_steps() -> None:
    """From the state in which nothing happens to the one in which all does."""
    weights = [0.6, 0.5, 0.15]
    whole = occurring([0, 1, 2], [0.5, 0.5, 0.5], weights, np.eye(3))
    states = np.array([[u > 0.5 for u in row] for row in whole.points], dtype=float)
    worth = np.prod(1 - np.array(weights) * (1 - states), axis=1)
    assert (np.diff(worth) >= 0).all()
    assert (worth[0], worth[-1]) == pytest.approx((0.4 * 0.5 * 0.85, 1.0))
    assert whole.upto == pytest.approx(np.arange(1, 9) / 8)


def test_no_bit_depends_on_how_many_draws_there_are() -> None:
    """Points by themselves and in parts."""
    whole = occurring([0, 1], [0.3, 0.6], [0.5, 0.5], correlations(2, 0.3))
    copula = Copula((), np.empty((0, 0)), whole)
    unit = points("sobol", 1, 0, 256, 3)
    parts = [copula.bind(unit[:, at : at + 64]) for at in range(0, 256, 64)]
    np.testing.assert_array_equal(copula.bind(unit), np.concatenate(parts, axis=1))
