"""What one of each of the people on a care ladder is worth, for all of them at once.

The course of each is independent of all others, and payers are the same of what is hard cash and of
what is not: so person-years times price, by the shares of the payers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sroi.model.care.care_ladder_course import without
from sroi.model.care.care_ladder_each import avoided_each
from sroi.model.flows.care_flows import STEPS, intensity_at, ladders_at, programme_at, start_of
from sroi.model.lines.lines import CLASSES, CareLine, LadderLine
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]
CASH = CLASSES.index("hard")


def avoided_by(model: Model, line: LadderLine, people: Sequence[Values]) -> Array:
    """Avoided person-years (people, tier, year, draw), at values that differ in nothing but who
    comes in and who is there at the start."""
    years, draws = model.horizon + line.after, people[0].draws
    steps = years * STEPS
    usuals = [
        without(ladders_at(line, values), steps, STEPS, start_of(line, values)) for values in people
    ]
    m = intensity_at(line.effect, people[0], years)
    less = avoided_each(usuals, programme_at(line, people[0], m), m)
    less = np.broadcast_to(less, (*less.shape[:3], draws))
    if line.relapse:  # who was just closed costs what the lowest tier costs
        less = np.concatenate([less[:, :1] + less[:, -1:], less[:, 1:-1]], axis=1)
    return less


def worth_of(model: Model, line: LadderLine, less: Array, values: Values) -> tuple[Array, Array]:
    """Present value (people, 2, payer, draw) of avoided person-years, and the undiscounted amounts
    by year, summed over the draws (people, 2, payer, year); at the prices in some values.

    Of two kinds: all of it, and what is hard cash. Under a contract that is not told.
    """
    factors = model.discounting.factors(less.shape[2])
    present = np.zeros((len(less), 2, len(model.payers), values.draws))
    yearly = np.zeros((*present.shape[:3], model.years))
    for tier, care in enumerate(line.tiers):
        whole = np.einsum("y,eyd->ed", factors, less[:, tier])
        for amount, shares in _prices(care, values):
            worth = whole * amount
            by_year = np.einsum("eyd,d->ey", less[:, tier], np.broadcast_to(amount, values.draws))
            for kind, payer in np.argwhere(shares):
                present[:, kind, payer] += shares[kind, payer] * worth
                yearly[:, kind, payer, : len(factors)] += shares[kind, payer] * by_year
    return present, yearly


def paid_alike(line: LadderLine) -> bool:
    """Whether of every tier the same payers have what is hard cash and what is not."""
    pairs = [care.flows[:2] for care in line.tiers if care.contract is not None]
    return all(
        np.array_equal(hard.shares.sum(axis=1), rest.shares.sum(axis=1)) for hard, rest in pairs
    )


def _prices(care: CareLine, values: Values) -> list[tuple[Array | float, Array]]:
    """What a person-year brings, with the shares of the payers in all of it and in hard cash (2,
    payer)."""
    units = values[care.units] * care.index
    cost = values[care.price] * units
    paid = values[care.tariff] * units if care.tariff else cost
    first, last = care.flows[0].shares, care.flows[-1].shares
    hard = first[:, CASH] if care.contract is None else np.zeros(len(first))
    found = [(paid, np.array([first.sum(axis=1), hard]))]
    if care.tariff:
        found.append((cost - paid, np.array([last.sum(axis=1), last[:, CASH]])))
    return found
