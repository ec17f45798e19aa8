"""Which sets of correlations can exist, and which pair is named when they cannot."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.inputs.quantity.correlations import least_fitting_pair, matrix


def pairs(**rho: float) -> dict[tuple[str, str], float]:
    """`ab=0.5` for the pair (a, b)."""
    return {(names[0], names[1]): value for names, value in rho.items()}


def test_the_matrix_is_symmetric_with_ones_and_zeros():
    names, square = matrix(pairs(ab=0.5, bc=-0.2))
    assert names == ["a", "b", "c"]
    assert square.tolist() == [[1, 0.5, 0], [0.5, 1, -0.2], [0, -0.2, 1]]


@pytest.mark.parametrize("possible", [pairs(ab=0.9), pairs(ab=-0.99), pairs(ab=0.7, bc=0.7)])
def test_what_can_exist_names_no_pair(possible):
    assert least_fitting_pair(possible) is None


def test_the_pair_that_goes_against_the_others_is_named_with_its_room():
    """With a and c both at 0.7 to b, a and c lie between 0.49 − 0.51 and 0.49 + 0.51."""
    worst = least_fitting_pair(pairs(ab=0.7, bc=0.7, ac=-0.95))
    assert (worst.first, worst.second, worst.rho) == ("a", "c", -0.95)
    assert worst.possible
    assert (worst.low, worst.high) == pytest.approx((-0.02, 1.0))


def test_a_pair_inside_the_room_makes_the_set_possible():
    worst = least_fitting_pair(pairs(ab=0.8, bc=0.8, ac=-0.9))
    room = (worst.low + worst.high) / 2
    assert least_fitting_pair(pairs(ab=0.8, bc=0.8) | {(worst.first, worst.second): room}) is None


def test_no_single_pair_can_be_set_right_where_all_go_against_each_other():
    names = "abcd"
    against = {(a, b): -0.9 for a in names for b in names if a < b}
    assert not least_fitting_pair(against).possible


def test_two_that_nothing_names_count_as_zero():
    """a–b and b–c at 0.9 need a–c near 0.81 and not 0; a named pair is pointed at, never a–c."""
    worst = least_fitting_pair(pairs(ab=0.9, bc=0.9))
    assert (worst.first, worst.second) in {("a", "b"), ("b", "c")}


@given(st.lists(st.floats(-0.99, 0.99), min_size=6, max_size=6))
def test_a_named_pair_is_one_that_was_given_and_its_room_lies_within_one(rhos):
    """For any set of four: none where all eigenvalues are positive, else a pair of the set."""
    names = [(a, b) for a in "abcd" for b in "abcd" if a < b]
    given_pairs = dict(zip(names, rhos, strict=True))
    worst = least_fitting_pair(given_pairs)
    if np.linalg.eigvalsh(matrix(given_pairs)[1])[0] > 1e-6:
        assert worst is None
    if worst:
        assert given_pairs[(worst.first, worst.second)] == worst.rho
        assert -1 - 1e-9 <= worst.low <= worst.high <= 1 + 1e-9
