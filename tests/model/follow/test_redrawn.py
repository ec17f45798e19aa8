"""Draws that weigh something, as draws that weigh the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sroi.model.follow.redrawn import blocks, redrawn, resampled

SIZE = np.random.default_rng(3).normal(size=4096)
WEIGHT = np.exp(-0.5 * (SIZE - 1) ** 2)
WEIGHT /= WEIGHT.sum()


def test_a_number_by_itself_has_its_weighted_quantiles():
    """Of a normal(0, 1) with 1 measured with sd 1 that is normal(0.5, 0.5 ** 0.5)."""
    new = redrawn(SIZE, WEIGHT)
    known = stats.norm(0.5, 0.5**0.5)
    at = (0.05, 0.25, 0.5, 0.75, 0.95)
    assert np.quantile(new, at) == pytest.approx(known.ppf(at), abs=0.05)
    assert new.mean() == pytest.approx(0.5, abs=0.03)
    assert np.array_equal(np.argsort(new, kind="stable"), np.argsort(SIZE, kind="stable"))


def test_even_weights_change_hardly_anything():
    assert redrawn(SIZE, np.full(4096, 1 / 4096)) == pytest.approx(SIZE, abs=1e-9)


def test_whole_draws_are_taken_as_often_as_they_weigh():
    taken = np.bincount(resampled(WEIGHT, 1), minlength=4096)
    assert taken.sum() == 4096
    assert (np.abs(taken - WEIGHT * 4096) < 1).all()
    assert not np.array_equal(resampled(WEIGHT, 1), resampled(WEIGHT, 2))


@given(st.lists(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=3), max_size=6))
def test_every_name_is_in_one_block_with_all_that_it_is_tied_to(ties):
    found = blocks("abcdefg", ties)
    assert sorted(name for block in found for name in block) == list("abcdefg")
    for tie in ties:
        assert sum(bool(set(tie) & set(block)) for block in found) == 1


def test_what_nothing_ties_is_by_itself():
    assert blocks("abc", [["a", "x"]]) == [("a",), ("b",), ("c",)]
