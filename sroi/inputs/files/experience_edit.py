"""Counted interviews in a scenario: in the place of what stood there; nothing else changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sroi.inputs.evidence.codings import read_codings
from sroi.inputs.files.scenario_edit import AnyEditor, Edited, edited_with
from sroi.inputs.files.scenario_file import load
from sroi.inputs.text.nouns import Text
from sroi.inputs.text.read_alike import plain
from sroi.problems import Problem

KEPT = ("because", "shift", "weight", "quotes")  # what a sheet of codings need not say
UNSAID = "Vul in: hoe deze mensen zijn gekozen."


@dataclass(frozen=True)
class CountedInterviews:
    """`experience` as it is to stand in the scenario, the file before and after, and warnings."""

    experience: Mapping[str, Any]
    edited: Edited
    problems: tuple[Problem, ...]


def _titles(named: list[tuple[str, Text]]) -> dict[str, str]:
    """What things are called, in both languages, and which they are; not what two are called."""
    called: dict[str, set[str]] = {}
    for key, what in named:
        for title in {plain(what.in_("nl")), plain(what.in_("en"))}:
            called.setdefault(title, set()).add(key)
    return {title: next(iter(keys)) for title, keys in called.items() if len(keys) == 1}


def with_experience(path: Path, codings: Path, because: str | None) -> CountedInterviews:
    """A scenario with the counts of a sheet of codings. Raises `Unusable`.

    `because`: how people were chosen; else what the scenario already says of it.
    """
    known = load(path).scenario
    steps = [step for theory in known.theory_of_change for step in theory.steps]
    named = [(outcome.id, outcome.what) for outcome in known.outcomes]
    named += [(step.id, step.what) for step in steps]
    conditions = [(one.id, one.what) for one in known.enabling_conditions]
    called = _titles(conditions) | {key: key for key, _ in conditions}
    found = read_codings(codings, [key for key, _ in named], _titles(named), called)
    experience: dict[str, Any] = {}

    def change(editor: AnyEditor) -> tuple[str, ...]:
        before = editor.data.get("experience") or {}
        kept = {"because": UNSAID} | {key: before[key] for key in KEPT if key in before}
        experience.update(kept | ({"because": because} if because else {}) | found.experience)
        editor.set_lines(("experience",), experience)
        return ()

    edited = edited_with(path, change)
    return CountedInterviews(experience, edited, found.problems)
