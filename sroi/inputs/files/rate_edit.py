"""A measured rate in a scenario: in the place of the old one, and nothing else is disturbed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sroi.inputs.files.scenario_edit import AnyEditor, Edited, edited_with, name_sources
from sroi.inputs.files.scenario_file import check_file
from sroi.inputs.scenario.scenario import CORRECTIONS
from sroi.problems import Problem, Unusable, errors, nearest

# what a named number is, beside its value
NAMED = ("id", "what", "unit")


@dataclass(frozen=True)
class MeasuredRate:
    """What a measurement puts in the place of an outcome's rate, as it is to stand in the file.

    `measured`: the counts, or None where they may not be shown. `in_euros`: whether the instrument
    may be turned into money.
    """

    rate: Mapping[str, Any]
    effect_basis: str
    source: Mapping[str, Any]
    measured: Mapping[str, Any] | None
    in_euros: bool


def with_rate(path: Path, outcome: str, found: MeasuredRate) -> Edited:
    """The scenario with a measured rate. Raises `Unusable` where it would not be one any more."""
    problems = errors(check_file(path))
    if problems:
        raise Unusable(*problems)

    def change(editor: AnyEditor) -> tuple[str, ...]:
        where = _outcome(editor, outcome, path)
        if not found.in_euros and editor.data["outcomes"][where[1]].get("value") != "none":
            raise Unusable(Problem("measure-no-euros", file=str(path), facts={"id": outcome}))
        return _edit(editor, where, found)

    return edited_with(path, change)


def _outcome(editor: AnyEditor, outcome: str, path: Path) -> tuple[str, int]:
    """Where an outcome stands."""
    known = [entry["id"] for entry in editor.data.get("outcomes", [])]
    if outcome not in known:
        facts = {"id": outcome[:80], "nearest": nearest(outcome, known)}
        raise Unusable(Problem("measure-outcome-unknown", file=str(path), facts=facts))
    return ("outcomes", known.index(outcome))


def _edit(editor: AnyEditor, where: tuple[str, int], found: MeasuredRate) -> tuple[str, ...]:
    """All changes; the corrections that went."""
    entry = editor.data["outcomes"][where[1]]
    removed = tuple(key for key in CORRECTIONS if key in entry) if _causal(found) else ()
    for key in removed:
        editor.remove((*where, key))
    _set_rate(editor, where, found)
    if entry.get("effect_basis", "gross") != found.effect_basis:
        editor.set((*where, "effect_basis"), found.effect_basis)
    if found.measured:
        editor.set_lines((*where, "measured"), found.measured)
    elif "measured" in entry:  # counts of another measurement
        editor.remove((*where, "measured"))
    name_sources(editor, found.source)
    return removed


def _set_rate(editor: AnyEditor, where: tuple[str, int], found: MeasuredRate) -> None:
    """In its place; of a rate that is one of the `quantities`, in the place of that.

    Raises `Unusable` where it is reckoned from one: what was measured is then not that number.
    """
    rate = editor.data["outcomes"][where[1]].get("rate")
    if not isinstance(rate, Mapping) or "from" not in rate:
        editor.set_lines((*where, "rate"), found.rate)
        return
    if set(rate) & {"times", "plus"}:
        facts = {"id": editor.data["outcomes"][where[1]]["id"], "origin": str(rate["from"])}
        raise Unusable(Problem("measure-rate-follows", facts=facts))
    known = [entry["id"] for entry in editor.data["quantities"]]
    at = ("quantities", known.index(rate["from"]))
    first, *others = [key for key in editor.data["quantities"][at[1]] if key not in NAMED]
    for key in others:
        editor.remove((*at, key))
    editor.replace((*at, first), found.rate)


def _causal(found: MeasuredRate) -> bool:
    return found.effect_basis == "causal"
