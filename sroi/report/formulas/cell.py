"""A cell and its formula: written once in Python, with the value that it has beside it.

`Cell` and `Formula` know the arithmetic of a spreadsheet. `price * volume` is the formula
`=C4*D9` and its value at once, so that what is stored in the file can never be another sum than
the one that stands in it. Only functions that every spreadsheet program has had since 2007.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

Value = float | str
TEST, SUM, PRODUCT, POWER, ATOM = range(5)


class Term:
    """What formulas are made of: something with a value, and with how it is written."""

    @property
    def value(self) -> Value:
        """What it comes to."""
        raise NotImplementedError

    def __add__(self, other: Operand) -> Operand:
        return plus(self, other)

    def __radd__(self, other: Operand) -> Operand:
        return plus(other, self)

    def __sub__(self, other: Operand) -> Operand:
        return minus(self, other)

    def __rsub__(self, other: Operand) -> Operand:
        return minus(other, self)

    def __mul__(self, other: Operand) -> Operand:
        return times(self, other)

    def __rmul__(self, other: Operand) -> Operand:
        return times(other, self)

    def __truediv__(self, other: Operand) -> Operand:
        return divided(self, other)

    def __rtruediv__(self, other: Operand) -> Operand:
        return divided(other, self)

    def __pow__(self, other: Operand) -> Operand:
        return power(self, other)

    def __rpow__(self, other: Operand) -> Operand:
        return power(other, self)


Operand = Term | float


@dataclass(frozen=True, eq=False)
class Formula(Term):
    """A formula: its text in parts, in which cells are themselves; `binding`: how tightly."""

    parts: tuple[str | Cell | Span, ...]
    result: Value
    binding: int = ATOM

    @property
    def value(self) -> Value:
        """What it comes to."""
        return self.result

    def text(self, sheet: str) -> str:
        """As it is written on a sheet; a cell of another sheet is named with that sheet."""
        return "".join(
            part if isinstance(part, str) else part.address(sheet) for part in self.parts
        )


@dataclass(frozen=True, eq=False)
class Look:
    """How a cell is shown: the format of its number, and what it is to the reader."""

    number: str = "number"
    kind: str = "plain"


@dataclass(frozen=True, eq=False)
class Cell(Term):
    """A place on a sheet (row and column from 0) with a number, a text or a formula in it."""

    sheet: str
    row: int
    column: int
    content: Formula | Value
    look: Look = Look()

    @property
    def value(self) -> Value:
        """What stands there, or what its formula comes to."""
        return self.content.value if isinstance(self.content, Formula) else self.content

    @property
    def place(self) -> str:
        """Its address on its own sheet: C4."""
        return f"{letters(self.column)}{self.row + 1}"

    def address(self, sheet: str) -> str:
        """Its address as seen from a sheet."""
        return self.place if sheet == self.sheet else f"{self.sheet}!{self.place}"


@dataclass(frozen=True, eq=False)
class Span:
    """Cells beside or below each other, without a gap."""

    cells: tuple[Cell, ...]

    @property
    def values(self) -> list[float]:
        """What stands in them."""
        return [number(cell) for cell in self.cells]

    def address(self, sheet: str) -> str:
        """C4:F4, with the sheet where that is another one."""
        first, last = self.cells[0], self.cells[-1]
        return f"{first.address(sheet)}:{last.place}"


def span(cells: Sequence[Cell]) -> Span:
    """Cells as one range. Raises `ValueError` where they do not stand in one row or column."""
    first = cells[0]
    down = len(cells) > 1 and cells[1].column == first.column
    for n, cell in enumerate(cells):
        wanted = (first.sheet, first.row + n * down, first.column + n * (not down))
        if (cell.sheet, cell.row, cell.column) != wanted:
            raise ValueError(f"no range: {first.address('')} … {cell.address('')}")
    return Span(tuple(cells))


def referred_to(cells: Iterable[Cell]) -> Iterator[Cell]:
    """The cells that the formulas in some cells name, one by one or in a range."""
    for cell in cells:
        for part in cell.content.parts if isinstance(cell.content, Formula) else ():
            if isinstance(part, Cell):
                yield part
            elif isinstance(part, Span):
                yield from part.cells


def letters(column: int) -> str:
    """The name of a column (from 0): A, B, …, Z, AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def number(operand: Operand) -> float:
    """The value of what is a number; an empty cell is none. Raises `TypeError` for a text."""
    value = operand.value if isinstance(operand, Term) else operand
    if value == "":
        return math.nan
    if isinstance(value, str):
        raise TypeError(f"{value!r} is no number")
    return float(value)


def same(operand: Operand) -> Formula:
    """A formula that is another cell, or a number by itself."""
    return Formula(_parts(operand, TEST), _value(operand), _binding(operand))


def plus(a: Operand, b: Operand) -> Operand:
    """a + b."""
    if _is(a, 0):
        return b
    return a if _is(b, 0) else _joined(a, "+", b, SUM, SUM, number(a) + number(b))


def minus(a: Operand, b: Operand) -> Operand:
    """a - b."""
    return a if _is(b, 0) else _joined(a, "-", b, SUM, PRODUCT, number(a) - number(b))


def times(a: Operand, b: Operand) -> Operand:
    """a × b."""
    if _is(a, 0) or _is(b, 0):
        return 0.0
    if _is(a, 1):
        return b
    return a if _is(b, 1) else _joined(a, "*", b, PRODUCT, PRODUCT, number(a) * number(b))


def divided(a: Operand, b: Operand) -> Operand:
    """a ÷ b; by nothing it is no number, for a branch of `when` that is not taken."""
    if _is(b, 1):
        return a
    value = number(a) / number(b) if number(b) else math.nan
    return _joined(a, "/", b, PRODUCT, POWER, value)


def power(a: Operand, b: Operand) -> Operand:
    """a to the power b."""
    if _is(b, 1) or _is(a, 1):
        return a
    return _joined(a, "^", b, ATOM, ATOM, number(a) ** number(b), POWER)


def over(a: Operand, b: Operand) -> Formula:
    """a > b, for `when`."""
    return _formula(_joined(a, ">", b, SUM, SUM, float(number(a) > number(b)), TEST))


def equal(a: Operand, b: Operand) -> Formula:
    """a = b, for `when`."""
    return _formula(_joined(a, "=", b, SUM, SUM, float(number(a) == number(b)), TEST))


def blank(cell: Cell) -> Formula:
    """Whether there is an empty text in a cell, for `when`."""
    return Formula((cell, '=""'), float(cell.value == ""), TEST)


def when(test: Formula, then: Operand | str, otherwise: Operand | str) -> Formula:
    """IF."""
    taken = then if test.value else otherwise
    value = taken if isinstance(taken, str) else _value(taken)
    parts = (*test.parts, ",", *_quoted(then), ",", *_quoted(otherwise))
    return Formula(("IF(", *parts, ")"), value)


def total(cells: Span) -> Formula:
    """SUM, added one by one."""
    added = 0.0
    for value in cells.values:
        added += value
    return Formula(("SUM(", cells, ")"), added)


def product_sum(first: Span, second: Span) -> Formula:
    """SUMPRODUCT of two ranges of one shape, added one by one."""
    added = 0.0
    for a, b in zip(first.values, second.values, strict=True):
        added += a * b
    return Formula(("SUMPRODUCT(", first, ",", second, ")"), added)


def least(*operands: Operand) -> Formula:
    """MIN."""
    return _called("MIN", operands, min)


def most(*operands: Operand) -> Formula:
    """MAX."""
    return _called("MAX", operands, max)


def highest(cells: Span) -> Formula:
    """MAX of a range."""
    return Formula(("MAX(", cells, ")"), max(cells.values))


def exp(operand: Operand) -> Formula:
    """EXP."""
    return _called("EXP", (operand,), lambda values: math.exp(values[0]))


def whole(operand: Operand) -> Formula:
    """INT, of what is not negative."""
    return _called("INT", (operand,), lambda values: float(math.floor(values[0])))


def absolute(operand: Operand) -> Formula:
    """ABS."""
    return _called("ABS", (operand,), lambda values: abs(values[0]))


def pick(cells: Span, position: Operand) -> Formula:
    """INDEX: the cell of a range at a position, from 1."""
    at = number(position) - 1
    inside = 0 <= at < len(cells.cells)  # a branch of `when` that is not taken may point elsewhere
    value = number(cells.cells[int(at)]) if inside else math.nan
    # with row and column: not every program takes a single number along a row
    down = cells.cells[0].column == cells.cells[-1].column
    where = (*_parts(position, TEST), ",1") if down else ("1,", *_parts(position, TEST))
    return Formula(("INDEX(", cells, ",", *where, ")"), value)


def _called(
    name: str, operands: Sequence[Operand], work: Callable[[list[float]], float]
) -> Formula:
    inner: list[str | Cell | Span] = []
    for operand in operands:
        inner += [*([","] if inner else []), *_parts(operand, TEST)]
    return Formula((f"{name}(", *inner, ")"), work([number(one) for one in operands]))


def _joined(
    a: Operand, sign: str, b: Operand, left: int, right: int, value: float, own: int | None = None
) -> Operand:
    """Two operands with a sign between them, in brackets where they bind less tightly."""
    parts = (*_parts(a, left), sign, *_parts(b, right))
    return Formula(parts, value, left if own is None else own)


def _formula(operand: Operand) -> Formula:
    return operand if isinstance(operand, Formula) else same(operand)


def _is(operand: Operand, wanted: float) -> bool:
    return not isinstance(operand, Term) and operand == wanted


def _value(operand: Operand) -> Value:
    return operand.value if isinstance(operand, Term) else float(operand)


def _binding(operand: Operand) -> int:
    if isinstance(operand, Formula):
        return operand.binding
    return SUM if not isinstance(operand, Term) and operand < 0 else ATOM


def _parts(operand: Operand, least_: int) -> tuple[str | Cell | Span, ...]:
    """How an operand is written where at least so tight a binding is wanted."""
    if isinstance(operand, Cell):
        return (operand,)
    inner = operand.parts if isinstance(operand, Formula) else (written(number(operand)),)
    return inner if _binding(operand) >= least_ else ("(", *inner, ")")


def _quoted(operand: Operand | str) -> tuple[str | Cell | Span, ...]:
    if isinstance(operand, str):
        return ('"' + operand.replace('"', '""') + '"',)
    return _parts(operand, TEST)


def written(value: float) -> str:
    """A number in a formula, with all its digits and no power of ten."""
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
