"""Where a quantity of the scenario is used, and which field a number is told as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from sroi.inputs.scenario.assumptions import Assumption

PART = re.compile(
    r"(?P<base>[^.]+\.[^.]+(?:\..+)?)\.(?P<name>times|plus)(?:\.(?P<number>\d{1,3}))?(?:\.\d{4})?"
)


class Part(NamedTuple):
    """A factor (`times`) or a term (`plus`) of the number at a path, and which of more."""

    of: str
    name: str
    number: str


def part_of(path: str) -> Part | None:
    """What a path is a factor or a term of, or None."""
    found = PART.fullmatch(path)
    return Part(found["base"], found["name"], found["number"] or "") if found else None


def used_in(known: Mapping[str, Assumption], key: str) -> list[str]:
    """Paths of the numbers that one of the `quantities` stands in, the years of a list as one."""
    found: dict[tuple[str | int, ...], str] = {}
    for path, one in known.items():
        if one.quantity.from_ == key and one.place not in found:
            by_year = one.year is not None and one.place[-1] != one.year
            found[one.place] = (
                path.rpartition(".")[0] if by_year and path[-4:].isdecimal() else path
            )
    return list(found.values())


def told_as(known: Mapping[str, Assumption], path: str) -> str:
    """The path whose field says how a number is written: its own; of a term that of the sum; of one
    of the `quantities` the first number that is nothing but it. Nothing where there is none."""
    part = part_of(path)
    if part:
        return told_as(known, part.of) if part.name == "plus" else ""
    if not path.startswith("quantities."):
        return path
    same = (
        other for other, one in known.items() if one.origin == path and not (one.times or one.plus)
    )
    return next((found for other in same if (found := told_as(known, other))), "")
