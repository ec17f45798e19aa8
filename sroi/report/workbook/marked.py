"""A copy of a scenario workbook with a note on each cell that something is said of.

The copy is for who mends the workbook in Excel: colours, choices, formats and what is hidden stay,
and each formula keeps the result that was stored with it, so that the copy is read as the workbook.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sroi.inputs.text.sheet import workbook_of
from sroi.inputs.workbook.other_kinds import refuse_other_kinds
from sroi.inputs.workbook.reading import SCENARIO
from sroi.problems import Problem, Unusable, errors
from sroi.report.words.problem_text import sentence
from sroi.report.words.words import Words
from sroi.report.workbook.kept_results import with_results

WRONG, WEAK = "FFFFC7CE", "FFFFEB9C"
WRITER = "sroi"
WIDE, LINE, LETTERS = 420, 20, 58  # of a note, in pixels; letters on a line
LONGEST_NOTE = 30_000  # characters; a note holds little more
DRAWING = "xl/drawings/drawing"
# what a copy does not take along, or not as it was, by the parts of the file that hold it
NOT_TAKEN = {
    "charts": "xl/charts/", "pictures": "xl/media/", "shapes": DRAWING,
    "slicers": "xl/slicers/", "threads": "xl/threadedcomments/", "pivots": "xl/pivottables/",
}  # fmt: skip


@dataclass(frozen=True)
class Marked:
    """The copy; `lost`: kinds of things that are not in it, or not as they were."""

    content: bytes
    lost: tuple[str, ...]


def marked(content: bytes, file: str, problems: list[Problem], lang: str) -> Marked:
    """A copy with the problems on their cells; of the file as a whole on its first cell.

    Raises `Unusable` where it is no workbook that may be opened.
    """
    import openpyxl

    if len(content) > SCENARIO.most_bytes:
        raise Unusable(Problem("workbook-too-large", file=file))
    refuse_other_kinds(content, file)
    workbook_of(content, file, SCENARIO)
    try:
        with warnings.catch_warnings(action="ignore"):  # what it warns of is put back, or told
            book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True, keep_links=False)
            _readable_notes(book)
            for cell, found in _by_cell(book, problems).values():
                _mark(cell, found, lang)
            made = io.BytesIO()
            book.save(made)
            kept = with_results(made.getvalue(), content)
    except Unusable:
        raise
    except Exception:  # whatever a library says of a file that is not what it should be
        raise Unusable(Problem("workbook-unreadable", file=file)) from None
    return Marked(kept, tuple(kind for kind, part in NOT_TAKEN.items() if _has(content, part)))


def told_lost(lost: tuple[str, ...], words: Words) -> str:
    """What the copy does not take along, in a sentence."""
    return words("terminal.mark_lost", what=", ".join(words(f"mark_lost.{kind}") for kind in lost))


def _by_cell(book: Any, problems: Iterable[Problem]) -> Mapping[str, tuple[Any, list[Problem]]]:
    """The problems of each cell, those of one kind and place once."""
    cells: dict[str, Any] = {}
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        cell = _cell(book, problem)
        at = f"{cell.parent.title}!{cell.coordinate}"
        cells[at] = cell
        found[at].append(problem)
    return {at: (cell, found[at]) for at, cell in cells.items()}


def _cell(book: Any, problem: Problem) -> Any:
    """Where a problem is noted: of a merged cell in its first one, which is what is seen."""
    if not problem.sheet or problem.sheet not in book.sheetnames or not problem.line:
        return book.worksheets[0].cell(1, 1)
    sheet = book[problem.sheet]
    cell = sheet.cell(problem.line, max(problem.column, 1))
    for area in sheet.merged_cells.ranges:
        if cell.coordinate in area:
            return sheet.cell(area.min_row, area.min_col)
    return cell


def _mark(cell: Any, problems: list[Problem], lang: str) -> None:
    """Colour a cell and write down what is said of it, above the note that it had."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    colour = WRONG if errors(problems) else WEAK
    cell.fill = PatternFill(patternType="solid", fgColor=colour, bgColor=colour)
    said = [f"{problem.code}\n{sentence(problem, lang)}" for problem in problems]
    had = [cell.comment.text] if cell.comment else []
    cell.comment = Comment("\n\n".join([*dict.fromkeys(said), *had])[:LONGEST_NOTE], WRITER)
    _sized(cell.comment)


def _readable_notes(book: Any) -> None:
    """Notes that were there, in a size in which they can be read: theirs is not kept."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment:
                    _sized(cell.comment)


def _sized(note: Any) -> None:
    lines = sum(len(line) // LETTERS + 1 for line in note.text.split("\n"))
    note.width, note.height = WIDE, LINE * (lines + 1)


def _has(content: bytes, part: str) -> bool:
    """Whether a workbook has such things; LibreOffice writes an empty drawing with every sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = [name for name in archive.namelist() if name.casefold().startswith(part)]
        return any(part != DRAWING or b"Anchor>" in archive.read(name) for name in found)
