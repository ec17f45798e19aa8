"""Commands run in this process, and what they print."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from alone import alone
from models_in_memory import Record
from scenarios_at_random import as_yaml

from sroi import cli


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


def running(monkeypatch, capfd, folder: Path) -> Callable[..., Done]:
    """Run a command in a folder of its own; `lang`: as a process of its own would be asked.

    What a command chooses with `--library` goes for that command, as it does for a process.

    In this process alone; `test_cli_verify` runs whole commands with the processes beside them.
    """
    monkeypatch.chdir(folder)
    alone(monkeypatch)

    def run(*arguments: object, lang: str = "") -> Done:
        monkeypatch.setattr("sys.argv", ["sroi", *map(str, arguments)])
        before = dict(os.environ)
        if lang:
            monkeypatch.setattr("sroi.cli.SPOKEN", lang)
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        os.environ.clear()
        os.environ.update(before)
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return Done(int(stopped.value.code or 0), out, err)

    return run
