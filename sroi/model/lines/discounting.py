"""Present value: what an amount of a later year is worth at the start of the first year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
OFFSETS = {"start_of_year": 0.0, "mid_year": 0.5, "end_of_year": 1.0}


@dataclass(frozen=True)
class Discounting:
    """A yearly rate, when in the year the flows fall, and whether investment is discounted."""

    rate: float
    timing: str
    investment: str = "same"

    def factors(self, years: int) -> Array:
        """1/(1 + r)^(y + offset) for y = 0 … years - 1; offset 0, ½ or 1 by the timing.

        Source: A Guide to Social Return on Investment (2012), stage 5, for the end of the year;
        the start of the year as in the Dutch guideline for economic evaluations (2024), §2.6.1.2.
        """
        return np.asarray((1 + self.rate) ** -(np.arange(years) + OFFSETS[self.timing]))

    def at(self, year: int, time: float) -> float:  # noqa: ARG002
        """1/(1 + r)^time of an amount that falls at a time of its own (in years) in a year."""
        return float((1 + self.rate) ** -time)

    def investment_factors(self, years: int) -> Array:
        """The same factors, or 1 where the regime leaves investment as it is."""
        return np.ones(years) if self.investment == "undiscounted" else self.factors(years)
