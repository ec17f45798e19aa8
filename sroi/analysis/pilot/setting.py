"""How far everybody moved along in the pilot: E there, by the conditions of a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sroi.analysis.pilot.moving_along import MovingAlong
from sroi.inputs.care.care import LOWEST_REFERENCE
from sroi.inputs.pilot.pilot import Described
from sroi.inputs.scenario.scenario import Scenario
from sroi.model.care.conditions import effectiveness
from sroi.problems import Problem, Unusable, nearest


def setting(described: Described, along: MovingAlong, scenario: Scenario) -> float | None:
    """E of the pilot (0.1 to 1) with the middle of each condition's criticality, from the scores
    of who moved `along`, or else what the pilot says of it itself; None where it says nothing, or
    the scenario has no conditions.

    Raises `Unusable` where the pilot names a condition that the scenario lacks, or only some.
    """
    said = described.pilot.moved_along.conditions if described.pilot.moved_along else {}
    seen = {one.condition: one.share.value for one in along.presences} or said
    if not seen or not scenario.enabling_conditions:
        return None
    if found := [*_unfit(described, seen, scenario, bool(along.presences))]:
        raise Unusable(*found)
    conditions = scenario.enabling_conditions
    weights = [condition.criticality.middle for condition in conditions]
    moved = [seen[condition.id] for condition in conditions]
    return max(LOWEST_REFERENCE, float(effectiveness(weights, moved)))


def _unfit(
    described: Described, seen: Mapping[str, float], scenario: Scenario, scored: bool
) -> Iterator[Problem]:
    """pilot-condition-unknown, pilot-condition-missing, pilot-condition-unscored"""
    known = [condition.id for condition in scenario.enabling_conditions]
    where = ("presence",) if scored else ("moved_along", "conditions")
    for name in seen:
        if name not in known:
            facts = {"id": name, "nearest": nearest(name, known)}
            yield described.wrong(
                "pilot-condition-unknown", *where, *([] if scored else [name]), **facts
            )
    missing = [name for name in known if name not in seen]
    if missing:
        code = "pilot-condition-unscored" if scored else "pilot-condition-missing"
        yield described.wrong(code, *where, ids=", ".join(missing))
