"""The sheet of value flows: line × year × payer × cash class, of which every total is a sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.model.flows.results import INVESTMENT
from sroi.model.lines.discounting import OFFSETS
from sroi.model.lines.lines import CLASSES
from sroi.report.calculation.inputs import RATE, Inputs
from sroi.report.formulas.cell import Cell, Formula, Look, Operand, Span, product_sum, span, total
from sroi.report.formulas.sheet import (
    EURO,
    FACTOR,
    LABEL,
    TITLE,
    Sheet,
)
from sroi.report.told.told import Told

LINE, SOCIETY, PRESENT, YEARS = 0, 1, 2, 3


@dataclass(frozen=True)
class FlowRow:
    """The amounts of a flow by year, before its shares, and what they were before corrections and
    drop-off (the same where it has none)."""

    line: str
    amounts: Sequence[Operand]
    gross: Sequence[Operand]


@dataclass(frozen=True)
class Flows:
    """The table: by row what it is worth now, its amounts by year, and what it counts for by
    payer and class and for society. Benefits stand first, investment below them."""

    lines: list[str]
    benefits: int
    present: list[Cell]
    gross: list[Cell]
    amounts: list[list[Cell]]
    society: list[Cell]
    shares: dict[tuple[str, str], list[Cell]]
    factors: list[Cell]

    def of(self, cells: Sequence[Cell], kind: str) -> Span | None:
        """The part of a column that are benefits, or investment; None where there is none."""
        part = cells[: self.benefits] if kind == "benefits" else cells[self.benefits :]
        return span(part) if part else None

    def weighed(self, cells: Sequence[Cell], weights: Sequence[Cell], kind: str) -> Operand:
        """Σ of a column × weights over benefits or investment."""
        first, second = self.of(cells, kind), self.of(weights, kind)
        return product_sum(first, second) if first and second else 0.0

    def year(self, year: int) -> list[Cell]:
        """The amounts of a year."""
        return [row[year] for row in self.amounts]

    def payer(self, payer: str, cash: Sequence[str] = CLASSES) -> list[list[Cell]]:
        """The columns of a payer, of the classes that it has."""
        return [self.shares[payer, name] for name in cash if (payer, name) in self.shares]

    def summed(
        self, cells: Sequence[Cell], columns: Sequence[Sequence[Cell]], kind: str
    ) -> Operand:
        """Σ of a column over benefits or investment × each of some columns of weights."""
        found: Operand = 0.0
        for column in columns:
            found = found + self.weighed(cells, column, kind)
        return found


def flows_sheet(told: Told, inputs: Inputs, sheet: Sheet, rows: Sequence[FlowRow]) -> Flows:
    """Fill the sheet with all flows, in the order of the model."""
    w, model = told.words, told.valuation.model
    years = [model.first_year + year for year in range(model.years)]
    sheet.says(w("calculation.flows_title"), TITLE)
    sheet.says(w("calculation.flows_note"))
    factors = _factors(told, inputs, sheet, years)
    columns = _columns(told)
    heads = [w("head.line"), w("calculation.society"), w("head.present")]
    named = [f"{told.payer(payer)}: {w(f'cash.{cash}')}" for payer, cash in columns]
    sheet.head(*heads, *years, w("head.gross"), *named)
    sheet.frozen = (sheet.row, YEARS)
    table = Flows([], 0, [], [], [], [], {pair: [] for pair in columns}, factors["same"])
    count = 0
    for number, row in enumerate(rows):
        paid = row.line.startswith(INVESTMENT)
        count += not paid
        discounted = factors["investment" if paid else "same"]
        _row(told, sheet, table, number, row, discounted)
    return Flows(**vars(table) | {"benefits": count})


def _factors(told: Told, inputs: Inputs, sheet: Sheet, years: list[int]) -> dict[str, list[Cell]]:
    """What an amount of each year is worth now: of benefits, and of investment."""
    discounting, w = told.valuation.model.discounting, told.words
    offset = OFFSETS[discounting.timing]
    sheet.head("", "", "", *years)
    rate = 1.0 + inputs[RATE]
    same: list[Operand] = [
        1.0 / rate ** (year + offset) if year + offset else 1.0 for year in range(len(years))
    ]
    name = w("calculation.discount", timing=w(f"timing.{discounting.timing}"))
    found = {"same": sheet.line(name, [None, None, *same], FACTOR)}
    paid = [1.0] * len(years) if discounting.investment == "undiscounted" else found["same"]
    name = w("calculation.discount_investment")
    found["investment"] = sheet.line(name, [None, None, *paid], FACTOR)
    sheet.gap()
    return found


def _columns(told: Told) -> list[tuple[str, str]]:
    """Payers and classes that any flow has a share of."""
    model = told.valuation.model
    return [
        (payer, cash)
        for p, payer in enumerate(model.payers)
        for c, cash in enumerate(CLASSES)
        if any(flow.shares[p, c] for _, _, flow in model.flows)
    ]


def _row(
    told: Told, sheet: Sheet, table: Flows, number: int, row: FlowRow, factors: list[Cell]
) -> None:
    """One flow, with its shares of payers and classes."""
    model = told.valuation.model
    line, _, flow = model.flows[number]
    if line != row.line:
        raise ValueError(f"{row.line} stands where {line} should")
    sheet.put(LINE, told.line(line), LABEL)
    amounts = [sheet.put(YEARS + year, x, EURO) for year, x in enumerate(row.amounts)]
    behind = YEARS + len(amounts)
    shares = []
    for column, ((payer, cash), cells) in enumerate(table.shares.items(), behind + 1):
        share = flow.shares[model.payers.index(payer), CLASSES.index(cash)]
        cells.append(sheet.put(column, float(share), Look("share", "library")))
        shares.append(cells[-1])
    present = product_sum(span(amounts), span(factors))
    table.lines.append(line)
    table.amounts.append(amounts)
    table.society.append(sheet.put(SOCIETY, total(span(shares)), Look("share")))
    table.present.append(sheet.put(PRESENT, present, EURO))
    table.gross.append(sheet.put(behind, _gross(row, amounts), EURO))
    sheet.row += 1


def _gross(row: FlowRow, amounts: list[Cell]) -> Formula:
    """Before corrections and drop-off, over all years."""
    cells = [cell for cell in row.gross if isinstance(cell, Cell)]
    return total(span(cells if cells else amounts))
