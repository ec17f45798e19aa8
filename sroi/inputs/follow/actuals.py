"""What happened: rows of a period, of something in the scenario, with how that is known."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from sroi.inputs.follow.period import When
from sroi.inputs.quantity.forms import Z95, Normal
from sroi.inputs.quantity.sizes import Year
from sroi.inputs.text.nouns import Id, Noun, Text
from sroi.inputs.text.numerals import Number, YesNo

MOST_ROWS = 5_000
Known = Literal["booked", "counted", "measured", "estimated"]
SIGN = re.compile("[0-9a-f]{64}")


def _sign(text: Any) -> str:
    if not isinstance(text, str) or not SIGN.fullmatch(text):
        raise PydanticCustomError("follow-fingerprint-form", "", {"found": str(text)[:80]})
    return text


Fingerprint = Annotated[str, BeforeValidator(_sign)]
Words = Annotated[str, Field(min_length=1, max_length=200)]


class Actual(Noun):
    """One row.

    `what`: a path of the scenario. `amount`: of a count, money or price; with `of` it is how many
    of these. `low` and `high` (5th and 95th percentile), `sd` or `normal`: the band of what was
    measured; or it stands in `measurement`, a file by `sroi measure --json`. `price_year`: of which
    year the prices are, if not those of the period. `correction`: it replaces an earlier row.
    """

    period: When
    what: Words
    payer: Id | None = None
    amount: Number | None = None
    of: Annotated[Number, Field(gt=0)] | None = None
    low: Number | None = None
    high: Number | None = None
    sd: Annotated[Number, Field(gt=0)] | None = None
    normal: Normal | None = None
    measurement: Words | None = None
    comparison: Literal["none", "group"] | None = None
    known: Known
    price_year: Year | None = None
    correction: YesNo = False
    source: Words
    note: Annotated[str, Field(max_length=500)] | None = None

    @model_validator(mode="after")
    def _one_size(self) -> Actual:
        """One amount, and at the most one band around it."""
        sizes = [self.amount is not None, self.normal is not None, self.measurement is not None]
        bands = [self.of is not None, self.sd is not None, self.low is not None]
        if sum(sizes) != 1 or sum(bands) > 1 or (sum(bands) and self.amount is None):
            raise PydanticCustomError("follow-amount-form", "")
        if (self.low is None) != (self.high is None):
            raise PydanticCustomError("follow-amount-form", "")
        if self.low is not None and not self.low < self.high:  # type: ignore[operator]
            raise PydanticCustomError("follow-band-order", "")
        return self

    @property
    def size(self) -> float:
        """What was found; of some out of many the share. Not of a measurement in a file."""
        if self.normal is not None:
            return self.normal.centre
        return (self.amount or 0.0) / (self.of or 1.0)

    @property
    def money_of(self) -> int:
        """The year whose prices an amount is in: as stated, or its own."""
        return self.price_year or self.period.year

    @property
    def spread(self) -> float | None:
        """Standard deviation of what was measured, where a band is stated."""
        if self.normal is not None:
            return self.normal.spread
        if self.low is not None and self.high is not None:
            return (self.high - self.low) / (2 * Z95)
        return self.sd


class Actuals(Noun):
    """One table. `scenario` and `fingerprint`: of the scenario that it was written for. `until`:
    the last period that is over. `simulated`: nothing in it happened."""

    scenario: Id
    fingerprint: Fingerprint | None = None
    until: When
    title: Text | None = None
    simulated: YesNo = False
    rows: Annotated[list[Actual], Field(min_length=1, max_length=MOST_ROWS)]
