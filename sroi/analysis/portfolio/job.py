"""The valuing of a portfolio as blocks, each described by a few numbers and resting on no other.

    Valuing     what one of each term of a model is worth, in one cut of the draws
    Answering   some rows of a group in all draws, from what their terms are worth

A job holds all that a block needs: models, numbers and draws, and nothing of the files. The cuts of
the draws and the rows of a block are the job's own, so that no bit of any answer depends on who
reckons which block, or in what order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.portfolio.structure import Structure
from sroi.model.portfolio.cuts import Cut, cuts_of
from sroi.model.portfolio.parts import KINDS
from sroi.model.portfolio.rows import Alike
from sroi.model.portfolio.shared import Draws

Array = NDArray[np.float64]
ROWS = 64  # of one block, where rows follow from their terms
FEW_ROWS = 8  # where each has draws of its own


class Valuing(NamedTuple):
    """A stage-one block, by the numbers of the valuation and of the cut."""

    valuation: int
    cut: int


class Answering(NamedTuple):
    """A stage-two block: rows of a group, from `start` up to `stop`."""

    group: int
    start: int
    stop: int


@dataclass(frozen=True)
class Rows:
    """Rows of one model: the programme that they are of, and the valuation that they rest on."""

    programme: int
    valuation: int
    alike: Alike


@dataclass(frozen=True)
class Job:
    """All rows of a portfolio as numbers. `valuations`: for each the rows of a model by which its
    terms are known; `payers`: all of them, in the order in which they are told."""

    draws: Draws
    payers: tuple[str, ...]
    valuations: tuple[Alike, ...]
    groups: tuple[Rows, ...]

    @cached_property
    def cuts(self) -> tuple[Cut, ...]:
        """The cuts of the draws."""
        return cuts_of(self.draws)

    def valuing(self, valuation: int) -> list[Valuing]:
        """The blocks of a valuation."""
        return [Valuing(valuation, cut.number) for cut in self.cuts]

    def answering(self, valuation: int) -> list[Answering]:
        """The blocks of all rows that rest on a valuation, group by group."""
        groups = self._by_valuation.get(valuation, [])
        return [block for group in groups for block in self._answering(group)]

    @cached_property
    def _by_valuation(self) -> dict[int, list[int]]:
        """The groups that rest on each valuation."""
        found: dict[int, list[int]] = {}
        for number, group in enumerate(self.groups):
            found.setdefault(group.valuation, []).append(number)
        return found

    def by_payer(self, alike: Alike, table: Array) -> Array:
        """Of columns (column, …) what each of all payers has (kind, payer, …)."""
        found = np.zeros((len(KINDS), len(self.payers), *table.shape[1:]))
        for column, (kind, payer) in enumerate(alike.columns):
            found[kind, self.payers.index(alike.model.payers[payer])] = table[column]
        return found

    def _answering(self, group: int) -> Iterator[Answering]:
        alike = self.groups[group].alike
        step = ROWS if alike.by_weights else FEW_ROWS
        for start in range(0, len(alike.rows), step):
            yield Answering(group, start, min(start + step, len(alike.rows)))


def job_of(known: Structure, payers: tuple[str, ...]) -> Job:
    """The job of a portfolio. Groups whose terms are worth the same share a valuation."""
    names = list(dict.fromkeys(group.programme for group in known.groups))
    seen: dict[object, int] = {}
    valuations, groups = list[Alike](), list[Rows]()
    for group in known.groups:
        number = seen.setdefault(group.terms_of, len(valuations))
        if number == len(valuations):
            valuations.append(group.alike)
        groups.append(Rows(names.index(group.programme), number, group.alike))
    return Job(known.draws, payers, tuple(valuations), tuple(groups))
