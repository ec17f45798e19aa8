"""The sheet for own prices in the workbook: what can be chosen there can be read back."""

import datetime
import io

import openpyxl
import pytest

from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.review.own_price_sheet import HEADINGS, TITLE
from sroi.inputs.review.own_prices import read_own_prices
from sroi.inputs.review.review_sheet import opened as book_of
from sroi.report.price_list.own_price_book import LONGEST_LIST, ROWS, own_columns
from sroi.report.price_list.review_book import workbook
from sroi.report.words.words import Words

LANGS = pytest.mark.parametrize("lang", ["nl", "en"])
LIBRARY = shipped_library()
REST = {
    "name": "Uur", "value": 70, "unit": "EUR/uur", "price_year": 2025, "payers": "gemeente",
    "cash": "hard", "cost_concept": "tariff", "source": "Contract (verzonnen)", "place": "p. 1",
    "provenance": "derived", "evidence": "B",
}  # fmt: skip


def opened(lang: str):
    """The workbook, open."""
    return openpyxl.load_workbook(io.BytesIO(workbook([], [], lang, LIBRARY)))


def choices(sheet) -> dict[str, list[str]]:
    """By heading what a list offers."""
    heads = {cell.column_letter: cell.value for cell in sheet[1]}
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert all(str(rule.sqref).endswith(str(ROWS + 1)) for rule in lists)
    return {
        heads[str(rule.sqref).partition("2:")[0]]: rule.formula1.strip('"').split(",")
        for rule in lists
    }


@LANGS
def test_every_word_to_choose_from_is_taken(lang, tmp_path):
    """One after the other, each in a row that is right for the rest."""
    offered = choices(opened(lang)[TITLE[lang]])
    names = {heading[lang]: name for name, heading in HEADINGS.items()}
    assert set(offered) == {
        HEADINGS[name][lang]
        for name in ("unit", "index", "payers", "cash", "cost_concept", "provenance", "evidence")
    }
    book = opened(lang)
    page = book[TITLE[lang]]
    at = {cell.value: cell.column for cell in page[1]}
    row = 1
    for heading, words in offered.items():
        for word in words:
            row += 1
            told = REST | {"name": f"Uur {row}", names[heading]: word}
            for name, value in told.items():
                page.cell(row, at[HEADINGS[name][lang]]).value = value
    book.save(tmp_path / "blad.xlsx")
    found = read_own_prices(book_of(tmp_path / "blad.xlsx"), LIBRARY, datetime.date(2026, 4, 1))
    assert len(found) == row - 1


@LANGS
def test_the_lists_fit_and_every_column_is_explained(lang):
    book = opened(lang)
    sheet = book[TITLE[lang]]
    lists = [x.formula1 for x in sheet.data_validations.dataValidation if x.type == "list"]
    assert len(lists) == 7
    assert max(map(len, lists)) <= LONGEST_LIST + 2
    heads = [cell.value for cell in sheet[1]]
    assert heads == [heading for heading, _ in own_columns(Words(lang))]
    told = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows()}
    assert set(heads) <= set(told)
    prompts = [x.prompt for x in sheet.data_validations.dataValidation]
    assert prompts == [means[:255] for _, means in own_columns(Words(lang))]


def test_without_a_library_there_is_no_such_sheet():
    """A folder with prices takes none of one's own."""
    book = openpyxl.load_workbook(io.BytesIO(workbook([], [], "nl")))
    assert TITLE["nl"] not in book.sheetnames
