"""Rows that differ in some numbers of one model, valued on the draws that they share.

What one of each term is worth is reckoned once (`shared`), and a row follows from it (`row_of`) by
as many products as there are terms. A line that is not linear in what differs is reckoned for each
row by itself, with the row's own numbers in their places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sroi.model.flows.engine import BLOCK, workers_for
from sroi.model.lines.model import Model
from sroi.model.portfolio.parts import BENEFITS, INVESTMENT, Parts, Term, Worth, worth, worths
from sroi.model.portfolio.shared import Draws
from sroi.model.uncertain.following import Follows
from sroi.model.uncertain.quantities import Values
from sroi.model.uncertain.sampling import REPLICATES, own_points, points

Array = NDArray[np.float64]
CARE_BLOCK = 2048  # so many draws at a time: what care takes long to find is found once


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
        found = {
            (line.kind, int(payer))
            for line in self.parts.lines
            for flow in line.flows
            for payer in np.flatnonzero(flow.shares.sum(axis=1))
        }
        return sorted(found)

    def where(self, kind: int, payer: int | None = None) -> list[int]:
        """The columns of a kind, of all payers or of one."""
        return [
            n for n, (own, who) in enumerate(self.columns) if own == kind and payer in (None, who)
        ]

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
class Shared:
    """What one of each term is worth (term, column, draw), in present value; its undiscounted
    amounts by year, expected (term, column, year); in the central case (term, column); and `drawn`,
    what rows follow from."""

    alike: Alike
    terms: list[Term]
    present: Array
    yearly: Array
    central: Array
    drawn: dict[str, Array] = field(repr=False)

    def weights(self, rows: Sequence[Row]) -> Array | None:
        """How much of each term rows have (row, term); None where that differs by draw, or where
        rows are more than their terms."""
        alike = self.alike
        if alike.parts.others or alike.own or self.drawn:
            return None
        return np.array([_weights(alike, row, self.terms) for row in rows])


@dataclass(frozen=True)
class RowDraws:
    """A row in every draw: present value by column (column, draw), and the expected undiscounted
    amounts (column, year). Columns: those of `Alike`."""

    alike: Alike
    present: Array
    yearly: Array

    def benefits(self, payer: int | None = None) -> Array:
        """Present value of all benefits (draw), or of those of one payer."""
        return self._sum(BENEFITS, payer)

    def investment(self, payer: int | None = None) -> Array:
        """Present value of all investment (draw), or of that of one payer."""
        return self._sum(INVESTMENT, payer)

    def by_year(self, kind: int, payer: int | None = None) -> Array:
        """Expected undiscounted amounts (year)."""
        return np.asarray(self.yearly[self.alike.where(kind, payer)].sum(axis=0))

    def _sum(self, kind: int, payer: int | None) -> Array:
        total = np.zeros(self.present.shape[1])
        for column in self.alike.where(kind, payer):
            total += self.present[column]
        return total


def shared(
    alike: Alike, draws: Draws, progress: Callable[[float], object] = lambda share: None
) -> Shared:
    """What one of each term is worth, on the draws that all rows share.

    Memory: 8 bytes for each term, column and draw.
    """
    terms = alike.parts.terms
    present = np.zeros((len(terms), len(alike.columns), draws.total))
    yearly = np.zeros((REPLICATES, len(terms), len(alike.columns), alike.model.years))
    drawn = {path: np.empty(draws.total) for path in alike.followed}
    at = {term: place for place, term in enumerate(terms)}

    def part(number: int) -> None:
        for place, values in _blocks(alike, draws, number):
            for line in alike.parts.linear:
                for term, found in worths(line, alike.model, values):
                    present[at[term], :, place] += _columns(alike, found.present)
                    yearly[number, at[term]] += _columns(alike, found.yearly)
            for path, whole in drawn.items():
                whole[place] = values[path]

    with ThreadPoolExecutor(workers_for(draws.total)) as pool:
        for number, _ in enumerate(pool.map(part, range(REPLICATES)), 1):
            progress(number / REPLICATES)
    central = np.zeros((len(terms), len(alike.columns)))
    for line in alike.parts.linear:
        for term, found in worths(line, alike.model, alike.model.quantities.centre()):
            central[at[term]] += _columns(alike, found.present)[:, 0]
    return Shared(alike, terms, present, yearly.sum(axis=0) / draws.total, central, drawn)


def row_of(found: Shared, row: Row, draws: Draws) -> RowDraws:
    """A row in every draw."""
    alike = found.alike
    own = {path: _own(alike, row, path, draws) for path in alike.own}
    certain = {path: np.asarray(value) for path, value in row.values.items()}
    values = Values(alike.model.quantities, {**found.drawn, **own, **certain}, draws.total)
    present, yearly = np.zeros(found.present.shape[1:]), np.zeros(found.yearly.shape[1:])
    for number, term in enumerate(found.terms):
        amount = _amount(values, term)
        present += amount * found.present[number]
        yearly += np.mean(amount) * found.yearly[number]
    if alike.parts.others:
        for place, at in _row_blocks(alike, draws, row, own):
            for line in alike.parts.others:
                more = worth(line, alike.model, at)
                present[:, place] += _columns(alike, more.present)
                yearly += _columns(alike, more.yearly) / draws.total
    return RowDraws(alike, present, yearly)


def centre_of(alike: Alike, row: Row) -> RowDraws:
    """The one draw of a row in which every quantity has its central value."""
    values = alike.model.quantities.centre(row.values)
    total = Worth(
        np.zeros((2, len(alike.model.payers), 1)),
        np.zeros((2, len(alike.model.payers), alike.model.years)),
    )
    for line in alike.parts.lines:
        total = total + worth(line, alike.model, values)
    return RowDraws(alike, _columns(alike, total.present), _columns(alike, total.yearly))


def central_of(found: Shared, weights: Array) -> RowDraws:
    """The same of a row by how much it has of each term, without its amounts by year."""
    present = np.tensordot(weights, found.central, 1)[:, None]
    return RowDraws(found.alike, present, np.zeros((len(present), 0)))


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


def _blocks(alike: Alike, draws: Draws, number: int) -> Iterator[tuple[slice, Values]]:
    """The draws of one part, block by block, with their places among all draws."""
    model = alike.model
    unit = points(draws.method, draws.seed, number, draws.size, draws.dimensions, alike.taken)
    step = CARE_BLOCK if model.ladders or model.shifts or model.cohorts else BLOCK
    for start in range(0, draws.size, step):
        here = unit[:, start : start + step]
        first = number * draws.size + start
        yield slice(first, first + here.shape[1]), model.quantities.at(here)


def _row_blocks(
    alike: Alike, draws: Draws, row: Row, own: dict[str, Array]
) -> Iterator[tuple[slice, Values]]:
    """The same with the numbers of a row in their places."""
    for number in range(REPLICATES):
        for place, values in _blocks(alike, draws, number):
            mine = {path: whole[place] for path, whole in own.items()}
            certain = {path: np.full(values.draws, value) for path, value in row.values.items()}
            yield place, values.changed(mine | certain)


def _own(alike: Alike, row: Row, path: str, draws: Draws) -> Array:
    """What a row draws for itself (draw)."""
    name = f"{row.name}\n{path}"
    parts = [
        own_points(draws.method, draws.seed, name, number, draws.size)
        for number in range(REPLICATES)
    ]
    return alike.model.quantities.distributions[path].ppf(np.concatenate(parts))


def _columns(alike: Alike, table: Array) -> Array:
    """Of a table (kind, payer, …) the columns that have euros."""
    kinds, payers = zip(*alike.columns, strict=True) if alike.columns else ((), ())
    return table[list(kinds), list(payers)]
