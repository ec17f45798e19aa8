"""The draws of a portfolio in fixed cuts: how they are cut depends on how many there are, and on
nothing else, so that sums over cuts in their order are the same whoever reckons which of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.model.portfolio.shared import Draws
from sroi.model.uncertain.sampling import REPLICATES, points

Array = NDArray[np.float64]
LARGEST = 1 << 14


@dataclass(frozen=True)
class Cut:
    """Some of the draws of one independent part: from `start` up to `stop` in that part, and from
    `first` on among all draws."""

    number: int
    part: int
    start: int
    stop: int
    first: int

    @property
    def size(self) -> int:
        """How many draws."""
        return self.stop - self.start

    @property
    def place(self) -> slice:
        """Where they are among all draws."""
        return slice(self.first, self.first + self.size)


def cuts_of(draws: Draws) -> tuple[Cut, ...]:
    """All draws, in their order."""
    starts = [(part, n) for part in range(REPLICATES) for n in range(0, draws.size, LARGEST)]
    return tuple(
        Cut(number, part, start, min(start + LARGEST, draws.size), part * draws.size + start)
        for number, (part, start) in enumerate(starts)
    )


def points_in(draws: Draws, cut: Cut, taken: Sequence[int]) -> Array:
    """The points of a cut (dimension, draw), of the dimensions that are `taken`."""
    part = range(cut.start, cut.stop)
    return points(draws.method, draws.seed, cut.part, draws.size, draws.dimensions, taken, part)
