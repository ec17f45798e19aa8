"""A cohort in cycles: chances per cycle, as academics publish. The equations stand in
`model/care/cohort.py`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sroi.inputs.care.chances import Chances, Mortality
from sroi.inputs.care.cohort_rewards import CohortCost, CohortEffect, Cycles
from sroi.inputs.quantity.by_cycle import MOST_CYCLES
from sroi.inputs.quantity.counted import Stick, sticks
from sroi.inputs.quantity.quantity import Quantity, Size
from sroi.inputs.quantity.sizes import Count
from sroi.inputs.text.nouns import Id, Noun, Text, unsaid
from sroi.inputs.text.numerals import Number, Whole

MOST_STATES, MOST_ARMS = 12, 8
Counting = Literal["start", "end", "half_cycle", "trapezoid", "simpson", "weights"]
Competing = Literal["added", "mortality_first", "hazards"]
BY_MOMENT: tuple[Counting, ...] = ("trapezoid", "simpson", "weights")


class State(Noun):
    """Where a person can be."""

    id: Id
    what: Text


class ArmChange(Noun):
    """What an arm changes: moves whose chance it changes, × a relative risk or 1 - (1 -
    chance)^hazard ratio, in the first cycles or in all; rows of chances in the place of those of
    the cohort; and who starts. Death by age is a move too."""

    relative_risk: Size | None = Field(None, exclude_if=unsaid)
    hazard_ratio: Size | None = Field(None, exclude_if=unsaid)
    on: dict[Id, list[Id]] = {}
    first_cycles: Cycles | None = None
    start: dict[Id, Size] = Field({}, exclude_if=unsaid)
    moves: Chances = Field({}, exclude_if=unsaid)

    @model_validator(mode="after")
    def _one_ratio(self) -> ArmChange:
        ratios = [x for x in (self.relative_risk, self.hazard_ratio) if x is not None]
        if len(ratios) > 1 or (not ratios and (self.on or not self._may_have_none)):
            raise PydanticCustomError("treatment-form", "")
        return self

    @property
    def _may_have_none(self) -> bool:
        """Whether something else is said than a ratio."""
        return bool(self.start or self.moves)

    @property
    def ratio(self) -> Quantity | None:
        """What it multiplies by, either way."""
        return self.hazard_ratio if self.relative_risk is None else self.relative_risk


class Treatment(ArmChange):
    """The programme, and what it is called where that says more than that it is the programme."""

    what: Text | None = Field(None, exclude_if=unsaid)


class OtherArm(ArmChange):
    """One more arm, beside usual care and the programme: compared, and no part of any euro of the
    scenario."""

    id: Id
    what: Text

    @property
    def _may_have_none(self) -> bool:
        """It may differ only in what it costs or brings."""
        return True


class Cohort(Noun):
    """People in states, with and without the programme, in equal cycles of a year or a part of it.

    `moves`: chances per cycle of those who move; `counts`: people that were followed for a cycle,
    and `because` who they were. Who does not move stays. `competing`: how chances of a state and
    death by age hold together: as they are, of those who do not die, or as hazards. `weights`: what
    each moment counts for, from the start to the end of the last cycle. `discounted`: costs by
    cycle and not by year, the first cycle with `first_exponent` (in cycles).
    """

    id: Id
    what: Text
    stakeholder: Id
    states: Annotated[list[State], Field(min_length=2, max_length=MOST_STATES)]
    start: dict[Id, Size]
    inflow: dict[Id, Size] = {}
    cycles: Cycles
    cycles_per_year: Annotated[Whole, Field(ge=1, le=52)] = 1
    moves: Chances = {}
    counts: dict[Id, dict[Id, Count]] = {}
    because: Text | None = None
    mortality: Mortality | None = Field(None, exclude_if=unsaid)
    competing: Competing | None = Field(None, exclude_if=unsaid)
    programme: Treatment | None = None
    arms: Annotated[list[OtherArm], Field(max_length=MOST_ARMS, exclude_if=unsaid)] = []
    counting: Counting = "half_cycle"
    weights: Annotated[list[Number], Field(max_length=MOST_CYCLES + 1, exclude_if=unsaid)] = []
    discounted: Literal["by_cycle"] | None = Field(None, exclude_if=unsaid)
    first_exponent: Annotated[Number, Field(ge=0, le=1)] | None = Field(None, exclude_if=unsaid)
    costs: Annotated[list[CohortCost], Field(max_length=20)] = []
    effects: Annotated[list[CohortEffect], Field(max_length=20)] = []

    def sticks(self, state: str) -> dict[str, Stick]:
        """The uncertain chances of a state, as independent sticks."""
        return dict(sticks(self.counts.get(state, {}), self.because))
