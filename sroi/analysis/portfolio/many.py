"""Many rows that are sums of the same terms, answered together, cut by cut of the draws.

Means, errors and amounts by year of a row follow from those of the terms. For ranges, deviations
and chances its draws are made by products of matrices, looked at and forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.portfolio.answer import Answer, Central, of_payers
from sroi.analysis.portfolio.job import Job, Rows
from sroi.analysis.portfolio.quantiles import Stretches
from sroi.model.flows.results import Estimate, standard_error
from sroi.model.portfolio.cuts import Cut
from sroi.model.portfolio.parts import BENEFITS, INVESTMENT
from sroi.model.portfolio.rows import Terms
from sroi.model.uncertain.sampling import REPLICATES

Array = NDArray[np.float64]
PIECE = 8  # rows at a time: what is made of them stays in the nearest memory
PRODUCT = 1 << 18  # so many products at a time: a library of matrices does them on one core
LOOK = 1024  # draws of each independent part for the first look
RANGE = (0.05, 0.5, 0.95)
OfCut = Callable[[int], Terms]


@dataclass
class Many:
    """Some rows by their `weights` (row, term), on what the terms are worth in each cut."""

    job: Job
    group: Rows
    weights: Array
    terms: OfCut

    def __post_init__(self) -> None:
        rows = len(self.weights)
        padded = np.zeros((-(-rows // PIECE) * PIECE, self.weights.shape[1]))
        padded[:rows] = self.weights  # so that every product has the same size
        self._pieces = [padded[n : n + PIECE] for n in range(0, len(padded), PIECE)]
        lines = self.group.alike.parts.lines
        self._certain = all(line.certain for line in lines if line.kind == INVESTMENT)
        self._sums = np.zeros((REPLICATES, len(self.group.alike.columns), self.weights.shape[1]))
        self._years = self.group.alike.model.years
        self._yearly = np.zeros((*self._sums.shape[1:], self._years))
        self._above = np.zeros((rows, len(self.group.alike.model.payers) + 1), dtype=np.intp)
        self._squares = np.zeros(rows)
        self._least = np.full(rows, np.inf)
        self.together: list[Array] = []

    def answers(self, each: int) -> list[tuple[Answer, Central]]:
        """The answer of every row; `together` then has their first `each` draws of each part."""
        self._look()
        for cut in self.job.cuts:
            self._cut(cut, self.terms(cut.number), each)
        return [(self._answer(row), self._central(row)) for row in range(len(self.weights))]

    def _look(self) -> None:
        """The first look, at the first draws of each part."""
        firsts = [cut for cut in self.job.cuts if cut.start == 0]
        parts = [self.terms(cut.number).present[..., :LOOK] for cut in firsts]
        pairs = [self._worth(self.weights, np.ascontiguousarray(part)) for part in parts]
        balance = np.concatenate([net.sum(axis=0) for net, _ in pairs], axis=1)
        self._middle = balance.mean(axis=1)
        self._ranges = Stretches(balance, RANGE)
        if not self._certain:
            paid = np.concatenate([invested for _, invested in pairs], axis=1)
            self._ratios = Stretches(_divided(balance, paid), RANGE)

    def _cut(self, cut: Cut, terms: Terms, each: int) -> None:
        self._sums[cut.part] += terms.sums
        self._yearly += terms.yearly
        firsts, rows = list[Array](), len(self.weights)
        for start, weights in zip(range(0, rows, PIECE), self._pieces, strict=True):
            by_payer, paid = self._worth(weights, terms.present)
            balance = by_payer.sum(axis=0)
            above = [(amounts > 0) for amounts in (*by_payer, balance)]
            for n, row in enumerate(range(start, min(start + PIECE, rows))):
                self._above[row] += [np.count_nonzero(one[n]) for one in above]
                self._row(row, balance[n], paid[n])
            firsts.append(balance[:, :each])
        if cut.start == 0:
            self.together.append(np.concatenate(firsts)[:rows])

    def _row(self, row: int, balance: Array, paid: Array) -> None:
        """What is kept of a row in a cut: squares, and the few draws in a stretch."""
        apart = balance - self._middle[row]
        self._squares[row] += np.einsum("d,d->", apart, apart)
        self._ranges.add(row, balance)
        self._least[row] = min(self._least[row], paid.min())
        if not self._certain:
            self._ratios.add(row, _divided(balance, paid))

    def _worth(self, weights: Array, present: Array) -> tuple[Array, Array]:
        """Of some rows what each payer of the model gains on balance (payer, row, draw), and what
        all of them pay (row, draw; one draw where it is the same in all)."""
        alike, draws = self.group.alike, present.shape[2]
        net = np.empty((len(alike.model.payers), len(weights), draws))
        paid = np.zeros((len(weights), 1 if self._certain else draws))
        for payer, own in enumerate(net):
            gains = alike.where(BENEFITS, payer)
            for column in gains:
                _product(weights[:, alike.reach[column]], present[column, alike.reach[column]], own)
            if not gains:
                own[:] = 0
            for column in alike.where(INVESTMENT, payer):
                part = np.empty(paid.shape)
                costs = present[column, alike.reach[column], : paid.shape[1]]
                _product(weights[:, alike.reach[column]], costs, part)
                np.subtract(own, part, out=own)
                paid += part
        return net, paid

    @property
    def yearly(self) -> Array:
        """The undiscounted amounts of all rows together, summed over the draws (column, year)."""
        return np.asarray(np.einsum("cty,t->cy", self._yearly, self.weights.sum(axis=0)))

    def _central(self, row: int) -> Central:
        worth = self.job.valuations[self.group.valuation].centre @ self.weights[row]
        gained, spent = (worth[self.group.alike.where(k)].sum() for k in (BENEFITS, INVESTMENT))
        return Central(float(gained), float(spent))

    def _answer(self, row: int) -> Answer:
        draws, weights = self.job.draws.total, self.weights[row]
        parts = self.job.by_payer(self.group.alike, (self._sums @ weights).T) / self.job.draws.size
        yearly = self.job.by_payer(
            self.group.alike, np.einsum("cty,t->cy", self._yearly, weights) / draws
        )
        gained, spent = parts[BENEFITS].sum(axis=0), parts[INVESTMENT].sum(axis=0)
        net = gained - spent
        off = float(net.mean()) - self._middle[row]
        *above, positive = self._above[row] / draws
        why = "" if gained.mean() > 0 else "benefits"
        if not self._least[row] > 0:
            why = "investment"
        return Answer(
            benefits=float(gained.mean()),
            investment=float(spent.mean()),
            balance=Estimate(float(net.mean()), standard_error(net), *self._range(row)),
            deviation=float(max(self._squares[row] / draws - off**2, 0.0) ** 0.5),
            positive=float(positive),
            ratio=None
            if why
            else Estimate(
                float(gained.mean() / spent.mean()),
                standard_error(gained / spent),
                *self._ratio_range(row, float(spent.mean())),
            ),
            without_ratio=why,
            payers=of_payers(
                self.job.payers, parts, self._chances(above), yearly, self.group.alike.tells_hard
            ),
            benefits_by_year=yearly[BENEFITS].sum(axis=0),
            investment_by_year=yearly[INVESTMENT].sum(axis=0),
        )

    def _chances(self, above: Sequence[float]) -> Array:
        """Of the payers of the model as of all payers, of which others have nothing."""
        found = dict(zip(self.group.alike.model.payers, above, strict=True))
        return np.array([found.get(name, 0.0) for name in self.job.payers])

    def _range(self, row: int) -> list[float]:
        found = self._ranges.of(row, self.job.draws.total)
        return self._whole(row, 0) if found is None else found

    def _ratio_range(self, row: int, spent: float) -> list[float]:
        """Where the investment is the same in every draw, the ratio is in the order of the gain."""
        if self._certain:
            return [one / spent + 1 for one in self._range(row)]
        found = self._ratios.of(row, self.job.draws.total)
        return self._whole(row, 1) if found is None else found

    def _whole(self, row: int, which: int) -> list[float]:
        """The quantiles of a row from all of its draws at once: of its balance, of its ratio."""
        piece, place = divmod(row, PIECE)
        found = []
        for cut in self.job.cuts:
            terms = self.terms(cut.number)
            by_payer, paid = self._worth(self._pieces[piece], terms.present)
            balance = by_payer.sum(axis=0)[place]
            found.append(_divided(balance, paid[place]) if which else balance)
        return [float(one) for one in np.quantile(np.concatenate(found), RANGE)]


def summed(job: Job, group: Rows, terms: OfCut) -> Iterator[tuple[Cut, Array]]:
    """All rows of a group together (column, draw), cut by cut."""
    weights = group.alike.weights(group.alike.rows).sum(axis=0)
    for cut in job.cuts:
        yield cut, np.einsum("t,ctd->cd", weights, terms(cut.number).present)


def _product(weights: Array, present: Array, out: Array) -> None:
    """A product of matrices, in pieces."""
    step = max(1, PRODUCT // weights.size)
    for start in range(0, present.shape[1], step):
        here = slice(start, start + step)
        np.matmul(weights, present[:, here], out=out[:, here])


def _divided(balance: Array, paid: Array) -> Array:
    """The ratio in every draw; where nothing is paid, of no use and not asked for."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(balance / paid + 1)
