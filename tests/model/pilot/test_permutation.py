"""All ways to hand out a pilot, and the band that they give."""

from math import comb

import numpy as np
import pytest

from sroi.model.pilot import permutation
from sroi.model.pilot.panel import NEVER

EVERY = np.zeros(8, dtype=bool)
START = np.array([4, 4, 4, NEVER, NEVER, NEVER, NEVER])


def city(effect: float) -> tuple[np.ndarray, np.ndarray]:
    """Seven places of ample counts, three with an effect."""
    generator = np.random.default_rng(7)
    risk = generator.uniform(4000, 9000, (7, 8))
    at_work = (START != NEVER)[:, None] & (np.arange(8) >= 4)
    noise = generator.normal(0, 0.03, (7, 8))
    return generator.poisson(risk * 0.1 * np.exp(effect * at_work + noise)) * 1.0, risk


def test_every_way_once_and_its_own_first():
    ways = permutation.handed_out(START)
    assert len(ways) == comb(7, 3) == len(np.unique(ways, axis=0))
    assert (ways[0] == START).all()
    assert permutation.least_p(ways) == pytest.approx(1 / 35)


def test_as_many_with_as_without_have_a_mirror():
    ways = permutation.handed_out(np.array([2, 2, 2, NEVER, NEVER, NEVER]))
    assert permutation.least_p(ways) == pytest.approx(2 / 20)


def test_starts_apart_are_shuffled_by_lot_and_alike_for_a_seed():
    start = np.array([2, 3, 4, NEVER, NEVER, NEVER])
    ways = permutation.handed_out(start, seed=4)
    assert (ways == permutation.handed_out(start, seed=4)).all()
    assert (np.sort(ways, axis=1) == np.sort(start)).all()


def test_the_true_effect_is_nothing_unusual_and_none_is():
    counts, risk = city(-0.4)
    ways = permutation.handed_out(START)
    assert permutation.chance(counts, risk, ways, 0, EVERY, -0.4) > 0.05
    assert permutation.chance(counts, risk, ways, 0, EVERY, 0.0) == pytest.approx(1 / 35)


def test_a_band_is_only_ever_widened():
    """An end that is unusual stays; another one moves to where it becomes unusual."""
    kept = permutation.widened(lambda _: 0.01, (-0.2, 0.1))
    assert kept == (-0.2, 0.1)
    low, high = permutation.widened(lambda size: 1.0 if -0.5 < size < 0.05 else 0.0, (-0.2, 0.1))
    assert high == 0.1
    assert low == pytest.approx(-0.5, abs=1e-3)
    assert permutation.widened(lambda _: 1.0, (-1.0, 1.0)) == (-np.inf, np.inf)
