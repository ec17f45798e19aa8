"""A Value Map held against the scenario that was made of it: whether both come to the same.

The sheet has its own formulas. Where it comes to something else, its rows say why: percentages that
were added up, a share that was ours and not others', a year more or less.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sroi.inputs.files.scenario_file import Loaded
from sroi.inputs.text.as_seen import told_once
from sroi.inputs.text.cells import Cell
from sroi.inputs.value_map.value_map import Amount, Change, ValueMap
from sroi.model.flows.engine import central
from sroi.model.lines.model import model_of
from sroi.problems import Problem

CENT, RELATIVE = 0.01, 1e-6
TOLD = ("value-map-added", "value-map-own-share", "value-map-impact", "value-map-years")


@dataclass(frozen=True)
class Reckoned:
    """What a scenario comes to, as present values, and how its Value Map differs from it."""

    benefits: float
    investment: float
    problems: tuple[Problem, ...]


def as_reckoned(found: ValueMap, loaded: Loaded) -> Reckoned:
    """The scenario of a Value Map reckoned, and all that the sheet reckons otherwise."""
    results = central(model_of(loaded.scenario, loaded.library))
    years = [
        results.by_year(results.rows("outcomes", [one.id])).tolist() if one.in_euros else []
        for one in loaded.scenario.outcomes
    ]
    benefits, investment = float(results.benefits()[0]), float(results.investment()[0])
    problems = [*_rows(found, years)]
    problems += _total("value-map-total", found, found.told.present, benefits)
    problems += _total("value-map-inputs-total", found, found.told.inputs, investment)
    if not problems:
        first = sum(_first(one, by_year) or 0 for one, by_year in _pairs(found, years))
        problems += _total("value-map-impact-total", found, found.told.impact, first)
    there = (replace(one, sheet=found.sheet, sheet_number=1) for one in problems)
    return Reckoned(benefits, investment, tuple(there))


def _pairs(found: ValueMap, years: list[list[float]]) -> Iterator[tuple[Change, list[float]]]:
    return zip(found.changes, years, strict=True)


def _rows(found: ValueMap, years: list[list[float]]) -> Iterator[Problem]:
    """value-map-added, value-map-own-share, value-map-impact, value-map-years"""
    wrong: dict[str, list[tuple[Cell, float, float]]] = {}
    for one, by_year in _pairs(found, years):
        first = _first(one, by_year)
        if one.impact and first is not None and _differ(one.impact.value, first):
            told = (one.impact.cell, one.impact.value, first)
            wrong.setdefault(_why(one), []).append(told)
            continue
        for year, said in one.years.items():
            ours = by_year[year] if year < len(by_year) else 0.0
            if _differ(said.value, ours):
                wrong.setdefault("value-map-years", []).append((said.cell, said.value, ours))
    for code in TOLD:
        cells = wrong.get(code, [])
        for problem in told_once(code, [cell for cell, _, _ in cells], found.file):
            facts = {"found": f"{cells[0][1]:.2f}", "expected": f"{cells[0][2]:.2f}"}
            facts["first"] = cells[0][0].address
            yield replace(problem, severity="warning", facts={**problem.facts, **facts})


def _first(one: Change, by_year: list[float]) -> float | None:
    """The impact in the first year of a row; None where a whole year of it is not counted."""
    if not by_year:
        return 0.0
    whole = one.lasts.value >= 1 and one.starts <= len(by_year)
    return by_year[one.starts - 1] if whole else None


def _why(one: Change) -> str:
    """What the sheet did with a row, as far as that shows from what it came to."""
    said = one.impact.value if one.impact else 0.0
    gross = one.quantity.value * (one.value.value if one.value else 0)
    deadweight, displacement, others = (
        share.value if (share := one.corrections[name]) else 0.0
        for name in ("deadweight", "displacement", "attribution")
    )
    if not _differ(said, gross * (1 - deadweight - displacement - others)):
        return "value-map-added"
    if others and not _differ(said, gross * (1 - deadweight) * (1 - displacement) * others):
        return "value-map-own-share"
    return "value-map-impact"


def _total(code: str, found: ValueMap, said: Amount | None, ours: float) -> Iterator[Problem]:
    """value-map-total, value-map-inputs-total, value-map-impact-total"""
    if said and _differ(said.value, ours):
        facts = {"cell": said.cell.address, "found": f"{said.value:.2f}", "expected": f"{ours:.2f}"}
        yield Problem(
            code, "warning", found.file, said.cell.row, said.cell.column, facts=facts
        )  # fmt: skip


def _differ(said: float, ours: float) -> bool:
    return abs(said - ours) > CENT + RELATIVE * abs(ours)
