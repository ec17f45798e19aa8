"""What share of the variance of a result each quantity or theme answers for: Sobol's indices.

    first   Var(E[Y | X]) / Var(Y)          what would go if X were known
    total   E[Var(Y | all but X)] / Var(Y)  the same, with all that X does together with others

Points and estimates are SALib's (Herman & Usher 2017, Journal of Open Source Software 2(9)): two
sets A and B of scrambled Sobol points and, for each quantity, AB: A with its values from B. That
takes size × (quantities + 2) runs. On results in standard deviations from their mean,

    first   mean of B (AB - A)          Saltelli et al. (2010), Computer Physics Communications 181
    total   half the mean of (A - AB)²  Jansen (1999), Computer Physics Communications 117

Jansen has an estimate of the first as well, 1 less half the mean of (B - AB)². SALib's is the
better one where shares are small: with 1,024 points, on three of the scenarios that come with this
package, its error for shares below 5 % was 0.0014 to 0.004, and Jansen's 0.014 to 0.03. An estimate
may fall below 0. The errors are half the widths of 95 % intervals, by 100 bootstraps that take the
points as independent: too wide where the result is smooth, and a little too narrow where a few
draws weigh heavily. Where the firsts add up to less than 1, quantities do the rest together.

The indices are those of independent quantities: where some move together, that is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.given_data import rounding, varies
from sroi.analysis.question import Question
from sroi.analysis.themes import theme
from sroi.inputs.scenario import Basis
from sroi.model.copula import Copula

Array = NDArray[np.float64]
SIZE = 1024  # large shares are then known to about 5 points of 100, in seconds; 4,096 halves that
BLOCK = 8192
MOST_NUMBERS = 25_000_000
FEWEST = 16
MIDDLE = 2.0**-31  # to the middle of a cell of Sobol points: never 0, which has no quantile
OTHER = "no theme"


@dataclass(frozen=True)
class Index:
    """First and total share of the variance, with half of their 95 % intervals.

    `moves`: whether the result moves at all when this takes another value.
    """

    name: str
    first: float
    first_error: float
    total: float
    total_error: float
    moves: bool


@dataclass(frozen=True)
class Indices:
    """The indices of all quantities or themes, the largest total first.

    `indices` is None where the result is the same everywhere, or is not a number somewhere.
    `size`: points in A and in B. `independent`: whether the quantities are so in the scenario too.
    """

    size: int
    runs: int
    indices: list[Index] | None
    independent: bool = True


def variance(asked: Question, basis: Basis, size: int = SIZE, themes: bool = False) -> Indices:
    """The indices of every uncertain quantity, or of every theme, for a result."""
    quantities = asked.model.quantities
    alone = replace(quantities, copula=Copula((), np.empty((0, 0))))
    names = quantities.uncertain
    groups = [theme(path) for path in names] if themes else names
    found = sobol(lambda unit: asked.at(alone.at(unit)), names, groups, size, basis.seed)
    return replace(found, independent=not quantities.copula.rows)


def sobol(
    function: Callable[[Array], Array],
    names: Sequence[str],
    groups: Sequence[str],
    size: int = SIZE,
    seed: int = 1,
) -> Indices:
    """The indices of a function of points of the unit cube (row, draw), which returns (draw).

    `groups`: the group of every row, whose names the indices bear. `size`: a power of two; where it
    would make a design of more than 25 million numbers (0.2 GB) it is halved until it does not.
    """
    from SALib.analyze import sobol as analysis  # type: ignore[import-untyped]
    from SALib.sample import sobol as sampling  # type: ignore[import-untyped]

    if size < FEWEST or size & (size - 1):
        raise ValueError(f"{size} is not a power of two of at least {FEWEST}")
    size = _bounded(size, len(names), len(set(groups)))
    if not names:
        return Indices(size, 0, None)
    problem = _problem(names, groups)
    # never 0: SALib takes that for no seed at all
    design = sampling.sample(problem, size, calc_second_order=False, seed=seed + 1)
    results = _results(function, design, len(names))
    if not varies(results):
        return Indices(size, len(results), None)
    found = analysis.analyze(problem, results, calc_second_order=False, seed=seed + 1)
    columns = [found[key].tolist() for key in ("S1", "S1_conf", "ST", "ST_conf")]
    moves = _moves(results.reshape(size, -1)).tolist()
    rows = zip(dict.fromkeys(problem["groups"]), *columns, moves, strict=True)
    indices = [Index(str(name), *figures) for name, *figures in rows]
    known = [one for one in indices if one.name != OTHER]
    return Indices(size, len(results), sorted(known, key=lambda one: -one.total))


def _bounded(size: int, rows: int, groups: int) -> int:
    """Halved until the design fits."""
    while size > FEWEST and size * (groups + 2) * rows > MOST_NUMBERS:
        size //= 2
    return size


def _problem(names: Sequence[str], groups: Sequence[str]) -> dict[str, Any]:
    """The problem as SALib wants it; one group alone it cannot take, so that gets company."""
    names, groups = list(names), list(groups)
    if len(set(groups)) == 1 and groups != names:
        names, groups = [*names, OTHER], [*groups, OTHER]
    bounds = [[0.0, 1.0] for _ in names]
    return {"num_vars": len(names), "names": names, "groups": groups, "bounds": bounds}


def _results(function: Callable[[Array], Array], design: Array, rows: int) -> Array:
    """The function at a design (run, row), in blocks of runs."""
    starts = range(0, len(design), BLOCK)
    parts = (np.ascontiguousarray(design[s : s + BLOCK, :rows].T) for s in starts)
    return np.concatenate([function(part + MIDDLE) for part in parts])


def _moves(results: Array) -> NDArray[np.bool_]:
    """Whether any result (point; A, each AB, B) changes between A and AB, by more than rounding."""
    changes = np.abs(results[:, 1:-1] - results[:, :1])
    return np.asarray(changes.max(axis=0) > rounding(results))
