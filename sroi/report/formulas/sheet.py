"""A sheet as it is filled: cells from top to bottom, with how wide, how frozen and which charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sroi.report.formulas.cell import Cell, Formula, Look, Operand, Span, Term, same

Content = Operand | str | None

TITLE, HEAD, HEADING = (Look("text", kind) for kind in ("title", "head", "heading"))
LABEL, NOTE, WRAPPED = (Look("text", kind) for kind in ("label", "note", "wrapped"))
TEXT, TOTAL_TEXT, PATH = (Look("text", kind) for kind in ("plain", "total", "path"))
VERDICT = Look("text", "verdict")
EURO, TOTAL, CENTS = Look("euro"), Look("euro", "total"), Look("cents")
PERCENT, NUMBER, DECIMAL = Look("percent"), Look("number"), Look("decimal")
FACTOR = Look("factor")
HEAD_YEAR, YEAR = Look("year", "head"), Look("year")
FIXED_EURO, FIXED_NUMBER = Look("euro", "fixed"), Look("number", "fixed")


@dataclass(frozen=True)
class Chart:
    """A chart that follows cells: `kind` as XlsxWriter has it, what each series is called and
    where it stands, the cells along its axis, and the place of its upper left corner."""

    kind: str
    title: str
    names: tuple[str, ...]
    series: tuple[Span, ...]
    along: Span
    row: int
    column: int


@dataclass(frozen=True)
class Limit:
    """Between which numbers a cell may be changed, and what is said of others."""

    cell: Cell
    low: float | None
    high: float | None
    told: str


@dataclass
class Sheet:
    """A sheet of the workbook, filled row by row; `row`: the next free one, from 0;
    `signals`: cells that stand out where they are not 0."""

    name: str
    widths: tuple[float, ...]
    frozen: tuple[int, int] = (0, 0)
    row: int = 0
    cells: list[Cell] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    signals: list[Span] = field(default_factory=list)
    repeated: int = 0

    def put(self, column: int, content: Operand | str, look: Look = NUMBER) -> Cell:
        """Put something into a cell of the row; another cell becomes a formula of it."""
        filled = content if isinstance(content, str | Formula) else _filled(content)
        cell = Cell(self.name, self.row, column, filled, look)
        self.cells.append(cell)
        return cell

    def line(self, first: str, contents: Sequence[Content] = (), look: Look = NUMBER) -> list[Cell]:
        """A row with what it is about in the first column and contents of one look behind it."""
        self.put(0, first, TOTAL_TEXT if look.kind == "total" else LABEL)
        placed = [
            self.put(column, content, TEXT if isinstance(content, str) else look)
            for column, content in enumerate(contents, 1)
            if content is not None
        ]
        self.row += 1
        return placed

    def head(self, *texts: str | float) -> list[Cell]:
        """A row of headings; a number is a year."""
        placed = [
            self.put(column, text, HEAD if isinstance(text, str) else HEAD_YEAR)
            for column, text in enumerate(texts)
        ]
        self.row += 1
        return placed

    def says(self, text: str, look: Look = NOTE) -> None:
        """A row with one text."""
        self.put(0, text, look)
        self.row += 1

    def gap(self) -> None:
        """An empty row."""
        self.row += 1


def _filled(content: Operand) -> Formula | float:
    return same(content) if isinstance(content, Term) else float(content)
