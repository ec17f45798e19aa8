"""What share of the variance of a result each quantity or theme answers for: Sobol's indices.

    first   Var(E[Y | X]) / Var(Y)          what would go if X were known
    total   E[Var(Y | all but X)] / Var(Y)  the same, with all that X does together with others

Estimates are those of SALib (Herman & Usher 2017, Journal of Open Source Software 2(9)), to which a
test holds them; here what a quantity does not touch is worked out once. There are two sets A and B
of scrambled Sobol points and, for each quantity, AB: A with its values from B. On results in
standard deviations from their mean,

    first   mean of B (AB - A)          Saltelli et al. (2010), Computer Physics Communications 181
    total   half the mean of (A - AB)²  Jansen (1999), Computer Physics Communications 117

Jansen has an estimate of the first as well, 1 less half the mean of (B - AB)². SALib's is the
better one where shares are small. An estimate may fall below 0. Where the firsts add up to less
than 1, quantities do the rest together.

The points come in PARTS independent scramblings, so that errors are measured over the parts and not
assumed: half of a 95 % interval is t₁₅ times the standard error of the parts' mean, of a ratio by
its straight line, e = part - share × variance of the part. Bootstraps take the points as
independent, and made it two to three times as wide. Of what is known to less than CLOSE more points
are taken, twice as many each time; what is known well enough costs no more. A Sobol sequence begins
the same however long it is, so that nothing is reckoned twice.

The indices are those of independent quantities: where some move together, that is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sroi.analysis.result.question import Question
from sroi.analysis.sensitivity.given_data import rounding, varies
from sroi.analysis.sensitivity.themes import theme
from sroi.inputs.scenario.scenario import Basis
from sroi.model.uncertain.copula import Copula
from sroi.model.uncertain.sobol import sobol_points

Array = NDArray[np.float64]
PARTS = 16
SIZE = 1024  # to begin with
MOST = 16_384
CLOSE = 0.02  # half of a 95 % interval
MOST_NUMBERS = 25_000_000
FEWEST = 2 * PARTS
WIDTH = special.stdtrit(PARTS - 1, 0.975) / PARTS**0.5
EPSILON = np.finfo(np.float64).eps
Mixed = Callable[[Sequence[int]], Array]
A, B = "A of all", "B of all"  # no name of a quantity or a theme has a space


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
    `size`: points in A and in B, of what asked for the most of them. `independent`: whether the
    quantities are so in the scenario too.
    """

    size: int
    runs: int
    indices: list[Index] | None
    independent: bool = True


def variance(
    asked: Question, basis: Basis, size: int = SIZE, themes: bool = False, most: int = MOST
) -> Indices:
    """The indices of every uncertain quantity, or of every theme, for a result; from `size` points
    at first, and `most` of them where they are not known closely with fewer."""
    quantities = asked.model.quantities
    alone = replace(quantities, copula=Copula((), np.empty((0, 0))))
    names = quantities.uncertain
    groups = [theme(path, quantities.distributions) for path in names] if themes else names

    def between(start: int, stop: int) -> Mixed:
        units = _points(start, stop, len(names), basis.seed)
        first, second = (alone.at(unit) for unit in units)

        def mixed(rows: Sequence[int]) -> Array:
            other = {names[row]: second.drawn[names[row]] for row in rows}
            return asked.at(first.changed(other) if other else first)

        return mixed

    found = _indices(between, groups, size, most)
    return replace(found, independent=not quantities.copula.rows)


def sobol(
    function: Callable[[Array], Array],
    names: Sequence[str],
    groups: Sequence[str],
    size: int = SIZE,
    seed: int = 1,
    most: int = MOST,
) -> Indices:
    """The indices of a function of points of the unit cube (row, draw), which returns (draw).

    `groups`: the group of every row, whose names the indices bear. `size`: a power of two; where
    all runs together would take more than 25 million numbers it is halved until they do not.
    """

    def between(start: int, stop: int) -> Mixed:
        first, second = _points(start, stop, len(names), seed)

        def mixed(rows: Sequence[int]) -> Array:
            unit = first.copy()
            unit[list(rows)] = second[list(rows)]
            return function(unit)

        return mixed

    return _indices(between, groups, size, most)


def _bounded(size: int, rows: int, groups: int) -> int:
    """Halved until the runs fit."""
    if size < FEWEST or size & (size - 1):
        raise ValueError(f"{size} is not a power of two of at least {FEWEST}")
    while size > FEWEST and size * (groups + 2) * rows > MOST_NUMBERS:
        size //= 2
    return size


def _points(start: int, stop: int, rows: int, seed: int) -> tuple[Array, Array]:
    """A and B (row, draw), in the same Sobol points: of all parts, those from `start` to `stop`."""
    parts = [
        sobol_points(np.random.default_rng([seed, part]), stop, 2 * rows)[:, start:]
        for part in range(PARTS if rows else 0)
    ]
    both = np.concatenate(parts, axis=1) if parts else np.empty((0, PARTS * (stop - start)))
    return both[:rows], both[rows:]


def _indices(
    between: Callable[[int, int], Mixed], groups: Sequence[str], size: int, most: int
) -> Indices:
    """From results (draw) at A with the values of some rows from B, at any points of all parts."""
    members: dict[str, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    size = _bounded(size, max(1, len(groups)), len(members))
    if not members:
        return Indices(size, 0, None)
    every = range(len(groups))
    sets: dict[str, Sequence[int]] = {**members, A: [], B: every}
    mixed = between(0, size // PARTS)
    results = {name: _of_parts(mixed(rows)) for name, rows in sets.items()}
    flat = np.column_stack([results[name].ravel() for name in (A, *members, B)])
    runs = flat.size
    if not varies(flat):
        return Indices(size, runs, None)
    moving = dict(zip(members, _moves(flat), strict=True))
    found: dict[str, Index] = {}
    unsure = list(members)
    while unsure:
        for name in unsure:
            shares = _shares(results, name, float(flat.mean()))
            found[name] = Index(name, *shares, bool(moving[name]))
        unsure = [x for x in unsure if max(found[x].first_error, found[x].total_error) > CLOSE]
        if not unsure or size >= most or 2 * size * (len(unsure) + 2) * len(groups) > MOST_NUMBERS:
            break
        mixed = between(size // PARTS, 2 * size // PARTS)
        for name in (*unsure, A, B):
            more = _of_parts(mixed(sets[name]))
            results[name] = np.concatenate([results[name], more], axis=1)
            runs += more.size
        size *= 2
    return Indices(size, runs, sorted(found.values(), key=lambda one: -one.total))


def _of_parts(results: Array) -> Array:
    """Results (draw) as (part, point)."""
    return results.reshape(PARTS, -1)


def _shares(
    results: Mapping[str, Array], name: str, mean: float
) -> tuple[float, float, float, float]:
    """First and total of a group with half of their intervals, from results (part, point)."""
    ab = results[name] - mean
    a, b = (results[key][:, : ab.shape[1]] - mean for key in (A, B))
    variance = float(np.var(np.stack([a, b])))
    if variance <= EPSILON * mean**2:
        return 0.0, 0.0, 0.0, 0.0
    spread = (np.mean(a**2, axis=1) + np.mean(b**2, axis=1)) / 2
    first = _with_error(np.mean(b * (ab - a), axis=1), spread, variance)
    return (*first, *_with_error(np.mean((a - ab) ** 2, axis=1) / 2, spread, variance))


def _with_error(parts: Array, spread: Array, variance: float) -> tuple[float, float]:
    """A share of the variance from the parts of what it is a share of (part), with its error."""
    share = float(parts.mean()) / variance
    off = (parts - share * spread) / variance
    return share, float(WIDTH * off.std(ddof=1))


def _moves(results: Array) -> NDArray[np.bool_]:
    """Whether any result (point; A, each AB, B) changes between A and AB, by more than rounding."""
    changes = np.abs(results[:, 1:-1] - results[:, :1])
    return np.asarray(changes.max(axis=0) > rounding(results))
