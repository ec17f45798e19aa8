"""What the results as data say of budgets, care ladders, enabling conditions and cohorts.

Every key is there in every file: what a scenario does not have is an empty list, or null where it
is no list. Budgets and cascade are undiscounted, expected over all draws, and hold no investment in
kind; `nominal` of a year holds the same in prices of that year, null where a series ends before it;
ladders and conditions are reckoned from 4,096 of the draws; cohorts are expected over all draws,
with their central case beside it; lifetime cost and break-even are central.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sroi.analysis.care.cohorts import Arm, Comparison, CostPer, comparisons
from sroi.analysis.care.frontier import Placed
from sroi.analysis.care.preventive_shift import Band, PreventiveShift, TierCourse, preventive_shifts
from sroi.analysis.care.securing import Secured, effectiveness_expected, secured
from sroi.analysis.result.purses import budget, cascade, largest_payer
from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.care.cohort import Cohort
from sroi.inputs.scenario.scenario import Scenario
from sroi.model.flows.results import SOCIETY, purse
from sroi.model.lines.model import Model
from sroi.report.files.central_json import budget_by_year


def care_json(valuation: Valuation) -> dict[str, Any]:
    """The keys `budget`, `cascade`, `care_ladder`, `enabling_conditions` and `cohorts`."""
    drawn, model, scenario = valuation.drawn, valuation.model, valuation.loaded.scenario
    payer = largest_payer(drawn)
    shifts = preventive_shifts(model, scenario.basis)
    return {
        "budget": [_budget(valuation, name) for name in model.payers],
        "cascade": {"payer": payer, **vars(cascade(drawn, payer))} if payer else None,
        "care_ladder": [_ladder(shift, model.first_year) for shift in shifts],
        "enabling_conditions": _conditions(model, scenario, payer),
        "cohorts": [
            _cohort(told, central, scenario)
            for told, central in zip(valuation.cohorts, comparisons(model), strict=True)
        ],
    }


def _budget(valuation: Valuation, payer: str) -> dict[str, Any]:
    results = valuation.drawn
    own, first = budget(results, payer), results.model.first_year
    return {
        "payer": payer,
        "payback_year": None if own.payback is None else first + own.payback - 1,
        "by_year": budget_by_year(valuation, results, own),
    }


def _ladder(shift: PreventiveShift, first_year: int) -> dict[str, Any]:
    waiting = [] if shift.waiting is None else shift.waiting.tolist()
    sigma = zip(("p50", "p5", "p95"), shift.substitution or (), strict=False)
    tiers = zip(shift.tiers, shift.lifetime.tolist(), strict=True)
    return {
        "id": shift.id,
        "heavy_care_rises": shift.heavy_care_rises,
        "substitution": dict(sigma) or None,
        "waterbed_break_even": shift.waterbed,
        "waiting_list": [
            {"year": year, "people": people} for year, people in enumerate(waiting, first_year)
        ],
        "tiers": [{**_tier(tier, first_year), "lifetime_cost": cost} for tier, cost in tiers],
    }


def _tier(tier: TierCourse, first_year: int) -> dict[str, Any]:
    courses = {"without": tier.baseline, "with": tier.programme, "avoided": tier.avoided}
    start, without, with_programme = tier.people
    return {
        "id": tier.id,
        "level": tier.level,
        "people": {"start": start, "end_without": without, "end_with": with_programme},
        "person_years": [
            {"year": first_year + year, **{k: _at(band, year) for k, band in courses.items()}}
            for year in range(len(tier.avoided.mean))
        ],
    }


def _at(band: Band, year: int) -> dict[str, float]:
    """A band in one year."""
    return {name: float(amounts[year]) for name, amounts in vars(band).items()}


def _conditions(model: Model, scenario: Scenario, payer: str) -> dict[str, Any] | None:
    whose = (SOCIETY, purse(payer, "hard")) if payer else (SOCIETY,)
    found = secured(model, scenario, whose)
    if not found:
        return None
    return {
        "effectiveness": effectiveness_expected(model, scenario),
        "payer": payer or None,
        "conditions": [_condition(one) for one in found],
    }


def _condition(one: Secured) -> dict[str, Any]:
    (society, error), (hard, hard_error) = [*one.values, (None, None)][:2]
    return {
        "id": one.id,
        "weight": one.weight,
        "chance": one.chance,
        "gain": one.gain,
        "society": society,
        "society_standard_error": error,
        "hard": hard,
        "hard_standard_error": hard_error,
    }


def _cohort(told: Comparison, central: Comparison, scenario: Scenario) -> dict[str, Any]:
    """Expected over the draws, with the same of the central case."""
    noun = next(cohort for cohort in scenario.cohorts if cohort.id == told.id)
    effects = noun.effects
    return {
        "id": told.id,
        "discount_rates": {effect.id: effect.discount_rate or 0.0 for effect in effects},
        **_compared(told, noun),
        "range": {
            "extra_cost": _ends(told.extra_cost),
            "extra_effects": {x.id: _ends(told.extra(x.id)) for x in effects},
        },
        **_arms(told, noun),
        "verdicts": {x.id: told.verdict(x.id) for x in effects},
        "chances": {x.id: told.chances(x.id) for x in effects},
        "central": _compared(central, noun),
    }


def _arms(told: Comparison, noun: Cohort) -> dict[str, Any]:
    """The other arms, and where every arm stands, where there are more than two."""
    if not told.others:
        return {}
    placed = {x.id: told.frontier(x.id) for x in noun.effects}
    return {
        "arms": {name: _arm(arm, noun) for name, arm in told.others.items()},
        "frontier": {effect: [_placed(one) for one in arms] for effect, arms in placed.items()},
    }


def _placed(one: Placed) -> dict[str, Any]:
    more_cost, more_effect = one.extra or (None, None)
    return {
        "arm": one.arm,
        "cost": one.cost,
        "effect": one.effect,
        "status": one.status,
        "extra_cost": more_cost,
        "extra_effect": more_effect,
        "cost_per": one.price,
    }


def _compared(told: Comparison, noun: Cohort) -> dict[str, Any]:
    return {
        "without": _arm(told.without, noun),
        "with": _arm(told.with_programme, noun),
        "extra_cost": float(told.extra_cost.mean()),
        "extra_effects": {x.id: float(told.extra(x.id).mean()) for x in noun.effects},
        "cost_per": {x.id: _price(told.cost_per(x.id)) for x in noun.effects},
    }


def _price(price: CostPer | None) -> dict[str, Any] | None:
    if price is None:
        return None
    low, high = price.range or (None, None)
    return {"mean": price.mean, "standard_error": price.standard_error, "p5": low, "p95": high}


def _ends(amounts: np.ndarray) -> dict[str, float]:
    """5 % and 95 % of an amount over the draws."""
    low, high = np.quantile(amounts, (0.05, 0.95))
    return {"p5": float(low), "p95": float(high)}


def _arm(arm: Arm, noun: Cohort) -> dict[str, Any]:
    """What is expected of one arm, by id."""

    def by_id(nouns: Sequence[Any], amounts: np.ndarray) -> dict[str, float]:
        means = amounts.mean(axis=1)
        return {one.id: float(mean) for one, mean in zip(nouns, means, strict=True)}

    return {
        "cost": float(arm.cost.mean()),
        "costs": by_id(noun.costs, arm.costs),
        "effects": by_id(noun.effects, arm.effects),
        "people": by_id(noun.states, arm.people),
    }
