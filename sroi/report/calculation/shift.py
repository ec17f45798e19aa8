"""The sheet of direct shifts: avoided entries, how long that care lasts, and what it is worth.

    entries = reach · at risk · reduction · m, or reach · σ · m,  a year
    person-years of a quarter = L/4 + (stock - L)(1 - e^(-μ/4))/μ,  L = entries ÷ μ, μ = 1/duration

Source: see `model/care/direct_shift`.
"""

from __future__ import annotations

from sroi.inputs.care.direct_shift import DirectShift
from sroi.model.flows.care_flows import STEPS
from sroi.model.lines.lines import ShiftLine
from sroi.report.calculation.care import care_rows, counted
from sroi.report.calculation.flows import FlowRow
from sroi.report.calculation.inputs import Inputs
from sroi.report.calculation.intensity import QUARTERS, Block, heads, intensity_rows
from sroi.report.formulas.cell import Cell, Operand, exp
from sroi.report.formulas.sheet import DECIMAL, FACTOR, HEADING, TITLE, Sheet
from sroi.report.told.told import Told


def shift_sheet(told: Told, inputs: Inputs, sheet: Sheet) -> list[FlowRow]:
    """Fill the sheet; the flows of all direct shifts, in the order of the model."""
    block = Block(told, inputs, sheet)
    sheet.says(block.word("shift_title"), TITLE)
    sheet.says(block.word("shift_note"))
    nouns = {noun.id: noun for noun in told.scenario.direct_shift}
    rows = []
    for line in told.valuation.model.shifts:
        sheet.gap()
        rows += _filled(block, line, nouns[line.id])
    return rows


def _filled(block: Block, line: ShiftLine, noun: DirectShift) -> list[FlowRow]:
    block.sheet.says(block.told.say(noun.what), HEADING)
    path = f"direct_shift.{line.id}"
    quarters = heads(block)
    strength = intensity_rows(block, line.effect, noun, path, quarters)
    entries = _entries(block, line, strength)
    counts = counted(block, _person_years(block, line, entries), line.effect.kept)
    return care_rows(block, path, line.care, noun, path, counts, quarters)


def _entries(block: Block, line: ShiftLine, strength: list[Cell]) -> list[Cell]:
    """Avoided entries a year, in each quarter."""
    inputs = block.inputs
    each = inputs[line.at_risk] * inputs[line.substitution] * inputs[line.reduction]
    one = block.one(block.word("per_reached"), each, FACTOR)
    entries = [inputs[line.volumes[q // STEPS]] * one * strength[q] for q in block.quarters]
    return block.row(block.word("entries"), entries, DECIMAL)


def _person_years(block: Block, line: ShiftLine, entries: list[Cell]) -> list[Cell]:
    """Avoided person-years of each quarter."""
    rate = block.one(block.word("rate"), 1.0 / block.inputs[line.duration], FACTOR)
    leaving = block.one(block.word("leaving"), 1.0 - exp(rate / STEPS * -1.0), FACTOR)
    lasting = block.row(block.word("lasting"), [new / rate for new in entries], DECIMAL)
    stocks = _stocks(block, lasting, leaving)
    years: list[Operand] = []
    for quarter, stay in enumerate(lasting):
        before = stocks[quarter - 1] if quarter else 0.0
        years.append(stay / STEPS + (before - stay) * leaving / rate)
    return block.row(block.word("avoided"), years, DECIMAL)


def _stocks(block: Block, lasting: list[Cell], leaving: Cell) -> list[Cell]:
    """People who are not in that care at the end of each quarter."""
    block.sheet.put(0, block.word("stock"))
    cells: list[Cell] = []
    for column, stay in enumerate(lasting, QUARTERS):
        before = cells[-1] if cells else 0.0
        cells.append(block.sheet.put(column, before + (stay - before) * leaving, DECIMAL))
    block.sheet.row += 1
    return cells
