"""Whether the report of a portfolio is true to what it carries."""

import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pytest
from alone import Here, alone
from portfolios import two_programmes
from printed import kept
from told_portfolios import tell

from sroi.inputs.portfolio.portfolio_file import load_portfolio
from sroi.problems import Unusable
from sroi.report.files.attached import ASKED, RESULTS
from sroi.report.pdf.opened import files_in
from sroi.report.pdf.pdf import Attachment
from sroi.report.pdf.verdict import Verdict
from sroi.report.portfolio.portfolio_evidence import (
    OWN,
    PortfolioAsked,
    asked_in,
    evidence,
    names_of,
    names_on_disk,
)
from sroi.report.portfolio.portfolio_page import rendered
from sroi.report.portfolio.portfolio_verified import of_portfolio, portfolio_verified

BUDGET = {"payer": "gemeente", "at_most": 400, "per": "total"}
COMMAND = "sroi portfolio run regio.yaml"


@pytest.fixture(autouse=True)
def here(monkeypatch):
    alone(monkeypatch)


@cache
def report() -> tuple[str, tuple[Attachment, ...]]:
    """The summary of a report, and what goes along."""
    with TemporaryDirectory() as folder:
        told = tell(two_programmes(Path(folder), own=["outcomes.verandering.rate"], budget=BUDGET))
        asked = PortfolioAsked("nl", COMMAND, "regio.yaml", summary_only=True)
        return rendered(asked.filled(told), for_print=True), tuple(evidence(told, asked))


def made() -> bytes:
    return kept(*report())[0]


def changed(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """The report with something changed in the PDF."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(made())) as document:
        change(document)
        document.save(stream)
    return stream.getvalue()


def with_file(name: str, content: bytes) -> bytes:
    """The report with something else in one of its files."""

    def put(document: pikepdf.Pdf) -> None:
        document.attachments[name] = pikepdf.AttachedFileSpec(document, content, filename=name)

    return changed(put)


def file(name: str) -> bytes:
    return next(one.content for one in report()[1] if one.name == name)


def verify(content: bytes) -> Verdict:
    return portfolio_verified(content, files_in(content), Here())


def test_a_report_is_true():
    """And byte for byte what is made of it again, from the files in it alone."""
    verdict = verify(made())
    assert (verdict.right, verdict.as_made, verdict.of) == (True, True, "portfolio")
    keys = [check.key for check in verdict.inputs]
    assert keys == ["inputs_true", "library_true", "numbers_true", "tables_true"]
    assert verdict.scenario == "regio"
    assert {one.name: one.content for one in report()[1]} == verdict.files


@pytest.mark.parametrize(
    ("name", "was", "now", "untrue"),
    [
        ("gebieden.csv", b"gebied 3;31", b"gebied 3;32", {"inputs_untrue", "numbers_untrue"}),
        ("een.yaml", b"low: 10%", b"low: 11%", {"inputs_untrue", "numbers_untrue"}),
        ("regio.yaml", b"at_most: 400", b"at_most: 300", {"numbers_untrue"}),
        (RESULTS, b'"draws": 256', b'"draws": 512', {"numbers_untrue"}),
        ("rows.csv", b"gebied 3", b"gebied 4", {"tables_untrue"}),
    ],
)
def test_what_was_changed_is_found(name, was, now, untrue):
    content = file(name)
    assert was in content
    verdict = verify(with_file(name, content.replace(was, now, 1)))
    found = {check.key for check in verdict.inputs if not check.holds}
    assert untrue <= found
    assert not verdict.right


def test_a_file_that_does_not_belong_is_named():
    verdict = verify(with_file("meer.txt", b"x"))
    assert [check.key for check in verdict.inputs if not check.holds] == ["tables_untrue"]


@pytest.mark.parametrize(
    "asked",
    [
        {"file": "../regio.yaml"},
        {"file": 3},
        {"draws": 10**9},
        {"draws": "256"},
        {"seed": -1},
        {"lang": "de"},
        {"version": "\x1b[2J"},
    ],
)
def test_what_sroi_never_asked_is_damage(asked):
    stated = json.loads(file(ASKED)) | asked
    with pytest.raises(Unusable):
        verify(with_file(ASKED, json.dumps(stated).encode()))


def test_a_portfolio_opens_nothing_but_what_the_report_carries(tmp_path):
    """Also not what lies there by the name that it says."""
    (tmp_path / "buiten.csv").write_text("gebied\nx\n")
    text = file("regio.yaml").replace(b"gebieden.csv", str(tmp_path / "buiten.csv").encode())
    with pytest.raises(Unusable):
        verify(with_file("regio.yaml", text))


def test_a_report_of_a_scenario_is_told_apart():
    assert of_portfolio(files_in(made()))
    assert not of_portfolio(files_in(with_file(ASKED, b'{"schema": "sroi.report/1"}')))
    assert not of_portfolio(files_in(with_file(ASKED, b"[")))


def test_how_it_was_asked_for_is_read_back():
    asked = PortfolioAsked("en", COMMAND, "regio.yaml", 4096, 7)
    assert asked_in(json.loads(json.dumps(vars(asked) | {"look": {}}))) == asked


def test_no_two_files_are_called_alike(tmp_path):
    """A table may be called as one of ours, and lie in a folder."""
    path = two_programmes(tmp_path)
    portfolio = load_portfolio(path).portfolio.model_copy(update={"table": "deel/rows.csv"})
    names = names_of(portfolio, "rows.csv")
    assert names["rows.csv"] == "input_rows.csv"
    assert names["deel/rows.csv"] == "deel_rows.csv"
    assert len(set(names.values())) == len(names)
    assert not set(names.values()) & set(OWN)


def test_names_with_accents_are_plain_in_the_pdf_and_themselves_on_disk(tmp_path):
    """And nothing gets a name on disk that leads elsewhere, or that is one of ours."""
    path = two_programmes(tmp_path)
    portfolio = load_portfolio(path).portfolio
    known = {
        "geméénten.csv": ("gemeenten.csv", "geméénten.csv"),
        "deel/één.csv": ("deel_een.csv", "deel_een.csv"),
        "Rows.csv": ("input_Rows.csv", "input_Rows.csv"),
        "..\\buiten.csv": ("_buiten.csv", "_buiten.csv"),
        "日本.csv": ("__.csv", "日本.csv"),
    }
    for said, (name, on_disk) in known.items():
        names = names_of(portfolio.model_copy(update={"table": said}), "régio.yaml")
        assert names[said] == name
        assert names_on_disk(names)[name] == on_disk
        assert names["régio.yaml"] == "regio.yaml"
