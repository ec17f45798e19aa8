"""A contract that pays for results: how much for each, at least and at the most; and by when the
payer wants its money back."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sroi.inputs.quantity.sizes import Count, Positive, Year
from sroi.inputs.text.nouns import Id, Noun, Text


class PaidResult(Noun):
    """An `amount` in euros for every unit of an activity or an outcome (`of`), over all years of
    the contract: never less than `floor` and never more than `cap`."""

    id: Id
    what: Text
    of: Id
    amount: Positive
    floor: Count | None = None
    cap: Count | None = None

    @model_validator(mode="after")
    def _in_order(self) -> PaidResult:
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            raise PydanticCustomError("floor-above-cap", "")
        return self


class ResultsContract(Noun):
    """What a `payer` agreed: `back_by`, the year at whose end its hard money is back; and what it
    pays for results."""

    payer: Id
    back_by: Year | None = None
    results: Annotated[list[PaidResult], Field(max_length=20)] = []
