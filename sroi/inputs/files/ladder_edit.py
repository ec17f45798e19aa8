"""Effects of a pilot on a care ladder of a scenario: in their places, and nothing else changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sroi.inputs.files.scenario_edit import AnyEditor, Edited, edited_with, name_sources
from sroi.inputs.files.scenario_file import check_file
from sroi.problems import Problem, Unusable, errors, nearest

REPLACED = ("deadweight", "attribution_to_others")  # by the comparison


@dataclass(frozen=True)
class LadderEffects:
    """What a pilot puts into a ladder's intervention, as it is to stand in the file.

    `effects`: by key; `reference`: how far everybody moved along there, None to leave what stands;
    `moved_along`: by condition of the scenario how far it holds, where that was scored.
    """

    effects: Mapping[str, Mapping[str, Any]]
    reference: str | None
    source: Mapping[str, Any]
    moved_along: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def with_effects(path: Path, ladder: str, found: LadderEffects) -> Edited:
    """The scenario with these effects. Raises `Unusable` where it would not be one any more."""
    problems = errors(check_file(path))
    if problems:
        raise Unusable(*problems)
    return edited_with(path, lambda editor: _edit(editor, _place(editor, ladder, path), found))


def _place(editor: AnyEditor, ladder: str, path: Path) -> tuple[str | int, ...]:
    """Where the intervention of a ladder stands."""
    known = [entry["id"] for entry in editor.data.get("care_ladder", [])]
    if ladder not in known:
        facts = {"id": ladder[:80], "nearest": nearest(ladder, known)}
        raise Unusable(Problem("pilot-ladder-unknown", file=str(path), facts=facts))
    return ("care_ladder", known.index(ladder), "intervention")


def _edit(editor: AnyEditor, where: tuple[str | int, ...], found: LadderEffects) -> tuple[str, ...]:
    """All changes; the corrections that went."""
    entry = editor.data["care_ladder"][where[1]]["intervention"]
    removed = tuple(key for key in REPLACED if key in entry)
    for key in removed:
        editor.remove((*where, key))
    for key, effect in found.effects.items():
        editor.set_lines((*where, key), effect)
    if entry.get("effect_basis", "gross") != "causal":
        editor.set((*where, "effect_basis"), "causal")
    if found.reference is not None and entry.get("reference") != found.reference:
        editor.set((*where, "reference"), found.reference)
    for number, condition in enumerate(editor.data.get("enabling_conditions", [])):
        if condition["id"] in found.moved_along:
            held = found.moved_along[condition["id"]]
            editor.set_lines(("enabling_conditions", number, "moves_along"), held)
    name_sources(editor, found.source)
    return removed
