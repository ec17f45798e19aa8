"""Measures by SALib: what it is handed, what it may not do to others, and known answers."""

import warnings

import numpy as np
import pytest
from known_functions import ishigami, ishigami_indices, unit
from scipy.special import ndtri
from scipy.stats import ks_2samp

from sroi.analysis.sensitivity.salib import delta, first_order, pawn

MEASURES = [pawn, first_order, lambda x, y: delta(x, y, 1)]


def in_slices(x, y):
    """PAWN by hand: 16 equal slices, all draws in them."""
    slices = np.array_split(np.argsort(x, kind="stable"), 16)
    return np.mean([ks_2samp(y[part], y, method="asymp").statistic for part in slices])


def test_pawn_is_the_mean_over_slices():
    """But for the largest value, which SALib leaves out."""
    u = unit(3)
    expected = [in_slices(x, ishigami(u)) for x in u]
    assert pawn(list(u), ishigami(u)) == pytest.approx(expected, abs=2e-3)


def test_draws_at_the_same_largest_value_count():
    """As where a quantity was cut: given the values, SALib would leave all of these out."""
    rng = np.random.default_rng(1)
    x = np.minimum(rng.random(1600), 0.7)
    y = x + 0.1 * rng.random(1600)
    assert pawn([x], y) == pytest.approx([in_slices(x, y)], abs=2e-3)


@pytest.mark.parametrize("chance", [0.5, 0.25, 1 / 16])
def test_pawn_of_what_happens_or_not(chance):
    """Two slices as large as they are: 2 p (1 - p) where it decides everything."""
    u = unit(2)
    x = (u[0] > 1 - chance) * 1.0
    found = pawn([x, u[0]], x + 0.5 * u[1])
    assert found[0] == pytest.approx(2 * chance * (1 - chance), abs=1e-3)


def test_first_order_of_ishigami():
    """As by integration."""
    u = unit(3)
    assert first_order(list(u), ishigami(u)) == pytest.approx(ishigami_indices()[0], abs=0.01)


def test_delta_of_what_is_all_and_of_what_is_nothing():
    """Large where it decides everything, small where it does nothing; by seed."""
    u = unit(2)[:, :512]
    y = ndtri(u[0])
    (all_, error), (nothing, _) = delta(list(u), y, 0)
    assert nothing < 0.2
    assert 0.6 < all_ < 1
    assert 0 < error < 0.1
    assert delta(list(u), y, 0)[0] == (all_, error)
    assert delta(list(u), y, 1)[0] != (all_, error)
    assert delta(list(u), y, 2**32) != []


def test_delta_does_not_hang_on_the_scale():
    """Of a quantity, however skew it is, or of results."""
    u = unit(2)[:, :512]
    y = u[0] + u[1]
    skew = delta([np.exp(20 * u[0])], 1e9 * y, 1)[0]
    assert skew == pytest.approx(delta([u[0]], y, 1)[0], abs=1e-6)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_only_numbers_are_handed_over(measure, wrong):
    """SALib says nothing of what is no number; so that is found first."""
    good = np.random.default_rng(1).random(160)
    bad = np.r_[wrong, good[1:]]
    with pytest.raises(ValueError, match="results must be finite"):
        measure([good], bad)
    with pytest.raises(ValueError, match="quantity 1 must be finite"):
        measure([good, bad], good)


@pytest.mark.parametrize("measure", MEASURES)
def test_of_no_quantities(measure):
    """Nothing."""
    assert measure([], np.arange(16.0)) == []


def test_others_are_left_alone():
    """Neither warnings nor numpy's random numbers are what SALib made of them."""
    filters, written = list(warnings.filters), warnings.formatwarning
    np.random.seed(5)
    expected = np.random.random()
    np.random.seed(5)
    x = np.random.default_rng(1).random(512)
    delta([x], x**2, 1)
    assert np.random.random() == expected
    assert (list(warnings.filters), warnings.formatwarning) == (filters, written)
