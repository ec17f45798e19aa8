"""Models that are nearly alike, such as variants of a scenario, on the same draws.

A variant changes a few numbers. So points are made once for all models whose quantities vary in
the same order, a quantity that is the same in two of them is drawn once, and a line that is the
same and rests on the same draws is reckoned once. What comes out is bit for bit what each model
gives by itself, and no more of it is kept than benefits and investment.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sroi.model.flows import engine
from sroi.model.flows.impact import FlowBlock
from sroi.model.flows.results import Results
from sroi.model.lines.model import Model
from sroi.model.uncertain.distributions import Distribution
from sroi.model.uncertain.quantities import Values
from sroi.model.uncertain.sampling import REPLICATES, draws_used, points

Array = NDArray[np.float64]
Totals = tuple[Array, Array]


def totals(models: Sequence[Model], draws: int, seed: int, method: str) -> list[Totals]:
    """Benefits and investment of each model for society, as present values (draw)."""
    found: dict[int, Totals] = {}
    for together in _alike(models):
        made = _of_one_kind([models[place] for place in together], draws, seed, method)
        found |= dict(zip(together, made, strict=True))
    return [found[place] for place in range(len(models))]


def _alike(models: Sequence[Model]) -> list[list[int]]:
    """The places of models whose quantities vary, and move together, in the same way."""
    kinds: dict[bytes, list[int]] = {}
    for place, model in enumerate(models):
        own = model.quantities
        kinds.setdefault(pickle.dumps((own.uncertain, own.copula)), []).append(place)
    return list(kinds.values())


def _of_one_kind(models: list[Model], draws: int, seed: int, method: str) -> list[Totals]:
    total = draws_used(method, draws)
    size = total // REPLICATES
    dimensions = len(models[0].quantities.uncertain)
    made = [(np.empty(total), np.empty(total)) for _ in models]
    lines = [{name: pickle.dumps(line) for name, line in named_lines(model)} for model in models]
    for number in range(REPLICATES):
        unit = points(method, seed, number, size, dimensions)
        for start in range(0, size, engine.BLOCK):
            here = unit[:, start : start + engine.BLOCK]
            place = slice(number * size + start, number * size + start + here.shape[1])
            reckoned = _Reckoned(models[0].quantities.copula.bind(here))
            for model, own, (benefits, investment) in zip(models, lines, made, strict=True):
                drawn = reckoned.results(model, own)
                benefits[place], investment[place] = drawn.benefits(), drawn.investment()
    return made


@dataclass
class _Line:
    """A line as it was reckoned: what it asked for, and what came out."""

    known: bytes
    asked: dict[str, tuple[Distribution, Array | None]]
    flows: list[FlowBlock]


@dataclass
class _Reckoned:
    """What is known of some draws: at points (row, draw), of the models that came before."""

    unit: Array
    drawn: dict[str, tuple[Distribution, Array]] = field(default_factory=dict)
    lines: dict[str, _Line] = field(default_factory=dict)

    def results(self, model: Model, own: dict[str, bytes]) -> Results:
        """The present values of a model at these draws; no sums over years."""
        values = Values(model.quantities, self._values(model), self.unit.shape[1])
        flows: list[FlowBlock] = []
        for name, _, work in engine.lines(model):
            flows += self._line(model, values, name, own[name], work)
        present = np.array([flow.present for flow in flows]).reshape(len(flows), values.draws)
        return Results(model, present, np.empty((1, len(flows), 0)))

    def _values(self, model: Model) -> dict[str, Array]:
        own = model.quantities
        for path, row in own.rows.items():
            known = self.drawn.get(path)
            if known is None or known[0] != own.distributions[path]:
                distribution = own.distributions[path]
                self.drawn[path] = (distribution, distribution.ppf(self.unit[row]))
        return {path: self.drawn[path][1] for path in own.rows}

    def _line(
        self, model: Model, values: Values, name: str, own: bytes, work: Any
    ) -> list[FlowBlock]:
        """A line of a model: what is known, where it is the same and rests on the same draws."""
        before, by_path = self.lines.get(name), model.quantities.distributions
        if (
            before
            and before.known == own
            and all(
                path in by_path
                and by_path[path] == distribution
                and values.drawn.get(path) is draws
                for path, (distribution, draws) in before.asked.items()
            )
        ):
            return before.flows
        watched = replace(values, asked=set(), known={})
        flows: list[FlowBlock] = work(watched)
        asked = {path: (by_path[path], values.drawn.get(path)) for path in watched.asked or set()}
        self.lines[name] = _Line(own, asked, flows)
        return flows


def named_lines(model: Model) -> Iterator[tuple[str, Any]]:
    """Every line by the name that the engine gives it, with all of the model that it rests on."""
    whole = (model.payers, model.first_year, model.horizon, model.years, model.discounting)
    yield from ((name, (line, whole)) for name, line, _ in engine.lines(model))
