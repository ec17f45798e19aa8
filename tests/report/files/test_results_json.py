"""The results as data: what a program may rely on."""

import json
import math
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
from care_in_memory import CONDITIONS, TIERS, hiv, one_tier, worked_example
from care_ladders import GOLDEN
from valuations import RANGE, example, example_results, small, valued

import sroi
from sroi.report.files.plain import plain
from sroi.report.files.results_json import as_json
from sroi.version import released

TOP = {
    "schema", "scenario", "version", "inputs_sha256", "draws", "seed", "price_year", "years",
    "central", "expected", "range", "probability", "by_year", "by_payer", "by_line", "problems",
}  # fmt: skip
RESULT = {"benefits", "investment", "net_present_value", "sroi_ratio", "payback_years"}
ROWS = {
    "by_year": {"year", "benefits", "investment", "present_value"},
    "by_payer": {"payer", "benefits", "investment", "balance", "hard", "soft", "pm"},
    "by_line": {"id", "kind", "stakeholder", "gross", "impact", "present_value"},
}
OF_CARE = {"budget", "cascade", "care_ladder", "enabling_conditions", "cohorts"}
ROWS_OF_CARE = {
    "budget": {"payer", "payback_year", "by_year"},
    "care_ladder": {
        "id", "heavy_care_rises", "substitution", "waterbed_break_even", "waiting_list", "tiers",
    },
    "cohorts": {"id", "without", "with", "extra_cost", "extra_effects", "cost_per"},
}  # fmt: skip


def results(**changes: Any) -> dict[str, Any]:
    """Results of the small scenario."""
    return as_json(valued(small(**changes)), "nl")


@cache
def of_ladder(conditions: bool = False) -> dict[str, Any]:
    """Those of the worked example of the care ladder, with ranges."""
    return as_json(valued(worked_example(conditions=conditions)), "nl")


def close(value: float) -> Any:
    """Equal but for the last digits."""
    return pytest.approx(value, rel=1e-9, abs=1e-6)


def numbers(part: Any) -> Iterator[float]:
    """Every number in the results."""
    if isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from numbers(inner)
    elif isinstance(part, float):
        yield part


def test_every_key_that_was_promised_is_there():
    """Keys are added and never changed."""
    found = example_results()
    assert found["schema"] == "sroi.results/1"
    assert set(found) >= TOP | OF_CARE
    assert set(found["central"]) >= RESULT
    assert set(found["expected"]) >= RESULT | {"standard_error"}
    assert set(found["range"]) >= {"sroi_ratio", "net_present_value"}
    assert all(set(spread) == {"p5", "p50", "p95"} for spread in found["range"].values())
    assert set(found["probability"]) >= {"benefits_exceed_investment", "payer_balance_positive"}
    for name, keys in ROWS.items():
        assert all(set(row) >= keys for row in found[name])


def test_what_was_promised_of_care():
    """Of a ladder, of conditions and of a cohort."""
    found = of_ladder(conditions=True) | {"cohorts": as_json(valued(hiv()), "nl")["cohorts"]}
    for name, keys in ROWS_OF_CARE.items():
        assert found[name]
        assert all(set(row) >= keys for row in found[name])
    money = {"hard", "soft", "pm", "investment", "balance", "cumulative"}
    assert all(set(row["nominal"]) == money for own in found["budget"] for row in own["by_year"])
    money |= {"year", "nominal"}
    assert all(set(row) == money for own in found["budget"] for row in own["by_year"])
    amounts = {"payer", "society", "in_pocket", "cashable", "after_investment"}
    assert set(found["cascade"]) == amounts
    for tier in found["care_ladder"][0]["tiers"]:
        assert set(tier) >= {"id", "level", "people", "person_years", "lifetime_cost"}
        assert set(tier["people"]) == {"start", "end_without", "end_with"}
        for row in tier["person_years"]:
            assert all(set(row[x]) == {"mean", "p5", "p95"} for x in ("without", "with", "avoided"))
    assert set(found["enabling_conditions"]) >= {"effectiveness", "payer", "conditions"}
    keys = {"id", "weight", "chance", "gain", "society", "society_standard_error", "hard",
            "hard_standard_error"}  # fmt: skip
    assert all(set(row) >= keys for row in found["enabling_conditions"]["conditions"])


def test_what_a_scenario_does_not_have_is_empty_or_null():
    """The keys stay; the budget is that of every scenario."""
    found = example_results()
    assert [found[name] for name in ("care_ladder", "cohorts")] == [[], []]
    assert found["enabling_conditions"] is None
    assert found["cascade"]["payer"] == "gemeente"
    assert [own["payer"] for own in found["budget"]] == [row["payer"] for row in found["by_payer"]]
    without = as_json(valued(small() | {"investment": []}), "nl")
    assert without["cascade"] is None


def test_results_are_json_and_stay_the_same_through_it():
    """No number is infinite or none at all; what goes in comes out."""
    for found in (example_results(), of_ladder(), of_ladder(conditions=True)):
        text = json.dumps(found, ensure_ascii=False, allow_nan=False)
        assert json.loads(text) == found
        assert all(map(math.isfinite, numbers(found)))


def test_what_identifies_the_run():
    """Scenario, fingerprint, draws and seed; and all years that count."""
    found, loaded = example_results(), example().loaded
    assert found["scenario"] == "voorbeeldstad-ouderen"
    assert found["inputs_sha256"] == loaded.inputs_sha256
    assert (found["draws"], found["seed"], found["price_year"]) == (2048, 1, 2024)
    assert found["version"] == released()
    assert found["years"] == [2026, 2027, 2028, 2029, 2030]
    assert [year["year"] for year in found["by_year"]] == found["years"]


def test_payers_add_up_to_society():
    """Benefits, investment and balance; a transfer between them leaves nothing."""
    found = example_results()
    expected = found["expected"]
    for name, total in (("benefits", "benefits"), ("investment", "investment"),
                        ("balance", "net_present_value")):  # fmt: skip
        assert math.fsum(row[name] for row in found["by_payer"]) == close(expected[total])
    for row in found["by_payer"]:
        assert row["balance"] == close(row["benefits"] - row["investment"])
        assert row["benefits"] == close(row["hard"] + row["soft"] + row["pm"])


@pytest.mark.parametrize("of", [example_results, of_ladder], ids=["outcomes", "ladder"])
def test_lines_and_stakeholders_add_up_to_the_benefits(of):
    """Each outcome and each tier once."""
    found = of()
    for name in ("by_line", "by_stakeholder"):
        total = math.fsum(row["present_value"] for row in found[name])
        assert total == close(found["expected"]["benefits"])
    impact = math.fsum(row["impact"] for row in found["by_line"])
    assert impact == close(math.fsum(row["benefits"] for row in found["by_year"]))


def test_years_add_up_to_the_present_value():
    """Discounted, the benefits of all years are the benefits."""
    found = example_results()
    total = math.fsum(row["present_value"] for row in found["by_year"])
    assert total == close(found["expected"]["benefits"])


def test_the_balance_is_the_difference_and_the_ratio_the_quotient():
    """In the central case and over the draws."""
    for part in (example_results()["central"], example_results()["expected"]):
        assert part["net_present_value"] == close(part["benefits"] - part["investment"])
        assert part["sroi_ratio"] == close(part["benefits"] / part["investment"])


def test_perspectives_start_from_society():
    """Of which the balance is the expected one."""
    found = example_results()
    assert list(found["perspectives"]) == ["society", "fiscal", "cash"]
    assert found["perspectives"]["society"]["balance"] == close(
        found["expected"]["net_present_value"]
    )
    hard = math.fsum(row["hard"] for row in found["by_payer"])
    assert found["perspectives"]["cash"]["benefits"] == close(hard)


def test_without_uncertainty_the_expected_case_is_the_central_one():
    """With no error, and a range without width."""
    found = results(basis__years=3, outcomes__lasts=2, outcomes__drop_off=0.25)
    expected = found["expected"]
    assert {name: expected[name] for name in RESULT} == {
        name: close(found["central"][name]) if found["central"][name] is not None else None
        for name in RESULT
    }
    assert set(expected["standard_error"].values()) == {0.0}
    assert all(len(set(spread.values())) == 1 for spread in found["range"].values())


def test_without_investment_there_is_no_ratio():
    """It is null, and the rest is there."""
    found = as_json(valued(small(outcomes__rate=RANGE) | {"investment": []}), "nl")
    assert found["central"]["sroi_ratio"] is None
    assert found["expected"]["sroi_ratio"] is None
    assert found["expected"]["standard_error"]["sroi_ratio"] is None
    assert found["range"]["sroi_ratio"] is None
    assert found["expected"]["investment"] == 0
    assert found["probability"]["benefits_exceed_investment"] == 1


def test_what_is_never_earned_back_has_no_payback():
    """Null, not a large number."""
    assert results()["expected"]["payback_years"] is None
    assert results(investment__per_year=0.5)["expected"]["payback_years"] == close(0.5)


def test_problems_are_told_in_the_language_that_was_asked():
    """Only warnings can be among them."""
    valuation = valued(small())
    told = [as_json(valuation, lang)["problems"] for lang in ("nl", "en")]
    assert [problem["code"] for problem in told[0]] == ["no-negative-outcome"]
    assert {problem["severity"] for problem in told[0]} == {"warning"}
    assert told[0][0]["message"] != told[1][0]["message"]


def test_the_worked_example_of_the_care_ladder():
    """The central case to all digits; and what does not depend on the draws."""
    found, golden = of_ladder(), GOLDEN["central"]
    assert found["central"]["net_present_value"] == close(golden["net_present_value_society"])
    assert found["central"]["sroi_ratio"] == close(golden["sroi_ratio"])
    (ladder,) = found["care_ladder"]
    assert [tier["id"] for tier in ladder["tiers"]] == TIERS
    assert [tier["lifetime_cost"] for tier in ladder["tiers"]] == pytest.approx(
        GOLDEN["lifetime_cost_per_entrant"]
    )
    assert [tier["people"]["start"] for tier in ladder["tiers"]] == pytest.approx(
        GOLDEN["steady_state"]
    )
    assert (ladder["substitution"], ladder["waiting_list"]) == (None, [])
    assert 0 < ladder["heavy_care_rises"] < 0.5


def test_every_line_of_care_is_a_line():
    """A ladder by tier, a cohort by cost; with the kind of line that it is."""
    lines = [(row["id"], row["kind"]) for row in of_ladder()["by_line"]]
    assert lines == [(f"zorgladder.{tier}", "care_ladder") for tier in TIERS]
    found = as_json(valued(hiv()), "nl")
    kinds = [(row["id"], row["kind"]) for row in found["by_line"]]
    assert kinds == [("hiv.zorg", "cohorts"), ("hiv.middel", "cohorts")]
    assert {row["kind"] for row in example_results()["by_line"]} == {"outcomes"}


def test_an_outcome_and_a_tier_of_one_name_stay_apart():
    """And the people of both have all of it."""
    scenario = one_tier() | {key: small()[key] for key in ("activities", "outcomes", "proxies")}
    scenario["activities"][0]["volume"] = 1
    scenario["outcomes"][0] |= {"id": "ladder", "deadweight": 0.5}
    found = as_json(valued(scenario), "nl")
    lines = [(row["kind"], row["id"]) for row in found["by_line"]]
    assert lines == [("outcomes", "ladder"), ("care_ladder", "ladder.licht"),
                     ("care_ladder", "ladder.zwaar")]  # fmt: skip
    assert found["by_line"][0]["present_value"] == close(1)
    (holder,) = found["by_stakeholder"]
    assert holder["present_value"] == close(found["expected"]["benefits"])


@pytest.mark.parametrize("of", [example_results, of_ladder], ids=["outcomes", "ladder"])
def test_budgets_add_up(of):
    """Over the payers to every year, and over the years to the cascade; what is given in kind is
    left out."""
    found, in_kind = of(), of is example_results
    for number, year in enumerate(found["by_year"]):
        rows = [own["by_year"][number] for own in found["budget"]]
        assert {row["year"] for row in rows} == {year["year"]}
        benefits = math.fsum(row[name] for row in rows for name in ("hard", "soft", "pm"))
        assert benefits == close(year["benefits"])
        spent = math.fsum(row["investment"] for row in rows)
        assert spent < year["investment"] if in_kind else spent == close(year["investment"])
    for own in found["budget"]:
        balances = [row["hard"] - row["investment"] for row in own["by_year"]]
        assert [row["balance"] for row in own["by_year"]] == close(balances)
        assert [row["cumulative"] for row in own["by_year"]] == close(list(np.cumsum(balances)))
    payer, *amounts = found["cascade"].values()
    own = next(own for own in found["budget"] if own["payer"] == payer)
    assert amounts[0] == close(math.fsum(year["benefits"] for year in found["by_year"]))
    assert amounts[2] == close(math.fsum(row["hard"] for row in own["by_year"]))
    assert amounts[3] == close(own["by_year"][-1]["cumulative"])


def test_budgets_undiscounted_are_those_of_the_payers():
    """Where nothing is discounted the sums of the budget are present values."""
    scenario = worked_example()
    scenario["basis"]["discounting"] = {"rate": 0, "timing": "mid_year"}
    found = as_json(valued(scenario), "nl")
    for own, row in zip(found["budget"], found["by_payer"], strict=True):
        assert own["payer"] == row["payer"]
        for name in ("hard", "soft", "pm", "investment"):
            assert math.fsum(year[name] for year in own["by_year"]) == close(row[name])


def test_payback_is_a_calendar_year():
    """Hard money of 0.6 a year for 2.5 that was put in: above zero in the fifth year. Who puts
    nothing in gains from the first."""
    scenario = small(basis__years=5, outcomes__lasts=1, investment__per_year=[2.5, 0, 0, 0, 0])
    budgets = as_json(valued(scenario), "nl")["budget"]
    assert {own["payer"]: own["payback_year"] for own in budgets} == {
        "gemeente": 2030, "zorgverzekeraar": 2026,
    }  # fmt: skip


def test_conditions_are_worth_what_securing_them_brings():
    """Society and the hard money of whoever invests most; the most valuable first."""
    found = of_ladder(conditions=True)["enabling_conditions"]
    assert found["effectiveness"] == close(0.36088875)
    assert found["payer"] == "gemeente"
    assert {row["id"] for row in found["conditions"]} == set(CONDITIONS)
    values = [row["society"] for row in found["conditions"]]
    assert values == sorted(values, reverse=True)
    for row in found["conditions"]:
        assert (row["weight"], row["chance"]) == CONDITIONS[row["id"]]
        assert row["society"] > row["hard"] > row["hard_standard_error"] > 0
        assert row["society"] > row["society_standard_error"] > 0


def test_what_cannot_be_told_is_null():
    """The gain as a share of nothing; a payer where nobody invests; a cost of no more effect."""
    scenario = one_tier()
    scenario["enabling_conditions"] = [
        {"id": "nodig", "what": "x", "who": "x", "criticality": 1, "moves_along": 0}
    ]
    found = as_json(valued(scenario), "nl")["enabling_conditions"]
    assert (found["effectiveness"], found["payer"]) == (0, None)
    (row,) = found["conditions"]
    assert (row["gain"], row["hard"], row["hard_standard_error"]) == (None, None, None)
    assert row["society"] > 0
    worse = hiv()
    worse["cohorts"][0]["programme"]["relative_risk"] = 1.5
    (cohort,) = as_json(valued(worse), "nl")["cohorts"]
    assert cohort["cost_per"] == {"jaar": None}


def test_only_numbers_that_are_none_become_null():
    """At any depth; whole numbers, words and truth stay."""
    given = {"a": [1.5, math.inf, {"b": math.nan}], "c": True, "d": 3, "e": "inf", "f": None}
    assert plain(given) == {
        "a": [1.5, None, {"b": None}], "c": True, "d": 3, "e": "inf", "f": None,
    }  # fmt: skip


def test_more_arms_have_a_place():
    """The other arms, and where all stand; without them neither key is there."""
    usual = hiv()
    assert {"arms", "frontier"}.isdisjoint(as_json(valued(usual), "nl")["cohorts"][0])
    usual["cohorts"][0]["arms"] = [{"id": "gelijk", "what": "Gelijk"}]
    (found,) = as_json(valued(usual), "nl")["cohorts"]
    assert found["arms"]["gelijk"] == found["without"]
    placed = {one["arm"]: one for one in found["frontier"]["jaar"]}
    assert {one["status"] for one in placed.values()} == {"frontier"}
    assert placed["with"]["cost_per"] == pytest.approx(6275.956, abs=5e-4)
    assert placed["gelijk"]["cost_per"] is placed["without"]["cost_per"] is None


def test_a_cohort_has_two_arms():
    """People by state, costs and effects by id, and the published ratio."""
    (found,) = as_json(valued(hiv()), "nl")["cohorts"]
    assert set(found["with"]["people"]) == {"a", "b", "c", "dead"}
    assert found["extra_cost"] == close(found["with"]["cost"] - found["without"]["cost"])
    assert found["extra_effects"]["jaar"] == close(
        found["with"]["effects"]["jaar"] - found["without"]["effects"]["jaar"]
    )
    price = found["cost_per"]["jaar"]
    assert (price["mean"], price["p5"]) == (pytest.approx(6275.956, abs=5e-4),) * 2
    assert found["verdicts"] == {"jaar": "dearer_better"}
    assert found["chances"]["jaar"]["dearer_better"] == 1
    assert found["discount_rates"] == {"jaar": 0}
    (counted,) = as_json(valued(hiv(counted=True)), "nl")["cohorts"]
    assert counted["central"]["cost_per"]["jaar"]["mean"] == close(price["mean"])
    assert counted["range"]["extra_cost"]["p5"] < counted["extra_cost"]


def test_people_that_wait():
    """By year, where there is a capacity."""
    few = {"effect_basis": "causal", "diversion": 0.2, "capacity": {"demand": 100, "possible": 60}}
    (ladder,) = as_json(valued(one_tier(intervention=few)), "nl")["care_ladder"]
    assert ladder["waiting_list"] == [
        {"year": 2026, "people": close(40)}, {"year": 2027, "people": close(80)},
    ]  # fmt: skip


def test_from_python(tmp_path):
    """`sroi.run` gives the same results, and a frame of the value flows."""
    from models_in_memory import ONE_LINE

    path = tmp_path / "een-regel.yaml"
    path.write_text(ONE_LINE.replace("years: 1", "draws: 64, years: 1"), encoding="utf-8")
    valuation = sroi.run(path)
    frame = valuation.to_frame()
    assert frame["amount"].sum() == close(as_json(valuation, "nl")["expected"]["net_present_value"])
    assert set(frame["kind"]) == {"outcomes", "investment"}
