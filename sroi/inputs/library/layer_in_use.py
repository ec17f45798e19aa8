"""What a layer does to the library that it lies over: what counts, and what does not any more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """A review in a layer: of which price, by whom, when, and what it changes (was, is now).

    `position`: that in the file, from 0; `told`: the price and the place in its source by this
    review, and nothing where it is withdrawn.
    """

    position: int
    price: str
    status: str
    by: str
    on: str
    changes: tuple[tuple[str, str, str], ...]
    place: str = ""
    told: str = "–"


@dataclass(frozen=True)
class Stale:
    """A review of a price that is another one now. `field`: empty where the price is gone."""

    said: Said
    field: str = ""
    was: str = ""
    now: str = ""

    @property
    def facts(self) -> dict[str, str]:
        """What its sentence needs."""
        told = {"id": self.said.price, "by": self.said.by, "on": self.said.on}
        return told | {"part": self.field, "was": self.was, "now": self.now}


@dataclass(frozen=True)
class Differ:
    """Two people who do not say the same of one price; the first of them counts."""

    counts: Said
    other: Said

    @property
    def facts(self) -> dict[str, str]:
        """What its sentence needs."""
        told = {"id": self.counts.price, "by": self.counts.by, "on": self.counts.on}
        told |= {"says": self.counts.told, "other": self.other.by, "other_on": self.other.on}
        return told | {"other_says": self.other.told}


@dataclass(frozen=True)
class LayerInUse:
    """The layer over a library. `sign`: a short name for all that stands in its file."""

    file: str
    name: str
    sign: str
    own: frozenset[str] = frozenset()
    counts: tuple[Said, ...] = ()
    stale: tuple[Stale, ...] = ()
    differ: tuple[Differ, ...] = ()

    @property
    def touched(self) -> frozenset[str]:
        """The prices that are not as they are without it."""
        return self.own | {said.price for said in self.counts}
