"""A ladder that changes with the years, and effects on single moves and at single doors."""

from dataclasses import replace

import numpy as np
import pytest
from care_ladders import (
    FACTORS,
    INTENSITY,
    INVESTMENT,
    LADDER,
    PRICES,
    ladders,
    one_draw,
    programme,
    programmes,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from slow_ladder import slow_run

from sroi.model.care.care_ladder import Ladder, Programme, door
from sroi.model.care.care_ladder_run import Shift, run
from sroi.model.care.cash import value

FIELDS = ("avoided", "freed", "entries")
AMBULANT, RESIDENTIAL = 2, 4


def growing(ladder: Ladder, growth: float, years: int = 10) -> list[Ladder]:
    """The ladder of each year, with so many more new people than in the year before."""
    factors = [(1 + growth) ** year for year in range(years)]
    return [replace(ladder, inflow=tuple(x * f for x in ladder.inflow)) for f in factors]


def totals(shift: Shift) -> tuple[float, float]:
    """Net present value and ratio for society."""
    worth = float(value(shift.avoided_by_year, PRICES)[:, 0] @ FACTORS)
    cost = float(INVESTMENT @ FACTORS)
    return worth - cost, worth / cost


def same(one: Shift, other: Shift) -> None:
    """Bit for bit."""
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    np.testing.assert_array_equal(one.baseline.stocks, other.baseline.stocks)
    np.testing.assert_array_equal(one.baseline.person_years, other.baseline.person_years)


def test_two_percent_more_people_every_year() -> None:
    """The worked example, computed by another program to so many digits."""
    shift = run(growing(LADDER, 0.02), programme(), INTENSITY)
    balance, ratio = totals(shift)
    assert balance == pytest.approx(3_799_368.82, abs=5e-3)
    assert ratio == pytest.approx(2.056539, abs=5e-7)
    less = shift.avoided_by_year.sum(axis=1)[:, 0]
    assert less[[AMBULANT, RESIDENTIAL]] == pytest.approx([435.547974, 65.520012], abs=5e-7)
    ends = [course.stocks[AMBULANT, -1, 0] for course in (shift.baseline, shift.programme)]
    assert ends == pytest.approx([1_612.043713, 1_544.002390], abs=5e-7)


def test_another_ratio_for_one_move() -> None:
    """The worked example with 0.90 from guidance to residential care, by another program."""
    single = replace(programme(), by_move={(AMBULANT, RESIDENTIAL): 0.90})
    shift = run(LADDER, single, INTENSITY)
    balance, ratio = totals(shift)
    assert balance == pytest.approx(4_190_662.37, abs=5e-3)
    assert ratio == pytest.approx(2.165351, abs=5e-7)
    less = shift.avoided_by_year.sum(axis=1)[:, 0]
    assert less[[AMBULANT, RESIDENTIAL]] == pytest.approx([403.283505, 77.896159], abs=5e-7)


def test_one_tier_that_grows_by_hand() -> None:
    """100 people a year, 110 in the second; a fifth is turned away and stays away for a year.

    Avoided in the first year 20 e⁻¹; at its end 20 (1 - e⁻¹) less people, and 22 less come in.
    """
    ladder = Ladder({}, (2.0, 1.0), (0.0, 100.0), (1, 2))
    years = [ladder, replace(ladder, inflow=(0.0, 110.0))]
    shift = run(years, Programme(diversion=0.2), np.ones(8))
    left = 1 - np.exp(-1)
    second = 22 + (20 * left - 22) * left
    assert shift.avoided_by_year[1, :, 0] == pytest.approx([20 * np.exp(-1), second], rel=1e-12)
    assert shift.baseline.stocks[1, :, 0] == pytest.approx([100 + 0, 100 + 10 * left], rel=1e-12)


@given(ladders(), programmes(), st.booleans(), st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_years_that_do_not_differ_are_one(
    ladder: Ladder, effects: Programme, observed: bool, seed: int
) -> None:
    """No growth: not a bit differs, from the steady state and from observed people."""
    start = np.random.default_rng(seed).uniform(0, 2000, (len(ladder.exits), 3))
    people = list(start) if observed else None
    by_year = run(growing(ladder, 0.0, 2), effects, INTENSITY[:8], start=people)
    same(by_year, run(ladder, effects, INTENSITY[:8], start=people))


@given(ladders(), programmes(), st.data())
@settings(max_examples=20, deadline=None)
def test_equal_ratios_by_move_are_one_ratio(
    ladder: Ladder, effects: Programme, data: st.DataObject
) -> None:
    """Whether some or all of the moves name it: not a bit differs."""
    ratios = {move: effects.hazard_ratio_up for move in ladder.ups()}
    ratios |= {move: effects.hazard_ratio_down for move in ladder.downs()}
    named = data.draw(st.sets(st.sampled_from(sorted(ratios))) if ratios else st.just(set()))
    some = replace(effects, by_move={move: ratios[move] for move in named})
    same(run(ladder, some, INTENSITY[:8]), run(ladder, effects, INTENSITY[:8]))
    apart = Programme(1.0, 1.0, effects.diversion, effects.net_widening, effects.theta, ratios)
    same(run(ladder, apart, INTENSITY[:8]), run(ladder, effects, INTENSITY[:8]))


@given(ladders(), programmes())
@settings(max_examples=20, deadline=None)
def test_what_every_tier_says_is_what_one_share_says(ladder: Ladder, effects: Programme) -> None:
    """Diversion and net widening at each of levels 2 and 3 as at both."""
    pools = [tier for tier, level in enumerate(ladder.rungs) if level in (2, 3)]
    single = Programme(
        theta=effects.theta,
        diverted=dict.fromkeys(pools, effects.diversion),
        widened=dict.fromkeys(pools, effects.net_widening),
    )
    general = replace(effects, hazard_ratio_up=1.0, hazard_ratio_down=1.0)
    for one, other in zip(door(ladder, single), door(ladder, general), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-9)
    people = sum(door(ladder, Programme(diverted=dict.fromkeys(pools, effects.diversion))))
    np.testing.assert_allclose(people, 0.0, atol=1e-9)


@given(ladders(), programmes(), st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_ladders_by_year_agree_with_the_slow_reference(
    ladder: Ladder, effects: Programme, seed: int
) -> None:
    """Rates, exits and inflow that all differ by year, and every move with a ratio of its own."""
    rng = np.random.default_rng(seed)
    years = [
        Ladder(
            {move: rate * rng.uniform(0.5, 1.5) for move, rate in ladder.rates.items()},
            tuple(rate * rng.uniform(0.5, 1.5) for rate in ladder.exits),
            tuple(people * rng.uniform(0, 2) for people in ladder.inflow),
        )
        for _ in range(2)
    ]
    ratios = {move: rng.lognormal(0, 0.2, 3) for move in ladder.rates}
    single = replace(effects, by_move=ratios, diverted={4 % len(ladder.exits): 0.1})
    ramp = rng.uniform(0, 1.2, (12, 3))  # a third year, that is like the second
    shift = run(years, single, ramp)
    for draw in range(3):
        slow = slow_run(
            [one_draw(one, draw) for one in years], one_draw(single, draw), ramp[:, draw], 4
        )
        size = slow[0].stocks.max()
        less = slow[0].person_years - slow[1].person_years
        np.testing.assert_allclose(shift.avoided[:, :, draw], less, rtol=1e-9, atol=1e-11 * size)
        entries = slow[0].entries - slow[1].entries
        np.testing.assert_allclose(shift.entries[:, draw], entries, rtol=1e-9, atol=1e-11 * size)
        stocks = shift.baseline.stocks[:, :, draw]
        np.testing.assert_allclose(stocks, slow[0].stocks[:, 3::4], rtol=1e-9)
