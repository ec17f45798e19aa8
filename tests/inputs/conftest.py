"""The shipped library, read once; and the whole check of a scenario that is given as bytes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sroi.inputs.files.scenario_file import check_file, shipped_library
from sroi.inputs.library.library import Library
from sroi.problems import Problem


@pytest.fixture(scope="session")
def library() -> Library:
    return shipped_library()


@pytest.fixture
def check(tmp_path: Path, library: Library) -> Callable[[bytes], list[Problem]]:
    def problems_of(content: bytes) -> list[Problem]:
        path = tmp_path / "scenario.yaml"
        path.write_bytes(content)
        return check_file(path, library)

    return problems_of
