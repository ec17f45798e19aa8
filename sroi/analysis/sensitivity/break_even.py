"""Break-even: the value of one assumption at which a result crosses its threshold.

The others stay at their centre. Crossings are looked for on a grid over what is possible and
refined by bracketing, all quantities at once: Chandrupatla (1997), Advances in Engineering Software
28(3), as in SciPy. Two crossings between two points of the grid are not seen. With more than one
crossing the sides take turns, and chances are those of all stretches on a side together.

What is possible: of a bounded form everything up to its bounds; of an unbounded one all but one in
ten thousand at each end; of what happens or not every chance from 0 to 1; of a certain number from
none of it to twice as much, as far as its field allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.result.question import Question
from sroi.analysis.sensitivity.one_at_a_time import Answers, Rows, centre, with_one_changed
from sroi.inputs.quantity.quantity import ANY, Domain
from sroi.model.uncertain.distributions import (
    Certain,
    Distribution,
    Occurrence,
    ScaledBeta,
    Triangular,
    Uniform,
)
from sroi.model.uncertain.quantities import Values
from sroi.model.uncertain.sampling import NEAREST

Array = NDArray[np.float64]
RARE = 1e-4
EVEN, QUANTILES = 33, 31
JUMP = 1e-9  # of all money that passes: a step of more than this is a jump
AT_THRESHOLD = 1e-12
TOLERANCES = {"xatol": 2.0**-60, "fatol": 2.0**-50}


@dataclass(frozen=True)
class Crossing:
    """A value at which a result crosses its threshold. `wrong_side`: `below` or `above` it the
    result is not over the threshold, up to the next crossing. `jumps`: there the result goes past
    the threshold in one step. `chance_below`: chance that the quantity is below the value; None
    where it is certain."""

    value: float
    wrong_side: str
    jumps: bool
    chance_below: float | None = None


@dataclass(frozen=True)
class BreakEven:
    """Where a result crosses its threshold as one quantity goes over what is possible for it.

    `at_low`, `at_high`: the result at both ends (None where there is none). `crossings`: all of
    them, from low to high. `value`, `wrong_side`, `jumps`, `chance_below`: of the one nearest to
    the centre; `value` is None where the result does not cross. `wrong`: chance that the quantity
    is where the result is not over its threshold; `turns`: that it is on another side than its
    centre, so that the conclusion turns; both over all crossings, and None where it is certain.
    `happens`: it is something that happens or does not, the values are chances of it, and the
    chances are those of its happening or not.
    """

    path: str
    centre: float
    low: float
    high: float
    at_low: float | None
    at_high: float | None
    without_effect: bool
    value: float | None = None
    wrong_side: str = ""
    jumps: bool = False
    chance_below: float | None = None
    wrong: float | None = None
    turns: float | None = None
    happens: bool = False
    crossings: list[Crossing] = field(default_factory=list)

    @property
    def turns_if(self) -> tuple[bool, bool]:
        """Whether the conclusion turns at the lowest and at the highest of what is possible."""
        before = sum(one.value < self.centre for one in self.crossings)
        return before % 2 == 1, (len(self.crossings) - before) % 2 == 1


@dataclass(frozen=True)
class Curve:
    """For values (point) of one quantity the value (point) of another at which the result is at its
    threshold; NaN where there is none."""

    first: str
    second: str
    values: Array
    break_even: Array


@dataclass(frozen=True)
class _Search:
    """Rows of quantities (row) to look at, each with its grid (row, point).

    The other quantities are those of row `at` (row) of `base`.
    """

    asked: Question
    base: Values
    at: Rows
    paths: Sequence[str]
    grid: Array

    def answers(self, rows: Rows, values: Array) -> Answers:
        """Answers (draw) where the quantities of some rows (draw) have these values."""
        names = [self.paths[row] for row in rows]
        return with_one_changed(self.asked, self.base, self.at[rows], names, values)


@dataclass(frozen=True)
class _Bracket:
    """Two points of a row of the grid between which the result crosses; `falls`: it ends below."""

    row: int
    low: float
    high: float
    falls: bool


@dataclass(frozen=True)
class _Found:
    """By row: the result at both ends of the grid, whether it moves at all, and its crossings."""

    ends: Array
    without_effect: NDArray[np.bool_]
    crossings: list[list[Crossing]]

    def nearest(self, row: int, centre: float) -> Crossing | None:
        """The crossing of a row that is nearest to the centre, of two as near the lower."""
        return min(self.crossings[row], key=lambda x: abs(x.value - centre), default=None)


def break_evens(asked: Question, domains: Mapping[str, Domain] | None = None) -> list[BreakEven]:
    """Every uncertain quantity, the one that most likely turns the conclusion first.

    With `domains` (path to what its field allows) the certain ones among them as well: whoever
    holds the purse asks at what price or volume it fails, though nobody gave a range. Not those
    that are zero (twice nothing is nothing), sizes of a single year (what counts is the whole) and
    the chances of a cohort (which have to add up).
    """
    known = asked.model.quantities.distributions
    paths = [*asked.model.quantities.uncertain, *_certain(asked, domains or {})]
    if not paths:
        return []
    grid = [_grid(known[path], *_possible(asked, path, domains)) for path in paths]
    at = np.zeros(len(paths), dtype=np.intp)
    search = _Search(asked, centre(asked), at, paths, np.array(grid))
    found = _searched(search)
    rows = [_row(search, found, row) for row in range(len(paths))]
    return sorted(rows, key=lambda row: (row.value is None, -(row.turns or 0.0)))


def break_even_curve(
    asked: Question,
    first: str,
    second: str,
    points: int = 25,
    domains: Mapping[str, Domain] | None = None,
) -> Curve:
    """Break-even of `second` for values of `first` in equal steps over what is possible for it."""
    quantities = asked.model.quantities
    values = np.linspace(*_possible(asked, first, domains), points)
    grid = _grid(quantities.distributions[second], *_possible(asked, second, domains))
    base = Values(quantities, {first: values}, points)
    at, paths = np.arange(points), [second] * points
    found = _searched(_Search(asked, base, at, paths, np.tile(grid, (points, 1))))
    middle = quantities.distributions[second].centre
    nearest = (found.nearest(row, middle) for row in range(points))
    return Curve(
        first, second, values, np.array([np.nan if x is None else x.value for x in nearest])
    )


def chance_below(distribution: Distribution, value: float) -> float | None:
    """P(X < value) by inverting the quantile function; None where it is certain."""
    from scipy.optimize import brentq

    if isinstance(distribution, Certain):
        return None

    def over(u: float) -> float:
        return float(distribution.ppf(np.array([u]))[0]) - value

    if over(NEAREST) >= 0:
        return 0.0
    if over(1 - NEAREST) <= 0:
        return 1.0
    return float(brentq(over, NEAREST, 1 - NEAREST, xtol=1e-15))


def _certain(asked: Question, domains: Mapping[str, Domain]) -> Iterator[str]:
    """Certain quantities for which a value of their own makes sense."""
    for path, distribution in asked.model.quantities.distributions.items():
        steps = path.split(".")
        of_one_year = len(steps[-1]) == 4 and steps[-1].isdigit()
        chance = steps[0] == "cohorts" and "moves" in steps
        usable = path in domains and not of_one_year and not chance
        if usable and isinstance(distribution, Certain) and distribution.value:
            yield path


def _possible(
    asked: Question, path: str, domains: Mapping[str, Domain] | None
) -> tuple[float, float]:
    """Lowest and highest value; of what is certain within its domain."""
    distribution = asked.model.quantities.distributions[path]
    if isinstance(distribution, Occurrence):
        return 0.0, 1.0
    if isinstance(distribution, Uniform | Triangular | ScaledBeta):
        return distribution.low, distribution.high
    if isinstance(distribution, Certain):
        # the model has room for as many years of effect as the number that was given, rounded up
        ages = [float(line.ages) for line in asked.model.outcomes if line.lasts == path]
        lowest, highest = (domains or {}).get(path, ANY)
        ends = sorted((0.0, 2 * distribution.value))
        return max(ends[0], lowest), min(ends[1], highest, *ages)
    low, high = distribution.ppf(np.array([RARE, 1 - RARE]))
    return float(low), float(high)


def _grid(distribution: Distribution, low: float, high: float) -> Array:
    """Points over what is possible: even steps, quantiles, and the centre."""
    quantiles = distribution.ppf((np.arange(QUANTILES) + 0.5) / QUANTILES)
    points = np.concatenate([np.linspace(low, high, EVEN), quantiles, [distribution.centre]])
    return np.sort(np.clip(points, low, high))


def _searched(search: _Search) -> _Found:
    rows, points = search.grid.shape
    answers = search.answers(np.repeat(np.arange(rows), points), search.grid.ravel())
    first = answers.take(np.repeat(np.arange(rows) * points, points))
    idle = np.array([row.all() for row in answers.same_as(first).reshape(search.grid.shape)])
    over = answers.over(search.asked.threshold).reshape(search.grid.shape)
    brackets = [b for row in range(rows) if not idle[row] for b in _brackets(search, over, row)]
    ends = answers.result.reshape(search.grid.shape)[:, [0, -1]]
    found: list[list[Crossing]] = [[] for _ in range(rows)]
    for bracket, crossing in zip(brackets, _crossings(search, brackets), strict=True):
        found[bracket.row].append(crossing)
    return _Found(ends, idle, found)


def _brackets(search: _Search, over: Array, row: int) -> Iterator[_Bracket]:
    """All of a row, from low to high; where nothing can be reckoned is left out."""
    known = np.isfinite(over[row])
    grid, right = search.grid[row][known], over[row][known] > 0
    for k in np.flatnonzero(right[1:] != right[:-1]):
        yield _Bracket(row, float(grid[k]), float(grid[k + 1]), bool(right[k]))


def _crossings(search: _Search, brackets: list[_Bracket]) -> list[Crossing]:
    """Every bracket narrowed down to the last digits, all at once."""
    from scipy.optimize import elementwise

    if not brackets:
        return []
    rows = np.array([bracket.row for bracket in brackets])
    low, high = np.array([[bracket.low, bracket.high] for bracket in brackets]).T

    def over(share: Array, number: Array) -> Array:
        """Over the threshold, at a share of the way through the bracket of that number."""
        k = number.astype(np.intp)
        values = low[k] * (1 - share) + high[k] * share
        share_over = _share_over(search, search.answers(rows[k], values))
        # at the threshold is not over it: so the edge is found of where a result lies right on it
        return np.asarray(np.where(share_over == 0, -AT_THRESHOLD, share_over))

    ends = (np.zeros(len(rows)), np.ones(len(rows)))
    numbers = np.arange(len(rows))
    # its stubs know of no further arguments
    found = elementwise.find_root(over, ends, args=(numbers,), tolerances=TOLERANCES)  # type: ignore[call-overload]
    # where rounding takes the signs of a bracket away, one of its ends is at the threshold
    nearest_end = np.abs(found.f_bracket[1]) < np.abs(found.f_bracket[0])
    share = np.where(found.success, found.x, nearest_end)
    values = low * (1 - share) + high * share
    # only a bracket without width tells of a step; at a small enough result the search ends sooner
    narrow = np.abs(found.f_x) > TOLERANCES["fatol"]
    jumps = narrow & (np.abs(found.f_bracket[1] - found.f_bracket[0]) > JUMP)
    return [
        Crossing(float(value), "above" if bracket.falls else "below", bool(jump))
        for bracket, value, jump in zip(brackets, values, jumps, strict=True)
    ]


def _share_over(search: _Search, answers: Answers) -> Array:
    """How far the result (draw) is over its threshold, as a share of all money that passes."""
    threshold = search.asked.threshold
    size = answers.size + np.abs(threshold * answers.bottom)
    return answers.over(threshold) / np.where(size > 0, size, 1.0)


def _row(search: _Search, found: _Found, row: int) -> BreakEven:
    path = search.paths[row]
    distribution = search.asked.model.quantities.distributions[path]
    happens = isinstance(distribution, Occurrence)
    low, high = search.grid[row][[0, -1]].tolist()
    at_low, at_high = (float(x) if np.isfinite(x) else None for x in found.ends[row])
    idle = bool(found.without_effect[row])
    known = (path, distribution.centre, low, high, at_low, at_high, idle)
    crossing = found.nearest(row, distribution.centre)
    if crossing is None:
        return BreakEven(*known, happens=happens)
    every = [
        replace(one, chance_below=chance_below(distribution, one.value))
        for one in found.crossings[row]
    ]
    near = every[found.crossings[row].index(crossing)]
    before = sum(one.value < distribution.centre for one in every)
    wrong, turns = _chance_of(every, every[0].wrong_side == "above"), _chance_of(every, before + 1)
    facts = (near.value, near.wrong_side, near.jumps, near.chance_below, wrong, turns, happens)
    return BreakEven(*known, *facts, every)


def _chance_of(crossings: list[Crossing], first: int) -> float | None:
    """Chance of every other stretch between crossings, among them the one of this number; None
    where the quantity is certain. Stretch 0 is below the first crossing."""
    below = [one.chance_below for one in crossings if one.chance_below is not None]
    if len(below) < len(crossings):
        return None
    edges = [0.0, *below, 1.0]
    return sum(edges[k + 1] - edges[k] for k in range(first % 2, len(edges) - 1, 2))
