"""What a contract pays for results: earned so far, and expected over all years.

    paid = min(cap, max(floor, amount × results)),  over the whole contract

Results of an activity are its volume, those of an outcome its volume × its effect, before
corrections. So far counts what is known of every year; of an outcome only where its effect was
measured. The floor is paid at the end, so that it is no part of what is earned so far.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.follow.expectation import Expectation, chance
from sroi.analysis.follow.factors import Factors
from sroi.analysis.follow.updated import Band, band
from sroi.inputs.case.results_contract import PaidResult
from sroi.inputs.scenario.scenario import Scenario
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Paid:
    """A result with what was earned so far (None: not known), what was promised and what is
    expected now, in euros; and the chances that the floor or the cap decides."""

    result: PaidResult
    count: float | None
    earned: float | None
    promised: Band
    now: Band | None
    at_floor: float | None
    at_cap: float | None


def paid(scenario: Scenario, factors: Factors, expected: Expectation | None) -> list[Paid]:
    """Every result that the contract pays for."""
    contract = scenario.contract
    results = contract.results if contract else []
    return [_paid(one, scenario, factors, expected) for one in results]


def _paid(
    one: PaidResult, scenario: Scenario, factors: Factors, expected: Expectation | None
) -> Paid:
    rate, volume = _paths(one, scenario)
    count = _so_far(rate, volume, factors)
    earned = None if count is None else min(one.amount * count, one.cap or np.inf)
    promised = band(_amounts(one, _results(rate, volume, factors, factors.expected, {})))
    if expected is None:
        return Paid(one, count, earned, promised, None, None, None)
    results = _results(rate, volume, factors, expected.updated.values, expected.sizes)
    bare = one.amount * results
    floor = None if one.floor is None else chance(bare < one.floor)
    cap = None if one.cap is None else chance(bare > one.cap)
    return Paid(one, count, earned, promised, band(_amounts(one, results)), floor, cap)


def _paths(one: PaidResult, scenario: Scenario) -> tuple[str, str]:
    """The paths of the effect (nothing of an activity) and of the volume of what is paid for."""
    outcome = next((x for x in scenario.outcomes if x.id == one.of), None)
    if outcome is None:
        return "", f"activities.{one.of}.volume"
    return f"outcomes.{outcome.id}.rate", f"activities.{outcome.of}.volume"


def _amounts(one: PaidResult, results: Array) -> Array:
    """What is paid for so many results (draw)."""
    return np.clip(one.amount * results, one.floor or 0.0, one.cap or np.inf)


def _so_far(rate: str, volume: str, factors: Factors) -> float | None:
    """Results that are known."""
    parts = factors.realised.sizes.get(volume, {})
    effect = factors.realised.effects.get(rate)
    if not parts or (rate and effect is None):
        return None
    return sum(part.amount for part in parts.values()) * (effect.mean if effect else 1.0)


def _results(
    rate: str, volume: str, factors: Factors, values: Values, known: Mapping[str, Array]
) -> Array:
    """Results over all years (draw), with what is known of years in its place."""
    total = np.zeros(values.draws)
    for year in factors.yearly.years:
        name = factors.yearly.of(volume, year)
        if name in factors.yearly.paths:
            total = total + np.asarray(known.get(name, values[name]))
    return np.asarray(total * np.asarray(values[rate] if rate else 1.0))
