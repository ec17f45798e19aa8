"""Expected and realised, line by line, payer by payer and year by year; and why they differ.

Nothing is discounted, and amounts are in the price level of the scenario. A line of which no effect
was measured has no realised amount: there stands what is expected with what was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.follow.factors import CAUSES, Factors
from sroi.analysis.follow.realised import Part
from sroi.analysis.follow.yearly import means
from sroi.model.follow.shares import Causes, shares

Array = NDArray[np.float64]
Basis = Literal["booked", "counted", "measured", "estimated", "volume", "unknown"]


@dataclass(frozen=True)
class Split:
    """A flow of the table with what is known of it. `basis` by year: how it is known; `volume`:
    only what was done. `expected` and `with_known`: amounts by payer and class and year, positive
    for what is gained and for what it costs. `causes`: the shares of the difference."""

    line: str
    stakeholder: str
    row: int
    basis: tuple[Basis, ...]
    expected: Array
    with_known: Array
    causes: dict[str, Array]


@dataclass(frozen=True)
class Lines:
    """All flows; `over`: how many years, from the first, are over."""

    factors: Factors

    @property
    def over(self) -> int:
        """How many years are over."""
        return max(0, min(len(self.years), self.factors.last - self.factors.yearly.first + 1))

    @property
    def years(self) -> range:
        """Every year that counts."""
        return self.factors.yearly.years

    @cached_property
    def splits(self) -> list[Split]:
        """Every flow of the table."""
        model = self.factors.yearly.model
        none, everything = frozenset[str](), frozenset(CAUSES)
        causes = shares(CAUSES, self.amounts)
        return [
            Split(
                line, stakeholder, row, tuple(self.basis(line, year) for year in self.years),
                self.amounts(none)[row], self.amounts(everything)[row],
                {name: whole[row] for name, whole in causes.items()},
            )
            for row, (line, stakeholder, _) in enumerate(model.flows)
        ]  # fmt: skip

    def amounts(self, causes: Causes) -> Array:
        """Expected amounts (flow, payer, class, year) with some causes realised."""
        if causes not in self._known:
            self._known[causes] = self.whole(causes)[:, None, None, :] * self.shares(causes)
        return self._known[causes]

    @cached_property
    def _known(self) -> dict[Causes, Array]:
        return {}

    def whole(self, causes: Causes) -> Array:
        """The same before who pays (flow, year). What differs by year are prices, so that years
        with the same ones are asked for together."""
        model, factors = self.factors.yearly.model, self.factors
        if "price" not in causes or not factors.realised.prices:
            return means(model, factors.values(causes))
        found = np.zeros((len(model.flows), model.years))
        asked = dict[tuple[tuple[str, float], ...], Array]()
        for number, year in enumerate(self.years):
            prices = factors.prices(year)
            key = tuple((path, float(prices[path][0])) for path in sorted(prices))
            if key not in asked:
                asked[key] = means(model, factors.values(causes, year))
            found[:, number] = asked[key][:, number]
        return found

    def shares(self, causes: Causes) -> Array:
        """Who pays (flow, payer, class, year): as the scenario says, and what was booked by payer
        as it was booked."""
        model = self.factors.yearly.model
        table = np.array([flow.shares for _, _, flow in model.flows])
        found = np.repeat(table[:, :, :, None], model.years, axis=3)
        if "volume" in causes:
            for row, (line, _, _) in enumerate(model.flows):
                for number, year in enumerate(self.years):
                    part = self.size(line, year)
                    if part is not None and part.whole and part.payers and part.amount:
                        found[row, :, :, number] = self._booked(part, table[row])
        return found

    def _booked(self, part: Part, usual: Array) -> Array:
        """Shares (payer, class) of what each payer booked; the class is that of the scenario."""
        cash = (usual != 0).any(axis=0)
        mine = np.array([part.payers.get(name, 0.0) for name in self.factors.yearly.model.payers])
        return np.outer(mine / part.amount, cash.astype(float))

    def size(self, line: str, year: int) -> Part | None:
        """What is known of a cost in a year that is over."""
        for path in (f"{line}.per_year", f"{line}.volume"):
            found = self.factors.realised.sizes.get(path, {}).get(year)
            if found is not None and year <= self.factors.last:
                return found
        return None

    def basis(self, line: str, year: int) -> Basis:
        """How a line is known in a year."""
        first, id_, *_ = line.split(".")
        if year > self.factors.last:
            return "unknown"
        if first == "investment":
            part = self.size(line, year)
            return part.known if part is not None and part.whole else "unknown"  # type: ignore[return-value]
        done = self._done(line, year)
        if self._measured(f"{first}.{id_}"):
            return "measured" if done else "unknown"
        return "volume" if done else "unknown"

    def _measured(self, line: str) -> bool:
        """Whether an effect of a line was measured."""
        wanted = f"{line}.rate" if line.startswith("outcomes.") else f"{line}.intervention."
        return any(path.startswith(wanted) for path in self.factors.realised.effects)

    def _done(self, line: str, year: int) -> bool:
        """Whether all that was done for it up to a year is known; what needs no volume is."""
        model, first = self.factors.yearly.model, self.factors.yearly.first
        named = {f"outcomes.{x.id}": x.volumes for x in model.outcomes}
        named |= {f"care_ladder.{x.id}": x.volumes for x in model.ladders}
        named |= {f"direct_shift.{x.id}": x.volumes for x in model.shifts}
        volumes = next((v for name, v in named.items() if f"{line}.".startswith(f"{name}.")), ())
        return all(
            first + number in self.factors.known_years(path.removesuffix(f".{first + number}"))
            for number, path in enumerate(volumes)
            if first + number <= year and path in self.factors.yearly.paths
        )
