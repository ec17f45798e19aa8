"""A programme in one area: its scenario, in which the row of that area has filled some numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from sroi.inputs.files.scenario_file import Loaded, load, problems_in
from sroi.inputs.library.library import Library
from sroi.inputs.portfolio.area_table import AreaTable, written
from sroi.inputs.portfolio.portfolio import InAreas
from sroi.inputs.scenario import variants
from sroi.inputs.scenario.assumptions import assumptions
from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.text.cells import Cell
from sroi.inputs.text.read_alike import plain
from sroi.inputs.text.reading import under
from sroi.inputs.text.yaml_text import Document, Finding, Path_
from sroi.problems import Problem, Unusable, errors


@dataclass(frozen=True)
class Row:
    """A programme in an area, and what the table fills: text by path."""

    programme: str
    area: str
    values: dict[str, str]


@dataclass(frozen=True)
class Programme:
    """A programme with its scenario as it stands in its file, and the areas where it runs.

    `targets`: where every path that is filled leads in that file.
    """

    id: str
    described: InAreas
    template: Loaded
    targets: dict[str, Path_]
    rows: tuple[Row, ...]

    @cached_property
    def document(self) -> Document:
        """The file of the scenario."""
        if self.template.document is None:
            raise ValueError(self.id)
        return self.template.document

    def filled(self, row: Row, library: Library) -> Loaded:
        """The scenario of a row. Raises `Unusable` with all that is wrong with it then."""
        return load(self._document(row), library=library)

    def problems(self, row: Row, library: Library) -> list[Problem]:
        """All that is wrong or weak in the scenario of a row."""
        return problems_in(self._document(row), library)

    def _document(self, row: Row) -> Document:
        """The file with the numbers of a row in their places."""
        values = {self.targets[path]: text for path, text in row.values.items()}
        return variants.with_values(self._emptied, values)

    @cached_property
    def _emptied(self) -> Document:
        """The file in which the places that are filled are those of no line."""
        return variants.with_values(self.document, dict.fromkeys(self.targets.values(), ""))


def rows_of(id_: str, programme: InAreas, table: AreaTable) -> tuple[list[Row], list[Problem]]:
    """The areas where a programme runs, and the cells that are missing there."""
    found, problems = list[Row](), list[Problem]()
    for row in table.rows:
        if not _runs(programme, table, row):
            continue
        cells = {path: table.cell(row, name) for name, path in programme.fills}
        problems += (
            _missing(table, row, name) for name in programme.columns if not _text(table, row, name)
        )
        values = {path: written(cell) for path, cell in cells.items()}
        found.append(Row(id_, row[0].text, values))
    return found, problems


def said_of(given: tuple[list[Programme], Library], place: tuple[int, int]) -> list[Problem]:
    """What is said of a row, by the numbers of its programme and of itself in that."""
    (programmes, library), (number, row) = given, place
    try:
        return programmes[number].problems(programmes[number].rows[row], library)
    except Unusable as unusable:
        return list(unusable.problems)


def problems_of(
    programme: Programme, table: AreaTable, said: Iterable[list[Problem]]
) -> tuple[list[Problem], list[Problem]]:
    """Errors of every row as they are told of its cells, and warnings that the file has not; from
    what is `said` of each row."""
    lines = {row[0].text: row for row in table.rows}
    usual = {problem.code for problem in programme.template.problems}
    wrong, weak = list[Problem](), list[Problem]()
    for row, found in zip(programme.rows, said, strict=True):
        wrong += (_told(programme, table, lines[row.area], problem) for problem in errors(found))
        weak += (
            replace(problem, facts={**problem.facts, "area": row.area})
            for problem in found
            if problem.severity == "warning" and problem.code not in usual
        )
    return wrong, weak


def once(programme: Programme, weak: list[Problem], file: str) -> Iterator[Problem]:
    """portfolio-row-weak: each kind of warning once, with the first area that has it."""
    for code in dict.fromkeys(problem.code for problem in weak):
        same = [problem for problem in weak if problem.code == code]
        areas = list(dict.fromkeys(str(problem.facts["area"]) for problem in same))
        facts = {"programme": programme.id, "area": areas[0], "count": len(areas), "said": same[0]}
        yield Problem("portfolio-row-weak", "warning", file=file, facts=facts)


def own_paths(scenario: Scenario, library: Library) -> list[str]:
    """What is uncertain in a scenario and follows from nothing else: years that are drawn together
    by the path of their list."""
    return [
        one.path
        for one in assumptions(scenario, library).values()
        if one.quantity.uncertain and not one.quantity.linked and not one.drawn_with
    ]


def _runs(programme: InAreas, table: AreaTable, row: list[Cell]) -> bool:
    return all(
        plain(table.cell(row, name).text) in set(map(plain, words))
        for name, words in programme.where.items()
    )


def _text(table: AreaTable, row: list[Cell], heading: str) -> str:
    return table.cell(row, heading).text


def _missing(table: AreaTable, row: list[Cell], heading: str) -> Problem:
    facts = {"area": row[0].text[:80], "column": heading[:80]}
    return table.wrong("portfolio-cell-missing", table.cell(row, heading), **facts)


def _told(programme: Programme, table: AreaTable, row: list[Cell], problem: Problem) -> Problem:
    """portfolio-cell, portfolio-row: a mistake of a scenario, told of the cell that made it."""
    facts: dict[str, object] = {"area": row[0].text[:80], "programme": programme.id}
    facts["said"] = problem
    path = problem.path if isinstance(problem, Finding) else ()
    for heading, filled in programme.described.fills:
        if path and under(path, {programme.targets[filled]}):
            cell = table.cell(row, heading)
            return table.wrong("portfolio-cell", cell, **facts, column=heading[:80], path=filled)
    return table.wrong("portfolio-row", row[0], **facts)
