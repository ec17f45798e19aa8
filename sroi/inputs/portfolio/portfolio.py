"""A portfolio: a table of areas, and programmes of which columns of the table fill some numbers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from sroi.inputs.text.nouns import Id, Noun, Text, as_list
from sroi.inputs.text.numerals import Number

MOST_PROGRAMMES = 20
MOST_COLUMNS = 100

Choose = Literal["expected", "chance", "worst"]
Heading = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[list[str], BeforeValidator(as_list), Field(min_length=1, max_length=50)]


class InAreas(Noun):
    """A programme in many areas: its scenario, which column of the table fills which paths of it,
    and where it runs: in the areas of which a column holds one of these words."""

    id: Id | None = None
    title: Text | None = None
    scenario: Heading
    columns: Annotated[dict[Heading, Words], Field(max_length=MOST_COLUMNS)]
    where: Annotated[dict[Heading, Words], Field(max_length=10)] = {}

    @property
    def fills(self) -> list[tuple[str, str]]:
        """Every column with a path that it fills; a column may fill several."""
        return [(name, path) for name, paths in self.columns.items() for path in paths]


class Budget(Noun):
    """What may be spent at the most on the programmes that are chosen: by one payer or, without
    one, by all; in each year, or over all years. `choose`: what is to be as high as it can be."""

    payer: Id | None = None
    at_most: Annotated[Number, Field(gt=0)]
    per: Literal["year", "total"] = "year"
    choose: Choose = "expected"


class Portfolio(Noun):
    """One portfolio file. The first column of the table holds the areas. `own`: paths, with `*` for
    anything, of what is drawn for each area by itself; all else is the same everywhere."""

    portfolio: Id
    title: Text
    language: Literal["nl", "en"] | None = None
    table: Heading
    sheet: Heading | None = None
    programmes: Annotated[list[InAreas], Field(min_length=1, max_length=MOST_PROGRAMMES)]
    own: Annotated[list[Heading], Field(max_length=50)] = []
    budget: Budget | None = None

    def headings(self) -> list[str]:
        """Every column that is asked for, once."""
        named = [name for one in self.programmes for name in (*one.columns, *one.where)]
        return list(dict.fromkeys(named))
