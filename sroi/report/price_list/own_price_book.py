"""The sheet of a review in which prices of one's own are filled in: empty rows, with choices.

`inputs/review/own_prices.py` reads it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sroi.inputs.library.library import Library
from sroi.inputs.review.own_price_sheet import CHOICES, HEADINGS, TITLE
from sroi.report.words.words import Words

ROWS = 30
WIDTHS = {
    "name": 34, "id": 24, "because": 36, "unit": 14, "payers": 30, "cash": 11, "cost_concept": 18,
    "source": 36, "link": 30, "place": 24, "quote": 44, "provenance": 20, "evidence": 8,
    "notes": 44, "reviewer": 20, "remark": 36,
}  # fmt: skip
UNITS = ("uur", "dag", "dagdeel", "week", "maand", "jaar", "bezoek", "consult", "traject", "rit")
LONGEST_LIST = 255  # of what a spreadsheet takes as a list, and tells beside a cell
FORMATS = {"on": "yyyy-mm-dd"} | dict.fromkeys(("value", "low", "high"), "#,##0.00")
AMOUNT: dict[str, Any] = {
    "type": "decimal",
    "operator": "between",
    "formula1": "0",
    "formula2": "1E9",
}
DAY: dict[str, Any] = {
    "type": "date",
    "operator": "between",
    "formula1": "36526",
    "formula2": "TODAY()",
}
YEAR: dict[str, Any] = {
    "type": "whole",
    "operator": "between",
    "formula1": "1990",
    "formula2": "2100",
}


def own_columns(words: Words) -> Iterator[tuple[str, str]]:
    """Every column by its heading, with what is to be filled in."""
    for name, heading in HEADINGS.items():
        yield heading[words.lang], words(f"review_own.{name}")


def add_own_prices(book: Any, library: Library, words: Words, head: Any, cell: Any) -> None:
    """The sheet behind the others; `head` and `cell` give a cell the look of the first sheet."""
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(TITLE[words.lang])
    for number, (name, heading) in enumerate(HEADINGS.items(), 1):
        head(sheet.cell(1, number), heading[words.lang])
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(name, 12)
        for row in range(2, ROWS + 2):
            cell(sheet.cell(row, number))
            sheet.cell(row, number).number_format = FORMATS.get(name, "General")
        _ask(sheet, number, name, library, words)
    sheet.freeze_panes = "B2"


def _ask(sheet: Any, number: int, name: str, library: Library, words: Words) -> None:
    """What belongs in a column, told where a cell of it is chosen; and only what can be read back,
    or a list of what is usual, beside which anything may stand."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    strict: dict[str, dict[str, Any]] = {"on": DAY, "price_year": YEAR}
    strict |= dict.fromkeys(("value", "low", "high"), AMOUNT)
    choices = _choices(name, library, words)
    if choices and len(choices) <= LONGEST_LIST:
        strict[name] = {"type": "list", "formula1": f'"{choices}"'}
    only, means = name not in ("unit", "payers"), words(f"review_own.{name}")[:LONGEST_LIST]
    allowed = DataValidation(allow_blank=True, showErrorMessage=only, **strict.get(name, {}))
    allowed.showInputMessage, allowed.prompt, allowed.error = True, means, means[:225]
    letter = get_column_letter(number)
    allowed.add(f"{letter}2:{letter}{ROWS + 1}")
    sheet.add_data_validation(allowed)


def _choices(name: str, library: Library, words: Words) -> str:
    """The words to choose from, or nothing where anything may be filled in."""
    if name == "unit":
        return ",".join(f"EUR/{thing}" for thing in UNITS)
    if name == "payers":
        return ",".join(payer.name.in_(words.lang) for payer in library.payers.values())
    if name == "index":
        return ",".join(library.indices)
    return ",".join(told[words.lang] for told in CHOICES.get(name, {}).values())
