"""From the prices of one year to those of another."""

from __future__ import annotations

from collections.abc import Mapping


def factor(factors: Mapping[int, float], from_year: int, to_year: int) -> float:
    """What one euro of `from_year` is in euros of `to_year`.

    `factors` give, for each year, what one euro of it is in the base year of the series; so any
    chain of years gives the same, and there and back is 1.
    """
    return factors[from_year] / factors[to_year] if from_year != to_year else 1.0
