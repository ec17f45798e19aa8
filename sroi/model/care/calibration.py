"""Rates of the care ladder from what a register counts: people at the start and end, in and out.

    μ_i = outflow_i ÷ mean stock_i ÷ period,   r_ij = μ_i s_ij,   exit_i = μ_i (1 - Σ_j s_ij)
    I_j = inflow_j ÷ period - Σ_i mean stock_i · r_ij

Open data (CBS, youth care trajectories by half-year) give the counts of each tier, not who goes
where: the split s is elicited or comes from the municipality's own messages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.model.care.care_ladder import Ladder, Move, steady_state

Array = NDArray[np.float64]
Amount = Array | float
FEWEST = 1e-9  # where nobody comes: people leave at a rate all the same


@dataclass(frozen=True)
class Register:
    """Counts by tier over a period (in years): people at its start and end, in and out."""

    begin: tuple[Amount, ...]
    inflow: tuple[Amount, ...]
    outflow: tuple[Amount, ...]
    end: tuple[Amount, ...]
    period: float = 1.0

    @property
    def mean_stock(self) -> list[Amount]:
        """People on average, by tier: halfway between the start and the end."""
        return [(first + last) / 2 for first, last in zip(self.begin, self.end, strict=True)]

    @property
    def rates(self) -> list[Amount]:
        """Yearly rate at which people leave, by tier; its inverse is the mean duration in years."""
        pairs = zip(self.outflow, self.mean_stock, strict=True)
        return [out / stock / self.period for out, stock in pairs]

    @property
    def imbalance(self) -> list[Amount]:
        """What does not add up, by tier: start + in - out - end."""
        counts = zip(self.begin, self.inflow, self.outflow, self.end, strict=True)
        return [first + new - out - last for first, new, out, last in counts]


@dataclass(frozen=True)
class NotCounted:
    """A tier that a register leaves out: how long somebody `stays` (years), and `people` who are
    there; or none said, and then `new` people a year from outside."""

    stays: Amount
    people: Amount | None
    new: Amount = 0.0


def completed(
    register: Register, left_out: Mapping[int, NotCounted], split: Mapping[Move, Amount]
) -> Register:
    """A register with what is assumed of the tiers that it leaves out, in place of their counts.

    As many come there as go, n_j = (new_j + Σ_i n_i r_ij) · stays_j: Little's law. Where people are
    stated, who comes from outside follows from it, and where that is stated, how many people.
    """
    stocks, rates = list(register.mean_stock), list(register.rates)
    for tier, one in left_out.items():
        rates[tier] = 1 / one.stays
        stocks[tier] = 0.0 if one.people is None else one.people
    open_ = [tier for tier, one in left_out.items() if one.people is None]
    for tier, people in zip(open_, _balanced(stocks, rates, left_out, split, open_), strict=True):
        stocks[tier] = np.maximum(people, FEWEST)
    begin, inflow, outflow, end = map(
        list, (register.begin, register.inflow, register.outflow, register.end)
    )
    for tier in left_out:
        begin[tier] = end[tier] = stocks[tier]
        inflow[tier] = outflow[tier] = stocks[tier] * rates[tier] * register.period
    return Register(tuple(begin), tuple(inflow), tuple(outflow), tuple(end), register.period)


def _balanced(
    stocks: Sequence[Amount],
    rates: Sequence[Amount],
    left_out: Mapping[int, NotCounted],
    split: Mapping[Move, Amount],
    tiers: Sequence[int],
) -> Sequence[Amount]:
    """People in tiers of which it is not stated: so many that as many come in as go out."""
    if not tiers:
        return []
    place = {tier: number for number, tier in enumerate(tiers)}
    exits: list[Amount] = [rates[tier] for tier in tiers]
    inflow: list[Amount] = [left_out[tier].new for tier in tiers]
    moves: dict[Move, Amount] = {}
    for (i, j), share in split.items():
        if i in place and j in place:
            moves[place[i], place[j]] = rates[i] * share
            exits[place[i]] = exits[place[i]] - rates[i] * share
        elif j in place:
            inflow[place[j]] = inflow[place[j]] + stocks[i] * rates[i] * share
    return list(steady_state(Ladder(moves, tuple(exits), tuple(inflow))))


def calibrated(register: Register, split: Mapping[Move, Amount]) -> Ladder:
    """The ladder of a register; `split` (from, to): share of those who leave that goes there.

    Who goes nowhere else exits. The inflow is the residual of the observed one: below 0 means that
    the split sends more people to a tier than came in, and is for the caller to refuse.
    """
    exits, inflow = list(register.rates), [new / register.period for new in register.inflow]
    rates, stocks = {}, register.mean_stock
    for (i, j), share in split.items():
        rates[i, j] = register.rates[i] * share
        exits[i] = exits[i] - rates[i, j]
        inflow[j] = inflow[j] - stocks[i] * rates[i, j]
    return Ladder(rates, tuple(exits), tuple(inflow))


def share_reached(rate: Amount, years: Amount) -> Amount:
    """Share of the effect on a stock in the long run that a lasting change has after some years.

    1 - e^(-μ t), for one tier that people leave at a yearly rate μ.
    """
    return -np.expm1(-rate * years)
