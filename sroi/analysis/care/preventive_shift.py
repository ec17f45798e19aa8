"""What happens on a care ladder: people and person-years by tier, with and without programme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.result.draws import some_draws
from sroi.inputs.care.care_ladder import RECENT
from sroi.inputs.scenario.scenario import Basis
from sroi.model.care.care_ladder import (
    HEAVY,
    LIGHT,
    Ladder,
    door,
    lifetime_cost,
    stacked,
    steady_state,
    turning,
    waterbed_break_even,
)
from sroi.model.care.care_ladder_run import Shift
from sroi.model.care.direct_shift import substitution
from sroi.model.flows.care_flows import (
    STEPS,
    intensity_at,
    ladder_at,
    programme_at,
    queue_of,
    shift_of,
    start_of,
)
from sroi.model.lines.lines import LadderLine
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Band:
    """Mean and 5th and 95th percentile over the draws, by year."""

    mean: Array
    p5: Array
    p95: Array


@dataclass(frozen=True)
class TierCourse:
    """Person-years of each year in a tier, without and with the programme, and the difference.

    `people`: at the start, at the end without and at the end with the programme.
    """

    id: str
    level: int
    baseline: Band
    programme: Band
    avoided: Band
    people: tuple[float, float, float]


@dataclass(frozen=True)
class Passage:
    """People a year at the end of the horizon, without and with the programme, mean over draws.

    Into and out of a tier, and over the border between it and all that is lighter, up and down.
    """

    new: tuple[float, float]
    exits: tuple[float, float]
    up: tuple[float, float]
    down: tuple[float, float]


@dataclass(frozen=True)
class PreventiveShift:
    """A ladder told in people. `central` is its course in the central case.

    `heavy_care_rises`: share of draws in which more heavy care is used over the whole horizon;
    `substitution` σ: avoided heavy entries per light trajectory, None where no activity is named;
    `lifetime`: euros per entrant by tier until exit, and `waterbed`: extra light entrants at which
    one diversion gains nothing (both central); `waiting`: people that wait at the end of each year;
    `passages`: who goes where, by tier.
    """

    id: str
    tiers: list[TierCourse]
    heavy_care_rises: float
    substitution: tuple[float, float, float] | None
    lifetime: Array
    waterbed: float | None
    waiting: Array | None
    passages: list[Passage]
    central: Shift


def preventive_shifts(model: Model, basis: Basis) -> list[PreventiveShift]:
    """One for each care ladder."""
    if not model.ladders:
        return []
    values, centre = some_draws(model, basis), model.quantities.centre()
    return [_told(model, line, values, centre) for line in model.ladders]


def _told(model: Model, line: LadderLine, values: Values, centre: Values) -> PreventiveShift:
    shift, central = shift_of(model, line, values), shift_of(model, line, centre)
    less, with_ = shift.avoided_by_year, shift.programme
    names = [*(tier.id for tier in line.tiers), *([RECENT] if line.relapse else [])]
    levels = [*line.levels, *([0] if line.relapse else [])]
    start = _at_start(line, values)
    courses = [
        TierCourse(
            name,
            levels[tier],
            _band(shift.baseline.person_years[tier]),
            _band(with_.person_years[tier]),
            _band(less[tier]),
            (
                float(start[tier].mean()),
                float(shift.baseline.stocks[tier, -1].mean()),
                float(with_.stocks[tier, -1].mean()),
            ),
        )
        for tier, name in enumerate(names)
    ]
    heavy = [tier for tier, level in enumerate(levels) if level >= HEAVY]
    ladder = ladder_at(line, centre)
    lifetime = lifetime_cost(ladder, prices_of(line, centre))
    return PreventiveShift(
        id=line.id,
        tiers=courses,
        heavy_care_rises=float((less[heavy].sum(axis=(0, 1)) < 0).mean()),
        substitution=_substitution(model, line, shift, values),
        lifetime=lifetime[:, 0],
        waterbed=_waterbed(levels, lifetime),
        waiting=_waiting(model, line, values),
        passages=list(_passages(model, line, values, shift)),
        central=central,
    )


def _waterbed(levels: list[int], lifetime: Array) -> float | None:
    """Extra light entrants for one diversion, from the first tiers of level 1 and level 2."""
    if LIGHT not in levels or HEAVY not in levels:
        return None
    light, heavy = (lifetime[levels.index(level)] for level in (LIGHT, HEAVY))
    if light[0] <= 0:  # light support that costs nothing can never take a gain away
        return None
    return float(waterbed_break_even(np.array([light, light, heavy]))[0])


def _passages(model: Model, line: LadderLine, values: Values, shift: Shift) -> Iterator[Passage]:
    """Both arms at the end of the horizon, by tier."""
    ladder = ladder_at(line, values, model.horizon - 1)
    arms = [_arm(line, ladder, values, shift.baseline.stocks[:, -1], None)]
    m = intensity_at(line.effect, values, model.horizon)
    arms.append(_arm(line, ladder, values, shift.programme.stocks[:, -1], m))
    for without, with_ in zip(*arms, strict=True):
        yield Passage(*zip(without, with_, strict=True))


def _arm(
    line: LadderLine, ladder: Ladder, values: Values, people: Array, intensity: Array | None
) -> list[tuple[float, float, float, float]]:
    """New, out, up and down by tier in one arm, a year."""
    levels = ladder.rungs
    moved = {move: people[move[0]] * rate for move, rate in ladder.rates.items()}
    new = list(ladder.inflow)
    if intensity is not None:
        programme = programme_at(line, values, intensity)
        strength = intensity[-1]
        for moves, ratio in turning(ladder, programme):
            moved |= {move: moved[move] * np.power(ratio, strength) for move in moves}
        new = [a + b * strength for a, b in zip(new, door(ladder, programme), strict=True)]
    order = sorted(range(len(levels)), key=lambda tier: (levels[tier], tier))
    rank = {tier: place for place, tier in enumerate(order)}

    def over(tier: int, sign: int) -> float:
        border = rank[tier] - 0.5
        crossing = (
            flow for (i, j), flow in moved.items()
            if sign * (rank[i] - border) < 0 < sign * (rank[j] - border)
        )  # fmt: skip
        return float(np.mean(sum(crossing, 0.0)))

    return [
        (
            float(np.mean(new[tier])),
            float(np.mean(people[tier] * ladder.exits[tier])),
            over(tier, 1),
            over(tier, -1),
        )
        for tier in range(len(levels))
    ]


def prices_of(line: LadderLine, values: Values) -> list[Array | float]:
    """Euros per person-year by tier; the recently closed cost what the lowest tier costs."""
    prices = [values[c.price] * values[c.units] * c.index for c in line.tiers]
    return [*prices, prices[0]] if line.relapse else prices


def _at_start(line: LadderLine, values: Values) -> Array:
    """People at the start (tier, draw)."""
    people = start_of(line, values)
    return steady_state(ladder_at(line, values)) if people is None else stacked(people)


def _band(amounts: Array) -> Band:
    """Of an amount (year, draw)."""
    p5, p95 = np.quantile(amounts, (0.05, 0.95), axis=1)
    return Band(amounts.mean(axis=1), p5, p95)


def _substitution(
    model: Model, line: LadderLine, shift: Shift, values: Values
) -> tuple[float, float, float] | None:
    """σ over the horizon: median, 5th and 95th percentile."""
    if not line.volumes:
        return None
    light = [
        np.broadcast_to(values[line.volumes[year]] / STEPS, (values.draws,))
        for year in range(model.horizon)
        for _ in range(STEPS)
    ]
    if not np.any(light):
        return None
    sigma = substitution(shift.entries, np.array(light))
    p5, p50, p95 = np.quantile(sigma, (0.05, 0.5, 0.95))
    return float(p50), float(p5), float(p95)


def _waiting(model: Model, line: LadderLine, values: Values) -> Array | None:
    """People that wait for the programme at the end of each year."""
    if not line.effect.demand:
        return None
    waiting = queue_of(line.effect, values, model.horizon)[1]
    by_step = waiting.mean(axis=1) if waiting.ndim == 2 else waiting
    return np.asarray(by_step[STEPS - 1 :: STEPS])
