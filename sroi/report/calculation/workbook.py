"""The calculation workbook as a whole: which sheets it has, and what goes from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sroi.model.flows.care_flows import STEPS
from sroi.model.lines.model import Model
from sroi.report.calculation.control import control_sheet
from sroi.report.calculation.costs import costs_sheet
from sroi.report.calculation.flows import flows_sheet
from sroi.report.calculation.inputs import inputs_sheet
from sroi.report.calculation.ladder import ladder_sheets
from sroi.report.calculation.outcomes import outcomes_sheet
from sroi.report.calculation.payers import (
    Keys,
    any_known,
    budget_sheet,
    nominal_sheet,
    payers_sheet,
)
from sroi.report.calculation.shift import shift_sheet
from sroi.report.calculation.spread import spread_sheet
from sroi.report.calculation.summary import summary_sheet
from sroi.report.formulas.cell import Cell, Look, referred_to
from sroi.report.formulas.sheet import LABEL, VERDICT, Sheet
from sroi.report.formulas.written import written
from sroi.report.told.told import Told

# in their order, with the widths of the first columns; the last is that of all that follow
WIDTHS: dict[str, tuple[float, ...]] = {
    "summary": (44, 18, 18, 18, 18, 18, 18),
    "inputs": (36, 44, 14, 14, 11, 11, 56, 36),
    "outcomes": (58, 14, 13),
    "costs": (58, 14, 13),
    "ladder": (58, 14, 11),
    "steps": (30, 26, 12),
    "shift": (58, 14, 11),
    "flows": (50, 12, 15, 13),
    "payers": (50, 15, 15),
    "budget": (44, 14),
    "nominal": (50, 14),
    "spread": (70, 16),
    "control": (60, 24, 24, 20, 6),
}
FROZEN = {"outcomes": (0, 1), "costs": (0, 1), "ladder": (0, 2), "steps": (0, 2), "shift": (0, 2)}


MOST_CELLS = 300_000  # more than a person or a spreadsheet can go through


def cells_of(model: Model) -> int:
    """About how many cells the formulas of a model take, before any is written."""
    years, quarters = model.years, model.horizon * STEPS
    outcomes = sum(len(line.flows) for line in model.outcomes) * (years + 12) * years
    steps = sum(len(line.tiers) * (len(line.tiers) + 25) for line in model.ladders) * 2 * quarters
    tiers = sum(len(line.tiers) for line in model.ladders) + len(model.shifts)
    return outcomes + steps + tiers * 15 * quarters + len(model.payers) * 6 * years


def sheets(told: Told, results: Mapping[str, Any]) -> list[Sheet]:
    """Every sheet, filled. `results`: those of `sroi.results/1`."""
    made = {
        name: Sheet(told.words(f"calculation_sheet.{name}"), widths, FROZEN.get(name, (0, 0)))
        for name, widths in WIDTHS.items()
        if _has(told, name)
    }
    inputs = inputs_sheet(told, made["inputs"])
    rows = outcomes_sheet(told, inputs, made["outcomes"]) if "outcomes" in made else []
    found = Keys()
    if "ladder" in made:
        more, found = ladder_sheets(told, inputs, made["ladder"], made["steps"])
        rows += more
    if "shift" in made:
        rows += shift_sheet(told, inputs, made["shift"])
    if "costs" in made:
        rows += costs_sheet(told, inputs, made["costs"])
    flows = flows_sheet(told, inputs, made["flows"], rows)
    found |= summary_sheet(told, flows, made["summary"])
    found |= payers_sheet(told, flows, made["payers"])
    found |= budget_sheet(told, flows, made["budget"])
    if "nominal" in made:
        found |= nominal_sheet(told, inputs, flows, made["nominal"])
    spread_sheet(told, made["spread"], results)
    verdict = control_sheet(told, made["control"], found, results["central"])
    _verdict(told, made["summary"], verdict)
    _idle(made["inputs"], made.values())
    return list(made.values())


def _idle(inputs: Sheet, every: Iterable[Sheet]) -> None:
    """A number that no formula rests on is not offered for change."""
    used = {id(cell) for sheet in every for cell in referred_to(sheet.cells)}
    for place, cell in enumerate(inputs.cells):
        if cell.look.kind == "input" and id(cell) not in used:
            inputs.cells[place] = replace(cell, look=Look(cell.look.number, "idle"))


def _has(told: Told, name: str) -> bool:
    """Whether a scenario has what a sheet is about."""
    model = told.valuation.model
    parts = {
        "outcomes": model.outcomes,
        "ladder": model.ladders,
        "steps": model.ladders,
        "shift": model.shifts,
        "costs": model.investment,
        "nominal": any_known(told),
    }
    return bool(parts.get(name, True))


def workbook(told: Told, results: Mapping[str, Any]) -> bytes:
    """The file. `results`: those of `sroi.results/1`, of the same valuation."""
    title, currency = told.say(told.scenario.title), told.scenario.basis.currency
    return written(sheets(told, results), currency, title, told.words("calculation.summary_note"))


def _verdict(told: Told, sheet: Sheet, verdict: Cell) -> None:
    """On the first sheet too: whether the formulas and sroi agree."""
    sheet.row = AGREE
    sheet.put(0, told.words("calculation.all_agree"), LABEL)
    sheet.put(1, verdict, VERDICT)


AGREE = 5
