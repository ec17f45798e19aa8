"""What was measured of an effect: with which instrument, in how many people, against what."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sroi.inputs.text.nouns import Noun, Reference, Text
from sroi.inputs.text.numerals import Whole

People = Annotated[Whole, Field(ge=0, le=10_000_000)]


class Measured(Noun):
    """A measurement before and after: `invited` people, of whom the others say how it changed.

    `comparison`: what the change was held against. `corrected`: what was done about people who
    start low and would have moved towards the middle anyway (regression to the mean).
    """

    instrument: Text
    invited: People
    improved: People
    same: People
    worse: People
    comparison: Literal["none", "group"] = "none"
    corrected: Text | None = None
    source: Reference | None = None

    @model_validator(mode="after")
    def _counted(self) -> Measured:
        if self.answered == 0:
            raise PydanticCustomError("counts-of-nobody", "")
        if self.answered > self.invited:
            facts = {"answered": self.answered, "invited": self.invited}
            raise PydanticCustomError("measured-above-invited", "", facts)
        return self

    @property
    def answered(self) -> int:
        """People measured both before and after."""
        return self.improved + self.same + self.worse

    @property
    def response(self) -> float | None:
        """Share of those invited who were measured both times (0–1)."""
        return self.answered / self.invited if self.invited else None
