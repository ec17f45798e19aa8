"""How far people moved along: by hand, and what must hold for any scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.model.pilot.moved_along import agreement, goes_with, own_ratios, share
from sroi.model.pilot.panel import NEVER, Panel

SCORES = st.lists(st.integers(0, 4), min_size=2, max_size=30)


def test_a_share_by_hand():
    """Means of 0.5, 0.75 and 1: s = 0.25, t(0.975, 2) = 4.3027, half 0.6210; cut off at 1."""
    found = share(np.array([0.5, 0.75, 1.0]), 4)
    assert (found.value, found.low) == pytest.approx((0.75, 0.75 - 4.302653 * 0.25 / 3**0.5))
    assert found.high == 1


def test_a_score_is_never_more_exact_than_half_a_step():
    """Alike everywhere: an eighth on either side, on a scale of four steps; one place has none."""
    found = share(np.array([0.5, 0.5, 0.5]), 4)
    assert (found.low, found.value, found.high) == (0.375, 0.5, 0.625)
    assert np.isnan(share(np.array([0.5]), 4).low)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=12))
def test_a_band_lies_around_its_share_and_within_the_scale(means):
    found = share(np.array(means), 4)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_weighted_agreement_by_hand():
    """0-0, 1-2, 2-2, 4-3: squares apart 0.5 on average, and 54 ÷ 16 where they are not paired."""
    first, second = np.array([0, 1, 2, 4]), np.array([0, 2, 2, 3])
    assert agreement(first, second) == pytest.approx(1 - 0.5 / 3.375)
    assert agreement(np.array([2, 2]), np.array([2, 2])) is None


@given(SCORES)
def test_who_scores_first_does_not_matter_and_alike_is_one(scores):
    own, other = np.array(scores), np.array(scores[::-1])
    forth, back = agreement(own, other), agreement(other, own)
    assert forth == (None if back is None else pytest.approx(back))
    if np.ptp(own) > 0:
        assert agreement(own, own) == 1


def test_the_ratio_of_a_neighbourhood_by_hand():
    """10 of 100 before and 5 of 100 after, where the comparison goes from 20 to 30 of 200; the
    first quarter since the start is left out."""
    counts = np.array([[10.0, 7.0, 5.0], [20.0, 25.0, 30.0]])
    base = np.array([[100.0, 100.0, 100.0], [200.0, 200.0, 200.0]])
    panel = Panel(
        counts[None], counts[None], base[None], np.array([1, NEVER]), np.zeros(3, dtype=np.bool_)
    )
    (found,) = own_ratios(panel, counts, base, growing=1)
    assert found == pytest.approx(np.log((5.5 / 10.5) / (30.5 / 20.5)))


def test_what_goes_with_what_by_hand():
    """Four in the same order: as strong in 2 of 24 ways to pair them, there or back."""
    found = goes_with(np.array([1.0, 2.0, 3.0, 4.0]), np.array([0.1, 0.2, 0.6, 0.7]))
    assert found is not None
    assert (found.correlation, found.p, found.places) == (1, pytest.approx(2 / 24), 4)


@pytest.mark.parametrize(("effects", "scores"), [([1, 2, 3], [1, 2, 3]), ([1, 1, 1, 1], range(4))])
def test_where_nothing_can_go_with_anything_nothing_is_said(effects, scores):
    assert goes_with(np.array(effects, dtype=float), np.array(scores, dtype=float)) is None
