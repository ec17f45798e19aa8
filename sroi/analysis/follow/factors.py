"""The values of a scenario in which some of four causes are as they were realised.

    volume   how much was done or spent, over the years that are known, in the pattern expected
    timing   in which of these years it fell
    price    what a unit costs or saves, from the year in which it is known
    effect   what was measured

Money that was booked without a number of units is volume: more or less was spent. A volume goes
with a cause as follows, of which e is expected and r realised and a sum is over the known years:

    neither e · volume ē · Σr ÷ Σē · timing e · (r ÷ Σr) ÷ (ē ÷ Σē) · both r
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.follow.realised import Realised
from sroi.analysis.follow.yearly import Yearly
from sroi.inputs.scenario.scenario import CORRECTIONS
from sroi.model.follow.shares import Causes
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]
CAUSES = ("volume", "price", "effect", "timing")


@dataclass(frozen=True)
class Factors:
    """`expected`: the draws of the scenario with those of every year; `last`: the last year that
    is over."""

    yearly: Yearly
    expected: Values
    realised: Realised
    last: int

    def known_years(self, path: str) -> list[int]:
        """The years of a volume or cost that are over and known as a whole."""
        parts = self.realised.sizes.get(path, {})
        return [year for year, part in parts.items() if part.whole and year <= self.last]

    def values(self, causes: Causes, year: int | None = None) -> Values:
        """The values with some causes realised; prices as they are in a year."""
        drawn = self._sizes(causes) | (self.effects if "effect" in causes else {})
        if "price" in causes and year is not None:
            drawn |= self.prices(year)
        return self.expected.changed(drawn)

    def prices(self, year: int) -> dict[str, Array]:
        """The prices that are known in a year, in every draw."""
        found = {path: self.realised.price(path, year) for path in self.realised.prices}
        return {path: self.certain(size) for path, size in found.items() if size is not None}

    def certain(self, size: float) -> Array:
        """A number that is the same in every draw."""
        return np.full(self.expected.draws, size)

    @cached_property
    def effects(self) -> dict[str, Array]:
        """What was measured; of what was held against a group the corrections are none."""
        drawn = dict[str, Array]()
        for path, effect in self.realised.effects.items():
            drawn[path] = self.certain(effect.mean)
            if effect.causal:
                drawn |= {name: self.certain(0.0) for name in self.corrections(path)}
        return drawn

    def corrections(self, path: str) -> tuple[str, ...]:
        """The corrections of the line that a rate is of."""
        line, _, field = path.rpartition(".")
        names = (f"{line}.{name}" for name in CORRECTIONS)
        known = self.yearly.model.quantities.distributions
        return tuple(name for name in names if name in known) if field == "rate" else ()

    def _sizes(self, causes: Causes) -> dict[str, Array]:
        """The volumes and costs of known years, as far as volume and timing are realised."""
        drawn = dict[str, Array]()
        if causes & {"volume", "timing"}:
            for path in self.realised.sizes:
                drawn |= self._size(path, causes)
        return drawn

    def _size(self, path: str, causes: Causes) -> dict[str, Array]:
        years = self.known_years(path)
        names = {year: self.yearly.of(path, year) for year in years}
        names = {year: name for year, name in names.items() if name in self.yearly.paths}
        found = {year: self.realised.sizes[path][year].amount for year in names}
        planned = {year: float(np.mean(self.expected[name])) for year, name in names.items()}
        whole, intended = sum(found.values()), sum(planned.values())
        if {"volume", "timing"} <= causes or not (whole and intended):
            as_planned = "volume" not in causes
            return {} if as_planned else {n: self.certain(found[y]) for y, n in names.items()}
        if "volume" in causes:
            return {n: self.certain(planned[y] * whole / intended) for y, n in names.items()}
        return {
            name: np.asarray(self.expected[name]) * _turn(found[y] / whole, planned[y] / intended)
            if planned[y] else self.certain(found[y] / whole * intended)
            for y, name in names.items()
        }  # fmt: skip


def _turn(found: float, planned: float) -> float:
    """By what the share of a year in all years was other; exactly 1 where it was not."""
    return 1.0 if abs(found - planned) < 1e-12 else found / planned
