"""A number for each cycle of a cohort; the last of them holds for all cycles that follow."""

from __future__ import annotations

from typing import Any

MOST_CYCLES = 400


class ByCycle(list[Any]):
    """A list that is counted in cycles (1, 2, …) and not in years."""


def how_many(value: Any) -> str:
    """Whether a field holds a number, or one for each cycle: the tag of its union."""
    return "cycles" if isinstance(value, list) else "number"


def cycles_of(value: Any) -> list[Any]:
    """The numbers that a field holds, in the order of the cycles."""
    return value if isinstance(value, list) else [value]
