"""A review sheet that somebody filled in: its rows by the names of their columns.

No formula in it is ever reckoned: a formula is not an answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sroi.inputs.text.cells import Cell, Kind, Mark, Table
from sroi.inputs.text.read_alike import plain
from sroi.inputs.text.sheet import sheets_of
from sroi.problems import Problem, Unusable

KIND = Kind(
    "review-kind", "review-unreadable", "review-too-large", "review-active",
    values=False, most_rows=5_000, furthest_row=5_000,
)  # fmt: skip
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

# the columns that are read back, as they are called in the two languages
HEADINGS = {
    "id": {"nl": "id", "en": "id"},
    "fingerprint": {"nl": "kenmerk", "en": "fingerprint"},
    "verdict": {"nl": "oordeel", "en": "verdict"},
    "value": {"nl": "waarde wordt", "en": "corrected value"},
    "low": {"nl": "laag wordt", "en": "corrected low"},
    "high": {"nl": "hoog wordt", "en": "corrected high"},
    "place": {"nl": "plaats in de bron wordt", "en": "place in the source found"},
    "reviewer": {"nl": "gecontroleerd door", "en": "reviewer"},
    "on": {"nl": "datum", "en": "date"},
    "remark": {"nl": "opmerking", "en": "remark"},
}
VERDICTS = {
    "agree": {"nl": "akkoord", "en": "agree"},
    "correct": {"nl": "corrigeren", "en": "correct"},
    "withdraw": {"nl": "intrekken", "en": "withdraw"},
}


@dataclass(frozen=True)
class Book:
    """A file that came back, opened once for all that is read in it: its sheets by name."""

    file: str
    sheets: dict[str, Table]

    @property
    def one_table(self) -> bool:
        """Whether it is a CSV, which has one table: that of the review."""
        return self.file.lower().endswith(".csv")


@dataclass(frozen=True)
class Sheet:
    """The rows below the headings, by the names in `HEADINGS`; `lang`: that of the headings.

    `told`: the same rows by every heading there is, as it is read.
    """

    file: str
    lang: str
    rows: list[dict[str, Cell]]
    told: list[dict[str, Cell]]


def refused(what: str, file: str, cell: Cell | None = None, **facts: object) -> Problem:
    """What is said of a review that cannot be taken, with the address of its cell."""
    if cell is None:
        return Problem(what, file=file, facts=facts)
    facts = {"cell": cell.address, "found": _shown(cell.value)} | facts
    return Problem(what, file=file, line=cell.row, column=cell.column, facts=facts)


def opened(path: Path) -> Book:
    """A file that ends on .xlsx or .csv. Raises `Unusable`."""
    return Book(str(path), sheets_of(path, KIND))


def read_sheet(book: Book) -> Sheet:
    """The sheet of the review. Raises `Unusable`."""
    file, tables = book.file, list(book.sheets.values())
    if book.one_table:
        tables = [[list(map(_of_csv, row)) for row in table] for table in tables]
    first = next(iter(tables), [])
    for table in tables:
        names = _names(table[0] if table else [])
        if {"id", "fingerprint"} <= set(names):
            missing = [name for name in HEADINGS if name not in names]
            if missing:
                raise Unusable(_without(file, missing[0]))
            heads = [plain(cell.text) for cell in table[0]]
            told = [dict(zip(heads, row, strict=False)) for row in table[1:]]
            return Sheet(file, _language(table[0][names["verdict"]]), _rows(table, names), told)
    named = _names(first[0] if first else [])
    raise Unusable(_without(file, "fingerprint" if "id" in named else "id"))


def _rows(table: Table, names: dict[str, int]) -> list[dict[str, Cell]]:
    """The rows below the headings by the names of their columns; no column is missing from one."""
    return [{name: row[at] for name, at in names.items()} for row in table[1:]]


def _without(file: str, name: str) -> Problem:
    return refused("review-column-missing", file, column=" / ".join(HEADINGS[name].values()))


def _names(headings: Iterable[Cell]) -> dict[str, int]:
    """At which position which column stands."""
    known = {word: name for name, words in HEADINGS.items() for word in words.values()}
    told = [str(cell.value or "").strip().casefold() for cell in headings]
    return {known[word]: position for position, word in enumerate(told) if word in known}


def _language(verdict: Cell) -> str:
    said = str(verdict.value).strip().casefold()
    return next(lang for lang, word in HEADINGS["verdict"].items() if word == said)


def _of_csv(cell: Cell) -> Cell:
    """The text without the mark that keeps a spreadsheet from running it."""
    text = cell.text
    bare = text.removeprefix("'") if text[1:].lstrip().startswith(STARTS_A_FORMULA) else text
    marks = Mark.FORMULA if text.startswith("=") else cell.marks
    return replace(cell, value=bare or None, marks=marks)


def _shown(value: Any) -> str:
    return "–" if value in (None, "") else str(value)[:80]
