"""Counts of neighbourhoods by quarter, and which of them a pilot had when.

Axes: (part, neighbourhood, quarter), where a part is a tier of care, or (neighbourhood, quarter). A
count is known or lies between bounds: what a register does not show is one to four people and
never nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
NEVER = -1  # the start of a neighbourhood without pilot


@dataclass(frozen=True)
class Panel:
    """Events, and who could have them.

    `low`, `high` (part, neighbourhood, quarter): the count, or between what it lies. `at_risk` of
    the same shape: person-quarters. `start` (neighbourhood): the quarter, from 0, in which its
    pilot began, or `NEVER`. `left_out` (quarter): quarters that count for nothing.
    """

    low: Array
    high: Array
    at_risk: Array
    start: Whole
    left_out: NDArray[np.bool_]

    @property
    def quarters(self) -> int:
        """How many quarters there are."""
        return int(self.low.shape[2])

    @property
    def pilot(self) -> NDArray[np.bool_]:
        """Which neighbourhoods had the pilot."""
        return np.asarray(self.start != NEVER)

    @property
    def hidden(self) -> NDArray[np.bool_]:
        """Which counts are only known to lie between bounds."""
        return np.asarray(self.high > self.low)

    def middle(self) -> Array:
        """The counts, and the middle of what they may be."""
        return np.asarray((self.low + self.high) / 2)

    def until(self, quarter: int) -> Panel:
        """Only the quarters before one."""
        cut = (self.low[..., :quarter], self.high[..., :quarter], self.at_risk[..., :quarter])
        return Panel(*cut, self.start, self.left_out[:quarter])


def treated(start: Whole, quarters: int, growing: int) -> Array:
    """1 where an effect is at work, (effect, neighbourhood, quarter).

    The first is that at full strength; one more for each of the first `growing` quarters since the
    start, which count by themselves.
    """
    since = np.arange(quarters) - start[..., None]
    since = np.where(start[..., None] == NEVER, -1, since)
    full = since >= growing
    first = [since == number for number in range(growing)]
    return np.asarray(np.stack([full, *first], axis=-3), dtype=np.float64)


def expected(panel: Panel, counts: Array) -> Array:
    """Events (part, neighbourhood, quarter) at the rates of the whole city, by part.

    Indirect standardisation: a neighbourhood with more people in a tier that is often left expects
    more of them to move (Breslow & Day 1987, Statistical Methods in Cancer Research II, ch. 2).
    """
    total, people = counts.sum(axis=(1, 2)), panel.at_risk.sum(axis=(1, 2))
    rate = np.divide(total, people, out=np.zeros_like(total), where=people > 0)
    return np.asarray(panel.at_risk * rate[:, None, None])
