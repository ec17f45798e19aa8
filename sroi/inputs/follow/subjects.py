"""What can be followed of a scenario: its volumes, costs, prices, effects and care use, by path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sroi.inputs.library.library import Library
from sroi.inputs.scenario.assumptions import Assumption, assumptions
from sroi.inputs.scenario.scenario import Scenario

SubjectKind = Literal["volume", "cost", "price", "effect", "people"]
PRICES = ("value", "tariff", "cost", "paid_per_unit")
# parts of a number that is followed as a whole, and what only says how care is bought
PARTS = (".times", ".plus")


@dataclass(frozen=True)
class Subject:
    """Something that can be followed, under the path that people write; `line`: the id of the
    activity, cost or outcome that it is of."""

    path: str
    kind: SubjectKind
    line: str


def subjects(scenario: Scenario, library: Library) -> dict[str, Subject]:
    """Every subject by the spellings that it may have: its path, and an id that stands for one."""
    found = [*_sizes(scenario), *_care_use(scenario)]
    known = {one.path for one in found}
    for path, assumption in assumptions(scenario, library).items():
        whole = _whole(path, assumption)
        if whole and whole not in known:
            known.add(whole)
            found.append(Subject(whole, _kind(whole), whole.split(".")[1]))
    spelled = {one.path: one for one in found}
    for one in found:
        for short in _short(one):
            spelled.setdefault(short, one)
    return spelled


def _sizes(scenario: Scenario) -> list[Subject]:
    """Volumes of activities, and costs in money or in kind: for all years under one path."""
    found = [Subject(f"activities.{x.id}.volume", "volume", x.id) for x in scenario.activities]
    for line in scenario.investment:
        name, kind = ("volume", "volume") if line.proxy else ("per_year", "cost")
        found.append(Subject(f"investment.{line.id}.{name}", kind, line.id))  # type: ignore[arg-type]
    return found


def _care_use(scenario: Scenario) -> list[Subject]:
    """People in each tier of a care ladder."""
    return [
        Subject(f"care_ladder.{ladder.id}.tiers.{tier.id}.people", "people", ladder.id)
        for ladder in scenario.care_ladder
        for tier in ladder.tiers
    ]


def _whole(path: str, one: Assumption) -> str:
    """The path of a number that can be followed by itself; nothing of a part of one, or of what a
    cohort costs, which has no price of its own year."""
    if path.startswith("cohorts.") and ".costs." in path:
        return ""
    if any(part in path for part in PARTS) or path.startswith(("activities.", "investment.")):
        return path if path.endswith(".returning") else ""
    return "" if one.year is not None else path


def _kind(path: str) -> SubjectKind:
    return "price" if path.rpartition(".")[2] in PRICES else "effect"


def _short(one: Subject) -> list[str]:
    """Shorter spellings: a line by its path or its id, a price by its id, an effect by its line."""
    first, line = one.path.split(".")[:2]
    if one.kind in ("volume", "cost"):
        return [f"{first}.{line}", line]
    if one.path == f"outcomes.{line}.rate":
        return [f"outcomes.{line}", line]
    if one.path == f"proxies.{line}.value":
        return [f"proxies.{line}"]
    return []
