"""Blocks on a real cluster of two processes: what comes back is what one process makes of them, and
what goes wrong is told."""

import os
import signal
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from distributed import get_worker

from sroi.analysis.blocks import cluster
from sroi.analysis.blocks.cluster import TRIES, at, here
from sroi.analysis.blocks.doing import Block, Work, kept_first, one_by_one
from sroi.analysis.blocks.kept import kept
from sroi.analysis.blocks.made_with import made_with
from sroi.problems import Unusable


def sent(block):
    """What is sent is the name."""
    return block.name


def some(name):
    """Some numbers that rest on nothing but the name of the block."""
    time.sleep(0.05)
    return {"x": np.random.default_rng(len(name)).normal(size=100).cumsum()}


def failing(name):
    """A block that is called by a folder leaves a file there each time that it is tried."""
    if "/" in name:
        Path(name, f"{time.monotonic_ns()}-{os.getpid()}").touch()
        raise ZeroDivisionError
    return some(name)


def own_folder(_):
    """Whether temporary files stand in the folder of the worker."""
    return {"x": np.array(tempfile.gettempdir() == get_worker().local_directory, dtype=float)}


def dying(_):
    """The process is gone in the middle."""
    os.kill(os.getpid(), signal.SIGKILL)


SOME = Work(sent, some)


def blocks(count):
    return [Block("b" * (n + 1), (f"rij {n}",), str(n // 2)) for n in range(count)]


def bits(done):
    return {block.name: result["x"].tobytes() for block, result in done}


def only(unusable):
    return unusable.value.problems[0]


def forgiving(times, dask_scheduler):
    """How many workers a block may take along before the scheduler gives it up."""
    dask_scheduler.allowed_failures = times


def test_a_block_that_fails_four_times_is_named_and_the_others_are_kept(two, tmp_path):
    marks, folder = tmp_path / "marks", kept(tmp_path / "kept", "f")
    marks.mkdir()
    wrong = Block(str(marks), ("ouderen: A-dorp", "ouderen: B-dorp"), "wrong")
    with pytest.raises(Unusable) as told:
        list(kept_first(folder, two.done)([*blocks(3), wrong], Work(sent, failing)))
    assert only(told).code == "block-failed"
    assert only(told).facts["rows"] == "ouderen: A-dorp, ouderen: B-dorp"
    assert only(told).facts["times"] == TRIES
    assert "ZeroDivisionError" in str(only(told).facts["reason"])
    assert len(list(marks.iterdir())) == TRIES
    assert all(folder.get(block.name) for block in blocks(3))


def test_a_block_that_takes_workers_along_is_named(two):
    two.client.run_on_scheduler(forgiving, 0)
    with pytest.raises(Unusable) as told:
        list(two.done([Block("wrong", ("ouderen: A-dorp",), "")], Work(sent, dying)))
    two.client.run_on_scheduler(forgiving, TRIES - 1)
    assert only(told).code == "block-killed"
    assert (only(told).facts["rows"], only(told).facts["times"]) == ("ouderen: A-dorp", 1)


def test_a_cluster_that_is_there(two):
    with at(two.address) as found:
        assert bits(found.done(blocks(2), SOME)) == bits(one_by_one(blocks(2), SOME))


def test_a_cluster_of_another_version_is_refused(two, monkeypatch, request):
    """Before anything is sent; and a worker that comes later refuses by itself."""
    there = made_with()
    made_with.cache_clear()
    monkeypatch.setattr("sroi.analysis.blocks.made_with.build", lambda: "0.0.1")
    request.addfinalizer(made_with.cache_clear)
    with pytest.raises(Unusable) as told, at(two.address):
        pass
    assert only(told).code == "cluster-version"
    assert str(only(told).facts["here"]).startswith("sroi 0.0.1, ")
    assert only(told).facts["there"] == there
    with pytest.raises(Unusable) as told:
        list(two.done(blocks(1), SOME))
    assert only(told).code == "cluster-version"


def test_a_cluster_without_sroi_is_told(two, monkeypatch, tmp_path):
    """What is asked of each worker is a module that it has not."""
    (tmp_path / "only_here.py").write_text("def made_with():\n    return 'sroi'\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(cluster, "made_with", import_module("only_here").made_with)
    with pytest.raises(Unusable) as told, at(two.address):
        pass
    assert only(told).code == "cluster-without"


def test_a_cluster_without_workers_is_told(monkeypatch):
    monkeypatch.setattr(cluster, "CONNECTING", 1)
    with here(0) as none, pytest.raises(Unusable) as told, at(none.address):
        pass
    assert only(told).code == "cluster-gone"


def test_no_cluster_at_all(monkeypatch):
    monkeypatch.setattr(cluster, "CONNECTING", 1)
    for address in ("tcp://127.0.0.1:9", "nergens"):
        with pytest.raises(Unusable) as told, at(address):
            pass
        assert only(told).code == "cluster-unreachable"


def test_without_the_package_it_is_said_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Unusable) as told, here(2):
        pass
    assert only(told).code == "cluster-missing"


def test_temporary_files_go_with_their_worker(two):
    """Also those of a worker that is killed: its folder is cleared away."""
    ((_, told),) = two.done(blocks(1), Work(sent, own_folder))
    assert told["x"] == 1.0
