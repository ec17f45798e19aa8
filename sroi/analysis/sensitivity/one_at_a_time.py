"""What one assumption does to a result: the others at their centre, and over the draws.

Two views. `swings`: from the 10th to the 90th percentile of one quantity while the others stay at
their centre. `conditional_swings`: the mean of the result in the draws where the quantity is in its
lowest fifth, and in its highest; there the others vary, so that interactions and correlations show.
What happens or not goes from 0 to 1 in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.result.question import Question
from sroi.model.flows.engine import results_at
from sroi.model.uncertain.distributions import Distribution, Occurrence
from sroi.model.uncertain.quantities import Values
from sroi.model.uncertain.sampling import REPLICATES

Array = NDArray[np.float64]
Rows = NDArray[np.intp]
ENDS = np.array([0.1, 0.9])
FIFTH = 0.2
BLOCK = 4096  # draws that are in memory at a time
TRIED = 64  # draws in which a quantity is moved to see whether it does anything
NOTHING = 1e-12  # of all money that passes: less than this is rounding


@dataclass(frozen=True)
class Answers:
    """A result (draw) as a division, `top` ÷ `bottom`: benefits ÷ investment, or a balance ÷ 1.

    `size`: all money that passes, gained and lost, beside which the result is small or large.
    """

    top: Array
    bottom: Array
    size: Array

    @property
    def result(self) -> Array:
        """The result; not a finite number where nothing is invested."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.top / self.bottom)

    def over(self, threshold: float) -> Array:
        """By how many euros the result is over a threshold: top - threshold × bottom."""
        return self.top - threshold * self.bottom

    def take(self, draws: Rows | slice) -> Answers:
        """Some of the draws."""
        return Answers(self.top[draws], self.bottom[draws], self.size[draws])

    def same_as(self, other: Answers) -> NDArray[np.bool_]:
        """Whether (draw) two results are the same up to rounding; told without dividing."""
        difference = np.abs(self.top * other.bottom - other.top * self.bottom)
        widest = np.maximum(np.abs(self.bottom), np.abs(other.bottom))
        return np.asarray(difference <= NOTHING * np.maximum(self.size, other.size) * widest)


@dataclass(frozen=True)
class Swing:
    """A result at the low and at the high end of one quantity, the others at their centre."""

    path: str
    low: float
    high: float
    at_low: float
    at_high: float
    without_effect: bool = False

    @property
    def width(self) -> float:
        """How far the result moves."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class ConditionalSwing:
    """Mean result with its standard error where a quantity is low, where it is high, and between.

    `low` and `high`: the 10th and 90th percentile, or 0 and 1. None where too few replicates have
    such draws, or nothing is invested in them. `without_effect`: the quantity itself does nothing,
    and what is seen is noise, or others that move along with it.
    """

    path: str
    low: float
    high: float
    at_low: tuple[float, float] | None
    at_high: tuple[float, float] | None
    difference: tuple[float, float] | None
    without_effect: bool


def swings(asked: Question) -> list[Swing]:
    """One for each uncertain quantity, the largest first; all ends are evaluated at once."""
    quantities = asked.model.quantities
    paths = quantities.uncertain
    if not paths:
        return []
    ends = np.array([ends_of(quantities.distributions[path]) for path in paths])
    rows = np.zeros(ends.size, dtype=np.intp)
    names = np.repeat(paths, 2).tolist()
    answers = with_one_changed(asked, centre(asked), rows, names, ends.ravel())
    idle = answers.take(slice(0, None, 2)).same_as(answers.take(slice(1, None, 2)))
    at = answers.result.reshape(ends.shape)
    found = [
        Swing(path, float(low), float(high), float(at_low), float(at_high), bool(none))
        for path, (low, high), (at_low, at_high), none in zip(paths, ends, at, idle, strict=True)
    ]
    return sorted(found, key=lambda swing: -swing.width if np.isfinite(swing.width) else 0.0)


def conditional_swings(asked: Question, values: Values) -> list[ConditionalSwing]:
    """One for each uncertain quantity, the largest difference first, and last what has no effect.

    `values`: draws as `some_draws` gives them, replicate after replicate. A fifth is taken in each
    replicate by rank; of a ratio the mean is that of benefits over that of investment, Gargani
    (2017). The errors are those of a ratio of sums over the replicates (linearised).
    """
    answers = answers_at(asked, values)
    found = [
        _conditional(asked, path, values.drawn[path], answers, idle)
        for path, idle in _idle(asked, values).items()
    ]
    return sorted(found, key=_largest_first)


def _largest_first(swing: ConditionalSwing) -> tuple[bool, float]:
    return swing.without_effect, -abs(swing.difference[0]) if swing.difference else 0.0


def ends_of(distribution: Distribution) -> Array:
    """Low and high end: the 10th and 90th percentile; of what happens or not 0 and 1."""
    if isinstance(distribution, Occurrence):
        return np.array([0.0, 1.0])
    return distribution.ppf(ENDS)


def centre(asked: Question) -> Values:
    """The central case as one draw; what is not among its draws has its central value."""
    return Values(asked.model.quantities, {}, 1)


def with_one_changed(
    asked: Question, base: Values, rows: Rows, paths: Sequence[str], to: Array
) -> Answers:
    """Answers (draw) where draw k is row `rows[k]` of `base` with the quantity `paths[k]` `to[k]`.

    In blocks, so that memory stays bounded.
    """
    parts = []
    for start in range(0, len(to), BLOCK):
        part = slice(start, start + BLOCK)
        values = _changed(base, rows[part], paths[part], to[part])
        parts.append(_answers(asked, values))
    return _joined(parts)


def answers_at(asked: Question, values: Values) -> Answers:
    """Answers at values (draw), in blocks."""
    starts = range(0, values.draws, BLOCK)
    parts = (values.part(start, min(start + BLOCK, values.draws)) for start in starts)
    return _joined([_answers(asked, part) for part in parts])


def _changed(base: Values, rows: Rows, paths: Sequence[str], to: Array) -> Values:
    drawn = {path: draws[rows] for path, draws in base.drawn.items()}
    for draw, (path, value) in enumerate(zip(paths, to, strict=True)):
        if path not in drawn:
            drawn[path] = np.full(len(to), base[path])
        drawn[path][draw] = value
    return Values(base.source, drawn, len(to))


def _answers(asked: Question, values: Values) -> Answers:
    # the ends of what is possible may be a place where nothing can be reckoned, such as no exits
    with np.errstate(all="ignore"):
        results = results_at(asked.model, values)
        size = np.abs(results.weights(asked.perspective)) @ np.abs(results.present)
        if asked.is_ratio:
            return Answers(results.benefits(), results.investment(), size)
        return Answers(results.balance(asked.perspective), np.ones(values.draws), size)


def _joined(parts: Sequence[Answers]) -> Answers:
    names = ("top", "bottom", "size")
    return Answers(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _idle(asked: Question, values: Values) -> dict[str, bool]:
    """Whether a quantity does nothing: in a number of draws it goes to its other end."""
    known, paths = asked.model.quantities.distributions, asked.model.quantities.uncertain
    if not paths:
        return {}
    picked = np.unique(np.linspace(0, values.draws - 1, TRIED).astype(np.intp))
    to = [_other_end(known[path], values.drawn[path][picked]) for path in paths]
    rows, names = np.tile(picked, len(paths)), np.repeat(paths, len(picked)).tolist()
    moved = with_one_changed(asked, values, rows, names, np.concatenate(to))
    usual = answers_at(asked, _picked(values, picked))
    same = moved.same_as(usual.take(np.tile(np.arange(len(picked)), len(paths))))
    by_path = same.reshape(len(paths), -1)
    return {path: bool(all_.all()) for path, all_ in zip(paths, by_path, strict=True)}


def _other_end(distribution: Distribution, drawn: Array) -> Array:
    low, high = ends_of(distribution)
    return np.asarray(np.where(drawn > distribution.centre, low, high))


def _picked(values: Values, rows: Rows) -> Values:
    drawn = {path: draws[rows] for path, draws in values.drawn.items()}
    return Values(values.source, drawn, len(rows))


def _conditional(
    asked: Question, path: str, drawn: Array, answers: Answers, idle: bool
) -> ConditionalSwing:
    distribution = asked.model.quantities.distributions[path]
    ends = ends_of(distribution)
    where = _ends_in_draws(drawn, isinstance(distribution, Occurrence))
    low, high = (_Mean.of(answers, chosen) for chosen in where)
    return ConditionalSwing(
        path,
        float(ends[0]),
        float(ends[1]),
        low.with_error if low else None,
        high.with_error if high else None,
        high.more_than(low) if low and high else None,
        idle,
    )


def _ends_in_draws(drawn: Array, happens: bool) -> Iterator[NDArray[np.bool_]]:
    """Which draws (replicate, draw) are at the low end, and which at the high end."""
    by_replicate = drawn.reshape(REPLICATES, -1)
    if happens:
        yield by_replicate == 0
        yield by_replicate == 1
        return
    rank = by_replicate.argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    count = max(1, round(FIFTH * by_replicate.shape[1]))
    yield rank < count
    yield rank >= by_replicate.shape[1] - count


@dataclass(frozen=True)
class _Mean:
    """A ratio of sums over some draws, and what each replicate adds to its error."""

    mean: float
    residuals: Array

    @classmethod
    def of(cls, answers: Answers, chosen: NDArray[np.bool_]) -> _Mean | None:
        """Of the chosen draws (replicate, draw); None where half of the replicates have none."""
        top, bottom = (
            np.where(chosen, x.reshape(chosen.shape), 0.0).sum(axis=1)
            for x in (answers.top, answers.bottom)
        )
        if chosen.any(axis=1).sum() <= REPLICATES // 2 or not bottom.sum() > 0:
            return None
        mean = float(top.sum() / bottom.sum())
        return cls(mean, (top - mean * bottom) / bottom.mean())

    @property
    def with_error(self) -> tuple[float, float]:
        """Mean and standard error."""
        return self.mean, _error(self.residuals)

    def more_than(self, other: _Mean) -> tuple[float, float]:
        """Difference and its standard error."""
        return self.mean - other.mean, _error(self.residuals - other.residuals)


def _error(residuals: Array) -> float:
    return float(residuals.std(ddof=1) / REPLICATES**0.5)
