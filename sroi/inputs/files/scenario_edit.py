"""A scenario file with something else in one of its places, and nothing else disturbed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sroi.inputs.cell_edit.cell_editor import CellEditor
from sroi.inputs.files.scenario_document import is_workbook, read_document
from sroi.inputs.files.scenario_file import check_file
from sroi.inputs.text.content import content_of
from sroi.inputs.text.yaml_edit import Editor, write_all
from sroi.inputs.text.yaml_text import MAX_BYTES
from sroi.inputs.workbook.other_kinds import lock_beside
from sroi.inputs.workbook.reading import SCENARIO
from sroi.problems import Problem, Unusable, errors

# what the editor says of a library of prices, and what is said of a scenario
OWN_WORDS = {
    "review-not-editable": "measure-not-editable",
    "review-file-changed": "measure-file-changed",
}
AnyEditor = Editor | CellEditor
Change = Callable[[AnyEditor], tuple[str, ...]]  # the corrections that went by it


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


def edited_with(path: Path, change: Change) -> Edited:
    """A scenario after a change. Raises `Unusable` where it would not be one any more."""
    content = content_of(path, most_bytes(path))
    try:
        editor = editor_of(path, content)
        removed = change(editor)
        edited = _edited(editor, path, content, removed)
    except Unusable as unusable:
        raise in_own_words(unusable) from None
    return edited_safely(edited)


def name_sources(editor: AnyEditor, *sources: Mapping[str, Any]) -> None:
    """Those that the scenario does not name yet, at the end of its list."""
    known = [source.get("id") for source in editor.data.get("sources", [])]
    new = [dict(source) for source in sources if source["id"] not in known]
    if new:
        editor.append(("sources",), new)


def _edited(editor: AnyEditor, path: Path, content: bytes, removed: tuple[str, ...]) -> Edited:
    """What an editor makes of a file. Raises `Unusable`."""
    after = editor.result()
    if not isinstance(editor, CellEditor):
        return Edited(path, content, after, removed)
    return Edited(path, content, after, removed, tuple(editor.told), editor.has_formulas)


def most_bytes(path: Path) -> int:
    """How large a scenario in a file of this kind may be."""
    return SCENARIO.most_bytes if is_workbook(path.name) else MAX_BYTES


def editor_of(path: Path, content: bytes) -> AnyEditor:
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
