"""The table of a portfolio: a row an area, the first column its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sroi.inputs.text.as_seen import is_total, not_as_seen, told_once
from sroi.inputs.text.cells import Cell, Kind, Table
from sroi.inputs.text.content import content_of
from sroi.inputs.text.numerals import AMBIGUOUS, DUTCH
from sroi.inputs.text.read_alike import plain
from sroi.inputs.text.sheet import sheets_in
from sroi.problems import Problem, Unusable, nearest

KIND = Kind(
    "portfolio-table-kind", "portfolio-table-unreadable", "portfolio-table-too-large",
    "portfolio-table-active", most_rows=5_000,
)  # fmt: skip


@dataclass(frozen=True)
class AreaTable:
    """The rows of the areas. `places`: at which position a column stands, by its heading;
    `content`: the bytes of the file."""

    file: str
    table: Table
    places: dict[str, int] = field(default_factory=dict)
    content: bytes = field(default=b"", repr=False)

    @property
    def rows(self) -> Table:
        """The rows below the headings."""
        return self.table[1:]

    def cell(self, row: list[Cell], heading: str) -> Cell:
        """What a row has in a column."""
        return row[self.places[heading]]

    def wrong(self, what: str, cell: Cell, **facts: object) -> Problem:
        """A mistake in a cell."""
        place = {"cell": cell.address, "found": cell.text[:80] or "–"}
        return Problem(what, file=self.file, line=cell.row, column=cell.column, facts=place | facts)


def area_table(path: Path, sheet: str | None, headings: list[str]) -> AreaTable:
    """The table in a file. Raises `Unusable` with all that is wrong with it as a table."""
    return table_in(content_of(path, KIND.most_bytes), str(path), sheet, headings)


def table_in(content: bytes, file: str, sheet: str | None, headings: list[str]) -> AreaTable:
    """The same from the bytes of a file with this name."""
    sheets = sheets_in(content, file, KIND)
    named = {plain(name): name for name in sheets}
    if sheet is not None and plain(sheet) not in named:
        facts = {"sheet": sheet[:80], "nearest": nearest(sheet, sheets)}
        raise Unusable(Problem("portfolio-sheet-unknown", file=file, facts=facts))
    table = sheets[named[plain(sheet)]] if sheet else next(iter(sheets.values()), [])
    if len(table) < 2:
        raise Unusable(Problem("portfolio-table-empty", file=file))
    width = len(table[0])
    even = [table[0], *([*row, *_blank(row, width)][:width] for row in table[1:])]
    found = AreaTable(file, even, content=content)
    problems = [*_placed(found, headings)]
    read = [0, *found.places.values()]
    problems += [*not_as_seen(even, read, file), *_named(found)]
    if problems:
        raise Unusable(*sorted(problems, key=Problem.order))
    return found


def written(cell: Cell) -> str:
    """What a cell holds, as the rules of a scenario read it.

    A number of a workbook is a number, whatever its last digits look like; text with a decimal
    comma that can only mean one thing is read so, and what could mean two things is left to them.
    """
    text = cell.text
    if isinstance(cell.value, float):
        return f"{text}0" if AMBIGUOUS.fullmatch(text) else text
    bare, sign = text.removesuffix("%").rstrip(), "%" if text.endswith("%") else ""
    if DUTCH.fullmatch(bare) and not AMBIGUOUS.fullmatch(bare):
        meant = bare.replace(".", "").replace(",", ".")
        return (f"{meant}0" if AMBIGUOUS.fullmatch(meant) else meant) + sign
    return text


def _blank(row: list[Cell], width: int) -> Iterator[Cell]:
    """A row that ends early has nothing in its last cells."""
    line = row[0].row if row else 0
    yield from (Cell(None, line, column + 1) for column in range(len(row), width))


def _placed(table: AreaTable, headings: list[str]) -> Iterator[Problem]:
    """portfolio-column-missing, portfolio-column-twice"""
    heads = [plain(cell.text) for cell in table.table[0]]
    for name in headings:
        at = [place for place, head in enumerate(heads) if head == plain(name)]
        if at:
            table.places[name] = at[0]
        facts: dict[str, object] = {"column": name[:80]}
        line = table.table[0][0].row
        if not at:
            facts["nearest"] = nearest(name, [cell.text for cell in table.table[0]])
            yield Problem("portfolio-column-missing", file=table.file, line=line, facts=facts)
        elif len(at) > 1:
            yield table.wrong("portfolio-column-twice", table.table[0][at[1]], **facts)


def _named(table: AreaTable) -> Iterator[Problem]:
    """portfolio-area-missing, portfolio-area-twice, portfolio-total"""
    cells, seen = [row[0] for row in table.rows], dict[str, Cell]()
    yield from told_once("portfolio-total", (c for c in cells if is_total(c.text)), table.file)
    yield from told_once("portfolio-area-missing", (c for c in cells if not c.text), table.file)
    for cell in cells:
        before = seen.setdefault(plain(cell.text), cell)
        if cell.text and before is not cell:
            yield table.wrong("portfolio-area-twice", cell, first=before.address)
