"""The ladder through time: the worked example, the slow reference, and what must always hold."""

from dataclasses import replace

import numpy as np
import pytest
from care_ladders import (
    GOLDEN,
    INTENSITY,
    LADDER,
    PRICES,
    ladders,
    one_draw,
    programme,
    programmes,
    some,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from slow_ladder import slow_run

from sroi.model.care.care_ladder import Ladder, Programme, door, steady_state, with_relapse
from sroi.model.care.care_ladder_run import Shift, by_year, mid_steps, run
from sroi.model.care.cash import value

CENTRAL = GOLDEN["central"]
FIELDS = ("avoided", "freed", "entries")
# the example was made by subtracting two arms of some 10⁴ people, so that it is right to 10⁻¹⁰
NOISE = 1e-9


def everything(shift: Shift) -> list[np.ndarray]:
    """All arrays of a result."""
    courses = (shift.baseline, shift.programme)
    kept = [part for course in courses for part in (course.person_years, course.stocks)]
    return [*(getattr(shift, name) for name in FIELDS), *kept]


def test_the_example_to_all_digits() -> None:
    """Stocks at the end of each year, avoided person-years and their worth."""
    shift = run(LADDER, programme(), INTENSITY)
    stocks = np.array(CENTRAL["stocks_by_quarter"])[4::4]
    np.testing.assert_allclose(shift.programme.stocks[:, :, 0].T, stocks, rtol=1e-9)
    years = shift.avoided_by_year
    golden = CENTRAL["avoided_person_years_by_year"]
    np.testing.assert_allclose(years[:, :, 0].T, golden, rtol=1e-9, atol=NOISE)
    worth = CENTRAL["societal_benefit_by_year"]
    np.testing.assert_allclose(value(years, PRICES)[:, 0], worth, rtol=1e-9, atol=1e-5)


def test_the_example_to_the_printed_digits() -> None:
    """Stocks after ten years, person-years of years 4 and 10, worth by year."""
    shift = run(LADDER, programme(), INTENSITY)
    end = [11077.780374, 1410.997991, 1371.819269, 441.616284, 153.407462]
    assert shift.programme.stocks[:, 9, 0] == pytest.approx(end, abs=5e-7)
    years = shift.avoided_by_year[:, :, 0]
    fourth = [-48.286593, -34.305559, 38.613197, 18.141827, 4.185779]
    tenth = [-147.663491, -53.193048, 61.378795, 31.831936, 11.265276]
    assert years[:, 3] == pytest.approx(fourth, abs=5.1e-7)
    assert years[:, 9] == pytest.approx(tenth, abs=5.1e-7)
    worth = value(shift.avoided_by_year, PRICES)[:, 0]
    printed = [3510, 58934, 303382, 653283, 919284, 1091881, 1201356, 1270239, 1313036, 1339049]
    assert worth == pytest.approx(printed, abs=0.5)
    assert worth.sum() == pytest.approx(8_153_953.59, abs=5e-3)


def test_quarterly_stocks_of_the_example() -> None:
    """With a year of one step the ends of all quarters can be seen."""
    a_quarter = replace(
        LADDER,
        rates={move: rate / 4 for move, rate in LADDER.rates.items()},
        exits=tuple(rate / 4 for rate in LADDER.exits),
        inflow=tuple(people / 4 for people in LADDER.inflow),
    )
    shift = run(a_quarter, programme(), INTENSITY, steps_per_year=1)
    golden = CENTRAL["stocks_by_quarter"][1:]
    np.testing.assert_allclose(shift.programme.stocks[:, :, 0].T, golden, rtol=1e-9)


@given(ladders(), programmes(), st.booleans(), st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_agrees_with_the_slow_reference(
    ladder: Ladder, effects: Programme, observed: bool, seed: int
) -> None:
    """Both arms, from the steady state and from observed people."""
    rng = np.random.default_rng(seed)
    ramp = rng.uniform(0, 1.2, (8, 3))
    start = [rng.uniform(0, 2000, 3) for _ in ladder.exits] if observed else None
    shift = run(ladder, effects, ramp, start=start)
    for draw in range(3):
        begin = None if start is None else np.array([people[draw] for people in start])
        slow = slow_run(one_draw(ladder, draw), one_draw(effects, draw), ramp[:, draw], 4, begin)
        for course, arm in zip((shift.baseline, shift.programme), slow, strict=True):
            years = by_year(arm.person_years[:, :, None], 4)[:, :, 0]
            np.testing.assert_allclose(course.person_years[:, :, draw], years, rtol=1e-9)
            np.testing.assert_allclose(course.stocks[:, :, draw], arm.stocks[:, 3::4], rtol=1e-9)
        size = slow[0].stocks.max()
        less = slow[0].person_years - slow[1].person_years
        np.testing.assert_allclose(shift.avoided[:, :, draw], less, rtol=1e-9, atol=1e-11 * size)
        entries = slow[0].entries - slow[1].entries
        np.testing.assert_allclose(shift.entries[:, draw], entries, rtol=1e-9, atol=1e-11 * size)


@given(ladders(), programmes(), st.floats(0, 0.9))
@settings(max_examples=20, deadline=None)
def test_relapse_agrees_with_the_slow_reference(
    ladder: Ladder, effects: Programme, rate: float
) -> None:
    """A sixth tier of level 0."""
    six = with_relapse(ladder, rate)
    shift = run(six, effects, INTENSITY[:8])
    for draw in range(3):
        slow = slow_run(one_draw(six, draw), one_draw(effects, draw), INTENSITY[:8], 4)
        less = slow[0].person_years - slow[1].person_years
        size = slow[0].stocks.max()
        np.testing.assert_allclose(shift.avoided[:, :, draw], less, rtol=1e-9, atol=1e-11 * size)


@given(ladders(), st.booleans())
@settings(max_examples=30, deadline=None)
def test_no_effect_is_no_difference(ladder: Ladder, observed: bool) -> None:
    """Bit for bit, in every year; from any start, whatever theta is."""
    start = [50.0] * len(ladder.exits) if observed else None
    effects = Programme(theta=np.array([0.1, 0.2, 0.3]))
    shift = run(ladder, effects, INTENSITY[:8, None] * np.ones(3), start=start)
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(shift, name), 0.0)
    np.testing.assert_array_equal(shift.programme.stocks, shift.baseline.stocks)
    np.testing.assert_array_equal(shift.programme.person_years, shift.baseline.person_years)


def test_without_intensity_there_is_no_difference() -> None:
    """HR^0 is 1."""
    shift = run(LADDER, programme(), np.zeros(40))
    np.testing.assert_array_equal(shift.avoided, 0.0)


@given(ladders(), programmes())
@settings(max_examples=30, deadline=None)
def test_balance_of_people(ladder: Ladder, effects: Programme) -> None:
    """People at the end = people at the start + who came in - who went out."""
    shift = run(ladder, effects, INTENSITY)
    begin = steady_state(ladder)
    wide = np.ones(shift.avoided.shape[2])
    usual, extra = sum(ladder.inflow) * wide, sum(door(ladder, effects)) * wide
    came = 10 * usual + extra * INTENSITY.sum() / 4
    spent = shift.programme.person_years.sum(axis=1)
    left = sum(rate * years for rate, years in zip(ladder.exits, spent, strict=True))
    end = shift.programme.stocks[:, -1].sum(axis=0)
    np.testing.assert_allclose(end, begin.sum(axis=0) + came - left, rtol=1e-9)


@given(ladders())
@settings(max_examples=20, deadline=None)
def test_a_steady_state_stays(ladder: Ladder) -> None:
    """Also when it is given as the people at the start."""
    begin = steady_state(ladder)
    still = run(ladder, Programme(), np.zeros(40))
    moving = run(ladder, Programme(), np.zeros(40), start=list(begin))
    for shift in (still, moving):
        for year in range(10):
            np.testing.assert_allclose(shift.baseline.stocks[:, year], begin, rtol=1e-9)
            np.testing.assert_allclose(shift.baseline.person_years[:, year], begin, rtol=1e-9)


def test_one_tier_by_hand() -> None:
    """Avoided stock and person-years of a constant diversion, from counts of CBS."""
    rate = 114_085 / ((326_570 + 362_320) / 2) / 0.5
    alone = Ladder({}, (1.0, 1.0, rate), (0.0, 0.0, 299_670.0))
    for steps in (1, 4, 12):
        shift = run(alone, Programme(diversion=0.01), np.ones(3 * steps), steps_per_year=steps)
        years, stocks = shift.avoided_by_year[2, :, 0], shift.freed[2, :, 0]
        assert years[0] == pytest.approx(1215.763783, abs=5e-7)
        assert stocks[0] == pytest.approx(2191.344073, abs=5e-7)
        ends = np.arange(1, 4)
        faded = -np.expm1(-rate * ends)
        np.testing.assert_allclose(stocks, 2996.7 / rate * faded, rtol=1e-11)
        np.testing.assert_allclose(
            years.cumsum(), 2996.7 / rate * (ends - faded / rate), rtol=1e-11
        )
        np.testing.assert_allclose(shift.entries[:, 0], 2996.7 / steps, rtol=1e-14)


@pytest.mark.parametrize("largest", [2.0, 40.0])
@pytest.mark.parametrize("observed", [False, True])
def test_no_bit_depends_on_the_blocks(largest: float, observed: bool) -> None:
    """Not on those within a run, nor on how the caller cuts the draws up."""
    draws = 41
    rng = np.random.default_rng(7)
    rates = {move: rng.uniform(0, largest / 3, draws) for move in LADDER.rates}
    ladder = replace(LADDER, rates=rates, exits=(*LADDER.exits[:4], rng.uniform(0.1, 9, draws)))
    effects = Programme(rng.lognormal(0, 0.1, draws), 1.05, rng.beta(2, 48, draws), 0.02, 0.15)
    ramp = INTENSITY[:8, None] * rng.random(draws)
    start = [rng.uniform(0, 100, draws) for _ in range(5)] if observed else None
    whole = everything(run(ladder, effects, ramp, start=start))
    for block in (1, 6, 32):
        cut = everything(run(ladder, effects, ramp, start=start, block=block))
        assert [part.tobytes() for part in cut] == [part.tobytes() for part in whole]
    parts = []
    for first in range(0, draws, 17):
        part = slice(first, min(first + 17, draws))
        begin = None if start is None else [people[part] for people in start]
        shift = run(some(ladder, part), some(effects, part), ramp[:, part], start=begin)
        parts.append(everything(shift))
    for number, array in enumerate(whole):
        joined = np.concatenate([part[number] for part in parts], axis=-1)
        assert joined.tobytes() == array.tobytes()


def test_one_number_or_many_alike() -> None:
    """A certain quantity gives what the same number in every draw gives."""
    wide = np.full(5, 0.97)
    many = run(LADDER, replace(programme(), hazard_ratio_up=wide), INTENSITY)
    one = run(LADDER, programme(), INTENSITY)
    np.testing.assert_allclose(many.avoided, np.repeat(one.avoided, 5, axis=2), rtol=1e-12)


def test_mid_steps() -> None:
    """Halfway each quarter."""
    np.testing.assert_array_equal(mid_steps(1), [0.125, 0.375, 0.625, 0.875])


def test_sums_of_years() -> None:
    """The steps of each year are taken together."""
    steps = np.arange(8.0).reshape(1, 8, 1)
    np.testing.assert_array_equal(by_year(steps, 4).ravel(), [6, 22])
