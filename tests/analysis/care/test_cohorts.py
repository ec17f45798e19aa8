"""Two arms of a cohort: published models as scenarios, a cohort by hand, what always holds."""

from typing import Any

import numpy as np
import pytest
from care_in_memory import bare, hiv, sick_sicker, worked_example
from hypothesis import given, settings
from hypothesis import strategies as st
from valuations import valued

from sroi.analysis.care.cohorts import Comparison, comparisons
from sroi.model.flows.results import SOCIETY


def compared(scenario: dict[str, Any]) -> Comparison:
    """The only cohort of a scenario."""
    (found,) = comparisons(valued(scenario).model)
    return found


def amount(amounts: Any) -> float:
    """The amount of the only draw."""
    (one,) = amounts
    return float(one)


def price(scenario: dict[str, Any], effect: str) -> float | None:
    """What a unit of an effect costs in the central case."""
    found = compared(scenario).cost_per(effect)
    return found and found.mean


def by_hand(**changes: Any) -> dict[str, Any]:
    """Of 100 people half fall ill each cycle, a quarter with the programme; 10 euros when ill."""
    scenario = bare(years=changes.pop("years", 2))
    scenario["cohorts"] = [
        {
            "id": "groep",
            "what": "Groep",
            "stakeholder": "bewoners",
            "states": [{"id": "gezond", "what": "Gezond"}, {"id": "ziek", "what": "Ziek"}],
            "start": {"gezond": 100},
            "cycles": 2,
            "moves": {"gezond": {"ziek": 0.5}},
            "programme": {"relative_risk": 0.5, "on": {"gezond": ["ziek"]}},
            "counting": "end",
            "costs": [{"id": "zorg", "what": "Zorg", "payers": {"gemeente": 1},
                       "per_cycle": {"ziek": 10}}],
            "effects": [{"id": "goed", "what": "Goed", "unit": "jaar", "discount_rate": 0,
                         "per_cycle": {"gezond": 1}}],
        }
    ]  # fmt: skip
    scenario["cohorts"][0] |= changes
    return scenario


def test_sick_sicker_as_published():
    """hesim-dev/rcea, from a scenario file: costs, QALYs and cost per QALY."""
    found = compared(sick_sicker())
    costs = [amount(found.without.cost), amount(found.with_programme.cost)]
    assert costs == pytest.approx([204_123.528, 464_390.385], rel=5e-9)
    qalys = [amount(arm.effects[0]) for arm in (found.without, found.with_programme)]
    assert qalys == pytest.approx([21.077209, 23.194116], abs=5e-7)
    assert price(sick_sicker(), "qaly") == pytest.approx(122_946.7559, abs=5e-5)
    assert found.without.people.sum() == pytest.approx(1)


@pytest.mark.parametrize("counted", [False, True])
def test_hiv_as_published(counted):
    """Chancellor (1997); the central case of chances from counts is that of the shares."""
    found = compared(hiv(counted))
    assert [amount(found.without.cost), amount(found.with_programme.cost)] == pytest.approx(
        [44_663.45, 50_601.65], abs=5e-3
    )
    years = [amount(arm.effects[0]) for arm in (found.without, found.with_programme)]
    assert years == pytest.approx([7.991207, 8.937389], abs=5e-7)
    assert price(hiv(counted), "jaar") == pytest.approx(6275.956, abs=5e-4)
    assert found.without.costs.shape == (2, 1)


def test_a_cohort_by_hand():
    """50 and 75 ill at the ends of the two cycles, or 25 and 43¾."""
    found = compared(by_hand())
    assert amount(found.without.costs[0]) == pytest.approx(1250)
    assert amount(found.with_programme.costs[0]) == pytest.approx(687.5)
    assert amount(found.extra_cost) == pytest.approx(-562.5)
    assert amount(found.extra("goed")) == pytest.approx(75 + 56.25 - 75)
    assert found.verdict("goed") == "cheaper_better"
    assert found.cost_per("goed") is None
    assert found.without.people.ravel() == pytest.approx([25, 75])
    assert found.with_programme.people.ravel() == pytest.approx([56.25, 43.75])


def test_costs_follow_the_years_and_effects_their_cycles():
    """Two cycles in one year have one discount factor for money; an effect has its own rate."""
    scenario = by_hand(years=1, cycles_per_year=2)
    scenario["basis"]["discounting"] = {"rate": 0.25, "timing": "end_of_year"}
    scenario["cohorts"][0]["effects"][0]["discount_rate"] = 0.1
    found = compared(scenario)
    assert amount(found.without.cost) == pytest.approx(1250 / 1.25)
    assert amount(found.without.effects[0]) == pytest.approx(50 / 1.1**0.5 + 25 / 1.1)


def quarters() -> dict[str, Any]:
    """Four years of quarters: one in fifty dies each quarter, one in a hundred with the programme;
    3 % a year, counted at the start of each quarter, which is discounted as it is."""
    scenario = by_hand(
        years=4,
        states=[{"id": "leeft", "what": "Leeft"}, {"id": "dood", "what": "Dood"}],
        start={"leeft": 1},
        cycles=16,
        cycles_per_year=4,
        counting="start",
        moves={"leeft": {"dood": 0.02}},
        programme={"relative_risk": 0.5, "on": {"leeft": ["dood"]}},
        costs=[],
        effects=[{"id": "q", "what": "Q", "unit": "QALY", "discount_rate": 0.03,
                  "per_cycle": {"leeft": 1}}],
    )  # fmt: skip
    scenario["basis"]["discounting"] = {"rate": 0.03, "timing": "start_of_year"}
    return scenario


def test_a_rate_is_that_of_a_year():
    """Σ (0.99^k - 0.98^k) ÷ 1.03^(k/4), k = 0 … 15, is 0.969; with 3 % a quarter it would be
    0.779. Twice: as geometric series, (1 - q^16) ÷ (1 - q)."""
    gained = amount(compared(quarters()).extra("q"))
    assert gained == pytest.approx(0.9691555, abs=5e-8)
    series = [(1 - q**16) / (1 - q) for q in (0.99 / 1.03**0.25, 0.98 / 1.03**0.25)]
    assert gained == pytest.approx(series[0] - series[1], rel=1e-12)


@given(st.sampled_from([1, 2, 4, 12]), st.integers(0, 20).map(lambda percent: percent / 100))
@settings(max_examples=20, deadline=None)
def test_years_are_discounted_alike_however_they_are_cut(cut, rate):
    """Steady people: every year has its own factor, and within it each part has the same."""
    scenario = quarters()
    (cohort,) = scenario["cohorts"]
    cohort |= {"cycles": 4 * cut, "cycles_per_year": cut, "moves": {"leeft": {"dood": 0}}}
    cohort["effects"][0] |= {"discount_rate": rate, "per_cycle": {"leeft": 1 / cut}}
    (found,) = compared(scenario).without.effects
    whole = sum((1 + rate) ** -year for year in range(4))
    part = sum((1 + rate) ** -(k / cut) for k in range(cut)) / cut
    assert found[0] == pytest.approx(whole * part, rel=1e-9)


def test_costs_are_in_prices_of_the_price_year():
    """So that the arms differ by what the table of value flows holds."""
    scenario = by_hand()
    scenario["cohorts"][0]["costs"][0]["price_year"] = 2020
    valuation = valued(scenario)
    (found,) = comparisons(valuation.model)
    assert found.extra_cost == pytest.approx(-valuation.central.benefits(SOCIETY))
    assert amount(found.without.cost) > 1250


def test_where_nothing_is_gained_there_is_no_cost_per_unit():
    """More people fall ill; and where an effect stays the same."""
    worse = by_hand(programme={"relative_risk": 1.5, "on": {"gezond": ["ziek"]}})
    assert compared(worse).cost_per("goed") is None
    assert compared(worse).verdict("goed") == "dearer_worse"
    same = by_hand()
    same["cohorts"][0]["effects"][0]["per_cycle"] = {"gezond": 1, "ziek": 1}
    assert compared(same).extra("goed") == 0
    assert compared(same).cost_per("goed") is None
    assert compared(same).verdict("goed") == "cheaper_as_good"


def test_what_is_saved_for_each_unit_less():
    """A programme that costs 562.50 less where more people are ill: 10 euros for each."""
    scenario = by_hand()
    scenario["cohorts"][0]["effects"][0]["per_cycle"] = {"ziek": 1}
    assert compared(scenario).verdict("goed") == "cheaper_worse"
    assert price(scenario, "goed") == pytest.approx(10)


def test_a_unit_costs_the_ratio_of_expectations():
    """With counted moves: not the mean of the ratios, and not the ratio of the central case."""
    valuation = valued(hiv(counted=True))
    (found,) = valuation.cohorts
    cost, gain = found.extra_cost, found.extra("jaar")
    told = found.cost_per("jaar")
    assert told.mean == pytest.approx(cost.mean() / gain.mean(), rel=1e-12)
    assert abs(told.mean - (cost / gain).mean()) > told.standard_error
    assert told.range == pytest.approx(np.quantile(cost / gain, (0.05, 0.95)))
    assert found.extra_cost == pytest.approx(-valuation.drawn.benefits(), rel=1e-9)
    assert found.chances("jaar")["dearer_better"] == 1


def test_draws_with_another_verdict_leave_no_range_of_the_ratio():
    """A relative risk that may be above 1: dearer and better as expected, not in every draw."""
    scenario = hiv(counted=True)
    risk = {"uniform": [0.6, 1.1], "because": "Verzonnen."}
    scenario["cohorts"][0]["programme"]["relative_risk"] = risk
    (found,) = valued(scenario).cohorts
    chances = found.chances("jaar")
    assert sum(chances.values()) == pytest.approx(1)
    assert 0.5 < chances["dearer_better"] < 1
    assert found.verdict("jaar") == "dearer_better"
    assert found.cost_per("jaar").range is None


def test_without_cohorts_there_is_nothing_to_compare():
    """An empty list."""
    assert comparisons(valued(worked_example(uncertain=False)).model) == []


@given(
    st.integers(0, 200).map(lambda percent: percent / 100),
    st.sampled_from(["start", "end", "half_cycle"]),
    st.sampled_from(["start_of_year", "mid_year", "end_of_year"]),
    st.integers(1, 6),
)
@settings(max_examples=20, deadline=None)
def test_what_always_holds(risk, counting, timing, cycles):
    """The difference of the arms is the value of the cohort; a risk below 1 keeps people well."""
    scenario = by_hand(
        years=6, cycles=cycles, counting=counting,
        programme={"relative_risk": risk, "on": {"gezond": ["ziek"]}},
    )  # fmt: skip
    scenario["basis"]["discounting"] = {"rate": 0.04, "timing": timing}
    valuation = valued(scenario)
    (found,) = comparisons(valuation.model)
    worth = valuation.central.benefits(SOCIETY)
    assert found.extra_cost == pytest.approx(-worth, rel=1e-9, abs=1e-9)
    assert found.with_programme.people.sum() == pytest.approx(100)
    first_start = counting == "start" and cycles == 1
    if risk == 1 or first_start:
        assert amount(found.extra("goed")) == pytest.approx(0, abs=1e-12)
    else:
        assert (amount(found.extra("goed")) > 0) == (risk < 1)
