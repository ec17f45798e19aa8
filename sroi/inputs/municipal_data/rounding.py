"""To what the numbers of a measure are rounded, by all of them; and the band that this leaves.

Counts of people are published in fives: who reads 5 knows that there were two and a half to seven
and a half, and no more. That they are is seen: all are multiples. A measure with few numbers tells
nothing, for a few may be multiples by chance.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sroi.inputs.municipal_data.figures import Figure

STEPS = (1000, 500, 100, 50, 10, 5)
FIVES = (5,)  # in a table of one's own: whole thousands may be a budget
FEWEST = 8  # numbers other than 0; by chance eight would be multiples of five once in 390,625 times
THOUSAND = re.compile(r"(^|\bx )1[ .\u00a0]?000\b|\bduizend\b|\bthousand\b", re.IGNORECASE)
MILLION = re.compile(r"\bmln\b|\bmillion\b|\bmiljoen\b", re.IGNORECASE)
PER_THOUSAND = re.compile(r"^(aantal )?per (1[ .\u00a0]?000|duizend)\b|^0/00$|^‰$", re.IGNORECASE)
PERCENT = re.compile(r"%|\bprocent\b|\bpercent\b", re.IGNORECASE)


class Band(NamedTuple):
    """What a number may have been before it was rounded; both ends are the number if it was not."""

    low: float
    best: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether there is no width."""
        return self.low == self.high

    def times(self, factor: float) -> Band:
        """The same in another unit."""
        return Band(self.low * factor, self.best * factor, self.high * factor)

    def plus(self, other: Band) -> Band:
        """The sum; each may have been rounded the same way."""
        return Band(self.low + other.low, self.best + other.best, self.high + other.high)

    def minus(self, other: Band) -> Band:
        """The difference; never below nothing, for it is a number of people."""
        low, best, high = (self.low - other.high, self.best - other.best, self.high - other.low)
        return Band(max(0.0, low), max(0.0, best), max(0.0, high))

    def over(self, other: Band) -> Band:
        """The ratio of a count and what it is a part of."""
        return Band(self.low / other.high, self.best / other.best, self.high / other.low)


@dataclass
class Grid:
    """What all numbers of a measure have in common. `steps`: to what they may have been rounded."""

    common: int = 0
    count: int = 0
    decimals: int = 0
    steps: tuple[int, ...] = STEPS

    def add(self, found: Figure) -> None:
        """One more number."""
        self.decimals = max(self.decimals, found.decimals)
        if found.value and not found.decimals:
            self.common = math.gcd(self.common, int(found.value))
            self.count += 1

    @property
    def step(self) -> float:
        """To what they are rounded; 0 of whole numbers that are not rounded as far as is seen."""
        if self.decimals:
            return float(10.0**-self.decimals)
        if self.count < FEWEST:
            return 0.0
        return float(next((step for step in self.steps if self.common % step == 0), 0))


def together(grids: Iterable[Grid]) -> float:
    """To what the numbers of several measures are rounded, if all are in the same way."""
    whole = Grid(steps=FIVES)
    for one in grids:
        whole.common = math.gcd(whole.common, one.common)
        whole.count += one.count
    return whole.step


def band(found: Figure, step: float, unit: str) -> Band:
    """A number with what it may have been; of a whole number per 1,000 or in percent half of one
    on either side, and nothing below 0."""
    value = float(found.value or 0.0)
    half = (step or (1.0 if is_share(unit) or factor(unit) > 1 else 0.0)) / 2
    low = value - half if value < 0 else max(0.0, value - half)
    return Band(low, value, value + half)


def factor(unit: str) -> float:
    """By what a number is multiplied to be one of people, euros or a share."""
    if is_share(unit):
        return 0.001 if PER_THOUSAND.search(unit.strip()) else 0.01
    if THOUSAND.search(unit):
        return 1000.0
    return 1_000_000.0 if MILLION.search(unit) else 1.0


def is_share(unit: str) -> bool:
    """Whether a unit says that numbers are parts of something, which do not add up."""
    return bool(PER_THOUSAND.search(unit.strip()) or PERCENT.search(unit))
