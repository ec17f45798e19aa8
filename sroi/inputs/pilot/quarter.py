"""A quarter of a year as people and registers write it, and as a number that counts on."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

WRITTEN = re.compile(
    r"(?P<year>(19|20)\d\d)\s*[-/_ ]?\s*((?:q|k|kw0?|kwartaal ?)(?P<a>[1-4])"
    r"|(?P<b>[1-4])(?:e|st|nd|rd|th)? (?:kwartaal|quarter)\*?)"
    r"|(?:q|k|kwartaal |quarter )(?P<c>[1-4])\s*[-/_ ]?\s*(?P<year2>(19|20)\d\d)"
    r"|(?P<d>[1-4])(?:e|st|nd|rd|th)? (?:kwartaal|quarter) (?P<year3>(19|20)\d\d)"
)


def quarter_of(text: str) -> int | None:
    """Quarters since the year 0: `2024-Q1`, `2024K1`, `2024KW01`, `2024 1e kwartaal`, `Q1 2024`."""
    found = WRITTEN.fullmatch(" ".join(text.casefold().split()))
    if found is None:
        return None
    parts = found.groupdict()
    year = next(parts[name] for name in ("year", "year2", "year3") if parts[name])
    number = next(parts[name] for name in "abcd" if parts[name])
    return int(year) * 4 + int(number) - 1


def name_of(quarter: int) -> str:
    """As it is told: `2024-Q1`."""
    return f"{quarter // 4}-Q{quarter % 4 + 1}"


def _quarter(text: Any) -> int:
    found = quarter_of(text) if isinstance(text, str) else None
    if found is None:
        raise PydanticCustomError("pilot-quarter-unreadable", "", {"found": str(text)[:80]})
    return found


Quarter = Annotated[
    int, BeforeValidator(_quarter), WithJsonSchema({"type": "string", "examples": ["2024-Q1"]})
]
