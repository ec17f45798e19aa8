"""A ladder filled from the starting point that it names, where the file does not say otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from sroi.inputs.care.care import Contracts
from sroi.inputs.care.care_ladder import CHANGES, CareLadder, Intervention, Tier
from sroi.inputs.library.starting_points import StartingPoint, Terms
from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.text.nouns import Noun

N = TypeVar("N", bound=Noun)
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


def _with(noun: N, source: Noun, names: Iterable[str]) -> N:
    """The noun with some of its fields as the source has them."""
    return noun.model_copy(update={name: getattr(source, name) for name in names})
