"""The commands that take a portfolio."""

import json
from pathlib import Path

import pytest
from portfolios import two_programmes

BROKEN = Path(__file__).parents[1] / "broken" / "portfolio"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_mistake_names_its_area_and_its_column(sroi, lang):
    done = sroi("portfolio", "check", BROKEN / "portfolio-cell.yaml", "--lang", lang)
    assert done.code == 2
    assert "B-dorp" in done.out
    assert "ouderen" in done.out
    assert "portfolio-cell.csv:3:2" in done.out


def test_a_check_is_told_to_a_program(sroi):
    done = sroi("portfolio", "check", BROKEN / "portfolio-row-weak.yaml", "--json")
    assert done.code == 1
    assert [one["code"] for one in json.loads(done.out)] == ["portfolio-row-weak"]


def test_a_portfolio_without_mistakes(sroi, tmp_path):
    for name in ("klein.yaml", "gebieden.csv"):
        (tmp_path / name).write_bytes((BROKEN / name).read_bytes())
    text = (BROKEN / "portfolio-column-missing.yaml").read_text().replace("ouder:", "ouderen:")
    (tmp_path / "p.yaml").write_text(text)
    done = sroi("portfolio", "check", tmp_path / "p.yaml")
    assert (done.code, done.err) == (0, "")


def test_a_portfolio_is_run_in_the_terminal_and_as_files(sroi, tmp_path):
    path = two_programmes(tmp_path)
    done = sroi("portfolio", "run", path, "--lang", "nl", "--csv", "map", "--xlsx", "uit.xlsx")
    assert done.code == 0
    assert "Hoe zeker het totaal is" in done.out
    assert (tmp_path / "uit.xlsx").exists()
    assert "rows.csv" in done.err
    again = sroi("portfolio", "run", path, "--json", "--draws", "512", "--seed", "3")
    results = json.loads(again.out)
    assert (results["draws"], results["seed"], len(results["rows"])) == (512, 3, 7)


def test_a_portfolio_with_mistakes_is_not_run(sroi):
    done = sroi("portfolio", "run", BROKEN / "portfolio-cell.yaml", "--json")
    assert (done.code, done.out) == (2, "")
    assert "portfolio-cell" in done.err


def test_a_workbook_has_the_name_of_one(sroi, tmp_path):
    done = sroi("portfolio", "run", two_programmes(tmp_path), "--xlsx", "uit.pdf")
    assert done.code == 2
