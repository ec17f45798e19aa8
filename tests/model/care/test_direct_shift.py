"""The direct shift: by hand, and the same as a care ladder of one tier."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sroi.model.care.care_ladder import Ladder, Programme
from sroi.model.care.care_ladder_run import by_year, run
from sroi.model.care.direct_shift import (
    avoided_care,
    avoided_entries,
    substitution,
)

CBS = 114_085 / ((326_570 + 362_320) / 2) / 0.5


@pytest.mark.parametrize("steps", [1, 4, 12])
def test_one_percent_of_the_entries_into_youth_care(steps: int) -> None:
    """Avoided person-years of the first year and avoided stock at its end."""
    entries = avoided_entries([299_670.0] * steps, 0.1, 0.1, [1.0] * steps)
    years, stocks = avoided_care(entries, CBS, steps)
    assert by_year(years, steps)[0, 0] == pytest.approx(1215.763783, abs=5e-7)
    assert stocks[-1, 0] == pytest.approx(2191.344073, abs=5e-7)


@given(st.integers(0, 2**32 - 1), st.floats(0.05, 3), st.sampled_from([1, 4, 12]))
@settings(max_examples=40, deadline=None)
def test_it_is_the_ladder_of_one_tier(seed: int, rate: float, steps: int) -> None:
    """At any intensity over time, in every step and draw."""
    rng = np.random.default_rng(seed)
    share, much = rng.uniform(0, 0.5, 3), rng.uniform(0, 1, (5 * steps, 3))
    alone = Ladder({}, (1.0, 1.0, rate), (0.0, 0.0, 1000.0))
    shift = run(alone, Programme(diversion=share), much, steps_per_year=steps)
    entries = avoided_entries([1000.0] * (5 * steps), 1.0, share, list(much))
    years, stocks = avoided_care(entries, rate, steps)
    np.testing.assert_allclose(years, shift.avoided[2], rtol=1e-9)
    np.testing.assert_allclose(stocks[steps - 1 :: steps], shift.freed[2], rtol=1e-9)
    np.testing.assert_allclose(entries / steps, shift.entries, rtol=1e-12)


@given(st.floats(0.05, 3))
def test_duration_and_not_the_calendar_year(rate: float) -> None:
    """d I/μ (1 - e^(-μT)) and d I/μ [T - (1 - e^(-μT))/μ]."""
    entries = avoided_entries([100.0] * 20, 1.0, 0.2, [1.0] * 20)
    years, stocks = avoided_care(entries, rate, 4)
    faded = 1 - np.exp(-rate * 5)
    assert stocks[-1, 0] == pytest.approx(20 / rate * faded, rel=1e-11)
    assert years.sum() == pytest.approx(20 / rate * (5 - faded / rate), rel=1e-11)


def test_substitution_there_and_back() -> None:
    """σ in gives σ out; below 0 a light trajectory feeds heavy care."""
    sigma = np.array([-0.1, 0.05, 0.25])
    light = np.array([200.0, 300.0, 400.0, 400.0])
    entries = avoided_entries(list(light), sigma, 1.0, [1.0] * 4)
    assert entries.shape == (4, 3)
    np.testing.assert_allclose(substitution(entries, light[:, None]), sigma)
    part = avoided_entries(list(light), sigma, 0.3, [1.0] * 4)
    np.testing.assert_allclose(part, 0.3 * entries)


def test_two_forms_of_the_same_claim() -> None:
    """σ is the share at risk × the relative risk reduction of those who are reached."""
    by_risk = avoided_entries([100.0, 200.0], 0.25, 0.2, [0.5, 1.0])
    by_sigma = avoided_entries([100.0, 200.0], 0.05, 1.0, [0.5, 1.0])
    np.testing.assert_allclose(by_risk, by_sigma)
    np.testing.assert_allclose(by_risk.ravel(), [2.5, 10])


def test_a_rate_by_draw() -> None:
    """Each draw as if it stood alone."""
    rates = np.array([0.3, 0.7, 1.5])
    entries = avoided_entries([100.0] * 8, 0.2, 0.1, [1.0] * 8)
    years, _ = avoided_care(np.repeat(entries, 3, axis=1), rates, 4)
    for draw, rate in enumerate(rates):
        np.testing.assert_array_equal(years[:, [draw]], avoided_care(entries, float(rate), 4)[0])
