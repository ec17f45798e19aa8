"""The results as data: what a program may rely on."""

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest
from valuations import RANGE, example, example_results, small, valued

import sroi
from sroi.report.results_json import as_json, package_version

TOP = {
    "schema", "scenario", "version", "inputs_sha256", "draws", "seed", "price_year", "years",
    "central", "expected", "range", "probability", "by_year", "by_payer", "by_line", "problems",
}  # fmt: skip
RESULT = {"benefits", "investment", "net_present_value", "sroi_ratio", "payback_years"}
ROWS = {
    "by_year": {"year", "benefits", "investment", "present_value"},
    "by_payer": {"payer", "benefits", "investment", "balance", "hard", "soft", "pm"},
    "by_line": {"id", "stakeholder", "gross", "impact", "present_value"},
}


def results(**changes: Any) -> dict[str, Any]:
    """Results of the small scenario."""
    return as_json(valued(small(**changes)), "nl")


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
    assert set(found) >= TOP
    assert set(found["central"]) >= RESULT
    assert set(found["expected"]) >= RESULT | {"standard_error"}
    assert set(found["range"]) >= {"sroi_ratio", "net_present_value"}
    assert all(set(spread) == {"p5", "p50", "p95"} for spread in found["range"].values())
    assert set(found["probability"]) >= {"benefits_exceed_investment", "payer_balance_positive"}
    for name, keys in ROWS.items():
        assert all(set(row) >= keys for row in found[name])


def test_results_are_json_and_stay_the_same_through_it():
    """No number is infinite or none at all; what goes in comes out."""
    text = json.dumps(example_results(), ensure_ascii=False, allow_nan=False)
    assert json.loads(text) == example_results()
    assert all(map(math.isfinite, numbers(example_results())))


def test_what_identifies_the_run():
    """Scenario, fingerprint, draws and seed; and all years that count."""
    found, loaded = example_results(), example().loaded
    assert found["scenario"] == "voorbeeldstad-ouderen"
    assert found["inputs_sha256"] == loaded.inputs_sha256
    assert (found["draws"], found["seed"], found["price_year"]) == (2048, 1, 2024)
    assert found["version"] == package_version()
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


def test_lines_and_stakeholders_add_up_to_the_benefits():
    """Each outcome once."""
    found = example_results()
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


def test_from_python(tmp_path):
    """`sroi.run` gives the same results, and a frame of the value flows."""
    from models_in_memory import ONE_LINE

    path = tmp_path / "een-regel.yaml"
    path.write_text(ONE_LINE.replace("years: 1", "draws: 64, years: 1"), encoding="utf-8")
    valuation = sroi.run(path)
    frame = valuation.to_frame()
    assert frame["amount"].sum() == close(as_json(valuation, "nl")["expected"]["net_present_value"])
    assert set(frame["kind"]) == {"outcomes", "investment"}
