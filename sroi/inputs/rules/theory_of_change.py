"""The rules of the theory of change: every outcome in euros follows from something that is done."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from sroi.inputs.case.theory_of_change import Step, TheoryOfChange
from sroi.inputs.rules.checked import Checked
from sroi.inputs.text.reading import unknown
from sroi.problems import Problem

LINES = ("outcomes", "care_ladder", "direct_shift", "cohorts")


def steps_are_known(c: Checked) -> Iterator[Problem]:
    """activity-unknown, fed-unknown"""
    activities = [activity.id for activity in c.scenario.activities]
    lines = [f"{name}.{noun.id}" for name in LINES for noun in getattr(c.scenario, name)]
    for n, theory in enumerate(c.scenario.theory_of_change):
        for k, step in enumerate(theory.steps):
            path = ("theory_of_change", n, "steps", k)
            if step.of is not None:
                yield from unknown("activity", step.of, activities, (*path, "of"), c.document)
            for j, line in enumerate(step.feeds):
                yield from unknown("fed", line, lines, (*path, "feeds", j), c.document)


def links_are_known(c: Checked) -> Iterator[Problem]:
    """step-unknown, condition-unknown, source-unknown"""
    conditions = [condition.id for condition in c.scenario.enabling_conditions]
    for n, theory in enumerate(c.scenario.theory_of_change):
        own = [step.id for step in theory.steps]
        for k, link in enumerate(theory.links):
            path = ("theory_of_change", n, "links", k)
            yield from unknown("step", link.from_, own, (*path, "from"), c.document)
            yield from unknown("step", link.to, own, (*path, "to"), c.document)
            if link.condition:
                where = (*path, "condition")
                yield from unknown("condition", link.condition, conditions, where, c.document)
            if link.source:
                where = (*path, "source")
                yield from unknown("source", link.source.key, c.library.sources, where, c.document)


def reasoning_does_not_turn_in_a_circle(c: Checked) -> Iterator[Problem]:
    """theory-circular"""
    for n, theory in enumerate(c.scenario.theory_of_change):
        try:
            TopologicalSorter(_before(theory)).prepare()
        except CycleError as error:
            steps = " → ".join(reversed(error.args[1]))
            yield c.error("theory-circular", "theory_of_change", n, "links", steps=steps)


def _before(theory: TheoryOfChange) -> dict[str, list[str]]:
    """Every step with the steps that lead to it."""
    return {step.id: [k.from_ for k in theory.links if k.to == step.id] for step in theory.steps}


def nothing_is_valued_twice(c: Checked) -> Iterator[Problem]:
    """fed-twice: the same change in a line of euros and in a ladder"""
    priced = {f"outcomes.{outcome.id}" for outcome in c.scenario.outcomes if outcome.in_euros}
    for n, theory in enumerate(c.scenario.theory_of_change):
        for k, step in enumerate(theory.steps):
            lines = [line for line in step.feeds if line in priced]
            care = [line for line in step.feeds if not line.startswith("outcomes.")]
            if lines and care:
                path = ("theory_of_change", n, "steps", k, "feeds")
                yield c.error("fed-twice", *path, id=step.id, line=lines[0], care=care[0])


def outcomes_follow_from_what_is_done(c: Checked) -> Iterator[Problem]:
    """outcome-without-path, outcome-without-indicator, links-without-evidence"""
    if not c.scenario.theory_of_change:
        return
    reached = [step for theory in c.scenario.theory_of_change for step in reachable(theory)]
    for path, outcome in c.outcomes():
        steps = [step for step in reached if f"outcomes.{outcome.id}" in step.feeds]
        if outcome.in_euros and not steps:
            yield c.warning("outcome-without-path", *path, id=outcome.id)
        elif outcome.in_euros and not any(step.indicator for step in steps):
            yield c.warning("outcome-without-indicator", *path, id=outcome.id)
    links = [link for theory in c.scenario.theory_of_change for link in theory.links]
    bare = sum(link.evidence is None for link in links)
    if bare:
        facts = {"count": bare, "of": len(links)}
        yield c.warning("links-without-evidence", "theory_of_change", at_key=True, **facts)


def reachable(theory: TheoryOfChange) -> list[Step]:
    """The steps that some activity leads to, the activities with them."""
    found = {step.id for step in theory.steps if step.kind == "activity"}
    for _ in theory.steps:
        found |= {link.to for link in theory.links if link.from_ in found}
    return [step for step in theory.steps if step.id in found]


RULES = [
    steps_are_known,
    links_are_known,
    reasoning_does_not_turn_in_a_circle,
    nothing_is_valued_twice,
    outcomes_follow_from_what_is_done,
]
