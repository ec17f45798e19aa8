"""What is answered of a row or of a sum of rows: as of a single scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sroi.model.flows.results import Estimate, estimate, ratio, without_ratio
from sroi.model.portfolio.cuts import Cut
from sroi.model.portfolio.parts import BENEFITS, HARD, INVESTMENT, KINDS
from sroi.model.portfolio.shared import Draws
from sroi.model.uncertain.sampling import REPLICATES

Array = NDArray[np.float64]


@dataclass(frozen=True)
class OfPayer:
    """What a payer gains and pays, expected present values, and the chance that it gains more; and
    what it pays by year, expected and undiscounted (year). `hard`: how much of what it gains is
    hard cash; None where that is not known."""

    payer: str
    benefits: float
    investment: float
    balance: float
    positive: float
    hard: float | None
    investment_by_year: Array


@dataclass(frozen=True)
class Answer:
    """Expected benefits and investment for society, the net present value with its deviation and
    the chance that it is above zero, the ratio (None: why, in `without_ratio`), who pays, and the
    undiscounted amounts expected by year."""

    benefits: float
    investment: float
    balance: Estimate
    deviation: float
    positive: float
    ratio: Estimate | None
    without_ratio: str
    payers: tuple[OfPayer, ...]
    benefits_by_year: Array
    investment_by_year: Array


@dataclass(frozen=True)
class Central:
    """A row where every quantity has its central value: present values for society."""

    benefits: float
    investment: float

    @property
    def balance(self) -> float:
        """Net present value."""
        return self.benefits - self.investment


@dataclass
class Tally:
    """Amounts as they come, cut by cut; every cut of the draws comes once.

    Kept of every draw is what ranges are of: the net present value and the investment for society.
    `sums` (kind, payer, part) of the present values, `above` (payer): in how many draws it gains,
    and `yearly` (kind, payer, year), summed over the draws. `tells_hard`: whether all of them know
    what is hard cash.
    """

    draws: Draws
    payers: tuple[str, ...]
    tells_hard: bool = True
    balance: Array = field(init=False)
    invested: Array = field(init=False)

    def __post_init__(self) -> None:
        self.balance, self.invested = np.empty(self.draws.total), np.empty(self.draws.total)
        self._sums = np.zeros((len(KINDS), len(self.payers), REPLICATES))
        self._above = np.zeros(len(self.payers))
        self._yearly = np.zeros((len(KINDS), len(self.payers), 0))

    def add(self, cut: Cut, amounts: Array) -> None:
        """Present values (kind, payer, draw) of a cut."""
        by_payer = amounts[BENEFITS] - amounts[INVESTMENT]
        self.invested[cut.place] = in_order(amounts[INVESTMENT])
        self.balance[cut.place] = in_order(amounts[BENEFITS]) - self.invested[cut.place]
        self._sums[..., cut.part] += amounts.sum(axis=2)
        self._above += (by_payer > 0).sum(axis=1)

    def add_yearly(self, yearly: Array) -> None:
        """Undiscounted amounts (kind, payer, year), summed over some draws or over all of them."""
        self._yearly = longest([self._yearly, yearly])

    def answer(self) -> Answer:
        """What is answered of them."""
        draws, benefits = self.draws.total, self.balance + self.invested
        parts, yearly = self._sums / self.draws.size, self._yearly / draws
        return Answer(
            benefits=float(benefits.mean()),
            investment=float(self.invested.mean()),
            balance=estimate(self.balance, REPLICATES),
            deviation=float(self.balance.std()),
            positive=float(np.count_nonzero(self.balance > 0) / draws),
            ratio=ratio(benefits, self.invested, REPLICATES),
            without_ratio=without_ratio(benefits, self.invested),
            payers=of_payers(self.payers, parts, self._above / draws, yearly, self.tells_hard),
            benefits_by_year=yearly[BENEFITS].sum(axis=0),
            investment_by_year=yearly[INVESTMENT].sum(axis=0),
        )


def of_payers(
    names: Sequence[str], parts: Array, positive: Array, yearly: Array, tells_hard: bool
) -> tuple[OfPayer, ...]:
    """Each payer, from the means of the independent parts (kind, payer, part), the chances (payer)
    and the amounts by year (kind, payer, year)."""
    means = parts.mean(axis=2)
    return tuple(
        OfPayer(
            name,
            float(means[BENEFITS, n]),
            float(means[INVESTMENT, n]),
            float(means[BENEFITS, n] - means[INVESTMENT, n]),
            float(positive[n]),
            float(means[HARD, n]) if tells_hard else None,
            yearly[INVESTMENT, n],
        )
        for n, name in enumerate(names)
    )


def in_order(amounts: Array) -> Array:
    """The sum over the first axis, added one by one."""
    found = np.zeros(amounts.shape[1:])
    for one in amounts:
        found += one
    return found


def longest(amounts: Sequence[Array]) -> Array:
    """The sum of amounts by year (…, year), of which some may end earlier."""
    size = max((one.shape[-1] for one in amounts), default=0)
    found = np.zeros((*amounts[0].shape[:-1], size) if amounts else size)
    for one in amounts:
        found[..., : one.shape[-1]] += one
    return found
