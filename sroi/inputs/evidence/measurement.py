"""A measurement: which file, which instrument, when somebody has improved, and against what.

It says how a survey before and after is to be read. The answers themselves stand in another
file, and never come further than the counting.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from sroi.inputs.evidence.instruments import Change, Instrument, Items, Scale
from sroi.inputs.text.nouns import Id, Noun, Text, as_list
from sroi.inputs.text.numerals import Number, YesNo
from sroi.inputs.text.yaml_text import Document
from sroi.problems import Problem

MOST_ITEMS = 200
Moment = Literal["before", "after"]
MOMENTS: tuple[Moment, ...] = ("before", "after")
Said = Annotated[list[str], BeforeValidator(as_list), Field(max_length=20)]
Heading = Annotated[str, Field(min_length=1)]
Headings = Annotated[
    list[Heading], BeforeValidator(as_list), Field(min_length=1, max_length=MOST_ITEMS)
]


def _for_both(value: Any) -> Any:
    return value if isinstance(value, dict) else {"before": value, "after": value}


class Each(Noun):
    """A name for each of the two moments."""

    before: str
    after: str


ForEach = Annotated[Each, BeforeValidator(_for_both)]


class Columns(Noun):
    """The headings of the columns; of questions a list, in the order of the instrument.

    Either one row for each person, with columns `before` and `after`; or one row for each time,
    with the columns `moment` and `score`; or a sheet or file for each time, with `score` alone or
    `before` in the one and `after` in the other.
    """

    person: Heading
    group: Heading | None = None
    before: Headings | None = None
    after: Headings | None = None
    moment: Heading | None = None
    score: Headings | None = None

    @property
    def wide(self) -> bool:
        """One row for each person."""
        return self.before is not None and self.after is not None

    @property
    def scores(self) -> list[list[str]]:
        """The columns of each score."""
        return [names for names in (self.before, self.after, self.score) if names]

    def needed(self, moment: Moment | None = None) -> list[str]:
        """Every heading that must be there; `moment`: in the sheet of that moment alone."""
        single = [name for name in (self.person, self.group, self.moment) if name]
        scores = self.scores if moment is None else [self.of(moment)]
        return list(dict.fromkeys(single + [name for names in scores for name in names]))

    def of(self, moment: Moment) -> list[str]:
        """The columns of the score of a moment."""
        return getattr(self, moment) or self.score or []


class Words(Noun):
    """What stands in the columns for groups and moments; rows with `ignore` are left out."""

    programme: Said = []
    comparison: Said = []
    before: Said = []
    after: Said = []
    ignore: Said = []


class Anyway(Noun):
    """Regression to the mean: `mean` and `sd` of everybody on this scale, and the `correlation`
    between two measurements without any help. `cut`: the score at which people were selected."""

    mean: Number
    sd: Annotated[Number, Field(gt=0)]
    correlation: Annotated[Number, Field(ge=0, lt=1)]
    cut: Number | None = None
    because: Text


class Comparison(Noun):
    """How it was decided who came into which group."""

    assigned: Literal["random", "waiting_list", "matched", "other"]
    because: Text | None = None


class Feeds(Noun):
    """The outcome that the measurement is about."""

    scenario: Id
    outcome: Id


class Measurement(Noun):
    """One measurement file. `simulated`: not one answer in it is a real person's."""

    measurement: Id
    title: Text
    simulated: YesNo = False
    data: ForEach
    sheet: ForEach | None = None
    instrument: Id | None = None
    domain: Id | None = None
    scale: Scale | None = None
    items: Items | None = None
    columns: Columns
    words: Words = Words()
    answers: dict[str, str] = {}
    no_answer: Said = []
    change: Change | None = None
    missing: Literal["uncertain", "unchanged"] = "uncertain"
    regression_to_the_mean: Anyway | None = None
    comparison: Comparison | None = None
    feeds: Feeds | None = None

    @property
    def apart(self) -> bool:
        """Whether each moment has a file or a sheet of its own."""
        return any(one and one.before != one.after for one in (self.data, self.sheet))


# where the scale itself is missing: other rules have nothing to say of it
ANY_SCALE = Scale.model_construct(low=-math.inf, high=math.inf, better="higher")


@dataclass(frozen=True)
class Described:
    """A measurement with its instrument and the file that it stands in."""

    measurement: Measurement
    instrument: Instrument | None
    document: Document

    @property
    def data(self) -> Path:
        """The file with the answers, or with those before: beside the measurement."""
        return self.file_of("before")

    def file_of(self, moment: Moment) -> Path:
        """The file with the answers of a moment."""
        return Path(self.document.file).parent / str(getattr(self.measurement.data, moment))

    @property
    def scale(self) -> Scale:
        """The scale of the scores."""
        known = self.instrument.scale if self.instrument else None
        return known or self.measurement.scale or ANY_SCALE

    @property
    def items(self) -> Items | None:
        """How answers become a score; None where there are only scores."""
        known = self.instrument.items if self.instrument else None
        return known or self.measurement.items

    @property
    def change(self) -> Change | None:
        """When somebody has improved."""
        return self.measurement.change or (self.instrument.change if self.instrument else None)

    @property
    def name(self) -> Text:
        """What it was measured with."""
        return self.instrument.name if self.instrument else self.measurement.title

    def wrong(self, what: str, *path: str, **facts: object) -> Problem:
        """A mistake at a path of the measurement file."""
        return self.document.problem(what, path, **facts)
