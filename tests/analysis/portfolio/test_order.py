"""The places of rows, and how sure they are."""

import numpy as np
import pytest

from sroi.analysis.portfolio.order import FIRST, among_first, places


def test_places_are_by_what_is_expected():
    found = places(np.array([3.0, 9.0, -1.0]), np.zeros((3, 4)))
    assert [one.place for one in found] == [2, 1, 3]
    assert [one.among_first for one in found] == [1, 1, 1]


def test_the_chance_of_the_first_ten_is_the_share_of_the_draws():
    """Against sorting every draw by itself."""
    together = np.random.default_rng(1).normal(size=(25, 64)) + np.arange(25)[:, None] / 10
    expected = np.zeros(25)
    for draw in together.T:
        expected[np.argsort(-draw)[:FIRST]] += 1 / 64
    assert among_first(together) == pytest.approx(expected)
    assert among_first(together).sum() == pytest.approx(FIRST)
