"""The CSV files: numbers that a spreadsheet adds up, and text that it does not run."""

import csv
import io
import math
from functools import cache
from typing import Any

import pytest
from care_in_memory import TIERS, hiv, one_tier, worked_example
from valuations import example, example_results, small, valued

from sroi.report.files.csv_files import csv_texts, write_csv
from sroi.report.files.results_json import as_json

STYLES = {"nl": (";", ","), "en": (",", ".")}
LANGS = pytest.mark.parametrize("lang", STYLES)


def rows(lang: str, name: str) -> list[dict[str, str]]:
    """A file of the example, read as its readers will."""
    text = csv_texts(example(), example_results(), lang)[f"{name}.csv"]
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=STYLES[lang][0]))


@cache
def of_ladder() -> tuple[Any, dict[str, Any]]:
    """The worked example of the care ladder valued, and its results as data."""
    valuation = valued(worked_example(conditions=True))
    return valuation, as_json(valuation, "nl")


def ladder_rows(lang: str, name: str) -> list[dict[str, str]]:
    """A file of that example."""
    text = csv_texts(*of_ladder(), lang)[f"{name}.csv"]
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=STYLES[lang][0]))


def number(cell: str, lang: str) -> float:
    """A cell as a number of that language."""
    assert STYLES["en" if lang == "nl" else "nl"][1] not in cell
    return float(cell.replace(STYLES[lang][1], "."))


@LANGS
def test_value_flows_add_up_to_the_totals(lang):
    """All rows together are the benefits less the investment, undiscounted."""
    flows = rows(lang, "value_flows")
    years = example_results()["by_year"]
    total = math.fsum(number(row["amount"], lang) for row in flows)
    expected = math.fsum(year["benefits"] - year["investment"] for year in years)
    assert total == pytest.approx(expected, rel=1e-12)
    spent = [number(row["amount"], lang) for row in flows if row["kind"] == "investment"]
    assert -math.fsum(spent) == pytest.approx(math.fsum(y["investment"] for y in years), rel=1e-12)
    assert set(flows[0]) == {"line", "kind", "stakeholder", "year", "payer", "cash", "amount"}


@LANGS
@pytest.mark.parametrize("name", ["by_year", "by_payer", "by_stakeholder", "by_line"])
def test_tables_are_those_of_the_results(name, lang):
    """To the last digit."""
    for row, result in zip(rows(lang, name), example_results()[name], strict=True):
        for key, value in result.items():
            assert (number(row[key], lang) if isinstance(value, float) else row[key]) == (
                value if isinstance(value, float) else str(value)
            )


@LANGS
def test_every_quantity_has_its_distribution(lang):
    """Under its path, with percentiles that go up."""
    found = {row["path"]: row for row in rows(lang, "assumptions")}
    assert set(found) == {path for path in example().model.quantities.distributions if "." in path}
    for row in found.values():
        p5, p50, p95 = (number(row[name], lang) for name in ("p5", "p50", "p95"))
        assert p5 <= p50 <= p95


@LANGS
def test_text_that_looks_like_a_formula_is_text(lang):
    """An apostrophe goes before it; a number below zero is a number."""
    results: dict[str, Any] = example_results() | {
        name: [{"a": text, "b": -1.5, "c": -2} for text in
               ("=1+1", "+1", "-1", "@x", " =1", "\t=1", "\r=1", "a=1", "")]
        for name in ("by_year", "by_payer", "by_stakeholder", "by_line")
    }  # fmt: skip
    text = csv_texts(example(), results, lang)["by_year.csv"]
    made = list(csv.reader(io.StringIO(text, newline=""), delimiter=STYLES[lang][0]))[1:]
    cells = [row[0] for row in made]
    assert cells == ["'=1+1", "'+1", "'-1", "'@x", "' =1", "'\t=1", "'\r=1", "a=1", ""]
    assert {(row[1], row[2]) for row in made} == {("-1,5" if lang == "nl" else "-1.5", "-2")}


def test_files_open_in_a_spreadsheet(tmp_path):
    """With the mark that tells of UTF-8, and the line ends of the standard."""
    paths = write_csv(example(), example_results(), tmp_path / "a" / "b", "nl")
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == sorted(
        path.name for path in paths
    )
    assert len(paths) == 8
    for path in paths:
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
        assert content.count(b"\n") == content.count(b"\r\n")
        assert content.decode("utf-8-sig").count("\ufeff") == 0


def test_a_scenario_without_investment_has_its_files():
    """Those of the investment have no rows."""
    valuation = valued(small() | {"investment": []})
    texts = csv_texts(valuation, as_json(valuation, "nl"), "nl")
    assert "investment;" not in texts["value_flows.csv"]
    assert all(texts.values())


@LANGS
def test_the_budget_has_a_row_for_every_payer_and_year(lang):
    """To the last digit, and all rows together are the years."""
    budgets = ladder_rows(lang, "budget")
    expected = [
        {"payer": own["payer"], **year}
        for own in of_ladder()[1]["budget"]
        for year in own["by_year"]
    ]
    for row, result in zip(budgets, expected, strict=True):
        assert row["payer"] == result["payer"]
        assert row["year"] == str(result["year"])
        for name in ("hard", "soft", "pm", "investment", "balance", "cumulative"):
            assert number(row[name], lang) == result[name]
    total = math.fsum(number(row[name], lang) for row in budgets for name in ("hard", "soft", "pm"))
    years = math.fsum(year["benefits"] for year in of_ladder()[1]["by_year"])
    assert total == pytest.approx(years, rel=1e-9)


@LANGS
def test_person_years_have_a_row_for_every_tier_and_year(lang):
    """What is avoided is the difference, within its range."""
    found = ladder_rows(lang, "person_years")
    assert list(found[0]) == ["ladder", "tier", "year", "without", "with", "avoided", "p5", "p95"]
    places = [(row["ladder"], row["tier"], int(row["year"])) for row in found]
    assert places == [("zorgladder", tier, 2026 + year) for tier in TIERS for year in range(10)]
    for row in found:
        without, with_, avoided, p5, p95 = (
            number(row[name], lang) for name in ("without", "with", "avoided", "p5", "p95")
        )
        assert avoided == pytest.approx(without - with_, abs=1e-7)
        assert p5 <= p95


@LANGS
def test_conditions_are_those_of_the_results(lang):
    """In their order, with the errors of their values."""
    found = ladder_rows(lang, "enabling_conditions")
    for row, result in zip(found, of_ladder()[1]["enabling_conditions"]["conditions"], strict=True):
        assert row["id"] == result["id"]
        for name in set(result) - {"id"}:
            assert number(row[name], lang) == result[name]


def test_tables_of_care_are_there_where_there_is_something():
    """Not for outcomes alone, nor for a cohort; without conditions there is no table of them."""
    assert {"person_years.csv", "enabling_conditions.csv"} <= set(csv_texts(*of_ladder(), "nl"))
    for valuation in (example(), valued(hiv())):
        names = set(csv_texts(valuation, as_json(valuation, "nl"), "nl"))
        assert "budget.csv" in names
        assert not names & {"person_years.csv", "enabling_conditions.csv"}
    valuation = valued(one_tier())
    names = set(csv_texts(valuation, as_json(valuation, "nl"), "nl"))
    assert "person_years.csv" in names
    assert "enabling_conditions.csv" not in names


@LANGS
def test_a_value_that_cannot_be_told_is_an_empty_cell(lang):
    """Where nobody invests there is no payer to whom a condition is worth something."""
    scenario = one_tier()
    scenario["enabling_conditions"] = [
        {"id": "nodig", "what": "x", "who": "x", "criticality": 1, "moves_along": 0}
    ]
    valuation = valued(scenario)
    text = csv_texts(valuation, as_json(valuation, "nl"), lang)["enabling_conditions.csv"]
    (row,) = csv.DictReader(io.StringIO(text, newline=""), delimiter=STYLES[lang][0])
    assert [row[name] for name in ("gain", "hard", "hard_standard_error")] == ["", "", ""]
    assert number(row["society"], lang) > 0
