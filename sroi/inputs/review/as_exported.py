"""What a reviewer changed where nothing is to be changed: each column as it was when it went out.

Whoever types another price over the one in the sheet and agrees would have the old one recorded as
checked. Columns may be moved and rows sorted; a column that is gone says nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sroi.inputs.review.review_sheet import HEADINGS, Sheet
from sroi.inputs.text.as_seen import as_percentages, merged, told_once
from sroi.inputs.text.cells import Cell
from sroi.inputs.text.read_alike import plain
from sroi.problems import Problem

ASKED = ("verdict", "value", "low", "high", "place", "reviewer", "on", "remark")
CLOSE = 1e-6  # relative: a spreadsheet may drop the last digits of a number


@dataclass(frozen=True)
class Exported:
    """The rows of a sheet by heading, as they went out; and in which column is to be filled in what
    another one becomes."""

    rows: list[dict[str, Any]]
    becomes: Mapping[str, str]


def not_as_exported(sheet: Sheet, exported: Exported) -> Iterator[Problem]:
    """review-altered, review-altered-fixed, and sheet-merged and sheet-percent of what is filled in

    One problem for each column, with its first cells.
    """
    asked = [[row[name] for name in ASKED] for row in sheet.rows]
    yield from merged(asked, sheet.file)
    sizes = [row[name] for row in sheet.rows for name in ("value", "low", "high")]
    yield from as_percentages(sizes, sheet.file)
    key, mark = (HEADINGS[name][sheet.lang] for name in ("id", "fingerprint"))
    was = {(row[key], row[mark]): row for row in exported.rows}
    changed: dict[str, list[Cell]] = {}
    for row, told in zip(sheet.rows, sheet.told, strict=True):
        for heading, value in was.get((row["id"].text, row["fingerprint"].text), {}).items():
            cell = told.get(plain(heading))
            if cell and heading not in _filled(sheet.lang) and not same(cell, value):
                changed.setdefault(heading, []).append(cell)
    for heading, cells in changed.items():
        meant = exported.becomes.get(heading)
        what = "review-altered" if meant else "review-altered-fixed"
        yield from told_once(what, cells, sheet.file, column=heading, meant=meant)


def _filled(lang: str) -> set[str]:
    """The headings of what a reviewer fills in."""
    return {HEADINGS[name][lang] for name in ASKED}


def same(cell: Cell, was: Any) -> bool:
    """Whether a cell still says what went out, however a spreadsheet writes it."""
    text = " ".join(cell.text.removeprefix("'").split())
    if was is None or was == "":
        return text == ""
    if isinstance(was, datetime.date):
        value = cell.value.date() if isinstance(cell.value, datetime.datetime) else cell.value
        ways = (was.isoformat(), f"{was:%d-%m-%Y}", f"{was.day}-{was.month}-{was.year}")
        return value == was or text in ways
    if isinstance(was, int | float):
        found = _number(cell)
        return found is not None and abs(found - was) <= CLOSE * max(abs(was), 1e-9)
    return text == " ".join(str(was).removeprefix("'").split())


def _number(cell: Cell) -> float | None:
    if isinstance(cell.value, int | float):
        return float(cell.value)
    try:
        return float(cell.text.replace(",", ".")) if len(cell.text) < 30 else None
    except ValueError:
        return None
