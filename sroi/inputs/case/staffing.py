"""Staffing: the fte, hours and rate behind an amount, so that a controller can recompute it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sroi.inputs.text.nouns import Noun
from sroi.inputs.text.numerals import Number


class Staffing(Noun):
    """`fte` × `hours` each × `hourly_rate` × (1 + `overhead`) = euros a year.

    `hours`: hours that one fte works in a year. `overhead`: share on top of the rate (0–1), 0 where
    the rate holds it already.
    """

    fte: Annotated[Number, Field(ge=0, le=100_000)]
    hours: Annotated[Number, Field(gt=0, le=3_000)]
    hourly_rate: Annotated[Number, Field(ge=0, le=10_000)]
    overhead: Annotated[Number, Field(ge=0, le=5)] = 0.0

    @property
    def per_year(self) -> float:
        """Euros a year."""
        return self.fte * self.hours * self.hourly_rate * (1 + self.overhead)
