"""A scenario in which recognition by clients counts: only where the scenario asks for it."""

from __future__ import annotations

from sroi.inputs.evidence.experience import Status
from sroi.inputs.quantity.quantity import NOT_NEGATIVE
from sroi.inputs.scenario.scenario import Outcome, Scenario
from sroi.inputs.text.nouns import Text

LOWEST = 6
LEFT_OUT = Text(
    nl="Buiten de euro's gehouden: deelnemers herkennen deze uitkomst niet (zie experience).",
    en="Kept out of euros: participants do not recognise this outcome (see experience).",
)
PRICED = ("proxy", "price_year", "payers", "cash", "overlap")


def with_recognition(scenario: Scenario) -> Scenario:
    """The scenario with grades lowered and outcomes left out, as its `experience` asks for."""
    found = scenario.experience
    if found is None or found.weight == "none":
        return scenario
    status = {one.of: found.status(one, "client") for one in found.outcomes}
    outcomes = [_weighed(outcome, status.get(outcome.id)) for outcome in scenario.outcomes]
    return scenario.model_copy(update={"outcomes": outcomes})


def _weighed(outcome: Outcome, status: Status | None) -> Outcome:
    denied = status in ("not_recognised", "contradicted") and outcome.in_euros
    if denied and outcome.rate.outside(NOT_NEGATIVE) == 0:  # what may get worse stays in
        gone = dict.fromkeys(PRICED) | {"value": "none", "because": LEFT_OUT}
        return outcome.model_copy(update=gone)
    if status == "partly" and outcome.rate.evidence:
        grade = min(LOWEST, outcome.rate.evidence + 1)
        return outcome.model_copy(
            update={"rate": outcome.rate.model_copy(update={"evidence": grade})}
        )
    return outcome
