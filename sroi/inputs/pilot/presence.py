"""Presence: who moved along, where and when, as people scored it, from the cells of a sheet.

A row is one score: a neighbourhood, a quarter, a condition of the scenario and a number from 0 (not
there) to 4 (fully there), by somebody who scored. Two who score apart from each other show how far
a score is a matter of who gives it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sroi.inputs.pilot.pilot import Described
from sroi.inputs.pilot.quarter import quarter_of
from sroi.inputs.pilot.register import Register
from sroi.inputs.text.as_seen import merged, not_as_seen, told_once, totals, written_in
from sroi.inputs.text.cells import Cell, Kind, Table
from sroi.inputs.text.read_alike import plain
from sroi.inputs.text.sheet import tables_of
from sroi.problems import Problem, Unusable, errors, nearest

SHEET = Kind(
    "pilot-data-kind", "pilot-data-unreadable", "pilot-data-too-large", "pilot-data-active"
)
HEADINGS = {
    "neighbourhood": "wijk neighbourhood buurt",
    "quarter": "kwartaal quarter",
    "condition": "voorwaarde condition",
    "score": "score",
    "scorer": "scoorder scorer",
}
MOST = 4  # the highest score
SCORES = {str(number): number for number in range(MOST + 1)}


@dataclass(frozen=True)
class Score:
    """What one person gave one condition in one neighbourhood and quarter: 0 to 4."""

    neighbourhood: str
    quarter: int
    condition: str
    scorer: str
    score: int


def read_presence(described: Described, register: Register) -> tuple[Score, ...]:
    """All scores that a pilot names; none where it names no sheet of them.

    Raises `Unusable` with all that is wrong in it.
    """
    path = described.presence
    if path is None:
        return ()
    tables = tables_of(path, SHEET)
    names = {plain(name): name for name in register.neighbourhoods}
    reader = _Reader(str(path), tables[0] if tables else [], names)
    scores = reader.scores()
    if wrong := errors(reader.problems):
        raise Unusable(*sorted(wrong, key=Problem.order))
    return tuple(scores)


@dataclass
class _Reader:
    """The rows of a sheet, and what is wrong in them. `names`: the neighbourhoods, as read."""

    file: str
    table: Table
    names: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    wrong: dict[tuple[str, str], list[Cell]] = field(default_factory=dict)
    given: set[tuple[str, int, str, str]] = field(default_factory=set)

    def scores(self) -> list[Score]:
        """All rows that can be read."""
        places = self._places()
        if not self.problems:
            self.problems += not_as_seen(self.table, places.values(), self.file)
            self.problems += totals(self.table, places["neighbourhood"], self.file)
        if self.problems:
            return []
        found = [self._score(row, places) for row in self.table[1:]]
        for (code, near), cells in self.wrong.items():
            self.problems += told_once(
                code, cells, self.file, nearest=near, found=written_in(cells)
            )
        return [one for one in found if one]

    def _places(self) -> dict[str, int]:
        """In which column what stands."""
        heads = {
            plain(cell.text): at for at, cell in enumerate(self.table[0] if self.table else [])
        }
        places = {
            name: heads[word]
            for name, words in HEADINGS.items()
            for word in words.split()
            if word in heads
        }
        for name, words in HEADINGS.items():
            if name not in places:
                facts = {"name": " / ".join(words.split()[:2])}
                self.problems.append(Problem("pilot-presence-column", file=self.file, facts=facts))
        if self.problems and self.table:
            self.problems += merged(self.table[:1], self.file)
        if not self.problems and len(self.table) < 2:
            self.problems.append(Problem("pilot-presence-empty", file=self.file))
        return places

    def _score(self, row: list[Cell], places: Mapping[str, int]) -> Score | None:
        empty = Cell(None, row[0].row, row[0].column)
        cells = {name: row[at] if at < len(row) else empty for name, at in places.items()}
        where, quarter = self._neighbourhood(cells), quarter_of(cells["quarter"].text)
        score = SCORES.get(cells["score"].text.removesuffix(".0"))
        condition, scorer = plain(cells["condition"].text), plain(cells["scorer"].text)
        for name, there in (("condition", condition), ("scorer", scorer)):
            if not there:
                self._wrong("pilot-presence-part-empty", cells[name])
        if quarter is None:
            self._wrong("pilot-quarter", cells["quarter"])
        if score is None:
            self._wrong("pilot-presence-score", cells["score"])
        if not (where and condition and scorer) or quarter is None or score is None:
            return None
        key = (where, quarter, condition, scorer)
        if key in self.given:
            self._wrong("pilot-presence-twice", cells["score"])
        self.given.add(key)
        return Score(where, quarter, condition, scorer, score)

    def _neighbourhood(self, cells: Mapping[str, Cell]) -> str:
        """As the register calls it."""
        said = plain(cells["neighbourhood"].text)
        if said not in self.names:
            near = self.names.get(nearest(said, self.names), "")
            self._wrong("pilot-presence-neighbourhood", cells["neighbourhood"], near)
        return self.names.get(said, "")

    def _wrong(self, code: str, cell: Cell, near: str = "") -> None:
        self.wrong.setdefault((code, near), []).append(cell)
