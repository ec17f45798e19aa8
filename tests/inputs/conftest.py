"""The shipped library, read once; and the whole check of a scenario that is given as bytes."""

from collections.abc import Callable

import pytest

from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import check_file
from sroi.inputs.library.library import Library
from sroi.problems import Problem


@pytest.fixture(scope="session")
def library() -> Library:
    return shipped_library()


@pytest.fixture(scope="session")
def check(
    tmp_path_factory: pytest.TempPathFactory, library: Library
) -> Callable[[bytes], list[Problem]]:
    path = tmp_path_factory.mktemp("checked") / "scenario.yaml"

    def problems_of(content: bytes) -> list[Problem]:
        path.write_bytes(content)
        return check_file(path, library)

    return problems_of
