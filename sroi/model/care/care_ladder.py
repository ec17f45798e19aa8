"""People on a ladder of tiers of care, in continuous time, with and without a programme.

    dn/dt = n Q + I            n (tier) people, I (tier) new people a year
    Q_ij = r_ij for i ≠ j,     Q_ii = -Σ_j r_ij - exit_i
    steady state  n* = -I Q⁻¹, lifetime cost of one entrant  V = -Q⁻¹ c

    programme at intensity m   r'_ij = r_ij · HR_up^m      up:   j > i and j ≥ 2
                               r'_ij = r_ij · HR_down^m    down: j < i and i ≥ 2
    diversion d                I'_j = I_j (1 - d m) for j = 2, 3;  I'_1 += d m (I_2 + I_3)
    net widening ν, θ          w = ν m (I_2 + I_3);  I'_1 += w (1 - θ);  I'_2 += w θ

A single move may have a ratio of its own in the place of HR_up or HR_down, and a tier a share of
its own in the place of d or ν; then d (I_2 + I_3) becomes Σ_j d_j I_j, and ν likewise.

Standard cohort modelling in continuous time: Briggs, Claxton & Sculpher, Decision Modelling for
Health Economic Evaluation. Every amount is a float or an array (draw); draws are the last axis of
every array and never meet, so that no bit depends on how they are cut up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Amount = Array | float
Move = tuple[int, int]
LIGHT, HEAVY = 1, 2
DIVERTED = (2, 3)


@dataclass(frozen=True)
class Ladder:
    """Yearly rates of the moves between tiers, yearly exit rates and new people a year, by tier.

    `levels`: the rung of every tier, where it is not its own number. Nobody may be stuck in a
    tier: with an exit rate of 0 it needs a move that leads out.
    """

    rates: Mapping[Move, Amount]
    exits: tuple[Amount, ...]
    inflow: tuple[Amount, ...]
    levels: tuple[int, ...] = ()

    @property
    def rungs(self) -> tuple[int, ...]:
        """The level of every tier."""
        return self.levels or tuple(range(len(self.exits)))

    def leaving(self) -> list[Amount]:
        """Total yearly rate at which people leave each tier."""
        total = list(self.exits)
        for (source, _), rate in self.rates.items():
            total[source] = total[source] + rate
        return total

    def ups(self) -> list[Move]:
        """Moves up into heavy care (level 2 and above)."""
        level = self.rungs
        return [(i, j) for i, j in self.rates if level[j] > level[i] and level[j] >= HEAVY]

    def downs(self) -> list[Move]:
        """Moves down from heavy care."""
        level = self.rungs
        return [(i, j) for i, j in self.rates if level[j] < level[i] and level[i] >= HEAVY]


@dataclass(frozen=True)
class Programme:
    """What a programme does to the flows at full intensity; by default nothing.

    Hazard ratios (above 0) of the moves up and down; `diversion`: share of the direct inflow of
    levels 2 and 3 that goes to level 1; `net_widening`: extra new people per person of that
    inflow, of whom a share `theta` needs level 2 and the rest level 1. `by_move`: the ratio of a
    single move; `diverted` and `widened`: the share of a single tier of heavy care (of any level).
    """

    hazard_ratio_up: Amount = 1.0
    hazard_ratio_down: Amount = 1.0
    diversion: Amount = 0.0
    net_widening: Amount = 0.0
    theta: Amount = 0.0
    by_move: Mapping[Move, Amount] = field(default_factory=dict)
    diverted: Mapping[int, Amount] = field(default_factory=dict)
    widened: Mapping[int, Amount] = field(default_factory=dict)

    @property
    def amounts(self) -> list[Amount]:
        """All of its amounts."""
        general = [self.hazard_ratio_up, self.hazard_ratio_down, self.diversion]
        single = (self.by_move, self.diverted, self.widened)
        found = [amount for amounts in single for amount in amounts.values()]
        return [*general, self.net_widening, self.theta, *found]


def rates_from(table: Sequence[Sequence[Amount]]) -> dict[Move, Amount]:
    """Rates from a table (from tier, to tier); certain zeros and the diagonal are left out."""
    return {
        (i, j): rate
        for i, row in enumerate(table)
        for j, rate in enumerate(row)
        if i != j and not is_nil(rate)
    }


def with_relapse(ladder: Ladder, rate: Amount, stay: Amount = 1.0) -> Ladder:
    """The ladder with a last tier, of level 0, for those whose heavy care has just been closed.

    They come from heavy care instead of going to tier 0 at once, stay `stay` years on average, and
    leave for level 2 at `rate` a year (at most 1/stay) or else for tier 0.
    """
    recent, rungs = len(ladder.exits), ladder.rungs
    rates = {
        (i, recent if j == 0 and rungs[i] >= HEAVY else j): value
        for (i, j), value in ladder.rates.items()
    }
    rates |= {(recent, rungs.index(HEAVY)): rate, (recent, 0): 1 / stay - rate}
    return replace(
        ladder,
        rates=rates,
        exits=(*ladder.exits, 0.0),
        inflow=(*ladder.inflow, 0.0),
        levels=(*rungs, 0),
    )


def steady_state(ladder: Ladder) -> Array:
    """People in each tier (tier, draw) when what comes in goes out: n* = -I Q⁻¹."""
    matrix = _minus_generator(ladder)
    columns = [list(column) for column in zip(*matrix, strict=True)]
    return stacked(_solved(columns, list(ladder.inflow)))


def lifetime_cost(ladder: Ladder, cost: Sequence[Amount]) -> Array:
    """Expected undiscounted cost (tier, draw) of one entrant until exit: V = -Q⁻¹ c.

    `cost` (tier) in euros per person-year. Moving one entrant from j to i is worth V_j - V_i.
    """
    return stacked(_solved(_minus_generator(ladder), list(cost)))


def waterbed_break_even(lifetime: Array) -> Array:
    """Extra entrants (draw) of level 1 for one diverted from level 2, at which the gain is gone."""
    return np.asarray((lifetime[HEAVY] - lifetime[LIGHT]) / lifetime[LIGHT])


def turning(ladder: Ladder, programme: Programme) -> list[tuple[list[Move], Amount]]:
    """Moves that go faster or slower alike, with their hazard ratio: up, down, and what differs.

    So ratios of single moves that are all the same come to what one ratio for all of them does.
    """
    ups, downs = ladder.ups(), ladder.downs()
    single = programme.by_move
    first, others = [], list[tuple[list[Move], Amount]]()
    for moves, general in ((ups, programme.hazard_ratio_up), (downs, programme.hazard_ratio_down)):
        groups: list[tuple[list[Move], Amount]] = []
        for move in moves:
            _put(groups, move, single.get(move, general))
        first.append(groups[0] if groups else ([], general))
        others += groups[1:]
    for move in [move for move in single if move not in ups and move not in downs]:
        others.append(([move], single[move]))
    return [*first, *others]


def _put(groups: list[tuple[list[Move], Amount]], move: Move, ratio: Amount) -> None:
    """Puts a move with those that have the same ratio."""
    for moves, known in groups:
        if known is ratio or np.array_equal(known, ratio):
            moves.append(move)
            return
    groups.append(([move], ratio))


def door(ladder: Ladder, programme: Programme) -> list[Amount]:
    """Change of the inflow (tier), people a year, at full intensity."""
    rungs, change = ladder.rungs, [0.0 * amount for amount in ladder.inflow]
    single = {*programme.diverted, *programme.widened}
    pools = [tier for tier, level in enumerate(rungs) if level in DIVERTED or tier in single]
    if not pools or LIGHT not in rungs:
        return change
    away = _from_door(ladder, pools, programme.diversion, programme.diverted)
    wider = _from_door(ladder, pools, programme.net_widening, programme.widened)
    for tier in pools:
        change[tier] = change[tier] - _share(ladder, tier, programme) * ladder.inflow[tier]
    light, heavy = rungs.index(LIGHT), min(pools)
    change[light] = change[light] + away + wider * (1 - programme.theta)
    change[heavy] = change[heavy] + wider * programme.theta
    return change


def _share(ladder: Ladder, tier: int, programme: Programme) -> Amount:
    """The share of a tier's new people that is diverted."""
    general = programme.diversion if ladder.rungs[tier] in DIVERTED else 0.0
    return programme.diverted.get(tier, general)


def _from_door(
    ladder: Ladder, pools: list[int], general: Amount, single: Mapping[int, Amount]
) -> Amount:
    """Σ_j share_j I_j over the tiers that people come straight into, levels 2 and 3 and `single`;
    where no tier has a share of its own, share × (I_2 + I_3)."""
    common = [tier for tier in pools if ladder.rungs[tier] in DIVERTED and tier not in single]
    total = general * sum((ladder.inflow[tier] for tier in common), start=0.0) if common else 0.0
    for tier, share in single.items():
        total = total + share * ladder.inflow[tier]
    return total


def is_nil(amount: Amount) -> bool:
    """Whether an amount is a certain zero."""
    return not np.ndim(amount) and not amount


def stacked(amounts: Sequence[Amount], draws: int = 1) -> Array:
    """Amounts of the tiers as one array (tier, draw) of at least `draws` draws."""
    width = max(draws, *(np.size(amount) for amount in amounts))
    return np.array([np.broadcast_to(amount, (width,)) for amount in amounts], dtype=np.float64)


def _minus_generator(ladder: Ladder) -> list[list[Amount]]:
    """-Q by tier and tier: what leaves on the diagonal, minus the rates of the moves beside it."""
    tiers = range(len(ladder.exits))
    leaving = ladder.leaving()
    return [
        [leaving[i] if i == j else -ladder.rates.get((i, j), 0.0) for j in tiers] for i in tiers
    ]


def _solved(matrix: list[list[Amount]], right: list[Amount]) -> list[Amount]:
    """Gaussian elimination, element by element over the draws.

    No pivots: -Q and its transpose are diagonally dominant by row and by column.
    """
    size = len(right)
    for pivot in range(size):
        for row in range(pivot + 1, size):
            if is_nil(matrix[row][pivot]):
                continue
            factor = matrix[row][pivot] / matrix[pivot][pivot]
            for column in range(pivot + 1, size):
                matrix[row][column] = matrix[row][column] - factor * matrix[pivot][column]
            right[row] = right[row] - factor * right[pivot]
    for row in reversed(range(size)):
        for column in range(row + 1, size):
            right[row] = right[row] - matrix[row][column] * right[column]
        right[row] = right[row] / matrix[row][row]
    return right
