"""A row of a sheet that somebody filled in: its cells as text, numbers and days.

What is wrong with a cell is gathered in `problems`, with its address, so that all is told at once.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping

from pydantic_core import PydanticCustomError

from sroi.inputs.quantity.written_sizes import numeral
from sroi.inputs.review.review_sheet import refused
from sroi.inputs.text.cells import Cell, Mark
from sroi.inputs.text.numerals import AMBIGUOUS, DUTCH, number
from sroi.inputs.text.numerals import date as iso_date
from sroi.inputs.text.yaml_text import BIDI_OVERRIDES, FORBIDDEN
from sroi.problems import Problem

DUTCH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})", re.ASCII)
EARLIEST = datetime.date(2000, 1, 1)


def says(cell: Cell) -> bool:
    """Whether anything stands in a cell."""
    return cell.value is not None and str(cell.value).strip() != ""


class FilledRow:
    """The cells of a row by name, in a file and a language, as they are read on a day."""

    def __init__(self, file: str, lang: str, row: Mapping[str, Cell], today: datetime.date) -> None:
        self.file, self.lang, self.row, self.today = file, lang, row, today
        self.problems: list[Problem] = []

    def refuse(self, what: str, name: str, **facts: object) -> None:
        """Something is wrong with a cell."""
        self.problems.append(refused(what, self.file, self.row[name], **facts))

    def refuse_formulas(self) -> None:
        """review-formula: no formula is reckoned."""
        for name in (name for name, cell in self.row.items() if Mark.FORMULA in cell.marks):
            self.refuse("review-formula", name)

    def says(self, name: str) -> bool:
        """Whether anything stands in a cell."""
        return says(self.row[name])

    def said(self, name: str) -> str:
        """What stands there as text."""
        return str(self.row[name].value or "").strip()

    def number(self, name: str) -> float | None:
        """A number, as a number or as text that can be read in one way only."""
        value = self.row[name].value
        try:
            if isinstance(value, bool) or not isinstance(value, int | float | str):
                raise PydanticCustomError("number-unreadable", "")
            return number(_plain(value))
        except PydanticCustomError:
            self.refuse("review-number", name)
            return None

    def day(self, name: str) -> datetime.date | None:
        """A day that is past, or today."""
        value = self.row[name].value
        try:
            day = value.date() if isinstance(value, datetime.datetime) else value
            if not isinstance(day, datetime.date):
                day = iso_date(_iso(str(day or "").strip(), self.lang))
            if EARLIEST <= day <= self.today:
                return day
        except PydanticCustomError:
            pass
        self.refuse("review-date", name, today=self.today.isoformat())
        return None

    def text(self, name: str, most: int) -> str:
        """Words on one line, without signs that cannot be seen."""
        value = self.row[name].value
        if isinstance(value, float) and value == int(value):
            value = int(value)
        text = " ".join(str("" if value is None else value).split())
        unseen = FORBIDDEN.search(text) or any(
            char in BIDI_OVERRIDES or unicodedata.category(char) == "Cc" for char in text
        )
        if unseen or len(text) > most:
            self.refuse("review-text", name, most=most)
            return ""
        return text


def _plain(value: float | str) -> str:
    """A number of a spreadsheet as text of ours; a Dutch decimal comma says what it means."""
    if not isinstance(value, str):
        return numeral(value) if abs(value) < 1e15 else "–"
    text = value.strip()
    if DUTCH.fullmatch(text) and not AMBIGUOUS.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return "–" if text.endswith("%") else text


def _iso(text: str, lang: str) -> str:
    """A date as Dutch people write it, in a sheet in Dutch."""
    found = DUTCH_DAY.fullmatch(text) if lang == "nl" else None
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else text
