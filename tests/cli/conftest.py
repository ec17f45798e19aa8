"""Commands run in this process."""

import os
from collections.abc import Callable

import pytest
from alone import alone
from commands import Done

from sroi import cli


@pytest.fixture
def sroi(monkeypatch, capfd, tmp_path) -> Callable[..., Done]:
    """Run a command in a folder of its own; `lang`: as a process of its own would be asked.

    What a command chooses with `--library` goes for that command, as it does for a process.

    In this process alone; `test_cli_verify` runs whole commands with the processes beside them.
    """
    monkeypatch.chdir(tmp_path)
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
