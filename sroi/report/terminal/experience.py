"""What interviews say, on a terminal: the same tables as in the report."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from sroi.inputs.files.experience_edit import CountedInterviews
from sroi.inputs.files.scenario_file import load
from sroi.problems import Problem
from sroi.report.explained.explained import central_case
from sroi.report.pages.experience import experience
from sroi.report.terminal.terminal import console, safe, show_part
from sroi.report.told.told import told
from sroi.report.words.problem_text import text


def show(path: Path, found: CountedInterviews, lang: str) -> None:
    """The tables and sentences of the report, for the scenario as it would become."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder, path.name)
        trial.write_bytes(found.edited.after)
        shown = told(central_case(load(trial)), lang)
    screen = console()
    for part in experience(shown):
        show_part(screen, part)


def show_warnings(problems: Iterable[Problem], lang: str) -> None:
    """What looks like a person in the sheet, on the side of the mistakes."""
    import sys

    for problem in problems:
        sys.stderr.write(safe(text(problem, lang)) + "\n\n")
