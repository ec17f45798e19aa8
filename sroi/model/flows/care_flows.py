"""The value of care that is avoided: flows of care ladders and direct shifts.

    m(t)      = ramp(t - lag) · cap(t) · E/E_ref · Π (1 - what is not ours)
    hard      = what can be cashed under the contract (see `cash`), at what the payer pays
    not hard  = avoided person-years × that price - hard
    provider  = avoided person-years × (what the care costs - what the payer pays)

so that for society the flows of a tier add up to avoided person-years × what the care costs. With
a correction for optimism bias a part of what heavy care is avoided does not count; extra care does
in full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sroi.model.care import direct_shift, intensity
from sroi.model.care.calibration import NotCounted, Register, calibrated, completed
from sroi.model.care.care_ladder import HEAVY, Amount, Ladder, Move, Programme, with_relapse
from sroi.model.care.care_ladder_course import Usual, without
from sroi.model.care.care_ladder_run import (
    Shift,
    avoided,
    by_year,
    mid_steps,
    run,
)
from sroi.model.care.cash import Contract, cashable
from sroi.model.care.conditions import effectiveness
from sroi.model.flows.impact import STAGES, FlowBlock, segments
from sroi.model.lines.lines import (
    NOTHING,
    CareLine,
    EffectLine,
    LadderLine,
    RatesLine,
    RegisterLine,
    ShiftLine,
)
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]
STEPS = 4
BLOCK = 2048
RAMPS: dict[str, Callable[..., Array]] = {
    "logistic": intensity.logistic,
    "linear": intensity.linear,
    "bass": intensity.bass,
}
Yearly = list[Array]


def ladder_flows(model: Model, line: LadderLine, values: Values) -> list[FlowBlock]:
    """Every flow of a care ladder, tier by tier."""
    return in_blocks(model, values, BLOCK, lambda part: _ladder_money(model, line, part))


def shift_flows(model: Model, line: ShiftLine, values: Values) -> list[FlowBlock]:
    """Every flow of a direct shift."""
    return in_blocks(model, values, BLOCK, lambda part: _shift_money(model, line, part))


def shift_of(model: Model, line: LadderLine, values: Values) -> Shift:
    """The course of things on a ladder with and without the programme."""
    m = intensity_at(line.effect, values, model.horizon)
    programme = programme_at(line, values, m)
    return run(ladders_at(line, values), programme, m, STEPS, start_of(line, values))


def avoided_on(model: Model, line: LadderLine, values: Values) -> Array:
    """Avoided person-years on a ladder (tier, step, draw), in all years that count."""
    years = model.horizon + line.after
    steps = years * STEPS

    def usual(values: Values) -> Usual:
        return without(ladders_at(line, values), steps, STEPS, start_of(line, values))

    m = intensity_at(line.effect, values, years)
    course = values.once(model, f"usual.{line.id}", usual)
    return avoided(course, programme_at(line, values, m), m)


def start_of(line: LadderLine, values: Values) -> list[Amount] | None:
    """People at the start, where it is not the steady state."""
    assumed: Sequence[Amount] = ()
    if None in line.start and isinstance(line.rates, RegisterLine):
        assumed = _register_at(line.rates, values)[0].end
    found = [
        assumed[tier] if people is None else values[people] if isinstance(people, str) else people
        for tier, people in enumerate(line.start)
    ]
    return found or None


def programme_at(line: LadderLine, values: Values, intensity: Array) -> Programme:
    """The programme, of which no more than all are diverted when it works at its strongest."""
    up, down, diversion, wider, theta = (values[path] for path in line.programme)
    most = 1 / np.maximum(intensity.max(axis=0), 1.0)
    return Programme(
        up,
        down,
        np.minimum(diversion, most),
        wider,
        theta,
        {closing(line, move): values[path] for move, path in line.by_move.items()},
        {tier: np.minimum(values[path], most) for tier, path in line.diverted.items()},
        {tier: values[path] for tier, path in line.widened.items()},
    )


def closing(line: LadderLine, move: Move) -> Move:
    """A move as the ladder with relapse has it: from heavy care to the first tier is closing."""
    closes = line.relapse and move[1] == 0 and line.levels[move[0]] >= HEAVY
    return (move[0], len(line.levels)) if closes else move


def ladder_at(line: LadderLine, values: Values, year: int = 0) -> Ladder:
    """The ladder in a year (0 the first) without the programme; after the last as in that year."""
    ladders = ladders_at(line, values)
    return ladders[min(year, len(ladders) - 1)]


def ladders_at(line: LadderLine, values: Values) -> list[Ladder]:
    """The ladder of every year without the programme, or one for all years; with the tier of the
    recently closed where there is one."""
    if isinstance(line.rates, RegisterLine):
        ladders = [_of_register(line.rates, line.levels, values)]
    else:
        years = enumerate(line.rates)
        ladders = [_in_year(rates, line.levels, values, year) for year, rates in years]
    if line.relapse:
        ladders = [with_relapse(ladder, values[line.relapse]) for ladder in ladders]
    return ladders


def _in_year(rates: RatesLine, levels: tuple[int, ...], values: Values, year: int) -> Ladder:
    """A ladder as it is stated, of which the inflow has grown for so many years."""
    inflow = [values[path] for path in rates.inflow]
    for tier, path in enumerate(rates.growth):
        if year and path != NOTHING:
            inflow[tier] = inflow[tier] * (1 + values[path]) ** year
    moves = {move: values[path] for move, path in rates.moves.items()}
    exits = tuple(values[path] for path in rates.exits)
    return Ladder(moves, exits, tuple(inflow), levels)


def _of_register(rates: RegisterLine, levels: tuple[int, ...], values: Values) -> Ladder:
    """The ladder of a register; new people are the residual, and never less than none."""
    found = calibrated(*_register_at(rates, values))
    inflow = tuple(np.maximum(people, 0.0) for people in found.inflow)
    return Ladder(found.rates, tuple(found.exits), inflow, levels)


def _register_at(rates: RegisterLine, values: Values) -> tuple[Register, dict[Move, Amount]]:
    """A register, with what is assumed of who it leaves out, and where those who leave go."""
    split: dict[tuple[int, int], Amount] = dict(rates.shares)
    for origin, row in rates.sticks.items():
        for place, share in broken(row, values):
            if place is not None:
                split[origin, place] = share

    def counted(by_tier: Sequence[str | float]) -> tuple[Amount, ...]:
        return tuple(values[x] if isinstance(x, str) else x for x in by_tier)

    begin, new = counted(rates.begin), counted(rates.inflow)
    register = Register(begin, new, counted(rates.outflow), counted(rates.end), rates.period)
    left_out = {
        tier: NotCounted(values[x.stays], values[x.people] if x.people else None, values[x.new])
        for tier, x in rates.not_counted.items()
    }
    return completed(register, left_out, split), split


def broken(
    row: Sequence[tuple[int | None, str]], values: Values
) -> Iterator[tuple[int | None, Amount]]:
    """The shares of a row of sticks: each takes its part of what the earlier ones left."""
    left: Amount = 1.0
    for place, path in row:
        part = values[path] if path else 1.0
        yield place, left * part
        left = left * (1 - part)


def intensity_at(effect: EffectLine, values: Values, years: int) -> Array:
    """m in the middle of each step: (step), or (step, draw)."""
    middle = mid_steps(years, STEPS)
    times = middle if effect.ends is None else np.minimum(middle, effect.ends)
    ramp = np.ones(len(times))
    if effect.ramp:
        shape, *paths = effect.ramp
        ramp = RAMPS[shape](times, *(values[path] for path in paths), values[effect.lag])
    elif effect.lag:
        ramp = _after(times, values[effect.lag])
    ours: Amount = 1.0
    for path in effect.corrections:
        ours = ours * (1 - values[path])
    pairs = [(values[weight], values[along]) for weight, along in effect.conditions]
    moved = effectiveness([weight for weight, _ in pairs], [along for _, along in pairs])
    cap = queue_of(effect, values, years)[0] if effect.demand else 1.0
    m = intensity.intensity(ramp, cap, moved * ours, effect.reference)
    return m if effect.ends is None else _after_the_end(effect, values, m, middle)


def _after_the_end(effect: EffectLine, values: Values, m: Array, times: Array) -> Array:
    """m with what is left of it after the end of the programme; `times` (step)."""
    end = effect.ends or 0
    if effect.fades == "at_once":
        kept = (times < end).astype(np.float64)
    elif effect.fades == "never":
        return m
    else:
        kept = intensity.left(times, end, values[effect.fades])
    if kept.ndim == 1 and m.ndim == 2:
        kept = kept[:, None]
    return np.asarray((m if m.ndim == kept.ndim else m[:, None]) * kept)


def queue_of(effect: EffectLine, values: Values, years: int) -> tuple[Array, Array]:
    """Cap of each step and the waiting list at its end, see `intensity.queue`; after the end of the
    programme both as they were then."""
    last = min(effect.ends or years, years)
    demand = _by_step(effect.demand, values, last)
    if effect.possible:
        possible = _by_step(effect.possible, values, last)
    else:
        staff = intensity.capacity(*(values[path] for path in effect.staff))
        possible = [staff / STEPS] * len(demand)
    found = intensity.queue(demand, possible)
    if last == years:
        return found
    at = np.minimum(np.arange(years * STEPS), last * STEPS - 1)
    return found[0][at], found[1][at]


def _after(times: Array, lag: Amount) -> Array:
    """Nothing before the lag and everything after it."""
    column = times[:, None] if np.ndim(lag) else times
    return np.asarray(column > lag, dtype=np.float64)


def _by_step(paths: Sequence[str], values: Values, years: int) -> list[Amount]:
    """A size a year as a size a step, for every step."""
    return [values[paths[year]] / STEPS for year in range(years) for _ in range(STEPS)]


def _ladder_money(model: Model, line: LadderLine, values: Values) -> Yearly:
    money: Yearly = []
    for tier in range(len(line.tiers)):
        of_tier = partial(_tier_money, model, line, tier)
        money += values.once(model, f"money.{line.id}.{tier}", of_tier)
    return money


def _tier_money(model: Model, line: LadderLine, tier: int, values: Values) -> Yearly:
    less = values.once(model, f"avoided.{line.id}", partial(avoided_on, model, line))
    return money_of(line.tiers[tier], _counted(line, less, tier), values)


def _counted(line: LadderLine, avoided: Array, tier: int) -> Array:
    """What counts of the avoided person-years of a tier (step, draw), from those of all tiers."""
    heavy = line.levels[tier] >= HEAVY
    counted = kept(avoided[tier], line.effect.kept) if heavy else avoided[tier]
    if line.relapse and tier == 0:  # who was just closed costs what the lowest tier costs
        counted = counted + avoided[-1]
    return counted


def kept(avoided: Array, share: float) -> Array:
    """What optimism bias leaves of avoided care; of extra care it leaves all."""
    return avoided if share == 1 else np.where(avoided > 0, avoided * share, avoided)


def _shift_money(model: Model, line: ShiftLine, values: Values) -> Yearly:
    return money_of(line.care, kept(avoided_by(model, line, values), line.effect.kept), values)


def avoided_by(model: Model, line: ShiftLine, values: Values) -> Array:
    """Avoided person-years of a direct shift (step, draw)."""
    years = model.horizon
    m = intensity_at(line.effect, values, years)
    by_step = list(m if m.ndim == 2 else m[:, None])
    reach = [values[line.volumes[year]] for year in range(years) for _ in range(STEPS)]
    entries = direct_shift.avoided_entries(
        reach, values[line.at_risk] * values[line.substitution], values[line.reduction], by_step
    )
    return direct_shift.avoided_care(entries, 1 / values[line.duration], STEPS)[0]


def money_of(care: CareLine, avoided: Array, values: Values) -> Yearly:
    """What each flow of care brings (year, draw), from avoided person-years (step, draw)."""
    # wide enough for a contract that differs between draws where the care does not
    avoided = np.broadcast_to(avoided, (len(avoided), values.draws))
    units = values[care.units] * care.index
    cost = values[care.price] * units
    paid = values[care.tariff] * units if care.tariff else cost
    each_year = by_year(avoided, STEPS)
    worth, flows = each_year * paid, []
    if care.contract is None:
        flows.append(worth)
    else:
        c = care.contract
        contract = Contract(
            variable_share=values[c.variable_share],
            backfill=values[c.backfill],
            lag=values[c.lag],
            renewal=values[c.renewal],
            capacity_step=c.capacity_step,
            friction=values[c.friction],
        )
        hard = cashable(avoided[None], [paid], [contract], STEPS).total[0]
        flows += [hard, worth - hard]
    return [*flows, each_year * (cost - paid)] if care.tariff else flows


def in_blocks(
    model: Model, values: Values, size: int, money: Callable[[Values], Yearly]
) -> list[FlowBlock]:
    """Flows of amounts by year, reckoned in blocks of draws so that memory stays bounded."""
    factors = model.discounting.factors(model.years)
    parts = []
    for start in range(0, values.draws, size):
        part = values.part(start, min(start + size, values.draws))
        parts.append([_flow(amounts, factors, part.draws, model.years) for amounts in money(part)])
    return [_joined(flow) for flow in zip(*parts, strict=True)]


def _flow(amounts: Array, factors: Array, draws: int, years: int) -> FlowBlock:
    """A flow of amounts (year, draw) of the years that count; it has no corrections of its own."""
    present: Amount = 0.0
    for amount, factor in zip(amounts, factors[: len(amounts)], strict=True):
        present = present + amount * factor
    sums = np.zeros((len(STAGES) + years, len(segments(0.0, draws))))
    for year, amount in enumerate(amounts):
        summed = segments(amount if len(amount) > 1 else float(amount[0]), draws)
        sums[len(STAGES) + year] = summed
        sums[: len(STAGES) - 1] += summed
    return FlowBlock(np.broadcast_to(present, (draws,)), sums)


def _joined(parts: Sequence[FlowBlock]) -> FlowBlock:
    if len(parts) == 1:
        return parts[0]
    present = np.concatenate([part.present for part in parts])
    return FlowBlock(present, np.concatenate([part.sums for part in parts], axis=1))
