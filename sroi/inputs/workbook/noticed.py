"""What is said of a workbook beside its cells: what is not read, and what is read and not seen.

Of each kind once for a sheet, with the first cells and how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sroi.inputs.text.as_seen import first
from sroi.inputs.text.cells import Cell, Mark, Table
from sroi.inputs.workbook.headings import folded, known_sheets
from sroi.inputs.workbook.layout import Block
from sroi.inputs.workbook.sheets import Found
from sroi.inputs.workbook.tree import ROWS, Workbook
from sroi.problems import Problem

# what stands below a column that somebody added up, with nothing else in words beside it
TOTAL = re.compile(
    r"(?:(?:eind|sub)?totaal|totalen|(?:grand |sub)?totals?)(?:[ :].*)?|som|sum", re.IGNORECASE
)
COUNTED = ("investment", "activities", "outcomes")
MOST_TOLD, LONGEST = 8, 40
# cells that hold something else than is seen of them, and what is said of it
ASIDE = {"swallowed": "workbook-merged", "unreckoned": "sheet-unreckoned"}


def noticed(tree: Workbook, sheets: Mapping[str, Table], found: list[Found]) -> Iterator[Problem]:
    """All that is said of the sheets of a workbook."""
    for what, code in ASIDE.items():
        cells = tree.aside.get(what, [])
        for sheet in sorted({sheet for sheet, _ in cells}):
            yield from _once(tree, code, sheet, [cell for on, cell in cells if on == sheet])
    for sheet in range(len(sheets)):
        blocks = [one for one in found if one.sheet == sheet]
        yield from _once(tree, "workbook-hidden", sheet, list(_hidden(blocks)), warning=True)
        yield from _columns_ignored(tree, sheet, blocks)
    yield from _sheets_ignored(tree, sheets)


def _once(
    tree: Workbook, code: str, sheet: int, cells: list[Cell], warning: bool = False
) -> Iterator[Problem]:
    """One problem for all these cells; none of none."""
    if cells:
        facts = {"cells": first([cell.address for cell in cells]), "sheet": tree.sheets[sheet]}
        problem = Problem(code, "warning" if warning else "error", facts=facts)
        yield tree.at(problem, (sheet * ROWS + cells[0].row, cells[0].column))


def _hidden(blocks: Iterable[Found]) -> Iterator[Cell]:
    """The headings of filled columns that are out of sight, and the first such cell of a row."""
    for one in blocks:
        read = [[cell for cell in row if cell.column in one.heads] for row in one.rows]
        filled = {cell.column for row in read for cell in row if cell.text}
        heads = [cell for cell in one.head if _unseen(cell) and cell.column in filled]
        yield from heads
        columns = {cell.column for cell in heads}
        for row in read:
            rest = [cell for cell in row if _unseen(cell) and cell.column not in columns]
            yield from [cell for cell in rest if cell.text][:1]


def _unseen(cell: Cell) -> bool:
    return Mark.HIDDEN in cell.marks


def _columns_ignored(tree: Workbook, sheet: int, blocks: list[Found]) -> Iterator[Problem]:
    """workbook-columns-ignored: what stands in columns that are not of a scenario.

    Not where one of them may be a column that is missing: then that is what is told.
    """
    missing = {p.sheet_number for p in tree.problems if p.code == "workbook-column-missing"}
    if sheet + 1 in missing:
        return
    names: dict[str, Cell] = {}
    for one in blocks:
        for cell in one.head:
            if cell.text and cell.column not in one.heads:
                names.setdefault(f'"{cell.text[:LONGEST]}" ({cell.letters})', cell)
        headless = {cell.column for cell in one.head if not cell.text}
        for cell in (cell for row in one.rows for cell in row if cell.text):
            if cell.column in headless or cell.column > one.head[-1].column:
                names.setdefault(cell.letters, replace(cell, row=one.head[0].row))
    if names:
        at = next(iter(names.values()))
        facts = {"columns": _some(names), "sheet": tree.sheets[sheet]}
        problem = Problem("workbook-columns-ignored", "warning", facts=facts)
        yield tree.at(problem, (sheet * ROWS + at.row, at.column))


def _sheets_ignored(tree: Workbook, sheets: Mapping[str, Table]) -> Iterator[Problem]:
    """workbook-sheets-ignored: sheets that are not of a scenario."""
    strange = [
        name for name, table in sheets.items() if table and folded(name) not in known_sheets()
    ]
    if strange:
        facts = {"sheets": _some([f'"{name}"' for name in strange])}
        at = (tree.sheets.index(strange[0]) * ROWS + 1, 1)
        yield tree.at(Problem("workbook-sheets-ignored", "warning", facts=facts), at)


def _some(names: Iterable[str]) -> str:
    told = list(names)
    more = f"… ({len(told)} ×)" if len(told) > MOST_TOLD else ""
    return ", ".join(told[:MOST_TOLD]) + more


def reckons_with_others(block: Block, row: list[Cell]) -> bool:
    """Whether a row adds up those above it, and is nothing itself."""
    words = [cell for cell in row if isinstance(cell.value, str) and cell.text]
    return block.name in COUNTED and len(words) == 1 and bool(TOTAL.fullmatch(words[0].text))


def missing_columns(found: Found) -> list[str]:
    """The fields that each row must say and that have no column; so the names in front but one."""
    block, heads = found.block, found.heads.values()
    there = {column.field.name for column in heads if column.field}
    fields = [field.name for field in block.fields if field.required and field.name]
    keys = [key for key in block.keys[1:] if key not in {column.key for column in heads}]
    return [name for name in fields if name not in there] + keys
