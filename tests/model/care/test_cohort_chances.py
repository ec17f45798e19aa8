"""How chances of one state hold together, by hand and by what always holds."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.model.care.cohort_chances import changed, held_together, matrix

SMALL = st.floats(0, 0.3)


def test_three_ways_by_hand() -> None:
    """A chance of 0.2 to fall ill and one of 0.1 to die of age, out of one state."""
    chances, deaths = {(0, 1): 0.2, (0, 2): 0.05}, {0: 0.1}
    added = held_together(chances, deaths, 2, "added")
    assert [added[0, 1], added[0, 2]] == pytest.approx([0.2, 0.15])
    first = held_together(chances, deaths, 2, "mortality_first")
    assert [first[0, 1], first[0, 2]] == pytest.approx([0.18, 0.1 + 0.05 * 0.9])
    hazards = held_together(chances, deaths, 2, "hazards")
    ill, dead = -math.log(0.8), -math.log(0.95) - math.log(0.9)
    leaving = 1 - math.exp(-(ill + dead))
    shares = [ill / (ill + dead) * leaving, dead / (ill + dead) * leaving]
    assert [hazards[0, 1], hazards[0, 2]] == pytest.approx(shares, rel=1e-14)
    assert leaving == pytest.approx(1 - 0.8 * 0.95 * 0.9)


@given(SMALL, SMALL, SMALL, st.sampled_from(["added", "mortality_first", "hazards"]))
def test_chances_stay_chances(one: float, other: float, death: float, way: str) -> None:
    """Whatever the way, as long as those that are added up are at most 1; a single one stays."""
    chances = {(0, 1): np.array([one]), (0, 2): np.array([other])}
    table = matrix(held_together(chances, {0: np.array([death])}, 2, way), 3, {})
    assert sum(row.item() for row in table[0]) == pytest.approx(1)
    assert all(np.all((part >= 0) & (part <= 1)) for part in table[0])
    alone = held_together({(0, 1): one}, {}, 2, way)
    assert alone[0, 1] == pytest.approx(one, rel=1e-12)


@given(SMALL, SMALL)
def test_who_dies_in_no_way_changes_who_survives(one: float, death: float) -> None:
    """With mortality first, and as hazards: who neither falls ill nor dies is (1 - p)(1 - m)."""
    for way in ("mortality_first", "hazards"):
        table = matrix(held_together({(0, 1): one}, {0: death}, 2, way), 3, {})
        assert table[0][0] == pytest.approx((1 - one) * (1 - death))


def test_a_hazard_ratio_and_a_relative_risk() -> None:
    """1 - (1 - p)^r, and p × r; of moves that are not made nothing."""
    chances = {(0, 1): 0.2}
    assert changed(chances, [(0, 1), (1, 0)], 0.5, True) == {(0, 1): pytest.approx(1 - 0.8**0.5)}
    assert changed(chances, [(0, 1)], 0.5, False) == {(0, 1): pytest.approx(0.1)}
    for as_hazard in (True, False):
        assert changed(chances, [(0, 1)], 1, as_hazard) == {(0, 1): pytest.approx(0.2)}


def test_the_rest_goes_where_it_is_said_to_go() -> None:
    """98 of 100 who do not die go on, and nobody stays; by itself the rest stays."""
    assert matrix({(0, 2): 0.02}, 3, {0: 1})[0] == pytest.approx([0, 0.98, 0.02])
    assert matrix({(0, 2): 0.02}, 3, {})[0] == pytest.approx([0.98, 0, 0.02])
