"""What is in a table, found in one pass: areas, periods, measures, how many cells are unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sroi.inputs.municipal_data.areas import TOTAL, alike, as_code, bare, level
from sroi.inputs.municipal_data.figures import Figure, Style, figure
from sroi.inputs.municipal_data.municipalities import ALSO, codes_of, ended, name_of
from sroi.inputs.municipal_data.periods import Period, Status, period
from sroi.inputs.municipal_data.rounding import (
    FEWEST,
    FIVES,
    STEPS,
    Grid,
    factor,
    is_share,
    together,
)
from sroi.inputs.municipal_data.table import Column, MunicipalTable, Record
from sroi.problems import Problem, Unusable

FIRST = 8  # things that are named where there are more
MOST_KEPT = 1_000_000
MOST_AREAS, MOST_PERIODS, MOST_MEASURES, MOST_VALUES = 60_000, 2_000, 2_000, 5_000


class Area(NamedTuple):
    """An area of a table. `written`: what its rows hold in the columns of areas; `code` where one
    is known."""

    written: tuple[str, str]
    code: str
    name: str

    @property
    def level(self) -> str:
        """Which kind of area it is; nothing where that is not known."""
        return level(self.code, self.name)

    @property
    def told(self) -> str:
        """Name and code, as they are told."""
        return f"{self.name} ({self.code})" if self.code and self.code != self.name else self.name


@dataclass
class Cells:
    """The cells of a measure: how many, how many unknown, how many hold words, and the first that
    can be two numbers."""

    all: int = 0
    unknown: int = 0
    words: int = 0
    ambiguous: str = ""
    grid: Grid = field(default_factory=Grid)

    def add(self, read: Figure) -> None:
        """One more cell."""
        self.all += 1
        if read.ambiguous:
            self.ambiguous = self.ambiguous or read.text
        elif read.known:
            self.grid.add(read)
        elif read.unknown:
            self.unknown += 1
        else:
            self.words += 1


@dataclass
class Overview:
    """What is in a table. `measures`: in the order of the table; `values`: of each other column;
    `rounded`: to what somebody says that its counts are rounded."""

    table: MunicipalTable
    areas: list[Area] = field(default_factory=list)
    periods: dict[str, Period] = field(default_factory=dict)
    measures: dict[str, Cells] = field(default_factory=dict)
    values: list[dict[str, None]] = field(default_factory=list)
    totals: int = 0
    kept: dict[tuple[tuple[str, str], str, str], list[Record]] | None = None
    rounded: float = 0.0

    def step(self, measure: str) -> float:
        """To what the numbers of a measure are rounded: what somebody says; else what is seen in
        them, or where they are few in all counts of people of the table together."""
        own = self.measures[measure].grid
        if self.rounded or own.step or not self._counts(measure):
            return self.rounded or own.step
        alike = [one.grid for key, one in self.measures.items() if self._counts(key)]
        return together(alike) if own.count < FEWEST and self.table.layout != "own" else 0.0

    def few(self, measure: str) -> bool:
        """Whether the numbers may be rounded to fives, and are too few to see it."""
        own = self.measures[measure].grid
        return not self.step(measure) and 0 < own.count < FEWEST and own.common % FIVES[0] == 0

    def _counts(self, measure: str) -> bool:
        unit, grid = self.table.measure(measure).unit, self.measures[measure].grid
        return not grid.decimals and not is_share(unit) and factor(unit) == 1

    def keep(self, measures: set[str], period: str) -> None:
        """Hold the rows of some measures in a period, so that many areas are found in one pass.

        Raises `Unusable` where that would be too many.
        """
        self.kept, count = {}, 0
        for row in self.table.records():
            if row.measure in measures and row.period == period:
                key = ((row.area, row.named), row.measure, row.period)
                self.kept.setdefault(key, []).append(row)
                count += 1
            if count > MOST_KEPT:
                raise Unusable(Problem("data-too-large", file=self.table.file))

    def rows(self, area: Area, measure: str, period: str) -> Iterator[Record]:
        """The rows of an area, a measure and a period."""
        key = (area.written, measure, period)
        if self.kept is not None:
            yield from self.kept.get(key, [])
            return
        for row in self.table.records():
            if ((row.area, row.named), row.measure, row.period) == key:
                yield row

    def status(self, written: str) -> Status:
        """What is said of a period: by its stars, or by the list of periods."""
        return self.periods[written].status or self.table.statuses.get(written, "")

    def levels(self) -> dict[str, int]:
        """How many areas there are of each kind."""
        found: dict[str, int] = {}
        for area in self.areas:
            found[area.level] = found.get(area.level, 0) + 1
        return found

    def ended(self) -> list[Area]:
        """Municipalities of the table that no longer exist."""
        return [area for area in self.areas if area.code in ended()]

    def namesakes(self) -> dict[str, int]:
        """Names that several areas have, and how many."""
        count: dict[str, int] = {}
        for area in self.areas:
            count[bare(area.name)] = count.get(bare(area.name), 0) + 1
        return {name: number for name, number in count.items() if number > 1}

    def measure_columns(self) -> list[Column]:
        """The measures that have cells."""
        return [self.table.measure(key) for key in self.measures]

    def meant(self, asked: str) -> list[Area]:
        """The areas of the table that a code or a name stands for."""
        code = as_code(asked) or ALSO.get(bare(asked), "")
        if code:
            found = [area for area in self.areas if area.code == code]
            if found or any(area.code for area in self.areas if area.level == level(code)):
                return found
            asked = name_of(code)
        names = set(alike(asked, {area.name for area in self.areas}))
        return [area for area in self.areas if area.name in names]


def overview(table: MunicipalTable) -> Overview:
    """All of it. Raises `Unusable` where there is more than a table of municipalities can have."""
    found, areas = Overview(table, values=[{} for _ in table.others]), dict[tuple[str, str], None]()
    signs, doubtful = set[str](), set[str]()
    for record in table.records():
        cells = found.measures.get(record.measure) or _more(found, record.measure)
        read = figure(record.text, table.style)
        cells.add(read)
        if read.sign:
            signs.add(read.sign)
        if read.ambiguous:
            doubtful.add("," if "," in read.text else ".")
        area = (record.area, record.named)
        if area not in areas:
            areas[area] = None
            _bounded(table.file, len(areas), MOST_AREAS)
        if record.period not in found.periods:
            found.periods[record.period] = period(table.said(table.period, record.period))
            _bounded(table.file, len(found.periods), MOST_PERIODS)
        for seen, value in zip(found.values, record.others, strict=True):
            if value not in seen:
                seen[value] = None
                _bounded(table.file, len(seen), MOST_VALUES)
    if style := _shown(signs, doubtful):
        return overview(replace(table, style=style))
    found.areas = [_area(table, written) for written in areas]
    found.totals = sum(bool(TOTAL.match(area.name)) or area.level == "NL" for area in found.areas)
    return found


def _shown(signs: set[str], doubtful: set[str]) -> Style | None:
    """How a table of one's own writes decimals, where other numbers of it show what `1.515` is.

    `doubtful`: the signs of numbers that can be two.
    """
    if doubtful and signs == {"comma"}:
        return "comma"
    return "point" if doubtful == {"."} and signs == {"point"} else None


def _more(found: Overview, measure: str) -> Cells:
    """Place for the cells of one more measure."""
    _bounded(found.table.file, len(found.measures) + 1, MOST_MEASURES)
    steps = FIVES if found.table.layout == "own" else STEPS
    return found.measures.setdefault(measure, Cells(grid=Grid(steps=steps)))


def _bounded(file: str, size: int, most: int) -> None:
    """Raises `Unusable` where there are more than a table of municipalities can have."""
    if size > most:
        raise Unusable(Problem("data-too-large", file=file))


def _area(table: MunicipalTable, written: tuple[str, str]) -> Area:
    """Code and name of an area, from what the row and the list of areas say of it."""
    first, second = written
    code = as_code(first) or as_code(second)
    name = table.said(table.area, first)
    if as_code(name) and second and not as_code(second):
        name = second
    if not code and level("", name) in ("", "GM"):
        known = codes_of(name)
        code = known[0] if len(known) == 1 and bare(name_of(known[0])) == bare(name) else ""
    if as_code(name) == code and code and name_of(code) != code:
        name = name_of(code)
    return Area(written, code, name)


def other_terms(one: Overview, other: Overview) -> tuple[str, str] | None:
    """What two downloads of one table call differently: a measure, or a value of a column."""
    same = one.table.identifier and one.table.identifier == other.table.identifier
    if not same:
        return None
    mine, others = ([*(c.title for c in each.measure_columns()), *_said_values(each)]
                    for each in (one, other))  # fmt: skip
    here = next((name for name in mine if name not in others), "")
    there = next((name for name in others if name not in mine), "")
    return (here, there) if here and there else None


def _said_values(found: Overview) -> Iterable[str]:
    """What the values of the other columns stand for."""
    for column, values in zip(found.table.others, found.values, strict=True):
        yield column.title
        yield from (found.table.said(column.key, value) for value in values)


def first(names: list[str]) -> str:
    """The first of some names, and that there are more."""
    told = "; ".join(name[:100] for name in dict.fromkeys(names[:FIRST]))
    return f"{told}; …" if len(names) > FIRST else told
