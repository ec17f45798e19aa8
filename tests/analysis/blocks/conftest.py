"""One cluster of two processes for all tests of blocks that need a real one."""

from collections.abc import Iterator

import pytest

from sroi.analysis.blocks.cluster import Cluster, here


@pytest.fixture(scope="session")
def two() -> Iterator[Cluster]:
    """Two processes, each with one thread."""
    with here(2) as found:
        yield found
