"""The sheet that checks: sroi's own number beside that of the formula, for every number it can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sroi.report.calculation.payers import Keys
from sroi.report.formulas.cell import (
    Cell,
    Look,
    Operand,
    absolute,
    blank,
    most,
    over,
    span,
    total,
    when,
)
from sroi.report.formulas.sheet import LABEL, PATH, TITLE, TOTAL_TEXT, VERDICT, Sheet
from sroi.report.told.told import Told

NEAR = 1e-9
NAMED = ("year", "payer", "stakeholder", "kind", "id", "tier")
EXACT = Look("exact")
MAY_BE_NONE = ("central.sroi_ratio", "central.payback_years")
NOMINAL = ".nominal."


def control_sheet(told: Told, sheet: Sheet, found: Keys, central: Mapping[str, Any]) -> Cell:
    """Fill the sheet; the cell that says whether all agree. `central`: of `sroi.results/1`."""
    w = told.words
    sheet.says(w("calculation.control_title"), TITLE)
    sheet.says(w("calculation.control_note"))
    verdict = sheet.row
    sheet.row += 2
    sheet.head(
        *(w(f"calculation_control.{name}") for name in ("key", "sroi", "formula", "difference"))
    )
    sheet.frozen, sheet.repeated = (sheet.row, 1), sheet.row
    signs = [
        _row(told, sheet, found, key, value)
        for key, value in flat("central", central)
        if key in found or NOMINAL not in key  # no sheet for what is known of no year
    ]
    after, sheet.row = sheet.row, verdict
    sheet.put(0, w("calculation.all_agree"), TOTAL_TEXT)
    wrong = total(span(signs))
    told_so = when(over(wrong, 0.0), w("calculation.differs"), w("calculation.agrees"))
    cell = sheet.put(1, told_so, VERDICT)
    sheet.signals.append(span(signs))
    sheet.row = after
    return cell


def _row(told: Told, sheet: Sheet, found: Keys, key: str, value: float | None) -> Cell:
    """A key, both numbers, their difference, and 1 where it is more than rounding."""
    sheet.put(0, key, PATH)
    ours = sheet.put(1, "" if value is None else value, Look("exact", "fixed"))
    theirs = sheet.put(2, found[key], EXACT)
    apart: Operand
    if value is None:
        apart = when(blank(theirs), 0.0, 1.0)
        sheet.put(3, told.words("calculation.no_number"), LABEL)
    else:
        difference = sheet.put(3, _difference(key, theirs, ours), EXACT)
        size = most(1.0, absolute(ours))
        apart = when(over(absolute(difference), NEAR * size), 1.0, 0.0)
    sign = sheet.put(4, apart, Look("whole", "note"))
    sheet.row += 1
    return sign


def _difference(key: str, theirs: Cell, ours: Cell) -> Operand:
    """How far apart; where a change takes a ratio away, by all of it."""
    return (
        when(blank(theirs), 0.0 - ours, theirs - ours)
        if key in MAY_BE_NONE or NOMINAL in key
        else theirs - ours
    )


def flat(path: str, part: Any) -> Iterator[tuple[str, float | None]]:
    """Every number of the results under its key; a row of a list goes by what it is about."""
    if isinstance(part, dict):
        for name, inner in part.items():
            if name not in NAMED:
                yield from flat(f"{path}.{name}", inner)
    elif isinstance(part, list):
        for row in part:
            yield from flat(f"{path}.{_named(row)}", row)
    elif part is None or isinstance(part, int | float):
        yield path, part


def _named(row: Mapping[str, Any]) -> str:
    """By what a row of a list goes; a line by its kind and id."""
    if "kind" in row:
        return f"{row['kind']}.{row['id']}"
    return next(str(row[name]) for name in NAMED if name in row)
