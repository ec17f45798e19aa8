"""Commands run in this process, and what they print."""

from pathlib import Path
from typing import NamedTuple

from models_in_memory import Record
from scenarios_at_random import as_yaml


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        """All that it said."""
        return self.out + self.err


def written(folder: Path, scenario: Record | str, name: str = "plan.yaml") -> Path:
    path = folder / name
    path.write_text(scenario if isinstance(scenario, str) else as_yaml(scenario), encoding="utf-8")
    return path
