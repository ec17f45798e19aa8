"""Which draws the models of a portfolio share: one draw is one state of the world for all of them.

Models of one scenario share a quantity by its path. Models of different scenarios share a price of
the library, where it has the same distribution in both and moves together with nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.model.lines.model import Model
from sroi.model.uncertain.distributions import Distribution
from sroi.model.uncertain.sampling import REPLICATES, draws_used

PRICES = "proxies."


@dataclass(frozen=True)
class Draws:
    """How many draws, from which points: `dimensions` of them, for all models together."""

    method: str
    seed: int
    total: int
    dimensions: int

    @property
    def size(self) -> int:
        """Draws in each of the independent parts."""
        return self.total // REPLICATES


def draws_for(method: str, seed: int, draws: int, dimensions: int) -> Draws:
    """As many draws as the method makes of so many."""
    return Draws(method, seed, draws_used(method, draws), dimensions)


def dimensions(models: Sequence[tuple[str, Model]]) -> list[list[int]]:
    """For every model, with the name of its scenario, which dimension each of its uncertain
    quantities takes. A single model takes them in the order of its own run."""
    own: dict[tuple[str, str], int] = {}
    prices: list[tuple[str, Distribution, int]] = []
    taken, count = list[list[int]](), 0
    for scenario, model in models:
        alone, numbers = _alone(model), list[int]()
        for path, row in model.quantities.rows.items():
            number = own.get((scenario, path))
            price = path.startswith(PRICES) and row in alone
            one = model.quantities.distributions[path]
            if number is None and price:
                number = next((n for p, d, n in prices if p == path and d == one), None)
            if number is None:
                number, count = count, count + 1
            own[scenario, path] = number
            if price:
                prices.append((path, one, number))
            numbers.append(number)
        taken.append(numbers)
    return taken


def how_many(taken: Sequence[Sequence[int]]) -> int:
    """The number of dimensions that are taken by any model."""
    return 1 + max((number for numbers in taken for number in numbers), default=-1)


def _alone(model: Model) -> set[int]:
    """The rows of quantities that move together with no other."""
    quantities = model.quantities
    return set(quantities.rows.values()) - set(quantities.copula.rows)
