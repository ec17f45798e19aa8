"""A number, a part of a whole or a length of time in a cell: only what can mean one thing.

25 % may be 0.25 in a cell that shows percentages, 0.25 in another, or the text `25%`. A plain 25
could be a quarter or twenty-five times as much, and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sroi.inputs.text.cells import Cell, Mark
from sroi.inputs.text.numerals import AMBIGUOUS, DUTCH, GROUPED, LARGEST, PLAIN
from sroi.inputs.value_map.headings import words

Wrong = Callable[[str, Cell], None]  # the code of what is wrong, and in which cell
NOTHING = {"", "n a", "na", "nvt", "n v t", "geen", "none", "onbekend", "unknown"}
MONEY = re.compile(r"^[€£$]\s*|^(?:EUR|GBP|USD)\s+|\s*[€£$]$|\s+(?:EUR|GBP|USD)$|,-$|,–$")
YEARS = re.compile(r"\s*(?:years?|yrs?|jaar|jaren|jr)\.?$", re.IGNORECASE)
MOST_YEARS = 60


def empty(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, a dash, or that there is none."""
    return words(cell.text) in NOTHING


def amount(cell: Cell, wrong: Wrong) -> float | None:
    """A number; None where there is none, or where it is not one."""
    if empty(cell):
        return None
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return _sized(float(cell.value), cell, wrong)
    return _written(MONEY.sub("", cell.text), cell, wrong)


def _sized(value: float, cell: Cell, wrong: Wrong) -> float | None:
    if abs(value) <= LARGEST:  # also not where it is no number at all
        return value
    wrong("value-map-number", cell)
    return None


def _written(text: str, cell: Cell, wrong: Wrong) -> float | None:
    """A number that stands in a cell as text, in the Dutch or the English way."""
    text = " ".join(text.split())
    if AMBIGUOUS.fullmatch(text):
        wrong("value-map-number-ambiguous", cell)
    elif len(text) < 30 and PLAIN.fullmatch(text):
        return _sized(float(text.replace("_", "")), cell, wrong)
    elif len(text) < 30 and DUTCH.fullmatch(text):
        return _sized(float(text.replace(".", "").replace(",", ".")), cell, wrong)
    elif len(text) < 30 and GROUPED.fullmatch(text):
        marks = "[ ,]" if text.count(".") == 1 else "[ ,.]"
        return _sized(float(re.sub(marks, "", text)), cell, wrong)
    else:
        wrong("value-map-number", cell)
    return None


def share(cell: Cell, wrong: Wrong) -> float | None:
    """A part of a whole, 0 to 1; None where none is said, or where it may mean two things."""
    if empty(cell):
        return None
    text = cell.text
    percent = Mark.PERCENT in cell.marks
    if isinstance(cell.value, str) and text.endswith("%"):
        found = _written(text.removesuffix("%"), cell, wrong)
        found, percent = None if found is None else found / 100, True
    else:
        found = amount(cell, wrong)
    if found is None:
        return None
    if not percent and found >= 1:
        wrong("value-map-percent", cell)
        return None
    if not 0 <= found <= 1:
        wrong("value-map-percent-outside", cell)
        return None
    return found


def years(cell: Cell, wrong: Wrong) -> float | None:
    """How many years: `5`, or `5 years`; None for no years at all."""
    if empty(cell):
        return None
    if isinstance(cell.value, str):
        found = _written(YEARS.sub("", cell.text), cell, wrong)
    else:
        found = amount(cell, wrong)
    if found is not None and not 0 <= found <= MOST_YEARS:
        wrong("value-map-duration", cell)
        return None
    return found or None


def start(cell: Cell, wrong: Wrong) -> int:
    """1: in the period of the activity; 2: in the period after. Nothing said is 1."""
    text = cell.text.strip()
    if empty(cell) or re.match(r"1(?!\d|[.,]\d)", text):
        return 1
    if re.match(r"2(?!\d|[.,]\d)", text):
        return 2
    wrong("value-map-starts", cell)
    return 1
