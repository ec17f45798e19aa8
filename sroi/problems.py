"""A problem is a value: what is wrong, where, and the facts that its sentence needs.

The sentences stand in `templates/problems.nl.yaml` and `problems.en.yaml`, one for each code.
"""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One finding. `line` and `column` count from 1; 0 means: the file as a whole.

    Of a workbook they are row and column on a `sheet`; `sheet_number`: which sheet that is.
    """

    code: str
    severity: Severity = "error"
    file: str = ""
    line: int = 0
    column: int = 0
    excerpt: str = ""
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)
    sheet: str = field(default="", kw_only=True)
    sheet_number: int = field(default=0, kw_only=True)

    def order(self) -> tuple[str, int, int, int, str]:
        """Sort key: in the order in which a reader meets the problems."""
        return (self.file, self.sheet_number, self.line, self.column, self.code)


class Unusable(Exception):
    """Input that cannot be used, or output that cannot be written; carries the problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop a run."""
    return [problem for problem in problems if problem.severity == "error"]


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like `word`, or an empty string."""
    return next(iter(difflib.get_close_matches(word[:80], list(known), 1, 0.5)), "")


def reason(number: int | None) -> str:
    """What the system calls a failure, as the fact `reason`: the sentence says it in words."""
    return errno.errorcode.get(number or 0, "EIO")
