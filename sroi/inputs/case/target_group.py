"""The target group: for whom it is, how many of them there are, and how many are reached."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sroi.inputs.text.nouns import Id, Noun, Reference, Text, unsaid
from sroi.inputs.text.numerals import Number

People = Annotated[Number, Field(ge=0, le=20_000_000)]


class Area(Noun):
    """A neighbourhood, and how many of the people who are reached live there."""

    name: Text
    reached: People


class TargetGroup(Noun):
    """A group of residents: all of them (`people`), and those the programme reaches a year.

    `stakeholder`: whose group it is; without it the stakeholder of the same id.
    """

    id: Id
    what: Text
    people: People
    reached: People
    stakeholder: Annotated[Id | None, Field(exclude_if=unsaid)] = None
    areas: Annotated[list[Area], Field(max_length=60)] = []
    because: Text | None = None
    source: Reference | None = None

    @property
    def whom(self) -> str:
        """The stakeholder whose group it is."""
        return self.stakeholder or self.id
