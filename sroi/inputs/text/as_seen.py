"""Where a sheet holds something else than somebody sees of it, told before any of it is read.

Of each kind one problem, with the first cells and how many there are. What a cell holds is never
told: it may be somebody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sroi.inputs.text.cells import Cell, Mark, Table
from sroi.problems import Problem

FIRST = 5  # cells that are named
LEAST_ZEROS = 2  # formulas that all come to 0, before nobody has reckoned them
TOTAL = re.compile(
    r"(?:(?:eind|sub)?totaal|totalen|gemiddelden?|gem\.|som|aantal|mediaan|modus|minimum|maximum|"
    r"spreiding|standaard ?(?:deviatie|afwijking)|st\.? ?dev\.?|(?:grand |sub)?totals?|averages?|"
    r"mean|median|sum|count|standard deviation)(?:\W.*)?",
    re.IGNORECASE,
)  # fmt: skip


def told_once(what: str, cells: Iterable[Cell], file: str, **facts: object) -> Iterator[Problem]:
    """One problem for all these cells: the first by their addresses, and how many; none of none."""
    found = list(cells)
    if found:
        told = {"cells": first([cell.address for cell in found]), "count": len(found)}
        yield Problem(
            what, file=file, line=found[0].row, column=found[0].column, facts=told | facts
        )


def first(places: list[str]) -> str:
    """The first of them, and how many there are where not all are named: `C2, C4… (31 ×)`."""
    more = f"… ({len(places)} ×)" if len(places) > FIRST else ""
    return ", ".join(places[:FIRST]) + more


def written_in(cells: Iterable[Cell]) -> str:
    """What stands in them, each text once and between quotation marks: `"-3", "1.024"`."""
    return first(list(dict.fromkeys(f'"{cell.text[:40]}"' for cell in cells)))


def not_as_seen(table: Table, positions: Iterable[int], file: str) -> Iterator[Problem]:
    """sheet-unreckoned, sheet-zeros, sheet-merged, sheet-hidden

    Of the columns at these positions, which are the ones that are read.
    """
    read = [[row[at] for at in sorted(set(positions)) if at < len(row)] for row in table]
    cells = [cell for row in read[1:] for cell in row]
    yield from told_once("sheet-unreckoned", _marked(cells, Mark.UNRECKONED), file)
    formulas = [cell for cell in _marked(cells, Mark.FORMULA) if Mark.UNRECKONED not in cell.marks]
    if len(formulas) >= LEAST_ZEROS and all(cell.text == "0" for cell in formulas):
        yield from told_once("sheet-zeros", formulas, file)
    yield from merged(read[1:], file)
    yield from told_once("sheet-hidden", _hidden(read), file)


def merged(rows: Iterable[list[Cell]], file: str) -> Iterator[Problem]:
    """sheet-merged: cells over which another one lies."""
    cells = (cell for row in rows for cell in row)
    yield from told_once("sheet-merged", _marked(cells, Mark.SWALLOWED), file)


def as_percentages(cells: Iterable[Cell], file: str) -> Iterator[Problem]:
    """sheet-percent: numbers of which a hundredth is stored."""
    shown = [cell for cell in _marked(cells, Mark.PERCENT) if isinstance(cell.value, int | float)]
    yield from told_once("sheet-percent", shown, file)


def totals(table: Table, position: int, file: str) -> Iterator[Problem]:
    """sheet-total: lines that reckon with the others, by what stands where a person stands."""
    cells = [row[position] for row in table[1:] if position < len(row)]
    yield from told_once("sheet-total", (c for c in cells if is_total(c.text)), file)


def is_total(text: str) -> bool:
    """Whether a word stands for a total or a mean, and for nobody."""
    return TOTAL.fullmatch(text) is not None


def _marked(cells: Iterable[Cell], mark: Mark) -> list[Cell]:
    return [cell for cell in cells if mark in cell.marks]


def _hidden(read: Table) -> list[Cell]:
    """The headings of columns that are out of sight, and the first such cell of every row."""
    heads = _marked(read[0], Mark.HIDDEN) if read else []
    columns = {cell.column for cell in heads}
    rows = (_marked((c for c in row if c.column not in columns), Mark.HIDDEN) for row in read[1:])
    return [*heads, *(row[0] for row in rows if row)]
