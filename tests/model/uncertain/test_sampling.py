"""Points of the unit cube: inside it, evenly spread, and a function of seed and part alone."""

import numpy as np
import pytest
from scipy.stats import qmc

from sroi.model.uncertain.sampling import NEAREST, REPLICATES, draws_used, own_points, points

METHODS = ("sobol", "latin-hypercube", "plain")
STRATIFIED = ("sobol", "latin-hypercube")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("size", "dimensions"), [(1, 1), (16, 3), (4096, 7), (1024, 200)])
def test_points_lie_strictly_inside(method: str, size: int, dimensions: int) -> None:
    """An array (dimension, draw), no point nearer than 2^-33 to a side."""
    unit = points(method, 1, 0, size, dimensions)
    assert unit.shape == (dimensions, size)
    assert unit.min() >= NEAREST
    assert unit.max() <= 1 - NEAREST


@pytest.mark.parametrize("method", METHODS)
def test_seed_and_part_decide_everything(method: str) -> None:
    """The same seed and part give the same bytes; another seed or another part does not."""
    first = points(method, 7, 3, 256, 5)
    np.testing.assert_array_equal(first, points(method, 7, 3, 256, 5))
    assert not np.array_equal(first, points(method, 8, 3, 256, 5))
    assert not np.array_equal(first, points(method, 7, 4, 256, 5))


@pytest.mark.parametrize("method", STRATIFIED)
def test_every_stratum_holds_one_point(method: str) -> None:
    """Of n points each of the n equal intervals of every dimension holds exactly one."""
    unit = points(method, 5, 2, 1024, 12)
    ranks = np.sort(np.floor(unit * 1024), axis=1)
    np.testing.assert_array_equal(ranks, np.tile(np.arange(1024.0), (12, 1)))


@pytest.mark.parametrize("size", [16, 1024, 8192])
def test_sobol_points_are_those_of_scipy(size: int) -> None:
    """In pieces or in one call, the sequence is the same; each point in the middle of its cell."""
    rng = np.random.default_rng(np.random.SeedSequence(9, spawn_key=(4,)))
    whole = qmc.Sobol(6, scramble=True, rng=rng).random(size).T
    np.testing.assert_array_equal(points("sobol", 9, 4, size, 6), whole + 2.0**-31)


@pytest.mark.parametrize("method", METHODS)
def test_the_spread_over_the_parts_is_the_error(method: str) -> None:
    """The mean of a smooth function is right within four standard errors over the parts.

    Σ exp(u) over four dimensions has mean 4 (e - 1); over many seeds the errors have size 1.
    """
    off = []
    for seed in range(50):
        parts = [np.exp(points(method, seed, k, 64, 4)).sum(axis=0) for k in range(REPLICATES)]
        means = np.mean(parts, axis=1)
        error = means.std(ddof=1) / REPLICATES**0.5
        off.append((means.mean() - 4 * (np.e - 1)) / error)
    assert np.abs(off).max() < 4.5
    assert 0.7 < np.std(off) < 1.4


@pytest.mark.parametrize("method", METHODS)
def test_parts_share_no_points(method: str) -> None:
    """No two parts have a coordinate in common."""
    parts = [points(method, 3, k, 256, 2)[0] for k in range(REPLICATES)]
    assert len(np.unique(np.concatenate(parts))) == 256 * REPLICATES


@pytest.mark.parametrize("method", METHODS)
def test_nothing_uncertain_takes_no_points(method: str) -> None:
    """With no dimensions there are draws and no numbers."""
    assert points(method, 1, 0, 64, 0).shape == (0, 64)


def test_draws_are_rounded_up() -> None:
    """Sobol points come in powers of two, the others in a whole number for each part."""
    assert [draws_used("sobol", n) for n in (1, 16, 17, 1000, 65_536)] == [16, 16, 32, 1024, 65_536]
    assert [draws_used("plain", n) for n in (1, 16, 17, 1000)] == [16, 16, 32, 1008]
    assert draws_used("latin-hypercube", 65_536) == 65_536


@pytest.mark.parametrize("method", ["sobol", "latin-hypercube", "plain"])
def test_some_of_the_dimensions_are_the_same_as_of_all(method):
    every = points(method, 3, 2, 64, 7)
    assert np.array_equal(points(method, 3, 2, 64, 7, [5, 0, 5]), every[[5, 0, 5]])
    assert points(method, 3, 2, 64, 7, []).shape == (0, 64)


@pytest.mark.parametrize("method", ["sobol", "plain"])
def test_points_of_a_name_are_its_own(method):
    """Reproducible, even, and without anything to do with those of another name or part."""
    names = [own_points(method, 1, name, part, 4096) for name in ("a", "b") for part in (0, 1)]
    assert np.array_equal(names[0], own_points(method, 1, "a", 0, 4096))
    assert not np.array_equal(names[0], own_points(method, 2, "a", 0, 4096))
    found = np.corrcoef(names) - np.eye(4)
    assert np.abs(found).max() < 0.07
    high = np.array(names) > 0.5
    assert abs((high[0] & high[1]).mean() - 0.25) < 0.03
    if method != "plain":
        counts = np.histogram(names[0], 4096, (0, 1))[0]
        assert (counts == 1).all()
