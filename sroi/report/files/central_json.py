"""The central case as data, with all that the calculation workbook computes again.

One draw in which every quantity has its central value; so nothing here has a range or an error.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.result.nominal import nominal
from sroi.analysis.result.purses import Budget, budget
from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.care.care_ladder import RECENT
from sroi.model.flows.care_flows import shift_of
from sroi.model.flows.results import Results, payback_years, purse
from sroi.model.lines.lines import CLASSES, LadderLine
from sroi.model.lines.model import Model

Array = NDArray[np.float64]


def central_case(valuation: Valuation) -> dict[str, Any]:
    """The five results; by year, payer, stakeholder, line and view; budgets; people on ladders."""
    results, model = valuation.central, valuation.model
    budgets = {payer: budget(results, payer) for payer in model.payers}
    views = list(valuation.perspectives())[:3]
    return {
        **_answer(results),
        "by_year": by_year(results),
        "by_payer": by_payer(results),
        "by_stakeholder": by_stakeholder(results),
        "by_line": by_line(results, lambda worth: {"present_value": float(worth.mean())}),
        "perspectives": {name: _view(results, whose) for name, whose in views},
        "budget": [
            {"payer": payer, "by_year": budget_by_year(valuation, results, own)}
            for payer, own in budgets.items()
        ],
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
    present = results.present_by_year(results.rows("benefits"))
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


def _lines_of(results: Results) -> dict[tuple[str, str], None]:
    """Every line that brings benefits, with its stakeholder, once and in order."""
    rows = results.rows("benefits")
    return dict.fromkeys(results.model.flows[row][:2] for row in rows)


def by_stakeholder(results: Results) -> list[dict[str, Any]]:
    """What each has of it, worth now."""
    names = dict.fromkeys(whose for _, whose in _lines_of(results))
    return [
        {
            "stakeholder": name,
            "present_value": float(results.present_values(results.rows_for(name)).mean()),
        }
        for name in names
    ]


def by_line(results: Results, told: Callable[[Array], dict[str, float]]) -> list[dict[str, Any]]:
    """Gross, over all years, and `told` of what it is worth now (draw), of each line."""
    table = []
    for line, stakeholder in _lines_of(results):
        kind, _, name = line.partition(".")
        rows = results.rows(kind, [name])
        table.append(
            {
                "id": name,
                "kind": kind,
                "stakeholder": stakeholder,
                "gross": results.stage("gross", rows),
                "impact": float(np.sum(results.by_year(rows))),
                **told(results.present_values(rows)),
            }
        )
    return table


def _view(results: Results, whose: Any) -> dict[str, float]:
    benefits, investment = float(results.benefits(whose)[0]), float(results.investment(whose)[0])
    return {"benefits": benefits, "investment": investment, "balance": benefits - investment}


def budget_by_year(valuation: Valuation, results: Results, own: Budget) -> list[dict[str, Any]]:
    """A budget of these results by year, and in it the same in prices of each year."""
    loaded = valuation.loaded
    in_prices_of_each_year = nominal(results, loaded.scenario, loaded.library, own.payer).budget
    real, current = _columns(own), _columns(in_prices_of_each_year)
    return [
        {
            "year": results.model.first_year + year,
            **{name: float(column[year]) for name, column in real.items()},
            "nominal": {name: _known(column[year]) for name, column in current.items()},
        }
        for year in range(results.model.years)
    ]


def _columns(own: Budget) -> dict[str, Array]:
    """The amounts of a budget by name, each by year."""
    amounts = {**own.benefits, "investment": own.investment}
    return amounts | {"balance": own.balance, "cumulative": own.cumulative}


def _known(amount: float) -> float | None:
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
