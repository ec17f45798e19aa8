"""The sheet of costs: every investment by year, as money or as a volume at a price."""

from __future__ import annotations

from sroi.inputs.scenario.scenario import Investment
from sroi.model.lines.lines import ONE, InvestmentLine
from sroi.report.calculation.flows import FlowRow
from sroi.report.calculation.inputs import Inputs, of_amount, price_rows
from sroi.report.formulas.cell import Operand
from sroi.report.formulas.sheet import (
    EURO,
    FACTOR,
    HEADING,
    NUMBER,
    TITLE,
    TOTAL,
    Sheet,
)
from sroi.report.told.told import Told


def costs_sheet(told: Told, inputs: Inputs, sheet: Sheet) -> list[FlowRow]:
    """Fill the sheet; the flows of all investment, in the order of the model."""
    w = told.words
    sheet.says(w("calculation.costs_title"), TITLE)
    sheet.says(w("calculation.costs_note"))
    nouns = {line.id: line for line in told.scenario.investment}
    rows = []
    for line in told.valuation.model.investment:
        sheet.gap()
        rows.append(_block(told, inputs, sheet, line, nouns[line.id]))
    return rows


def _block(
    told: Told, inputs: Inputs, sheet: Sheet, line: InvestmentLine, noun: Investment
) -> FlowRow:
    """What is put in by year, its price, and what it comes to in the prices of the basis."""
    w, model, years = told.words, told.valuation.model, of_amount(told, noun)
    sheet.says(told.say(noun.what), HEADING)
    if line.flow.price == ONE:
        name = w("calculation.factor", series=years.series, since=years.since, to=years.to)
        price = sheet.line(name, [inputs.index(years)], FACTOR)[0]
    else:
        price = price_rows(told, inputs, sheet, line.flow.price, years)
    sheet.head("", "", *(model.first_year + year for year in range(model.years)))
    name = w("field.per_year" if line.flow.price == ONE else "field.volume")
    look = EURO if line.flow.price == ONE else NUMBER
    sizes = sheet.line(name, [None, *(inputs[path] for path in line.volumes)], look)
    amounts: list[Operand] = [size * price for size in sizes]
    amounts += [0.0] * (model.years - len(amounts))
    name = w("calculation.cost", year=told.scenario.basis.price_year)
    cells = sheet.line(name, [None, *amounts], TOTAL)
    return FlowRow(f"investment.{line.id}", cells, cells)
