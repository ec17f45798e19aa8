"""A portfolio for programs and for a spreadsheet: all that was answered, and nothing else."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from portfolios import two_programmes

from sroi.analysis.portfolio.drivers import drivers
from sroi.analysis.portfolio.funding import funding
from sroi.analysis.portfolio.order import places
from sroi.analysis.portfolio.valued import value
from sroi.inputs.portfolio.portfolio_file import load_portfolio
from sroi.report.portfolio.portfolio_files import tables_of, write_csv, write_workbook
from sroi.report.portfolio.portfolio_json import as_json, fingerprint
from sroi.report.words.words import Words


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("regio")
    budget = {"payer": "gemeente", "at_most": 400, "per": "total"}
    return two_programmes(folder, own=["outcomes.verandering.rate"], budget=budget)


@pytest.fixture(scope="module")
def results(path) -> dict:
    found = value(load_portfolio(path))
    budget = found.loaded.portfolio.budget
    assert budget is not None
    chosen = funding(budget, found.expected, found.together, found.costs(budget.payer))
    order = places(found.expected, found.together)
    return as_json(found, order, drivers(found), chosen, "nl")


def test_it_is_json_and_adds_up(results):
    assert json.loads(json.dumps(results, allow_nan=False)) == results
    assert results["schema"] == "sroi.portfolio/1"
    assert len(results["rows"]) == 7
    for key in ("benefits", "investment", "net_present_value"):
        total = results["total"]["expected"][key]
        for parts in (results["rows"], results["programmes"]):
            assert sum(one["expected"][key] for one in parts) == pytest.approx(total)
    for one in [*results["rows"], results["total"]]:
        expected, payers = one["expected"], one["by_payer"]
        assert sum(p["balance"] for p in payers) == pytest.approx(expected["net_present_value"])
        assert sum(p["benefits"] for p in payers) == pytest.approx(expected["benefits"])
    assert sorted(row["place"] for row in results["rows"]) == list(range(1, 8))


def test_years_discounted_are_the_present_value(results):
    """Of a row whose quantities are shared; of what it draws for itself the mean is taken."""
    rate, timing = results["discounting"]["rate"], results["discounting"]["timing"]
    assert (rate, timing) == (0, "end_of_year")
    for row in results["rows"]:
        for key in ("benefits", "investment"):
            assert sum(year[key] for year in row["by_year"]) == pytest.approx(
                row["expected"][key], rel=0.02
            )


def test_a_column_says_whether_rows_share_a_valuation(results):
    assert {one["column"]: one["shared"] for one in results["columns"]} == {
        "aantal": True,
        "inzet": True,
    }


def test_every_number_is_in_a_table(results, tmp_path):
    """The same in the files and in the workbook as in the data."""
    tables = tables_of(results, "en")
    written = write_csv(results, tmp_path / "map", "en")
    assert {path.stem for path in written} == set(tables)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "map" / "rows.csv").read_text("utf-8-sig"))))
    assert [row["area"] for row in rows] == [row["area"] for row in results["rows"]]
    for found, row in zip(rows, results["rows"], strict=True):
        assert float(found["net_present_value"]) == row["expected"]["net_present_value"]
        assert float(found["p95"]) == row["range"]["net_present_value"]["p95"]
        assert float(found["central_benefits"]) == row["central"]["benefits"]
    write_workbook(results, tmp_path / "uit.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "uit.xlsx", "en")
    assert book.sheetnames == list(tables)
    for name, table in tables.items():
        cells = [[cell.value for cell in row] for row in book[name].iter_rows()]
        assert len(cells) == len(table) + 1
        assert cells[0] == list(dict.fromkeys(key for row in table for key in row))
    sheet = book["rows"]
    heads = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, heads.index("p5") + 1).value == pytest.approx(
        results["rows"][0]["range"]["net_present_value"]["p5"], rel=1e-15
    )


def test_a_name_is_no_formula(results, tmp_path):
    """Names of areas come from a table that anybody may have made."""
    row = results["rows"][0] | {"area": "=1+1"}
    write_workbook(results | {"rows": [row]}, tmp_path / "uit.xlsx", "en")
    cell = openpyxl.load_workbook(tmp_path / "uit.xlsx")["rows"]["B2"]
    assert (cell.data_type, cell.value) == ("s", "'=1+1")


def test_the_fingerprint_is_that_of_what_numbers_rest_on(path, results):
    loaded = load_portfolio(path)
    assert results["inputs_sha256"] == fingerprint(loaded)
    table = path.with_name("gebieden.csv")
    before = table.read_text("utf-8")
    table.write_text(before.replace(";10;", ";11;"), "utf-8")
    assert fingerprint(load_portfolio(path)) != fingerprint(loaded)
    table.write_text(before, "utf-8")


def test_what_is_funded_fits_the_budget(results):
    """At what the payer is expected to pay, as the rows have it."""
    paid = {
        (row["programme"], row["area"]): sum(year["investment"] for year in row["by_year"])
        for row in results["rows"]
    }
    for choice in results["funding"]["choices"]:
        cost = sum(paid[one["programme"], one["area"]] for one in choice["rows"])
        assert choice["cost"] == pytest.approx(cost)
        assert cost <= 400
    names = [choice["by"] for choice in results["funding"]["choices"]]
    assert names == ["expected", "worst", "chance", "greedy"]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_tables_say_what_their_amounts_are(results, lang):
    """In which unit, over which years, in prices of which year, and for whom."""
    found = {row["what"]: row["value"] for row in tables_of(results, lang)["basis"]}
    words = Words(lang)
    assert found[words("portfolio_basis.unit")] == "EUR"
    assert found[words("portfolio_basis.period")] == "2026–2027"
    assert found[words("portfolio_basis.price_year")] == results["price_year"]
    assert found[words("portfolio_basis.perspective")] == words("perspective.society")
    assert (results["years"], results["perspective"]) == ([2026, 2027], "society")
