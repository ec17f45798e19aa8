"""A period: a year, or a quarter of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

QUARTERS = (1, 2, 3, 4)
YEAR = r"(?P<year>(?:19|20)\d\d)"
QUARTER = r"(?:q|k|kw|kwartaal|quarter)\.?\s?(?P<quarter>[1-4])"
WRITTEN = (
    re.compile(YEAR, re.ASCII),
    re.compile(rf"{YEAR}[\s/-]*{QUARTER}", re.ASCII),
    re.compile(rf"{QUARTER}[\s/-]*{YEAR}", re.ASCII),
    re.compile(rf"(?P<quarter>[1-4])(?:e|st|nd|rd|th)? (?:kwartaal|quarter) {YEAR}", re.ASCII),
)


@dataclass(frozen=True, order=True)
class Period:
    """A year, or with `quarter` (1 to 4) a quarter of it; 0: the whole year."""

    year: int
    quarter: int = 0

    def __str__(self) -> str:
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def quarters(self) -> tuple[int, ...]:
        """The quarters that it covers."""
        return (self.quarter,) if self.quarter else QUARTERS

    @property
    def last(self) -> tuple[int, int]:
        """Year and number of its last quarter."""
        return self.year, self.quarters[-1]


def period(text: Any) -> Period:
    """A period as people write it: `2026`, `2026-Q1`, `2026 kw 1`, `1e kwartaal 2026`."""
    told = str(text).strip().casefold() if isinstance(text, str) else ""
    for form in WRITTEN:
        if len(told) <= 40 and (found := form.fullmatch(told)):
            parts = found.groupdict()
            return Period(int(parts["year"]), int(parts.get("quarter") or 0))
    raise PydanticCustomError("follow-period-unreadable", "", {"found": str(text)[:40]})


When = Annotated[Period, BeforeValidator(period), WithJsonSchema({"type": "string"})]
