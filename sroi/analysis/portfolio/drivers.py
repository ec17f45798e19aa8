"""Which shared assumption drives the total: what is the same everywhere does not cancel out.

    share    Var(E[total | X]) / Var(total), with E[total | X] by regression over the draws

so that the shares of what is drawn for each row by itself are small in a sum of many rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.portfolio.blocks import EACH
from sroi.analysis.portfolio.structure import Group, Structure
from sroi.analysis.portfolio.valued import Valued
from sroi.analysis.sensitivity.given_data import correlation, explained, varies
from sroi.analysis.sensitivity.splines import ranks
from sroi.model.uncertain.sampling import REPLICATES, points

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Driver:
    """An assumption that rows share: its `path`, the programmes that rest on it, its share of the
    variance of the total with the error of that, and whether the total rises with it (rank
    correlation)."""

    path: str
    programmes: tuple[str, ...]
    share: float
    error: float
    correlation: float


def drivers(valued: Valued) -> list[Driver]:
    """Every shared assumption that varies, the largest share first."""
    total = valued.together.sum(axis=0)
    if not varies(total):
        return []
    order, sharing = ranks(total), _sharing(valued.structure)
    found = [
        Driver(path, sharing[number], *explained(x, total), correlation(x, order))
        for number, path, x in _drawn(valued.structure)
        if np.ptp(x) > 0
    ]
    return sorted(found, key=lambda one: -one.share)


def _drawn(structure: Structure) -> Iterator[tuple[int, str, Array]]:
    """Every shared quantity once: its dimension, its path, and what it is in some of the draws."""
    seen = set[int]()
    for group in structure.groups:
        new = set(group.alike.taken) - seen
        if not new:
            continue
        seen |= new
        quantities = group.alike.model.quantities
        values = quantities.at(np.concatenate(list(_points(structure, group)), axis=1))
        for path, number in zip(quantities.rows, group.alike.taken, strict=True):
            if number in new and path not in group.alike.own:
                yield number, path, values.drawn[path]


def _points(structure: Structure, group: Group) -> Iterator[Array]:
    draws = structure.draws
    for number in range(REPLICATES):
        made = points(
            draws.method, draws.seed, number, draws.size, draws.dimensions, group.alike.taken
        )
        yield made[:, :EACH].copy()  # and not a view, with which all points would stay


def _sharing(structure: Structure) -> dict[int, tuple[str, ...]]:
    """By dimension the programmes that take it."""
    found: dict[int, dict[str, None]] = {}
    for group in structure.groups:
        for number in group.alike.taken:
            found.setdefault(number, {})[group.programme] = None
    return {number: tuple(names) for number, names in found.items()}
