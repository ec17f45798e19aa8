"""The code files of an open data download (version 4): what its codes stand for.

They are looked for beside the observations only, in the same folder or archive, by names that
follow from the headings: a heading that is no plain word is no name of a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from sroi.inputs.download.characters import Open, characters
from sroi.inputs.download.rows import Rows
from sroi.inputs.municipal_data.periods import Status, status_in_words
from sroi.inputs.municipal_data.table import Column

WORD = re.compile(r"[A-Za-z][A-Za-z0-9]{0,80}", re.ASCII)
MOST_CODES = 100_000
LONGEST = 500  # characters of a title

Beside = Callable[[str], Open | None]


def of_codes(beside: Beside, name: str, *wanted: str) -> Iterator[tuple[str, ...]]:
    """Some columns of a code file; nothing where there is no such file. Raises `Unusable`."""
    opened = beside(f"{name}.csv") if WORD.fullmatch(name) else None
    if opened is None:
        return
    rows = Rows(f"{name}.csv", characters(f"{name}.csv", opened))
    places = [rows.headings.index(w) if w in rows.headings else -1 for w in wanted]
    if places[0] < 0:
        return
    for _, row in islice(rows, MOST_CODES):
        yield tuple(row[at][:LONGEST] if at >= 0 else "" for at in places)


def titles_of(beside: Beside, dimension: str) -> dict[str, str]:
    """What the codes of a dimension stand for."""
    return dict(of_codes(beside, f"{dimension}Codes", "Identifier", "Title"))  # type: ignore[arg-type]


def statuses_of(beside: Beside, dimension: str) -> dict[str, Status]:
    """What the list of periods says of each."""
    found = of_codes(beside, f"{dimension}Codes", "Identifier", "Status")
    return {code: status for code, told in found if (status := status_in_words(told))}


def measures_of(beside: Beside) -> tuple[Column, ...]:
    """The measures with title and unit; of those in a group its name goes before theirs."""
    groups = {one[0]: one for one in of_codes(beside, "MeasureGroups", "Id", "Title", "ParentId")}

    def whole(title: str, group: str) -> str:
        steps: list[str] = []
        while group in groups and len(steps) < 10:
            steps.insert(0, groups[group][1])
            group = groups[group][2]
        return "/".join([*steps, title])

    read = of_codes(beside, "MeasureCodes", "Identifier", "Title", "Unit", "MeasureGroupId")
    return tuple(Column(key, whole(title, group), unit) for key, title, unit, group in read)


def dimensions_of(beside: Beside) -> dict[str, str]:
    """What the dimensions are called in words."""
    return dict(of_codes(beside, "Dimensions", "Identifier", "Title"))  # type: ignore[arg-type]


def named_in(beside: Beside) -> tuple[str, str]:
    """Identifier and title of the table."""
    return next(of_codes(beside, "Properties", "Identifier", "Title"), ("", ""))  # type: ignore[return-value]
