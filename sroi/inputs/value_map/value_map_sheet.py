"""A Value Map read from a workbook: which sheet it is on, and whether it can be read as it is seen.

All that is wrong is told at once, a kind once, with the first cells of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sroi.inputs.text.as_seen import not_as_seen
from sroi.inputs.text.cells import PLAIN, Cell, Kind, Mark, Table
from sroi.inputs.text.sheet import sheets_of
from sroi.inputs.text.yaml_text import printable
from sroi.inputs.value_map.headings import NEEDED, Heads, heads_of, named_in, words
from sroi.inputs.value_map.labels import told_in
from sroi.inputs.value_map.rows import ONCE, Rows, clean, is_row
from sroi.inputs.value_map.value_map import ValueMap
from sroi.problems import Problem, Unusable, errors

KIND = Kind(
    "value-map-kind", "value-map-unreadable", "value-map-too-large", "value-map-active",
    (".xlsx",), most_rows=5_000, furthest_row=5_000,
)  # fmt: skip
LONGEST_QUOTE = 200
MOST = 100  # rows with an outcome, and as many with an input
MONTHS = ("month", "months", "maand", "maanden")
OWN = ("own", "our", "ours", "eigen", "onze", "ons")


def read_value_map(path: Path) -> ValueMap:
    """The Value Map in a workbook. Raises `Unusable` with all that is wrong in it."""
    file, sheets = str(path), sheets_of(path, KIND)
    found = {name: heads for name, table in sheets.items() if (heads := heads_of(table))}
    if not found:
        raise Unusable(Problem("value-map-none", file=file))
    found = {n: h for n, h in found.items() if not _out_of_sight(sheets[n])} or found
    filled = [name for name, heads in found.items() if _filled(sheets[name], heads)]
    if len(filled) > 1:
        facts = {"first": filled[0], "second": filled[1]}
        raise Unusable(Problem("value-map-sheets", file=file, facts=facts))
    name = next(iter(filled or found))
    return _read(file, name, sheets[name], found[name])


def is_value_map(path: Path) -> bool:
    """Whether a sheet of a workbook has all columns that a Value Map needs. Raises `Unusable`."""
    found = filter(None, map(heads_of, sheets_of(path, KIND).values()))
    return any(set(NEEDED) <= set(heads.places) for heads in found)


def _out_of_sight(table: Table) -> bool:
    return all(Mark.HIDDEN in cell.marks for row in table for cell in row)


def _filled(table: Table, heads: Heads) -> bool:
    """Whether a quantity stands in any row that is no total."""
    rows = (row for row in table[heads.last + 1 :] if is_row(heads, row))
    return any(heads.named(row)["quantity"].text not in ("", "0") for row in rows)


def _read(file: str, sheet: str, table: Table, heads: Heads) -> ValueMap:
    if unfit := [*_columns(file, heads)]:
        raise Unusable(*(_placed(one, sheet, table) for one in unfit))
    rows, below = Rows(heads), table[heads.last + 1 :]
    problems = [*_as_seen(file, heads, below)]
    for row in () if problems else below:
        rows.take(row)
    told = told_in(table, heads, rows.wrong)
    problems += rows.problems(file)
    if not (errors(problems) or rows.changes):
        problems.append(Problem("value-map-empty", file=file, facts={"sheet": sheet}))
    who = {one.stakeholder for one in rows.inputs} | {one.stakeholder for one in rows.changes}
    if max(len(rows.changes), len(rows.inputs), len(who)) > MOST:
        problems.append(Problem("value-map-many", file=file, facts={"most": MOST}))
    problems = [_placed(one, sheet, table) for one in problems]
    if errors(problems):
        raise Unusable(*sorted(problems, key=Problem.order))
    told = replace(told, inputs=rows.totals.get("input_value"), impact=rows.totals.get("impact"))
    return ValueMap(
        file, sheet, tuple(rows.inputs), tuple(rows.changes), tuple(rows.left_out),
        tuple(sorted(heads.years)), told, tuple(map(clean, heads.others)), tuple(problems),
    )  # fmt: skip


def _placed(problem: Problem, sheet: str, table: Table) -> Problem:
    """The same with the sheet it is on, and what stands in its cell."""
    if not problem.line:
        return problem
    cells = (cell for row in table for cell in row if cell.row == problem.line)
    said = next((cell.text for cell in cells if cell.column == problem.column), "")
    quoted = printable(" ".join(said.split()))[:LONGEST_QUOTE]
    return replace(problem, sheet=sheet, sheet_number=1, excerpt=quoted)


def _columns(file: str, heads: Heads) -> Iterator[Problem]:
    """value-map-column, value-map-column-twice, value-map-months, value-map-attribution-own"""
    for role in NEEDED:
        if role not in heads.places:
            facts: dict[str, object] = {"column": named_in(role)}
            yield Problem("value-map-column", file=file, facts=facts)
    for role, (first, second) in heads.twice.items():
        facts = {"column": named_in(role), "first": first.address, "second": second.address}
        yield _at("value-map-column-twice", file, second, **facts)
    for role, code, signs in (
        ("duration", "value-map-months", MONTHS),
        ("attribution", "value-map-attribution-own", OWN),
    ):
        cell = heads.cells.get(role)
        if cell and set(words(cell.text).split()) & set(signs):
            yield _at(code, file, cell, place=cell.address)


def _at(code: str, file: str, cell: Cell, **facts: object) -> Problem:
    return Problem(code, file=file, line=cell.row, column=cell.column, facts=facts)


def _as_seen(file: str, heads: Heads, below: Table) -> Iterator[Problem]:
    """What stands there otherwise than it is seen, in the columns that are read."""
    rows = [heads.named(row) for row in below if is_row(heads, row)]
    told = [[_once(name, cells[name]) for name in heads.places] for cells in rows]
    table = [[heads.cells[name] for name in heads.places], *told]
    yield from not_as_seen(table, range(len(heads.places)), file)


def _once(name: str, cell: Cell) -> Cell:
    """Without the mark of a merged cell, in a column where one stands for all rows below it."""
    sole = name in ONCE and Mark.SWALLOWED in cell.marks and Mark.BESIDE not in cell.marks
    return replace(cell, marks=cell.marks & ~(Mark.SWALLOWED | PLAIN)) if sole else cell
