"""The register of a pilot: counts by neighbourhood, quarter and tier, from the cells of a sheet.

A count that is not shown is known to lie between bounds and is never nobody. A neighbourhood may
stand in the register without being named by the pilot: it is the rest of the city.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sroi.inputs.pilot.pilot import Described
from sroi.inputs.pilot.quarter import name_of, quarter_of
from sroi.inputs.text.as_seen import merged, not_as_seen, told_once, totals, written_in
from sroi.inputs.text.cells import Cell, Kind, Table
from sroi.inputs.text.read_alike import plain
from sroi.inputs.text.sheet import sheets_of
from sroi.problems import Problem, Unusable, errors, nearest

SHEET = Kind(
    "pilot-data-kind", "pilot-data-unreadable", "pilot-data-too-large", "pilot-data-active"
)
MOST_PEOPLE = 10_000_000
Place = tuple[str, int, str]  # neighbourhood, quarter, tier


@dataclass(frozen=True)
class Count:
    """A count, or between what it lies."""

    low: int
    high: int


@dataclass(frozen=True)
class Register:
    """`counts` by what is counted and by place; `population` by neighbourhood and quarter.

    `neighbourhoods` in the order of the sheet; `quarters` in the order of time, without a gap.
    """

    neighbourhoods: tuple[str, ...]
    quarters: tuple[int, ...]
    counts: dict[str, dict[Place, Count]]
    population: dict[tuple[str, int], int]
    problems: tuple[Problem, ...] = ()


def read_register(described: Described) -> Register:
    """The register that a pilot describes. Raises `Unusable` with all that is wrong in it."""
    reader = _Reader(described, *_sheet(described))
    register = reader.register()
    problems = sorted(reader.problems, key=Problem.order)
    if errors(problems):
        raise Unusable(*problems)
    return register


def _sheet(described: Described) -> tuple[str, Table]:
    """The sheet that is named, or else the first. Raises `Unusable`."""
    file = str(described.data)
    sheets = sheets_of(described.data, SHEET)
    wanted = described.pilot.sheet
    if wanted is None:
        return file, next(iter(sheets.values()), [])
    for name, table in sheets.items():
        if plain(name) == plain(wanted):
            return file, table
    facts = {"sheet": wanted, "nearest": nearest(wanted, sheets)}
    raise Unusable(Problem("measure-sheet-unknown", file=file, facts=facts))


@dataclass
class _Reader:
    """The rows of a sheet, and what is wrong in them."""

    described: Described
    file: str
    table: Table
    problems: list[Problem] = field(default_factory=list)
    wrong: dict[str, list[Cell]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[Place, Count]] = field(default_factory=dict)
    population: dict[tuple[str, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pilot = self.described.pilot
        self.counts = {name: {} for name in pilot.columns.given}
        self.tiers = {plain(tier.called or tier.id): tier.id for tier in pilot.tiers}
        self.hidden = {plain(word) for word in pilot.hidden.words}

    def register(self) -> Register:
        """All rows, and whether they are all there."""
        places = self._places()
        if not self.problems:
            self.problems += not_as_seen(self.table, places.values(), self.file)
            at = places[self.described.pilot.columns.neighbourhood]
            self.problems += totals(self.table, at, self.file)
        for row in self.table[1:] if not self.problems else ():
            self._row(row, places)
        for code, cells in self.wrong.items():
            self.problems += told_once(code, cells, self.file, found=written_in(cells))
        quarters = sorted({quarter for _, quarter in self.population})
        whole = tuple(range(quarters[0], quarters[-1] + 1)) if quarters else ()
        if not self.problems:
            self.problems += [*self._there(), *self._gaps(whole)]
        names = tuple(self.names.values())
        return Register(names, whole, self.counts, self.population)

    def _places(self) -> dict[str, int]:
        """At which position each heading stands."""
        columns = self.described.pilot.columns
        wanted = [columns.neighbourhood, columns.quarter, columns.population]
        wanted += [columns.tier] if columns.tier else []
        for name in columns.given:
            own = getattr(columns, name)
            wanted += own.values() if isinstance(own, dict) else [own]
        heads = [plain(cell.text) for cell in self.table[0]] if self.table else []
        found = {}
        for name in wanted:
            if heads.count(plain(name)) == 1:
                found[name] = heads.index(plain(name))
            else:
                code = "measure-column-twice" if plain(name) in heads else "measure-column-missing"
                facts = {"column": name, "nearest": nearest(plain(name), heads)}
                self.problems.append(Problem(code, file=self.file, line=1, facts=facts))
        if self.problems and self.table:
            self.problems += merged(self.table[:1], self.file)
        if not self.problems and len(self.table) < 2:
            self.problems.append(Problem("pilot-no-rows", file=self.file))
        return found

    def _row(self, row: list[Cell], places: dict[str, int]) -> None:
        columns = self.described.pilot.columns
        empty = Cell(None, row[0].row, row[0].column)

        def cell(name: str) -> Cell:
            return row[places[name]] if places[name] < len(row) else empty

        name, quarter = cell(columns.neighbourhood), quarter_of(cell(columns.quarter).text)
        if not name.text:
            self._wrong("pilot-neighbourhood-empty", name)
        if quarter is None:
            self._wrong("pilot-quarter", cell(columns.quarter))
        if not name.text or quarter is None:
            return
        where = self.names.setdefault(plain(name.text), name.text)
        self._people(cell(columns.population), where, quarter, columns.tier is not None)
        if columns.tier is None:
            for key in columns.given:
                for tier, heading in getattr(columns, key).items():
                    self._count(cell(heading), key, (where, quarter, tier))
            return
        tier = self.tiers.get(plain(cell(columns.tier).text), "")
        if not tier:
            self._wrong("pilot-tier-word", cell(columns.tier))
            return
        for key in columns.given:
            self._count(cell(getattr(columns, key)), key, (where, quarter, tier))

    def _people(self, cell: Cell, where: str, quarter: int, again: bool) -> None:
        """The population: once, or alike on every row of a neighbourhood and quarter."""
        found = _whole(cell)
        if not found:
            self._wrong("pilot-population", cell)
        elif self.population.setdefault((where, quarter), found) != found:
            self._wrong("pilot-population-differs" if again else "pilot-row-twice", cell)

    def _count(self, cell: Cell, key: str, place: Place) -> None:
        hidden, number = self.described.pilot.hidden, _whole(cell)
        if plain(cell.text) in self.hidden and cell.text:
            found = Count(hidden.low, hidden.high)
        elif number is not None:
            found = Count(number, number)
        else:
            self._wrong("pilot-number" if cell.text else "pilot-empty", cell)
            return
        if place in self.counts[key]:
            self._wrong("pilot-row-twice", cell)
        self.counts[key][place] = found

    def _wrong(self, code: str, cell: Cell) -> None:
        self.wrong.setdefault(code, []).append(cell)

    def _there(self) -> Iterator[Problem]:
        """pilot-neighbourhood-unknown: a name of the pilot that the register does not have."""
        pilot = self.described.pilot
        named: list[tuple[tuple[str, ...], str]]
        named = [(("started", name), name) for name in pilot.started]
        named += [(("comparison",), name) for name in pilot.comparison]
        for path, name in named:
            if plain(name) not in self.names:
                facts = {"name": name, "nearest": nearest(name, self.names.values())}
                yield self.described.wrong("pilot-neighbourhood-unknown", *path, **facts)

    def _gaps(self, quarters: tuple[int, ...]) -> Iterator[Problem]:
        """pilot-row-missing"""
        tiers = [tier.id for tier in self.described.pilot.tiers]
        for key in self.counts:
            own = getattr(self.described.pilot.columns, key)
            wanted = list(own) if isinstance(own, dict) else tiers
            for name in self.names.values():
                for quarter in quarters:
                    for tier in wanted:
                        if (name, quarter, tier) not in self.counts[key]:
                            facts = {"name": name, "quarter": name_of(quarter), "tier": tier}
                            yield Problem("pilot-row-missing", file=self.file, facts=facts)
                            return


def _whole(cell: Cell) -> int | None:
    """A count of people without signs between its digits, from 0."""
    if isinstance(cell.value, bool):
        return None
    text = cell.text
    found = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
    return found if found is not None and found <= MOST_PEOPLE else None
