"""What it is worth to secure an enabling condition: that it holds in every draw.

    value of k = E[NPV | B_k set to 1] - E[NPV]

with the same draws on both sides, so that the numerical error is that of the difference. Where the
conditions are independent this is E[NPV | B_k = 1] - E[NPV]. Where they move together it is what
securing this one brings while the others stay as they are, and not what its presence tells of the
others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.result.draws import mean_and_error, results_of, some_draws
from sroi.inputs.scenario.scenario import Scenario
from sroi.model.care.conditions import expected_effectiveness, gain_if_secured
from sroi.model.flows.engine import results_at
from sroi.model.flows.results import SOCIETY, Perspective, Results
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Secured:
    """A condition: gain in E (share), and its value with the standard error, by perspective."""

    id: str
    weight: float
    chance: float
    gain: float
    values: list[tuple[float, float]]


def effectiveness_expected(model: Model, scenario: Scenario) -> float:
    """E[E] at the means of all weights and chances: where the conditions are independent."""
    means = [_means(model, condition.id) for condition in scenario.enabling_conditions]
    return float(expected_effectiveness(*zip(*means, strict=True))) if means else 1.0


def secured(
    model: Model,
    scenario: Scenario,
    perspectives: tuple[Perspective, ...] = (SOCIETY,),
    drawn: Results | None = None,
) -> list[Secured]:
    """Every enabling condition, the one that is worth most to society first.

    `drawn`: results of the scenario, which spare the time where they have the draws.
    """
    if not scenario.enabling_conditions or not (model.ladders or model.shifts):
        return []
    found = _secured(model, scenario, perspectives, drawn)
    return sorted(found, key=lambda one: -one.values[0][0])


def _secured(
    model: Model,
    scenario: Scenario,
    perspectives: tuple[Perspective, ...],
    drawn: Results | None,
) -> Iterator[Secured]:
    values = some_draws(model, scenario.basis)
    usual = results_of(values, model, scenario.basis, drawn)
    for condition in scenario.enabling_conditions:
        path = f"enabling_conditions.{condition.id}.moves_along"
        gains = _gains(usual, values, path, perspectives)
        weight, chance = _means(model, condition.id)
        more = float(gain_if_secured(weight, chance)) if weight * (1 - chance) < 1 else np.inf
        yield Secured(condition.id, weight, chance, more, [mean_and_error(x) for x in gains])


def _gains(
    usual: Results, values: Values, path: str, perspectives: tuple[Perspective, ...]
) -> list[Array]:
    """What each perspective gains (draw) where a condition holds that did not hold already."""
    gains = [np.zeros(values.draws) for _ in perspectives]
    draws = np.flatnonzero(np.broadcast_to(values[path], (values.draws,)) != 1)
    if len(draws):
        held = values.take(draws).changed({path: np.ones(len(draws))})
        with_it = results_at(usual.model, held)
        for gain, whose in zip(gains, perspectives, strict=True):
            gain[draws] = with_it.balance(whose) - usual.balance(whose)[draws]
    return gains


def _means(model: Model, condition: str) -> tuple[float, float]:
    """Mean weight and mean chance (or degree) of a condition."""
    known, path = model.quantities.distributions, f"enabling_conditions.{condition}"
    return known[f"{path}.criticality"].mean, known[f"{path}.moves_along"].mean
