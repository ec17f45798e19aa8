"""The two arms of a cohort over the draws: costs and effects without and with the programme, and
what a unit more of an effect costs.

The cost of a unit is the ratio of expectations E[extra cost] ÷ E[extra effect], and not the mean
of ratios, as with the ratio of a scenario (`Results.ratio`): Stinnett & Paltiel (1997), Medical
Decision Making 17, 483-489, choose the same for cost-effectiveness. It is a price only where the
programme costs more and brings more, or less of both; otherwise no arm is to be weighed against
the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.care.frontier import Placed, frontier
from sroi.inputs.scenario.scenario import Basis
from sroi.model.flows.cohort_flows import Course, costs_of, effects_of
from sroi.model.flows.results import standard_error
from sroi.model.lines.cohort_lines import WITH, WITHOUT
from sroi.model.lines.lines import CohortLine
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values
from sroi.model.uncertain.sampling import REPLICATES, points

Array = NDArray[np.float64]
BLOCK = 1024
WEIGHED = ("dearer_better", "cheaper_worse")
DEAR, GOOD = ("dearer", "cheaper", "as_dear"), ("better", "worse", "as_good")


@dataclass(frozen=True)
class Arm:
    """Present value of every cost (cost, draw) and of every effect (effect, draw), and people at
    the end (state, draw); in the order of the file."""

    costs: Array
    effects: Array
    people: Array

    @property
    def cost(self) -> Array:
        """All costs (draw)."""
        return np.asarray(self.costs.sum(axis=0))


@dataclass(frozen=True)
class CostPer:
    """What a unit of an effect costs: E[extra cost] ÷ E[extra effect] with its numerical error.

    `range`: 5 % and 95 % of the ratios of the draws, or None where a draw has another verdict than
    the expectations, so that its ratio says something else.
    """

    mean: float
    standard_error: float
    range: tuple[float, float] | None


@dataclass(frozen=True)
class Comparison:
    """A cohort without and with the programme, and in its other arms; costs in euros, effects in
    their own units.

    Costs are discounted as the scenario says, effects at their own yearly rate at the same moment
    of each cycle.
    """

    id: str
    effects: tuple[str, ...]
    without: Arm
    with_programme: Arm
    others: dict[str, Arm] = field(default_factory=dict)

    @property
    def arms(self) -> dict[str, Arm]:
        """Every arm by name, usual care first and then the programme."""
        return {WITHOUT: self.without, WITH: self.with_programme, **self.others}

    def frontier(self, effect: str) -> list[Placed]:
        """Where every arm stands, by its expected cost and what it brings of an effect."""
        place = self.effects.index(effect)
        arms = self.arms.items()
        return frontier(
            [(name, float(arm.cost.mean()), float(arm.effects[place].mean())) for name, arm in arms]
        )

    @property
    def extra_cost(self) -> Array:
        """What the programme costs more (draw)."""
        return self.with_programme.cost - self.without.cost

    def extra(self, effect: str) -> Array:
        """What the programme brings more of an effect (draw)."""
        place = self.effects.index(effect)
        return np.asarray(self.with_programme.effects[place] - self.without.effects[place])

    def verdict(self, effect: str) -> str:
        """What the expectations say: one of `DEAR` and one of `GOOD`."""
        cost, gain = float(self.extra_cost.mean()), float(self.extra(effect).mean())
        return next(name for name, found in _verdicts(cost, gain) if found)

    def chances(self, effect: str) -> dict[str, float]:
        """Share of the draws with each verdict; they add up to 1."""
        found = _verdicts(self.extra_cost, self.extra(effect))
        return {name: float(np.mean(held)) for name, held in found}

    def cost_per(self, effect: str) -> CostPer | None:
        """The cost of a unit more, or what is saved for each unit less; None where the verdict
        leaves nothing to weigh."""
        verdict = self.verdict(effect)
        if verdict not in WEIGHED:
            return None
        cost, gain = self.extra_cost, self.extra(effect)
        parts = [x.reshape(min(REPLICATES, len(x)), -1).mean(axis=1) for x in (cost, gain)]
        with np.errstate(divide="ignore", invalid="ignore"):
            error = standard_error(parts[0] / parts[1])
            low, high = np.quantile(cost / gain, (0.05, 0.95))
        everywhere = self.chances(effect)[verdict] == 1
        around = (float(low), float(high)) if everywhere else None
        return CostPer(float(cost.mean() / gain.mean()), error, around)


def comparisons(model: Model, basis: Basis | None = None, draws: int = 1) -> list[Comparison]:
    """Every cohort in the central case, or with a basis over the draws that `engine.run` makes."""
    return [_comparison(model, line, basis, draws) for line in model.cohorts]


def _comparison(model: Model, line: CohortLine, basis: Basis | None, draws: int) -> Comparison:
    blocks = [_each(model, line, values) for values in _blocks(model, basis, draws)]
    arms = [_joined(list(parts)) for parts in zip(*blocks, strict=True)]
    names, effects = (arm.id for arm in line.arms), tuple(effect.id for effect in line.effects)
    usual, treated, *others = zip(names, arms, strict=True)
    return Comparison(line.id, effects, usual[1], treated[1], dict(others))


def _blocks(model: Model, basis: Basis | None, draws: int) -> Iterator[Values]:
    """The values of the draws in their order, in blocks so that memory stays bounded."""
    if basis is None:
        yield model.quantities.centre()
        return
    size = draws // REPLICATES
    for number in range(REPLICATES):
        unit = points(basis.sampling, basis.seed, number, size, len(model.quantities.rows))
        for start in range(0, size, BLOCK):
            yield model.quantities.at(unit[:, start : start + BLOCK])


def _each(model: Model, line: CohortLine, values: Values) -> list[Arm]:
    return [_arm(model, Course.of(line, values, arm)) for arm in range(len(line.arms))]


def _arm(model: Model, course: Course) -> Arm:
    people, values = course.path[:, -1], course.values
    return Arm(
        costs_of(model, course),
        effects_of(model, course),
        np.broadcast_to(people, (len(people), values.draws)),
    )


def _joined(parts: list[Arm]) -> Arm:
    return Arm(
        *(np.concatenate([getattr(part, name) for part in parts], axis=1)
          for name in ("costs", "effects", "people"))
    )  # fmt: skip


def _verdicts(cost: Array | float, gain: Array | float) -> list[tuple[str, Any]]:
    """Of every verdict whether it holds; exactly one does."""
    costs, gains = ((x > 0, x < 0, x == 0) for x in (cost, gain))
    return [
        (f"{dear}_{good}", is_dear & is_good)
        for dear, is_dear in zip(DEAR, costs, strict=True)
        for good, is_good in zip(GOOD, gains, strict=True)
    ]
