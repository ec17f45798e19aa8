"""Commands run in this process."""

from collections.abc import Callable

import pytest
from commands import Done, running


@pytest.fixture
def sroi(monkeypatch, capfd, tmp_path) -> Callable[..., Done]:
    """Run a command in a folder of its own; see `running`."""
    return running(monkeypatch, capfd, tmp_path)
