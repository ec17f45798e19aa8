"""The two arms of a cohort: costs and effects without and with the programme, and their ratio."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.model.care.cohort import present_value
from sroi.model.flows.care_flows import rewards_of, trace_of
from sroi.model.lines.discounting import OFFSETS
from sroi.model.lines.lines import CohortLine, RewardLine
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Arm:
    """Present value of every cost and every effect, by id, and people by state at the end."""

    costs: dict[str, float]
    effects: dict[str, float]
    people: list[float]

    @property
    def cost(self) -> float:
        """All costs."""
        return sum(self.costs.values())


@dataclass(frozen=True)
class Comparison:
    """A cohort without and with the programme; costs in euros, effects in their own units.

    Costs are discounted as the scenario says, effects at their own rate per cycle at the same
    moment of it.
    """

    id: str
    without: Arm
    with_programme: Arm

    @property
    def extra_cost(self) -> float:
        """What the programme costs more."""
        return self.with_programme.cost - self.without.cost

    def extra(self, effect: str) -> float:
        """What the programme brings more of an effect."""
        return self.with_programme.effects[effect] - self.without.effects[effect]

    def cost_per(self, effect: str) -> float | None:
        """Extra cost for each extra unit of an effect (ICER); None where there is no more of it."""
        extra = self.extra(effect)
        return self.extra_cost / extra if extra > 0 else None


def comparisons(model: Model) -> list[Comparison]:
    """Every cohort in the central case."""
    values = model.quantities.centre()
    return [
        Comparison(line.id, *(_arm(model, line, values, treated) for treated in (False, True)))
        for line in model.cohorts
    ]


def _arm(model: Model, line: CohortLine, values: Values, treated: bool) -> Arm:
    path = trace_of(line, values, treated)
    factors = model.discounting.factors(model.horizon)

    def of(reward: RewardLine) -> Array:
        return rewards_of(line, reward, path, values, treated)[:, 0]

    years = np.arange(line.cycles) // line.cycles_per_year
    costs = {
        cost.id: float((of(cost) * factors[years]).sum()) * flow.index
        for cost, flow in zip(line.costs, line.flows, strict=True)
    }
    first = OFFSETS[model.discounting.timing]
    effects = {
        effect.id: float(np.sum(present_value(of(effect)[:, None], effect.rate, first)))
        for effect in line.effects
    }
    return Arm(costs, effects, [float(people) for people in path[:, -1, 0]])
