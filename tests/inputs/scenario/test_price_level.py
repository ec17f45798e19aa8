"""Series that a scenario continues: by hand, and what stays as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from models_in_memory import library, with_forecasts
from valid_scenario import SCENARIO

from sroi.inputs.case.continued_series import ContinuedSeries
from sroi.inputs.files.scenario_file import check_file, load, with_own
from sroi.inputs.scenario.price_level import continued, status
from sroi.inputs.text.yaml_text import parse
from sroi.model.lines.indexation import factor


def own(**rises: str) -> ContinuedSeries:
    """A continued series: `own(y2026="3.1%")`."""
    years = {year[1:]: rise for year, rise in rises.items()}
    return ContinuedSeries.model_validate({**years, "because": "x"})


def test_a_series_continued_by_hand():
    """100 euros of 2025 are 103.10 of 2026 and 103.10 × 1.024 = 105.5744 of 2027; and 0.96805 of
    the series is what a euro of 2025 is in 2024."""
    more = continued(library().indices, {"cpi": own(y2026="3.1%", y2027="2.4%")})["cpi"]
    assert 100 * factor(more.factors, 2025, 2026) == pytest.approx(103.10)
    assert 100 * factor(more.factors, 2025, 2027) == pytest.approx(105.5744)
    assert 100 * factor(more.factors, 2024, 2027) == pytest.approx(105.5744 / 0.96805)


def test_what_was_there_stays():
    shipped = library().indices
    more = continued(shipped, {"cpi": own(y2026="3.1%")})
    assert {y: f for y, f in more["cpi"].factors.items() if y < 2026} == shipped["cpi"].factors
    assert {key: more[key] for key in more if key != "cpi"} == {
        key: shipped[key] for key in shipped if key != "cpi"
    }
    assert continued(shipped, {}) == shipped


def test_an_own_year_goes_before_a_forecast_of_that_year():
    """The forecasts of the other years stay, as rises; what was not followed is known."""
    cpi = with_forecasts("cpi", {2026: 0.03, 2027: 0.02, 2028: 0.01}).indices
    more = continued(cpi, {"cpi": own(y2027="10%")})["cpi"]
    assert factor(more.factors, 2025, 2028) == pytest.approx(1.03 * 1.10 * 1.01)
    assert (list(more.forecast), list(more.replaced)) == ([2026, 2028], [2027])
    assert more.replaced[2027].rise == 0.02
    assert factor(cpi["cpi"].factors, 2025, 2028) == pytest.approx(1.03 * 1.02 * 1.01)


@pytest.mark.parametrize(
    ("rises", "found"),
    [
        ("2027: 2%", []), ("2026: 2%, 2029: 1%", []), ("2029: 1%", []),
        ("2030: 1%", [("index-year-gap", 2029)]), ("2025: 1%", [("index-year-known", None)]),
    ],
)  # fmt: skip
def test_a_forecast_fills_a_year_that_a_scenario_leaves_out(tmp_path, rises, found):
    library = with_forecasts("cpi", {2026: 0.03, 2027: 0.02, 2028: 0.01})
    text = SCENARIO + f"indices: {{cpi: {{{rises}, because: x}}}}\n"
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    problems = check_file(path, library)
    assert [(one.code, one.facts.get("missing")) for one in problems] == found


def test_the_status_of_a_year():
    text = SCENARIO + "indices: {cpi: {2027: 2.4%, because: x}}\n"
    shelf = with_forecasts("cpi", {2026: 0.03}, provisional=[2025])
    scenario = load(parse(text.encode(), "x.yaml"), library=shelf).scenario
    series = with_own(shelf, scenario).indices["cpi"]
    assert [status(scenario, series, year) for year in range(2024, 2028)] == [
        "final", "provisional", "forecast", "own",
    ]  # fmt: skip


@given(st.lists(st.floats(-0.2, 0.5), min_size=1, max_size=20))
def test_there_and_back_is_one_and_rises_multiply(rises):
    years = {str(2026 + n): f"{rise:.6f}" for n, rise in enumerate(rises)}
    series = ContinuedSeries.model_validate({**years, "because": "x"})
    factors = continued(library().indices, {"cpi": series})["cpi"].factors
    product = 1.0
    for year, rise in series.rises.items():
        product *= 1 + rise
        assert factor(factors, 2025, year) == pytest.approx(product)
        assert factor(factors, year, 2025) * factor(factors, 2025, year) == pytest.approx(1)


def test_a_scenario_without_any_of_this_is_the_same_file_of_numbers():
    """Its fingerprint too: what is not stated is not in it."""
    scenario = load(parse(SCENARIO.encode(), "x.yaml")).scenario
    written = scenario.model_dump_json()
    assert "indices" not in written
    assert '"index":' not in scenario.model_copy(update={"proxies": []}).model_dump_json()
