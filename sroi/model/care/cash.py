"""From avoided person-years to money: what it is worth, what becomes cash, and for whom.

Tiers without a contract cost cash at once. With one, x are the avoided person-years that follow
with a lag, and of freed places a share b is taken by the waiting list:

    kept      x⁺ = x (1 - b) for x > 0, and x for x < 0: extra use is paid in full
    variable  v · c · x⁺
    fixed     (1 - v) · c · k, where k = ⌊max(0, ℓ (1 - b)) ÷ step⌋ · step is set at each renewal
    friction  a share of the fixed cost that a renewal takes off, in the year after it

ℓ is the mean avoided caseload of the lagged step that starts at the renewal. More places than at
the start are never bought: k ≥ 0, so that of extra use only the variable part is paid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Amount = Array | float


@dataclass(frozen=True)
class Contract:
    """How the care of a tier is paid.

    `variable_share` v: part of the price paid per person-year; `backfill` b; `lag` and `renewal` in
    years; `capacity_step`: places by which capacity is cut; `friction`: share of a year's fixed
    cost.
    """

    variable_share: Amount
    backfill: Amount
    lag: Amount
    renewal: Amount
    capacity_step: Amount
    friction: Amount = 0.0


@dataclass(frozen=True)
class Cash:
    """Cash that is saved, in euros (tier, year, draw): two parts, and what friction takes away."""

    variable: Array
    fixed: Array
    friction: Array

    @property
    def total(self) -> Array:
        """variable + fixed - friction."""
        return self.variable + self.fixed - self.friction


def value(avoided: Array, prices: Sequence[Amount]) -> Array:
    """Worth of avoided person-years (tier, year, draw) at euros per person-year: (year, draw)."""
    return _weighted(avoided, prices)


def cashable(
    avoided: Array,
    prices: Sequence[Amount],
    contracts: Sequence[Contract | None],
    steps_per_year: int = 4,
) -> Cash:
    """Cash from avoided person-years (tier, step, draw); no contract: at once and in full."""
    years = avoided.shape[1] // steps_per_year
    parts = np.zeros((3, len(avoided), years, avoided.shape[2]))
    for tier, (price, contract) in enumerate(zip(prices, contracts, strict=True)):
        if contract is None:
            parts[0, tier] = _yearly(avoided[tier] * price, steps_per_year)
        else:
            parts[:, tier] = _under_contract(avoided[tier], price, contract, steps_per_year)
    return Cash(*parts)


def by_payer(cash: Array, shares: Sequence[Sequence[Amount]]) -> Array:
    """Cash (tier, year, draw) by payer: (payer, year, draw), with `shares` (tier, payer)."""
    return np.array([_weighted(cash, payer) for payer in zip(*shares, strict=True)])


def balance(cash: Array, costs: Array, paid_by: Sequence[Amount]) -> Array:
    """Cash (payer, year, draw) less each payer's share of the costs (year) or (year, draw)."""
    column = costs[:, None] if costs.ndim == 1 else costs
    return np.array([saved - share * column for saved, share in zip(cash, paid_by, strict=True)])


def lagged(avoided: Array, lag: Amount, steps_per_year: int) -> Array:
    """Person-years (step, draw) that come `lag` years later; between steps by a straight line."""
    delay = np.asarray(lag) * steps_per_year
    late = np.zeros_like(avoided)
    steps = len(avoided)
    for shift in range(int(np.min(delay)), min(int(np.max(delay)) + 2, steps)):
        weight = np.maximum(1 - np.abs(delay - shift), 0.0)
        late[shift:] += weight * avoided[: steps - shift]
    return late


def _under_contract(
    avoided: Array, price: Amount, contract: Contract, steps_per_year: int
) -> tuple[Array, Array, Array]:
    late = lagged(avoided, contract.lag, steps_per_year)
    kept = np.where(late > 0, late * (1 - contract.backfill), late)
    places = _places(kept * steps_per_year, contract, steps_per_year)
    fixed_price = (1 - contract.variable_share) * price
    cuts = np.maximum(np.diff(places, axis=0, prepend=0.0), 0.0)
    yearly = fixed_price / steps_per_year
    return (
        _yearly(contract.variable_share * price * kept, steps_per_year),
        _yearly(yearly * places, steps_per_year),
        _yearly(contract.friction * yearly * _for_a_year(cuts, steps_per_year), steps_per_year),
    )


def _places(caseload: Array, contract: Contract, steps_per_year: int) -> Array:
    """Places (step, draw) that are cut in whole steps at each renewal, and stay so until the next.

    `caseload` (step, draw): what is kept of the avoided caseload.
    """
    places = np.zeros_like(caseload)
    for step, renews in _renewals(len(caseload), contract.renewal * steps_per_year):
        whole = np.floor(np.maximum(caseload[step], 0.0) / contract.capacity_step)
        places[step] = np.where(renews, whole * contract.capacity_step, places[step - 1])
    return places


def _renewals(steps: int, period: Amount) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Every step but the first, and whether (draw) a contract of `period` steps is renewed then."""
    for step in range(1, steps):
        yield step, np.floor(step / period + 1e-9) > np.floor((step - 1) / period + 1e-9)


def _for_a_year(cuts: Array, steps_per_year: int) -> Array:
    """What was cut within the last year (step, draw)."""
    recent = np.zeros_like(cuts)
    for shift in range(min(steps_per_year, len(cuts))):
        recent[shift:] += cuts[: len(cuts) - shift]
    return recent


def _weighted(amounts: Array, weights: Sequence[Amount]) -> Array:
    """Σ over the first axis of weight × amount, added one by one."""
    total = np.zeros(amounts.shape[1:])
    for amount, weight in zip(amounts, weights, strict=True):
        if np.ndim(weight) or weight:
            total += weight * amount
    return total


def _yearly(amounts: Array, steps_per_year: int) -> Array:
    """(step, draw) to (year, draw), added one by one."""
    total = amounts[::steps_per_year].copy()
    for step in range(1, steps_per_year):
        total += amounts[step::steps_per_year]
    return total
