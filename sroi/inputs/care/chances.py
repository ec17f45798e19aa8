"""The chance to move in a cycle: a number, one for each cycle, a distribution of time, or the rest;
and death by age, from a table."""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from sroi.inputs.care.time_to import FORMS, TimeTo
from sroi.inputs.quantity.by_cycle import MOST_CYCLES, ByCycle, how_many
from sroi.inputs.quantity.quantity import Fraction, Size
from sroi.inputs.text.nouns import Id, Noun, Reference, Text, unsaid
from sroi.inputs.text.numerals import Number, Whole

REST = "rest"
MOST_AGES = 150
CERTAIN_DEATH = 50.0  # the yearly hazard of a chance of 1: e^-50 is nothing beside 1


def _how(value: Any) -> str:
    if isinstance(value, TimeTo) or (isinstance(value, dict) and not set(FORMS).isdisjoint(value)):
        return "time"
    return REST if value == REST else how_many(value)


_Listed = Annotated[
    list[Fraction], Field(min_length=1, max_length=MOST_CYCLES), AfterValidator(ByCycle)
]
Chance = Annotated[
    Annotated[Fraction, Tag("number")]
    | Annotated[_Listed, Tag("cycles")]
    | Annotated[TimeTo, Tag("time")]
    | Annotated[Literal["rest"], Tag(REST)],
    Discriminator(_how),
]
Chances = dict[Id, dict[Id, Chance]]
Age = Annotated[Whole, Field(ge=0, le=MOST_AGES)]
Part = Annotated[Number, Field(ge=0, le=1)]
Yearly = Annotated[Number, Field(ge=0, le=CERTAIN_DEATH)]


class Mortality(Noun):
    """Who dies by age: a table of chances or of rates a year, of which a row holds until the next
    age that it has. `hazard_ratio`: of those in a state, against the table; 0 for who cannot die of
    it there. It starts at `start_age`, and everybody grows older with the cohort."""

    to: Id
    start_age: Annotated[Number, Field(ge=0, le=MOST_AGES)]
    chance_by_age: Annotated[dict[Age, Part], Field(max_length=MOST_AGES + 1)] = {}
    rate_by_age: Annotated[
        dict[Age, Yearly], Field(max_length=MOST_AGES + 1, exclude_if=unsaid)
    ] = {}
    hazard_ratio: dict[Id, Size] = Field({}, exclude_if=unsaid)
    because: Text | None = Field(None, exclude_if=unsaid)
    source: Reference | None = Field(None, exclude_if=unsaid)

    @model_validator(mode="after")
    def _one_table(self) -> Mortality:
        if bool(self.chance_by_age) == bool(self.rate_by_age):
            raise PydanticCustomError("mortality-form", "")
        return self

    @property
    def table(self) -> dict[int, float]:
        """The yearly hazard by age: of a chance q it is -ln(1 - q)."""
        if self.rate_by_age:
            return dict(self.rate_by_age)
        return {
            age: -math.log1p(-chance) if chance < 1 else CERTAIN_DEATH
            for age, chance in self.chance_by_age.items()
        }

    def hazards(self, cycles: int, cycles_per_year: int) -> list[float]:
        """The yearly hazard in each cycle: that of the age at its start."""
        table = self.table
        ages = sorted(table)
        own = (self.start_age + cycle / cycles_per_year for cycle in range(cycles))
        return [table[ages[max(bisect_right(ages, age + 1e-9) - 1, 0)]] for age in own]
