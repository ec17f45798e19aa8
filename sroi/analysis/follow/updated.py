"""The assumptions of a scenario, updated by what was measured.

Counts of a beta or gamma of its own: in closed form. All others by weights on the draws, block by
block (see `redrawn`), after which all draws weigh the same again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.follow.factors import Factors
from sroi.analysis.follow.seen import Sighting
from sroi.analysis.follow.yearly import drawn
from sroi.inputs.files.scenario_file import Loaded
from sroi.inputs.scenario.scenario import Scenario
from sroi.model.follow.evidence import LEAST, closed_form, effective, weights
from sroi.model.follow.redrawn import blocks, redrawn, resampled
from sroi.model.uncertain.distributions import Distribution
from sroi.model.uncertain.following import roots
from sroi.model.uncertain.quantities import Quantities, Values

Array = NDArray[np.float64]
BAND = (0.05, 0.95)


@dataclass(frozen=True)
class Band:
    """Mean, 5th and 95th percentile."""

    mean: float
    p5: float
    p95: float


def band(amounts: Array) -> Band:
    """Of an amount (draw)."""
    low, high = np.quantile(amounts, BAND)
    return Band(float(np.mean(amounts)), float(low), float(high))


@dataclass(frozen=True)
class Assumed:
    """An assumption of which something was seen: before, and after; `how`: by counts in closed
    form, or by weights on the draws."""

    path: str
    how: Literal["counts", "weights"]
    before: Band
    after: Band
    seen: tuple[Sighting, ...]


@dataclass(frozen=True)
class Updated:
    """`values`: draws as they are now, all of the same weight. `conjugate`: the distributions that
    counts came to; `effective_by`: the effective number of draws of every block, by a path that
    something was seen of."""

    factors: Factors
    seen: tuple[Sighting, ...]
    conjugate: dict[str, Distribution]
    values: Values
    effective_by: Mapping[str, float]

    @property
    def effective(self) -> float:
        """The smallest effective number of draws of a block."""
        return min(self.effective_by.values(), default=float(self.values.draws))

    @property
    def enough(self) -> bool:
        """Whether a band can be told from them."""
        return self.effective >= LEAST

    @property
    def furthest(self) -> str:
        """The path of what was seen in the block that has the fewest draws left."""
        by = self.effective_by
        return min(by, key=lambda path: by[path], default="")

    @cached_property
    def assumed(self) -> list[Assumed]:
        """Every assumption of which something was seen."""
        found = []
        for path in dict.fromkeys(one.path for one in self.seen):
            own = tuple(one for one in self.seen if one.path == path)
            how: Literal["counts", "weights"] = "counts" if path in self.conjugate else "weights"
            before = band(_all(self.factors.expected, path))
            found.append(Assumed(path, how, before, band(_all(self.values, path)), own))
        return found

    @cached_property
    def kept(self) -> list[str]:
        """Paths of what is uncertain and of which nothing was seen: they keep their band."""
        known = self.factors.yearly.model.quantities
        paths = [path for one in self.seen for path in (one.path, *one.times_kept)]
        paths += self.factors.realised.prices
        touched = {root for path in paths for root in roots(known.distributions, path)}
        return [path for path in known.uncertain if path not in touched]


def _all(values: Values, path: str) -> Array:
    return np.broadcast_to(np.asarray(values[path], float), (values.draws,))


def updated(loaded: Loaded, factors: Factors, seen: Sequence[Sighting]) -> Updated:
    """New draws, from what was seen."""
    model = factors.yearly.model
    conjugate = _conjugate(model.quantities, seen)
    known = {**model.quantities.distributions, **conjugate}
    quantities = replace(model.quantities, distributions=known)
    values, by = drawn(model, loaded, quantities), dict[str, float]()
    weighed = [one for one in seen if one.path not in conjugate]
    changed = dict[str, Array]()
    for number, block in enumerate(_blocks(loaded.scenario, quantities, weighed)):
        own = [one for one in weighed if set(_roots(one, quantities)) & set(block)]
        if own:
            weight = weights([one.log_likelihood(values) for one in own], values.draws)
            by[_worst(own, values)] = effective(weight)
            changed |= _redrawn(block, values, weight, number) if weight.any() else {}
    return Updated(
        factors, tuple(seen), conjugate, factors.yearly.values(values.changed(changed)), by
    )


def _redrawn(
    block: tuple[str, ...], values: Values, weight: Array, number: int
) -> dict[str, Array]:
    """The draws of a block as they are with these weights."""
    if len(block) == 1:
        return {block[0]: redrawn(values.drawn[block[0]], weight)}
    taken = resampled(weight, number)
    return {path: values.drawn[path][taken] for path in block}


def _worst(own: Sequence[Sighting], values: Values) -> str:
    """The path of what leaves the fewest draws by itself."""
    alone = {
        one.path: effective(weights([one.log_likelihood(values)], values.draws)) for one in own
    }
    return min(alone, key=lambda path: alone[path])


def _blocks(
    scenario: Scenario, known: Quantities, seen: Sequence[Sighting]
) -> list[tuple[str, ...]]:
    """What hangs together: by a correlation, because it happens or not, or in what was seen."""
    ties = [one.of for one in scenario.correlations if one.rho]
    happening = known.copula.occurring
    names = list(known.rows)
    ties += [[names[row] for row in happening.rows]] if happening else []
    return blocks(names, [*ties, *(_roots(one, known) for one in seen)])


def _roots(one: Sighting, known: Quantities) -> list[str]:
    """The numbers that are drawn, and of which something seen says something."""
    paths = (one.path, *one.times_kept)
    found = (root for path in paths for root in roots(known.distributions, path))
    return [root for root in dict.fromkeys(found) if root in known.rows]


def _conjugate(known: Quantities, seen: Sequence[Sighting]) -> dict[str, Distribution]:
    """What counts update in closed form: a beta or gamma that is drawn by itself, and of which
    nothing else was seen."""
    found = dict[str, Distribution]()
    for path in dict.fromkeys(one.path for one in seen):
        own = [one for one in seen if one.path == path]
        if path not in known.rows or known.rows[path] in known.copula.rows:
            continue
        others = [root for one in seen if one.path != path for root in _roots(one, known)]
        if path not in others and not any(one.times_kept for one in own):
            new = closed_form(known.distributions[path], [one.seen for one in own])
            found |= {path: new} if new is not None else {}
    return found
