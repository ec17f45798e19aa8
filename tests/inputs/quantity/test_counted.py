"""Rows of counts as sticks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.inputs.quantity.counted import Stick, sticks
from sroi.inputs.text.nouns import Text

COUNTS = st.lists(st.integers(0, 500), min_size=1, max_size=8)


def broken(counts: list[int]) -> list[Stick]:
    """The sticks of counts at places one, two, …"""
    row = {f"plaats-{number}": float(count) for number, count in enumerate(counts)}
    return [stick for _, stick in sticks(row, None)]


@given(COUNTS)
def test_every_place_but_the_last_that_was_seen_has_a_stick(counts):
    found, seen = broken(counts), [x for x in counts if x]
    assert [stick.count for stick in found] == seen[:-1]
    assert all(stick.uncertain and stick.total == sum(counts) for stick in found)


@given(COUNTS.filter(any))
def test_their_means_give_the_shares_that_were_counted(counts):
    shares, left = [], 1.0
    for stick in broken(counts):
        part = stick.count / (stick.count + stick.later)
        shares.append(left * part)
        left -= left * part
    assert [*shares, left] == pytest.approx([x / sum(counts) for x in counts if x])


def test_a_row_of_draws_is_a_dirichlet():
    counts, rng, left, drawn = [30, 15, 5], np.random.default_rng(1), np.ones(200_000), []
    for stick in broken(counts):
        part = rng.beta(stick.count, stick.later, len(left))
        drawn.append(left * part)
        left = left * (1 - part)
    shares, mean = np.array([*drawn, left]), np.array(counts) / sum(counts)
    assert shares.sum(axis=0) == pytest.approx(1)
    assert shares.mean(axis=1) == pytest.approx(mean, rel=5e-3)
    expected = (np.diag(mean) - np.outer(mean, mean)) / (sum(counts) + 1)
    assert np.cov(shares) == pytest.approx(expected, rel=0.03, abs=1e-6)


def test_a_stick_is_a_share_and_knows_where_it_comes_from():
    because = Text(nl="Geteld.")
    ((place, stick),) = sticks({"a": 3.0, "b": 57.0}, because)
    assert (place, stick.form, stick.bounds) == ("a", "count", (0.0, 1.0))
    assert stick.because is because


def test_nobody_counted_is_no_stick():
    assert broken([]) == broken([0, 0]) == []
