"""A range that covers a share: its ends, so that low and high are the percentiles they are said to
be."""

import math

import pytest
from scipy.special import betainc

from sroi.inputs.quantity.covered import LIGHTEST, WEIGHT, Range, spread

ANYWHERE, SHARE = (-math.inf, math.inf), (0.0, 1.0)
RANGES = {
    "symmetric": (0, 10, 20), "skewed": (0, 2, 20), "best is low": (3, 3, 20),
    "best is high": (-5, 20, 20), "nearly": (0, 1e-4, 1),
}  # fmt: skip


def below(ends: Range, x: float) -> float:
    """P(X < x) of the PERT with these ends."""
    a = 1 + ends.weight * (ends.best - ends.low) / (ends.high - ends.low)
    return float(betainc(a, 2 + ends.weight - a, (x - ends.low) / (ends.high - ends.low)))


@pytest.mark.parametrize("stated", RANGES.values(), ids=RANGES)
@pytest.mark.parametrize("covers", [0.5, 0.8, 0.9, 0.99])
def test_low_and_high_are_the_percentiles(stated, covers):
    """To a millionth, with the same best value and the usual weight."""
    ends = spread(Range(*map(float, stated)), covers, ANYWHERE)
    assert below(ends, stated[0]) == pytest.approx((1 - covers) / 2, abs=1e-6)
    assert below(ends, stated[2]) == pytest.approx((1 + covers) / 2, abs=1e-6)
    assert (ends.best, ends.weight) == (stated[1], WEIGHT)
    assert ends.low < stated[0] <= stated[1] <= stated[2] < ends.high


@pytest.mark.parametrize("stated", [(0.2, 0.4, 0.7), (0.12, 0.5, 0.85), (0.4, 0.7, 0.93)])
def test_the_ends_stay_in_the_domain_by_a_lighter_best_value(stated):
    """No lighter than is needed: an end then lies at the edge, and the percentiles still hold."""
    usual = spread(Range(*stated), 0.8, ANYWHERE)
    ends = spread(Range(*stated), 0.8, SHARE)
    assert not usual.inside(SHARE)
    assert ends.inside(SHARE)
    assert LIGHTEST < ends.weight < WEIGHT
    assert min(ends.low, 1 - ends.high) == pytest.approx(0, abs=1e-4)
    assert below(ends, stated[0]) == pytest.approx(0.1, abs=1e-6)
    assert below(ends, stated[2]) == pytest.approx(0.9, abs=1e-6)


def test_what_no_weight_brings_inside_is_left_outside():
    """One in ten cannot be below nothing."""
    ends = spread(Range(0.0, 0.2, 0.4), 0.8, SHARE)
    assert not ends.inside(SHARE)
    # nearly uniform: an eighth of the range on either side
    assert ends.low == pytest.approx(-0.05, abs=1e-4)
    assert ends.high == pytest.approx(0.45, abs=1e-4)


@pytest.mark.parametrize("stated", RANGES.values(), ids=RANGES)
def test_triangular(stated):
    """By the areas of its two triangles: (x - low)² ÷ width ÷ rise, and (high - x)² the like."""
    low, best, high = map(float, stated)
    ends = spread(Range(low, best, high), 0.8, ANYWHERE, triangular=True)
    width = ends.high - ends.low
    assert (low - ends.low) ** 2 / width / (best - ends.low) == pytest.approx(0.1, abs=1e-6)
    assert (ends.high - high) ** 2 / width / (ends.high - best) == pytest.approx(0.1, abs=1e-6)


@pytest.mark.parametrize("covers", [1, 0.8])
def test_what_is_certain_or_covers_all_is_its_own(covers):
    certain, whole = Range(2.0, 2.0, 2.0), Range(0.0, 1.0, 4.0)
    assert spread(certain, covers, ANYWHERE) == certain
    assert spread(whole, 1, ANYWHERE) == whole
