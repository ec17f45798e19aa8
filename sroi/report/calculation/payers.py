"""Who pays and who gains: by payer, view, stakeholder and line; and every budget by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sroi.analysis.result.nominal import Follows
from sroi.model.flows.results import SOCIETY, Perspective
from sroi.model.lines.lines import CLASSES, Flow
from sroi.report.calculation.flows import Flows
from sroi.report.calculation.inputs import Inputs, Years, ways
from sroi.report.formulas.cell import (
    Cell,
    Look,
    Operand,
    Term,
    absolute,
    blank,
    number,
    over,
    span,
    when,
)
from sroi.report.formulas.sheet import EURO, HEADING, LABEL, TITLE, TOTAL, TOTAL_TEXT, Chart, Sheet
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


def nominal_sheet(told: Told, inputs: Inputs, flows: Flows, sheet: Sheet) -> Keys:
    """Fill the sheet with the same in prices of each year; what is not known stays empty."""
    w, model = told.words, told.valuation.model
    years = [model.first_year + year for year in range(model.years)]
    sheet.says(w("calculation.nominal_title"), TITLE)
    sheet.says(w("calculation.nominal_note"))
    sheet.head(w("head.line"), *years)
    risen = _Risen([], [])
    for row, way in enumerate(ways(told)):
        factors = [_to_year(told, inputs, row, way, year) for year in years]
        risen.unknown.append([factor is None for factor in factors])
        sheet.put(0, told.line(flows.lines[row]), LABEL)
        risen.amounts.append([
            sheet.put(column, 0.0 if factor is None else amount * factor,
                      Look("unknown") if factor is None else EURO)
            for column, (amount, factor) in enumerate(
                zip(flows.amounts[row], factors, strict=True), 1)
        ])  # fmt: skip
        sheet.row += 1
    found = Keys()
    for payer in model.payers:
        sheet.gap()
        found |= _risen_budget(told, flows, risen, sheet, payer)
    return found


@dataclass(frozen=True)
class _Risen:
    """Amounts by flow and year in prices of that year, and which of them are not known."""

    amounts: list[list[Cell]]
    unknown: list[list[bool]]


def any_known(told: Told) -> bool:
    """Whether any amount of any year can be had in the prices of that year."""
    results = told.valuation.central
    return any(
        bool(np.any(np.isfinite(way.factors) & (results.by_year_of_row(row) != 0)))
        for row, way in enumerate(ways(told))
    )


def _to_year(told: Told, inputs: Inputs, row: int, way: Follows, year: int) -> Operand | None:
    """By what an amount in basis prices becomes one of a year; None where that is not known."""
    model, basis = told.valuation.model, told.scenario.basis
    if np.isnan(way.factors[year - model.first_year]):
        return None
    rises: Operand = 1.0
    if isinstance(way.rule, str):
        rises = inputs.index(Years(way.rule, way.since, year))
    else:
        rises = (1.0 + way.rule) ** (year - way.since)
    flow = model.flows[row][2]
    # the price of a contract goes from its own year; what it is in basis prices is left out
    return rises / _index(inputs, flow, way, basis.price_year) if way.contract else rises


def _index(inputs: Inputs, flow: Flow, way: Follows, wanted: int) -> Operand:
    """The index that brought a price to the basis, as a cell where it is one of the sheet."""
    pair = [f"indices.{flow.series}.{year}" for year in (way.since, wanted)]
    if way.since == wanted or not inputs.cells.keys() >= set(pair):
        return flow.index
    found = inputs.index(Years(flow.series, way.since, wanted))
    return found if abs(number(found) - flow.index) < 1e-12 else flow.index


def _risen_budget(told: Told, flows: Flows, risen: _Risen, sheet: Sheet, payer: str) -> Keys:
    """The budget of a payer in prices of each year."""
    w, model = told.words, told.valuation.model
    years = [model.first_year + year for year in range(model.years)]
    sheet.says(told.payer(payer), HEADING)
    sheet.head("", *years)
    kinds = [*((cash, cash, "benefits") for cash in CLASSES), ("investment", "hard", "investment")]
    rows = {
        name: sheet.line(
            w(f"head.{name}"),
            [_known_sum(flows, risen, payer, cash, kind, year) for year in range(len(years))],
            EURO,
        )
        for name, cash, kind in kinds
    }
    pairs = list(zip(rows["hard"], rows["investment"], strict=True))
    balance = [_unless_blank((hard, paid), hard - paid) for hard, paid in pairs]
    rows["balance"] = sheet.line(w("head.hard_balance"), balance, TOTAL)
    sheet.put(0, w("head.cumulative"), TOTAL_TEXT)
    running: list[Cell] = []
    for column, cell in enumerate(rows["balance"], 1):
        before = running[-1:]
        added = before[0] + cell if before else cell
        running.append(sheet.put(column, _unless_blank((*before, cell), added), TOTAL))
    sheet.row += 1
    rows["cumulative"] = running
    return {
        f"central.budget.{payer}.by_year.{year}.nominal.{name}": cells[place]
        for name, cells in rows.items()
        for place, year in enumerate(years)
    }


def _unless_blank(cells: Sequence[Cell], amount: Operand) -> Operand:
    """An amount, or nothing where one of the cells that it rests on is empty."""
    for cell in cells:
        amount = when(blank(cell), "", amount)
    return amount


def _known_sum(flows: Flows, risen: _Risen, payer: str, cash: str, kind: str, year: int) -> Operand:
    """The sum of a year, or nothing where any part of it is not known; nothing of nothing is."""
    columns = flows.payer(payer, [cash])
    found = flows.summed([row[year] for row in risen.amounts], columns, kind)
    parts = range(flows.benefits) if kind == "benefits" else range(flows.benefits, len(flows.lines))
    missing: Operand = 0.0
    for row in parts:
        if risen.unknown[row][year] and any(number(column[row]) for column in columns):
            missing = missing + absolute(flows.amounts[row][year])
    return when(over(missing, 0.0), "", found) if isinstance(missing, Term) else found
