"""Rows that differ in some numbers of one model, valued on the draws that they share.

What one of each term is worth is reckoned once for each cut of the draws (`terms_in`), and a row
follows from it (`row_in`) by as many products as there are terms. A line that is not linear in what
differs is reckoned for each row by itself, with the row's own numbers in their places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from sroi.model.flows.engine import BLOCK
from sroi.model.lines.model import Model
from sroi.model.portfolio.cuts import Cut, points_in
from sroi.model.portfolio.parts import (
    BENEFITS,
    HARD,
    INVESTMENT,
    KINDS,
    Parts,
    Term,
    Worth,
    terms_of,
    worth,
    worths,
)
from sroi.model.portfolio.shared import Draws
from sroi.model.uncertain.following import Follows
from sroi.model.uncertain.quantities import Values
from sroi.model.uncertain.sampling import own_points

Array = NDArray[np.float64]
CARE_BLOCK = 4096  # so many draws at a time: what care takes long to find is found once


@dataclass(frozen=True)
class Row:
    """A row: certain numbers by path, and a name from which its own draws follow."""

    name: str
    values: dict[str, float]


@dataclass(frozen=True)
class Alike:
    """Rows of one model: they differ in certain numbers, and in what is their `own`.

    `taken`: which of the shared dimensions its quantities take. `own`: paths of the quantities that
    are drawn for each row by itself.
    """

    parts: Parts
    taken: tuple[int, ...]
    own: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def model(self) -> Model:
        """The model of all of them."""
        return self.parts.model

    @cached_property
    def columns(self) -> list[tuple[int, int]]:
        """The kinds and payers that any line has euros for."""
        kinds = KINDS if self.tells_hard else (BENEFITS, INVESTMENT)
        return [
            (kind, payer)
            for kind in kinds
            for payer in range(len(self.model.payers))
            if any(line.pays(kind, payer) for line in self.parts.lines)
        ]

    @cached_property
    def tells_hard(self) -> bool:
        """Whether rows know what of their benefits is hard cash."""
        return all(line.tells_hard for line in self.parts.lines)

    def where(self, kind: int, payer: int | None = None) -> list[int]:
        """The columns of a kind, of all payers or of one."""
        return [
            n for n, (own, who) in enumerate(self.columns) if own == kind and payer in (None, who)
        ]

    @cached_property
    def reach(self) -> list[slice]:
        """For each column from which up to which term there may be euros."""
        at, found = {term: n for n, term in enumerate(self.parts.terms)}, list[slice]()
        for kind, payer in self.columns:
            lines = (x for x in self.parts.linear if x.pays(kind, payer))
            some = [at[term] for line in lines for term in terms_of(line)]
            found.append(slice(min(some), max(some) + 1) if some else slice(0, 1))
        return found

    @cached_property
    def by_weights(self) -> bool:
        """Whether every row is a sum of the terms with the same weights in all draws."""
        return not (self.parts.others or self.own or self.followed)

    @cached_property
    def centre(self) -> Array:
        """What one of each term is worth where all is central: present value (column, term)."""
        return _terms(self, self.model.quantities.centre()).present[..., 0]

    def weights(self, rows: Sequence[Row]) -> Array:
        """How much of each term rows have (row, term), where that is the same in all draws."""
        return np.array([_weights(self, row, self.parts.terms) for row in rows])

    @cached_property
    def followed(self) -> list[str]:
        """The drawn quantities, the same in all rows, from which something follows that differs."""
        known = self.model.quantities
        named = {path for term in self.parts.terms for path in term}
        found = {
            root
            for path in named
            if isinstance(one := known.distributions[path], Follows)
            for root in one.roots
        }
        return sorted(root for root in found if root in known.rows and root not in self.own)


@dataclass(frozen=True)
class Terms:
    """What one of each term is worth in a cut of the draws: present value (column, term, draw), its
    sum over the draws (column, term), and that of the undiscounted amounts by year (column, term,
    year); `drawn`: what rows follow from."""

    present: Array
    sums: Array
    yearly: Array
    drawn: dict[str, Array] = field(repr=False)

    def flat(self) -> Array:
        """All of its numbers one after another."""
        arrays = [self.present, self.sums, self.yearly, *self.drawn.values()]
        return np.concatenate([array.ravel() for array in arrays])

    @classmethod
    def of(cls, alike: Alike, draws: int, flat: Array) -> Terms:
        """The same from those, of so many draws."""
        size = (len(alike.columns), len(alike.parts.terms))
        shapes = [(*size, draws), size, (*size, alike.model.years)]
        shapes += [(draws,)] * len(alike.followed)
        ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
        parts = zip(np.split(flat, ends[:-1]), shapes, strict=True)
        present, sums, yearly, *drawn = (part.reshape(shape) for part, shape in parts)
        return cls(present, sums, yearly, dict(zip(alike.followed, drawn, strict=True)))


@dataclass(frozen=True)
class RowDraws:
    """A row in some draws: present value (column, draw), and the undiscounted amounts by year,
    summed over these draws (column, year). Columns: those of `Alike`."""

    alike: Alike
    present: Array
    yearly: Array

    def benefits(self, payer: int | None = None) -> Array:
        """Present value of all benefits (draw), or of those of one payer."""
        return self._sum(BENEFITS, payer)

    def investment(self, payer: int | None = None) -> Array:
        """Present value of all investment (draw), or of that of one payer."""
        return self._sum(INVESTMENT, payer)

    def hard(self, payer: int | None = None) -> Array:
        """Present value of what is hard cash of them (draw), where that is told."""
        return self._sum(HARD, payer)

    def by_year(self, kind: int, payer: int | None = None) -> Array:
        """Undiscounted amounts (year), summed over the draws."""
        return np.asarray(self.yearly[self.alike.where(kind, payer)].sum(axis=0))

    def _sum(self, kind: int, payer: int | None) -> Array:
        total = np.zeros(self.present.shape[1])
        for column in self.alike.where(kind, payer):
            total += self.present[column]
        return total


def terms_in(alike: Alike, draws: Draws, cut: Cut) -> Terms:
    """What one of each term is worth in a cut. Memory: 8 bytes for each term, column and draw."""
    parts = [
        (slice(start, start + values.draws), _terms(alike, values))
        for start, values in _blocks(alike, draws, cut)
    ]
    shape = (len(alike.columns), len(alike.parts.terms), cut.size)
    found = Terms(
        np.empty(shape),
        np.zeros(shape[:2]),
        np.zeros((*shape[:2], alike.model.years)),
        {path: np.empty(cut.size) for path in alike.followed},
    )
    for place, part in parts:
        found.present[..., place] = part.present
        found.sums[...] += part.sums
        found.yearly[...] += part.yearly
        for path, whole in found.drawn.items():
            whole[place] = part.drawn[path]
    return found


def row_in(alike: Alike, found: Terms, row: Row, draws: Draws, cut: Cut) -> RowDraws:
    """A row in the draws of a cut, from what its terms are worth there."""
    own = {path: _own(alike, row, path, draws, cut) for path in alike.own}
    certain = {path: np.asarray(value) for path, value in row.values.items()}
    values = Values(alike.model.quantities, {**found.drawn, **own, **certain}, cut.size)
    present, yearly = np.zeros(found.present[:, 0].shape), np.zeros(found.yearly[:, 0].shape)
    for number, term in enumerate(alike.parts.terms):
        amount = _amount(values, term)
        present += amount * found.present[:, number]
        yearly += np.mean(amount) * found.yearly[:, number]
    if alike.parts.others:
        for place, at in _row_blocks(alike, draws, cut, row, own):
            for line in alike.parts.others:
                more = worth(line, alike.model, at)
                present[:, place] += _columns(alike, more.present)
                yearly += _columns(alike, more.yearly)
    return RowDraws(alike, present, yearly)


def centre_of(alike: Alike, row: Row) -> RowDraws:
    """The one draw of a row in which every quantity has its central value."""
    values = alike.model.quantities.centre(row.values)
    total = Worth(
        np.zeros((len(KINDS), len(alike.model.payers), 1)),
        np.zeros((len(KINDS), len(alike.model.payers), alike.model.years)),
    )
    for line in alike.parts.lines:
        total = total + worth(line, alike.model, values)
    return RowDraws(alike, _columns(alike, total.present), _columns(alike, total.yearly))


def _terms(alike: Alike, values: Values) -> Terms:
    """What one of each term is worth at some values."""
    at = {term: place for place, term in enumerate(alike.parts.terms)}
    shape = (len(alike.columns), len(at))
    present, yearly = np.zeros((*shape, values.draws)), np.zeros((*shape, alike.model.years))
    for line in alike.parts.linear:
        for term, found in worths(line, alike.model, values):
            present[:, at[term]] += _columns(alike, found.present)
            yearly[:, at[term]] += _columns(alike, found.yearly)
    drawn = {path: np.asarray(values[path]) for path in alike.followed}
    return Terms(present, present.sum(axis=2), yearly, drawn)


def _amount(values: Values, term: Term) -> Array | float:
    """The product of the numbers of a term: one number, or (draw) where it has draws of its own."""
    product: Array | float = 1.0
    for path in term:
        product = product * values[path]
    return product


def _weights(alike: Alike, row: Row, terms: Sequence[Term]) -> list[float]:
    """How much of each term a row has, where all of it is certain."""
    certain = {path: np.asarray(value) for path, value in row.values.items()}
    values = Values(alike.model.quantities, certain, 1)
    return [float(_amount(values, term)) for term in terms]


def _blocks(alike: Alike, draws: Draws, cut: Cut) -> Iterator[tuple[int, Values]]:
    """The draws of a cut, block by block, with where they start in it."""
    model = alike.model
    unit = points_in(draws, cut, alike.taken)
    step = CARE_BLOCK if model.ladders or model.shifts or model.cohorts else BLOCK
    for start in range(0, cut.size, step):
        yield start, model.quantities.at(unit[:, start : start + step])


def _row_blocks(
    alike: Alike, draws: Draws, cut: Cut, row: Row, own: dict[str, Array]
) -> Iterator[tuple[slice, Values]]:
    """The same with the numbers of a row in their places."""
    for start, values in _blocks(alike, draws, cut):
        place = slice(start, start + values.draws)
        mine = {path: whole[place] for path, whole in own.items()}
        certain = {path: np.full(values.draws, value) for path, value in row.values.items()}
        yield place, values.changed(mine | certain)


def _own(alike: Alike, row: Row, path: str, draws: Draws, cut: Cut) -> Array:
    """What a row draws for itself (draw)."""
    unit = _own_part(draws.method, draws.seed, f"{row.name}\n{path}", cut.part, draws.size)
    return alike.model.quantities.distributions[path].ppf(unit[cut.start : cut.stop])


@lru_cache(maxsize=64)
def _own_part(method: str, seed: int, name: str, part: int, size: int) -> Array:
    """All of them of one independent part, as its cuts follow each other."""
    unit = own_points(method, seed, name, part, size)
    unit.setflags(write=False)
    return unit


def _columns(alike: Alike, table: Array) -> Array:
    """Of a table (kind, payer, …) the columns that have euros."""
    kinds, payers = zip(*alike.columns, strict=True) if alike.columns else ((), ())
    return table[list(kinds), list(payers)]
