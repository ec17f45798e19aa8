"""`sroi check --mark`: a copy with notes, which takes no other file's place."""

from pathlib import Path

import openpyxl
import pytest
from valid_scenario import SCENARIO
from workbooks import book_of, changed, place

BOOK = book_of(SCENARIO)
PRICE = place(BOOK, "Uitkomsten", "prijs", "minder-seh")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_copy_beside_the_messages(sroi, tmp_path: Path, lang: str) -> None:
    before = changed(BOOK, {PRICE: "seh-bezoeken"})
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
    (tmp_path / "a.xlsx").write_bytes(BOOK)
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / "b.xlsx").write_bytes(b"van iemand")
        done = sroi("check", "a.xlsx", "--mark", name)
        assert done.code == 2
        assert "output-exists" in done.all
    assert (tmp_path / "a.xlsx").read_bytes() == BOOK
    assert (tmp_path / "b.xlsx").read_bytes() == b"van iemand"


def test_one_workbook_and_another_ending_are_asked_for(sroi, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(BOOK)
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
