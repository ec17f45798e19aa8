"""The impact of an outcome line and the cost of an investment line, in every draw of a block.

    impact of year t   q_t · p · (1 - deadweight)(1 - displacement)(1 - attribution_to_others)
    it flows in year   t + starts - 1 + a,  a = 0, 1, 2, …
    with weight        min(1, max(0, lasts - a)) · (1 - drop_off)^a · (1 - returning)^k
    k                  the years after t, up to t + a, in which there is activity

Source: A Guide to Social Return on Investment (2012), stages 3 to 5, and the columns of its Value
Map; `lasts` in part years is an extension that is the same for whole years, and `returning` is one
that counts nobody twice: who comes back is counted with the people of the new year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sroi.model.lines.lines import InvestmentLine, OutcomeLine
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]
STAGES = (
    "gross",
    "deadweight",
    "displacement",
    "attribution_to_others",
    "optimism_bias",
    "beyond_horizon",
)
SEGMENT = 1024


@dataclass(frozen=True)
class FlowBlock:
    """A flow in a block of draws.

    `present`: present value (draw). `sums`: summed over each segment of draws, (STAGES + years,
    segment): what is left after each stage, what flows past the horizon (present value), and the
    undiscounted amount of every year.
    """

    present: Array
    sums: Array


@dataclass(frozen=True)
class _Cohorts:
    """Volumes by year as scale (draw) × pattern (year, 1 or draw)."""

    scale: Array | float
    pattern: Array


def outcome_flows(model: Model, line: OutcomeLine, values: Values) -> Iterator[FlowBlock]:
    """Every flow of an outcome line."""
    cohorts = _cohorts(line.volumes, values)
    carried = _carried(model, line, values)
    lasting = _lasting(line, values)
    kept = _fading(line, values, lasting)
    count = _weights_by_age(model, line, np.ones(model.years))
    present, beyond = _present_by_age(model, line)
    gross = cohorts.scale * values[line.rate]
    whole = _over_ages(lasting, count, cohorts, carried)
    later = _over_ages(kept, beyond, cohorts, carried)
    for flow in line.flows:
        stages = _stages(gross * (values[flow.price] * flow.index), line, values)
        summed: list[_Summed] = []
        for stage in stages:
            same = summed and summed[-1].amount is stage
            summed.append(summed[-1] if same else _Summed(stage, values.draws))
        sums = [stage.times(whole) for stage in summed] + [summed[-1].times(later)]
        yearly = _yearly_sums(summed[-1], kept, model.years, line.delay, cohorts, carried)
        value = stages[-1] * _over_ages(kept, present, cohorts, carried)
        yield FlowBlock(np.broadcast_to(value, (values.draws,)), np.vstack([*sums, yearly]))


def investment_flow(model: Model, line: InvestmentLine, values: Values) -> FlowBlock:
    """The flow of an investment line; it has no stages and does not pass the horizon."""
    cohorts = _cohorts(line.volumes, values)
    factors = model.discounting.investment_factors(model.horizon)
    price = cohorts.scale * (values[line.flow.price] * line.flow.index)
    present = price * _combine(factors, cohorts.pattern)
    years = np.zeros((model.years, -(-values.draws // SEGMENT)))
    for year in range(model.horizon):
        years[year] = segments(price * _single(cohorts.pattern[year]), values.draws)
    nothing = np.zeros((len(STAGES), years.shape[1]))
    return FlowBlock(np.broadcast_to(present, (values.draws,)), np.vstack([nothing, years]))


def _cohorts(paths: tuple[str, ...], values: Values) -> _Cohorts:
    if len(set(paths)) == 1:
        return _Cohorts(values[paths[0]], np.ones((len(paths), 1)))
    rows = [np.atleast_1d(values[path]) for path in paths]
    return _Cohorts(1.0, np.vstack([np.broadcast_to(row, _widest(rows)) for row in rows]))


def _widest(rows: list[Array]) -> int:
    return max(len(row) for row in rows)


def _lasting(line: OutcomeLine, values: Values) -> list[Array | float]:
    """The share of each year of age in which the effect still is there."""
    lasts = values[line.lasts]
    return [np.clip(lasts - age, 0.0, 1.0) for age in range(line.ages)]


def _fading(line: OutcomeLine, values: Values, lasting: list[Array | float]) -> list[Array | float]:
    """The same with drop-off: each year (1 - drop_off) of the year before."""
    stays = 1 - values[line.drop_off]
    left: Array | float = 1.0
    kept = []
    for share in lasting:
        kept.append(share * left)
        left = left * stays
    return kept


def _stages(gross: Array | float, line: OutcomeLine, values: Values) -> list[Array | float]:
    """Before corrections, and what is left after each: multiplied, never added.

    Optimism bias comes last, and takes from gains only.
    """
    stages = [gross]
    for path in line.corrections:
        stages.append(stages[-1] * (1 - values[path]))
    stages += [stages[-1]] * (4 - len(stages))
    last = stages[-1]
    cut = last if line.kept == 1 else last * np.where(np.asarray(last) > 0, line.kept, 1.0)
    return [*stages, cut]


def _weights_by_age(model: Model, line: OutcomeLine, by_year: Array) -> Array:
    """Weights (age, year of the cohort): what a year that is reached counts for; 0 past them."""
    padded = np.zeros(model.horizon + line.delay + line.ages + 1)
    padded[: len(by_year)] = by_year[: len(padded)]
    reached = np.arange(line.ages)[:, None] + np.arange(model.horizon)[None, :] + line.delay
    return np.asarray(padded[reached])


def _present_by_age(model: Model, line: OutcomeLine) -> tuple[Array, Array]:
    """Discount factors (age, cohort) of the years that count, and of those past them."""
    last = model.horizon + line.delay + line.ages
    factors = model.discounting.factors(max(last, model.years))
    everything = _weights_by_age(model, line, factors)
    counted = _weights_by_age(model, line, factors[: model.years])
    return counted, everything - counted


def _over_ages(
    kept: list[Array | float], weights: Array, cohorts: _Cohorts, carried: _Carried | None
) -> Array | float:
    """Σ over ages of kept × Σ over cohorts of weight × volume × who did not come back since."""
    total: Array | float = 0.0
    for age, share in enumerate(kept):
        for stayed, mask in _stayed(carried, age):
            total = total + share * stayed * _combine(weights[age] * mask, cohorts.pattern)
    return total


@dataclass(frozen=True)
class _Carried:
    """Who does not come back in a year (draw), and how often that was asked (age, cohort)."""

    stays: Array | float
    times: NDArray[np.intp]


def _carried(model: Model, line: OutcomeLine, values: Values) -> _Carried | None:
    """None where nothing is said of who comes back: then an effect is carried on whole."""
    if not line.returning:
        return None
    active = np.zeros(model.horizon + line.ages, dtype=np.intp)
    active[: len(line.active)] = line.active
    until = np.cumsum(active)
    years, ages = np.arange(model.horizon), np.arange(line.ages)
    return _Carried(1 - values[line.returning], until[years + ages[:, None]] - until[years])


def _stayed(carried: _Carried | None, age: int) -> Iterator[tuple[Array | float, Array | float]]:
    """The share that is carried on, with which cohorts (1 or 0) it holds for."""
    if carried is None:
        yield 1.0, 1.0
        return
    for times in np.unique(carried.times[age]):
        yield carried.stays**times, (carried.times[age] == times).astype(np.float64)


def _combine(weights: Array, pattern: Array) -> Array | float:
    """Σ over years of weight × pattern; over draws added one by one (see `copula`)."""
    if pattern.shape[1] == 1:
        return float(weights @ pattern[:, 0])
    total: Array | float = 0.0
    for weight, volume in zip(weights, pattern, strict=True):
        if weight:
            total = total + weight * volume
    return total


def _single(volume: Array) -> Array | float:
    return float(volume[0]) if len(volume) == 1 else volume


def _yearly_sums(
    net: _Summed,
    kept: list[Array | float],
    years: int,
    delay: int,
    cohorts: _Cohorts,
    carried: _Carried | None,
) -> Array:
    """Undiscounted amount of every year, summed over segments (year, segment)."""
    sums = np.zeros((years, -(-net.draws // SEGMENT)))
    fixed = cohorts.pattern.shape[1] == 1
    for first, share in enumerate(kept, delay):
        counted = cohorts.pattern[: max(0, years - first)]
        for stayed, mask in _stayed(carried, first - delay):
            left = share * stayed
            which = np.ones(len(cohorts.pattern)) * mask
            if fixed:
                of = counted * which[: len(counted), None]
                sums[first : first + len(counted)] += of * net.times(left)
                continue
            for year, volume in enumerate(counted, first):
                if which[year - first]:
                    sums[year] += net.times(left * volume)
    return sums


@dataclass(frozen=True)
class _Summed:
    """An amount by draw, and its sums over segments."""

    amount: Array | float
    draws: int

    @cached_property
    def bare(self) -> Array:
        return segments(self.amount, self.draws)

    def times(self, weight: Array | float) -> Array:
        """Sums of amount × weight; a weight that is the same in every draw is taken outside."""
        if np.ndim(weight):
            return segments(self.amount * weight, self.draws)
        return self.bare * weight


def segments(amount: Array | float, draws: int) -> Array:
    """Sums over segments of SEGMENT draws: small, and the same however the draws are cut up."""
    whole = amount if np.ndim(amount) else np.broadcast_to(amount, (draws,))
    return np.asarray(np.add.reduceat(whole, np.arange(0, draws, SEGMENT)))
