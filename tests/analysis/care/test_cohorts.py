"""Two arms of a cohort: published models as scenarios, a cohort by hand, what always holds."""

from typing import Any

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
            "effects": [{"id": "goed", "what": "Goed", "unit": "jaar", "per_cycle": {"gezond": 1}}],
        }
    ]  # fmt: skip
    scenario["cohorts"][0] |= changes
    return scenario


def test_sick_sicker_as_published():
    """hesim-dev/rcea, from a scenario file: costs, QALYs and cost per QALY."""
    found = compared(sick_sicker())
    costs = [found.without.cost, found.with_programme.cost]
    assert costs == pytest.approx([204_123.528, 464_390.385], rel=5e-9)
    qalys = [found.without.effects["qaly"], found.with_programme.effects["qaly"]]
    assert qalys == pytest.approx([21.077209, 23.194116], abs=5e-7)
    assert found.cost_per("qaly") == pytest.approx(122_946.7559, abs=5e-5)
    assert sum(found.without.people) == pytest.approx(1)


@pytest.mark.parametrize("counted", [False, True])
def test_hiv_as_published(counted):
    """Chancellor (1997); the central case of chances from counts is that of the shares."""
    found = compared(hiv(counted))
    assert [found.without.cost, found.with_programme.cost] == pytest.approx(
        [44_663.45, 50_601.65], abs=5e-3
    )
    years = [found.without.effects["jaar"], found.with_programme.effects["jaar"]]
    assert years == pytest.approx([7.991207, 8.937389], abs=5e-7)
    assert found.cost_per("jaar") == pytest.approx(6275.956, abs=5e-4)
    assert set(found.without.costs) == {"zorg", "middel"}


def test_a_cohort_by_hand():
    """50 and 75 ill at the ends of the two cycles, or 25 and 43¾."""
    found = compared(by_hand())
    assert found.without.costs == {"zorg": pytest.approx(1250)}
    assert found.with_programme.costs == {"zorg": pytest.approx(687.5)}
    assert found.extra_cost == pytest.approx(-562.5)
    assert found.extra("goed") == pytest.approx(75 + 56.25 - 75)
    assert found.cost_per("goed") == pytest.approx(-562.5 / 56.25)
    assert found.without.people == pytest.approx([25, 75])
    assert found.with_programme.people == pytest.approx([56.25, 43.75])


def test_costs_follow_the_years_and_effects_their_cycles():
    """Two cycles in one year have one discount factor for money; an effect has its own rate."""
    scenario = by_hand(years=1, cycles_per_year=2)
    scenario["basis"]["discounting"] = {"rate": 0.25, "timing": "end_of_year"}
    scenario["cohorts"][0]["effects"][0]["discount_rate"] = 0.1
    found = compared(scenario)
    assert found.without.cost == pytest.approx(1250 / 1.25)
    assert found.without.effects["goed"] == pytest.approx(50 / 1.1 + 25 / 1.21)


def test_costs_are_in_prices_of_the_price_year():
    """So that the arms differ by what the table of value flows holds."""
    scenario = by_hand()
    scenario["cohorts"][0]["costs"][0]["price_year"] = 2020
    valuation = valued(scenario)
    (found,) = comparisons(valuation.model)
    assert found.extra_cost == pytest.approx(-float(valuation.central.benefits(SOCIETY)[0]))
    assert found.without.cost > 1250


def test_where_nothing_is_gained_there_is_no_cost_per_unit():
    """More people fall ill; and where an effect stays the same."""
    worse = by_hand(programme={"relative_risk": 1.5, "on": {"gezond": ["ziek"]}})
    assert compared(worse).cost_per("goed") is None
    same = by_hand()
    same["cohorts"][0]["effects"][0]["per_cycle"] = {"gezond": 1, "ziek": 1}
    assert compared(same).extra("goed") == 0
    assert compared(same).cost_per("goed") is None


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
    worth = float(valuation.central.benefits(SOCIETY)[0])
    assert found.extra_cost == pytest.approx(-worth, rel=1e-9, abs=1e-9)
    assert sum(found.with_programme.people) == pytest.approx(100)
    first_start = counting == "start" and cycles == 1
    if risk == 1 or first_start:
        assert found.extra("goed") == pytest.approx(0, abs=1e-12)
    else:
        assert (found.extra("goed") > 0) == (risk < 1)
