"""A table of municipalities, whatever the layout of its file: records, and what they are of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from sroi.inputs.download.rows import Rows
from sroi.inputs.municipal_data.figures import Style
from sroi.inputs.municipal_data.periods import Status
from sroi.problems import Problem

Layout = Literal["statline", "open-data-3", "open-data-4", "own"]


@dataclass(frozen=True)
class Column:
    """A measure, or something by which measures are divided: key, title and unit."""

    key: str
    title: str
    unit: str = ""


class Record(NamedTuple):
    """One cell with what it is of, as it is written: codes where the file has codes.

    `named`: what else the row says of the area: a code beside a name, or a name beside a code.
    """

    line: int
    area: str
    named: str
    period: str
    measure: str
    others: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Wide:
    """Where things stand in rows that hold a measure in each column; -1: nowhere."""

    area: int
    named: int
    period: int
    others: tuple[int, ...]
    measures: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Long:
    """Where things stand in rows that are an observation each."""

    area: int
    period: int
    others: tuple[int, ...]
    measure: int
    value: int
    text: int


@dataclass(frozen=True)
class MunicipalTable:
    """A table that can be gone through as often as is needed, row by row.

    `identifier`, `title`: what the file, or else its name, says; `named_by_file`: that it was the
    name. `titles`: of each column with codes what they stand for; `statuses`: of periods what the
    download says of them. `style`: how it writes decimals.
    """

    file: str
    layout: Layout
    rows: Rows
    places: Wide | Long
    measures: tuple[Column, ...]
    others: tuple[Column, ...]
    style: Style
    area: str = ""
    period: str = ""
    identifier: str = ""
    title: str = ""
    named_by_file: bool = False
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    statuses: Mapping[str, Status] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def records(self) -> Iterator[Record]:
        """Every cell. Raises `Unusable` where the file is not what its beginning said."""
        if isinstance(self.places, Wide):
            return self._wide(self.places)
        return self._long(self.places)

    def _wide(self, at: Wide) -> Iterator[Record]:
        for line, row in self.rows:
            named = row[at.named] if at.named >= 0 else ""
            area = row[at.area] if at.area >= 0 else ""
            period = row[at.period] if at.period >= 0 else ""
            others = tuple(row[place] for place in at.others)
            for place, key in at.measures:
                yield Record(line, area, named, period, key, others, row[place])

    def _long(self, at: Long) -> Iterator[Record]:
        for line, row in self.rows:
            area = row[at.area] if at.area >= 0 else ""
            period = row[at.period] if at.period >= 0 else ""
            others = tuple(row[place] for place in at.others)
            text = row[at.value] or (row[at.text] if at.text >= 0 else "")
            yield Record(line, area, "", period, row[at.measure], others, text)

    def said(self, column: str, code: str) -> str:
        """What a code of a column stands for; the code where nothing says it."""
        return self.titles.get(column, {}).get(code, code)

    def measure(self, key: str) -> Column:
        """A measure by its key; one that no list explains has its key alone."""
        return next((one for one in self.measures if one.key == key), Column(key, key))
