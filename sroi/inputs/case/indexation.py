"""How a contract says that its amount is indexed, where that can be read: by a percentage a year,
by a series, or not at all."""

from __future__ import annotations

import re
from collections.abc import Collection

from sroi.inputs.text.nouns import Text

A_YEAR = "per jaar|elk jaar|ieder jaar|jaarlijks|a year|per year|each year|every year"
PERCENTAGE = re.compile(rf"(\d{{1,2}}(?:[.,]\d{{1,4}})?) ?%(?: (?:{A_YEAR}))?")
NOT_AT_ALL = {"geen", "niet", "none", "not indexed", "niet geïndexeerd"}

Indexation = float | str | None


def indexation(text: Text | None, series: Collection[str]) -> Indexation:
    """The rise a year, the id of a series, or None where the words say something else.

    Only what is exactly one of these is read: in `vng-mix, at most 3%` a person sees a cap that a
    series does not have. Where both languages are written they must say the same.
    """
    said = {part for part in (text.nl, text.en) if part} if text else set()
    read = {_read(part, series) for part in said}
    return read.pop() if len(read) == 1 else None


def _read(said: str, series: Collection[str]) -> Indexation:
    """An id is read as it is written, as everywhere; words and percentages as people write them."""
    if said in series:
        return said
    words = said.strip().rstrip(".").casefold()
    if words in NOT_AT_ALL:
        return 0.0
    found = PERCENTAGE.fullmatch(words)
    return float(found[1].replace(",", ".")) / 100 if found else None
