"""`sroi measure` and `sroi experience` with `--write` into a workbook."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from workbooks import book_of

from sroi import shipped
from sroi.inputs.files.scenario_file import load

SCENARIOS = shipped.folder("scenarios")
OLDER = SCENARIOS / "voorbeeldstad-ouderen.yaml"
LONELY = SCENARIOS / "metingen" / "eenzaamheid-huisbezoek.yaml"
CODINGS = SCENARIOS / "metingen" / "gesprekken.csv"
BOOK = book_of(OLDER.read_text("utf-8"))


@pytest.fixture
def older(tmp_path) -> Path:
    (tmp_path / "ouderen.xlsx").write_bytes(BOOK)
    return tmp_path / "ouderen.xlsx"


def test_a_measurement_is_shown_by_cell_and_written(sroi, older, tmp_path) -> None:
    done = sroi("measure", LONELY, "--write", older, "--yes", "--lang", "nl")
    assert done.code == 0, done.err
    assert "Uitkomsten!" in done.err
    assert "normal: {mean: " in done.err
    assert "formules" not in done.err
    text = Path(shutil.copy(OLDER, tmp_path / "ouderen.yaml"))
    assert sroi("measure", LONELY, "--write", text, "--yes").code == 0
    assert load(older).scenario == load(text).scenario
    assert sroi("measure", LONELY, "--write", older, "--yes").code == 0
    assert sroi("check", older).code in (0, 1)


def test_not_agreed_is_not_written(sroi, older, monkeypatch) -> None:
    monkeypatch.setattr("typer.prompt", lambda *_, **__: "n")
    assert sroi("measure", LONELY, "--write", older).code == 0
    assert older.read_bytes() == BOOK


def test_that_formulas_may_rest_on_it_is_said(sroi, older) -> None:
    book = openpyxl.load_workbook(older)
    book.create_sheet("Mijn sommen")["A1"] = "=1+1"
    book.save(older)
    done = sroi("measure", LONELY, "--write", older, "--yes", "--lang", "nl")
    assert "bevat formules" in done.err


def test_interviews_are_shown_and_written(sroi, older) -> None:
    done = sroi("experience", CODINGS, older, "--lang", "nl")
    assert done.code == 0, done.err
    assert "niet herkend" in done.out
    assert older.read_bytes() == BOOK
    done = sroi("experience", CODINGS, older, "--write", "--yes", "--because", "Wie wilde.")
    assert done.code == 0, done.err
    assert load(older).scenario.experience.because.nl == "Wie wilde."
