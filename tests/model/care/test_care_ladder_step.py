"""A step of the ladder is the matrix exponential, at any rate."""

from bisect import bisect_left
from math import factorial

import numpy as np
import pytest
from care_ladders import ladders, one_draw
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm
from slow_ladder import slow_generator

from sroi.model.care.care_ladder import Ladder
from sroi.model.care.care_ladder_step import LEFT_OUT, REACH, advance, generator


@given(
    st.sampled_from([0.25, 1.5, 15.0]).flatmap(lambda largest: ladders(largest=largest)),
    st.integers(0, 2**32 - 1),
)
@settings(max_examples=60, deadline=None)
def test_a_step_is_the_matrix_exponential(ladder: Ladder, seed: int) -> None:
    """State and mean over the step; also where the step is cut, in some draws more than in others.

    Against the exponential of Q with the state's integral and the forcing beside it.
    """
    rng = np.random.default_rng(seed)
    size = len(ladder.exits)
    begin, forcing = rng.normal(0, 100, (size, 3)), rng.normal(0, 50, (size, 3))
    state = begin.copy()
    mean = advance(state, generator(ladder.rates, ladder.exits, 3), forcing)
    for draw in range(3):
        q, _ = slow_generator(one_draw(ladder, draw))
        whole = np.zeros((2 * size + 1, 2 * size + 1))
        whole[:size, :size], whole[:size, size:-1] = q, np.eye(size)
        whole[-1, :size] = forcing[:, draw]
        end = np.concatenate([begin[:, draw], np.zeros(size), [1.0]]) @ expm(whole)
        np.testing.assert_allclose(state[:, draw], end[:size], rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(mean[:, draw], end[size:-1], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("rate", [0.01, 0.49, 0.51, 7.3, 200.0])
def test_one_tier_by_hand(rate: float) -> None:
    """e^-r of what was there, and the forcing that has not left yet."""
    state = np.array([[100.0]])
    mean = advance(state, generator({}, (rate,)), np.array([[10.0]]))
    faded = -np.expm1(-rate)
    assert state[0, 0] == pytest.approx(100 * np.exp(-rate) + 10 * faded / rate, rel=1e-11)
    expected = 100 * faded / rate + 10 / rate * (1 - faded / rate)
    assert mean[0, 0] == pytest.approx(expected, rel=1e-11)


def test_where_nobody_is_and_nobody_comes_nothing_happens() -> None:
    """Exactly nothing, in pieces as well."""
    q = generator({(0, 1): np.array([0.1, 9.0])}, (0.1, 2.0), draws=2)
    state = np.zeros((2, 2))
    np.testing.assert_array_equal(advance(state, q, np.zeros((2, 2))), 0.0)
    np.testing.assert_array_equal(state, 0.0)


RATES = [0.0, 1e-6, 0.003, 0.02, 0.08, 0.2, 0.3, 0.41, 0.499, 0.501, 3.0, 50.0]


def test_a_draw_gets_its_own_terms_whoever_stands_beside_it() -> None:
    """Not a bit of it differs when draws that need more terms or pieces are reckoned with it."""
    rates = np.array(RATES)
    q = generator({(0, 1): rates / 2, (1, 0): rates / 5}, (rates / 2, rates / 3), len(rates))
    begin, forcing = (np.outer([2.0, 5.0], np.linspace(1, 9, len(rates))) for _ in range(2))
    together = begin.copy()
    means = advance(together, q, forcing)
    for draw in range(len(rates)):
        one = slice(draw, draw + 1)
        alone = begin[:, one].copy()
        mean = advance(alone, q[:, :, one], forcing[:, one])
        np.testing.assert_array_equal(mean, means[:, one])
        np.testing.assert_array_equal(alone, together[:, one])


@pytest.mark.parametrize("rate", [*np.linspace(0.001, 0.5, 40), *REACH[1:-1]])
def test_the_terms_of_a_rate_leave_out_next_to_nothing(rate: float) -> None:
    """One tier, of which all is known: 1 - e^-r over r; and one term less would leave out more."""
    terms = bisect_left(REACH, rate)
    assert (2 * rate) ** terms / factorial(terms + 1) <= LEFT_OUT * (1 + 1e-9)
    assert (2 * rate) ** (terms - 1) / factorial(terms) > LEFT_OUT
    state = np.array([[1.0]])
    mean = advance(state, generator({}, (rate,)), np.zeros((1, 1)))
    assert mean[0, 0] == pytest.approx(-np.expm1(-rate) / rate, abs=LEFT_OUT)
    assert state[0, 0] == pytest.approx(np.exp(-rate), abs=LEFT_OUT)
