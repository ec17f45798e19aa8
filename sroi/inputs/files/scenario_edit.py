"""A measured rate in a scenario: in the place of the old one, and nothing else is disturbed."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sroi.inputs.cell_edit.cell_editor import CellEditor
from sroi.inputs.files.scenario_document import is_workbook, read_document
from sroi.inputs.files.scenario_file import check_file
from sroi.inputs.scenario.scenario import CORRECTIONS
from sroi.inputs.text.content import content_of
from sroi.inputs.text.yaml_edit import Editor, write_all
from sroi.inputs.text.yaml_text import MAX_BYTES
from sroi.inputs.workbook.other_kinds import lock_beside
from sroi.inputs.workbook.reading import SCENARIO
from sroi.problems import Problem, Unusable, errors, nearest

# what a named number is, beside its value
NAMED = ("id", "what", "unit")
# what the editor says of a library of prices, and what is said of a scenario
OWN_WORDS = {
    "review-not-editable": "measure-not-editable",
    "review-file-changed": "measure-file-changed",
}


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


@dataclass(frozen=True)
class Edited:
    """A scenario file before and after; `removed`: corrections that the comparison replaces.

    `cells`: of a workbook, each cell that changes with what it holds before and after; `formulas`:
    whether it has any, which may rest on those cells.
    """

    path: Path
    before: bytes
    after: bytes
    removed: tuple[str, ...]
    cells: tuple[str, ...] = ()
    formulas: bool = False


def with_rate(path: Path, outcome: str, found: MeasuredRate) -> Edited:
    """The scenario with a measured rate. Raises `Unusable` where it would not be one any more."""
    problems = errors(check_file(path))
    if problems:
        raise Unusable(*problems)
    content = content_of(path, most_bytes(path))
    try:
        editor = editor_of(path, content)
        where = _outcome(editor, outcome, path)
        if not found.in_euros and editor.data["outcomes"][where[1]].get("value") != "none":
            raise Unusable(Problem("measure-no-euros", file=str(path), facts={"id": outcome}))
        removed = _edit(editor, where, found)
        edited = edited_by(editor, path, content, removed)
    except Unusable as unusable:
        raise in_own_words(unusable) from None
    return edited_safely(edited)


def edited_by(
    editor: Editor | CellEditor, path: Path, content: bytes, removed: tuple[str, ...]
) -> Edited:
    """What an editor makes of a file. Raises `Unusable`."""
    after = editor.result()
    if not isinstance(editor, CellEditor):
        return Edited(path, content, after, removed)
    return Edited(path, content, after, removed, tuple(editor.told), editor.has_formulas)


def most_bytes(path: Path) -> int:
    """How large a scenario in a file of this kind may be."""
    return SCENARIO.most_bytes if is_workbook(path.name) else MAX_BYTES


def editor_of(path: Path, content: bytes) -> Editor | CellEditor:
    """What changes a file of this kind. Raises `Unusable`."""
    if not is_workbook(path.name):
        return Editor(content, str(path))
    return CellEditor(content, str(path))


def write_edited(edited: Edited) -> None:
    """Write it, unless somebody changed the file in the mean time, or has the workbook open.

    Raises `Unusable`.
    """
    if is_workbook(edited.path.name) and (beside := lock_beside(edited.path)):
        facts = {"name": beside.name}
        raise Unusable(Problem("workbook-open-unwritten", file=str(edited.path), facts=facts))
    try:
        write_all({edited.path: (edited.before, edited.after)})
    except Unusable as unusable:
        raise in_own_words(unusable) from None


def scenario_id(path: Path) -> str:
    """The id of the scenario in a file. Raises `Unusable`."""
    data = read_document(path).data
    return str(data.get("scenario", "")) if isinstance(data, Mapping) else ""


def in_own_words(unusable: Unusable) -> Unusable:
    """What the editor says, in words that fit a scenario."""
    problems = unusable.problems
    return Unusable(*(replace(p, code=OWN_WORDS.get(p.code, p.code)) for p in problems))


def _outcome(editor: Editor | CellEditor, outcome: str, path: Path) -> tuple[str, int]:
    """Where an outcome stands."""
    known = [entry["id"] for entry in editor.data.get("outcomes", [])]
    if outcome not in known:
        facts = {"id": outcome[:80], "nearest": nearest(outcome, known)}
        raise Unusable(Problem("measure-outcome-unknown", file=str(path), facts=facts))
    return ("outcomes", known.index(outcome))


def _edit(
    editor: Editor | CellEditor, where: tuple[str, int], found: MeasuredRate
) -> tuple[str, ...]:
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
    sources = editor.data.get("sources", [])
    if found.source["id"] not in [source.get("id") for source in sources]:
        editor.append(("sources",), [dict(found.source)])
    return removed


def _set_rate(editor: Editor | CellEditor, where: tuple[str, int], found: MeasuredRate) -> None:
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


def edited_safely(edited: Edited) -> Edited:
    """The scenario as it will be, checked before the file is touched. Raises `Unusable`."""
    with tempfile.TemporaryDirectory() as name:
        trial = Path(name, edited.path.name)
        trial.write_bytes(edited.after)
        problems = errors(check_file(trial))
    if problems:
        whole = Problem("measure-breaks-scenario", file=str(edited.path))
        raise Unusable(whole, *(replace(p, file=str(edited.path)) for p in problems))
    return edited
