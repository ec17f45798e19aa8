"""From cohorts as nouns to the lines of a model."""

from dataclasses import replace

import numpy as np
from care_in_memory import HIV_COUNTS, hiv
from models_in_memory import model

from sroi.model.lines.lines import NOTHING, ONE


def test_a_counted_cohort_has_sticks_and_a_stated_one_has_chances() -> None:
    """A stick for every place but the last; who stays is one of the places."""
    counted, stated = (model(hiv(counted=x)).cohorts[0] for x in (True, False))
    for arm in range(2):
        assert stated.arms[arm].sticks == counted.arms[arm].moves == {}
        assert stated.arms[arm].moves[0, 1] == ("cohorts.hiv.moves.a.b",)
    at = "cohorts.hiv.counts.a"
    sticks = counted.arms[0].sticks
    assert sticks[0] == ((0, f"{at}.a"), (1, f"{at}.b"), (2, f"{at}.c"), (3, ""))
    assert len(HIV_COUNTS["b"]) == len(sticks[1]) == 3


def test_a_cohort_without_a_programme_multiplies_by_one() -> None:
    """Then only its costs differ."""
    found = hiv()
    del found["cohorts"][0]["programme"]
    _, line = model(found).cohorts[0].arms
    assert (line.ratio, line.on, line.first_cycles) == (ONE, (), None)


def test_costs_that_are_the_same_with_the_programme_are_named_once() -> None:
    """`with_programme` is the usual cost where it is not stated."""
    care, drug = model(hiv()).cohorts[0].costs
    (usual, changed), (none, given) = care.by_arm, drug.by_arm
    assert changed == usual
    assert given[0] == ("cohorts.hiv.costs.middel.with_programme.a",)
    assert (care.first_cycles, drug.first_cycles) == (None, 2)
    assert none[3] == (NOTHING,)


def test_a_cost_of_another_year_is_indexed() -> None:
    """By the consumer price index, once for all states."""
    found = hiv()
    found["cohorts"][0]["costs"][0]["price_year"] = 2015
    built = model(found).cohorts[0]
    assert built.flows[0].index > 1
    assert built.flows[1].index == 1
    plain = model(hiv()).cohorts[0]
    assert np.array_equal(plain.flows[0].shares, built.flows[0].shares)
    assert replace(built, flows=()) == replace(plain, flows=())
