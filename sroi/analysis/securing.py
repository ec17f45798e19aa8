"""What it is worth to secure an enabling condition: that it holds in every draw.

    value of k = E[NPV | B_k set to 1] - E[NPV]

with the same draws on both sides, so that the numerical error is that of the difference. Where the
conditions are independent this is E[NPV | B_k = 1] - E[NPV]. Where they move together it is what
securing this one brings while the others stay as they are, and not what its presence tells of the
others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sroi.analysis.draws import mean_and_error, some_draws
from sroi.inputs.scenario import Scenario
from sroi.model.conditions import expected_effectiveness, gain_if_secured
from sroi.model.engine import results_at
from sroi.model.model import Model
from sroi.model.results import SOCIETY, Perspective


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
    model: Model, scenario: Scenario, perspectives: tuple[Perspective, ...] = (SOCIETY,)
) -> list[Secured]:
    """Every enabling condition, the one that is worth most to society first."""
    if not scenario.enabling_conditions or not (model.ladders or model.shifts):
        return []
    return sorted(_secured(model, scenario, perspectives), key=lambda one: -one.values[0][0])


def _secured(
    model: Model, scenario: Scenario, perspectives: tuple[Perspective, ...]
) -> Iterator[Secured]:
    values = some_draws(model, scenario.basis)
    usual = results_at(model, values)
    for condition in scenario.enabling_conditions:
        path = f"enabling_conditions.{condition.id}.moves_along"
        drawn = values.drawn | {path: np.ones(values.draws)}
        with_it = results_at(model, replace(values, drawn=drawn))
        gains = [with_it.balance(whose) - usual.balance(whose) for whose in perspectives]
        weight, chance = _means(model, condition.id)
        more = float(gain_if_secured(weight, chance)) if weight * (1 - chance) < 1 else np.inf
        yield Secured(condition.id, weight, chance, more, [mean_and_error(x) for x in gains])


def _means(model: Model, condition: str) -> tuple[float, float]:
    """Mean weight and mean chance (or degree) of a condition."""
    known, path = model.quantities.distributions, f"enabling_conditions.{condition}"
    return known[f"{path}.criticality"].mean, known[f"{path}.moves_along"].mean
