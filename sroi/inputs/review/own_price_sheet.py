"""The sheet for prices of one's own: its columns and the words to choose from, both twice."""

from __future__ import annotations

from sroi.inputs.review.review_sheet import HEADINGS as OF_REVIEW
from sroi.inputs.review.review_sheet import Book, refused
from sroi.inputs.text.cells import Cell, Table
from sroi.problems import Unusable

Words = dict[str, dict[str, str]]

TITLE = {"nl": "Eigen prijzen", "en": "Own prices"}
HEADINGS: Words = {
    "name": {"nl": "naam", "en": "name"},
    "id": OF_REVIEW["id"],
    "value": {"nl": "waarde", "en": "value"},
    "low": {"nl": "laag", "en": "low"},
    "high": {"nl": "hoog", "en": "high"},
    "because": {"nl": "reden van de bandbreedte", "en": "reason for the range"},
    "unit": {"nl": "eenheid", "en": "unit"},
    "price_year": {"nl": "prijsjaar", "en": "price year"},
    "index": {"nl": "prijsindex", "en": "price index"},
    "payers": {"nl": "wie betaalt", "en": "who pays"},
    "cash": {"nl": "soort geld", "en": "kind of money"},
    "cost_concept": {"nl": "soort prijs", "en": "kind of price"},
    "source": {"nl": "bron", "en": "source"},
    "link": {"nl": "link", "en": "link"},
    "place": {"nl": "plaats in de bron", "en": "place in the source"},
    "quote": {"nl": "citaat", "en": "quote"},
    "provenance": {"nl": "hoe bekend", "en": "how known"},
    "evidence": {"nl": "graad", "en": "grade"},
    "notes": {"nl": "let op", "en": "note"},
    "reviewer": OF_REVIEW["reviewer"],
    "on": OF_REVIEW["on"],
    "remark": OF_REVIEW["remark"],
}
CHOICES: dict[str, Words] = {
    "cash": {
        "hard": {"nl": "hard", "en": "hard"},
        "soft": {"nl": "zacht", "en": "soft"},
        "pm": {"nl": "PM", "en": "PM"},
    },
    "cost_concept": {
        "marginal": {"nl": "marginale kosten", "en": "marginal cost"},
        "tariff": {"nl": "tarief", "en": "tariff"},
        "average": {"nl": "gemiddelde kosten", "en": "average cost"},
    },
    "provenance": {
        "first-hand": {"nl": "bij de bron gelezen", "en": "read at the source"},
        "second-hand": {"nl": "uit de tweede hand", "en": "second-hand"},
        "derived": {"nl": "afgeleid", "en": "derived"},
        "memory": {"nl": "uit het geheugen", "en": "from memory"},
    },
    "evidence": {grade: {"nl": grade, "en": grade} for grade in "ABCD"},
}
# by which it is known, whatever it is called
MARKS = ("cash", "unit", "payers", "evidence", "source")


def read_own_sheet(book: Book) -> tuple[str, list[dict[str, Cell]]]:
    """The language and the rows of the sheet with own prices, by name of the column; no rows where
    there is none. Raises `Unusable`."""
    sheets = {} if book.one_table else book.sheets
    for title, table in sheets.items():
        for lang in TITLE:
            if _is_one(title, table, lang):
                return lang, _rows(book.file, table, lang)
    return "nl", []


def _is_one(title: str, table: Table, lang: str) -> bool:
    """By its name, or else by its headings."""
    heads = _heads(table)
    known = all(HEADINGS[name][lang] in heads for name in MARKS)
    return title == TITLE[lang] or (known and OF_REVIEW["fingerprint"][lang] not in heads)


def _heads(table: Table) -> list[str]:
    return [cell.text.casefold() for cell in table[0]] if table else []


def _rows(file: str, table: Table, lang: str) -> list[dict[str, Cell]]:
    """The rows below the headings, as far as anything stands in them."""
    heads = _heads(table)
    for words in HEADINGS.values():
        if words[lang] not in heads:
            column = " / ".join(words.values())
            raise Unusable(refused("review-column-missing", file, column=column))
    at = {name: heads.index(words[lang]) for name, words in HEADINGS.items()}
    rows = [{name: _at(row, position) for name, position in at.items()} for row in table[1:]]
    return [row for row in rows if any(cell.text or cell.marks for cell in row.values())]


def _at(row: list[Cell], position: int) -> Cell:
    """The cell at a position; a row that ends before it has nothing there."""
    return row[position] if position < len(row) else Cell(None, row[0].row, position + 1)
