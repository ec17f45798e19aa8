"""What stands in a cell, as the scalar that it would be in the scenario file.

A number in a cell is a number whatever it looks like: it is spelled in the one way that can mean
only that. In a cell that shows a percentage it is spelled as one, so that 12.3% is the same number
as `12.3%` in the file.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from sroi.inputs.text.cells import Cell, Mark
from sroi.inputs.text.numerals import AMBIGUOUS, number
from sroi.inputs.workbook.fields import Field, Kind
from sroi.inputs.workbook.headings import chosen, yes_or_no
from sroi.inputs.workbook.layout import Block

NUMBERS = (Kind.NUMBER, Kind.QUANTITY, Kind.YEARS, Kind.OWN, Kind.SHARES)
# an id as a drop-down shows it, with what it is called behind it
OFFERED = ("proxy", "payer", "discounting", "index")
CHOSEN = re.compile(r"([a-z0-9][a-z0-9-]{0,63}) · .*", re.DOTALL)
NO_CENTS = re.compile(r"(?<=[0-9]),[-–—]+$")
# a name with a capital, which no name has; and shares with a blank where the file has a colon
A_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
SHARE = r"([A-Za-z0-9][A-Za-z0-9-]*)\s+(\d{1,3}(?:[.,]\d{1,2})?)\s?%"
SHARES = re.compile(rf"{SHARE}(?:\s*[,;\n]\s*{SHARE})*")
# codes of a number that is written in a way that is not ours, and can mean one thing only
ONE_MEANING = ("number-decimal-comma", "number-grouped", "number-scientific")


def spelled(cell: Cell, block: Block, field: Field) -> str:
    """The text of a cell as the file would have it."""
    value: Any = cell.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, bool(cell.marks & Mark.PERCENT), field.kind in NUMBERS)
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    text = str(value).strip()
    if field.key[-1:] and field.key[-1] in OFFERED:
        text = CHOSEN.sub(r"\1", text)
        text = text.lower() if A_NAME.fullmatch(text) else text
    if field.kind is Kind.SHARES:
        text = _with_colons(text)
    if field.kind is Kind.YES_NO:
        return yes_or_no(text)
    if field.choices:
        text = chosen(block, field, text)
    return meant(text) if field.kind in NUMBERS else text


def as_shown(cell: Cell) -> str:
    """The text of a cell as somebody sees it: 3% and not 0.03."""
    number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    if number and cell.marks & Mark.PERCENT:
        return _number(cell.value, True, False)
    return cell.text


def _number(value: float, percent: bool, reckoned: bool) -> str:
    size = Decimal(repr(value)) * (100 if percent else 1)
    text = f"{size:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    # three decimals may be read as thousands; one more zero may not
    return (text + "0" if reckoned and AMBIGUOUS.fullmatch(text) else text) + "%" * percent


def _with_colons(text: str) -> str:
    """Shares as the file writes them: `Gemeente 80%, inwoner 20%` can mean one thing only."""
    if not SHARES.fullmatch(text):
        return text
    found = re.findall(SHARE, text)
    return ", ".join(f"{name.lower()}: {size.replace(',', '.')}%" for name, size in found)


def meant(text: str) -> str:
    """A number that somebody typed as text, as the file writes it where it can mean one thing.

    `1,5` is 1.5; `1,500` may be two things and stays, so that it is asked about. A euro sign in
    front says nothing that the column does not say, and a stroke for no cents is no cents.
    """
    text = NO_CENTS.sub(",00", text.removeprefix("€").lstrip())
    try:
        number(text)
    except PydanticCustomError as error:
        if error.type in ONE_MEANING:
            return str((error.context or {})["meant"])
    return text
