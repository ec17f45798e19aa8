"""Before a pilot begins: which effect could be seen, and which neighbourhoods went alike."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from sroi.analysis.pilot.moves import Kind, Places, panels
from sroi.inputs.pilot.pilot import Described
from sroi.inputs.pilot.register import Register
from sroi.inputs.text.read_alike import plain
from sroi.model.pilot.panel import Array, expected
from sroi.model.pilot.power import Design, Noise, noise
from sroi.problems import Unusable

LEAST_EACH, LEAST_QUARTERS = 3, 4
AFTER = (2, 4, 8, 12)  # quarters at full strength
SIZES = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)  # shares less
CHANCE = 0.8
YEAR = 4


@dataclass(frozen=True)
class Seeable:
    """Of one kind of move: the smallest share less that is seen with a chance of 80 %, by
    neighbourhoods on each side and quarters at full strength (inf where none is), and the chance of
    each of `SIZES` with the most neighbourhoods and eight quarters."""

    kind: Kind
    noise: Noise
    smallest: dict[tuple[int, int], float]
    chances: tuple[float, ...]


@dataclass(frozen=True)
class Alike:
    """A neighbourhood: how often things happen there (1 is the city), how much more each year, the
    one that went most alike, and how far that is (root mean square of logarithms)."""

    name: str
    level: float
    yearly: float
    nearest: str
    distance: float


@dataclass(frozen=True)
class Plan:
    """`each`: numbers of neighbourhoods on each side; `before`: quarters of the past that count."""

    described: Described
    quarters: tuple[int, ...]
    each: tuple[int, ...]
    seeable: dict[Kind, Seeable]
    alike: tuple[Alike, ...]

    @property
    def before(self) -> int:
        """Quarters of the past."""
        return len(self.quarters)


def planned(described: Described, register: Register) -> Plan:
    """All of it, from the quarters before anything began. Raises `Unusable`."""
    places = _places(described, register)
    if len(places.neighbourhoods) < 2 * LEAST_EACH or len(places.quarters) < LEAST_QUARTERS:
        facts = {"count": len(places.neighbourhoods), "least": 2 * LEAST_EACH}
        facts |= {"quarters": len(places.quarters), "least_quarters": LEAST_QUARTERS}
        raise Unusable(described.wrong("pilot-plan-short", **facts))
    each = tuple(range(LEAST_EACH, len(places.neighbourhoods) // 2 + 1))
    tables = {}
    for kind, panel in panels(described, register, places).items():
        counts = panel.middle()
        tables[kind] = (counts.sum(axis=0), expected(panel, counts).sum(axis=0))
    seeable = {kind: _seeable(kind, *pair, each) for kind, pair in tables.items()}
    return Plan(described, places.quarters, each, seeable, _alike(places, tables))


def _places(described: Described, register: Register) -> Places:
    """Those that the file names, or else all; the quarters before the first start, since the last
    break."""
    pilot = described.pilot
    named = {plain(name) for name in (*pilot.started, *pilot.comparison)}
    names = tuple(n for n in register.neighbourhoods if not named or plain(n) in named)
    first = min(pilot.started.values(), default=register.quarters[-1] + 1)
    begin = max((b.from_ for b in pilot.breaks if b.from_ < first), default=register.quarters[0])
    quarters = tuple(takewhile(lambda q: q < first, (q for q in register.quarters if q >= begin)))
    return Places(names, (None,) * len(names), (), quarters, ())


def _seeable(kind: Kind, counts: Array, base: Array, each: tuple[int, ...]) -> Seeable:
    found = noise(counts, base, np.zeros(counts.shape[1], dtype=bool))
    before = counts.shape[1]
    smallest = {
        (n, after): 1 - float(np.exp(-Design(n, n, before, after).smallest(found, CHANCE)))
        for n in each
        for after in AFTER
    }
    most = Design(each[-1], each[-1], before, 8)
    chances = tuple(most.chance(float(np.log1p(-size)), found) for size in SIZES)
    return Seeable(kind, found, smallest, chances)


def _alike(places: Places, tables: dict[Kind, tuple[Array, Array]]) -> tuple[Alike, ...]:
    """By the courses of all kinds of move together, smoothed over a year."""
    courses = np.stack([_course(*pair) for pair in tables.values()])
    events, usual = (np.array([pair[k].sum(axis=1) for pair in tables.values()]) for k in (0, 1))
    level = np.exp(np.log((events + 0.5) / (usual + 0.5)).mean(axis=0))
    slope = np.array([[np.polyfit(np.arange(c.size), c, 1)[0] for c in k] for k in courses])
    found = []
    for at, name in enumerate(places.neighbourhoods):
        away = np.sqrt(((courses - courses[:, at : at + 1]) ** 2).mean(axis=(0, 2)))
        away[at] = np.inf
        other = int(np.argmin(away))
        yearly = float(np.expm1(YEAR * slope[:, at].mean()))
        near = places.neighbourhoods[other]
        found.append(Alike(name, float(level[at]), yearly, near, float(away[other])))
    return tuple(found)


def _course(counts: Array, base: Array) -> Array:
    """The logarithm of how often, over every four quarters on end, against the whole city."""
    kernel = np.ones(YEAR)
    rates = []
    for own, wanted in zip(counts, base, strict=True):
        events, usual = np.convolve(own, kernel, "valid"), np.convolve(wanted, kernel, "valid")
        rates.append(np.log((events + 0.5) / (usual + 0.5)))
    return np.array(rates)
