"""What the tests of a review share: a small library in a folder."""

from pathlib import Path

import pytest
from reviews import library_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return library_in(tmp_path / "proxies")
