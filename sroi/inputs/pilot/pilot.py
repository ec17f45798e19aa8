"""A pilot: where and from when, against what, and how its register is to be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from sroi.inputs.pilot.quarter import Quarter
from sroi.inputs.text.nouns import Id, Noun, Text, as_list
from sroi.inputs.text.numerals import Number, Whole, YesNo
from sroi.inputs.text.yaml_text import Document
from sroi.problems import Problem

MOST_NEIGHBOURHOODS, MOST_TIERS, MOST_GROWING = 60, 10, 8
COUNTS = ("people", "new", "up", "down", "left")
Name = Annotated[str, Field(min_length=1, max_length=80)]
Words = Annotated[list[Name], BeforeValidator(as_list), Field(max_length=20)]
Names = Annotated[list[Name], BeforeValidator(as_list), Field(max_length=MOST_NEIGHBOURHOODS)]


def _name_or_by_tier(value: Any) -> str:
    return "by-tier" if isinstance(value, dict) else "name"


Headings = Annotated[
    Annotated[Name, Tag("name")] | Annotated[dict[Id, Name], Tag("by-tier")],
    Discriminator(_name_or_by_tier),
]


class Columns(Noun):
    """The headings. Long: a row for each neighbourhood, quarter and `tier`, and one heading for a
    count. Wide: a row for each neighbourhood and quarter, and of a count a heading for each tier.

    `people`: in a tier; `new`: who came into it from out of sight; `up`: who left it for heavier
    care; `down`: who left it for lighter care or the own network; `left`: who went out of sight.
    """

    neighbourhood: Name
    quarter: Name
    population: Name
    tier: Name | None = None
    people: Headings
    new: Headings | None = None
    up: Headings | None = None
    down: Headings | None = None
    left: Headings | None = None

    @property
    def given(self) -> list[str]:
        """Which counts there are."""
        return [name for name in COUNTS if getattr(self, name) is not None]


class Rung(Noun):
    """A tier of care: its level on the ladder, and how it is `called` in the column of tiers."""

    id: Id
    level: Annotated[Whole, Field(ge=0, le=4)]
    called: Name | None = None


class Hidden(Noun):
    """How the register says that a count is too small to show, and what it then may be."""

    words: Words = ["<5", "."]
    low: Annotated[Whole, Field(ge=0, le=100)] = 1
    high: Annotated[Whole, Field(ge=0, le=100)] = 4


class Period(Noun):
    """From one quarter to another, both included."""

    from_: Annotated[Quarter, Field(alias="from")]
    to: Quarter


class Chosen(Noun):
    """How the neighbourhoods of the pilot were chosen; `looked_at`: the quarters of which the use
    of care decided."""

    how: Literal["random", "willing", "high_use", "other"]
    because: Text
    looked_at: Period | None = None


class Break(Noun):
    """From this quarter on something else counts than before: a law, or the way of registering."""

    from_: Annotated[Quarter, Field(alias="from")]
    because: Text


class MovedAlong(Noun):
    """How far those on whom it depends moved along in the pilot, by condition of the scenario."""

    conditions: dict[Id, Annotated[Number, Field(ge=0, le=1)]]
    because: Text


class Pilot(Noun):
    """One pilot. `simulated`: not one count in it is of a real neighbourhood. `started`: by
    neighbourhood its first quarter; `growing`: in how many first quarters it was still growing;
    `presence`: a sheet with scores of who moved along, in the place of `moved_along`."""

    pilot: Id
    title: Text
    simulated: YesNo = False
    data: Name
    sheet: Name | None = None
    people_at: Literal["start", "end"] = "end"
    columns: Columns
    tiers: Annotated[list[Rung], Field(min_length=1, max_length=MOST_TIERS)]
    hidden: Hidden = Hidden()
    started: Annotated[dict[Name, Quarter], Field(max_length=MOST_NEIGHBOURHOODS)] = {}
    comparison: Names = []
    chosen: Chosen | None = None
    growing: Annotated[Whole, Field(ge=0, le=MOST_GROWING)] = 2
    breaks: Annotated[list[Break], Field(max_length=10)] = []
    moved_along: MovedAlong | None = None
    presence: Name | None = None


@dataclass(frozen=True)
class Described:
    """A pilot with the file that it stands in."""

    pilot: Pilot
    document: Document

    @property
    def data(self) -> Path:
        """The file with the counts: beside that of the pilot."""
        return Path(self.document.file).parent / self.pilot.data

    @property
    def presence(self) -> Path | None:
        """The file with the scores of presence, if there is one: beside that of the pilot."""
        name = self.pilot.presence
        return Path(self.document.file).parent / name if name else None

    def wrong(self, what: str, *path: str | int, **facts: object) -> Problem:
        """A mistake at a path of the file of the pilot."""
        return self.document.problem(what, path, **facts)

    def weak(self, what: str, *path: str | int, **facts: object) -> Problem:
        """What a reader must know of a path of it, and stops nothing."""
        return self.document.problem(what, path, False, "warning", **facts)
