"""What comes of checking a report: whether its inputs and results are right, and whether it is the
file as sroi made it. These are two questions with two answers: a right report may have been saved
again, and a page may have been changed in a file whose results are right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sroi.report.words.words import Words
from sroi.version import build

MOST_TOLD = 5
MOST_LINES = 60


@dataclass(frozen=True)
class Check:
    """One thing that was compared. `key`: of its sentence; `facts`: what stands in that.

    `parts`: what it is made of, each with a sentence of its own.
    """

    key: str
    holds: bool
    facts: dict[str, Any] = field(default_factory=dict)
    parts: tuple[Check, ...] = ()

    def told(self, words: Words) -> str:
        """Its sentence."""
        return words(f"verify.{self.key}", **self.facts)

    def lines(self, words: Words) -> Iterator[str]:
        """Its sentence, and those of its parts; how many more of them there are is said once."""
        yield f"  {self.told(words)}"
        for part in self.parts[:MOST_LINES]:
            yield f"    {part.told(words)}"
        if len(self.parts) > MOST_LINES:
            yield "    " + words("verify.more", count=len(self.parts) - MOST_LINES)


@dataclass(frozen=True)
class Verdict:
    """What came of it. `version`: of sroi that the report was made with; `now`: that of this one.
    `build`: the version with its commit, as the report says; `of`: what it is a report of.

    `inputs`: what was compared of inputs and results; `file`: of the file itself. `files`: what the
    report carries, by the names that sroi gives them.
    """

    scenario: str
    version: str
    now: str
    inputs: list[Check]
    file: list[Check]
    files: dict[str, bytes] = field(repr=False)
    build: str = ""
    of: str = "scenario"

    @property
    def another_build(self) -> bool:
        """Whether it is of the same version, but made from another commit."""
        return self.version == self.now and self.build != build()

    @property
    def right(self) -> bool:
        """Whether inputs and results are right."""
        return all(check.holds for check in self.inputs)

    @property
    def as_made(self) -> bool:
        """Whether it is the file as sroi made it."""
        return all(check.holds for check in self.file)


def of(holds: bool, yes: str, no: str, facts: dict[str, Any]) -> Check:
    """A check with one of two sentences."""
    return Check(yes if holds else no, holds, facts)


def some(names: Iterable[object]) -> dict[str, str]:
    """Some of them, as they may be printed."""
    told = [short(name) for name in names]
    return {"first": ", ".join(told[:MOST_TOLD]) + (", …" if len(told) > MOST_TOLD else "")}


def short(text: object) -> str:
    """What stands in a file that somebody gave may be long, and a terminal must not obey it."""
    return "".join(char if char.isprintable() else "\ufffd" for char in str(text)[:60])
