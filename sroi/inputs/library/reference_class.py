"""Where published results lie, to hold a result against: a warning, never a default or a ranking.

No number from here enters a calculation. What is published is no fair sample of what was done, and
ratios of different reports do not count the same things; every entry says so in its own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sroi.inputs.text.nouns import Id, Noun, Reference, Text
from sroi.inputs.text.numerals import Number, Whole
from sroi.inputs.text.reading import unknown
from sroi.inputs.text.yaml_text import Document
from sroi.problems import Problem

Count = Annotated[Whole, Field(ge=1)]
PERCENTILES = ("p10", "p25", "median", "p75", "p90")


class ReferenceClass(Noun):
    """One number as a group of reports has it: a ratio, or a correction as a share.

    `count` reports have it, `among` were looked at. The percentiles are those of the `count`
    reports, all five or none; without them there is only a mean.
    """

    id: Id
    name: Text
    of: Literal["ratio", "deadweight", "attribution_to_others", "drop_off"]
    count: Count
    among: Count
    mean: Number
    p10: Number | None = None
    p25: Number | None = None
    median: Number | None = None
    p75: Number | None = None
    p90: Number | None = None
    source: Reference
    caveats: Text

    @model_validator(mode="after")
    def _in_order(self) -> ReferenceClass:
        stated = [x for x in map(self.__getattribute__, PERCENTILES) if x is not None]
        if len(stated) not in (0, len(PERCENTILES)):
            raise PydanticCustomError("range-incomplete", "")
        if stated != sorted(stated):
            facts = {"low": self.p10, "best": self.median, "high": self.p90}
            raise PydanticCustomError("range-order", "", facts)
        return self

    @property
    def band(self) -> tuple[float, float] | None:
        """From the 10th to the 90th percentile, where they are known."""
        return None if self.p10 is None or self.p90 is None else (self.p10, self.p90)

    @property
    def share(self) -> float:
        """Share of the reports that have the number."""
        return self.count / self.among


class ReferenceClasses(Noun):
    """The file `reference_class.yaml`."""

    reference_class: list[ReferenceClass]


def unknown_sources(
    classes: Iterable[ReferenceClass], sources: Iterable[str], document: Document
) -> Iterator[Problem]:
    """What they refer to and nobody knows."""
    known = set(sources)
    for position, one in enumerate(classes):
        where = ("reference_class", position, "source")
        yield from unknown("source", one.source.key, known, where, document)
