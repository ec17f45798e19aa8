"""What a pilot means for a scenario: how far its answer shifts, and whether to wait for more.

    waiting    d × (max(E[Y], 0) + W) against max(E[Y], 0), with Y the net present value for society
               with what the pilot found, d = 1 ÷ (1 + discount rate) for the year that is waited,
               and W what a year more of the same counts is worth before it is known (EVSI)

W by regression of Y on what would be found (Strong, Oakley, Brennan & Breeze 2015, Medical Decision
Making 35: 570-583): of each effect that was written, its draw with the error of a year more, which
is that of now × √(quarters at full strength ÷ the quarters of a year). That takes quarters to be as
good as independent; where neighbourhoods differ lastingly a year brings less, so W is a most.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.pilot.found import LadderEffect, PilotEffect
from sroi.analysis.result.draws import mean_and_error, results_of, some_draws
from sroi.analysis.sensitivity.information import Worth, known
from sroi.analysis.valuation.valuation import Valuation
from sroi.model.flows.results import SOCIETY

Array = NDArray[np.float64]
YEAR = 4  # quarters
ERRORS = 2 * 1.959964  # standard errors in a band of 95 %


@dataclass(frozen=True)
class Waiting:
    """Euros: going on now, and waiting a year for more counts; `worth`: what these are worth.
    `quarters`: how many there were at full strength."""

    now: float
    wait: float
    worth: Worth
    quarters: int

    @property
    def gain(self) -> float:
        """By how much waiting is better; below 0: going on is."""
        return self.wait - self.now


@dataclass(frozen=True)
class InScenario:
    """A scenario as it was, and with what the pilot found on its `ladder`."""

    ladder: str
    before: Valuation
    after: Valuation
    waiting: Waiting


def in_scenario(found: PilotEffect, ladder: str, before: Valuation, after: Valuation) -> InScenario:
    """Both valued; what the pilot wrote is among the draws of `after`."""
    return InScenario(ladder, before, after, waiting(found, ladder, after))


def waiting(found: PilotEffect, ladder: str, after: Valuation) -> Waiting:
    """What a year more of the same counts would be worth."""
    basis, model = after.loaded.scenario.basis, after.model
    values = some_draws(model, basis)
    net = results_of(values, model, basis, after.drawn).balance(SOCIETY)
    quarters = at_full_strength(found)
    rng = np.random.default_rng(np.random.SeedSequence(basis.seed, spawn_key=(0, 0)))
    seen = [
        drawn + rng.normal(0, _error(effect) * (quarters / YEAR) ** 0.5, len(net))
        for effect in found.effects
        if (drawn := values.drawn.get(_path(ladder, effect))) is not None and _error(effect) > 0
    ]
    worth = known("waiting", net, seen) if seen else Worth("waiting", 0.0, 0.0, 0.0)
    now, later = max(mean_and_error(net)[0], 0.0), 1 / (1 + model.discounting.rate)
    return Waiting(now, later * (now + worth.euros), worth, quarters)


def at_full_strength(found: PilotEffect) -> int:
    """Quarters in which the pilot had its full strength everywhere, at least one."""
    places, growing = found.places, found.described.pilot.growing
    return max(places.quarters[-1] - (places.last + growing) + 1, 1)


def _path(ladder: str, effect: LadderEffect) -> str:
    return f"care_ladder.{ladder}.intervention.{effect.name}"


def _error(effect: LadderEffect) -> float:
    """Standard error of an effect, from its band of 95 %."""
    width = (effect.high - effect.low) / ERRORS
    return width if np.isfinite(width) else 0.0
