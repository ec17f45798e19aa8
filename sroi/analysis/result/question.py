"""The result that a question is about: for society, as a ratio, or in somebody's till.

Named by a user as a key of `key`: `society`, `ratio`, a payer (`gemeente`), its hard money
(`gemeente:hard`), a year of that (`gemeente:hard@2029`) or all up to and with a year
(`gemeente:hard@..2029`). In a year nothing is discounted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.result.key import BALANCE, Key, key_of, spoken
from sroi.analysis.result.key import RATIO as OF_RATIO
from sroi.model.flows.engine import results_at
from sroi.model.flows.results import Perspective, Results
from sroi.model.lines.discounting import Discounting
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values
from sroi.problems import Problem, Unusable, nearest

Array = NDArray[np.float64]
SOCIETY_, RATIO = "society", "ratio"


@dataclass(frozen=True)
class Within(Discounting):
    """No discounting at all, and nothing before a first year (0, 1, …) or after a last one: present
    values are then what there is in those years."""

    first: int = 0
    last: int = 0

    def factors(self, years: int) -> Array:
        """1 in the years that count, and 0 in others."""
        year = np.arange(years)
        return np.asarray(((self.first <= year) & (year <= self.last)).astype(np.float64))

    def at(self, year: int, time: float) -> float:  # noqa: ARG002
        """The same, whatever its time in the year."""
        return float(self.first <= year <= self.last)


@dataclass(frozen=True)
class Question:
    """What is asked of the model, with the value at which the answer turns."""

    name: str
    model: Model
    perspective: Perspective
    threshold: float

    @cached_property
    def key(self) -> Key:
        """What the name asks for, also of a payer that has no part in the model."""
        words = spoken(self.name)
        known = replace(self.model, payers=(*self.model.payers, *words.whose))
        return key_of(words, known) or Key(BALANCE)

    @property
    def is_ratio(self) -> bool:
        """Whether benefits are divided by investment."""
        return self.key.what == OF_RATIO

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
    key = key_of(spoken(name), model)
    if key is None or key.what not in (BALANCE, OF_RATIO) or key.expected or _of_part(key):
        last = model.first_year + model.years - 1
        known = [SOCIETY_, RATIO, *model.payers, *(f"{payer}:hard" for payer in model.payers)]
        known += [f"{payer}:hard@..{last}" for payer in model.payers]
        facts = {"name": name[:80], "nearest": nearest(name, known), "known": ", ".join(known)}
        raise Unusable(Problem("result-unknown", facts=facts))
    if key.what == OF_RATIO and not model.investment:
        raise Unusable(Problem("ratio-without-investment"))
    if key.years:
        model = replace(model, discounting=Within(0.0, "end_of_year", "same", *key.years))
    usual = 1.0 if key.what == OF_RATIO else 0.0
    return Question(name, model, key.perspective, usual if threshold is None else threshold)


def _of_part(key: Key) -> bool:
    """Whether a ratio is asked of a part: there is none but the whole."""
    return key.what == OF_RATIO and bool(key.payer or key.cash or key.years)


def with_ratio(results: Results) -> Results:
    """The same results. Raises `Unusable` with the reason where they have no ratio."""
    codes = {"investment": "ratio-without-investment", "benefits": "ratio-without-benefits"}
    if results.without_ratio:
        raise Unusable(Problem(codes[results.without_ratio]))
    return results
