"""What only shows when a scenario has been reckoned."""

from typing import Any

import pytest
from care_in_memory import one_tier, worked_example
from hypothesis import given, settings
from hypothesis import strategies as st
from valuations import small, valued, write

from sroi.analysis.valuation.findings import check, findings
from sroi.problems import Problem

CODES = {"early-benefits", "shift-costs-payer"}


def found(scenario: dict[str, Any]) -> dict[str, Problem]:
    """The findings of a scenario by code."""
    valuation = valued(scenario)
    return {p.code: p for p in findings(valuation.loaded, valuation.model, valuation.central)}


def shared(light: str, **changes: Any) -> dict[str, Any]:
    """The tier by hand, of which somebody else pays the light support."""
    scenario = one_tier(**changes)
    scenario["care_ladder"][0]["tiers"][0]["payers"] = {light: 1}
    return scenario


def test_benefits_that_come_at_once():
    """Of two years the first has half of what the second has, by hand."""
    scenario = one_tier()
    scenario["care_ladder"][0]["tiers"][0]["cost"] = 0
    problem = found(scenario)["early-benefits"]
    assert problem.severity == "warning"
    # 20 e^-1 of 20 (1 - e^-1 + e^-2) person-years
    assert problem.facts["share"] == "48%"
    assert (problem.facts["id"], problem.facts["year"]) == ("ladder", "2026")


def test_a_programme_that_has_to_begin_is_not_early():
    """The worked example: an S-curve with a lag."""
    assert found(worked_example(uncertain=False)) == {}


def test_one_year_says_nothing_of_early():
    """There is nothing to compare it with."""
    assert "early-benefits" not in found(one_tier(years=1))


def test_who_pays_for_the_shift():
    """The light support of 14.9 person-years at 1,000 euros is paid by another."""
    scenario = shared("zorgverzekeraar")
    scenario["care_ladder"][0]["tiers"][0]["cost"] = 1000
    problem = found(scenario)["shift-costs-payer"]
    facts = {key: problem.facts[key] for key in ("id", "payer", "gainer", "amount")}
    assert facts == {
        "id": "ladder", "payer": "zorgverzekeraar", "gainer": "gemeente", "amount": "15000",
    }  # fmt: skip


def test_small_losses_and_losses_of_all_are_no_finding():
    """Below one percent of what society gains; and where society loses as well."""
    little = shared("zorgverzekeraar")
    little["care_ladder"][0]["tiers"][0]["cost"] = 1
    assert "shift-costs-payer" not in found(little)
    lost = shared("zorgverzekeraar")
    lost["care_ladder"][0]["tiers"][0]["cost"] = 9000
    assert "shift-costs-payer" not in found(lost)


def test_one_payer_of_everything_loses_nothing_to_another():
    """What goes from one of its budgets to another is no loss."""
    assert "shift-costs-payer" not in found(one_tier())


def test_a_scenario_without_care_has_no_findings():
    """Of outcomes alone."""
    assert found(small()) == {}


def test_a_check_holds_them_all():
    """Those of the file and those of the model, in the order of the file; and those of a run are
    the same."""
    problems = check(write(shared("zorgverzekeraar")))
    codes = [problem.code for problem in problems]
    assert set(codes) >= CODES
    assert [Problem.order(p) for p in problems] == sorted(Problem.order(p) for p in problems)
    run = valued(shared("zorgverzekeraar")).loaded.problems
    assert sorted(codes) == sorted(problem.code for problem in run)


def test_a_file_with_errors_is_not_reckoned():
    """Only its own problems are told."""
    broken = shared("zorgverzekeraar")
    broken["basis"]["years"] = "nul"
    codes = [problem.code for problem in check(write(broken))]
    assert codes
    assert not CODES & set(codes)


@given(st.integers(0, 10), st.integers(0, 10), st.integers(1, 10))
@settings(max_examples=15, deadline=None)
def test_a_loser_is_told_if_and_only_if_there_is_one(mine, theirs, cost):
    """Two payers that share both tiers in any way: somebody's sum over the years is below zero."""
    scenario = one_tier()
    light, heavy = scenario["care_ladder"][0]["tiers"]
    light |= {"cost": cost * 100, "payers": _shares(mine)}
    heavy["payers"] = _shares(theirs)
    valuation = valued(scenario)
    central = valuation.central
    rows = zip(central.flows, central.present[:, 0], strict=True)
    gains = sum(flow.shares.sum(axis=1) * present for flow, present in rows)
    loses = gains.sum() > 0 and gains.min() < -0.01 * gains.sum()
    codes = {p.code for p in findings(valuation.loaded, valuation.model, central)}
    assert ("shift-costs-payer" in codes) == loses


def _shares(tenths: int) -> dict[str, float]:
    parts = {"gemeente": tenths / 10, "zorgverzekeraar": 1 - tenths / 10}
    return {payer: part for payer, part in parts.items() if part}


@pytest.mark.parametrize("kind", ["care_ladder", "direct_shift"])
def test_findings_point_at_their_place(kind):
    """At the ladder or the direct shift that they are about."""
    scenario = one_tier(years=3)
    if kind == "direct_shift":
        tier = scenario.pop("care_ladder")[0]["tiers"][1]
        shift = {key: tier[key] for key in ("cost", "price_year", "payers", "paid_per_unit")}
        shift |= {"id": "ladder", "what": "x", "stakeholder": "bewoners", "of": "steun"}
        shift |= {"backfill": 0, "substitution": 0.2, "duration": 1, "effect_basis": "causal"}
        scenario["direct_shift"] = [shift]
        scenario["activities"] = [
            {"id": "steun", "what": "Steun", "unit": "huishouden", "volume": 100}
        ]
    problem = found(scenario)["early-benefits"]
    assert problem.facts["id"] == "ladder"
    assert problem.line
