"""The money of one payer: its budget by year, and how much of society's gain reaches its till.

Never discounted: a budget is in the euros of the year, and here in prices of the price year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.model.flows.results import SOCIETY, Results, purse
from sroi.model.lines.lines import CLASSES

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Budget:
    """Expected amounts by year: benefits by cash class, investment in money (what is given in kind
    stands in no budget), and what is left of the hard money; `payback`: number of the first year in
    which that has been earned back for good."""

    payer: str
    benefits: dict[str, Array]
    investment: Array

    @property
    def balance(self) -> Array:
        """Hard benefits minus investment."""
        return self.benefits["hard"] - self.investment

    @property
    def cumulative(self) -> Array:
        """The same since the start."""
        return np.cumsum(self.balance)

    @property
    def payback(self) -> int | None:
        """The first year (1, 2, …) from which the cumulative balance stays above zero, or None."""
        negative = np.flatnonzero(self.cumulative <= 0)
        first = int(negative[-1]) + 2 if len(negative) else 1
        return first if first <= len(self.cumulative) else None


@dataclass(frozen=True)
class Cascade:
    """From society to the till, summed over all years: four amounts, each a part of the one before
    it, and the last after the payer's own investment."""

    society: float
    in_pocket: float
    cashable: float
    after_investment: float


def budget(results: Results, payer: str) -> Budget:
    """The budget of a payer."""
    rows = results.rows("benefits")
    classes = {name: results.by_year(rows, purse(payer, name)) for name in CLASSES}
    costs = results.by_year(results.rows("investment"), purse(payer, "hard"))
    return Budget(payer, classes, costs)


def cascade(results: Results, payer: str) -> Cascade:
    """How much of what society gains reaches a payer's till."""
    rows, own = results.rows("benefits"), budget(results, payer)
    return Cascade(
        float(results.by_year(rows, SOCIETY).sum()),
        float(results.by_year(rows, purse(payer)).sum()),
        float(own.benefits["hard"].sum()),
        float(own.balance.sum()),
    )


def largest_payer(results: Results) -> str:
    """Who invests most money, which as a rule is who commissions; in kind counts where no money
    is invested, and nobody is it where nothing is."""
    for cash in ("hard", None):
        invested = {
            payer: float(results.investment(purse(payer, cash)).mean())
            for payer in results.model.payers
        }
        payer = max(invested, key=lambda name: invested[name], default="")
        if payer and invested[payer] > 0:
            return payer
    return ""
