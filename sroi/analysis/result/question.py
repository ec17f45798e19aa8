"""The result that a question is about: for society, as a ratio, or in one payer's till.

Named by a user as `society`, `ratio`, a payer (`gemeente`: its balance, present value of all cash
classes), a payer's hard money (`gemeente:hard`), or a payer's hard money since the start up to and
with a year (`gemeente@2029`: cumulative, not discounted).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sroi.model.flows.engine import results_at
from sroi.model.flows.results import SOCIETY, Perspective, Results, purse
from sroi.model.lines.discounting import Discounting
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values
from sroi.problems import Problem, Unusable, nearest

Array = NDArray[np.float64]
SOCIETY_, RATIO = "society", "ratio"


@dataclass(frozen=True)
class UpTo(Discounting):
    """No discounting at all, and nothing after a number of years: sums are then cumulative."""

    until: int = 0

    def factors(self, years: int) -> Array:
        """1 up to and with the last year that counts, and 0 after it."""
        return np.asarray((np.arange(years) < self.until).astype(np.float64))


@dataclass(frozen=True)
class Question:
    """What is asked of the model, with the value at which the answer turns."""

    name: str
    model: Model
    perspective: Perspective
    threshold: float

    @property
    def is_ratio(self) -> bool:
        """Whether benefits are divided by investment."""
        return self.name == RATIO

    def answer(self, results: Results) -> Array:
        """The result (draw) in a perspective; a ratio is not finite where nothing is invested."""
        if self.is_ratio:
            with np.errstate(divide="ignore", invalid="ignore"):
                return np.asarray(results.benefits() / results.investment())
        return results.balance(self.perspective)

    def at(self, values: Values) -> Array:
        """The result (draw) at values of the quantities."""
        return self.answer(results_at(self.model, values))


def question(model: Model, name: str = SOCIETY_, threshold: float | None = None) -> Question:
    """The question that a user names. Raises `Unusable` where there is no such result."""
    payer, at, year = name.partition("@")
    payer, colon, cash = payer.partition(":")
    if name in (SOCIETY_, RATIO):
        return _whole(model, name, threshold)
    years = [str(model.first_year + offset) for offset in range(model.years)]
    if payer not in model.payers or (colon and cash != "hard") or (at and year not in years):
        known = [SOCIETY_, RATIO, *model.payers]
        known += [f"{p}:hard" for p in model.payers] + [f"{p}@{years[-1]}" for p in model.payers]
        facts = {"name": name[:80], "nearest": nearest(name, known), "known": ", ".join(known)}
        raise Unusable(Problem("result-unknown", facts=facts))
    if at:
        until = UpTo(0.0, "end_of_year", "same", years.index(year) + 1)
        model = replace(model, discounting=until)
    whose = purse(payer, "hard" if colon or at else None)
    return Question(name, model, whose, 0.0 if threshold is None else threshold)


def with_ratio(results: Results) -> Results:
    """The same results. Raises `Unusable` with the reason where they have no ratio."""
    codes = {"investment": "ratio-without-investment", "benefits": "ratio-without-benefits"}
    if results.without_ratio:
        raise Unusable(Problem(codes[results.without_ratio]))
    return results


def _whole(model: Model, name: str, threshold: float | None) -> Question:
    usual = 1.0 if name == RATIO else 0.0
    if name == RATIO and not model.investment:
        raise Unusable(Problem("ratio-without-investment"))
    return Question(name, model, SOCIETY, usual if threshold is None else threshold)
