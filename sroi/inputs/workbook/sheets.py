"""The blocks of a workbook found on its sheets, by titles and headings; and what is not there.

A sheet, a heading or a title that somebody renamed is told before anything below it is read: all
that would be said of its cells follows from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.text.cells import Cell, Table
from sroi.inputs.workbook.columns import Column, column_of, columns_of, heading
from sroi.inputs.workbook.headings import (
    LANGUAGES,
    block_title,
    folded,
    known_sheets,
    sheet_name,
)
from sroi.inputs.workbook.layout import SHEETS, Block, Sheet
from sroi.inputs.workbook.tree import ROWS, Workbook
from sroi.problems import Unusable, nearest

LEAST_HEADINGS = 2  # on a row, before it is taken for the headings of a block
FIRST_ROWS = 10  # among which the headings of a sheet stand
LEAST_ALIKE = 0.6  # of the headings of a sheet of another name, before it is taken for a known one


@dataclass
class Found:
    """A block on a sheet: its headings by column, and the rows below them. `sheet`: which it is."""

    block: Block
    sheet: int
    heads: dict[int, Column]
    head: list[Cell]
    rows: Table = field(default_factory=list)


def found_on(sheets: Mapping[str, Table], tree: Workbook) -> list[Found]:
    """All blocks of a workbook. Raises `Unusable` where a sheet or headings are not to be found."""
    ours = {sheet.name: sheet for sheet in SHEETS}
    known = [ours.get(known_sheets().get(folded(name), "")) for name in sheets]
    found: list[Found] = []
    for number, (one, table) in enumerate(zip(known, sheets.values(), strict=True)):
        if one is not None:
            found += _Walk(number, one, tree).down(table)
    if not found:  # another workbook, which has a sheet of this name
        tree.problems.clear()
        return []
    there = {one.name for one in known if one}
    strange = [(number, table) for number, table in enumerate(sheets.values()) if not known[number]]
    _missing(there, strange, tree)
    if tree.problems:
        raise Unusable(*tree.problems)
    return found


@dataclass
class _Walk:
    """Down the rows of a sheet. `block`: whose headings are expected; `loose`: the first row that
    says something before they are there."""

    number: int
    sheet: Sheet
    tree: Workbook
    block: Block | None = None
    current: Found | None = None
    loose: list[Cell] = field(default_factory=list)
    done: list[Found] = field(default_factory=list)

    def down(self, table: Table) -> list[Found]:
        """The blocks of a sheet. One by itself needs no title above it."""
        titles = {folded(block_title(b, lang)): b for b in self.sheet.blocks for lang in LANGUAGES}
        alone = len(self.sheet.blocks) == 1
        self.block = self.sheet.blocks[0] if alone else None
        for row in table:
            said = [cell for cell in row if cell.text]
            title = titles.get(folded(said[0].text)) if len(said) == 1 else None
            if title and (self.current is None or not alone):
                self._ended()
                self.block, self.current = title, None
            else:
                self._row(row, said)
        self._ended()
        return self.done

    def _row(self, row: list[Cell], said: list[Cell]) -> None:
        """A row that is no title: headings, or what stands below them."""
        if self.current is None and self.block:
            self.current = _headings(self.block, self.number, row)
            self.done += [self.current] if self.current else []
            if len(said) >= LEAST_HEADINGS and not self.current:
                self.loose = self.loose or said
        elif _are_heads(self.sheet, said):
            known = ", ".join(block_title(block, self.tree.lang) for block in self.sheet.blocks)
            self._note("workbook-title-missing", said[0], known=known)
        elif self.current:
            self.current.rows.append(row)

    def _ended(self) -> None:
        """The end of a block: rows without headings above them would not be read."""
        if self.block and self.current is None and self.loose:
            heads = [heading(self.block, one, self.tree.lang)
                     for one in columns_of(self.block, self.tree.lang)[:3]]  # fmt: skip
            facts = {"sheet": self.tree.sheets[self.number], "heads": ", ".join(heads)}
            self._note("workbook-heads-missing", self.loose[0], **facts)
        self.loose = []

    def _note(self, code: str, cell: Cell, **facts: object) -> None:
        self.tree.note(code, (self.number * ROWS + cell.row, cell.column), **facts)


def _headings(block: Block, sheet: int, row: list[Cell]) -> Found | None:
    """The row as headings of a block, if it is that."""
    told = {cell.column: column_of(block, cell.text) for cell in row if cell.text}
    heads = {column: meaning for column, meaning in told.items() if meaning}
    enough = len(heads) >= LEAST_HEADINGS
    return Found(block, sheet, heads, row) if enough else None


def _are_heads(sheet: Sheet, said: list[Cell]) -> bool:
    """Whether a row has headings and nothing else, though no title stands above it."""
    return len(said) >= LEAST_HEADINGS and any(
        all(column_of(block, cell.text) for cell in said) for block in sheet.blocks
    )


def _missing(there: set[str], strange: list[tuple[int, Table]], tree: Workbook) -> None:
    """What stands on no sheet that is known: with the sheet that it may stand on."""
    gone = [sheet for sheet in SHEETS if sheet.name not in there]
    alike = {sheet.name: number for number, table in strange
             if (sheet := _alike(gone, table)) is not None}  # fmt: skip
    for sheet in gone:
        name, number = sheet_name(sheet.name, tree.lang), alike.get(sheet.name)
        if number is not None:
            facts = {"sheet": name, "found": tree.sheets[number]}
            tree.note("workbook-sheet-renamed", (number * ROWS + 1, 1), **facts)
        elif _needed(sheet):
            others = [tree.sheets[number] for number, _ in strange]
            facts = {"sheet": name, "nearest": nearest(name, others)}
            tree.note("workbook-sheet-missing", (1, 1), **facts)


def _alike(gone: list[Sheet], table: Table) -> Sheet | None:
    """The sheet of which an unknown one has the headings, or the title of one of several blocks."""
    for sheet in gone:
        for row in table[:FIRST_ROWS]:
            said = [cell.text for cell in row if cell.text]
            fit = max(sum(column_of(b, text) is not None for text in said) for b in sheet.blocks)
            if fit > LEAST_HEADINGS and fit >= LEAST_ALIKE * len(said):
                return sheet
    return None


def _needed(sheet: Sheet) -> bool:
    """Whether a scenario must say something that stands on this sheet."""
    fields = {field.alias or name: field for name, field in Scenario.model_fields.items()}
    names = {block.path[0] for block in sheet.blocks if block.path}
    return sheet.name == SHEETS[0].name or any(
        fields[name].is_required() for name in names if name in fields
    )
