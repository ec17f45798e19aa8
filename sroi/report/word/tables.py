"""Tables of the page as tables of Word, with heads that are repeated and columns that fit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from docx.oxml.ns import qn

from sroi.report.charts.look import Look
from sroi.report.word.parts import WIDTH, Xml, el
from sroi.report.words.glyphs import length

STYLES = {"head": "TableHead", "group": "TableHead", "foot": "TableTotal"}
SIZES = (18, 17, 16, 15, 14)  # of letters, in half points: the first in which every word fits
MANY, SMALL = 7, 16  # columns from which letters are as small as this in any case
SHORT = 9  # rows; a table that has no more is not broken over pages
PADDING = 130  # of a cell, in twentieths of a point
LONGEST_WORD = {"": 8, "head": 11}  # times the size of the letters; a wider word may be broken
CAP = 50  # times the size of the letters, from which a longer cell makes no wider column
SPARE = 1.04  # for another font, where that of the document may not be used

Write = Callable[..., Xml]


@dataclass(frozen=True)
class Cell:
    """A cell of the page: its element, and how many columns it takes."""

    element: Any
    span: int

    @property
    def figure(self) -> bool:
        """Whether it is aligned as a number, and never broken."""
        return "figure" in self.element.get("class", "").split()

    @cached_property
    def text(self) -> str:
        """Its words."""
        return re.sub("[ \n]+", " ", self.element.text_content()).strip()


@dataclass(frozen=True)
class Row:
    """A row of the page, and what kind it is: `head`, `group`, `foot` or none of these."""

    element: Any
    cells: tuple[Cell, ...]
    kind: str


def table(element: Any, write: Write, look: Look) -> Xml:
    """A table of the page. `write(element, style, right=, size=)` makes the paragraph of a cell."""
    rows = _rows(element)
    wide, size = widths(rows)
    kind = el("tblLook", val="0420", firstRow=int(rows[0].kind == "head"), lastRow=0, firstColumn=0,
              lastColumn=0, noHBand=1, noVBand=1)  # fmt: skip
    about = el("tblPr", el("tblStyle", val="ReportTable"), el("tblW", w=sum(wide), type="dxa"),
               el("tblLayout", type="fixed"), kind)  # fmt: skip
    grid = el("tblGrid", *(el("gridCol", w=one) for one in wide))
    made = [_row(row, wide, write, size, look) for row in rows]
    for row, after in zip(made, rows[1:], strict=False):
        if len(rows) <= SHORT or after.kind == "foot":
            _with_next(row)
    return el("tbl", about, grid, *made)


def _with_next(row: Xml) -> None:
    """No page begins after this row."""
    for content in row.iter(qn("w:p")):
        content.pPr.get_or_add_keepNext()


def _rows(element: Any) -> list[Row]:
    rows = []
    for row in element.iter("tr"):
        cells = tuple(
            Cell(one, int(one.get("colspan", 1))) for one in row if one.tag in ("th", "td")
        )
        kind = "head" if row.getparent().tag == "thead" else row.get("class", "")
        rows.append(Row(row, cells, kind))
    return rows


def _row(row: Row, wide: list[int], write: Write, size: int, look: Look) -> Xml:
    properties = [el("cantSplit")] + ([el("tblHeader")] if row.kind == "head" else [])
    cells, place = [], 0
    for cell in row.cells:
        width = sum(wide[place : place + cell.span])
        style = STYLES.get(row.kind, "TableText")
        content = write(cell.element, style, right=cell.figure, size=size)
        cells.append(el("tc", _shape(row.kind, cell.span, width, look), content))
        place += cell.span
    return el("tr", el("trPr", *properties), *cells)


def _shape(kind: str, span: int, width: int, look: Look) -> Xml:
    """Width of a cell, and the line or the colour that its row has."""
    made = el("tcPr", el("tcW", w=width, type="dxa"))
    if span > 1:
        made.append(el("gridSpan", val=span))
    if kind == "foot":
        line = {"val": "single", "sz": 6, "space": 0, "color": "1f2933"}
        made.append(el("tcBorders", el("top", **line)))
    if kind == "group":
        made.append(el("shd", val="clear", color="auto", fill=look.tint.removeprefix("#")))
        made.append(el("tcMar", el("left", w=80, type="dxa")))
    return made


def cards(element: Any, contents: Callable[[Any], list[Xml]], look: Look) -> Xml:
    """Cards beside each other: a row of cells with a colour, and white between them."""
    found = list(element)
    width = WIDTH // len(found)
    white = {"val": "single", "sz": 48, "space": 0, "color": "ffffff"}
    bar = {"val": "single", "sz": 18, "space": 0, "color": look.accent.removeprefix("#")}
    about = el("tblPr", el("tblW", w=width * len(found), type="dxa"),
               el("tblBorders", el("top", **bar), el("insideV", **white)),
               el("tblLayout", type="fixed"))  # fmt: skip
    grid = el("tblGrid", *(el("gridCol", w=width) for _ in found))
    fill = look.tint.removeprefix("#")
    cells = [
        el("tc", el("tcPr", el("tcW", w=width, type="dxa"), el("shd", val="clear", fill=fill)),
           *contents(card))
        for card in found
    ]  # fmt: skip
    return el("tbl", about, grid, el("tr", el("trPr", el("cantSplit")), *cells))


def beside(element: Any, contents: Callable[[Any], list[Xml]]) -> Xml:
    """What stands beside each other on the page, in columns without lines."""
    found = list(element)
    width = WIDTH // len(found)
    about = el("tblPr", el("tblW", w=width * len(found), type="dxa"),
               el("tblLayout", type="fixed"), el("tblCellMar", el("left", w=0, type="dxa"),
               el("right", w=PADDING, type="dxa")))  # fmt: skip
    grid = el("tblGrid", *(el("gridCol", w=width) for _ in found))
    cells = [el("tc", el("tcPr", el("tcW", w=width, type="dxa")), *contents(one)) for one in found]
    return el("tbl", about, grid, el("tr", el("trPr", el("cantSplit")), *cells))


def widths(rows: list[Row]) -> tuple[list[int], int]:
    """Widths of the columns, together as wide as the page, and the size of the letters.

    Every word fits, and long texts get more; letters are smaller where it takes that.
    """
    columns = sum(cell.span for cell in rows[0].cells)
    for size in SIZES:
        least, most = [PADDING] * columns, [PADDING] * columns
        for row in (row for row in rows if len(row.cells) == columns):
            for place, cell in enumerate(row.cells):
                word, whole = _needs(cell, row.kind, size)
                least[place] = max(least[place], word)
                most[place] = max(most[place], whole)
        if sum(least) <= WIDTH and (columns < MANY or size <= SMALL):
            break
    return _shared(least, most), size


def _needs(cell: Cell, kind: str, size: int) -> tuple[int, int]:
    """The least and the most that a cell needs; a figure stays whole, a head has two lines."""
    letter = 10 * size * SPARE  # one that is as wide as it is high
    whole = length(cell.text, bold=bool(kind))
    if cell.figure and kind != "head":
        word = whole
    else:
        words = re.split("[ \n]|(?<=[-–])", cell.text)
        word = min(max(length(one, bool(kind)) for one in words), LONGEST_WORD.get(kind, 8))
        whole = max(word, min(whole / 2 if kind == "head" else whole, CAP))
    return round(letter * word) + PADDING, round(letter * whole) + PADDING


def _shared(least: list[int], most: list[int]) -> list[int]:
    """The page shared out: first what each column needs least, then by what more it could use."""
    if sum(least) > WIDTH:
        wide = [x * WIDTH / sum(least) for x in least]
    elif sum(most) <= WIDTH:
        wide = [x * WIDTH / sum(most) for x in most]
    else:
        share = (WIDTH - sum(least)) / (sum(most) - sum(least))
        wide = [low + (high - low) * share for low, high in zip(least, most, strict=True)]
    rounded = [int(x) for x in wide]
    return [*rounded[:-1], rounded[-1] + WIDTH - sum(rounded)]
