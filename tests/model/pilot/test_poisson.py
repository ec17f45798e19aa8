"""The regression of counts: against closed forms, and what may not matter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.model.pilot.panel import NEVER, treated
from sroi.model.pilot.poisson import fit

EVERY = np.zeros(2, dtype=bool)


def two_by_two(counts, at_risk):
    """One place with the pilot from the second quarter on, and one without."""
    columns = treated(np.array([1, NEVER]), 2, 0)
    return fit(np.array(counts, float), np.array(at_risk, float), columns, EVERY)


def test_two_places_and_two_quarters_are_a_ratio_of_ratios():
    """(30/200 ÷ 40/200) ÷ (55/100 ÷ 50/100): 0.75 ÷ 1.1, by hand."""
    found = two_by_two([[40, 30], [50, 55]], [[200, 200], [100, 100]])
    assert np.exp(found.effects[0]) == pytest.approx(0.75 / 1.1, rel=1e-9)
    assert found.mean == pytest.approx(np.array([[40.0, 30.0], [50.0, 55.0]]))


@given(st.lists(st.integers(1, 500), min_size=4, max_size=4), st.floats(0.1, 10))
def test_the_ratio_does_not_depend_on_the_unit_of_exposure(counts, unit):
    table, risk = np.reshape(counts, (2, 2)), np.array([[10.0, 20.0], [30.0, 40.0]])
    once, again = two_by_two(table, risk), two_by_two(table, risk * unit)
    assert once.effects[0] == pytest.approx(again.effects[0], abs=1e-6)


def test_means_add_up_to_the_counts_of_every_place_and_quarter():
    """What a Poisson regression with these effects always does: its scores are zero."""
    generator = np.random.default_rng(1)
    counts, risk = generator.poisson(8, (6, 9)) * 1.0, generator.uniform(50, 90, (6, 9))
    start = np.array([5, 5, 6, NEVER, NEVER, NEVER])
    found = fit(counts, risk, treated(start, 9, 2), np.zeros(9, dtype=bool))
    assert found.mean.sum(axis=0) == pytest.approx(counts.sum(axis=0))
    assert found.mean.sum(axis=1) == pytest.approx(counts.sum(axis=1))


def test_quarters_that_are_left_out_count_for_nothing():
    counts = np.array([[40.0, 999.0, 30.0], [50.0, 1.0, 55.0]])
    risk = np.full((2, 3), 100.0)
    out = np.array([False, True, False])
    found = fit(counts, risk, treated(np.array([2, NEVER]), 3, 0), out)
    assert np.exp(found.effects[0]) == pytest.approx(0.75 / 1.1)
    assert found.mean[:, 1].tolist() == [0.0, 0.0]


def test_a_place_without_any_event_says_nothing():
    counts, risk = np.array([[40.0, 30.0], [50.0, 55.0], [0.0, 0.0]]), np.full((3, 2), 100.0)
    found = fit(counts, risk, treated(np.array([1, NEVER, NEVER]), 2, 0), EVERY)
    assert np.exp(found.effects[0]) == pytest.approx(0.75 / 1.1)


def test_the_first_quarters_are_effects_of_their_own():
    columns = treated(np.array([2, NEVER]), 6, 2)
    assert columns[:, 0].tolist() == [[0, 0, 0, 0, 1, 1], [0, 0, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0]]
    assert not columns[:, 1].any()


def test_it_is_what_statsmodels_finds():
    """GLM(family=Poisson, offset=log(at_risk)) of statsmodels 0.15.0 on this very table."""
    generator = np.random.default_rng(1)
    counts, risk = generator.poisson(9, (8, 12)) * 1.0, generator.uniform(50, 90, (8, 12))
    start = np.array([6] * 4 + [NEVER] * 4)
    found = fit(counts, risk, treated(start, 12, 2), np.zeros(12, dtype=bool))
    assert found.effects == pytest.approx([-0.18704054, -0.16272058, -0.06082137], abs=1e-8)
    assert found.dispersion == pytest.approx(1.23006239, abs=1e-8)
