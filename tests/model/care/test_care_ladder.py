"""Steady state, lifetime cost, the door and relapse: against the worked example and by algebra."""

import numpy as np
import pytest
from care_ladders import GOLDEN, LADDER, PRICES, ladders, one_draw
from hypothesis import given
from hypothesis import strategies as st
from slow_ladder import slow_generator, slow_steady_state

from sroi.model.care.care_ladder import (
    Ladder,
    Programme,
    door,
    lifetime_cost,
    rates_from,
    steady_state,
    waterbed_break_even,
    with_relapse,
)


def test_the_steady_state_of_the_example() -> None:
    """To all digits, and to those that are printed."""
    people = steady_state(LADDER)[:, 0]
    assert people == pytest.approx(GOLDEN["steady_state"], rel=1e-12)
    printed = [10925.524227, 1357.445292, 1433.182151, 473.542789, 164.826338]
    assert people == pytest.approx(printed, abs=5e-7)
    assert people.sum() == pytest.approx(14354.5208, abs=5e-5)


def test_the_lifetime_cost_of_the_example() -> None:
    """One diversion from tier 2 to tier 1 is worth 10,009.51; 1.1496 extra entrants undo it."""
    value = lifetime_cost(LADDER, PRICES)
    assert value[:, 0] == pytest.approx(GOLDEN["lifetime_cost_per_entrant"], rel=1e-12)
    printed = [5815.119467, 8706.642550, 18716.147554, 33051.159376, 153111.055536]
    assert value[:, 0] == pytest.approx(printed, abs=5e-7)
    assert value[2, 0] - value[1, 0] == pytest.approx(10009.51, abs=5e-3)
    assert waterbed_break_even(value)[0] == pytest.approx(1.1496, abs=5e-5)


def test_a_year_costs_inflow_times_lifetime_cost() -> None:
    """In a steady state: 27,681,997.91 a year."""
    a_year = np.dot(PRICES, steady_state(LADDER)[:, 0])
    by_entrant = np.dot(LADDER.inflow, lifetime_cost(LADDER, PRICES)[:, 0])
    assert a_year == pytest.approx(27_681_997.91, abs=5e-3)
    assert a_year == pytest.approx(by_entrant, rel=1e-13)


@given(ladders())
def test_littles_law(ladder: Ladder) -> None:
    """People in all tiers = Σ inflow × time spent until exit."""
    stay = lifetime_cost(ladder, [1.0] * len(ladder.exits))
    people = steady_state(ladder)
    there = sum(new * stay[tier] for tier, new in enumerate(ladder.inflow))
    np.testing.assert_allclose(people.sum(axis=0), there, rtol=1e-11)


@given(st.floats(0.1, 5), st.floats(1, 1000))
def test_littles_law_of_one_tier(exit_rate: float, inflow: float) -> None:
    """L = λ W."""
    alone = Ladder({}, (1.0, 1.0, exit_rate), (0.0, 0.0, inflow))
    assert steady_state(alone)[2, 0] == pytest.approx(inflow / exit_rate, rel=1e-14)


@given(ladders())
def test_elimination_agrees_with_the_inverse(ladder: Ladder) -> None:
    """Draw by draw, with floats and arrays mixed."""
    people = steady_state(ladder)
    value = lifetime_cost(ladder, [100.0, 200.0, 300.0, 400.0, 500.0][: len(ladder.exits)])
    for draw in range(people.shape[1]):
        alone = one_draw(ladder, draw)
        np.testing.assert_allclose(people[:, draw], slow_steady_state(alone), rtol=1e-9)
        q, _ = slow_generator(alone)
        costs = 100.0 * np.arange(1, len(q) + 1)
        expected = -np.linalg.inv(q) @ costs
        np.testing.assert_allclose(value[:, draw % value.shape[1]], expected, rtol=1e-9)


def test_which_moves_are_up_and_down() -> None:
    """Those of the example; between tiers 0 and 1 neither."""
    ups, downs = GOLDEN["inputs"]["up_moves"], GOLDEN["inputs"]["down_moves"]
    assert sorted(LADDER.ups()) == sorted(map(tuple, ups))
    assert sorted(LADDER.downs()) == sorted(map(tuple, downs))


def test_rates_from_a_table_leaves_out_what_is_nil() -> None:
    """No zeros, no diagonal; a row of draws stays, whatever is in it."""
    zeros = np.zeros(2)
    table = [[9.0, 0.0, 0.5], [zeros, 9.0, 0.0], [0.0, 0.25, 9.0]]
    assert rates_from(table) == {(0, 2): 0.5, (1, 0): zeros, (2, 1): 0.25}


def test_the_door() -> None:
    """Diversion moves people, net widening adds them."""
    diverted = door(LADDER, Programme(diversion=0.1))
    assert diverted == pytest.approx([0, 70, -52, -18, 0])
    widened = door(LADDER, Programme(net_widening=0.1, theta=0.2))
    assert widened == pytest.approx([0, 56, 14, 0, 0])


def test_relapse_comes_from_those_just_closed() -> None:
    """Closing leads to the last tier, which is left for tier 2 or for tier 0 after a year."""
    with_recent = with_relapse(LADDER, 0.15)
    assert {move for move in with_recent.rates if 5 in move} == {(2, 5), (3, 5), (5, 2), (5, 0)}
    assert (1, 0) in with_recent.rates
    assert (2, 0) not in with_recent.rates
    assert with_recent.leaving()[5] == pytest.approx(1.0)
    assert (5, 2) in with_recent.ups()
    assert {(2, 5), (3, 5)} <= set(with_recent.downs())
    closed = 0.35 * steady_state(with_recent)[2] + 0.25 * steady_state(with_recent)[3]
    assert steady_state(with_recent)[5] == pytest.approx(closed)


def test_without_relapse_the_recently_closed_are_in_tier_0_but_for_their_other_moves() -> None:
    """Relapse at a higher rate than tier 0's own makes heavy care fuller, and the reverse."""
    usual = steady_state(LADDER)[2:5].sum()
    assert steady_state(with_relapse(LADDER, 0.5))[2:5].sum() > usual
    assert steady_state(with_relapse(LADDER, 0.0))[2:5].sum() < usual
