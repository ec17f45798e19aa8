"""The care ladder again, one draw at a time and straight from the equations.

Plain Python and the matrix exponential of scipy; both arms are followed by themselves and
subtracted at the end, so that it shares nothing with the engine but the names of its inputs.
"""

from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

from sroi.model.care.care_ladder import Ladder, Programme
from sroi.model.care.cash import Contract

Array = NDArray[np.float64]


@dataclass
class SlowArm:
    """Person-years of each step, people at the end of each step, entries into heavy care."""

    person_years: Array
    stocks: Array
    entries: Array


NONE = Programme()


def slow_generator(
    ladder: Ladder, programme: Programme = NONE, m: float = 0.0
) -> tuple[Array, Array]:
    """Q, and the rates between tiers, with moves up, down and single ones multiplied."""
    level = ladder.levels or tuple(range(len(ladder.exits)))
    rates = np.zeros((len(level), len(level)))
    for (i, j), rate in ladder.rates.items():
        ratio = 1.0
        if level[j] > level[i] and level[j] >= 2:
            ratio = programme.hazard_ratio_up
        if level[j] < level[i] and level[i] >= 2:
            ratio = programme.hazard_ratio_down
        rates[i, j] = rate * programme.by_move.get((i, j), ratio) ** m
    return rates - np.diag(rates.sum(axis=1) + np.array(ladder.exits, float)), rates


def slow_inflow(ladder: Ladder, programme: Programme, m: float) -> Array:
    """New people a year in each tier."""
    level = list(ladder.levels or range(len(ladder.exits)))
    new = np.array(ladder.inflow, float)
    known = {*programme.diverted, *programme.widened}
    pools = [j for j in range(len(new)) if level[j] in (2, 3) or j in known]
    if not pools or 1 not in level:
        return new  # there is nobody to turn away, or nowhere to send them
    for j in pools:
        general = (programme.diversion, programme.net_widening) if level[j] in (2, 3) else (0, 0)
        away = ladder.inflow[j] * programme.diverted.get(j, general[0]) * m
        wider = ladder.inflow[j] * programme.widened.get(j, general[1]) * m
        new[j] -= away
        new[level.index(1)] += away + wider * (1 - programme.theta)
        new[pools[0]] += wider * programme.theta
    return new


def slow_steady_state(ladder: Ladder) -> Array:
    """-I Q⁻¹."""
    q, _ = slow_generator(ladder)
    return -np.array(ladder.inflow, float) @ np.linalg.inv(q)


def slow_arm(years: list[Ladder], programme: Programme, intensity: Array, steps: int, start: Array):
    """One arm, step by step, on the ladder of each year; the last one holds after it."""
    ladder = years[0]
    level = ladder.levels or tuple(range(len(ladder.exits)))
    size, people = len(level), np.array(start, float)
    person_years, stocks, entries, known = [], [], [], {}
    for number, m in enumerate(intensity):
        year = min(number // steps, len(years) - 1)
        ladder = years[year]
        q, rates = slow_generator(ladder, programme, m)
        new = slow_inflow(ladder, programme, m)
        whole = np.zeros((2 * size + 1, 2 * size + 1))
        whole[:size, :size] = q
        whole[:size, size : 2 * size] = np.eye(size)
        whole[-1, :size] = new
        step = (year, m)
        if step not in known:
            known[step] = expm(whole / steps)
        end = np.concatenate([people, np.zeros(size), [1.0]]) @ known[step]
        people, spent = end[:size], end[size : 2 * size]
        crossing = sum(
            spent[i] * rates[i, j]
            for i in range(size)
            for j in range(size)
            if level[i] < 2 <= level[j]
        )
        entries.append(crossing + sum(new[j] for j in range(size) if level[j] >= 2) / steps)
        person_years.append(spent)
        stocks.append(people)
    return SlowArm(np.array(person_years).T, np.array(stocks).T, np.array(entries))


def slow_run(
    ladder: Ladder | list[Ladder],
    programme: Programme,
    intensity: Array,
    steps: int,
    start: Array | None = None,
) -> tuple[SlowArm, SlowArm]:
    """Without and with the programme."""
    years = ladder if isinstance(ladder, list) else [ladder]
    begin = slow_steady_state(years[0]) if start is None else start
    usual = slow_arm(years, Programme(), intensity, steps, begin)
    return usual, slow_arm(years, programme, intensity, steps, begin)


def renews(step: int, period: float) -> bool:
    """Whether a contract of `period` steps ends at the start of a step, or within the step before.

    Not at the very start. A rounding is no delay.
    """
    ends = (period * number for number in range(1, step + 2))
    return step > 0 and any(step - 1 < end - 1e-9 * period <= step for end in ends)


def slow_cash(avoided: list[float], price: float, contract: Contract | None, steps: int):
    """Cash of one tier by year: variable + fixed - friction."""
    years = len(avoided) // steps
    if contract is None:
        return [price * sum(avoided[y * steps : (y + 1) * steps]) for y in range(years)]
    c, places, yearly, cut_at = contract, 0.0, [0.0] * years, []
    for step in range(len(avoided)):
        back = step - c.lag * steps
        late = float(np.interp(back, range(-1, len(avoided)), [0.0, *avoided]))
        kept = late * (1 - c.backfill) if late > 0 else late
        if renews(step, c.renewal * steps):
            before = places
            places = floor(max(0.0, kept * steps) / c.capacity_step) * c.capacity_step
            cut_at.append((step, max(0.0, places - before)))
        fixed = (1 - c.variable_share) * price / steps
        fresh = sum(cut for when, cut in cut_at if when <= step < when + steps)
        amount = c.variable_share * price * kept + fixed * places - c.friction * fixed * fresh
        yearly[step // steps] += amount
    return yearly
