"""What a rule looks at: a scenario, the library beside it, and the file that it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sroi.inputs.library.library import Library
from sroi.inputs.scenario.assumptions import Assumption, assumptions
from sroi.inputs.scenario.scenario import Outcome, Scenario
from sroi.inputs.text.yaml_text import Document, Path_
from sroi.problems import Problem


@dataclass(frozen=True)
class Checked:
    """One scenario; `library` is the shipped one with the scenario's own entries added.

    `at_key` is an `object`, so that facts of any kind may be given as `**facts`.
    """

    scenario: Scenario
    shipped: Library
    library: Library
    document: Document

    @cached_property
    def assumptions(self) -> dict[str, Assumption]:
        """Every number by its path, which many rules look at."""
        return assumptions(self.scenario, self.library)

    def error(
        self, code: str, *path: str | int, at_key: object = False, **facts: object
    ) -> Problem:
        """An error at a path of the scenario file."""
        return self.document.problem(code, path, bool(at_key), **facts)

    def warning(
        self, code: str, *path: str | int, at_key: object = False, **facts: object
    ) -> Problem:
        """A warning at a path of the scenario file."""
        return self.document.problem(code, path, bool(at_key), "warning", **facts)

    def outcomes(self) -> Iterator[tuple[Path_, Outcome]]:
        """Every outcome with its path."""
        for position, outcome in enumerate(self.scenario.outcomes):
            yield ("outcomes", position), outcome
