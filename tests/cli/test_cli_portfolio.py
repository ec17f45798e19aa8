"""The commands that take a portfolio."""

import json
from itertools import count
from pathlib import Path

import pytest
from openpyxl import Workbook
from portfolios import two_programmes

from sroi.analysis.blocks import kept
from sroi.inputs.text.yaml_text import read
from sroi.report.words.words import Words

JSON = ("portfolio", "run", "regio.yaml", "--json")
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


def test_the_table_that_was_read_is_not_written_over(sroi, tmp_path):
    """Whoever asks for a workbook of that name gets no results in the place of the areas."""
    path = two_programmes(tmp_path)
    table = read(path).data["table"]
    made = Workbook()
    for line in (tmp_path / table).read_text().splitlines():
        made.active.append(line.replace(";", ",").split(","))
    made.save(tmp_path / "gebieden.xlsx")
    path.write_text(path.read_text().replace(table, "gebieden.xlsx"))
    before = (tmp_path / "gebieden.xlsx").read_bytes()
    done = sroi("portfolio", "run", path, "--xlsx", "gebieden.xlsx", "--draws", "64")
    assert (done.code, "output-exists" in done.err) == (2, True), done.err
    assert (tmp_path / "gebieden.xlsx").read_bytes() == before


def test_a_table_of_results_is_not_written_over_the_table_of_areas(sroi, tmp_path):
    """Where that has the name of one of them."""
    path = two_programmes(tmp_path)
    table = read(path).data["table"]
    (tmp_path / table).rename(tmp_path / "rows.csv")
    path.write_text(path.read_text().replace(table, "rows.csv"))
    before = (tmp_path / "rows.csv").read_bytes()
    done = sroi("portfolio", "run", path, "--csv", tmp_path, "--draws", "64")
    assert (done.code, "output-exists" in done.err) == (2, True), done.err
    assert (tmp_path / "rows.csv").read_bytes() == before


@pytest.fixture
def usual(sroi, tmp_path):
    two_programmes(tmp_path)
    return sroi(*JSON).out


def test_processes_give_the_same(sroi, usual):
    assert sroi(*JSON, "--workers", "2").out == usual


def test_what_is_kept_is_used_and_gives_the_same(sroi, usual, tmp_path, monkeypatch):
    assert sroi(*JSON, "--keep", "blokken").out == usual
    written = sorted(path.name for path in (tmp_path / "blokken").iterdir())
    assert len(written) == 2
    monkeypatch.setattr(kept.Kept, "put", lambda *_: pytest.fail("done again"))
    assert sroi(*JSON, "--keep", "blokken").out == usual


@pytest.mark.parametrize("change", ["seed", "table", "price"])
def test_blocks_of_other_inputs_are_not_used(sroi, usual, tmp_path, change):
    done = sroi(*JSON, "--keep", "blokken")
    more = ["--seed", "7"] if change == "seed" else []
    if change == "table":
        table = tmp_path / "gebieden.csv"
        table.write_text(table.read_text().replace("gebied 3;31", "gebied 3;32"))
    if change == "price":
        scenario = tmp_path / "een.yaml"
        scenario.write_text(scenario.read_text().replace("best: 20", "best: 21"))
    again = sroi(*JSON, *more, "--keep", "blokken")
    assert again.out != done.out
    assert again.out == sroi(*JSON, *more).out


def test_who_stops_is_told_how_to_go_on(sroi, usual, monkeypatch, tmp_path):
    put, times = kept.Kept.put, count()

    def stopped(*given):
        if next(times):
            raise KeyboardInterrupt
        put(*given)

    monkeypatch.setattr(kept.Kept, "put", stopped)
    done = sroi(*JSON, "--keep", "mijn blokken", "--lang", "nl")
    assert (done.code, done.out) == (130, "")
    assert "sroi portfolio run regio.yaml --json --keep 'mijn blokken' --lang nl" in done.err
    assert len(list((tmp_path / "mijn blokken").iterdir())) == 1
    monkeypatch.setattr(kept.Kept, "put", put)
    assert sroi(*JSON, "--keep", "mijn blokken").out == usual


def test_what_cannot_be_asked(sroi, usual, tmp_path):
    (tmp_path / "begroting.xlsx").touch()
    for wrong, code in (
        (["--keep", "."], "keep-folder-other"),
        (["--workers", "2", "--cluster", "tcp://10.0.0.5:8786"], "cluster-and-workers"),
        (["--cluster", "nergens"], "cluster-unreachable"),
    ):
        done = sroi(*JSON, *wrong)
        assert (done.code, done.out) == (2, ""), wrong
        assert code in done.err


def test_a_report_is_written_verified_and_taken_apart(sroi, tmp_path):
    """What is taken out of it can be run."""
    path = two_programmes(tmp_path)
    command = ("portfolio", "report", path, "--lang", "nl", "--seed", "5")
    done = sroi(*command, "-o", "uit.pdf", "--summary", "--html")
    assert done.code == 0
    assert "uit.pdf" in done.err
    page = (tmp_path / "uit.html").read_text("utf-8")
    assert Words("nl")("page.numbers_title") in page
    verdict = sroi("verify", "uit.pdf", "--lang", "nl", "--extract", "map")
    assert verdict.code == 0
    assert "portefeuille regio" in verdict.out
    assert sroi("portfolio", "check", tmp_path / "map" / "regio.yaml").code == 0
    told = json.loads(sroi("verify", "uit.pdf", "--json").out)
    assert (told["portfolio"], told["right"], told["as_made"]) == ("regio", True, True)


def test_a_report_of_another_kind_of_file_is_refused(sroi, tmp_path):
    """Before anything is reckoned."""
    done = sroi("portfolio", "report", two_programmes(tmp_path), "-o", "uit.txt")
    assert (done.code, done.out) == (2, "")
