"""The rules of the case around the numbers: for whom, with whose hours, and how it is followed."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.inputs.case.target_group import TargetGroup
from sroi.inputs.evidence.measured import Measured
from sroi.inputs.rules.checked import Checked
from sroi.inputs.scenario.scenario import Investment, Outcome
from sroi.inputs.text.reading import unknown
from sroi.inputs.text.yaml_text import Path_
from sroi.problems import Problem

LISTS = ("activities", "outcomes", "care_ladder", "direct_shift", "cohorts")
CLOSE = 0.01


def nobody_is_reached_twice(c: Checked) -> Iterator[Problem]:
    """reach-above-group, areas-above-reach"""
    for position, group in enumerate(c.scenario.target_groups):
        there, path = sum(area.reached for area in group.areas), ("target_groups", position)
        if group.reached > group.people:
            yield c.error("reach-above-group", *path, "reached", id=group.id)
        if there > group.reached * (1 + 1e-9):
            facts = {"id": group.id, "found": f"{there:g}", "most": f"{group.reached:g}"}
            yield c.error("areas-above-reach", *path, "areas", **facts)


def staffing_explains_the_amount(c: Checked) -> Iterator[Problem]:
    """staffing-disagrees"""
    for position, line in enumerate(c.scenario.investment):
        if line.staffing and line.per_year and not _explained(line, line.staffing.per_year):
            path = ("investment", position, "staffing")
            found = f"{line.staffing.per_year:.0f}"
            yield c.warning("staffing-disagrees", *path, id=line.id, found=found)


def _explained(line: Investment, amount: float) -> bool:
    """Whether an amount (euros a year) lies in what the line says of any year."""
    for size in line.per_year or []:
        bounds = size.bounds
        if bounds is None or bounds[0] * (1 - CLOSE) <= amount <= bounds[1] * (1 + CLOSE):
            return True
    return False


def what_is_followed_is_known(c: Checked) -> Iterator[Problem]:
    """followed-unknown"""
    known = [noun.id for name in LISTS for noun in getattr(c.scenario, name)]
    for position, one in enumerate(c.scenario.monitoring):
        if one.of:
            yield from unknown(
                "followed", one.of, known, ("monitoring", position, "of"), c.document
            )


def what_is_paid_for_is_known(c: Checked) -> Iterator[Problem]:
    """paid-unknown, payer-unknown"""
    contract = c.scenario.contract
    if contract is None:
        return
    yield from unknown("payer", contract.payer, c.library.payers, ("contract", "payer"), c.document)
    known = [noun.id for name in ("activities", "outcomes") for noun in getattr(c.scenario, name)]
    for position, one in enumerate(contract.results):
        path = ("contract", "results", position, "of")
        yield from unknown("paid", one.of, known, path, c.document)


def sources_of_the_case_are_known(c: Checked) -> Iterator[Problem]:
    """source-unknown"""
    places: list[tuple[Path_, TargetGroup | Measured | Outcome]] = [
        (("target_groups", n), group) for n, group in enumerate(c.scenario.target_groups)
    ]
    places += [
        (("outcomes", n, "measured"), outcome.measured)
        for n, outcome in enumerate(c.scenario.outcomes)
        if outcome.measured
    ]
    places += [(("outcomes", n), outcome) for n, outcome in enumerate(c.scenario.outcomes)]
    for path, one in places:
        if one.source:
            where = (*path, "source")
            yield from unknown("source", one.source.key, c.library.sources, where, c.document)


RULES = [
    nobody_is_reached_twice,
    staffing_explains_the_amount,
    what_is_followed_is_known,
    what_is_paid_for_is_known,
    sources_of_the_case_are_known,
]
