"""`sroi report` with a calculation workbook."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from care_in_memory import hiv
from commands import Done, written
from valuations import RANGE, outcome, small


@pytest.fixture
def sroi(sroi, tmp_path) -> Callable[..., Done]:
    """Run a command in a folder with a scenario."""
    written(tmp_path, small(outcomes__rate=RANGE))
    return sroi


def made(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"plan.yaml"}


def test_beside_the_report(sroi, tmp_path):
    """Called by what it is, in the language of the report."""
    done = sroi("report", "plan.yaml", "--xlsx", "-o", "bod.html")
    assert done.code == 0, done.err
    assert made(tmp_path) == {"bod.html", "bod-rekenblad.xlsx"}
    assert "bod-rekenblad.xlsx" in done.err
    assert sroi("report", "plan.yaml", "--xlsx", "-o", "bid.html", "--lang", "en").code == 0
    assert "bid-calculation.xlsx" in made(tmp_path)


def test_the_workbook_and_nothing_else(sroi, tmp_path):
    done = sroi("report", "plan.yaml", "-o", "bod.xlsx")
    assert done.code == 0, done.err
    assert made(tmp_path) == {"bod.xlsx"}
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "bod.xlsx").read_bytes()))
    assert book.sheetnames[0] == "Samenvatting"


def test_the_scenario_itself_is_not_replaced(sroi, tmp_path):
    """A workbook of a scenario has the same ending."""
    assert sroi("convert", "plan.yaml", "plan.xlsx").code == 0
    before = (tmp_path / "plan.xlsx").read_bytes()
    done = sroi("report", "plan.xlsx", "-o", "plan.xlsx", "--lang", "nl")
    assert done.code == 2
    assert "rekenblad" in done.err
    assert (tmp_path / "plan.xlsx").read_bytes() == before
    assert sroi("report", "plan.xlsx", "-o", "plan.html", "--xlsx").code == 0
    assert "plan-rekenblad.xlsx" in made(tmp_path)


def test_one_that_no_spreadsheet_can_hold_is_refused(sroi, tmp_path):
    """Before the work: a hundred years of sixty outcomes."""
    scenario = small(basis__years=100, outcomes__lasts="50")
    scenario["outcomes"] += [outcome(number, lasts="50") for number in range(60)]
    written(tmp_path, scenario)
    done = sroi("report", "plan.yaml", "-o", "bod.xlsx", "--lang", "nl")
    assert done.code == 2
    assert "calculation-too-large" in done.err
    assert made(tmp_path) == set()


def test_what_it_cannot_compute_is_refused(sroi, tmp_path):
    """Before any work, and nothing is written."""
    written(tmp_path, hiv())
    for more in (["--xlsx"], ["-o", "bod.xlsx"]):
        done = sroi("report", "plan.yaml", *more, "--lang", "nl")
        assert done.code == 2
        assert "cohorts" in done.err
        assert made(tmp_path) == set()
