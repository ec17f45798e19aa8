"""Named starting points of the preventive shift: what holds where a ladder does not say otherwise.

How much a programme changes in the flows, how fast, and under what contract care is bought is
hardly known in most municipalities. A starting point fills those gaps, each with its reason, its
source and its evidence. Relapse is not among them: it changes the course of things without the
programme as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from sroi.inputs.care.care import Contracts, Ramp
from sroi.inputs.care.care_ladder import CHANGES, HEAVY, CareLadder, Intervention, Tier
from sroi.inputs.quantity.hazard_ratio import Ratio
from sroi.inputs.quantity.quantities_in import quantities_in
from sroi.inputs.quantity.quantity import Duration, Fraction, Size
from sroi.inputs.scenario.scenario import Scenario
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


BASIS = {"effect_basis", "deadweight", "attribution_to_others"}
EFFECTS = sorted(set(StartingPoint.model_fields) & set(Intervention.model_fields))


def with_starting_points(scenario: Scenario, points: Mapping[str, StartingPoint]) -> Scenario:
    """The scenario with every ladder filled from the starting point that it names."""
    ladders = []
    for ladder in scenario.care_ladder:
        point = points.get(ladder.intervention.starting_point or "")
        ladders.append(filled(ladder, point) if point else ladder)
    return scenario.model_copy(update={"care_ladder": ladders}) if ladders else scenario


def filled(ladder: CareLadder, point: StartingPoint) -> CareLadder:
    """The ladder, with what it does not state itself as the starting point has it."""
    contracts = set(Contracts.model_fields) - ladder.contracts.model_fields_set
    return ladder.model_copy(
        update={
            "intervention": _filled(ladder.intervention, point),
            "tiers": [_bought(tier, point) for tier in ladder.tiers],
            "contracts": _with(ladder.contracts, point.contracts, contracts),
        }
    )


def dangling(
    points: list[StartingPoint], sources: Iterable[str], document: Document
) -> Iterator[Problem]:
    """What their quantities refer to and nobody knows."""
    name, known = "starting_points", set(sources)
    for _, quantity, place, _ in quantities_in(points, name, (name,), 0):
        if quantity.source:
            where = (*place, "source")
            yield from unknown("source", quantity.source.key, known, where, document)


def _bought(tier: Tier, point: StartingPoint) -> Tier:
    if not tier.heavy:
        return tier
    missing = [name for name in Terms.model_fields if getattr(tier, name) is None]
    return _with(tier, point.terms[tier.level], missing)


def _filled(intervention: Intervention, point: StartingPoint) -> Intervention:
    """With effects that rest on comparisons: then that is its basis, unless the file says another.

    When they come and who of the new need heavy care is no effect by itself.
    """
    missing = _missing(intervention)
    stated = BASIS & intervention.model_fields_set
    found = _with(intervention, point, missing)
    causal = not stated and any(name in CHANGES for name in missing)
    return found.model_copy(update={"effect_basis": "causal"}) if causal else found


def _missing(intervention: Intervention) -> list[str]:
    return [name for name in EFFECTS if getattr(intervention, name) is None]


def _with(noun: Any, source: Noun, names: Iterable[str]) -> Any:
    """The noun with some of its fields as the source has them."""
    return noun.model_copy(update={name: getattr(source, name) for name in names})
