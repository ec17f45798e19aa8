"""A portfolio file, read with its table and its scenarios and held against all rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path

from sroi.inputs.files.chosen_library import chosen_library
from sroi.inputs.files.scenario_file import Loaded
from sroi.inputs.library.library import Library
from sroi.inputs.portfolio.area_table import AreaTable
from sroi.inputs.portfolio.beside import Beside
from sroi.inputs.portfolio.filled import (
    Programme,
    Row,
    once,
    own_paths,
    problems_of,
    rows_of,
    said_of,
)
from sroi.inputs.portfolio.portfolio import InAreas, Portfolio
from sroi.inputs.scenario import variants
from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.text.reading import fields_at, nouns_of
from sroi.inputs.text.yaml_text import Document, Path_, read
from sroi.problems import Problem, Unusable, errors, nearest
from sroi.process import side_by_side

MOST_ROWS = 10_000
PAYS, AT_ONCE = 512, 32  # rows from which processes pay, and how many each of them takes


@dataclass(frozen=True)
class LoadedPortfolio:
    """A portfolio that can be run, with its programmes, its library and its warnings."""

    portfolio: Portfolio
    programmes: tuple[Programme, ...]
    library: Library
    problems: tuple[Problem, ...]
    document: Document = field(repr=False, compare=False)
    table: AreaTable = field(repr=False, compare=False)

    @property
    def rows(self) -> list[Row]:
        """Every programme in every area, programme by programme."""
        return [row for programme in self.programmes for row in programme.rows]


def load_portfolio(
    source: Path | Document,
    library: Library | None = None,
    carried: Mapping[str, bytes] | None = None,
    workers: int = 1,
) -> LoadedPortfolio:
    """Read a portfolio. Raises `Unusable` with all that is wrong with it and with its rows.

    `source`: the file, or what was read of it before. `carried`: what lies beside it, by the
    names that it says, where that is not on disk. `workers`: at most so many processes.
    """
    document = source if isinstance(source, Document) else read(source)
    portfolio, problems = nouns_of(Portfolio, document)
    if portfolio is None:
        raise Unusable(*sorted(problems, key=Problem.order))
    library = library or chosen_library()
    parts = _Parts(portfolio, document, library, Beside(document.file, carried))
    table, found = parts.table(), parts.programmes()
    filled = [parts.filled(one, table) for one in found] if table else []
    if table:
        parts.check(table, workers)
    if not errors(parts.problems):
        parts.problems += parts.unknown_own()
    problems = parts.problems
    if errors(problems) or table is None:
        raise Unusable(*sorted(problems, key=Problem.order))
    return LoadedPortfolio(portfolio, tuple(filled), library, tuple(problems), document, table)


def check_portfolio(path: Path, workers: int = 1) -> list[Problem]:
    """All problems of a portfolio, of its table and of its scenarios."""
    try:
        return list(load_portfolio(path, workers=workers).problems)
    except Unusable as unusable:
        return list(unusable.problems)


@dataclass(frozen=True)
class _Found:
    """A programme, the `number` of its place in the file (from 0), and its scenario."""

    number: int
    described: InAreas
    template: Loaded
    targets: dict[str, Path_]

    @property
    def id(self) -> str:
        """Its own id, or else that of the scenario."""
        return self.described.id or self.template.scenario.scenario


class _Parts:
    """The files that a portfolio names; what is wrong with them is gathered in `problems`."""

    def __init__(
        self, portfolio: Portfolio, document: Document, library: Library, beside: Beside
    ) -> None:
        self.portfolio, self.document, self.library = portfolio, document, library
        self.beside = beside
        self.problems: list[Problem] = []
        self.uncertain = set[str]()
        self.whole = list[Programme]()
        self.rows = 0

    def wrong(self, what: str, number: int, *path: str, **facts: object) -> Problem:
        """A mistake in a programme."""
        return self.document.problem(what, ("programmes", number, *path), **facts)

    def table(self) -> AreaTable | None:
        """The table, if there is nothing wrong with it."""
        if not self._beside(self.portfolio.table, ("table",)):
            return None
        said, wanted = self.portfolio, self.portfolio.headings()
        try:
            return self.beside.table(said.table, said.sheet, wanted)
        except Unusable as unusable:
            self.problems += unusable.problems
            return None

    def programmes(self) -> list[_Found]:
        """The programmes with nothing wrong in their own file."""
        found, read_before = list[_Found](), dict[str, Loaded | None]()
        for number, one in enumerate(self.portfolio.programmes):
            said = one.scenario
            if said not in read_before:
                held = self._beside(said, ("programmes", number, "scenario"))
                read_before[said] = self._scenario(said) if held else None
            template = read_before[said]
            if template and template.document:
                targets = dict(self._targets(number, one, template.document))
                if len(targets) == len(one.fills):
                    found.append(_Found(number, one, template, targets))
        self.problems += [*self._ids(found), *self._alike(found), *self._payer(found)]
        return found

    def _payer(self, found: list[_Found]) -> Iterator[Problem]:
        """portfolio-payer-unknown"""
        budget = self.portfolio.budget
        known = {payer for one in found for payer in one.template.library.payers}
        if budget and budget.payer and known and budget.payer not in known:
            facts = {"id": budget.payer[:80], "nearest": nearest(budget.payer, known)}
            yield self.document.problem("portfolio-payer-unknown", ("budget", "payer"), **facts)

    def filled(self, one: _Found, table: AreaTable) -> Programme:
        """A programme in its areas; portfolio-nowhere, portfolio-rows-many."""
        rows, missing = rows_of(one.id, one.described, table)
        self.problems += missing
        self.rows += len(rows)
        if self.rows > MOST_ROWS:
            self.problems.append(self.wrong("portfolio-rows-many", one.number, most=MOST_ROWS))
            missing = missing or self.problems[-1:]
        if not rows:
            self.problems.append(self.wrong("portfolio-nowhere", one.number, "where", id=one.id))
        programme = Programme(one.id, one.described, one.template, one.targets, tuple(rows))
        if rows and not missing:
            self.whole.append(programme)
        return programme

    def check(self, table: AreaTable, workers: int) -> None:
        """What is wrong or weak with the rows of the programmes of which no cell is missing."""
        given = (self.whole, self.library)
        places = [(n, row) for n, one in enumerate(self.whole) for row in range(len(one.rows))]
        with side_by_side(workers if len(places) >= PAYS else 1, given) as each:
            said = each(said_of, places, AT_ONCE)
            for programme in self.whole:
                own = list(islice(said, len(programme.rows)))
                wrong, weak = problems_of(programme, table, own)
                self.problems += [*wrong, *once(programme, weak, self.document.file)]
                if not wrong:
                    self.uncertain |= set(self._own(programme))

    def _own(self, programme: Programme) -> Iterator[str]:
        """What may be drawn for each area by itself; portfolio-own-correlated"""
        filled = programme.filled(programme.rows[0], self.library)
        tied = {path for one in filled.scenario.correlations for path in one.of}
        for path in own_paths(filled.scenario, filled.library):
            yield path
            for number, pattern in enumerate(self.portfolio.own):
                if path in tied and fnmatchcase(path, pattern):
                    at, facts = ("own", number), {"path": path[:120], "programme": programme.id}
                    self.problems.append(
                        self.document.problem("portfolio-own-correlated", at, **facts)
                    )

    def unknown_own(self) -> Iterator[Problem]:
        """portfolio-own-unknown"""
        for number, pattern in enumerate(self.portfolio.own):
            if not any(fnmatchcase(path, pattern) for path in self.uncertain):
                facts = {"path": pattern[:120], "nearest": nearest(pattern, self.uncertain)}
                yield self.document.problem("portfolio-own-unknown", ("own", number), **facts)

    def _scenario(self, said: str) -> Loaded | None:
        """The scenario as it stands in its file, if there is nothing wrong with it."""
        try:
            return self.beside.scenario(said, self.library)
        except Unusable as unusable:
            self.problems += unusable.problems
            return None

    def _beside(self, said: str, path: Path_) -> bool:
        """portfolio-file-elsewhere: only what lies in the folder of the portfolio is opened"""
        if self.beside.holds(said):
            return True
        self.problems.append(
            self.document.problem("portfolio-file-elsewhere", path, found=said[:80])
        )
        return False

    def _targets(
        self, number: int, one: InAreas, document: Document
    ) -> Iterator[tuple[str, Path_]]:
        """portfolio-path-unknown, portfolio-path-twice"""
        taken: dict[Path_, str] = {}
        for heading, path in one.fills:
            target = variants.place_of(document, path)
            if target is None or not _known(document, target):
                near = nearest(path, variants.suggestions(document))
                facts = {"path": path[:120], "scenario": one.scenario[:80], "nearest": near}
                self.problems.append(
                    self.wrong("portfolio-path-unknown", number, "columns", heading, **facts)
                )
                continue
            for other, before in taken.items():
                if target[: len(other)] == other or other[: len(target)] == target:
                    facts = {"path": path[:120], "other": before[:80]}
                    self.problems.append(
                        self.wrong("portfolio-path-twice", number, "columns", heading, **facts)
                    )
                    break
            else:
                taken[target] = heading
                yield path, target

    def _ids(self, found: list[_Found]) -> Iterator[Problem]:
        """portfolio-programme-twice"""
        seen = set[str]()
        for one in found:
            if one.id in seen:
                yield self.wrong("portfolio-programme-twice", one.number, id=one.id)
            seen.add(one.id)

    def _alike(self, found: list[_Found]) -> Iterator[Problem]:
        """portfolio-basis-differs: what is added up is of the same year, prices and rate"""
        for one in found[1:]:
            first = self._basis(found[0].template)
            for key, own in self._basis(one.template).items():
                if own != first[key]:
                    facts = {"key": key, "first": found[0].id, "second": one.id}
                    facts |= {"found": own, "other": first[key]}
                    yield self.wrong("portfolio-basis-differs", one.number, **facts)

    def _basis(self, template: Loaded) -> dict[str, str]:
        """What must be the same in all scenarios, as it is told."""
        basis = template.scenario.basis
        said, regime = basis.discounting, self.library.regimes.get(basis.discounting.regime or "")
        usual: object = regime or said
        parts = [
            getattr(said, name) or getattr(usual, name) for name in ("rate", "timing", "investment")
        ]
        return {
            "first_year": str(basis.first_year),
            "price_year": str(basis.price_year),
            "currency": basis.currency,
            "discounting": f"{parts[0]:.4g}, {parts[1]}, {parts[2] or 'same'}",
        }


def _known(document: Document, target: Path_) -> bool:
    """Whether something stands there, or a scenario may have something there."""
    parent = document.data
    for step in target[:-1]:
        parent = parent[step]
    if isinstance(parent, list):
        return True
    return target[-1] in parent or target[-1] in fields_at(Scenario, target[:-1])
