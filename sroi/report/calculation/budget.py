"""The sheet of budgets: the money of each payer by year, never discounted."""

from __future__ import annotations

from sroi.model.lines.lines import CLASSES
from sroi.report.calculation.flows import Flows
from sroi.report.calculation.payers import Keys
from sroi.report.formulas.cell import Operand
from sroi.report.formulas.sheet import EURO, HEADING, TITLE, TOTAL, Sheet
from sroi.report.told.told import Told


def budget_sheet(told: Told, flows: Flows, sheet: Sheet) -> Keys:
    """Fill the sheet with a block for each payer; its cells by their key in the results."""
    sheet.says(told.words("calculation.budget_title"), TITLE)
    sheet.says(told.words("calculation.budget_note", year=told.scenario.basis.price_year))
    found = Keys()
    for payer in told.valuation.model.payers:
        sheet.gap()
        found |= _block(told, flows, sheet, payer)
    return found


def _block(told: Told, flows: Flows, sheet: Sheet, payer: str) -> Keys:
    """Benefits by class, what is paid in money, and what is left of the hard money."""
    w, model = told.words, told.valuation.model
    years = [model.first_year + year for year in range(model.years)]
    sheet.says(told.payer(payer), HEADING)
    sheet.head("", *years)
    rows: dict[str, list[Operand]] = {}

    def put(name: str, amounts: list[Operand]) -> None:
        look = TOTAL if name in ("balance", "cumulative") else EURO
        rows[name] = list(sheet.line(w(f"head.{HEADS.get(name, name)}"), amounts, look))

    for cash in CLASSES:
        put(cash, _by_year(flows, payer, cash, "benefits"))
    put("investment", _by_year(flows, payer, "hard", "investment"))
    put("balance", [h - i for h, i in zip(rows["hard"], rows["investment"], strict=True)])
    running: list[Operand] = []
    for amount in rows["balance"]:
        running.append(running[-1] + amount if running else amount)
    put("cumulative", running)
    return {
        f"central.budget.{payer}.by_year.{year}.{name}": cells[number]
        for name, cells in rows.items()
        for number, year in enumerate(years)
    }


HEADS = {"balance": "hard_balance"}


def _by_year(flows: Flows, payer: str, cash: str, kind: str) -> list[Operand]:
    columns = flows.payer(payer, [cash])
    return [flows.summed(flows.year(year), columns, kind) for year in range(len(flows.factors))]
