"""Enabling conditions: who must move along, how critical that is, and how likely."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from sroi.inputs.quantity.quantity import FORMS, FRACTION, Fraction, Quantity, Within
from sroi.inputs.text.nouns import Id, Noun, Text
from sroi.inputs.text.numerals import Number


class MovesAlong(Quantity):
    """Whether somebody moves along: the chance of it; or to what degree, between 0 and 1."""

    forms: ClassVar[tuple[str, ...]] = (*FORMS, "chance")
    chance: Annotated[Number, Field(ge=0, le=1)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"chance": value}

    @property
    def uncertain(self) -> bool:
        """A chance of 0 or 1 is certain."""
        return 0 < self.chance < 1 if self.chance is not None else super().uncertain

    @property
    def bounds(self) -> tuple[float, float] | None:
        """It happens or it does not."""
        return (0.0, 1.0) if self.chance is not None else super().bounds


class EnablingCondition(Noun):
    """Somebody who must move along; `criticality` 1 is necessary, 0 makes no difference."""

    id: Id
    what: Text
    who: Text
    action: Text | None = None
    criticality: Fraction
    moves_along: Annotated[MovesAlong, Within(FRACTION)]
