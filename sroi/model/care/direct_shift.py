"""The direct shift: avoided care of one tier from who is reached, without a ladder.

    avoided entries  S = reach · π · RRR · m,  or  σ · light trajectories · m
    ΔPY(t) = ∫ S(τ) e^(-μ (t - τ)) dτ

Avoided person-years follow how long care lasts, not the calendar year. It is what the care ladder
gives for one tier by itself. Standard cohort modelling: Briggs, Claxton & Sculpher, Decision
Modelling for Health Economic Evaluation.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Amount = Array | float


def avoided_entries(
    reach: Sequence[Amount], at_risk: Amount, reduction: Amount, intensity: Sequence[Amount]
) -> Array:
    """Avoided entries into a tier, a year (step, draw).

    `reach` (step): people reached, a year; `at_risk` π: share of them that would enter the tier;
    `reduction` RRR: relative risk reduction, below 0 where more enter. Where only σ is known, it
    stands for both: avoided heavy entries per light trajectory, 1 full substitution, 0 pure
    addition, below 0 a feeder.
    """
    rows = zip(reach, intensity, strict=True)
    return _rows([people * at_risk * reduction * much for people, much in rows])


def substitution(entries: Array, trajectories: Array) -> Array:
    """σ (draw) that avoided heavy entries and light trajectories, both (step, draw), come to."""
    return np.asarray(_total(entries) / _total(trajectories))


def avoided_care(entries: Array, rate: Amount, steps_per_year: int) -> tuple[Array, Array]:
    """Avoided person-years in each step, and avoided stock at its end; both (step, draw).

    `entries` (step, draw) a year, even within the step; `rate` μ: yearly rate at which people leave
    the tier, above 0. Exact within the step.
    """
    length = 1 / steps_per_year
    left = -np.expm1(-rate * length)
    stock: Amount = 0.0
    years, stocks = [], []
    for new in entries:
        lasting = new / rate
        years.append(lasting * length + (stock - lasting) * left / rate)
        stock = stock + (lasting - stock) * left
        stocks.append(stock)
    return _rows(years), _rows(stocks)


def _rows(amounts: Sequence[Amount]) -> Array:
    rows = np.array(np.broadcast_arrays(*amounts), dtype=np.float64)
    return rows if rows.ndim == 2 else rows[:, None]


def _total(amounts: Array) -> Array:
    """Σ over the steps, added one by one."""
    total = np.zeros(amounts.shape[1:])
    for row in amounts:
        total += row
    return total
