"""Who pays and who gains: by payer, view, stakeholder and line; and every budget by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sroi.model.flows.results import SOCIETY, Perspective
from sroi.model.lines.lines import CLASSES
from sroi.report.calculation.flows import Flows
from sroi.report.formulas.cell import Cell, Operand, span
from sroi.report.formulas.sheet import EURO, HEADING, LABEL, TITLE, TOTAL, Chart, Sheet
from sroi.report.told.told import Told

Keys = dict[str, Operand]
AMOUNTS = ("benefits", "investment", "balance")


def payers_sheet(told: Told, flows: Flows, sheet: Sheet) -> Keys:
    """Fill the sheet; its cells by their key in the results."""
    sheet.says(told.words("calculation.payers_title"), TITLE)
    sheet.says(told.words("calculation.payers_note"))
    found, drawn = _payers(told, flows, sheet)
    sheet.gap()
    found |= _views(told, flows, sheet)
    sheet.gap()
    found |= _stakeholders(told, flows, sheet)
    sheet.gap()
    found |= _lines(told, flows, sheet)
    sheet.charts += [replace(chart, row=sheet.row + 1) for chart in drawn]
    return found


def _payers(told: Told, flows: Flows, sheet: Sheet) -> tuple[Keys, list[Chart]]:
    """What each gains and pays; and a chart of it."""
    w, found = told.words, Keys()
    heads = sheet.head(w("head.payer"), *(w(f"head.{name}") for name in (*AMOUNTS, *CLASSES)))
    rows: list[tuple[Cell, list[Cell]]] = []
    for payer in told.valuation.model.payers:
        place = f"central.by_payer.{payer}"
        cells = _amounts(sheet, told.payer(payer), flows, flows.payer(payer))
        for column, cash in enumerate(CLASSES, len(AMOUNTS) + 1):
            worth = flows.summed(flows.present, flows.payer(payer, [cash]), "benefits")
            cells.append(sheet.put(column, worth, EURO))
        rows.append((sheet.cells[-len(cells) - 1], cells))
        sheet.row += 1
        names = (*AMOUNTS, *CLASSES)
        found |= {f"{place}.{name}": cell for name, cell in zip(names, cells, strict=True)}
    return found, _drawn(told, heads, rows)


def _amounts(
    sheet: Sheet, name: str, flows: Flows, columns: Sequence[Sequence[Cell]]
) -> list[Cell]:
    """Benefits, investment and balance of some columns of weights; the row is not ended."""
    sheet.put(0, name, LABEL)
    kinds = ("benefits", "investment")
    gained, paid = (
        sheet.put(column, flows.summed(flows.present, columns, kind), EURO)
        for column, kind in enumerate(kinds, 1)
    )
    return [gained, paid, sheet.put(3, gained - paid, EURO)]


def _drawn(told: Told, heads: list[Cell], rows: list[tuple[Cell, list[Cell]]]) -> list[Chart]:
    """Who pays and who gains, as bars that follow the cells."""
    if not rows:
        return []
    series = tuple(span([cells[column] for _, cells in rows]) for column in range(2))
    names = tuple(str(cell.value) for cell in heads[1:3])
    along, title = span([name for name, _ in rows]), told.words("calculation.who")
    return [Chart("bar", title, names, series, along, 0, 0)]


def _views(told: Told, flows: Flows, sheet: Sheet) -> Keys:
    """Society, the public purse, and hard money alone."""
    w, found = told.words, Keys()
    sheet.head(w("head.perspective"), *(w(f"head.{name}") for name in AMOUNTS))
    for name, view in list(told.valuation.perspectives())[:3]:
        cells = _amounts(sheet, w(f"perspective.{name}"), flows, list(_columns(flows, view)))
        sheet.row += 1
        keys = (f"central.perspectives.{name}.{amount}" for amount in AMOUNTS)
        found |= dict(zip(keys, cells, strict=True))
    return found


def _columns(flows: Flows, view: Perspective) -> Iterator[list[Cell]]:
    if view == SOCIETY:
        yield flows.society
        return
    for (payer, cash), column in flows.shares.items():
        in_view = view.payers is None or payer in view.payers
        if in_view and (view.classes is None or cash in view.classes):
            yield column


def _stakeholders(told: Told, flows: Flows, sheet: Sheet) -> Keys:
    w, found = told.words, Keys()
    sheet.head(w("head.stakeholder"), w("head.present"))
    whose = [holder for _, holder, _ in told.valuation.model.flows[: flows.benefits]]
    for holder in dict.fromkeys(whose):
        rows = [row for row, one in enumerate(whose) if one == holder]
        worth = _over(flows.present, flows, rows)
        cells = sheet.line(told.stakeholder(holder), [worth], EURO)
        found[f"central.by_stakeholder.{holder}.present_value"] = cells[0]
    return found


def _lines(told: Told, flows: Flows, sheet: Sheet) -> Keys:
    """What every line brings: gross, over all years, and worth now."""
    w, found = told.words, Keys()
    sheet.head(w("head.line"), w("head.gross"), w("calculation.impact"), w("head.present"))
    lines = flows.lines[: flows.benefits]
    for line in dict.fromkeys(lines):
        rows = [row for row, one in enumerate(lines) if one == line]
        years = range(len(flows.factors))
        impact: Operand = 0.0
        for year in years:
            impact = impact + _over(flows.year(year), flows, rows)
        worth = [_over(flows.gross, flows, rows), impact, _over(flows.present, flows, rows)]
        cells = sheet.line(told.line(line), worth, EURO)
        names = ("gross", "impact", "present_value")
        found |= {f"central.by_line.{line}.{n}": c for n, c in zip(names, cells, strict=True)}
    return found


def _over(cells: Sequence[Cell], flows: Flows, rows: Sequence[int]) -> Operand:
    """Σ of some rows of a column × what they count for to society."""
    found: Operand = 0.0
    for row in rows:
        found = found + cells[row] * flows.society[row]
    return found


def budget_sheet(told: Told, flows: Flows, sheet: Sheet) -> Keys:
    """Fill the sheet with a block for each payer; its cells by their key in the results."""
    sheet.says(told.words("calculation.budget_title"), TITLE)
    sheet.says(told.words("calculation.budget_note", year=told.scenario.basis.price_year))
    found = Keys()
    for payer in told.valuation.model.payers:
        sheet.gap()
        found |= _budget(told, flows, sheet, payer)
    return found


def _budget(told: Told, flows: Flows, sheet: Sheet, payer: str) -> Keys:
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
