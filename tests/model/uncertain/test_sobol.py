"""Sobol points of our own: those of scipy, to the last bit."""

import sys

import numpy as np
import pytest
from scipy.stats import qmc

from sroi.model.uncertain import sobol
from sroi.model.uncertain.sobol import sobol_points


@pytest.fixture
def fresh():
    """Directions that were not made before."""
    sobol._directions.cache_clear()
    yield
    sobol._directions.cache_clear()


@pytest.mark.parametrize("dimensions", [1, 2, 7, 60, 1200])
@pytest.mark.parametrize("size", [1, 2, 16, 4096])
def test_every_bit_is_that_of_scipy(dimensions, size):
    """With the same generator, each point in the middle of its cell."""
    theirs = qmc.Sobol(dimensions, scramble=True, seed=np.random.default_rng(3)).random(size).T
    ours = sobol_points(np.random.default_rng(3).spawn(1)[0], size, dimensions)
    assert np.array_equal(ours, theirs + 2.0**-31)


@pytest.mark.parametrize("size", [1, 64, 1024])
def test_where_scipy_keeps_its_table_elsewhere(monkeypatch, fresh, size):
    """The directions are then read from points that scipy itself makes."""
    usual = sobol._directions(9, size)
    sobol._directions.cache_clear()
    monkeypatch.setattr(sobol, "TABLE", "nowhere.npz")
    assert np.array_equal(sobol._directions(9, size), usual)


def test_the_table_is_where_it_is_looked_for(monkeypatch, fresh):
    """So that scipy.stats, which takes long to load, is not asked."""
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    assert sobol_points(np.random.default_rng(1), 8, 4).shape == (4, 8)
