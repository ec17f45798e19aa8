"""Quantile functions in a table against the functions themselves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special
from scipy.interpolate import CubicSpline

from sroi.model.uncertain.sampling import NEAREST
from sroi.model.uncertain.tabulated import _cubics, tabulated

BETA = (special.betaincinv, special.betainccinv)
GAMMA = (special.gammaincinv, special.gammainccinv)
LOG_ODDS = np.linspace(-22.87, 22.87, 2001)
U = np.unique(
    np.clip(np.concatenate([special.expit(LOG_ODDS), [NEAREST, 1 - NEAREST]]), NEAREST, 1)
)
SHAPES = st.floats(0.5, 5e3)


def off(inverses, shape: tuple[float, ...]) -> float:
    """How far the table is off, relative to the range; the upper half is taken from above."""
    ours = tabulated(*inverses, shape, 0.0, 1.0)(U)
    exact = np.where(U < 0.5, inverses[0](*shape, U), inverses[1](*shape, 1 - U))
    return float(np.abs(ours - exact).max() / np.ptp(exact))


@settings(max_examples=40, deadline=None)
@given(SHAPES, SHAPES)
def test_a_beta_is_right_to_ten_digits_of_its_range(a: float, b: float) -> None:
    """From one end of the points to the other; of Beta(½, ½), the least smooth, to half of that."""
    assert off(BETA, (a, b)) <= 2e-10


@settings(max_examples=40, deadline=None)
@given(SHAPES)
def test_a_gamma_is_right_to_ten_digits_of_its_range(shape: float) -> None:
    """Idem."""
    assert off(GAMMA, (shape,)) <= 1e-10


@settings(max_examples=40, deadline=None)
@given(SHAPES, SHAPES)
def test_it_never_falls(a: float, b: float) -> None:
    """A higher u gives no lower value, save for a rounding."""
    drawn = tabulated(*BETA, (a, b), 0.0, 1.0)(U)
    assert (np.diff(drawn) >= -1e-14).all()


@pytest.mark.parametrize("shape", [(2.0, 5.0), (0.5, 0.5), (400.0, 3.0)])
def test_start_and_scale(shape: tuple[float, float]) -> None:
    """start + scale × the quantile."""
    plain, moved = tabulated(*BETA, shape, 0.0, 1.0), tabulated(*BETA, shape, -3.0, 10.0)
    np.testing.assert_allclose(moved(U), -3 + 10 * plain(U), rtol=0, atol=1e-11)


def test_the_points_are_left_as_they_are() -> None:
    """Nothing is written into the array that is given, and its shape is that of the result."""
    table = U[:2000].reshape(40, 50)
    before, ppf = table.copy(), tabulated(*BETA, (2.0, 5.0), 0.0, 1.0)
    found = ppf(table)
    assert np.array_equal(table, before)
    assert np.array_equal(found, ppf(table.ravel()).reshape(40, 50))


def test_the_same_table_is_made_once() -> None:
    """Prices and shares of the same form share it."""
    assert tabulated(*BETA, (2.0, 5.0), 0.0, 1.0) is tabulated(*BETA, (2.0, 5.0), 0.0, 1.0)


@pytest.mark.parametrize("size", [4, 5, 4097])
def test_the_spline_is_that_of_scipy(size: int) -> None:
    """To the last bit."""
    values = np.cumsum(np.random.default_rng(size).random(size))
    theirs = CubicSpline(np.arange(float(size)), values).c
    assert np.array_equal(_cubics(values), theirs)
