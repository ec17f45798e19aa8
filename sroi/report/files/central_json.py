"""The central case as data, with all that the calculation workbook computes again.

One draw in which every quantity has its central value; so nothing here has a range or an error.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sroi.analysis.result.nominal import nominal
from sroi.analysis.result.purses import Budget, budget
from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.care.care_ladder import RECENT
from sroi.model.flows.care_flows import shift_of
from sroi.model.flows.results import Results, payback_years, purse
from sroi.model.lines.lines import CLASSES, LadderLine
from sroi.model.lines.model import Model


def central_case(valuation: Valuation) -> dict[str, Any]:
    """The five results; by year, payer, stakeholder, line and view; budgets; people on ladders."""
    results, model = valuation.central, valuation.model
    holders = dict.fromkeys(whose for _, whose in lines_of(results))
    views = list(valuation.perspectives())[:3]
    return {
        **_answer(results),
        "by_year": by_year(results),
        "by_payer": by_payer(results),
        "by_stakeholder": [
            {"stakeholder": name, "present_value": _worth(results, results.rows_for(name))}
            for name in holders
        ],
        "by_line": _by_line(results),
        "perspectives": {name: _view(results, whose) for name, whose in views},
        "budget": [{"payer": x, "by_year": _budget(valuation, x)} for x in model.payers],
        "care_ladder": [{"id": line.id, "tiers": _tiers(model, line)} for line in model.ladders],
    }


def _answer(results: Results) -> dict[str, Any]:
    benefits, investment = float(results.benefits()[0]), float(results.investment()[0])
    ratio = results.ratio()
    return {
        "benefits": benefits,
        "investment": investment,
        "net_present_value": benefits - investment,
        "sroi_ratio": ratio.mean if ratio else None,
        "payback_years": payback(results),
    }


def payback(results: Results) -> float | None:
    """Payback in years, see `payback_years`."""
    benefits = results.by_year(results.rows("benefits"))
    return payback_years(benefits, results.by_year(results.rows("investment")))


def by_year(results: Results) -> list[dict[str, Any]]:
    """Benefits and investment of each year, and what its benefits are worth now."""
    model = results.model
    benefits = results.by_year(results.rows("benefits"))
    investment = results.by_year(results.rows("investment"))
    present = benefits * model.discounting.factors(model.years)
    return [
        {
            "year": model.first_year + year,
            "benefits": float(benefits[year]),
            "investment": float(investment[year]),
            "present_value": float(present[year]),
        }
        for year in range(model.years)
    ]


def by_payer(results: Results) -> list[dict[str, Any]]:
    """Present values of each payer."""
    table = []
    for payer in results.model.payers:
        whose = purse(payer)
        benefits = float(results.benefits(whose).mean())
        investment = float(results.investment(whose).mean())
        classes = {name: float(results.benefits(purse(payer, name)).mean()) for name in CLASSES}
        table.append(
            {
                "payer": payer,
                "benefits": benefits,
                "investment": investment,
                "balance": benefits - investment,
                **classes,
            }
        )
    return table


def lines_of(results: Results) -> dict[tuple[str, str], None]:
    """Every line that brings benefits, with its stakeholder, once and in order."""
    rows = results.rows("benefits")
    return dict.fromkeys(results.model.flows[row][:2] for row in rows)


def _worth(results: Results, rows: list[int]) -> float:
    return float(results.present_values(rows).mean())


def _by_line(results: Results) -> list[dict[str, Any]]:
    table = []
    for line, stakeholder in lines_of(results):
        kind, _, name = line.partition(".")
        rows = results.rows(kind, [name])
        table.append(
            {
                "id": name,
                "kind": kind,
                "stakeholder": stakeholder,
                "gross": results.stage("gross", rows),
                "impact": float(np.sum(results.by_year(rows))),
                "present_value": _worth(results, rows),
            }
        )
    return table


def _view(results: Results, whose: Any) -> dict[str, float]:
    benefits, investment = float(results.benefits(whose)[0]), float(results.investment(whose)[0])
    return {"benefits": benefits, "investment": investment, "balance": benefits - investment}


def _budget(valuation: Valuation, payer: str) -> list[dict[str, Any]]:
    results, loaded = valuation.central, valuation.loaded
    current = nominal(results, loaded.scenario, loaded.library, payer).budget
    real, risen, first = (
        columns(budget(results, payer)),
        columns(current),
        results.model.first_year,
    )
    return [
        {
            "year": first + year,
            **{name: float(column[year]) for name, column in real.items()},
            "nominal": {name: known(column[year]) for name, column in risen.items()},
        }
        for year in range(results.model.years)
    ]


def columns(own: Budget) -> dict[str, np.ndarray]:
    """The amounts of a budget by name, each by year."""
    amounts = {**own.benefits, "investment": own.investment}
    return amounts | {"balance": own.balance, "cumulative": own.cumulative}


def known(amount: float) -> float | None:
    """Null where a series does not reach the year."""
    return None if np.isnan(amount) else float(amount)


def _tiers(model: Model, line: LadderLine) -> list[dict[str, Any]]:
    """Person-years by year and people at the end of each, without and with the programme."""
    shift = shift_of(model, line, model.quantities.centre())
    names = [*(tier.id for tier in line.tiers), *([RECENT] if line.relapse else [])]
    courses = {
        "without": shift.baseline.person_years,
        "with": shift.programme.person_years,
        "avoided": shift.avoided_by_year,
        "end_without": shift.baseline.stocks,
        "end_with": shift.programme.stocks,
    }
    return [
        {
            "tier": name,
            "by_year": [
                {"year": model.first_year + year}
                | {what: float(course[tier, year, 0]) for what, course in courses.items()}
                for year in range(model.horizon)
            ],
        }
        for tier, name in enumerate(names)
    ]
