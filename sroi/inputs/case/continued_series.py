"""A price series that a scenario continues itself: the rise of each year past the last figure."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import ConfigDict, Field, ValidationError, model_validator

from sroi.inputs.text.nouns import Noun, Reference, Text, unsaid
from sroi.inputs.text.numerals import Number

YEAR = re.compile("(19|20|21)[0-9]{2}")
MOST_SERIES = 20

Rise = Annotated[Number, Field(ge=-0.2, le=0.5)]


class ContinuedSeries(Noun):
    """`{2026: 3.1%, 2027: 2.4%, because: …, source: …}`: by how much prices rise from the year
    before to each year, and on what that rests."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Rise]

    because: Text
    source: Reference | None = Field(None, exclude_if=unsaid)

    @model_validator(mode="before")
    @classmethod
    def _years(cls, value: Any) -> Any:
        """What is neither a year nor a field is told where it stands."""
        keys = value if isinstance(value, dict) else {}
        odd = [key for key in keys if key not in cls.model_fields and not YEAR.fullmatch(key)]
        if odd:
            raise ValidationError.from_exception_data(
                cls.__name__,
                [{"type": "extra_forbidden", "loc": (key,), "input": value[key]} for key in odd],
            )
        return value

    @property
    def rises(self) -> dict[int, float]:
        """The rise of each year, in the order of the years."""
        return {int(year): rise for year, rise in sorted((self.model_extra or {}).items())}
