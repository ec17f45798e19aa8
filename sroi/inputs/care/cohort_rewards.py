"""What a cohort costs and brings: by cycle in a state, at entry, and at a move."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Discriminator, Field, Tag

from sroi.inputs.quantity.by_cycle import MOST_CYCLES, ByCycle, how_many
from sroi.inputs.quantity.quantity import ANY, Quantity, Within
from sroi.inputs.quantity.sizes import CashClass, Year
from sroi.inputs.text.nouns import Id, Noun, SharesToOne, Text, unsaid
from sroi.inputs.text.numerals import Number, Whole

Cycles = Annotated[Whole, Field(ge=1, le=MOST_CYCLES)]
Worth = Annotated[Quantity, Within(ANY)]
_Worths = Annotated[
    list[Worth], Field(min_length=1, max_length=MOST_CYCLES), AfterValidator(ByCycle)
]
WorthByCycle = Annotated[
    Annotated[Worth, Tag("number")] | Annotated[_Worths, Tag("cycles")], Discriminator(how_many)
]
ByState = dict[Id, WorthByCycle]


class ArmReward(Noun):
    """Where what a cycle in a state brings, or what comes once, differs in another arm."""

    per_cycle: ByState = {}
    once: Worth | None = Field(None, exclude_if=unsaid)


class Reward(Noun):
    """What a cycle in each state brings; `with_programme` where that differs, and `by_arm` where it
    does in another arm.

    `once`: for everybody who comes in, at that moment; `once_with_programme` where that differs.
    `on_move`: for everybody who moves. `first_cycles`: what the programme changes in a cycle lasts
    so many of them.
    """

    id: Id
    what: Text
    per_cycle: ByState = {}
    with_programme: ByState | None = None
    first_cycles: Cycles | None = None
    once: Worth | None = Field(None, exclude_if=unsaid)
    once_with_programme: Worth | None = Field(None, exclude_if=unsaid)
    on_move: dict[Id, ByState] = Field({}, exclude_if=unsaid)
    by_arm: dict[Id, ArmReward] = Field({}, exclude_if=unsaid)


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
