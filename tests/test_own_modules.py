"""Processes that work beside the first one take no module from the folder in which the user is."""

import pytest

from sroi.analysis.blocks.cluster import here
from sroi.process import side_by_side

ASKED_FIRST = ("copyreg", "pickle", "signal", "socket")  # by a process of Python that begins


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """With files that are called as modules of Python, each of which leaves a mark when it runs."""
    mark = tmp_path / "ran"
    for name in ASKED_FIRST:
        (tmp_path / f"{name}.py").write_text(f"open({str(mark)!r}, 'w').close()\n")
    monkeypatch.chdir(tmp_path)
    return mark


def added(given, thing):
    return given + thing


def test_processes_of_a_portfolio(folder):
    with side_by_side(2, 1) as each:
        assert list(each(added, [1, 2])) == [2, 3]
    assert not folder.exists()


def test_processes_of_a_cluster(folder):
    with here(1) as one:
        assert list(one.client.run(added, 1, 2).values()) == [3]
    assert not folder.exists()
