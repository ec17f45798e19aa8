"""The model of a scenario in which every year of a volume, and of a cost, can be another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.result.draws import some_draws
from sroi.analysis.result.question import Within
from sroi.inputs.files.scenario_file import Loaded
from sroi.model.flows.engine import evaluate
from sroi.model.flows.impact import STAGES
from sroi.model.lines.lines import NOTHING, ONE
from sroi.model.lines.model import Model, model_of
from sroi.model.uncertain.quantities import Quantities, Values
from sroi.model.uncertain.sampling import REPLICATES, draws_used

Array = NDArray[np.float64]
MOST, MOST_OF_CARE = 4096, 1024  # draws of a replicate; of people who move, each takes longer


@dataclass(frozen=True)
class Yearly:
    """`paths`: by the path of a year (`activities.a.volume.2026`) that of the scenario's number,
    which is the same where the scenario states every year. `base`: the scenario's own model."""

    base: Model
    model: Model
    paths: Mapping[str, str]
    first: int

    @property
    def years(self) -> range:
        """The years that count."""
        return range(self.first, self.first + self.model.years)

    def values(self, drawn: Values) -> Values:
        """Values of the scenario, with those of every year beside them."""
        more = {
            year: np.broadcast_to(np.asarray(drawn[path], float), (drawn.draws,))
            for year, path in self.paths.items()
        }
        return drawn.changed(more)

    def of(self, path: str, year: int) -> str:
        """The path of a volume or a cost in a year."""
        return f"{path}.{year}"


def yearly(loaded: Loaded) -> Yearly:
    """The model of a scenario, year by year."""
    base, paths = model_of(loaded.scenario, loaded.library), dict[str, str]()

    def own(volumes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_own(path, base.first_year + n, paths) for n, path in enumerate(volumes))

    model = replace(
        base,
        outcomes=tuple(replace(x, volumes=own(x.volumes)) for x in base.outcomes),
        investment=tuple(replace(x, volumes=own(x.volumes)) for x in base.investment),
        ladders=tuple(replace(x, volumes=own(x.volumes)) for x in base.ladders),
        shifts=tuple(replace(x, volumes=own(x.volumes)) for x in base.shifts),
    )
    return Yearly(base, model, paths, base.first_year)


def _own(path: str, year: int, paths: dict[str, str]) -> str:
    """The path of a year, noted with the number that it is of."""
    if path in (ONE, NOTHING):
        return path
    name = path if path.endswith(f".{year}") else f"{path}.{year}"
    paths[name] = path
    return name


def drawn(model: Model, loaded: Loaded, quantities: Quantities | None = None) -> Values:
    """The draws that a contract is followed with: those of the scenario, 65,536 at the most and
    16,384 with a care ladder or a cohort; with other distributions at the same points where
    `quantities` are given."""
    basis = loaded.scenario.basis
    most = MOST_OF_CARE if model.ladders or model.cohorts else MOST
    each = min(most, draws_used(basis.sampling, basis.draws) // REPLICATES)
    changed = replace(model, quantities=quantities or model.quantities)
    return some_draws(changed, basis, each)


def means(model: Model, values: Values) -> Array:
    """Expected amounts (flow, year), undiscounted."""
    blocks = evaluate(model, values)
    sums = [block.sums[len(STAGES) :].sum(axis=1) for block in blocks]
    return np.array(sums).reshape(len(blocks), model.years) / values.draws


def in_year(model: Model, values: Values, number: int) -> Array:
    """The amounts of one year (flow, draw), undiscounted; `number`: of the year, from 0."""
    alone = replace(model, discounting=Within(0.0, "end_of_year", "same", number, number))
    blocks = evaluate(alone, values)
    return np.array([block.present for block in blocks]).reshape(len(blocks), values.draws)
