"""Writing into a workbook (`--write`), and a copy of one with notes (`check --mark`)."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from valid_scenario import SCENARIO
from workbooks import book_of, changed, place

from sroi import shipped
from sroi.inputs.files.scenario_file import load

SCENARIOS = shipped.folder("scenarios")
OLDER = SCENARIOS / "voorbeeldstad-ouderen.yaml"
LONELY = SCENARIOS / "metingen" / "eenzaamheid-huisbezoek.yaml"
CODINGS = SCENARIOS / "metingen" / "gesprekken.csv"
BOOK = book_of(OLDER.read_text("utf-8"))
SMALL = book_of(SCENARIO)
PRICE = place(SMALL, "Uitkomsten", "prijs", "minder-seh")


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


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_copy_beside_the_messages(sroi, tmp_path: Path, lang: str) -> None:
    before = changed(SMALL, {PRICE: "seh-bezoeken"})
    (tmp_path / "a.xlsx").write_bytes(before)
    done = sroi("check", "a.xlsx", "--mark", "b.xlsx", "--lang", lang)
    assert done.code == 2
    assert "proxy-unknown" in done.out
    assert "b.xlsx" in done.err
    assert (tmp_path / "a.xlsx").read_bytes() == before
    sheet, _, cell = PRICE.partition("!")
    note = openpyxl.load_workbook(tmp_path / "b.xlsx")[sheet][cell].comment.text
    assert note.split("\n", 1)[1].split("\n\n")[0] in done.out


def test_nothing_is_overwritten(sroi, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(SMALL)
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / "b.xlsx").write_bytes(b"van iemand")
        done = sroi("check", "a.xlsx", "--mark", name)
        assert done.code == 2
        assert "output-exists" in done.all
    assert (tmp_path / "a.xlsx").read_bytes() == SMALL
    assert (tmp_path / "b.xlsx").read_bytes() == b"van iemand"


def test_one_workbook_and_another_ending_are_asked_for(sroi, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(SMALL)
    (tmp_path / "a.yaml").write_text(SCENARIO)
    for files in (["a.yaml"], ["a.xlsx", "a.xlsx"]):
        assert "mark-one-workbook" in sroi("check", *files, "--mark", "b.xlsx").all
    assert "output-kind" in sroi("check", "a.xlsx", "--mark", "b.ods").all
    assert not (tmp_path / "b.xlsx").exists()


def test_what_cannot_be_opened_is_told_and_not_copied(sroi, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"geen werkboek")
    done = sroi("check", "a.xlsx", "--mark", "b.xlsx")
    assert done.code == 2
    assert "workbook-unreadable" in done.all
    assert not (tmp_path / "b.xlsx").exists()
