"""Named starting points of the preventive shift: what holds where a ladder does not say otherwise.

How much a programme changes in the flows, how fast, and under what contract care is bought is
hardly known in most municipalities. A starting point fills those gaps, each with its reason, its
source and its evidence. Relapse is not among them: it changes the course of things without the
programme as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import Field

from sroi.inputs.care.care import Contracts, Ramp
from sroi.inputs.care.care_ladder import HEAVY
from sroi.inputs.quantity.hazard_ratio import Ratio
from sroi.inputs.quantity.quantities_in import quantities_in
from sroi.inputs.quantity.quantity import Duration, Fraction, Size
from sroi.inputs.text.nouns import Id, Noun, Text
from sroi.inputs.text.numerals import Whole
from sroi.inputs.text.reading import unknown
from sroi.inputs.text.yaml_text import Document
from sroi.problems import Problem

HeavyLevel = Annotated[Whole, Field(ge=HEAVY, le=4)]


class Terms(Noun):
    """How care of one level is bought: share paid per unit, and what the waiting list takes."""

    paid_per_unit: Fraction
    backfill: Fraction


class StartingPoint(Noun):
    """What a programme does, how fast, and the contracts; the quantities are those of the ladder.

    `terms`: of every level of heavy care.
    """

    id: Id
    name: Text
    hazard_ratio_up: Ratio
    hazard_ratio_down: Ratio
    diversion: Fraction
    net_widening: Size
    needs_heavy_care: Fraction
    ramp: Ramp
    lag: Duration
    terms: Annotated[dict[HeavyLevel, Terms], Field(min_length=3, max_length=3)]
    contracts: Contracts


class StartingPoints(Noun):
    """The file `starting_points.yaml`."""

    starting_points: list[StartingPoint]


def dangling(
    points: list[StartingPoint], sources: Iterable[str], document: Document
) -> Iterator[Problem]:
    """What their quantities refer to and nobody knows."""
    name, known = "starting_points", set(sources)
    for _, quantity, place, _ in quantities_in(points, name, (name,), 0):
        if quantity.source:
            where = (*place, "source")
            yield from unknown("source", quantity.source.key, known, where, document)
