"""What is not in euros: how much a unit of it must be worth for the programme to be worth its cost.

    λ        euros that one gives for a unit, at its present value
    Q        discounted number of units (draw): volume × rate × stated corrections, fading as usual
    chance   P(balance + λ Q > 0), for each outcome without a price by itself

This is the acceptability curve of Van Hout, Al, Gordon & Rutten (1994), Health Economics 3(5), with
the balance of society in the place of costs. Nothing of it is added to a result. Each draw turns at
λ = - balance ÷ Q, so that chances are counts of draws and hang on no grid.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.care.cohorts import comparisons
from sroi.inputs.library.library import Library
from sroi.inputs.scenario.scenario import Basis, Outcome, Scenario
from sroi.model.flows import engine
from sroi.model.flows.results import SOCIETY, Estimate, Perspective, Results
from sroi.model.lines.builder import Builder
from sroi.model.lines.lines import CLASSES, ONE, Flow, OutcomeLine
from sroi.model.lines.model import Model

Array = NDArray[np.float64]
Found = Iterator[tuple[str, Array]]
LEVELS = (0.5, 0.9)
TURNED = 0.95  # of the draws that turn at all: there the grid ends
MOST_STEPS = 20
DECENT = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Worth:
    """An outcome or an effect without a price, by its path.

    `units`: Q over the draws. `worth` (grid): λ in euros per unit, from 0; `chance` (grid): that
    the balance with it is above zero; `plateau`: that chance where λ has no end. `reaches`: by
    level the λ at which the chance passes it, from where it is reached or, where more of it is
    worse, up to where it holds; 0 where it is reached without; None where it is not passed, and
    then the first chance says on which side it stays. `break_even`: the λ at which the expected
    balance is zero, and its standard error; None where no λ above zero does that.
    """

    path: str
    units: Estimate
    worth: Array
    chance: Array
    plateau: float
    reaches: dict[float, float | None]
    break_even: tuple[float, float] | None

    @property
    def more_is_better(self) -> bool:
        """Whether the programme brings more of it on average, so that worth speaks for it."""
        return self.units.mean >= 0


@dataclass(frozen=True)
class Turns:
    """At which λ each draw turns good (`on`) or bad (`off`), both in order of λ.

    `always`: number of draws that are good whatever a unit is worth; `draws`: of all.
    """

    on: Array
    off: Array
    always: int
    draws: int

    def chance(self, worth: Array | float) -> Array:
        """Share of the draws with a balance above zero at λ."""
        return self._share(np.searchsorted(self.on, worth, "left"), worth)

    def beyond(self, worth: Array) -> Array:
        """The same just above λ."""
        return self._share(np.searchsorted(self.on, worth, "right"), worth)

    def _share(self, good: NDArray[np.intp] | np.intp, worth: Array | float) -> Array:
        still = len(self.off) - np.searchsorted(self.off, worth, "right")
        return np.asarray((good + still + self.always) / self.draws)

    def passes(self, level: float, rises: bool) -> float | None:
        """The lowest λ from 0 beyond which the chance has come to a level, or has gone below it."""
        already = float(self.chance(0.0)) >= level
        if already == rises:
            return 0.0 if rises else None
        places = self.on if rises else self.off
        places = places[(places >= 0) & np.isfinite(places)]
        passed = np.flatnonzero((self.beyond(places) >= level) == rises)
        return abs(float(places[passed[0]])) if len(passed) else None

    def grid(self) -> Array:
        """λ from 0 in decent steps, up to where almost all that turn have turned."""
        places = np.concatenate([self.on, self.off])
        places = places[(places > 0) & np.isfinite(places)]
        if not len(places):
            return np.zeros(1)
        end = float(np.quantile(places, TURNED))
        size = 10.0 ** math.floor(math.log10(end / MOST_STEPS))
        step = next(size * d for d in DECENT if size * d * MOST_STEPS >= end or d == DECENT[-1])
        return np.asarray(np.arange(math.ceil(end / step) + 1) * step)


def turns(balance: Array, units: Array) -> Turns:
    """Where each draw turns, from balances and units (draw)."""
    more, less = units > 0, units < 0
    with np.errstate(over="ignore"):
        on, off = -balance[more] / units[more], -balance[less] / units[less]
    always = int((balance[units == 0] > 0).sum())
    return Turns(np.sort(on), np.sort(off), always, len(balance))


def worths(
    model: Model,
    scenario: Scenario,
    library: Library,
    drawn: Results,
    perspective: Perspective = SOCIETY,
) -> list[Worth]:
    """One for every outcome with `value: none`, and then for every effect of a cohort.

    `drawn`: a run of this model with the draws, the seed and the sampling of the scenario.
    """
    balance = drawn.balance(perspective)
    found = [*_outcomes(model, scenario, library, drawn), *_effects(model, scenario.basis, drawn)]
    return [_worth(path, balance, units, drawn) for path, units in found]


def _worth(path: str, balance: Array, units: Array, drawn: Results) -> Worth:
    turned, estimate = turns(balance, units), drawn.estimate(units)
    grid = turned.grid()
    return Worth(
        path,
        estimate,
        grid,
        turned.chance(grid),
        (len(turned.on) + turned.always) / turned.draws,
        {level: turned.passes(level, estimate.mean >= 0) for level in LEVELS},
        _break_even(balance, units, drawn),
    )


def _break_even(balance: Array, units: Array, drawn: Results) -> tuple[float, float] | None:
    """- E[balance] ÷ E[Q], with the error of balance + λ Q in units."""
    lacking, each = -float(balance.mean()), float(units.mean())
    if each == 0 or lacking / each <= 0:
        return None
    worth = lacking / each
    return worth, drawn.mean_and_error(balance + worth * units)[1] / abs(each)


@dataclass(frozen=True)
class _Counting(Builder):
    """Outcomes as lines that count units: at a price of one, which nobody has."""

    def flows(self, outcome: Outcome) -> tuple[Flow, ...]:  # noqa: ARG002
        return (Flow(ONE, 1.0, np.zeros((len(self.payers), len(CLASSES)))),)

    def counted(self, outcome: Outcome) -> OutcomeLine:
        """Without a price corrections may be left out."""
        line = self.outcome(outcome)
        stated = tuple(path for path in line.corrections if path in self.known)
        return replace(line, corrections=stated)


def _outcomes(model: Model, scenario: Scenario, library: Library, drawn: Results) -> Found:
    """Path and Q (draw) of every outcome without a price."""
    build = _Counting(scenario, library, model.quantities.distributions, model.payers)
    lines = tuple(build.counted(outcome) for outcome in scenario.outcomes if not outcome.in_euros)
    if not lines:
        return
    basis, years = scenario.basis, model.years
    if basis.horizon == "count":
        years = max(years, *(line.delay + line.ages + basis.years - 1 for line in lines))
    only = replace(
        model, outcomes=lines, investment=(), ladders=(), shifts=(), cohorts=(), years=years
    )
    results = engine.run(only, drawn.draws, basis.seed, basis.sampling)
    for line, units in zip(lines, results.present, strict=True):
        yield f"outcomes.{line.id}", units


def _effects(model: Model, basis: Basis, drawn: Results) -> Found:
    """Path and Q (draw) of every effect of a cohort, discounted at its own rate."""
    if any(line.effects for line in model.cohorts):
        for found in comparisons(model, basis, drawn.draws):
            for effect in found.effects:
                yield f"cohorts.{found.id}.{effect}", found.extra(effect)
