"""Rates from counts: youth care trajectories of CBS in the first half of 2021."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from care_ladders import LADDER

from sroi.model.care.calibration import (
    NotCounted,
    Register,
    calibrated,
    completed,
    share_reached,
)
from sroi.model.care.care_ladder import steady_state

COUNTS = {
    "all": (326_570, 149_835, 114_085, 362_320),
    "without residence": (293_490, 141_140, 106_780, 327_845),
    "local team": (47_480, 14_715, 17_115, 45_075),
    "ambulatory": (177_350, 92_705, 67_200, 202_855),
    "day care": (18_830, 8_070, 4_445, 22_455),
    "with residence": (33_080, 8_695, 7_305, 34_475),
}
RATES = (0.6624, 0.6874, 0.7397, 0.7070, 0.4307, 0.4325)
DURATIONS = (1.510, 1.455, 1.352, 1.414, 2.322, 2.312)
REACHED = (
    (0.484, 0.734, 0.929),
    (0.497, 0.747, 0.936),
    (0.523, 0.772, 0.948),
    (0.507, 0.757, 0.941),
    (0.350, 0.577, 0.821),
    (0.351, 0.579, 0.823),
)
REGISTER = Register(*zip(*COUNTS.values(), strict=True), period=0.5)


def test_rates_of_the_register() -> None:
    """Outflow over the mean stock and half a year; durations are the inverse."""
    rates = np.array(REGISTER.rates)
    assert rates == pytest.approx(RATES, abs=5e-5)
    assert 1 / rates == pytest.approx(DURATIONS, abs=5.1e-4)


def test_share_of_the_long_run_effect() -> None:
    """After one, two and four years."""
    for rate, expected in zip(REGISTER.rates, REACHED, strict=True):
        reached = [share_reached(rate, years) for years in (1.0, 2.0, 4.0)]
        assert reached == pytest.approx(expected, abs=5.1e-4)


def test_the_register_adds_up() -> None:
    """To the rounding of the counts, which are in fives."""
    assert np.abs(REGISTER.imbalance).max() <= 5
    wrong = Register((100.0,), (30.0,), (20.0,), (90.0,))
    assert wrong.imbalance == [20.0]


def test_a_ladder_comes_back_from_its_own_register() -> None:
    """Counts in a steady state and the right split give the rates and inflow one started from."""
    people = list(steady_state(LADDER)[:, 0])
    leaving = LADDER.leaving()
    out = tuple(n * rate / 2 for n, rate in zip(people, leaving, strict=True))
    register = Register(tuple(people), out, out, tuple(people), period=0.5)
    split = {(i, j): rate / leaving[i] for (i, j), rate in LADDER.rates.items()}
    ladder = calibrated(register, split)
    assert ladder.rates == pytest.approx(LADDER.rates, rel=1e-12)
    assert ladder.exits == pytest.approx(LADDER.exits, rel=1e-12)
    assert ladder.inflow == pytest.approx(LADDER.inflow, rel=1e-9)


def test_a_split_that_cannot_be_leaves_an_inflow_below_zero() -> None:
    """It is reported, not hidden; counts and shares may be draws."""
    register = Register((100.0, 10.0), (50.0, 5.0), (50.0, 5.0), (100.0, 10.0))
    ladder = calibrated(register, {(0, 1): np.array([0.02, 0.5])})
    np.testing.assert_allclose(ladder.inflow[1], [4.0, -20.0])
    np.testing.assert_allclose(ladder.exits[0], [0.49, 0.25])


def numbers(amounts: Iterable[Any]) -> list[float]:
    """Amounts as plain numbers: some are of one draw."""
    return [float(np.squeeze(amount)) for amount in amounts]


@pytest.mark.parametrize("left_out", [[0], [2], [1, 3], [0, 1, 2], [0, 1, 2, 3, 4]])
@pytest.mark.parametrize("stated", ["people", "new", "in turns"])
def test_tiers_that_nobody_counts_come_back(left_out: list[int], stated: str) -> None:
    """In a steady state how long people stay, and either how many there are or who comes from
    outside, is enough: the ladder is the same whichever tiers the register leaves out."""
    people = list(steady_state(LADDER)[:, 0])
    leaving = LADDER.leaving()
    out = [n * rate / 2 for n, rate in zip(people, leaving, strict=True)]
    for tier in left_out:
        people[tier] = out[tier] = 1.0  # what stands in the place of a count does not matter
    register = Register(tuple(people), tuple(out), tuple(out), tuple(people), period=0.5)
    split = {(i, j): rate / leaving[i] for (i, j), rate in LADDER.rates.items()}
    known = steady_state(LADDER)[:, 0]
    assumed = {}
    for number, tier in enumerate(left_out):
        many = stated == "people" or (stated == "in turns" and number % 2 == 0)
        assumed[tier] = NotCounted(
            1 / leaving[tier], known[tier] if many else None, LADDER.inflow[tier]
        )
    found = completed(register, assumed, split)
    np.testing.assert_allclose(numbers(found.end), known, rtol=1e-12)
    ladder = calibrated(found, split)
    np.testing.assert_allclose(
        numbers(ladder.rates.values()), list(LADDER.rates.values()), rtol=1e-12
    )
    np.testing.assert_allclose(numbers(ladder.exits), LADDER.exits, rtol=1e-12)
    np.testing.assert_allclose(numbers(ladder.inflow), LADDER.inflow, rtol=1e-9, atol=1e-9)


def test_people_that_nobody_counts_by_hand() -> None:
    """Of 60 who leave heavy care in half a year a quarter goes to a place where people stay two
    years, and 10 a year come there from outside: 40 a year, so 80 people."""
    register = Register((1.0, 200.0), (1.0, 60.0), (1.0, 60.0), (1.0, 200.0), period=0.5)
    found = completed(register, {0: NotCounted(2.0, None, 10.0)}, {(1, 0): 0.25})
    assert numbers(found.end) == pytest.approx([80.0, 200.0])
    ladder = calibrated(found, {(1, 0): 0.25})
    assert float(np.squeeze(ladder.inflow[0])) == pytest.approx(10.0)
    assert float(np.squeeze(ladder.exits[0])) == pytest.approx(0.5)


def test_a_tier_where_nobody_comes() -> None:
    """Has a rate all the same, and nobody in it."""
    register = Register((1.0, 200.0), (1.0, 60.0), (1.0, 60.0), (1.0, 200.0), period=0.5)
    found = completed(register, {0: NotCounted(2.0, None, np.array([0.0, 5.0]))}, {})
    np.testing.assert_allclose(found.end[0], [0.0, 10.0], atol=1e-8)
    ladder = calibrated(found, {})
    np.testing.assert_allclose(ladder.exits[0], [0.5, 0.5])
    np.testing.assert_allclose(ladder.inflow[0], [0.0, 5.0], atol=1e-8)
