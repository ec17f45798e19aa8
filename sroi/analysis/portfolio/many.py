"""Many rows that are sums of the same terms: answered together, from what the terms are worth.

Means, errors and amounts by year of a row follow from those of the terms; its deviation from their
covariances. For ranges and chances its draws are made, a few rows at a time, and forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.portfolio.answer import Amounts, Answer, OfPayer
from sroi.analysis.portfolio.quantiles import quantiles
from sroi.model.flows.engine import workers_for
from sroi.model.flows.results import Estimate, standard_error, without_ratio
from sroi.model.portfolio.parts import BENEFITS, INVESTMENT
from sroi.model.portfolio.rows import Shared
from sroi.model.uncertain.sampling import REPLICATES

Array = NDArray[np.float64]
TOGETHER, BLOCK = 4, 1 << 14  # rows at a time, and draws at a time of them
RANGE = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Drawn:
    """A row in every draw: net present value and investment for society (draw), and in what share
    of the draws each payer gains (payer)."""

    balance: Array
    invested: Array
    positive: Array


@dataclass(frozen=True)
class Many:
    """Rows of one model by their `weights` (row, term), on what its terms are worth."""

    found: Shared
    weights: Array
    payers: tuple[str, ...]

    def answers(self, keep: Callable[[int, Array], object]) -> Iterator[Answer]:
        """The answer of every row, in their order; `keep` is given its balance (draw)."""
        parts = [range(n, min(n + TOGETHER, len(self.weights))) for n in self._starts]
        with ThreadPoolExecutor(workers_for(self.found.present.shape[2])) as pool:
            for numbers, made in zip(parts, pool.map(self._some, parts), strict=True):
                for number, (answer, balance) in zip(numbers, made, strict=True):
                    keep(number, balance)
                    yield answer

    def summed(self) -> Amounts:
        """All rows together, by payer in every draw."""
        weights = self.weights.sum(axis=0)
        present = np.tensordot(weights, self.found.present, 1)
        yearly = np.tensordot(weights, self.found.yearly, 1)
        names = self.found.alike.model.payers
        benefits, investment, paid = dict[str, Array](), dict[str, Array](), dict[str, Array]()
        for n, (kind, payer) in enumerate(self._columns):
            (benefits if kind == BENEFITS else investment)[names[payer]] = present[n]
            if kind == INVESTMENT:
                paid[names[payer]] = yearly[n]
        return Amounts(benefits, investment, yearly[self._of(BENEFITS)].sum(axis=0), paid)

    @property
    def _starts(self) -> range:
        return range(0, len(self.weights), TOGETHER)

    @property
    def _columns(self) -> list[tuple[int, int]]:
        return self.found.alike.columns

    def _of(self, kind: int, payer: int | None = None) -> list[int]:
        return self.found.alike.where(kind, payer)

    @cached_property
    def _signs(self) -> Array:
        """Of every column: what is gained, and what is paid."""
        return np.array([1.0 if kind == BENEFITS else -1.0 for kind, _ in self._columns])

    @cached_property
    def _by_payer(self) -> Array:
        """Which columns make the balance of a payer (payer of the model, column)."""
        count = len(self.found.alike.model.payers)
        found = np.zeros((count, len(self._columns)))
        for column, ((_, payer), sign) in enumerate(zip(self._columns, self._signs, strict=True)):
            found[payer, column] = sign
        return found

    @cached_property
    def _means(self) -> Array:
        """What each term is worth in each independent part (term, column, part)."""
        present = self.found.present
        return np.asarray(present.reshape(*present.shape[:2], REPLICATES, -1).mean(axis=3))

    @cached_property
    def _covariance(self) -> Array:
        """Of the net present value of the terms (term, term)."""
        net = np.tensordot(self._signs, self.found.present, (0, 1))
        net -= net.mean(axis=1, keepdims=True)
        return np.asarray(net @ net.T / net.shape[1])

    def _some(self, numbers: range) -> list[tuple[Answer, Array]]:
        drawn = self._drawn(self.weights[numbers.start : numbers.stop])
        return [
            (self._answer(number, one), one.balance)
            for number, one in zip(numbers, drawn, strict=True)
        ]

    def _drawn(self, weights: Array) -> list[Drawn]:
        """Some rows in every draw."""
        rows, (terms, columns, total) = len(weights), self.found.present.shape
        balance, invested = np.empty((rows, total)), np.empty((rows, total))
        positive = np.zeros((rows, len(self._by_payer)))
        paid = self._of(INVESTMENT)
        for start in range(0, total, BLOCK):
            here = slice(start, start + BLOCK)
            part = self.found.present[:, :, here].reshape(terms, -1)
            worth = (weights @ part).reshape(rows, columns, -1)
            by_payer = np.einsum("pc,rcd->rpd", self._by_payer, worth)
            balance[:, here] = by_payer.sum(axis=1)
            invested[:, here] = worth[:, paid].sum(axis=1)
            positive += (by_payer > 0).sum(axis=2)
        return [Drawn(*row) for row in zip(balance, invested, positive / total, strict=True)]

    def _answer(self, number: int, drawn: Drawn) -> Answer:
        weights = self.weights[number]
        parts = np.tensordot(weights, self._means, 1)
        yearly = np.tensordot(weights, self.found.yearly, 1)
        gained, spent = (parts[self._of(kind)].sum(axis=0) for kind in (BENEFITS, INVESTMENT))
        benefits = drawn.balance + drawn.invested
        why = without_ratio(benefits, drawn.invested)
        return Answer(
            benefits=float(gained.mean()),
            investment=float(spent.mean()),
            balance=_estimate(gained - spent, float((gained - spent).mean()), drawn.balance),
            deviation=float(max(weights @ self._covariance @ weights, 0.0) ** 0.5),
            positive=float((drawn.balance > 0).mean()),
            ratio=None
            if why
            else _estimate(
                gained / spent, float(gained.mean() / spent.mean()), benefits / drawn.invested
            ),
            without_ratio=why,
            payers=tuple(self._payer(name, parts, yearly, drawn) for name in self.payers),
            benefits_by_year=yearly[self._of(BENEFITS)].sum(axis=0),
            investment_by_year=yearly[self._of(INVESTMENT)].sum(axis=0),
        )

    def _payer(self, name: str, parts: Array, yearly: Array, drawn: Drawn) -> OfPayer:
        names = self.found.alike.model.payers
        if name not in names:
            return OfPayer(name, 0.0, 0.0, 0.0, 0.0, np.zeros(yearly.shape[1]))
        payer = names.index(name)
        kinds = (self._of(kind, payer) for kind in (BENEFITS, INVESTMENT))
        gained, spent = (parts[columns].sum(axis=0).mean() for columns in kinds)
        paid = yearly[self._of(INVESTMENT, payer)].sum(axis=0)
        chance = float(drawn.positive[payer])
        return OfPayer(name, float(gained), float(spent), float(gained - spent), chance, paid)


def _estimate(means: Array, mean: float, amounts: Array) -> Estimate:
    """From the means of the independent parts, and the draws for the range."""
    p5, p50, p95 = quantiles(amounts, RANGE)
    return Estimate(mean, standard_error(means), p5, p50, p95)
