"""The municipalities of the Netherlands, and which of them ended since 2015: `municipal/`.

Both lists were read in public places that they name, and end on a day. Of a municipality that is
not in them nothing is known, and nothing is guessed.
"""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

import yaml

from sroi import shipped
from sroi.inputs.municipal_data.areas import alike, as_code, bare

FOLDER = "municipal"
Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# names by which people know a municipality, and its official one
ALSO = {"den bosch": "GM0796", "den haag": "GM0518"}


@dataclass(frozen=True)
class Municipality:
    """One that exists, and its province."""

    code: str
    name: str
    province: str


@dataclass(frozen=True)
class Ended:
    """One that ended on a day: merged, divided over several, or renamed under another code."""

    code: str
    name: str
    day: datetime.date
    kind: Literal["merged", "divided", "renamed"]
    into: tuple[str, ...]


@cache
def municipalities() -> dict[str, Municipality]:
    """All that existed on the last day of the list, by code."""
    path = shipped.folder(FOLDER) / "municipalities.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter=";")
        return {row["code"]: Municipality(**row) for row in rows}


@cache
def _list() -> dict[str, Any]:
    path = shipped.folder(FOLDER) / "mergers.yaml"
    return cast(dict[str, Any], yaml.load(path.read_text(encoding="utf-8"), Loader=Loader))


@cache
def ended() -> dict[str, Ended]:
    """All that ended since 1 January 2015, by code."""
    found = {}
    for row in _list()["ended"]:
        day = datetime.date.fromisoformat(row["day"])
        found[row["code"]] = Ended(row["code"], row["name"], day, row["kind"], tuple(row["into"]))
    return found


def until() -> datetime.date:
    """The last day of which the lists know every change."""
    return datetime.date.fromisoformat(str(_list()["until"]))


def name_of(code: str) -> str:
    """What a municipality is or was called; its code where that is not known."""
    known = municipalities().get(code) or ended().get(code)
    return known.name if known else code


def codes_of(asked: str) -> list[str]:
    """The municipalities that a code or a name stands for, also those that ended."""
    every = {one.code: one.name for one in municipalities().values()}
    every |= {one.code: one.name for one in ended().values()}
    if (code := as_code(asked)) in every:
        return [code]
    if bare(asked) in ALSO:
        return [ALSO[bare(asked)]]
    meant = set(alike(asked, every.values()))
    return [code for code, name in every.items() if name in meant]


def began(code: str) -> datetime.date:
    """The first day of a municipality; the first of all days where it is older than the list."""
    new = cast(dict[str, str], _list()["new"])
    return datetime.date.fromisoformat(new[code]) if code in new else datetime.date.min


def parts(code: str, day: datetime.date) -> tuple[list[str], list[Ended]]:
    """What a municipality of today consisted of on a day, and all that ended since and went into
    it; a part of one that was divided is among these only."""
    found = [code] if began(code) <= day else []
    since = [one for one in ended().values() if code in one.into and one.day > day]
    for one in list(since):
        if one.kind != "divided":
            below, earlier = parts(one.code, day)
            found += below
            since += earlier
    return found, since
