"""The care ladder: tiers of care, who moves between them, and what the programme changes in that.

The equations stand in `model/care/care_ladder.py`.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from sroi.inputs.care.by_year import Inflow, Rate
from sroi.inputs.care.care import Care, Contracts, Effect
from sroi.inputs.quantity.counted import Stick, sticks
from sroi.inputs.quantity.hazard_ratio import Ratio
from sroi.inputs.quantity.quantity import DURATION, Fraction, Quantity, Size, Within
from sroi.inputs.quantity.sizes import Count, Positive, Span
from sroi.inputs.text.nouns import Id, Noun, Text, unsaid
from sroi.inputs.text.numerals import Number, Whole

EXIT, RECENT = "exit", "recently-closed"
HEAVY = 2
CHANGES = ("hazard_ratio_up", "hazard_ratio_down", "diversion", "net_widening")
MOST_TIERS, MOST_LADDERS = 10, 5
StartingPoint = Literal["sceptisch", "neutraal", "optimistisch"]


class Tier(Care):
    """A rung: 0 own network and social base, 1 light support, 2 and above heavy care."""

    id: Id
    what: Text
    level: Annotated[Whole, Field(ge=0, le=4)]

    @property
    def heavy(self) -> bool:
        """Whether it is heavy care: bought under a contract."""
        return self.level >= HEAVY


def _number_or_range(value: Any) -> str:
    return "range" if isinstance(value, dict | Quantity) else "number"


FEWEST = 0.001
People = Annotated[Quantity, Within((FEWEST, math.inf))]
Some = Annotated[
    Annotated[Positive, Tag("number")] | Annotated[People, Tag("range")],
    Discriminator(_number_or_range),
]
AnyCount = Annotated[
    Annotated[Count, Tag("number")] | Annotated[Size, Tag("range")],
    Discriminator(_number_or_range),
]


class Counts(Noun):
    """What a register counts in a tier: people at the start, in, out, and at the end.

    A count may be a range: who is counted comes and goes.
    """

    begin: Some
    inflow: AnyCount
    outflow: Some
    end: Some

    def middle(self, name: str) -> float:
        """A count, or about the middle of its range."""
        count = getattr(self, name)
        return float(count.middle if isinstance(count, Quantity) else count)

    def reach(self, name: str) -> tuple[float, float]:
        """The lowest and the highest that a count may be."""
        count = getattr(self, name)
        return count.reach if isinstance(count, Quantity) else (count, count)


Stay = Annotated[Quantity, Within((0.1, DURATION[1]))]


class NotCounted(Noun):
    """What stands in the place of the counts of a tier that a register leaves out.

    `stays`: how long somebody is there on average, in years. Beside it one of two: `people`, how
    many are there, or `new`, who comes from outside a year; then as many are there as go with those
    who come from there and from the other tiers.
    """

    stays: Stay
    people: People | None = None
    new: Size | None = None


def _whole(rows: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    for row in rows.values():
        if abs(sum(row.values()) - 1) > 1e-9:
            total = f"{sum(row.values()) * 100:.6g}%"
            raise PydanticCustomError("split-sum", "", {"total": total})
    return rows


class Register(Noun):
    """Counts by tier over a period (in years), and where those who leave go.

    `split`: shares by tier (or `exit`) that sum to 1; `split_counts`: people that were followed,
    so that the shares are as uncertain as their number makes them. `not_counted`: what stands in
    the place of the counts of a tier that is left out.
    """

    period: Annotated[Number, Field(gt=0, le=10)] = 1.0
    tiers: dict[Id, Counts]
    split: Annotated[dict[Id, dict[Id, Count]], AfterValidator(_whole)] = {}
    split_counts: dict[Id, dict[Id, Count]] = {}
    because: Text | None = None
    not_counted: dict[Id, NotCounted] = Field({}, exclude_if=unsaid)

    def shares(self, tier: str) -> dict[str, float]:
        """Where those who leave a tier go on average, without those who exit."""
        row = self.split.get(tier) or self.split_counts.get(tier, {})
        total = sum(row.values()) or 1.0
        return {place: count / total for place, count in row.items() if place != EXIT}

    def sticks(self, tier: str) -> dict[str, Stick]:
        """The uncertain shares of a tier, as independent sticks."""
        return dict(sticks(self.split_counts.get(tier, {}), self.because))


class Fading(Noun):
    """In how many years half is left of what a programme did, each time again."""

    half_life: Span


def _word_or_half_life(value: Any) -> str:
    return "half-life" if isinstance(value, dict | Fading) else "word"


ProgrammeYears = Annotated[Whole, Field(ge=1, le=100)]
MOST_AFTER = 50
YearsAfter = Annotated[Whole, Field(ge=1, le=MOST_AFTER)]
Fades = Annotated[
    Annotated[Literal["never", "at_once"], Tag("word")] | Annotated[Fading, Tag("half-life")],
    Discriminator(_word_or_half_life),
]


class AtTheDoor(Noun):
    """What the programme does to those who come straight into one tier of heavy care."""

    diversion: Fraction | None = None
    net_widening: Size | None = None


class Intervention(Effect):
    """What the programme does to the flows at full strength.

    `diversion`: share of those who come straight into heavy care and are helped in light support;
    `net_widening`: extra new people per person who comes straight into heavy care, of whom
    `needs_heavy_care` do need it. `by_move`: the ratio of a single move, in the place of those of
    all moves up or down; `by_tier`: what is diverted or comes extra at a single tier.
    `programme_years`: after how many years it ends, with its costs; the effect then `fades` by
    halves, at once, or never. `counts_on`: how many years after the last one what still flows from
    it counts.
    """

    starting_point: StartingPoint | None = None
    hazard_ratio_up: Ratio | None = None
    hazard_ratio_down: Ratio | None = None
    diversion: Fraction | None = None
    net_widening: Size | None = None
    needs_heavy_care: Fraction | None = None
    by_move: dict[Id, dict[Id, Ratio]] = Field({}, exclude_if=unsaid)
    by_tier: dict[Id, AtTheDoor] = Field({}, exclude_if=unsaid)
    programme_years: ProgrammeYears | None = Field(None, exclude_if=unsaid)
    fades: Fades | None = Field(None, exclude_if=unsaid)
    counts_on: YearsAfter | None = Field(None, exclude_if=unsaid)


def _word_or_stocks(value: Any) -> str:
    return "stocks" if isinstance(value, dict) else "word"


Start = Annotated[
    Annotated[Literal["steady_state", "observed"], Tag("word")]
    | Annotated[dict[Id, Size], Tag("stocks")],
    Discriminator(_word_or_stocks),
]


class CareLadder(Noun):
    """One ladder: with rates and inflow a year, or a register from which they follow.

    `inflow` and `moves` may be a number for each year, and the inflow may grow.
    """

    id: Id
    what: Text
    stakeholder: Id
    of: Id | None = None
    tiers: Annotated[list[Tier], Field(min_length=2, max_length=MOST_TIERS)]
    inflow: dict[Id, Inflow] = {}
    moves: dict[Id, dict[Id, Rate]] = {}
    register_: Annotated[Register | None, Field(alias="register")] = None
    relapse: Fraction | None = None
    start: Start = "steady_state"
    intervention: Intervention
    contracts: Contracts = Contracts()

    def tier(self, key: str) -> Tier:
        """A tier by id."""
        return next(tier for tier in self.tiers if tier.id == key)
