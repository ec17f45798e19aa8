"""The table of value flows, and every total as a sum over it.

Per draw a flow is kept as its present value; over the draws its yearly amounts and the stages of
its corrections are kept as means for each replicate. Who gains follows from the fixed shares
(payer, class) of the flow, so that all pages add up the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sroi.model.flows.impact import STAGES
from sroi.model.lines.lines import CLASSES, Flow
from sroi.model.lines.model import Model

Array = NDArray[np.float64]
INVESTMENT = "investment."


@dataclass(frozen=True)
class Estimate:
    """A mean over the draws with its numerical error, and the range over the draws."""

    mean: float
    standard_error: float
    p5: float
    p50: float
    p95: float


@dataclass(frozen=True)
class Perspective:
    """Whose money counts: some payers and some cash classes; None means all."""

    payers: frozenset[str] | None = None
    classes: frozenset[str] | None = None


SOCIETY = Perspective()


def purse(payer: str, cash: str | None = None) -> Perspective:
    """One payer, with all of its money or one class of it."""
    return Perspective(frozenset({payer}), None if cash is None else frozenset({cash}))


@dataclass(frozen=True)
class Results:
    """Present values (flow, draw) and means of sums (replicate, flow, STAGES + years, and
    as many present values by year where a cohort discounts at its own times)."""

    model: Model
    present: Array
    sums: Array

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.present.shape[1])

    @cached_property
    def flows(self) -> list[Flow]:
        """The flows in the order of the rows."""
        return [flow for _, _, flow in self.model.flows]

    @cached_property
    def lines(self) -> list[str]:
        """The line of every row: `outcomes.…`, `care_ladder.….…`, `investment.…`, and so on."""
        return [line for line, _, _ in self.model.flows]

    def rows(self, kind: str, ids: Iterable[str] | None = None) -> list[int]:
        """Rows of one kind of line, of all of them or of some; `benefits` are all but investment.

        An id may be that of a line, or of a care ladder or a cohort with all of its lines.
        """
        if kind == "benefits":
            return [row for row, name in enumerate(self.lines) if not name.startswith(INVESTMENT)]
        wanted = [kind] if ids is None else [f"{kind}.{id_}" for id_ in ids]
        return [
            row
            for row, name in enumerate(self.lines)
            if any(name == line or name.startswith(f"{line}.") for line in wanted)
        ]

    def rows_for(self, stakeholder: str) -> list[int]:
        """Rows of the benefits of one stakeholder."""
        return [row for row, (_, whose, _) in enumerate(self.model.flows) if whose == stakeholder]

    def weights(self, perspective: Perspective) -> Array:
        """What one euro of each row counts for in a perspective."""
        p = perspective
        payers = [p.payers is None or name in p.payers for name in self.model.payers]
        classes = [p.classes is None or name in p.classes for name in CLASSES]
        mask = np.outer(payers, classes)
        return np.array([float((flow.shares * mask).sum()) for flow in self.flows])

    def present_values(self, rows: Iterable[int], perspective: Perspective = SOCIETY) -> Array:
        """Present value (draw), summed over rows."""
        weights = self.weights(perspective)
        total = np.zeros(self.draws)
        for row in rows:
            if weights[row]:
                total += weights[row] * self.present[row]
        return total

    def benefits(self, perspective: Perspective = SOCIETY) -> Array:
        """Present value of all benefits (draw)."""
        return self.present_values(self.rows("benefits"), perspective)

    def investment(self, perspective: Perspective = SOCIETY) -> Array:
        """Present value of all investment (draw), as a positive number."""
        return self.present_values(self.rows("investment"), perspective)

    def balance(self, perspective: Perspective = SOCIETY) -> Array:
        """Net present value (draw)."""
        return self.benefits(perspective) - self.investment(perspective)

    def estimate(self, amounts: Array) -> Estimate:
        """Mean and range of an amount (draw), with the error measured over the replicates."""
        return estimate(amounts, len(self.sums))

    def mean_and_error(self, amounts: Array) -> tuple[float, float]:
        """Mean over the draws, and its standard error from the means of the replicates."""
        means = _replicates(amounts, len(self.sums))
        return float(means.mean()), standard_error(means)

    def ratio(self) -> Estimate | None:
        """SROI, as `ratio` has it."""
        return ratio(self.benefits(), self.investment(), len(self.sums))

    @cached_property
    def without_ratio(self) -> str:
        """Why there is no ratio: see the function of that name."""
        return without_ratio(self.benefits(), self.investment())

    def stage(self, name: str, rows: Iterable[int]) -> float:
        """Expected amount of a stage (undiscounted; beyond_horizon: present value), society."""
        return float(self._expected(rows, SOCIETY)[STAGES.index(name)])

    def by_year(self, rows: Iterable[int], perspective: Perspective = SOCIETY) -> Array:
        """Expected undiscounted amount (year), summed over rows."""
        return self._expected(rows, perspective)[len(STAGES) :][: self.model.years]

    def present_by_year(self, rows: Iterable[int], perspective: Perspective = SOCIETY) -> Array:
        """Expected present value of what falls in each year (year), summed over rows."""
        discounting, years = self.model.discounting, self.model.years
        of = list(rows)
        own = [row for row in of if self.at_own_times(row)]
        invested = [row for row in of if self.lines[row].startswith(INVESTMENT)]
        usual = [row for row in of if row not in {*own, *invested}]
        total = self.by_year(usual, perspective) * discounting.factors(years)
        if invested:
            by_year = self.by_year(invested, perspective)
            total = total + by_year * discounting.investment_factors(years)
        if own:
            total = total + self._expected(own, perspective)[len(STAGES) + years :]
        return np.asarray(total)

    def at_own_times(self, row: int) -> bool:
        """Whether a row is of a cohort that discounts its costs otherwise than by year."""
        own = {f"cohorts.{line.id}" for line in self.model.cohorts if line.own_time}
        return self.lines[row].rpartition(".")[0] in own

    def present_of_row(self, row: int) -> Array:
        """The same of a row at its own times, before its shares."""
        return np.asarray(self.sums.mean(axis=0)[row, len(STAGES) + self.model.years :])

    def by_year_of_row(self, row: int) -> Array:
        """Expected undiscounted amount (year) of one row, before its shares."""
        return np.asarray(self.sums.mean(axis=0)[row, len(STAGES) :][: self.model.years])

    def _expected(self, rows: Iterable[int], perspective: Perspective) -> Array:
        """Expected amounts (STAGES + years), summed over rows one by one."""
        weights, means = self.weights(perspective), self.sums.mean(axis=0)
        total = np.zeros(means.shape[1])
        for row in rows:
            total += weights[row] * means[row]
        return total


def estimate(amounts: Array, replicates: int) -> Estimate:
    """Mean and range of an amount (draw), with the error measured over the replicates."""
    p5, p50, p95 = np.quantile(amounts, (0.05, 0.5, 0.95))
    means = _replicates(amounts, replicates)
    return Estimate(float(means.mean()), standard_error(means), float(p5), float(p50), float(p95))


def ratio(benefits: Array, investment: Array, replicates: int) -> Estimate | None:
    """SROI: expected benefits ÷ expected investment (draw); its range is that of the draws' ratios.

    The ratio of expectations and not the mean of ratios, which is biased upwards: Gargani (2017).
    None where `without_ratio` says why.
    """
    if without_ratio(benefits, investment):
        return None
    p5, p50, p95 = np.quantile(benefits / investment, (0.05, 0.5, 0.95))
    parts = _replicates(benefits, replicates) / _replicates(investment, replicates)
    mean = float(benefits.mean() / investment.mean())
    return Estimate(mean, standard_error(parts), float(p5), float(p50), float(p95))


def without_ratio(benefits: Array, investment: Array) -> str:
    """Why there is no ratio, the one rule for all pages: `investment` where a draw has none, so
    that it would be divided by; `benefits` where none are expected, so that a smaller investment
    would make it worse; empty where there is a ratio."""
    if not (investment > 0).all():
        return "investment"
    return "" if benefits.mean() > 0 else "benefits"


def _replicates(amounts: Array, replicates: int) -> Array:
    """The mean of each replicate."""
    return np.asarray(amounts.reshape(replicates, -1).mean(axis=1))


def standard_error(means: Array) -> float:
    """Standard error of the mean of independent replicates; 0 where there is only one."""
    return float(means.std(ddof=1) / len(means) ** 0.5) if len(means) > 1 else 0.0


def payback_years(benefits: Array, investment: Array) -> float | None:
    """Time until the cumulative balance stays at or above zero; None where it never does.

    `benefits` and `investment` (year) undiscounted. Investment is counted at the start of its year
    and benefits evenly over theirs, so that one year gives investment ÷ yearly impact, the payback
    of A Guide to Social Return on Investment (2012), stage 5.
    """
    spent, earned = np.cumsum(investment), np.concatenate([[0.0], np.cumsum(benefits)])
    when: float | None = None
    for year in reversed(range(len(benefits))):
        if earned[year + 1] < spent[year]:
            return when
        missing = spent[year] - earned[year]
        if missing > 0:
            return year + float(missing / (earned[year + 1] - earned[year]))
        when = float(year)
    return when
