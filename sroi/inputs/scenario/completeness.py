"""What a scenario should still say: by section of the report, the keys that are not filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sroi.inputs.scenario.scenario import Scenario


@dataclass(frozen=True)
class Missing:
    """A key of the scenario that says nothing yet, in which section of the report it belongs; of
    keys of a list `count` of the `of` entries lack it."""

    section: str
    key: str
    count: int = 0
    of: int = 0


def missing(scenario: Scenario) -> Iterator[Missing]:
    """Everything that is not filled in, in the order of the sections."""
    s = scenario
    wanted = [
        ("summary", "decision", s.decision),
        ("null_alternative", "background", s.background),
        ("null_alternative", "scope", s.scope),
        ("target_groups", "target_groups", s.target_groups),
        ("theory_of_change", "theory_of_change", s.theory_of_change),
        ("enabling_conditions", "conditions", s.conditions or s.enabling_conditions),
        ("perspectives", "experience", s.experience),
        ("monitoring", "monitoring", s.monitoring),
        ("accountability", "checks", s.checks),
        ("limitations", "limitations", s.limitations),
    ]
    yield from (Missing(section, key) for section, key, found in wanted if not found)
    paid = [line for line in s.investment if not line.in_kind]
    yield from _some("investment", "staffing", [line.staffing for line in paid])
    yield from _some("effects", "measured", [outcome.measured for outcome in s.outcomes])


def _some(section: str, key: str, found: list[object]) -> Iterator[Missing]:
    lacking = sum(one is None for one in found)
    if lacking:
        yield Missing(section, key, lacking, len(found))
