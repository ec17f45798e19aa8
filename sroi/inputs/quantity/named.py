"""A quantity with a name: one number, wherever it is used; and how a number by year may differ."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sroi.inputs.quantity.quantity import FORMS, Quantity
from sroi.inputs.text.nouns import Id, Text

# whether the ranges of a list by year are drawn together (all low, or all high) or each by itself
Years = Literal["together", "apart"]


class Named(Quantity):
    """A quantity that others follow from, with its unit; one for all years or one for each."""

    forms: ClassVar[tuple[str, ...]] = (*FORMS, "by_year")
    id: Id
    what: Text
    unit: Text | None = None
    by_year: Annotated[list[Quantity], Field(min_length=1, max_length=100)] | None = None
    years: Years | None = None

    @property
    def uncertain(self) -> bool:
        """Whether any year is."""
        if self.by_year:
            return any(size.uncertain for size in self.by_year)
        return super().uncertain

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Of the lowest and the highest year."""
        if self.by_year:
            ends = [size.reach for size in self.by_year]
            return min(low for low, _ in ends), max(high for _, high in ends)
        return super().bounds


class ByYear(Quantity):
    """The years of a list that are drawn together; its value is their mean.

    It is no form of a file: it stands for a list of which some numbers are uncertain.
    """

    forms: ClassVar[tuple[str, ...]] = ("sizes",)
    sizes: Annotated[list[Quantity], Field(min_length=1)]

    @property
    def uncertain(self) -> bool:
        """Years that are certain are not drawn together."""
        return True

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Mean of the lowest and of the highest of every year."""
        ends = [size.reach for size in self.sizes]
        return sum(low for low, _ in ends) / len(ends), sum(high for _, high in ends) / len(ends)
