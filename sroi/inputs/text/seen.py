"""What somebody sees of a sheet of a workbook, and what only stands in its file.

A row that a filter hides, a cell that is swallowed by a merged one and a formula that nobody has
worked out hold something else than what the screen shows. This reads the markup of one sheet for
them (ECMA-376, part 1, 18.3.1), and how far it reaches; what cells hold is read by openpyxl.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import IO
from xml.parsers import expat

PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
HOLDS = ("v", "is")  # a stored value, and text that stands in the cell itself
PIECE = 1 << 16


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class Seen:
    """`rows`, `columns`: the last ones that hold something; `cells`: how many hold something.

    `hidden_columns`: first and last of each run. `formulas`: the cells with one, by row and column;
    whether its result is stored.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    formulas: dict[tuple[int, int], bool] = field(default_factory=dict)

    @cached_property
    def formula_rows(self) -> set[int]:
        """The rows with a formula in them, also where no result of it is stored."""
        return {row for row, _ in self.formulas}

    def hidden_in(self, row: int) -> set[int]:
        """The columns of a row that are out of sight."""
        if row in self.hidden_rows:
            return set(range(1, self.columns + 1))
        return _within([(a, min(b, self.columns)) for a, b in self.hidden_columns])

    def swallowed_in(self, row: int) -> set[int]:
        """The columns of a row over which a merged cell lies: all of it but its first one."""
        over = [area for area in self.merged if area.first_row <= row <= area.last_row]
        return _within(
            [
                (area.first_column + (row == area.first_row), min(area.last_column, self.columns))
                for area in over
            ]
        )

    def beside_in(self, row: int) -> set[int]:
        """Those of them whose merged cell begins in a column before them."""
        over = [area for area in self.merged if area.first_row <= row <= area.last_row]
        runs = [(area.first_column + 1, min(area.last_column, self.columns)) for area in over]
        return _within(runs)


def _within(runs: list[tuple[int, int]]) -> set[int]:
    return {column for first, last in runs for column in range(first, last + 1)}


def seen(markup: IO[bytes]) -> Seen:
    """What is seen of a sheet, from its markup. Raises `ExpatError` or `ValueError`."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    while piece := markup.read(PIECE):
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return reader.found


def place_of(text: str) -> tuple[int, int]:
    """Row and column of an address such as `T7`. Raises `ValueError`."""
    found = PLACE.fullmatch(text)
    if found is None:
        raise ValueError("no address")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


class _Reader:
    """Goes through the markup; a cell or row that does not say where it is comes after the last."""

    def __init__(self) -> None:
        self.found = Seen()
        self.row = self.column = 0
        self.formula = self.as_text = self.value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(" ")[2]
        self.value = name in HOLDS
        if name == "c":
            self._cell(attributes.get("r"))
            self.as_text = attributes.get("t") == "str"
        elif name == "f":
            self.formula = True
            self.found.formulas[self.row, self.column] = False
            self._holds()
        elif name in HOLDS:
            self._holds()
            self._result(self.as_text)  # no text at all is a result as well
        elif name == "row":
            self._row(attributes)
        elif name == "col" and (
            _yes(attributes.get("hidden")) or _nothing(attributes.get("width"))
        ):
            self.found.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
        elif name == "mergeCell":
            self._merged(attributes["ref"])

    def text(self, text: str) -> None:
        """What stands in an element."""
        self._result(self.value and bool(text.strip()))

    def end(self, tag: str) -> None:
        """An element ends: what follows a cell is of another one."""
        self.value = False
        if tag.rpartition(" ")[2] == "c":
            self.formula = False

    def _result(self, stored: bool) -> None:
        if self.formula and stored:
            self.found.formulas[self.row, self.column] = True

    def _row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes.get("r", self.row + 1))
        self.column = 0
        if _yes(attributes.get("hidden")) or _nothing(attributes.get("ht")):
            self.found.hidden_rows.add(self.row)

    def _cell(self, place: str | None) -> None:
        self.row, self.column = place_of(place) if place else (self.row, self.column + 1)

    def _holds(self) -> None:
        found = self.found
        found.rows, found.columns = max(found.rows, self.row), max(found.columns, self.column)
        found.cells += 1

    def _merged(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        self.found.merged.append(Area(*place_of(first), *place_of(last or first)))


def _nothing(size: str | None) -> bool:
    """Whether a row has no height, or a column no width."""
    return size is not None and float(size) == 0


def _yes(value: str | None) -> bool:
    return value in ("1", "true")
