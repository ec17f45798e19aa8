"""The job of a portfolio as blocks: whoever does them, however they are put together and in which
order they come, every answer is the same to the last bit."""

import os
import pickle
import signal
from dataclasses import replace

import numpy as np
import pytest
from portfolios import two_programmes

from sroi.analysis.blocks import spread as spreading
from sroi.analysis.blocks.answers import answered_of, arrays_of
from sroi.analysis.blocks.doing import Block, kept_first, named, one_by_one
from sroi.analysis.blocks.kept import kept
from sroi.analysis.blocks.spread import blocks_of, spread
from sroi.analysis.portfolio import job as jobs
from sroi.analysis.portfolio.blocks import valued
from sroi.analysis.portfolio.job import Job, job_of
from sroi.analysis.portfolio.run import Done, run
from sroi.analysis.portfolio.structure import structure
from sroi.inputs.portfolio.portfolio_file import load_portfolio
from sroi.model.portfolio.rows import Row

PAYERS = ("gemeente", "zorgverzekeraar")


@pytest.fixture(scope="module")
def job(tmp_path_factory) -> Job:
    """Rows by weights, and rows of which each draws something for itself; two in a block."""
    own = ["outcomes.verandering.deadweight"]
    path = two_programmes(tmp_path_factory.mktemp("job"), 10, own=own)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "ROWS", 2)
        patch.setattr(jobs, "FEW_ROWS", 2)
        yield job_of(structure(load_portfolio(path), 1024, None), PAYERS)


@pytest.fixture(scope="module")
def usual(job) -> Done:
    return run(job, 1, lambda rows: None)


def bits(done: Done) -> str:
    """All of it, with every digit, the blocks in one order."""
    with np.printoptions(threshold=10**9, floatmode="unique"):
        return repr((sorted(done.blocks.items(), key=lambda x: x[0]), done.programmes, done.whole))


def none(rows):
    """Nobody looks how far it is."""


def backwards(blocks, work):
    """Each block by itself, the last one first."""
    for block in reversed(blocks):
        yield from one_by_one([block], work)


@pytest.mark.parametrize("doing", [one_by_one, backwards])
def test_blocks_change_no_bit(job, usual, doing):
    assert bits(spread(doing, job, none)) == bits(usual)


def test_answers_come_back_as_they_were(usual):
    for found in usual.blocks.values():
        assert repr(answered_of(arrays_of(found), PAYERS)) == repr(found)


def test_a_worker_that_is_killed_changes_no_bit(job, usual, two):
    pid, *others = two.client.run(os.getpid).values()
    killed = list[int]()

    def told(rows):
        if not killed:
            os.kill(pid, signal.SIGKILL)
            killed.append(rows)

    assert bits(spread(two.done, job, told)) == bits(usual)
    assert killed[0] < 19
    two.client.wait_for_workers(2, 60)
    assert sorted(two.client.run(os.getpid).values()) != sorted([pid, *others])


def test_an_interrupted_run_goes_on_from_what_is_kept(job, usual, tmp_path, monkeypatch):
    folder, often = kept(tmp_path, "f"), list[int]()

    def stopped(rows):
        if rows >= 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        spread(kept_first(folder, one_by_one), job, stopped)
    done = len(list(tmp_path.iterdir()))
    work = spreading.answered
    monkeypatch.setattr(spreading, "answered", lambda *x: often.append(1) or work(*x))
    assert bits(spread(kept_first(folder, one_by_one), job, none)) == bits(usual)
    assert len(often) == len(blocks_of(job)) - done
    assert bits(spread(kept_first(folder, one_by_one), job, none)) == bits(usual)
    assert len(often) == len(blocks_of(job)) - done


def test_progress_is_told_of_rows_done(job):
    told = list[int]()
    spread(one_by_one, job, told.append)
    assert told == sorted(told)
    assert told[-1] == sum(len(group.alike.rows) for group in job.groups)


def test_what_is_sent_is_small_and_holds_nothing_of_others(job):
    """Far below the 10 MB over which Dask warns; also of a thousand rows with many columns."""
    sending = spreading._Sending(job)
    for block in blocks_of(job):
        sent = sending(block)
        part = pickle.loads(sent.part)
        assert len(sent.part) < 50_000
        assert (len(part.valuations), len(part.groups), sent.block.group) == (1, 1, 0)
    group = job.groups[0]
    rows = tuple(
        Row(f"een\ngebied {n}", {f"columns.number.{c}": n / (c + 1) for c in range(50)})
        for n in range(1000)
    )
    large = replace(group, alike=replace(group.alike, rows=rows))
    sent = spreading._Sending(replace(job, groups=(large, *job.groups[1:])))(blocks_of(job)[0])
    assert len(sent.part) < 2_000_000


def test_what_was_made_is_gone_when_the_work_is_done(job, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made = list[int]()
    monkeypatch.setattr(spreading, "valued", lambda *x: made.append(1) or valued(*x))
    spread(one_by_one, job, none)
    assert len(made) == len(job.valuations) * len(job.cuts)
    assert list(tmp_path.iterdir()) == []


def test_rows_are_named(job):
    first = blocks_of(job)[0]
    assert named(first) == "een: gebied 0, een: gebied 1"
    assert named(Block("x", first.rows * 10, "")).endswith("gebied 1, … (20)")
