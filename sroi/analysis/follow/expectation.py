"""What is expected now: the years that remain and the whole contract, beside what was promised.

What is known of a year stands in the place of what was expected of it; a year of which a part is
known has that part and the expected rest. Effects and volumes of coming years are those of the
updated draws; a price that is known stays what it was last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.follow.factors import Factors
from sroi.analysis.follow.lines import Lines
from sroi.analysis.follow.updated import Band, Updated, band
from sroi.analysis.follow.yearly import in_year
from sroi.model.flows.results import SOCIETY, Perspective, purse
from sroi.model.lines.lines import CLASSES
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Money:
    """Benefits, investment and balance, each with its band."""

    benefits: Band
    investment: Band
    balance: Band
    positive: float


@dataclass(frozen=True)
class Beside:
    """The promise and the new expectation, of the whole contract and of the years that remain."""

    whole: tuple[Money, Money]
    rest: tuple[Money, Money] | None


@dataclass(frozen=True)
class Course:
    """Amounts (flow, year, draw) with who pays them (flow, payer, class, year), undiscounted; all
    draws weigh the same."""

    lines: Lines
    amounts: Array
    shares: Array

    def total(self, kind: str, perspective: Perspective, factors: Array | None = None) -> Array:
        """Benefits or investment (year, draw), × factors by year where these are given."""
        model = self.lines.factors.yearly.model
        payers = [perspective.payers is None or p in perspective.payers for p in model.payers]
        classes = [perspective.classes is None or c in perspective.classes for c in CLASSES]
        mask = np.outer(payers, classes).astype(float)
        counted = np.einsum("rpcy,pc->ry", self.shares, mask)
        spent = np.array([line.startswith("investment.") for line, _, _ in model.flows])
        counted = counted * (spent if kind == "investment" else ~spent)[:, None]
        whole = np.einsum("ry,ryd->yd", counted, self.amounts)
        return np.asarray(whole if factors is None else whole * factors[:, None])

    def money(self, perspective: Perspective, first: int = 0) -> Money:
        """Present values from a year (0, 1, …) on."""
        model = self.lines.factors.yearly.model
        rule, years = model.discounting, model.years
        gained = self.total("benefits", perspective, rule.factors(years))[first:].sum(axis=0)
        factors = rule.investment_factors(years)
        spent = self.total("investment", perspective, factors)[first:].sum(axis=0)
        gain, cost, left = (band(x) for x in (gained, spent, gained - spent))
        return Money(gain, cost, left, chance(gained - spent > 0))

    def cumulative(self, perspective: Perspective = SOCIETY) -> list[Band]:
        """The balance since the start at the end of every year, as present value."""
        rule, years = self.lines.factors.yearly.model.discounting, len(self.lines.years)
        spent = self.total("investment", perspective, rule.investment_factors(years))
        balance = self.total("benefits", perspective, rule.factors(years)) - spent
        return [band(year) for year in np.cumsum(balance, axis=0)]


def chance(met: NDArray[np.bool_]) -> float:
    """The chance of something (draw)."""
    return float(np.mean(met))


@dataclass(frozen=True)
class Expectation:
    """What was promised and what is expected now."""

    lines: Lines
    updated: Updated

    @property
    def factors(self) -> Factors:
        """Expected values and realised ones."""
        return self.lines.factors

    @cached_property
    def promised(self) -> Course:
        """The scenario as it was."""
        shares = self.lines.shares(frozenset())
        return Course(self.lines, self._amounts({}, self.factors.expected), shares)

    @cached_property
    def now(self) -> Course:
        """The scenario with what is known and what was updated."""
        values = self.updated.values.changed(self.sizes)
        prices = {year: self.factors.prices(year) for year in self.lines.years}
        shares = self.lines.shares(frozenset({"volume"}))
        return Course(self.lines, self._amounts(prices, values), shares)

    def _amounts(self, prices: Mapping[int, dict[str, Array]], values: Values) -> Array:
        model = self.factors.yearly.model
        years = [
            in_year(model, values.changed(prices.get(year, {})), number)
            for number, year in enumerate(self.lines.years)
        ]
        return np.stack(years, axis=1)

    @cached_property
    def sizes(self) -> dict[str, Array]:
        """Volumes and costs with what is known of them, and of a year in part the expected rest."""
        drawn = dict[str, Array]()
        for path, years in self.factors.realised.sizes.items():
            for year, part in years.items():
                name = self.factors.yearly.of(path, year)
                if name in self.factors.yearly.paths:
                    rest = np.asarray(self.updated.values[name]) * (1 - part.share)
                    drawn[name] = part.amount + rest
        return drawn

    def beside(self, perspective: Perspective = SOCIETY) -> Beside:
        """Promise and expectation of somebody, old and new beside each other."""
        both, first = (self.promised, self.now), self.lines.over
        whole = (both[0].money(perspective), both[1].money(perspective))
        if first >= len(self.lines.years):
            return Beside(whole, None)
        rest = (both[0].money(perspective, first), both[1].money(perspective, first))
        return Beside(whole, rest)

    def payers(self) -> dict[str, Beside]:
        """The same of every payer."""
        return {name: self.beside(purse(name)) for name in self.factors.yearly.model.payers}

    def back_by(self, payer: str, year: int) -> tuple[float, float]:
        """The chance that the hard money of a payer is back at the end of a year: as promised, and
        as expected now."""
        last = min(year - self.lines.years[0] + 1, len(self.lines.years))
        chances = []
        for course in (self.promised, self.now):
            own = purse(payer, "hard")
            left = course.total("benefits", own) - course.total("investment", own)
            chances.append(chance(left[:last].sum(axis=0) >= 0))
        return chances[0], chances[1]
