"""Checking prices from the command line: export, import and print."""

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from commands import Done
from reviews import contents, fill, library_in
from valuations import example_file

from sroi.analysis.valuation.weight import weights
from sroi.inputs.files.scenario_file import load
from sroi.inputs.library.library import read_library

ANSWER = {"verdict": "akkoord", "reviewer": "A. Toetser", "on": "2026-03-01"}


@pytest.fixture
def sroi(sroi, tmp_path) -> Callable[..., Done]:
    """Run a command on prices, in a folder with a small library."""
    library_in(tmp_path / "proxies")
    return partial(sroi, "proxies")


def answer(name: str, answers: dict) -> None:
    book = openpyxl.load_workbook(name)
    fill(book, answers)
    book.save(name)


def test_a_review_from_export_to_import(sroi, monkeypatch):
    """What changes is shown and asked about before it is written."""
    done = sroi("export", "review.xlsx", "--folder", "proxies")
    assert (done.code, done.out) == (0, "")
    assert "5 × prijs in review.xlsx" in done.err
    answer("review.xlsx", {"uur": ANSWER | {"verdict": "corrigeren", "value": 11, "place": "p. 7"}})
    before = contents(Path("proxies"))

    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: PTH123, SIM115
    assert sroi("import", "review.xlsx", "--folder", "proxies").code == 130
    assert contents(Path("proxies")) == before

    done = sroi("import", "review.xlsx", "--folder", "proxies", "--yes")
    assert done.code == 0
    assert "waarde: 10 → 11" in done.out
    assert "bron: bron[p. 1] → bron[p. 7]" in done.out
    assert "door A. Toetser op 2026-03-01" in done.out
    assert "citaat" in done.out
    proxy = read_library(Path("proxies")).proxies["uur"]
    assert (proxy.value.best, proxy.review.status) == (11, "checked")


@pytest.mark.parametrize(
    ("said", "written"),
    [("n\n", False), ("\n", False), ("y\n", True), ("Ja\n", True), ("j\n", True), ("YES\n", True)],
)
def test_the_question_before_writing(sroi, monkeypatch, tmp_path, said, written):
    """No is no."""
    sroi("export", "review.xlsx", "--folder", "proxies")
    answer("review.xlsx", {"uur": ANSWER})
    (tmp_path / "said").write_text(said)
    monkeypatch.setattr("sys.stdin", (tmp_path / "said").open())
    before = contents(Path("proxies"))
    done = sroi("import", "review.xlsx", "--folder", "proxies")
    assert done.code == 0
    assert (contents(Path("proxies")) != before) == written
    assert ("Er is niets veranderd" in done.out) == (not written)


def test_a_review_that_does_not_fit(sroi):
    """Exit code 2, the cells by their addresses, and nothing written."""
    sroi("export", "review.xlsx", "--folder", "proxies", "--lang", "nl")
    answer("review.xlsx", {"uur": ANSWER | {"reviewer": None}, "kaal": ANSWER})
    before = contents(Path("proxies"))
    done = sroi("import", "review.xlsx", "--folder", "proxies", "--yes")
    assert (done.code, done.out) == (2, "")
    assert "review.xlsx:2:" in done.err
    assert "2: hier hoort uw naam" in done.err
    assert contents(Path("proxies")) == before


def test_a_price_that_leaps_is_pointed_out(sroi):
    """A point too few makes an hour cost a thousand euros; the reviewer is asked to look again."""
    sroi("export", "review.xlsx", "--folder", "proxies")
    sizes = {"value": 105, "low": 80, "high": 130, "place": "p. 7"}
    answer("review.xlsx", {"uur": ANSWER | {"verdict": "corrigeren", **sizes}})
    assert "meer dan tien keer" in sroi("import", "review.xlsx", "--folder", "proxies", "-y").out
    sroi("export", "again.xlsx", "--folder", "proxies")
    sizes = {"value": 100, "low": 80, "high": 130, "place": "p. 8"}
    answer("again.xlsx", {"uur": ANSWER | {"verdict": "corrigeren", **sizes}})
    assert "tien keer" not in sroi("import", "again.xlsx", "--folder", "proxies", "-y").out


def test_an_empty_review(sroi):
    """Is no mistake."""
    sroi("export", "review.csv", "--folder", "proxies")
    done = sroi("import", "review.csv", "--folder", "proxies")
    assert (done.code, done.err) == (0, "")
    assert "Er verandert niets" in done.out


def test_a_sheet_that_is_there_is_not_overwritten(sroi):
    """Somebody may have filled it in."""
    sroi("export", "review.xlsx", "--folder", "proxies")
    done = sroi("export", "review.xlsx", "--folder", "proxies")
    assert done.code == 2
    assert "output-exists" in done.err


def test_the_weight_of_prices_in_scenarios(sroi):
    """A column for each, by the name of the scenario, with the share that `weight` tells."""
    done = sroi("export", "review.xlsx", example_file(), "--theme", "ziekenhuis", "--lang", "en")
    assert done.code == 0
    sheet = openpyxl.load_workbook("review.xlsx").worksheets[0]
    (column,) = (n for n, cell in enumerate(sheet[1]) if str(cell.value).startswith("weighs in "))
    told = {row[0].value: row[column].value for row in sheet.iter_rows(min_row=2)}
    found = {one.price: one.present for one in weights([load(example_file())])}
    assert {key: share for key, share in told.items() if share is not None} == {
        key: found[key] for key in told if key in found
    }


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["export", "review.ods"], "output-kind"),
        (["export", "review.xlsx", "--theme", "ziekenhuizen"], "theme-unknown"),
        (["export", "review.xlsx", "--folder", "weg"], "file-missing"),
        (["export", "review.xlsx", "weg.yaml"], "file-missing"),
        (["import", "weg.xlsx"], "file-missing"),
        (["import", "review.ods"], "review-kind"),
        (["print", "prijzen.doc"], "output-kind"),
        (["print", "weg/prijzen.pdf"], "output-unwritable"),
        (["print"], "usage-missing"),
    ],
)
def test_what_cannot_be_done_is_said(sroi, arguments, what):
    """Exit code 2."""
    done = sroi(*arguments)
    assert done.code == 2
    assert what in done.err


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_list_to_print(sroi, lang, monkeypatch):
    """As a page and as PDF, by a process of its own, which leaves nothing behind."""
    monkeypatch.setattr("sroi.report.pdf.pdf.pdf", None)
    for name in ("prices.html", "prices.pdf"):
        done = sroi("print", name, "--folder", "proxies", "--lang", lang)
        assert (done.code, done.out) == (0, "")
    assert Path("prices.pdf").read_bytes().startswith(b"%PDF")
    page = Path("prices.html").read_text("utf-8")
    assert f'<html lang="{lang}">' in page


def test_a_read_only_folder_of_prices(sroi, monkeypatch):
    """A sentence, and nothing half written."""
    sroi("export", "review.xlsx", "--folder", "proxies")
    answer("review.xlsx", {"uur": ANSWER, "scheef": ANSWER})
    before = contents(Path("proxies"))

    def refused(*arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(shutil, "copymode", refused)
    done = sroi("import", "review.xlsx", "--folder", "proxies", "--yes")
    assert done.code == 2
    assert "output-unwritable" in done.err
    assert contents(Path("proxies")) == before
