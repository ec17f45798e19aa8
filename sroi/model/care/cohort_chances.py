"""The chances of one cycle of a cohort, from what is said of single moves and of death by age.

Chances out of one state hold together in one of three ways:

    added            as they are; together at most 1
    mortality_first  death as it is, all other chances of those who do not die: p · (1 - m)
    hazards          each chance p as a hazard h = -ln(1 - p), with H their sum: h/H · (1 - e^-H)

Source: for chances of those who do not die, Alarid-Escudero and others (2023), A tutorial on
time-dependent cohort state-transition models in R, Medical Decision Making 43, 21-41; for hazards
that compete while each of them is constant in the cycle, Fleurence & Hollenbeak (2007), Rates and
probabilities in economic modelling, PharmacoEconomics 25, 3-6, and any text on survival.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Amount = Array | float
Move = tuple[int, int]
Chances = Mapping[Move, Amount]  # of those who move; who does not move stays


def changed(
    chances: Chances, moves: Iterable[Move], ratio: Amount, as_hazard: bool
) -> dict[Move, Amount]:
    """The same with some chances × a relative risk, or 1 - (1 - p)^hazard ratio."""
    found = dict(chances)
    for move in moves:
        if move in found:
            chance = found[move]
            found[move] = 1 - (1 - chance) ** ratio if as_hazard else chance * ratio
    return found


def held_together(chances: Chances, deaths: Mapping[int, Amount], to: int, way: str) -> Chances:
    """Chances with those of death (state) to the state of the dead, in one of the three ways."""
    if way == "hazards":
        return _as_hazards(chances, deaths, to)
    found = dict(chances)
    for origin, death in deaths.items():
        if way == "mortality_first":
            for move in [move for move in found if move[0] == origin]:
                found[move] = found[move] * (1 - death)
        found[origin, to] = found.get((origin, to), 0.0) + death
    return found


def _as_hazards(chances: Chances, deaths: Mapping[int, Amount], to: int) -> Chances:
    hazards: dict[Move, Amount] = {move: -np.log1p(-chance) for move, chance in chances.items()}
    for origin, death in deaths.items():
        hazards[origin, to] = hazards.get((origin, to), 0.0) - np.log1p(-death)
    found: dict[Move, Amount] = {}
    for origin in dict.fromkeys(origin for origin, _ in hazards):
        own = {move: hazard for move, hazard in hazards.items() if move[0] == origin}
        total: Amount = 0.0
        for hazard in own.values():
            total = total + hazard
        leaving = -np.expm1(-total)
        share = leaving / np.where(total > 0, total, 1.0)
        found |= {move: hazard * share for move, hazard in own.items()}
    return found


def matrix(chances: Chances, size: int, rest: Mapping[int, int]) -> list[list[Amount]]:
    """Chances (from, to), with what is left of each state where it goes, or else where it stays."""
    table: list[list[Amount]] = [[0.0] * size for _ in range(size)]
    for (origin, target), chance in chances.items():
        if target != origin:
            table[origin][target] = chance
    for state, row in enumerate(table):
        left: Amount = 1.0
        for target, chance in enumerate(row):
            if target != state:  # one by one: `sum` rounds floats and arrays differently
                left = left - chance
        row[rest.get(state, state)] = left
    return table
