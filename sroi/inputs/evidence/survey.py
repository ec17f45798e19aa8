"""The answers of a survey before and after: from a sheet to scores by person, without the person.

What a measurement is made of stays in this file. Names of people go no further than the linking
of before to after, cells are never quoted, and what looks like a person is counted and told.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from sroi.inputs.evidence.instruments import Items
from sroi.inputs.evidence.measurement import Described
from sroi.inputs.text.personal_data import heading_kind, personal
from sroi.inputs.text.sheet import Cell, Kind, Table, tables_of
from sroi.problems import Problem, Unusable, errors

Group = Literal["programme", "comparison"]
Moment = Literal["before", "after"]
SHEET = Kind(
    "measure-data-kind", "measure-data-unreadable", "measure-data-too-large", "measure-data-active"
)
NUMBER = re.compile(r"[+-]?\d{1,9}([.,]\d{1,9})?", re.ASCII)
MOST_OF_A_KIND = 25
CLOSE = 0.75
# by what a column looks like, the warning about it
WARNINGS = {
    "name": "measure-personal-name", "address": "measure-personal-address",
    "email": "measure-personal-email", "phone": "measure-personal-phone",
    "bsn": "measure-personal-bsn", "birth": "measure-personal-birth",
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody's scores before and after; None where there is none."""

    group: Group
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Survey:
    """All who are in it, in no order that means anything.

    `incomplete`: how many questionnaires lack an answer and were not scored.
    """

    persons: tuple[Person, ...]
    incomplete: int
    problems: tuple[Problem, ...]


@dataclass
class _Linked:
    """What is known of a person while the rows are read; `row`: where the person was first seen."""

    row: int
    group: Group
    scores: dict[Moment, float | None] = field(default_factory=dict)


def read_survey(described: Described) -> Survey:
    """The survey that a measurement describes. Raises `Unusable` with all that is wrong in it."""
    tables = tables_of(described.data, SHEET)
    reader = _Reader(described, tables)
    persons = reader.persons()
    problems = sorted([*_limited(reader.problems), *reader.warnings()], key=Problem.order)
    if errors(problems):
        raise Unusable(*problems)
    found = tuple(Person(p.group, p.scores.get("before"), p.scores.get("after")) for p in persons)
    return Survey(found, reader.incomplete, tuple(problems))


def _limited(problems: list[Problem]) -> Iterator[Problem]:
    """The first of each kind; how many more there are is said once."""
    counts: Counter[str] = Counter()
    for problem in problems:
        counts[problem.code] += 1
        if counts[problem.code] <= MOST_OF_A_KIND:
            yield problem
    for what, count in counts.items():
        if count > MOST_OF_A_KIND:
            last = next(problem for problem in reversed(problems) if problem.code == what)
            facts = {"count": count - MOST_OF_A_KIND, "what": what}
            yield Problem("measure-more", file=last.file, line=last.line, facts=facts)


def _said(cell: Cell, among: Iterable[str]) -> bool:
    return cell.text.casefold() in {word.strip().casefold() for word in among}


class _Reader:
    """The rows of one table; what is wrong with them is gathered in `problems`."""

    def __init__(self, described: Described, tables: list[Table]) -> None:
        self.described, self.tables = described, tables
        self.measurement, self.file = described.measurement, str(described.data)
        self.problems: list[Problem] = []
        self.incomplete, self.is_csv = 0, described.data.suffix.lower() == ".csv"
        self.table = self._table()
        self.places = self._places()

    def persons(self) -> list[_Linked]:
        """Everybody, with a score or without."""
        if self.problems:
            return []
        linked: dict[str, _Linked] = {}
        for row in self.table[1:]:
            self._row(row, linked)
        if not linked and not self.problems:
            self.problems.append(Problem("measure-no-rows", file=self.file))
        return list(linked.values())

    def warnings(self) -> Iterator[Problem]:
        """What looks like a person, by column: never what it says, only how often."""
        items, words = self.described.items, self.measurement.words
        harmless = [*(items.answers if items else []), *self.measurement.answers]
        harmless += [word for group in words.model_dump().values() for word in group]
        harmless += self.measurement.no_answer
        pseudonym = self.places.get(self.measurement.columns.person)
        for number, table in enumerate(self.tables, 1):
            own = table is self.table
            column = pseudonym + 1 if own and pseudonym is not None else None
            for kind, cell, count in personal(table, harmless, column):
                facts = {"column": cell.letters, "count": count, "sheet": number}
                yield Problem(
                    WARNINGS[kind], "warning", self.file, cell.row, cell.column, "", facts
                )

    def _table(self) -> Table:
        """The first sheet that has all columns, or else the first."""
        wanted = set(map(_heading, self.measurement.columns.all))
        fits = [t for t in self.tables if t and wanted <= {_heading(c.text) for c in t[0]}]
        return next(iter(fits or self.tables), [])

    def _places(self) -> dict[str, int]:
        """At which position each column stands."""
        first = [_heading(cell.text) for cell in self.table[0]] if self.table else []
        places = {}
        for name in self.measurement.columns.all:
            found = [position for position, head in enumerate(first) if head == _heading(name)]
            places[name] = found[0] if found else 0
            line, facts = self.table[0][0].row if first else 0, {"column": name[:80]}
            if not found:
                facts["nearest"] = self._near(name)
                missing = Problem("measure-column-missing", file=self.file, line=line, facts=facts)
                self.problems.append(missing)
            elif len(found) > 1:
                twice = Problem("measure-column-twice", file=self.file, line=line, facts=facts)
                self.problems.append(twice)
        return places

    def _near(self, name: str) -> str:
        """The heading that looks like it; a file without headings has people in their place."""
        heads = {_heading(c.text): c.text for c in self.table[0]} if self.table else {}
        safe = [head for head in heads if head and not heading_kind(heads[head])]
        return next(iter(difflib.get_close_matches(_heading(name), safe, 1, CLOSE)), "")

    def _wrong(self, what: str, cell: Cell, **facts: object) -> None:
        place = {"line": cell.row, "column": cell.column, "facts": {"cell": cell.address} | facts}
        self.problems.append(Problem(what, file=self.file, **place))  # type: ignore[arg-type]

    def _row(self, row: list[Cell], linked: dict[str, _Linked]) -> None:
        if len(row) > len(self.table[0]) and self.is_csv:
            self._wrong("measure-row-length", row[-1], count=len(self.table[0]))
            return
        columns = self.measurement.columns
        person, group = row[self.places[columns.person]], self._group(row)
        if not person.text:
            self._wrong("measure-person-missing", person)
        scores = dict(self._scores(row))
        if person.text and group:
            one = linked.setdefault(person.text, _Linked(person.row, group))
            self._link(one, person, group, scores)

    def _link(
        self, one: _Linked, person: Cell, group: Group, scores: dict[Moment, float | None]
    ) -> None:
        """One row more of the same person."""
        if one.group != group:
            self._wrong("measure-person-two-groups", person, other=one.row)
        elif set(scores) & set(one.scores) or (self.measurement.columns.wide and one.scores):
            self._wrong("measure-person-twice", person, other=one.row)
        else:
            one.scores.update(scores)

    def _group(self, row: list[Cell]) -> Group | None:
        name, words = self.measurement.columns.group, self.measurement.words
        if name is None:
            return "programme"
        cell = row[self.places[name]]
        if _said(cell, words.programme):
            return "programme"
        if _said(cell, words.comparison):
            return "comparison"
        known = ", ".join([*words.programme, *words.comparison])
        self._wrong("measure-word-unknown", cell, known=known, key="words")
        return None

    def _scores(self, row: list[Cell]) -> Iterator[tuple[Moment, float | None]]:
        columns = self.measurement.columns
        if columns.before and columns.after:
            yield "before", self._score([row[self.places[name]] for name in columns.before])
            yield "after", self._score([row[self.places[name]] for name in columns.after])
        elif columns.score and (moment := self._moment(row)):
            yield moment, self._score([row[self.places[name]] for name in columns.score])

    def _moment(self, row: list[Cell]) -> Moment | None:
        words, cell = (
            self.measurement.words,
            row[self.places[self.measurement.columns.moment or ""]],
        )
        if _said(cell, words.before):
            return "before"
        if _said(cell, words.after):
            return "after"
        if not _said(cell, words.ignore):
            known = ", ".join([*words.before, *words.after, *words.ignore])
            self._wrong("measure-word-unknown", cell, known=known, key="words")
        return None

    def _score(self, cells: list[Cell]) -> float | None:
        """The score of one questionnaire; None where it was not filled in, or not whole."""
        items = self.described.items
        if len(cells) == 1 and (items is None or items.count != 1):
            return self._on_scale(cells[0])
        found = [self._item(cell, number) for number, cell in enumerate(cells, 1)]
        whole = [value for value in found if value is not None]
        if len(whole) < len(found) or items is None:
            self.incomplete += bool(whole)
            return None
        return items.score(whole)

    def _on_scale(self, cell: Cell) -> float | None:
        """A score that stands in the file as it is."""
        if not cell.text or self._no_answer(cell):
            return None
        scale, value = self.described.scale, self._number(cell, cell.text)
        if value is None or scale.holds(value):
            return value
        self._wrong("measure-outside-scale", cell, low=f"{scale.low:g}", high=f"{scale.high:g}")
        return None

    def _item(self, cell: Cell, number: int) -> float | None:
        """What one answer counts for."""
        items = self.described.items or Items()
        if not cell.text or self._no_answer(cell):
            return None
        backwards = number in items.reversed
        known = items.answers_reversed if backwards else items.answers
        meant = self.measurement.answers.get(cell.text, cell.text).strip().casefold()
        if known and meant not in known:
            self._wrong("measure-answer-unknown", cell, known=", ".join(known))
            return None
        value = known[meant] if known else self._number(cell, meant)
        if value is None or known:
            return value
        if not items.low <= value <= items.high:
            self._wrong("measure-outside-scale", cell, low=f"{items.low:g}", high=f"{items.high:g}")
            return None
        return items.low + items.high - value if backwards else value

    def _no_answer(self, cell: Cell) -> bool:
        return _said(cell, self.measurement.no_answer)

    def _number(self, cell: Cell, text: str) -> float | None:
        """A number with a decimal comma or point."""
        if isinstance(cell.value, bool) or not NUMBER.fullmatch(text):
            self._wrong("measure-number", cell)
            return None
        return float(text.replace(",", "."))


def _heading(text: str) -> str:
    return " ".join(text.split()).casefold()
