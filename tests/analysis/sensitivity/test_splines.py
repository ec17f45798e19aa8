"""The regression on the other replicates: what it finds, and that it finds nothing in chance."""

import numpy as np
import pytest
from known_functions import EACH, unit
from scipy.special import ndtri
from scipy.stats import rankdata

from sroi.analysis.sensitivity.splines import (
    LEAST_CURVE,
    MOST_TERMS,
    columns,
    columns_together,
    fitted,
    ranks,
)
from sroi.model.uncertain.sampling import REPLICATES


def left(y, fit):
    """Share of the variance that a fit leaves."""
    return np.mean((y - fit) ** 2) / np.var(y)


def test_ranks_are_those_of_scipy():
    """From 0, halves where values are equal."""
    rng = np.random.default_rng(1)
    for x in (rng.random(100), rng.integers(0, 5, 100) * 1.0, np.ones(7)):
        assert np.array_equal(ranks(x), rankdata(x) - 1)


@pytest.mark.parametrize(
    "curve",
    [
        lambda u: 3 - 2 * u,
        lambda u: u**3 - u,
        lambda u: np.sin(2 * np.pi * u),
        lambda u: np.abs(u - 0.5),
        ndtri,
        lambda u: np.exp(0.5 * ndtri(u)),
    ],
)
def test_a_curve_is_found_back(curve):
    """Also where the quantity itself is skewed: the line takes what is straight in its value."""
    u = unit(2)
    y = curve(u[0])
    assert left(y, fitted(columns(u[0]), y)) < 0.05
    assert left(y, fitted(columns(ndtri(u[0])), y)) < 0.05
    assert left(y, fitted(columns(y), y)) < 1e-6
    noise = ndtri(u[1]) * y.std()
    assert left(y, fitted(columns(u[0]), y + noise)) < 0.06


def test_two_values_are_two_means():
    """Each draw gets the mean of its kind in the other replicates."""
    u = unit(2)
    x = (u[0] > 0.3) * 1.0
    y = 5 + 2 * x + u[1] ** 2
    parts, kinds = y.reshape(REPLICATES, -1), x.reshape(REPLICATES, -1)
    others = np.delete(parts, 3, axis=0)[np.delete(kinds, 3, axis=0) == 1].mean()
    fit = fitted(columns(x), y).reshape(REPLICATES, -1)[3]
    assert fit[kinds[3] == 1] == pytest.approx(others, rel=1e-5)


def test_one_value_is_one_mean_and_a_rare_event_does_no_harm():
    """Nothing is divided by nothing: an event may be absent from all other replicates."""
    y = ndtri(unit(1)[0]) + 10
    means = y.reshape(REPLICATES, -1).mean(axis=1)
    expected = np.repeat((means.sum() - means) / (REPLICATES - 1), EACH)
    assert fitted(columns(np.full(len(y), 7.0)), y) == pytest.approx(expected, rel=1e-9)
    rare = np.zeros(len(y))
    rare[5] = 1
    assert np.isfinite(fitted(columns(rare), y)).all()
    assert np.delete(fitted(columns(rare), y), 5) == pytest.approx(np.delete(expected, 5), rel=1e-3)


def test_a_draw_is_not_fitted_on_itself():
    """Changing a replicate changes no prediction in it."""
    u = unit(2)
    y = u[0] + u[1]
    changed = y.copy()
    changed[:EACH] = 100 * u[1][:EACH]
    terms = columns(u[0])
    assert np.allclose(fitted(terms, y)[:EACH], fitted(terms, changed)[:EACH], rtol=1e-9)
    assert not np.allclose(fitted(terms, y)[EACH:], fitted(terms, changed)[EACH:])


def test_chance_explains_nothing():
    """What has nothing to do with the result leaves all of the variance."""
    u = unit(2, method="plain")
    assert 1 <= left(ndtri(u[1]), fitted(columns(u[0]), ndtri(u[1]))) < 1.01


def test_products_are_found():
    """Two that do nothing each and everything together."""
    x, y = ndtri(unit(2))
    assert left(x * y, fitted(columns_together([x, y], x * y), x * y)) < 1e-6
    assert left(x * y, fitted(columns(x), x * y)) > 0.98


@pytest.mark.parametrize("members", [1, 2, 3, 8, 25, 60, 90])
def test_the_number_of_terms_stays_small(members):
    """However many quantities there are; and the strongest are among them."""
    x = ndtri(unit(members, method="plain"))
    y = x[-1] + 0.01 * x.sum(axis=0)
    terms = columns_together(list(x), y)
    assert terms.shape[1] <= MOST_TERMS
    assert terms.shape[1] >= min(members, 60) + LEAST_CURVE
    assert left(y, fitted(terms, y)) < 0.05
