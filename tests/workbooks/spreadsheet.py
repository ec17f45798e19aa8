"""A second reading of a calculation workbook: the text of its formulas, worked out anew.

It knows the grammar that `sroi/report/calculation` keeps to and nothing more, reads the file as a
spreadsheet program would, and takes no value that is stored beside a formula.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable
from typing import Any

import openpyxl

TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>"(?:[^"]|"")*")
    |(?P<range>(?:[A-Za-z]+!)?[A-Z]{1,3}\d+:[A-Z]{1,3}\d+)|(?P<call>[A-Z]+)\(
    |(?P<cell>(?:[A-Za-z]+!)?[A-Z]{1,3}\d+)|(?P<sign>[-+*/^(),=>]))""",
    re.VERBOSE,
)
Value = float | str
Work = Callable[[], Any]


class Spreadsheet:
    """The cells of a workbook. `change` a number, and ask for the `value` of any cell."""

    def __init__(self, file: bytes) -> None:
        book = openpyxl.load_workbook(io.BytesIO(file))
        self.cells = {
            (sheet.title, cell.coordinate): cell.value
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        self.running = {
            (sheet.title, cell.coordinate)
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }
        self.known: dict[tuple[str, str], Any] = {}

    def change(self, sheet: str, cell: str, number: float) -> None:
        """Put a number into a cell; everything is worked out again."""
        self.cells[sheet, cell] = number
        self.running.discard((sheet, cell))
        self.known = {}

    def formulas(self) -> dict[tuple[str, str], str]:
        """Every formula by sheet and cell."""
        return {at: str(self.cells[at]) for at in sorted(self.running)}

    def value(self, sheet: str, cell: str) -> Value:
        """What a cell comes to; one that a formula wants is worked out before it."""
        at = (sheet, cell)
        waiting = [at]
        while waiting:
            now = waiting[-1]
            if now in self.known:
                waiting.pop()
                continue
            content = self.cells.get(now, 0.0)
            if now not in self.running:
                self.known[now] = content
                continue
            try:
                self.known[now] = Formula(self, now[0], content[1:]).value()
            except Wanted as wanted:
                waiting.append(wanted.args[0])
        return self.known[at]

    def column(self, sheet: str, keys: str, values: str) -> dict[str, Value]:
        """Two columns side by side: the texts of one with what stands beside them in the other."""
        rows = [int(cell[1:]) for name, cell in self.cells if name == sheet and cell[0] == keys]
        pairs = {row: self.cells[sheet, f"{keys}{row}"] for row in sorted(rows)}
        return {
            key: self.value(sheet, f"{values}{row}")
            for row, key in pairs.items()
            if (sheet, f"{values}{row}") in self.cells and isinstance(key, str)
        }


class Wanted(Exception):
    """A cell that must be known first."""


class Formula:
    """A formula of a sheet, read from left to right."""

    def __init__(self, book: Spreadsheet, sheet: str, text: str) -> None:
        self.book, self.sheet, self.tokens = book, sheet, list(self._tokens(text))
        self.place = 0

    @staticmethod
    def _tokens(text: str) -> Any:
        place = 0
        while place < len(text):
            found = TOKEN.match(text, place)
            if found is None:
                raise ValueError(f"not in the grammar: {text[place : place + 20]!r} in {text!r}")
            yield found.lastgroup, found[found.lastgroup or ""]
            place = found.end()

    def value(self) -> Value:
        """What the whole of it comes to."""
        work = self._test()
        if self.place != len(self.tokens):
            raise ValueError(f"left over: {self.tokens[self.place :]}")
        return work()

    def _sign(self, *signs: str) -> str:
        kind, text = self.tokens[self.place] if self.place < len(self.tokens) else ("", "")
        if kind == "sign" and text in signs:
            self.place += 1
            return text
        return ""

    def _test(self) -> Work:
        left = self._sum()
        if sign := self._sign("=", ">"):
            right = self._sum()
            return (lambda: left() == right()) if sign == "=" else (lambda: left() > right())
        return left

    def _sum(self) -> Work:
        return self._chain(self._product, {"+": lambda a, b: a + b, "-": lambda a, b: a - b})

    def _product(self) -> Work:
        return self._chain(self._power, {"*": lambda a, b: a * b, "/": lambda a, b: a / b})

    def _power(self) -> Work:
        return self._chain(self._atom, {"^": power})

    def _chain(self, part: Callable[[], Work], signs: dict[str, Any]) -> Work:
        found = part()
        while sign := self._sign(*signs):
            found = _both(signs[sign], found, part())
        return found

    def _atom(self) -> Work:
        if self._sign("-"):
            inner = self._atom()
            return lambda: -inner()
        if self._sign("("):
            inner = self._test()
            assert self._sign(")")
            return inner
        kind, text = self.tokens[self.place]
        self.place += 1
        if kind == "call":
            return self._call(text)
        if kind == "number":
            return lambda: float(text)
        if kind == "text":
            return lambda: text[1:-1].replace('""', '"')
        if kind in ("cell", "range"):
            sheet, _, place = text.rpartition("!")
            ask = self._cell if kind == "cell" else self._range
            return lambda: ask(sheet or self.sheet, place)
        raise ValueError(f"{text!r} stands where a number should")

    def _call(self, name: str) -> Work:
        inner = [self._test()]
        while self._sign(","):
            inner.append(self._test())
        assert self._sign(")")
        if name == "IF":  # only the branch that is taken, as every program does it
            return lambda: inner[1]() if inner[0]() else inner[2]()
        return lambda: FUNCTIONS[name](*(work() for work in inner))

    def _cell(self, sheet: str, place: str) -> Value:
        at = (sheet, place)
        if at in self.book.known:
            return self.book.known[at]  # type: ignore[no-any-return]
        if at in self.book.running:
            raise Wanted(at)
        return self.book.cells.get(at, 0.0)  # type: ignore[no-any-return]

    def _range(self, sheet: str, place: str) -> list[float]:
        first, last = (openpyxl.utils.cell.coordinate_from_string(end) for end in place.split(":"))
        columns = [openpyxl.utils.column_index_from_string(end[0]) for end in (first, last)]
        cells = [
            (openpyxl.utils.get_column_letter(column), row)
            for row in range(first[1], last[1] + 1)
            for column in range(columns[0], columns[1] + 1)
        ]
        return [self._cell(sheet, f"{column}{row}") for column, row in cells]  # type: ignore[misc]


def _both(work: Callable[[Any, Any], Any], left: Work, right: Work) -> Work:
    return lambda: work(left(), right())


def power(base: float, exponent: float) -> float:
    """Excel has no answer for nothing to the power nothing."""
    if base == 0 and exponent == 0:
        raise ZeroDivisionError("0^0")
    found = base**exponent
    assert isinstance(found, float)
    return found


def flat(parts: tuple[Any, ...]) -> list[float]:
    """Numbers and ranges as one list."""
    return [x for part in parts for x in (part if isinstance(part, list) else [part])]


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "SUM": lambda *parts: math.fsum(flat(parts)),
    "SUMPRODUCT": lambda a, b: math.fsum(x * y for x, y in zip(a, b, strict=True)),
    "MIN": lambda *parts: min(flat(parts)),
    "MAX": lambda *parts: max(flat(parts)),
    "ABS": abs,
    "EXP": math.exp,
    "INT": math.floor,
    "INDEX": lambda cells, row, column: cells[math.floor(row) * math.floor(column) - 1],
}
