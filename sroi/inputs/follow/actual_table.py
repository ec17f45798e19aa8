"""A table of what happened, from a workbook or CSV, as the same tree that YAML is read into.

Above the headings stand rows of a name and what it is: the scenario, the last period. The first row
with a period and a what among its cells is that of the headings.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from sroi.inputs.follow.columns import ABOUT, COLUMNS, field_of, headings, word_of
from sroi.inputs.portfolio.area_table import written
from sroi.inputs.text.as_seen import not_as_seen
from sroi.inputs.text.cells import Cell, Kind, Mark, Table
from sroi.inputs.text.content import content_of
from sroi.inputs.text.sheet import sheets_of
from sroi.inputs.text.yaml_text import FORBIDDEN, Document, Path_, printable, read
from sroi.problems import Problem, Unusable, nearest

KIND = Kind(
    "follow-table-kind", "follow-table-unreadable", "follow-table-too-large",
    "follow-table-active", most_rows=6_000, most_columns=60,
)  # fmt: skip
SHEETS = (".xlsx", ".csv")
NUMBERS = {"amount", "of", "low", "high", "sd", "price_year"}


@dataclass
class ActualSheet(Document):
    """The tree of a sheet. `sheet`: its name; nothing of CSV. `shown`: the text of each cell;
    `headings`: by field, what its column is called."""

    sheet: str = ""
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)

    def problem(
        self,
        code: str,
        path: Path_,
        at_key: bool = False,
        severity: str = "error",
        /,
        **facts: object,
    ) -> Problem:
        """A problem at a path, with its sheet, the text of its cell and the heading above it; of
        what is missing the cell in which it should stand."""
        key = str(facts.get("key", ""))
        path = (*path, key) if at_key and (*path, key) in self.keys else path
        facts |= {"key": self.headings[key]} if key in self.headings else {}
        code = "follow-source-missing" if code == "source-missing" else code
        found = super().problem(code, path, at_key, severity, **facts)
        number = 1 if self.sheet else 0
        told = self.shown.get((found.line, found.column), "")
        return replace(found, excerpt=told, sheet=self.sheet, sheet_number=number)


def actual_document(path: Path) -> Document:
    """The tree of a file: YAML, workbook or CSV. Raises `Unusable`."""
    if path.suffix.lower() in (".yaml", ".yml"):
        return read(path)
    sheets = {name: table for name, table in sheets_of(path, KIND).items() if table}
    for name, table in sheets.items():
        if (head := _head(table)) is not None:
            found = _tree(str(path), name, table, head)
            found.content = content_of(path, KIND.most_bytes)
            return found
    raise Unusable(Problem("follow-headings-missing", file=str(path)))


def _head(table: Table) -> int | None:
    """The number of the row of headings."""
    for number, row in enumerate(table):
        found = {field_of(cell.text, COLUMNS) for cell in row if cell.text}
        if {"period", "what"} <= found:
            return number
    return None


def _tree(file: str, sheet: str, table: Table, head: int) -> ActualSheet:
    made = ActualSheet(file, [], {}, sheet=sheet)
    made.keys[()] = made.values[()] = (table[0][0].row, table[0][0].column)
    for row in table[:head]:
        _about(made, row)
    places = _columns(made, table[head])
    made.problems += [
        replace(one, sheet=sheet, sheet_number=1 if sheet else 0)
        for one in not_as_seen(table[head:], places.values(), file)
    ]
    rows = [row for row in table[head + 1 :] if _filled(row, places)]
    _put(made, ("rows",), [], table[head][0])
    for number, row in enumerate(rows):
        _row(made, number, row, places)
    return made


def _filled(row: list[Cell], places: dict[str, int]) -> bool:
    """Whether a row says something: without an amount, or without a period, it is still open."""
    said = [key for key, at in places.items() if _text(row, at)]
    return bool({"amount", "of", "low", "high", "sd", "measurement"} & set(said))


def _about(made: ActualSheet, row: list[Cell]) -> None:
    """What is said of the whole: a name and, in the next cell, what it is."""
    key = field_of(row[0].text, ABOUT)
    cell = row[1] if len(row) > 1 else None
    if key and cell is not None and cell.text:
        made.keys[(key,)] = (row[0].row, row[0].column)
        _put(made, (key,), word_of(key, _clean(cell.text)), cell)


def _columns(made: ActualSheet, heads: list[Cell]) -> dict[str, int]:
    """Where each field stands; follow-column-unknown, follow-column-twice"""
    places = dict[str, int]()
    for at, cell in enumerate(heads):
        if not cell.text:
            continue
        key = field_of(cell.text, COLUMNS)
        facts: dict[str, object] = {"column": cell.text[:80]}
        if key is None:
            facts["nearest"] = nearest(cell.text, headings())
            made.problems.append(_at(made, "follow-column-unknown", cell, facts))
        elif key in places:
            made.problems.append(_at(made, "follow-column-twice", cell, facts))
        else:
            places[key] = at
            made.headings[key] = _clean(cell.text)[:80]
    return places


def _row(made: ActualSheet, number: int, row: list[Cell], places: dict[str, int]) -> None:
    path: Path_ = ("rows", number)
    _put(made, path, {}, row[0])
    for key, at in places.items():
        cell = row[at] if at < len(row) else Cell(None, row[0].row, at + 1)
        made.keys[(*path, key)] = (cell.row, cell.column)
        if cell.text:
            _put(made, (*path, key), _said(key, cell), cell)


def _said(key: str, cell: Cell) -> str:
    """What a cell says of a field, in the words of the file."""
    if key not in NUMBERS:
        return word_of(key, _clean(cell.text))
    shown = isinstance(cell.value, int | float) and Mark.PERCENT in cell.marks
    return _clean(repr(float(cell.value)) if shown else written(cell))


def _put(made: ActualSheet, path: Path_, value: object, cell: Cell) -> None:
    made.values[path] = (cell.row, cell.column)
    made.shown[(cell.row, cell.column)] = _clean(cell.text)
    inside = made.data
    for step in path[:-1]:
        inside = inside[step]
    if isinstance(inside, list):
        inside.append(value)
    else:
        inside[path[-1]] = value


def _text(row: list[Cell], at: int) -> str:
    return row[at].text if at < len(row) else ""


def _clean(text: str) -> str:
    return FORBIDDEN.sub(" ", printable(text.replace("\t", " ").replace("\n", " "))).strip()


def _at(made: ActualSheet, code: str, cell: Cell, facts: dict[str, object]) -> Problem:
    number = 1 if made.sheet else 0
    return Problem(
        code, file=made.file, line=cell.row, column=cell.column, excerpt=_clean(cell.text),
        facts=facts, sheet=made.sheet, sheet_number=number,
    )  # fmt: skip
