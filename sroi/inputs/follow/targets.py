"""The figures under monitoring, as numbers of the scenario that are followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sroi.inputs.case.monitoring import Monitor
from sroi.inputs.follow.happened import Happened
from sroi.inputs.follow.subjects import Subject
from sroi.problems import Problem, nearest


@dataclass(frozen=True)
class Target:
    """A rule in figures, and what it is about."""

    monitor: Monitor
    subject: Subject


def targets(h: Happened) -> list[Target]:
    """Every rule that says at what figure plans change, and can be followed."""
    found = ((one, h.subjects.get(_named(one))) for one in h.loaded.scenario.monitoring)
    return [Target(one, subject) for one, subject in found if one.in_figures and subject]


def _named(one: Monitor) -> str:
    """The number that a rule is about: as it says, or by what it is of."""
    return one.figure or one.of or ""


def every_figure_can_be_followed(h: Happened) -> Iterator[Problem]:
    """follow-target-unknown"""
    document = h.loaded.document
    for number, one in enumerate(h.loaded.scenario.monitoring):
        if one.in_figures and _named(one) not in h.subjects and document is not None:
            key = "figure" if one.figure else "of"
            named = _named(one)
            facts = {"id": one.id, "found": named[:120] or "–", "nearest": ""}
            facts["nearest"] = nearest(named, h.subjects) if named else ""
            yield document.problem("follow-target-unknown", ("monitoring", number, key), **facts)
