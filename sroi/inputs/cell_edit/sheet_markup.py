"""The markup of one sheet with other values in some cells; every other character stays as it was.

The places come from the parser (ECMA-376, part 1, 18.3.1); what is around them is not written anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from sroi.inputs.text.cells import Cell
from sroi.inputs.text.seen import place_of

Place = tuple[int, int]  # row and column
EMPTY = b"/>"
TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"']([^\"']*)")


@dataclass(frozen=True)
class Put:
    """What goes into a cell; None: nothing. `like`: whose look a new cell gets."""

    value: str | float | None
    like: Place | None = None


class Unchangeable(Exception):
    """Markup in which a cell cannot be changed by itself."""


@dataclass
class _Part:
    """Where a row or cell stands; `inner`: where it ends to hold something (-1: it is empty)."""

    start: int
    opened: int
    inner: int = -1
    end: int = 0
    style: str = ""
    formula: str = ""
    cells: dict[int, _Part] = field(default_factory=dict)


def with_cells(markup: bytes, puts: Mapping[Place, Put]) -> tuple[bytes, bool]:
    """The markup with these cells, and whether a formula went. Raises `Unchangeable`."""
    sheet = _Reader(markup).read()
    splices: dict[tuple[int, int], bytes] = {}
    fresh: dict[int, bytes] = {}  # the cells of rows that are not there yet
    for (row, column), put in sorted(puts.items()):
        known = sheet.rows.get(row)
        old = known.cells.get(column) if known else None
        if old and old.formula not in ("", "normal"):  # one formula for several cells
            raise Unchangeable
        new = _cell(row, column, old.style if old else sheet.style_of(put.like), put.value)
        if old:
            splices[old.start, old.end] = new
        elif put.value is not None and known:
            at = _gap(known, column)
            splices[at] = splices.get(at, b"") + new
        elif put.value is not None:
            fresh[row] = fresh.get(row, b"") + new
    for (start, end), text in splices.items():
        if markup[start:end] == EMPTY:  # of a row without cells
            splices[start, end] = b">" + text + b"</row>"
    for row, text in fresh.items():
        at = sheet.gap(row)
        splices[at] = splices.get(at, b"") + b'<row r="%d">%b</row>' % (row, text)
    gone = any(sheet.has_formula(place) for place in puts)
    return _spliced(markup, splices), gone


def _gap(row: _Part, column: int) -> tuple[int, int]:
    """Where a new cell goes in a row that is there."""
    if row.inner < 0:
        return row.opened - len(EMPTY), row.opened
    behind = [part.start for number, part in row.cells.items() if number > column]
    at = min(behind) if behind else row.inner
    return at, at


def _spliced(markup: bytes, splices: dict[tuple[int, int], bytes]) -> bytes:
    made = markup
    for (start, end), text in sorted(splices.items(), reverse=True):
        made = made[:start] + text + made[end:]
    return made


def _cell(row: int, column: int, style: str, value: str | float | None) -> bytes:
    """A cell in the markup of a sheet; a text stays a text whatever it begins with."""
    about = f'r="{Cell(None, row, column).address}"' + (f' s="{style}"' if style else "")
    if value is None:
        return f"<c {about}/>".encode()
    if isinstance(value, str):
        text = escape(value)
        return f'<c {about} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'.encode()
    return f"<c {about}><v>{value!r}</v></c>".encode()


@dataclass
class _Sheet:
    """The rows of a sheet by number, and where those behind the last go."""

    rows: dict[int, _Part] = field(default_factory=dict)
    inner: int = -1

    def style_of(self, place: Place | None) -> str:
        """The look of a cell; none where it is not there."""
        row = self.rows.get(place[0]) if place else None
        cell = row.cells.get(place[1]) if row and place else None
        return cell.style if cell else ""

    def has_formula(self, place: Place) -> bool:
        """Whether there is a formula in a cell."""
        row = self.rows.get(place[0])
        return bool(row and place[1] in row.cells and row.cells[place[1]].formula)

    def gap(self, row: int) -> tuple[int, int]:
        """Where a new row goes."""
        behind = [part.start for number, part in self.rows.items() if number > row]
        at = min(behind) if behind else self.inner
        return at, at


class _Reader:
    """Goes through the markup."""

    def __init__(self, markup: bytes) -> None:
        self.markup, self.sheet = markup, _Sheet()
        self.data: _Part | None = None
        self.row: _Part | None = None
        self.cell: _Part | None = None
        self.number = self.column = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end

    def read(self) -> _Sheet:
        """The places of all rows and cells. Raises `Unchangeable`."""
        told = ENCODING.match(self.markup)
        if told and told[1].lower() != b"utf-8":
            raise Unchangeable
        try:
            self.parser.Parse(self.markup, True)
        except (expat.ExpatError, ValueError):
            raise Unchangeable from None
        if self.sheet.inner < 0:
            raise Unchangeable
        return self.sheet

    def start(self, tag: str, attributes: dict[str, Any]) -> None:
        """An element begins."""
        at, name = self.parser.CurrentByteIndex, tag.rpartition(" ")[2]
        if name in ("sheetData", "row", "c") and not self.markup.startswith(
            f"<{name}".encode(), at
        ):
            raise Unchangeable  # with names of its own
        if name == "sheetData":
            self.data = self._part(at)
        elif name == "row":
            self.number, self.column = int(attributes.get("r", self.number + 1)), 0
            self.row = self.sheet.rows[self.number] = self._part(at)
        elif name == "c" and self.row:
            place = attributes.get("r")
            self.column = place_of(place)[1] if place else self.column + 1
            self.cell = self.row.cells[self.column] = self._part(at)
            self.cell.style = attributes.get("s", "")
        elif name == "f" and self.cell:
            self.cell.formula = attributes.get("t", "normal")

    def _part(self, at: int) -> _Part:
        tag = TAG.match(self.markup, at)
        if tag is None:
            raise Unchangeable
        return _Part(at, tag.end())

    def end(self, tag: str) -> None:
        """An element ends; of one that is empty the parser is behind it already."""
        name = tag.rpartition(" ")[2]
        part = {"sheetData": self.data, "row": self.row, "c": self.cell}.get(name)
        if part is None:
            return
        if self.markup.startswith(EMPTY, part.opened - len(EMPTY)):
            part.end = part.opened
        else:
            part.inner = self.parser.CurrentByteIndex
            part.end = self.markup.index(b">", part.inner) + 1
        if name == "sheetData":
            self.sheet.inner = part.inner
        if name == "c":
            self.cell = None
