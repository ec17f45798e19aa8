"""The sheet of exact steps: how the people on a ladder come to deviate from those at the start.

A block a quarter and a row a tier, by the Taylor series of the matrix exponential:

    s_0 = z,  s_1 = (z Q + f)/2,  s_{k+1} = s_k Q/(k + 2)
    mean over the quarter = Σ s_k,   z at its end = z + mean · Q + f

Q: rates of the quarter, f: what is added in it. Source: see `model/care/care_ladder_step`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import factorial

from sroi.model.care.care_ladder import Move
from sroi.report.calculation.intensity import Block
from sroi.report.formulas.cell import (
    Cell,
    Look,
    Operand,
    highest,
    number,
    over,
    product_sum,
    span,
    total,
)
from sroi.report.formulas.cell import when as if_
from sroi.report.formulas.sheet import HEADING, LABEL, TEXT, VERDICT, YEAR

LEFT_OUT = 1e-13  # of who is there
FEWEST, MOST = 14, 40
ROOM = 2.0  # how much faster than now people may leave before terms are missing
EXACT = Look("factor")
Q = 5  # the column of the first tier of Q, behind quarter, tier, z, f and what leaves


@dataclass(frozen=True)
class Course:
    """Mean of every quarter and value at its end (tier, quarter), as deviation from the start."""

    means: list[list[Cell]]
    ends: list[list[Cell]]


@dataclass(frozen=True)
class Flow:
    """What happens in a quarter: rates of the moves and of leaving, and what is added by tier."""

    rates: Mapping[Move, Operand]
    exits: Sequence[Operand]
    added: Sequence[Operand]


def steps(
    block: Block, title: str, names: Sequence[str], quarter_of: Callable[[int], Flow]
) -> Course:
    """Fill in the blocks of a course; rates and additions are those of one quarter."""
    sheet, size = block.sheet, len(names)
    sheet.says(title, HEADING)
    place, sheet.row = sheet.row, sheet.row + 1
    first = quarter_of(len(block.quarters) - 1)
    terms = _terms(max(_leaving(first, tier) for tier in range(size)))
    series = [f"s{term}" for term in range(terms + 1)]
    heads = [block.word("quarter"), block.word("tier"), "z", "f", block.word("leaves")]
    heads += [*(f"Q {name}" for name in names), *series, block.word("mean"), block.word("end")]
    sheet.head(*heads)
    found = Course([[] for _ in names], [[] for _ in names])
    leaving: list[Cell] = []
    for quarter in block.quarters:
        leaving += _block(block, names, quarter, quarter_of(quarter), terms, found)
    after, sheet.row = sheet.row, place
    _reach(block, leaving, terms)
    sheet.row = after
    sheet.gap()
    return found


def _leaving(flow: Flow, tier: int) -> float:
    """At which rate a tier is left, as it is now."""
    moved = sum(number(rate) for (origin, _), rate in flow.rates.items() if origin == tier)
    return moved + number(flow.exits[tier])


def _terms(fastest: float) -> int:
    """How many terms leave out next to nothing when people leave so fast, and with room."""
    for terms in range(FEWEST, MOST):
        if _left_out(ROOM * fastest, terms) < LEFT_OUT:
            return terms
    return MOST


def _left_out(rate: float, terms: int) -> float:
    return float((2 * rate) ** terms / factorial(terms + 1))


def _limit(terms: int) -> float:
    """Up to which rate a quarter so many terms are enough."""
    return float((factorial(terms + 1) * LEFT_OUT) ** (1 / terms) / 2)


def _reach(block: Block, leaving: list[Cell], terms: int) -> None:
    """Whether the series is long enough, also after a change."""
    sheet = block.sheet
    limit = _limit(terms)
    sheet.put(0, block.word("fastest"), LABEL)
    fastest = sheet.put(2, highest(span(leaving)), EXACT)
    sheet.put(3, block.word("at_most", limit=f"{limit:.3g}"), TEXT)
    told = if_(over(fastest, limit), block.word("too_fast"), block.word("enough"))
    sheet.put(Q, told, VERDICT)


def _block(
    block: Block, names: Sequence[str], quarter: int, flow: Flow, terms: int, found: Course
) -> list[Cell]:
    """The rows of one quarter; what leaves each tier."""
    sheet, top, size = block.sheet, block.sheet.row, len(names)
    grid = [[0.0 + _rate(flow, i, j) for j in range(size)] for i in range(size)]
    state: list[Cell] = []
    added: list[Cell] = []
    leaving: list[Cell] = []
    for tier, name in enumerate(names):
        sheet.row = top + tier
        sheet.put(0, float(quarter + 1), YEAR)
        sheet.put(1, name, TEXT)
        before = found.ends[tier][-1] if quarter else 0.0
        state.append(sheet.put(2, before, EXACT))
        added.append(sheet.put(3, flow.added[tier], EXACT))
        gone: Operand = flow.exits[tier]
        for (origin, _), rate in flow.rates.items():
            gone = gone + rate if origin == tier else gone
        leaving.append(sheet.put(4, gone, EXACT))
        grid[tier][tier] = 0.0 - leaving[-1]
    columns = _columns(block, top, grid)
    _series(block, top, state, added, columns, terms, found)
    sheet.row = top + size
    return leaving


def _rate(flow: Flow, origin: int, target: int) -> Operand:
    return flow.rates.get((origin, target), 0.0)


def _columns(block: Block, top: int, grid: list[list[Operand]]) -> list[list[Cell]]:
    """Q on the sheet (from down, to across), by column."""
    columns: list[list[Cell]] = [[] for _ in grid]
    for origin, row in enumerate(grid):
        block.sheet.row = top + origin
        for target, rate in enumerate(row):
            columns[target].append(block.sheet.put(Q + target, rate, EXACT))
    return columns


def _series(
    block: Block, top: int, state: list[Cell], added: list[Cell], columns: list[list[Cell]],
    terms: int, found: Course,
) -> None:  # fmt: skip
    """The terms from left to right, their sum, and where it ends."""
    sheet, size = block.sheet, len(state)

    def put(column: int, contents: Sequence[Operand]) -> list[Cell]:
        placed = []
        for tier, content in enumerate(contents):
            sheet.row = top + tier
            placed.append(sheet.put(column, content, EXACT))
        return placed

    start = Q + size
    term = put(start, state)
    rows = [[cell] for cell in term]
    for count in range(1, terms + 1):
        through = [product_sum(span(term), span(column)) for column in columns]
        following: list[Operand] = list(through)
        if count == 1:
            following = [a + b for a, b in zip(through, added, strict=True)]
        term = put(start + count, [amount / float(count + 1) for amount in following])
        for row, cell in zip(rows, term, strict=True):
            row.append(cell)
    mean = put(start + terms + 1, [total(span(row)) for row in rows])
    moved = [product_sum(span(mean), span(column)) for column in columns]
    ends = [z + move + f for z, move, f in zip(state, moved, added, strict=True)]
    for tier, (middle, end) in enumerate(zip(mean, put(start + terms + 2, ends), strict=True)):
        found.means[tier].append(middle)
        found.ends[tier].append(end)
