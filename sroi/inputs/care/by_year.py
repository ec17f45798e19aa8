"""Amounts of a ladder that may differ by year: new people, and the rates at which people move."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from sroi.inputs.quantity.quantity import Quantity, Size, Within, YearlyRate
from sroi.inputs.text.nouns import Noun

GROWTH = (-0.5, 0.5)
MOST_YEARS = 100


class Growing(Noun):
    """New people in the first year, and by how much more than the year before they come later."""

    start: Size
    growth: Annotated[Quantity, Within(GROWTH)]


def _how(value: Any) -> str:
    if isinstance(value, list):
        return "years"
    growing = isinstance(value, Growing) or (
        isinstance(value, dict) and not {"start", "growth"}.isdisjoint(value)
    )
    return "growing" if growing else "number"


_Sizes = Annotated[list[Size], Field(min_length=1, max_length=MOST_YEARS)]
_Rates = Annotated[list[YearlyRate], Field(min_length=1, max_length=MOST_YEARS)]
Inflow = Annotated[
    Annotated[Size, Tag("number")]
    | Annotated[_Sizes, Tag("years")]
    | Annotated[Growing, Tag("growing")],
    Discriminator(_how),
]
Rate = Annotated[
    Annotated[YearlyRate, Tag("number")] | Annotated[_Rates, Tag("years")],
    Discriminator(lambda value: "years" if isinstance(value, list) else "number"),
]


def sizes(amount: Quantity | list[Quantity] | Growing) -> list[Quantity]:
    """The quantities that it consists of, but for growth."""
    if isinstance(amount, Growing):
        return [amount.start]
    return amount if isinstance(amount, list) else [amount]
