"""The rows of a table of what happened, each with what it is about and with what it replaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from sroi.inputs.files.scenario_file import Loaded
from sroi.inputs.follow.actuals import Actual, Actuals
from sroi.inputs.follow.measured_rate import Comparison, MeasuredRate
from sroi.inputs.follow.period import Period
from sroi.inputs.follow.subjects import Subject, subjects
from sroi.inputs.text.yaml_text import Document
from sroi.problems import Problem


@dataclass(frozen=True)
class Row:
    """A row with its place in the table (from 0) and its subject; `rate`: of a measurement in a
    file beside it; `replaced`: the row that it corrects."""

    number: int
    actual: Actual
    subject: Subject
    rate: MeasuredRate | None = None
    replaced: Actual | None = None

    @property
    def key(self) -> tuple[Period, str, str]:
        """What no two rows may be about."""
        return self.actual.period, self.subject.path, self.actual.payer or ""

    @property
    def size(self) -> float:
        """What was found."""
        return self.rate.mean if self.rate else self.actual.size

    @property
    def spread(self) -> float | None:
        """Standard deviation of what was measured, where there is a band."""
        return self.rate.sd if self.rate else self.actual.spread

    @property
    def comparison(self) -> Comparison:
        """What a measurement was held against."""
        return self.rate.comparison if self.rate else self.actual.comparison or "none"


@dataclass(frozen=True)
class Change:
    """A number that is another one than in the scenario that the table was written for."""

    path: str
    before: str
    after: str


@dataclass(frozen=True)
class Happened:
    """A table, read with its scenario: `rows` as they hold, corrections in the place of what they
    correct. `changed`: what is other in the scenario than when the table was begun."""

    actuals: Actuals
    loaded: Loaded
    document: Document = field(repr=False, compare=False)
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    changed: tuple[Change, ...] = ()

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        """What can be followed of the scenario."""
        return subjects(self.loaded.scenario, self.loaded.library)

    @property
    def until(self) -> Period:
        """The last period that is over."""
        return self.actuals.until

    @property
    def last_whole_year(self) -> int:
        """The last year that is over."""
        return self.until.year - (self.until.last[1] < 4)

    def wrong(self, what: str, number: int, key: str, /, **facts: object) -> Problem:
        """A mistake in a row, at one of its fields."""
        return self.document.problem(what, ("rows", number, key), **facts)

    def told(self, what: str, number: int, key: str, /, **facts: object) -> Problem:
        """What has to be known of a row, and stops nothing."""
        place = ("rows", number, key)
        return self.document.problem(what, place, False, "warning", **facts)

    def of(self, path: str, year: int | None = None) -> list[Row]:
        """The rows about a path, in one year or in all."""
        return [
            row
            for row in self.rows
            if row.subject.path == path and year in (None, row.actual.period.year)
        ]

    def paths(self) -> list[str]:
        """What there are rows of, in their order."""
        return list(dict.fromkeys(row.subject.path for row in self.rows))

    def quarters(self, path: str, year: int) -> set[int]:
        """The quarters of a year that are known of a path."""
        return {q for row in self.of(path, year) for q in row.actual.period.quarters}

    def over(self, year: int) -> set[int]:
        """The quarters of a year that are over."""
        last = self.until.last
        return {quarter for quarter in (1, 2, 3, 4) if (year, quarter) <= last}


def corrected(rows: list[Row]) -> Iterator[Row]:
    """The rows that hold: the last one about a period, with the one that it replaced."""
    found = dict[tuple[Period, str, str], Row]()
    for row in rows:
        before = found.get(row.key)
        if before is None or not row.actual.correction:
            found.setdefault(row.key, row)
        else:
            found[row.key] = replace(row, replaced=before.actual)
    yield from found.values()
