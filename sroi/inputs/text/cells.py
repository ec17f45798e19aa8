"""A cell of a sheet from outside: what it holds, where it stands, and what a person sees of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto
from typing import Any


@dataclass(frozen=True)
class Kind:
    """What sort of sheet is expected: codes of what is said of another, and how large it may be.

    `values`: the last values of formulas (True), or their text as it stands (False).
    """

    suffix: str
    unreadable: str
    too_large: str
    active: str
    suffixes: tuple[str, ...] = (".xlsx", ".csv")
    values: bool = True
    most_bytes: int = 5_000_000
    most_unpacked: int = 30_000_000
    most_rows: int = 20_000
    furthest_row: int = 100_000
    most_columns: int = 200
    most_cells: int = 500_000


class Mark(Flag):
    """What is to be known of a cell beside what it holds."""

    FORMULA = auto()
    UNRECKONED = auto()  # a formula without a stored result
    HIDDEN = auto()
    SWALLOWED = auto()  # by a merged cell
    BESIDE = auto()  # swallowed by one that begins in a column before it
    PERCENT = auto()  # 0.65 that is shown as 65%


PLAIN = Mark(0)


@dataclass(frozen=True)
class Cell:
    """What stands in a cell (None: nothing), and where.

    `label`: what its file calls that value. `codes`, of a heading: the values below it that its
    file declares to be no answer.
    """

    value: Any
    row: int
    column: int
    marks: Mark = PLAIN
    label: str = ""
    codes: tuple[float, ...] = ()

    @property
    def letters(self) -> str:
        """Its column as a spreadsheet says it: `T`."""
        letters, number = "", self.column
        while number:
            number, letter = divmod(number - 1, 26)
            letters = chr(65 + letter) + letters
        return letters

    @property
    def address(self) -> str:
        """As a spreadsheet says it: `T7`."""
        return f"{self.letters}{self.row}"

    @property
    def text(self) -> str:
        """What stands in it as text: a whole number without decimals, nothing as nothing."""
        whole = isinstance(self.value, float) and self.value.is_integer()
        value = int(self.value) if whole else self.value
        return "" if value is None else str(value).strip()


Table = list[list[Cell]]
