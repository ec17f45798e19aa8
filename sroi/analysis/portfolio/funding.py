"""What to fund under a budget: which rows together, by what one wants to have as much as possible.

    expected   the expected net present value of what is chosen
    worst      the mean of its worst tenth over the draws (conditional value at risk)
    chance     the chance that it is above zero

Each is a linear programme with a yes or no for every row. With s the draws, G their net present
value by row, α = 0.1 and a free t, the mean of the worst tenth is the highest

    t - Σ_s u_s ÷ (α S)    with  u_s ≥ t - Σ_i G_si x_i,  u_s ≥ 0

Source: Rockafellar & Uryasev (2000), Journal of Risk 2(3). The chance has a yes or no for every
draw. Beside them the greedy order: the most per euro first, while there is money left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from sroi.inputs.portfolio.portfolio import Budget, Choose

Array = NDArray[np.float64]
WORST = 0.1
GAP, NODES = 1e-4, 2_000  # how near the best it must come, and how long it may be looked for
MOST_NUMBERS, MOST_DRAWS, MOST_CHANCES = 60_000, 512, 256
LEAST, ABOVE = 1e-9, 1e-3  # of what rows are worth: what the solver takes for above zero
Solved = tuple[list[int], float | None]


@dataclass(frozen=True)
class Choice:
    """Rows that are funded together, what they cost the payer (in the dearest year, or over all),
    and what they come to on the draws.

    `gap`: how much better another choice might be at the most, as a share; None where nothing says.
    """

    rows: tuple[int, ...]
    cost: float
    expected: float
    chance: float
    worst: float
    gap: float | None = None


@dataclass(frozen=True)
class Funding:
    """The best choices by each of the three, and the greedy one. `euro`: by how much the expected
    value rises with one more euro of budget (in every year), where rows could be funded in part."""

    budget: Budget
    best: dict[Choose, Choice]
    greedy: Choice
    euro: float

    @property
    def chosen(self) -> Choice:
        """The one that was asked for."""
        return self.best[self.budget.choose]


def funding(budget: Budget, expected: Array, together: Array, costs: Array) -> Funding:
    """What to fund. `expected` (row), `together` (row, draw) net present values for society;
    `costs` (row, year) of the payer, expected."""
    asked = _Asked(budget, expected, together, costs if budget.per == "year" else _summed(costs))
    greedy = asked.told(asked.greedy(), None)
    found = {name: asked.told(*solve()) for name, solve in asked.ways.items()}
    best: dict[Choose, Choice] = {
        name: max([found[name], *found.values(), greedy], key=lambda one: getattr(one, name))
        for name in found
    }
    return Funding(budget, best, greedy, asked.euro())


def worst_tenth(amounts: Array) -> float:
    """The mean of the lowest tenth of some draws, the last of them in part."""
    ordered, size = np.sort(amounts), WORST * len(amounts)
    whole = int(size)
    part = (size - whole) * ordered[whole] if whole < len(ordered) else 0.0
    return float((ordered[:whole].sum() + part) / size)


def _summed(costs: Array) -> Array:
    return np.asarray(costs.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class _Asked:
    """The budget with what each row is worth (row, draw) and costs (row, year or 1)."""

    budget: Budget
    expected: Array
    together: Array
    costs: Array

    @property
    def ways(self) -> dict[Choose, Callable[[], Solved]]:
        """How each of the three is found."""
        return {"expected": self.by_expected, "worst": self.by_worst, "chance": self.by_chance}

    def told(self, rows: Sequence[int], gap: float | None) -> Choice:
        """What a choice comes to."""
        chosen = list(rows)
        total = self.together[chosen].sum(axis=0)
        return Choice(
            tuple(chosen),
            float(self.costs[chosen].sum(axis=0).max(initial=0.0)),
            float(self.expected[chosen].sum()),
            float((total > 0).mean()),
            worst_tenth(total),
            gap,
        )

    def greedy(self) -> list[int]:
        """The most per euro first, as long as it fits and gains something."""
        dearest = self.costs.max(axis=1)
        per_euro = self.expected / np.maximum(dearest, LEAST)
        left, chosen = np.full(self.costs.shape[1], self.budget.at_most), list[int]()
        for row in np.argsort(-per_euro, kind="stable"):
            if self.expected[row] > 0 and (self.costs[row] <= left).all():
                chosen.append(int(row))
                left = left - self.costs[row]
        return sorted(chosen)

    def by_expected(self) -> Solved:
        """Σ of what is expected."""
        return self._solved(-self.expected, np.empty((0, 0)), np.empty(0), len(self.expected))

    def by_worst(self) -> Solved:
        """Columns: the rows, t, and u of every draw."""
        gains = self._some(MOST_DRAWS)
        rows, draws = gains.shape
        aims = np.concatenate([np.zeros(rows), [-1.0], np.full(draws, 1 / (WORST * draws))])
        lowest = sparse.csr_array(-np.ones((draws, 1)))
        below = sparse.hstack([sparse.csr_array(gains.T), lowest, sparse.eye_array(draws)])
        return self._solved(aims, below, np.zeros(draws), rows, rows)

    def by_chance(self) -> Solved:
        """Columns: the rows, and for every draw whether the total gains; of choices that are alike
        the one of which more is expected."""
        gains = self._some(MOST_CHANCES)
        rows, draws = gains.shape
        largest = np.abs(self.expected).sum() or 1.0
        aims = np.concatenate([-self.expected / largest / (2 * draws), np.full(draws, -1 / draws)])
        most_lost = np.minimum(gains, 0).sum(axis=0)
        below = sparse.hstack([sparse.csr_array(gains.T), sparse.diags_array(most_lost - ABOVE)])
        return self._solved(aims, below, most_lost, rows + draws)

    def euro(self) -> float:
        """The price of the budget where rows may be funded in part."""
        limits = np.full(self.costs.shape[1], self.budget.at_most)
        found = optimize.linprog(-self.expected, self.costs.T, limits, bounds=(0, 1))
        return float(-found.ineqlin.marginals.sum()) + 0.0

    def _some(self, most: int) -> Array:
        """Some of the draws, as many of each independent part; fewer where there are many rows. In
        what rows are worth on average, as a solver wants numbers that are neither large nor small.
        """
        most = max(1, min(most, MOST_NUMBERS // len(self.expected)))
        every = -(-self.together.shape[1] // most)
        return self.together[:, ::every] / (np.abs(self.together).mean() or 1.0)

    def _solved(
        self, aims: Array, below: Any, least: Array, yes_or_no: int, free: int | None = None
    ) -> Solved:
        """The rows that are chosen; `below` · x ≥ `least`, and the budget holds in every year."""
        rows, columns = len(self.expected), len(aims)
        paid = np.zeros((self.costs.shape[1], columns))
        paid[:, :rows] = self.costs.T
        rules = [optimize.LinearConstraint(paid, ub=self.budget.at_most)]
        if len(least):
            rules.append(optimize.LinearConstraint(below, lb=least))
        whole = np.zeros(columns, dtype=np.int8)
        whole[:yes_or_no] = 1
        low, high = np.zeros(columns), np.full(columns, np.inf)
        high[:yes_or_no] = 1
        if free is not None:
            low[free] = -np.inf
        found = optimize.milp(
            aims, integrality=whole, bounds=optimize.Bounds(low, high), constraints=rules,
            options={"mip_rel_gap": GAP, "node_limit": NODES},
        )  # fmt: skip
        if found.x is None:
            return [], None
        return [int(row) for row in np.flatnonzero(found.x[:rows] > 0.5)], found.mip_gap
