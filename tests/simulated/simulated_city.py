"""A city of neighbourhoods that exists nowhere, made with the care ladder: a register by quarter.

Rates and effects are those of `Ladder` and `Programme`; people move one by one. Neighbourhoods
differ, quarters have seasons and good and bad luck, and small counts may be hidden.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.model.care.care_ladder import HEAVY, Ladder, Programme, door, steady_state, turning

Array = NDArray[np.float64]
TIERS = ("sociale-basis", "sociaal-werk", "ambulant", "specialistisch", "residentieel")
# yearly, invented: nobody comes straight from the social base into heavy care
LADDER = Ladder(
    {
        (0, 1): 0.08, (1, 0): 0.55, (1, 2): 0.16, (1, 3): 0.03, (2, 0): 0.35, (2, 1): 0.10,
        (2, 3): 0.08, (2, 4): 0.012, (3, 0): 0.25, (3, 2): 0.25, (3, 4): 0.05, (4, 2): 0.10,
        (4, 3): 0.12,
    },
    (0.10, 0.20, 0.20, 0.20, 0.21),
    (600.0, 450.0, 520.0, 180.0, 30.0),
)  # fmt: skip
KINDS = ("new", "up", "down", "left")


@dataclass(frozen=True)
class City:
    """Counts (tier, neighbourhood, quarter) of a city: `people` at the end of each quarter.

    `population` (neighbourhood, quarter); `start` (neighbourhood), -1 without pilot.
    """

    people: Array
    at_start: Array
    new: Array
    up: Array
    down: Array
    left: Array
    population: Array
    start: NDArray[np.int64]


@dataclass(frozen=True)
class Luck:
    """How a city differs: standard deviations of logarithms, by neighbourhood, by quarter, and by
    both at once, of which a share `lasts` into the next quarter; and the height of the season."""

    neighbourhood: float = 0.2
    quarter: float = 0.05
    both: float = 0.08
    lasts: float = 0.3
    season: float = 0.08


def shaken(generator: np.random.Generator, n: int, q: int, luck: Luck) -> Array:
    """Factors on the rates of one kind of move (neighbourhood, quarter)."""
    own = generator.normal(0, luck.neighbourhood, (n, 1))
    common = generator.normal(0, luck.quarter, q)
    common = common + luck.season * np.sin(np.arange(q) * np.pi / 2 + generator.uniform(0, 6.28))
    both = np.zeros((n, q))
    before = generator.normal(0, luck.both, n)
    for quarter in range(q):
        fresh = generator.normal(0, luck.both * (1 - luck.lasts**2) ** 0.5, n)
        before = luck.lasts * before + fresh
        both[:, quarter] = before
    return np.exp(own + common + both)


def city(
    programme: Programme,
    seed: int,
    pilots: int = 5,
    others: int = 5,
    before: int = 12,
    after: int = 8,
    growing: int = 2,
    size: float = 1.0,
    luck: Luck = Luck(),
    drift: float = 0.0,
) -> City:
    """A city in which the first neighbourhoods have the programme after `before` quarters.

    `growing`: quarters in which it grows in a straight line; `size`: how many times as many people
    as Voorbeeldstad; `drift`: how much faster rates rise in a quarter where the pilot is.
    """
    g, n, q = np.random.default_rng(seed), pilots + others, before + after
    share = g.dirichlet(np.full(n, 12.0)) * size * n / 10
    start = np.where(np.arange(n) < pilots, before, -1)
    shakes = {kind: shaken(g, n, q, luck) for kind in ("door", "up", "down", "left")}
    drifting = np.where(np.arange(n) < pilots, drift, 0.0)[:, None] * np.arange(q)
    shakes["up"] = shakes["up"] * np.exp(drifting)
    shakes["door"] = shakes["door"] * np.exp(drifting)
    since = np.arange(q) - before
    ramp = np.clip((since + 0.5) / growing, 0, 1) if growing else (since >= 0) * 1.0
    intensity = np.where(since >= 0, ramp, 0.0) * (start >= 0)[:, None]
    people = g.poisson(steady_state(LADDER)[:, 0][:, None] * share).astype(np.int64)
    tables = {name: np.zeros((5, n, q)) for name in ("people", "at_start", *KINDS)}
    change, groups = door(LADDER, programme), turning(LADDER, programme)
    for quarter in range(q):
        tables["at_start"][..., quarter] = people
        m = intensity[:, quarter]
        rates = _rates(groups, m, {kind: one[:, quarter] for kind, one in shakes.items()})
        moved = _moved(g, people, rates)
        for i in range(5):
            tables["up"][i, :, quarter] = moved[
                i, [j for j in range(5) if j > i and j >= HEAVY]
            ].sum(0)
            down = [j for j in range(5) if j < i] if i >= HEAVY else []
            tables["down"][i, :, quarter] = moved[i, down].sum(0) if down else 0
            tables["left"][i, :, quarter] = moved[i, 5]
        inflow = np.array(LADDER.inflow)[:, None] + np.array(change, dtype=float)[:, None] * m
        new = g.poisson(inflow / 4 * share * shakes["door"][:, quarter])
        tables["new"][..., quarter] = new
        # the register does not know the social base: who comes from it is new, who goes is gone
        tables["new"][1, :, quarter] += moved[0, 1]
        tables["left"][1, :, quarter] += moved[1, 0]
        people = people - moved.sum(axis=1) + moved[:, :5].sum(axis=0) + new
        tables["people"][..., quarter] = people
    population = np.repeat(np.round(share[:, None] * 90_000), q, axis=1)
    return City(**tables, population=population, start=start)


def _rates(groups, m: Array, shakes) -> dict[tuple[int, int], Array]:
    """Yearly rates (neighbourhood) of every move; the last place is out of sight."""
    rates = {}
    for (i, j), rate in LADDER.rates.items():
        kind = "up" if j > i and j >= HEAVY else "down" if j < i and i >= HEAVY else "left"
        rates[i, j] = rate * shakes[kind]
    for moves, ratio in groups:
        for move in moves:
            rates[move] = rates[move] * np.asarray(ratio) ** m
    for i, rate in enumerate(LADDER.exits):
        rates[i, 5] = rate * shakes["left"]
    return rates


def _moved(g: np.random.Generator, people, rates) -> NDArray[np.int64]:
    """Who goes where in a quarter (from, to, neighbourhood), at most once each."""
    tiers, n = people.shape
    moved = np.zeros((tiers, tiers + 1, n), dtype=np.int64)
    for i in range(tiers):
        own = {j: rate for (k, j), rate in rates.items() if k == i}
        total = sum(own.values())
        leaves = 1 - np.exp(-total / 4)
        chances = np.stack([leaves * rate / total for rate in own.values()] + [1 - leaves], axis=1)
        for at, j in enumerate(own):
            if at == 0:
                drawn = g.multinomial(people[i], chances)
            moved[i, j] = drawn[:, at]
    return moved
