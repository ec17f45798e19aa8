"""What it is worth to secure a condition: by hand, and as the conditional mean over new draws."""

from functools import cache
from math import exp
from typing import Any

import numpy as np
import pytest
from care_in_memory import CONDITIONS, one_tier, worked_example
from hypothesis import given, settings
from hypothesis import strategies as st
from valuations import small, valued

from sroi.analysis.care.securing import Secured, effectiveness_expected, secured
from sroi.analysis.valuation.valuation import Valuation
from sroi.model.flows.engine import results_at
from sroi.model.flows.results import SOCIETY, purse
from sroi.model.uncertain.sampling import REPLICATES, points

CASH = purse("gemeente", "hard")
# what the tier by hand saves in two years where everybody moves along: 1,000 euros for each
# person-year of heavy care, less 100 for each of the light support that comes in its place
FULL = 1000 * 20 * (1 + exp(-2)) - 100 * (20 - 5 * (1 - exp(-4)))


@cache
def example() -> Valuation:
    """The worked example with ranges and six conditions."""
    return valued(worked_example(conditions=True))


def found(valuation: Valuation, *whose: Any) -> list[Secured]:
    """Its conditions."""
    return secured(valuation.model, valuation.loaded.scenario, *whose)


def condition(chance: Any, weight: Any = 0.5, id: str = "toegang") -> dict[str, Any]:
    """One condition."""
    return {"id": id, "what": "x", "who": "x", "criticality": weight, "moves_along": chance}


def by_hand(*conditions: dict[str, Any]) -> Valuation:
    """The tier by hand, whose worth grows in a straight line with the intensity."""
    scenario = one_tier() | {"enabling_conditions": list(conditions)}
    scenario["care_ladder"][0]["intervention"]["reference"] = "ideal"
    return valued(scenario)


def test_one_condition_by_hand():
    """E is 0.8 as it is, and 1 where it is secured: a fifth of the full worth."""
    valuation = by_hand(condition(0.6))
    assert effectiveness_expected(valuation.model, valuation.loaded.scenario) == pytest.approx(0.8)
    (one,) = found(valuation)
    assert (one.id, one.weight, one.chance) == ("toegang", 0.5, 0.6)
    assert one.gain == pytest.approx(0.25)
    value, error = one.values[0]
    assert value == pytest.approx(0.2 * FULL, abs=4 * error + 1e-6 * FULL)
    assert 0 < error < 0.001 * FULL


def test_a_degree_by_hand():
    """Moving along by half on average is as a chance of a half where worth is a straight line."""
    half = {"uniform": [0.2, 0.8], "because": "Voorbeeld."}
    (one,) = found(by_hand(condition(half, weight=0.4)))
    assert one.chance == pytest.approx(0.5)
    value, error = one.values[0]
    assert value == pytest.approx(0.2 * FULL, abs=4 * error + 1e-6 * FULL)


def test_what_is_certain_or_makes_no_difference_is_worth_nothing():
    """Exactly, and without an error."""
    valuation = by_hand(condition(1), condition(0.5, weight=0, id="overig"))
    for one in found(valuation):
        assert one.gain == 0
        assert one.values == [(0, 0)]


def test_what_is_necessary_and_never_there_is_worth_everything():
    """Its gain as a share of nothing cannot be told."""
    (one,) = found(by_hand(condition(0, weight=1)))
    assert one.gain == np.inf
    assert one.values == [(pytest.approx(FULL), 0)]


def test_the_conditions_of_the_example():
    """Expected effectiveness and gains to the printed digits; the most valuable first."""
    valuation = example()
    expected = effectiveness_expected(valuation.model, valuation.loaded.scenario)
    assert expected == pytest.approx(0.36088875, rel=1e-12)
    ranked = found(valuation)
    gains = {one.id: one.gain for one in ranked}
    printed = {"toegang": 0.176, "verwijzers": 0.176, "aanbieders": 0.333, "zorgkantoor": 0.081,
               "inwoners": 0.111, "continuiteit": 0.25}  # fmt: skip
    assert gains == pytest.approx(printed, abs=5.1e-4)
    values = [one.values[0][0] for one in ranked]
    assert values == sorted(values, reverse=True)
    assert [one.id for one in ranked][:2] == ["aanbieders", "continuiteit"]


@pytest.mark.parametrize("name", CONDITIONS)
def test_it_is_the_conditional_mean(name):
    """E[NPV | B = 1] - E[NPV] over 32,768 other and independent draws, in society and in cash."""
    usual, values = independent()
    met = values[f"enabling_conditions.{name}.moves_along"] == 1
    (one,) = [x for x in found(example(), (SOCIETY, CASH)) if x.id == name]
    for whose, (value, error) in zip((SOCIETY, CASH), one.values, strict=True):
        balance = usual.balance(whose)
        with_it, without = balance[met], balance[~met]
        gap = with_it.mean() - balance.mean()
        spread = np.hypot(
            with_it.std() / len(with_it) ** 0.5, without.std() / len(without) ** 0.5
        ) * (1 - met.mean())
        assert abs(gap - value) <= 4 * np.hypot(spread, error)
        assert error < value


@cache
def independent() -> Any:
    """Results and values of plain draws with another seed."""
    model = example().model
    size = len(model.quantities.rows)
    parts = [points("plain", 77, n, 2048, size) for n in range(REPLICATES)]
    values = model.quantities.at(np.concatenate(parts, axis=1))
    return results_at(model, values), values


def test_without_conditions_or_without_care_there_is_nothing_to_secure():
    """An empty list."""
    assert found(valued(worked_example(uncertain=False))) == []
    scenario = small() | {"enabling_conditions": [condition(0.5)]}
    assert found(valued(scenario)) == []


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=1, max_size=4))
@settings(max_examples=12, deadline=None)
def test_where_worth_is_a_straight_line_the_gain_is_that_of_effectiveness(pairs):
    """Value = gain × E[E] × what it would be worth in full, for any number of conditions."""
    conditions = [
        condition(chance / 10, weight / 10, f"wie-{number}")
        for number, (weight, chance) in enumerate(pairs)
    ]
    valuation = by_hand(*conditions)
    expected = effectiveness_expected(valuation.model, valuation.loaded.scenario)
    for one in found(valuation):
        if np.isfinite(one.gain):
            value, error = one.values[0]
            two = 2 / valuation.loaded.scenario.basis.draws  # draws: all parts can round alike
            assert value == pytest.approx(one.gain * expected * FULL, abs=5 * error + two * FULL)
