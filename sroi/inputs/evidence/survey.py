"""The answers of a survey before and after: from sheets to scores by person, without the person.

What a measurement is made of stays in this file. Names of people go no further than the linking
of before to after, cells are never quoted, and what looks like a person is counted and told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sroi.inputs.evidence.answers import NUMBER, Answers, said
from sroi.inputs.evidence.codes import like_codes
from sroi.inputs.evidence.measurement import Described, Moment
from sroi.inputs.evidence.people import Group, People
from sroi.inputs.evidence.survey_sheet import SurveySheet, survey_sheets
from sroi.inputs.text.as_seen import first, is_total
from sroi.inputs.text.cells import Cell
from sroi.inputs.text.personal_data import personal
from sroi.problems import Problem, Unusable, errors

SECOND_HEADINGS = 2  # lines below the headings that may be headings as well
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

    `incomplete`: how many questionnaires lack an answer and were not scored. `answers`: what each
    question counts for, of every questionnaire that was whole.
    """

    persons: tuple[Person, ...]
    incomplete: int
    problems: tuple[Problem, ...]
    answers: tuple[tuple[float, ...], ...] = ()


def read_survey(described: Described) -> Survey:
    """The survey that a measurement describes. Raises `Unusable` with all that is wrong in it."""
    sheets = survey_sheets(described)
    found = [problem for one in sheets for problem in one.problems]
    measurement = described.measurement
    people, readers = People(measurement.columns.wide and not measurement.apart), []
    for sheet in sheets if not found else ():
        readers.append(_Reader(described, sheet, people))
        found += readers[-1].read()
        scores, heads = readers[-1].answers.scores, sheet.table[0]
        found += like_codes(scores, described.scale, sheet.file, heads)
    if not found and not people.everybody:
        found.append(Problem("measure-no-rows", file=str(described.data)))
    found += [*people.problems(), *_personal(described, sheets, found)]
    problems = sorted(_once(found), key=Problem.order)
    if errors(problems):
        raise Unusable(*problems)
    persons = tuple(
        Person(one.group, one.scores.get("before"), one.scores.get("after"))
        for one in people.everybody.values()
    )
    answers = tuple(whole for reader in readers for whole in reader.answers.whole)
    return Survey(persons, sum(r.answers.incomplete for r in readers), tuple(problems), answers)


def _once(problems: list[Problem]) -> Iterator[Problem]:
    """Of what is wrong in cells each kind once, in the place of the first, with the first cells."""
    alike: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        same = tuple((key, str(fact)) for key, fact in problem.facts.items() if key != "cell")
        alike.setdefault((problem.code, problem.file, same), []).append(problem)
    for own in alike.values():
        cells = [str(problem.facts["cell"]) for problem in own if "cell" in problem.facts]
        facts = {"cells": first(cells), "count": len(cells)} if cells else {}
        yield from [replace(own[0], facts={**own[0].facts, **facts})] if cells else own


def _personal(
    described: Described, sheets: list[SurveySheet], told: list[Problem]
) -> Iterator[Problem]:
    """What looks like a person, by column: never what it says, only how often.

    Not in lines of which it was `told` that nobody stands on them.
    """
    items, measurement = described.items, described.measurement
    harmless = [*(items.answers if items else []), *measurement.answers, *measurement.no_answer]
    harmless += [word for group in measurement.words.model_dump().values() for word in group]
    lines = {problem.line for problem in told if problem.code == "sheet-headings"}
    found: dict[tuple[object, ...], Problem] = {}
    for one in sheets:
        at = one.places.get(measurement.columns.person)
        for number, table in enumerate(one.tables):
            own = number == one.number
            column = at + 1 if own and at is not None else None
            rows = [r for r in table if not (own and _nobody(r, at, lines))]
            for kind, cell, count in personal(rows, harmless, column):
                facts = {"column": cell.letters, "count": count, "sheet": number + 1}
                place = (one.file, cell.row, cell.column)
                problem = Problem(WARNINGS[kind], "warning", *place, facts=facts)
                found.setdefault((one.file, number, cell.column, kind), problem)
    yield from found.values()


def _nobody(row: list[Cell], person: int | None, lines: set[int]) -> bool:
    """Whether a line is one of headings or totals."""
    total = person is not None and person < len(row) and is_total(row[person].text)
    return row[0].row in lines or total


class _Reader:
    """The rows of one sheet; what is wrong with them is gathered in `problems`."""

    def __init__(self, described: Described, sheet: SurveySheet, people: People) -> None:
        self.measurement, self.sheet, self.people = described.measurement, sheet, people
        self.problems: list[Problem] = []
        self.answers = Answers(described, self._wrong)
        self.is_csv = sheet.file.lower().endswith(".csv")

    def read(self) -> list[Problem]:
        """All rows. Lines that are headings as well are told as such, and not cell by cell."""
        table = self.sheet.table
        by_row = []
        for row in table[1:]:
            before = len(self.problems)
            self._row(row)
            by_row.append(self.problems[before:])
        headings = self._headings(by_row)
        if headings:
            told = table[1][0]
            lines = dict.fromkeys((told.row, table[headings][0].row))
            facts = {"lines": "–".join(map(str, lines))}
            again = Problem("sheet-headings", file=self.sheet.file, line=told.row, facts=facts)
            return [again, *(problem for row in by_row[headings:] for problem in row)]
        return self.problems

    def _headings(self, by_row: list[list[Problem]]) -> int:
        """How many of the first rows hold no answer at all, where the next one does."""
        rows = zip(self.sheet.table[1:], by_row, strict=True)
        first = next((n for n, (row, wrong) in enumerate(rows) if not self._words(row, wrong)), 0)
        return first if first <= SECOND_HEADINGS else 0

    def _words(self, row: list[Cell], wrong: list[Problem]) -> bool:
        """Whether all that stands in a row are words that mean nothing here."""
        single = {self.measurement.columns.person, self.measurement.columns.group}
        places = [at for name, at in self.sheet.places.items() if name not in single]
        filled = [row[at] for at in places if at < len(row) and row[at].text]
        known = self.measurement.words.before + self.measurement.words.after
        understood = any(NUMBER.fullmatch(cell.text) or said(cell, known) for cell in filled)
        least = 1 if self.measurement.columns.moment else len(filled)
        return len(filled) > 1 and len(wrong) >= least and not understood

    def _wrong(self, what: str, cell: Cell, **facts: object) -> None:
        place = {"line": cell.row, "column": cell.column, "facts": {"cell": cell.address} | facts}
        self.problems.append(Problem(what, file=self.sheet.file, **place))  # type: ignore[arg-type]

    def _row(self, row: list[Cell]) -> None:
        if len(row) > len(self.sheet.table[0]) and self.is_csv:
            self._wrong("measure-row-length", row[-1], count=len(self.sheet.table[0]))
            return
        person, group = self._cell(row, self.measurement.columns.person), self._group(row)
        if not person.text:
            self._wrong("measure-person-missing", person)
        scores = dict(self._scores(row))
        if person.text and group:
            problem = self.people.add(person, self.sheet.file, group, scores)
            self.problems += [problem] if problem else []

    def _cell(self, row: list[Cell], name: str) -> Cell:
        return row[self.sheet.places[name]]

    def _group(self, row: list[Cell]) -> Group | None:
        name, words = self.measurement.columns.group, self.measurement.words
        if name is None:
            return "programme"
        cell = self._cell(row, name)
        if said(cell, words.programme):
            return "programme"
        if said(cell, words.comparison):
            return "comparison"
        known = ", ".join([*words.programme, *words.comparison])
        self._wrong("measure-word-unknown", cell, known=known, key="words")
        return None

    def _scores(self, row: list[Cell]) -> Iterator[tuple[Moment, float | None]]:
        columns, own = self.measurement.columns, self.sheet.moment
        found: Moment | None
        for moment in (
            (own,) if own else ("before", "after") if columns.wide else (self._moment(row),)
        ):
            if found := moment:
                cells = [self._cell(row, name) for name in columns.of(found)]
                yield found, self.answers.score(cells)

    def _moment(self, row: list[Cell]) -> Moment | None:
        words, cell = self.measurement.words, self._cell(row, self.measurement.columns.moment or "")
        if said(cell, words.before):
            return "before"
        if said(cell, words.after):
            return "after"
        if not said(cell, words.ignore):
            known = ", ".join([*words.before, *words.after, *words.ignore])
            self._wrong("measure-word-unknown", cell, known=known, key="words")
        return None
