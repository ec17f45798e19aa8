"""What a sceptic asks of every report: the answer under a few other choices, on the same draws.

    rate_0, rate_4        the discount rate at 0 % and at 4 %
    shorter               a year less of activity, costs and effects
    harm_as_cost          what a line loses in a draw is added to the costs, not taken from the
                          benefits: the net value is the same, and the ratio is not
    wider                 every range half as wide again around its centre, within its domain
    nobody_returns        everybody is new every year; everybody_returns: nobody is
    corrections_high      deadweight, displacement and attribution to others at their upper ends

Each is told as the answer of the report plus the difference that the check makes on a part of its
draws, so that what both share falls away: common random numbers, Law & Kelton (1991).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.result.draws import some_draws
from sroi.inputs.scenario.assumptions import Assumption
from sroi.inputs.scenario.scenario import CORRECTIONS, Basis
from sroi.model.flows.engine import results_at
from sroi.model.flows.results import INVESTMENT, SOCIETY, Perspective, Results
from sroi.model.lines.discounting import Discounting
from sroi.model.lines.lines import ONE, LadderLine, OutcomeLine
from sroi.model.lines.model import Model
from sroi.model.uncertain.distributions import Occurrence
from sroi.model.uncertain.following import Together, YearOf
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]
USUAL, OF_CARE = 256, 64  # draws of each replicate
RATES = {"rate_0": 0.0, "rate_4": 0.04}
WIDER = 1.5
ENDINGS = tuple(f".{name}" for name in CORRECTIONS)


@dataclass(frozen=True)
class Check:
    """The answer under another choice. `ratio`: None where it is not one of society, or where
    there is none; `net_change`: what the choice does to the net value."""

    name: str
    net_present_value: float
    p5: float
    p95: float
    ratio: float | None
    chance: float
    net_change: float


@dataclass(frozen=True)
class _Amounts:
    """Gains and costs (draw)."""

    benefits: Array
    costs: Array

    @property
    def net(self) -> Array:
        return self.benefits - self.costs

    @property
    def summary(self) -> Array:
        """Mean, 5th and 95th percentile, chance and ratio; no number where there is none."""
        net, costs = self.net, float(self.costs.mean())
        p5, p95 = np.quantile(net, (0.05, 0.95))
        ratio = self.benefits.mean() / costs if costs > 0 else np.nan
        return np.array([net.mean(), p5, p95, (net > 0).mean(), ratio])


def checks(
    model: Model,
    basis: Basis,
    known: Mapping[str, Assumption],
    drawn: Results,
    perspective: Perspective = SOCIETY,
) -> list[Check]:
    """Every check that says something of a model, and first the answer as it is (`as_is`).

    `drawn`: the results of the report, of which the answer as it is are these.
    """
    values = some_draws(model, basis, OF_CARE if model.ladders or model.cohorts else USUAL)
    usual = _amounts(results_at(model, values), perspective)
    told = _amounts(drawn, perspective).summary
    found = [_check("as_is", told, told, perspective)]
    for name, make in _others(model, values, known, perspective):
        changed = told + make().summary - usual.summary
        found.append(_check(name, changed, told, perspective))
    return found


def worst(found: list[Check]) -> Check | None:
    """The check that takes most from the net value; None where none takes anything."""
    falls = [one for one in found if one.net_change < 0]
    return min(falls, key=lambda one: one.net_change, default=None)


def _check(name: str, at: Array, usual: Array, perspective: Perspective) -> Check:
    mean, p5, p95, chance, ratio = (float(x) for x in at)
    shown = ratio if perspective == SOCIETY and np.isfinite(ratio) and ratio > 0 else None
    change = mean - float(usual[0])
    return Check(name, mean, p5, p95, shown, min(max(chance, 0.0), 1.0), change)


def _amounts(results: Results, perspective: Perspective) -> _Amounts:
    return _Amounts(results.benefits(perspective), results.investment(perspective))


def _others(
    model: Model, values: Values, known: Mapping[str, Assumption], perspective: Perspective
) -> Iterator[tuple[str, Callable[[], _Amounts]]]:
    """Name and amounts of every other choice that a model knows."""

    def of(changed: Model, at: Values) -> Callable[[], _Amounts]:
        return lambda: _amounts(_at(changed, at), perspective)

    if type(model.discounting) is Discounting:  # not where it only counts up to a year
        for name, rate in RATES.items():
            other = replace(model, discounting=replace(model.discounting, rate=rate))
            yield name, of(other, values)
    if model.horizon > 1:
        yield "shorter", of(shorter(model), values)
    if perspective == SOCIETY:
        yield "harm_as_cost", lambda: _harm_as_cost(_at(model, values))
    if model.quantities.uncertain:
        yield "wider", of(*wider(model, values, known))
    if any(line.ages > 1 < sum(line.active) for line in model.outcomes):
        yield "nobody_returns", of(_returning(model, ""), values)
        yield "everybody_returns", of(_returning(model, ONE), values)
    highest = _highest_corrections(model, values, known)
    if highest:
        yield "corrections_high", of(model, values.changed(highest))


def _at(model: Model, values: Values) -> Results:
    with np.errstate(all="ignore"):
        return results_at(model, values)


def _returning(model: Model, path: str) -> Model:
    outcomes = tuple(replace(line, returning=path) for line in model.outcomes)
    return replace(model, outcomes=outcomes)


def shorter(model: Model) -> Model:
    """The model with one year less of activity, costs and effects."""
    horizon = model.horizon - 1

    def cut(line: OutcomeLine) -> OutcomeLine:
        return replace(line, volumes=line.volumes[:horizon], active=line.active[:horizon])

    def ended(line: LadderLine) -> LadderLine:
        if line.effect.ends is None:
            return line
        return replace(line, effect=replace(line.effect, ends=min(line.effect.ends, horizon)))

    return replace(
        model,
        horizon=horizon,
        years=model.years - 1,
        ladders=tuple(ended(line) for line in model.ladders),
        outcomes=tuple(cut(line) for line in model.outcomes),
        investment=tuple(replace(x, volumes=x.volumes[:horizon]) for x in model.investment),
        cohorts=tuple(
            replace(x, cycles=min(x.cycles, horizon * x.cycles_per_year)) for x in model.cohorts
        ),
    )


def _harm_as_cost(results: Results) -> _Amounts:
    """What a line loses in a draw as a cost. A transfer is nothing to society, gain nor loss."""
    weights, by_line = results.weights(SOCIETY), dict[str, Array]()
    for row, line in enumerate(results.lines):
        if not line.startswith(INVESTMENT):
            worth = weights[row] * results.present[row]
            by_line[line] = by_line.get(line, 0.0) + worth
    none = np.zeros(results.draws)
    harm = sum((np.maximum(-worth, 0.0) for worth in by_line.values()), none)
    return _Amounts(results.benefits() + harm, results.investment() + harm)


def wider(model: Model, values: Values, known: Mapping[str, Assumption]) -> tuple[Model, Values]:
    """Every range half as wide again: x becomes centre + 1.5 (x - centre), cut to its domain.

    Not what happens or does not, nor the chances of a cohort, which have to add up. Years that are
    drawn together each widen around their own centre.
    """
    distributions, drawn = model.quantities.distributions, dict[str, Array]()
    for path, one in distributions.items():
        moves = isinstance(one, YearOf) or (path in values.drawn and not isinstance(one, Together))
        fixed = isinstance(one, Occurrence) or (path.startswith("cohorts.") and _a_chance(path))
        if moves and not fixed and path in known:
            at = np.broadcast_to(values[path], (values.draws,))
            low, high = known[path].domain
            drawn[path] = np.clip(one.centre + WIDER * (at - one.centre), low, high)
    at_once = values.changed(drawn)
    outcomes = tuple(_with_room(line, at_once) for line in model.outcomes)
    return replace(model, outcomes=outcomes), at_once


def _a_chance(path: str) -> bool:
    steps = path.split(".")
    of = {"programme": 3, "arms": 4}.get(steps[2], 2)
    return steps[of] in ("moves", "counts")


def _with_room(line: OutcomeLine, values: Values) -> OutcomeLine:
    """The line with room for effects that last longer."""
    longest = int(np.ceil(np.max(values[line.lasts]) - 1e-9))
    return replace(line, ages=max(line.ages, longest))


def _highest_corrections(
    model: Model, values: Values, known: Mapping[str, Assumption]
) -> dict[str, Array]:
    """Every correction that has a range, at its upper end."""
    found = {}
    for path in model.quantities.distributions:
        one = known.get(path)
        corrects = path.endswith(ENDINGS) and not path.startswith("quantities.")
        if one and corrects and one.quantity.uncertain:
            found[path] = np.full(values.draws, min(one.quantity.reach[1], one.domain[1]))
    return found
