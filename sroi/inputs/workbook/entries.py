"""From a scalar of the scenario file to what goes into a cell, so that it is read back the same."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from sroi.inputs.text.cells import Cell, Mark
from sroi.inputs.text.numerals import DAY, number
from sroi.inputs.text.yaml_edit import flow
from sroi.inputs.workbook.fields import Field, Kind
from sroi.inputs.workbook.headings import choice, names
from sroi.inputs.workbook.layout import Block
from sroi.inputs.workbook.spelled import spelled

DIGITS = 15  # that a spreadsheet keeps


@dataclass(frozen=True)
class Entry:
    """What goes into a cell. `percent`: it is shown as a percentage, with so many decimals;
    `kept_as_text`: a number with more digits than a spreadsheet keeps."""

    value: str | float | datetime.date | None = None
    percent: int | None = None
    kept_as_text: bool = False


def entry(text: str, block: Block, field: Field, lang: str) -> Entry:
    """A scalar of a field as it goes into its cell."""
    if field.kind is Kind.YES_NO and text in ("true", "false"):
        return Entry(str(names(lang)["yes" if text == "true" else "no"]))
    if text in field.choices:
        return Entry(choice(block, field, text, lang))
    if field.kind is Kind.DATE and DAY.fullmatch(text):
        try:
            return Entry(datetime.date.fromisoformat(text))
        except ValueError:
            return Entry(text)
    if field.kind in (Kind.NUMBER, Kind.QUANTITY, Kind.YEARS, Kind.OWN):
        return _number(text, block, field)
    return Entry(text)


def _number(text: str, block: Block, field: Field) -> Entry:
    """A number as a number, where what is read back is the very same; else as its text."""
    try:
        size = number(text)
    except PydanticCustomError:
        return Entry(text)
    written = Decimal(text.rstrip("%").rstrip().replace("_", ""))
    if len(written.as_tuple().digits) > DIGITS:
        return Entry(text, kept_as_text=True)
    if text.endswith("%"):
        decimals = max(0, -int(written.normalize().as_tuple().exponent))
        made = Entry(float(written / 100), percent=decimals)
    else:
        made = Entry(int(size) if size.is_integer() else float(written))
    return made if _comes_back(made, size, block, field) else Entry(text)


def _comes_back(made: Entry, size: float, block: Block, field: Field) -> bool:
    marks = Mark(0) if made.percent is None else Mark.PERCENT
    try:
        return number(spelled(Cell(made.value, 1, 1, marks), block, field)) == size
    except PydanticCustomError:
        return False


def words_of(value: Any, outer: bool = False) -> str:
    """Anything in the file's own words, on one line; `outer`: a mapping without its braces."""
    text = flow(value)
    return text[1:-1] if outer and isinstance(value, Mapping) and value else text
