"""The kinds of moves of a pilot's register as panels of numbers.

up      moves into heavier care, by the people who could make them
down    moves out of heavy care to lighter, by the people in heavy care
door    new people straight in heavy care of levels 2 and 3, by the population
new     new people in levels 1 to 3, by the population
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sroi.inputs.pilot.pilot import Described
from sroi.inputs.pilot.register import Count, Register
from sroi.inputs.text.read_alike import plain
from sroi.model.pilot.panel import NEVER, Array, Panel

Kind = Literal["up", "down", "door", "new"]
KINDS: tuple[Kind, ...] = ("up", "down", "door", "new")
COUNTED: dict[Kind, str] = {"up": "up", "down": "down", "door": "new", "new": "new"}
LEVELS: dict[Kind, tuple[int, ...]] = {
    "up": (0, 1, 2, 3, 4), "down": (2, 3, 4), "door": (2, 3), "new": (1, 2, 3),
}  # fmt: skip
LIGHT = 1
BY_POPULATION = ("door", "new")


@dataclass(frozen=True)
class Places:
    """Which neighbourhoods count, by their names in the register, and when the pilot began in each;
    which quarters are used, and which of those are left out."""

    neighbourhoods: tuple[str, ...]
    start: tuple[int | None, ...]
    others: tuple[str, ...]
    quarters: tuple[int, ...]
    left_out: tuple[int, ...]

    @property
    def pilots(self) -> list[str]:
        """The neighbourhoods of the pilot."""
        return [name for name, start in self._both() if start is not None]

    @property
    def comparison(self) -> list[str]:
        """The neighbourhoods that it is compared with."""
        return [name for name, start in self._both() if start is None]

    def _both(self) -> Iterator[tuple[str, int | None]]:
        yield from zip(self.neighbourhoods, self.start, strict=True)

    @property
    def first(self) -> int:
        """The quarter in which the pilot began first."""
        return min(start for start in self.start if start is not None)

    @property
    def last(self) -> int:
        """The quarter in which it began last."""
        return max(start for start in self.start if start is not None)


def places_of(described: Described, register: Register) -> Places:
    """Where and when, by the names of the register; breaks cut the quarters short."""
    pilot = described.pilot
    names = {plain(name): name for name in register.neighbourhoods}
    started = {names[plain(name)]: start for name, start in pilot.started.items()}
    compared = {names[plain(name)] for name in pilot.comparison}
    used = [n for n in register.neighbourhoods if n in started or n in compared]
    others = tuple(n for n in register.neighbourhoods if n not in used)
    first, last = min(started.values()), max(started.values())
    begin = max((b.from_ for b in pilot.breaks if b.from_ <= first), default=register.quarters[0])
    end = min((b.from_ for b in pilot.breaks if b.from_ > last), default=register.quarters[-1] + 1)
    quarters = tuple(q for q in register.quarters if begin <= q < end)
    seen = pilot.chosen.looked_at if pilot.chosen else None
    left_out = tuple(q for q in quarters if seen and seen.from_ <= q <= seen.to and q < first)
    return Places(tuple(used), tuple(map(started.get, used)), others, quarters, left_out)


def panels(described: Described, register: Register, places: Places) -> dict[Kind, Panel]:
    """A panel for each kind of move that the register counts, and that happened at all."""
    found = {}
    for kind in KINDS:
        if COUNTED[kind] in register.counts:
            panel = panel_of(kind, described, register, places, places.neighbourhoods)
            if panel is not None:
                found[kind] = panel
    if "door" not in found or not _has_light(described):
        found.pop("new", None)
    return found


def _has_light(described: Described) -> bool:
    return any(tier.level == LIGHT for tier in described.pilot.tiers)


def panel_of(
    kind: Kind, described: Described, register: Register, places: Places, names: tuple[str, ...]
) -> Panel | None:
    """One kind of move in some neighbourhoods; None where it never happened."""
    counts = register.counts[COUNTED[kind]]
    levels = {tier.id: tier.level for tier in described.pilot.tiers}
    known = {tier for _, _, tier in counts}
    tiers = [tier for tier, level in levels.items() if level in LEVELS[kind] and tier in known]
    if not tiers:
        return None
    low, high = (_table(counts, end, tiers, names, places.quarters) for end in ("low", "high"))
    happened = high.sum(axis=(1, 2)) > 0
    if not happened.any():
        return None
    risk = _at_risk(kind, described, register, tiers, names, places.quarters)
    start = dict(zip(places.neighbourhoods, places.start, strict=True))
    begun = [start.get(name) for name in names]
    first = places.quarters[0]
    return Panel(
        low[happened], high[happened], risk[happened],
        np.array([NEVER if quarter is None else quarter - first for quarter in begun]),
        np.isin(places.quarters, places.left_out),
    )  # fmt: skip


def _table(
    counts: dict[tuple[str, int, str], Count], end: str, tiers: list[str],
    names: tuple[str, ...], quarters: tuple[int, ...],
) -> Array:  # fmt: skip
    """One end of the counts (tier, neighbourhood, quarter)."""
    rows = [[[getattr(counts[n, q, t], end) for q in quarters] for n in names] for t in tiers]
    return np.array(rows, dtype=np.float64)


def _at_risk(
    kind: Kind, described: Described, register: Register, tiers: list[str],
    names: tuple[str, ...], quarters: tuple[int, ...],
) -> Array:  # fmt: skip
    """Person-quarters (tier, neighbourhood, quarter): the population, or the mean of the people at
    the start and at the end of a quarter; where only one is known, that."""
    if kind in BY_POPULATION:
        people = [[register.population[n, q] for q in quarters] for n in names]
        return np.broadcast_to(np.array(people, dtype=np.float64), (len(tiers), *np.shape(people)))
    counts, step = register.counts["people"], 1 if described.pilot.people_at == "start" else -1
    ends = [counts, {(n, q - step, t): count for (n, q, t), count in counts.items()}]
    means = []
    for tier in tiers:
        for name in names:
            for quarter in quarters:
                at = (name, quarter, tier)
                own = [(e[at].low + e[at].high) / 2 for e in ends if at in e]
                means.append(sum(own) / len(own))
    return np.array(means).reshape(len(tiers), len(names), len(quarters))
