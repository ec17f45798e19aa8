"""A cohort in cycles: chances per cycle, as academics publish. The equations stand in
`model/care/cohort.py`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sroi.inputs.quantity.counted import Stick, sticks
from sroi.inputs.quantity.quantity import ANY, Fraction, Quantity, Size, Within
from sroi.inputs.quantity.sizes import CashClass, Count, Year
from sroi.inputs.text.nouns import Id, Noun, SharesToOne, Text, unsaid
from sroi.inputs.text.numerals import Number, Whole

MOST_STATES, MOST_CYCLES = 12, 400
Worth = Annotated[Quantity, Within(ANY)]
ByState = dict[Id, Worth]
Cycles = Annotated[Whole, Field(ge=1, le=MOST_CYCLES)]


class State(Noun):
    """Where a person can be."""

    id: Id
    what: Text


class Reward(Noun):
    """What a cycle in each state brings; `with_programme` where that differs.

    `first_cycles`: what the programme changes only lasts so many cycles.
    """

    id: Id
    what: Text
    per_cycle: ByState = {}
    with_programme: ByState | None = None
    first_cycles: Cycles | None = None


class CohortCost(Reward):
    """A reward in euros, with who pays it."""

    payers: Annotated[dict[Id, Number], SharesToOne]
    cash: CashClass = "soft"
    price_year: Year | None = None
    index: Id | None = Field(None, exclude_if=unsaid)


class CohortEffect(Reward):
    """A reward in its own unit, such as a life-year, with its own discount rate per year.

    It may be left out only where the cohort lasts a year at most; effects then count as they are.
    """

    unit: Text
    discount_rate: Annotated[Number, Field(ge=0, le=0.5)] | None = None


class Treatment(Noun):
    """Moves whose chance the programme multiplies, and in how many of the first cycles."""

    relative_risk: Size
    on: dict[Id, list[Id]]
    first_cycles: Cycles | None = None


class Cohort(Noun):
    """People in states, with and without the programme, in equal cycles of a year or a part of it.

    `moves`: chances per cycle of those who move; `counts`: people that were followed for a cycle,
    and `because` who they were. Who does not move stays.
    """

    id: Id
    what: Text
    stakeholder: Id
    states: Annotated[list[State], Field(min_length=2, max_length=MOST_STATES)]
    start: dict[Id, Size]
    inflow: dict[Id, Size] = {}
    cycles: Cycles
    cycles_per_year: Annotated[Whole, Field(ge=1, le=52)] = 1
    moves: dict[Id, dict[Id, Fraction]] = {}
    counts: dict[Id, dict[Id, Count]] = {}
    because: Text | None = None
    programme: Treatment | None = None
    counting: Literal["start", "end", "half_cycle"] = "half_cycle"
    costs: Annotated[list[CohortCost], Field(max_length=20)] = []
    effects: Annotated[list[CohortEffect], Field(max_length=20)] = []

    def sticks(self, state: str) -> dict[str, Stick]:
        """The uncertain chances of a state, as independent sticks."""
        return dict(sticks(self.counts.get(state, {}), self.because))
