"""Years as rows of a table: each by itself, but over a long horizon ten at a time after the first.

So that a table by year fits on a page, whatever the horizon.
"""

from __future__ import annotations

MOST_YEARS, SINGLE, TOGETHER = 30, 10, 10


def year_blocks(first: int, years: int) -> list[tuple[str, slice]]:
    """Name and place of every row: `2026`, and later `2036–2045`."""
    single = years if years <= MOST_YEARS else SINGLE
    places = [slice(year, year + 1) for year in range(single)]
    places += [
        slice(start, min(start + TOGETHER, years)) for start in range(single, years, TOGETHER)
    ]
    return [(_name(first + place.start, first + place.stop - 1), place) for place in places]


def _name(start: int, end: int) -> str:
    return str(start) if start == end else f"{start}–{end}"
