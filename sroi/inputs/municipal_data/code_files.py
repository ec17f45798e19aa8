"""The code files of an open data download: what its codes stand for.

Version 4 has them in the download (`RegioSCodes.csv`, `MeasureCodes.csv`); of version 3 the clients
for R and Python save them beside the data (`RegioS.csv`, `DataProperties.csv`). They are looked for
in the same folder or archive only, by names that follow from the headings: a heading that is no
plain word is no name of a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
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
    return dict(_of_dimension(beside, dimension, "Title"))


def statuses_of(beside: Beside, dimension: str) -> dict[str, Status]:
    """What the list of periods says of each."""
    found = _of_dimension(beside, dimension, "Status")
    return {code: status for code, told in found if (status := status_in_words(told))}


def _of_dimension(beside: Beside, dimension: str, wanted: str) -> list[tuple[str, str]]:
    """What is said of each code of a dimension."""
    found = list(of_codes(beside, f"{dimension}Codes", "Identifier", wanted))
    return found or list(of_codes(beside, dimension, "Key", wanted))  # type: ignore[return-value]


def measures_of(beside: Beside) -> tuple[Column, ...]:
    """The measures with title and unit; of those in a group its name goes before theirs."""
    groups = of_codes(beside, "MeasureGroups", "Id", "Title", "ParentId")
    read = of_codes(beside, "MeasureCodes", "Identifier", "Title", "Unit", "MeasureGroupId")
    return _titled(groups, read)


def properties_of(beside: Beside) -> dict[str, Column]:
    """The same of version 3, in which groups and measures stand in one file."""
    read = list(of_codes(beside, "DataProperties", "Key", "Title", "Unit", "ParentID", "ID"))
    groups = ((one[4], one[1], one[3]) for one in read if not one[0])
    return {one.key: one for one in _titled(groups, (one[:4] for one in read if one[0]))}


def _titled(
    groups: Iterable[tuple[str, ...]], read: Iterable[tuple[str, ...]]
) -> tuple[Column, ...]:
    """Measures (key, title, unit, group) by the names of their groups (number, title, parent)."""
    known = {_number(number): (title, _number(parent)) for number, title, parent in groups}

    def whole(title: str, group: str) -> str:
        steps: list[str] = []
        while group in known and len(steps) < 10:
            name, group = known[group]
            steps.insert(0, name)
        return "/".join([*steps, title])

    return tuple(
        Column(key, whole(title, _number(group)), unit) for key, title, unit, group in read
    )


def _number(group: str) -> str:
    """The number of a group; pandas writes `5.0` of a column that has blanks in it."""
    return group.removesuffix(".0")


def dimensions_of(beside: Beside) -> dict[str, str]:
    """What the dimensions are called in words."""
    return dict(of_codes(beside, "Dimensions", "Identifier", "Title"))  # type: ignore[arg-type]


def named_in(beside: Beside) -> tuple[str, str]:
    """Identifier and title of the table."""
    for file in ("Properties", "TableInfos"):
        for identifier, title in of_codes(beside, file, "Identifier", "Title"):
            return identifier, title
    return "", ""
