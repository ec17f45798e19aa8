"""Where people go, as counted: how many of those who leave a tier or a state go where.

A row of counts is a Dirichlet distribution over the places, written as independent sticks: the
share that goes to the first place, that goes to the second of those who did not go to the first,
and so on. Each stick is a beta, so that every draw of the row adds up to 1. Source: Devroye (1986),
Non-Uniform Random Variate Generation, chapter XI.4; Briggs, Claxton & Sculpher, Decision Modelling
for Health Economic Evaluation, chapter 4. No prior is added to the counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.text.nouns import Text


class Stick(Quantity):
    """`count` of those who did not go to an earlier place; `later` go on to a later one."""

    forms: ClassVar[tuple[str, ...]] = ("count",)
    count: float
    later: float
    total: float

    @property
    def uncertain(self) -> bool:
        """Whether there is another place to go."""
        return self.later > 0

    @property
    def bounds(self) -> tuple[float, float]:
        """It is a share."""
        return (0.0, 1.0)


def sticks(row: dict[str, float], because: Text | None) -> Iterator[tuple[str, Stick]]:
    """The sticks of a row of counts, in its order; who was never seen to go somewhere does not.

    `because`: where the counts come from.
    """
    counted = {place: count for place, count in row.items() if count > 0}
    total = later = sum(counted.values())
    for place, count in counted.items():
        later -= count
        if later > 0:
            yield place, Stick(count=count, later=later, total=total, because=because)
