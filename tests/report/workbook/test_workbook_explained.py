"""Every explanation is about something that is there, and stands in the workbook."""

import io
from pathlib import Path

import openpyxl
import pytest
from workbooks import book_of, read_back

from sroi.inputs.workbook.headings import LANGUAGES
from sroi.inputs.workbook.layout import blocks
from sroi.report.html.start import PROGRAMMES, new_scenario
from sroi.report.words.words import catalogue
from sroi.report.workbook.explained import EXPLAINED

TEXT = new_scenario("voorbeeld", PROGRAMMES[0], 2027, "nl")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_explained_that_is_not_there(lang: str) -> None:
    told = catalogue(EXPLAINED, lang)
    every = [block for _, block in blocks()]
    fields = {name for b in every for f in b.fields for name in (f.name, f"{b.name}.{f.name}")}
    fields |= {name for b in every for key in b.keys for name in (key, f"{b.name}.{key}")}
    assert set(told["blocks"]) == {block.name for block in every}
    assert set(told["fields"]) <= fields


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_explanation_stands_beside_what_it_explains(lang: str) -> None:
    """As notes on headings and rows, and all together on a sheet to print."""
    book = openpyxl.load_workbook(io.BytesIO(book_of(TEXT, lang)))
    notes = {cell.comment.text for sheet in book for row in sheet for cell in row if cell.comment}
    told = catalogue(EXPLAINED, lang)
    assert told["fields"]["deadweight"] in notes
    assert told["fields"]["basis.draws"] in notes
    assert told["parts"]["evidence"] in notes
    sheet = book["Uitleg" if lang == "nl" else "Explanation"]
    said = {cell.value for row in sheet for cell in row}
    assert {told["fields"]["deadweight"], told["blocks"]["outcomes"], *told["steps"]} <= said


def test_choices_point_at_what_may_be_chosen() -> None:
    """Long lists at cells: no rule holds more than 255 characters; and heads stay in sight."""
    book = openpyxl.load_workbook(io.BytesIO(book_of(TEXT)))
    sheet = book["Uitkomsten"]
    rules = {str(rule.formula1) for rule in sheet.data_validations.dataValidation}
    assert all(len(rule) <= 255 for rule in rules)
    assert any(rule.startswith("'Prijzenlijst'!$A$5:$A$") for rule in rules)
    assert any(rule.startswith("'Activiteiten'!$A$4:") for rule in rules)
    assert '"1,2,3,4,5,6"' in rules
    assert sheet.freeze_panes == "C4"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    prices = book["Prijzenlijst"]
    chosen = str(prices["A5"].value)
    assert len(chosen.split(" · ")) == 3


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    """Not even after somebody has edited the cell."""
    content = book_of(TEXT.replace("question:\n  nl: ", 'question:\n  nl: "=1+1" #'))
    cell = openpyxl.load_workbook(io.BytesIO(content))["Begin"]["B6"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    assert read_back(content).data["question"]["nl"] == "=1+1"
