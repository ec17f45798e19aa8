"""The rows of a portfolio as models: those that differ in nothing but linear numbers share one.

Which way a column goes is decided by the lines of the model. A number that all lines are linear in
differs within one model; whatever else a column fills is a model of its own for each of its values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from pydantic_core import PydanticCustomError

from sroi.inputs.files.scenario_file import Loaded
from sroi.inputs.library.library import Library
from sroi.inputs.portfolio import filled
from sroi.inputs.portfolio.portfolio_file import LoadedPortfolio
from sroi.inputs.text.numerals import number
from sroi.model.lines.model import Model, model_of
from sroi.model.portfolio.linear import where_zero_matters
from sroi.model.portfolio.parts import not_linear, parts_of
from sroi.model.portfolio.rows import Alike, Row
from sroi.model.portfolio.shared import Draws, dimensions, draws_for, how_many
from sroi.model.uncertain.distributions import Certain
from sroi.model.uncertain.following import YearOf
from sroi.problems import Problem, Unusable

# parts of a scenario that rules hold against its numbers and pages tell, and no euro rests on
NO_EUROS = frozenset(("target_groups", "monitoring", "theory_of_change", "canvas", "checks"))

MOST_NUMBERS = 1 << 30  # 8 GB in a temporary folder


@dataclass(frozen=True)
class Group:
    """Rows of a programme with one model, and the `areas` that they are of. `kind`: all that
    columns fill but for linear numbers, the same in all of them."""

    programme: str
    scenario: str
    alike: Alike
    areas: tuple[str, ...]
    loaded: Loaded
    kind: tuple[tuple[str, str], ...]

    @property
    def terms_of(self) -> tuple[object, ...]:
        """Groups that are the same in this have terms that are worth the same."""
        alike = self.alike
        return (self.scenario, self.kind, alike.parts.differs, alike.own, alike.taken)


@dataclass(frozen=True)
class Structure:
    """All groups, the draws that they share, and by programme which filled paths are linear, or
    nothing that euros rest on."""

    groups: tuple[Group, ...]
    draws: Draws
    linear: dict[str, frozenset[str]]


def structure(
    portfolio: LoadedPortfolio, draws: int | None, seed: int | None, hard: bool = False
) -> Structure:
    """The models of a portfolio; draws, seed and sampling as the first scenario has them, or as
    asked. `hard`: rows have models of their own where hard cash is not linear in what differs.
    Raises `Unusable` where what is kept of them would be too large.
    """
    found, linear = list[Group](), dict[str, frozenset[str]]()
    for programme in portfolio.programmes:
        groups = _Programme(programme, portfolio, hard)
        linear[programme.id] = groups.linear
        found += groups.groups()
    taken = dimensions([(group.scenario, group.alike.model) for group in found])
    basis = portfolio.programmes[0].template.scenario.basis
    shared = draws_for(
        basis.sampling,
        basis.seed if seed is None else seed,
        basis.draws if draws is None else draws,
        how_many(taken),
    )
    _fits(portfolio, found, shared)
    placed = (
        replace(group, alike=replace(group.alike, taken=tuple(numbers)))
        for group, numbers in zip(found, taken, strict=True)
    )
    return Structure(tuple(placed), shared, linear)


def _fits(portfolio: LoadedPortfolio, groups: list[Group], draws: Draws) -> None:
    """portfolio-too-large: what one of each number is worth, for every payer and draw"""
    numbers = (len(one.alike.parts.terms) * len(one.alike.columns) for one in groups)
    most = MOST_NUMBERS // max(1, *numbers)
    if draws.total > most:
        facts = {"draws": draws.total, "most": most}
        raise Unusable(Problem("portfolio-too-large", file=portfolio.document.file, facts=facts))


class _Programme:
    """A programme, and which of the numbers that its columns fill are linear."""

    def __init__(self, programme: filled.Programme, portfolio: LoadedPortfolio, hard: bool) -> None:
        self.programme, self.patterns = programme, portfolio.portfolio.own
        self.library: Library = portfolio.library
        model = self.model(programme.rows[0])[1]
        numbers = {path: of for path in programme.targets if (of := _certain(model, path))}
        bent = not_linear(model, frozenset(numbers.values()))
        self.numbers = {path: of for path, of in numbers.items() if of not in bent}
        lines = parts_of(model, frozenset(self.numbers.values())).lines
        if hard and not all(line.tells_hard for line in lines):
            self.numbers = {}
        self.zeros = where_zero_matters(model.outcomes)
        told = (path for path in programme.targets if path.split(".")[0] in NO_EUROS)
        self.linear = frozenset((*self.numbers, *told))

    def model(self, row: filled.Row) -> tuple[Loaded, Model]:
        """The scenario of a row and its model."""
        loaded = self.programme.filled(row, self.library)
        return loaded, model_of(loaded.scenario, loaded.library)

    def groups(self) -> Iterator[Group]:
        """The rows, those together of which all but linear numbers is the same."""
        together: dict[tuple[tuple[str, str], ...], list[filled.Row]] = {}
        for row in self.programme.rows:
            together.setdefault(self._kind(row), []).append(row)
        for rows in together.values():
            loaded, model = self.model(rows[0])
            own = self._own(model)
            differs = frozenset(self.numbers.values() if len(rows) > 1 else ()) | set(own)
            made = tuple(
                Row(f"{row.programme}\n{row.area}", self._numbers(row, differs)) for row in rows
            )
            alike = Alike(parts_of(model, differs), (), own, made)
            areas = tuple(row.area for row in rows)
            file = self.programme.document.file
            kind = tuple(rows[0].values.items()) if len(rows) == 1 else self._kind(rows[0])
            yield Group(self.programme.id, file, alike, areas, loaded, kind)

    def _kind(self, row: filled.Row) -> tuple[tuple[str, str], ...]:
        """What rows of one model have in common: all texts, and of linear numbers whether they are
        below zero, or zero where that matters."""
        return tuple((path, self._told(path, text)) for path, text in row.values.items())

    def _told(self, path: str, text: str) -> str:
        size = _number(text) if path in self.numbers else None
        if size is None:
            return "" if path in self.linear else text
        return f"{size < 0} {size == 0 and self.numbers[path] in self.zeros}"

    def _numbers(self, row: filled.Row, differs: frozenset[str]) -> dict[str, float]:
        """The numbers of a row, by the paths of the model."""
        pairs = ((self.numbers.get(path, ""), text) for path, text in row.values.items())
        return {path: number(text) for path, text in pairs if path in differs}

    def _own(self, model: Model) -> tuple[str, ...]:
        """The drawn quantities that each row draws by itself."""
        known = model.quantities
        named = [p for p in known.distributions if any(fnmatchcase(p, x) for x in self.patterns)]
        ones = (known.distributions[path] for path in named)
        pairs = zip(named, ones, strict=True)
        roots = {one.path if isinstance(one, YearOf) else path for path, one in pairs}
        return tuple(path for path in known.rows if path in roots)


def _certain(model: Model, path: str) -> str:
    """The certain number of a model that a filled path is, by itself or as its `value`."""
    known = model.quantities.distributions
    names = (path, path.removesuffix(".value"))
    return next((name for name in names if isinstance(known.get(name), Certain)), "")


def _number(text: str) -> float | None:
    try:
        return number(text)
    except PydanticCustomError:
        return None
