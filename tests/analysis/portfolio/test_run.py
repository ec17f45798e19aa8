"""However a job is done, what it gives is the same to the last bit."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from portfolios import two_programmes

from sroi.analysis.portfolio import run as running
from sroi.analysis.portfolio.blocks import answered, valued
from sroi.analysis.portfolio.job import Answering, Job, Valuing, job_of
from sroi.analysis.portfolio.run import Done, run
from sroi.analysis.portfolio.structure import structure
from sroi.inputs.portfolio.portfolio_file import load_portfolio
from sroi.model.portfolio import cuts

PAYERS = ("gemeente", "zorgverzekeraar")


@pytest.fixture(scope="module")
def job(tmp_path_factory) -> Job:
    """One programme by weights and one of which every row draws something for itself; and cuts."""
    path = two_programmes(
        tmp_path_factory.mktemp("job"), 10, own=["outcomes.verandering.deadweight"]
    )
    made = job_of(structure(load_portfolio(path), 512, None), PAYERS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cuts, "LARGEST", 16)
        assert len(made.cuts) == 32  # known from now on
    return made


@pytest.fixture(scope="module")
def usual(job) -> Done:
    return run(job, 1, lambda rows: None)


def bits(done: Done) -> str:
    """All of it, with every digit: bytes would differ by what happens to be one object."""
    with np.printoptions(threshold=10**9, floatmode="unique"):
        return repr(done)


def test_processes_change_no_bit(job, usual):
    assert bits(run(job, 2, lambda rows: None)) == bits(usual)


def test_what_is_kept_at_a_time_changes_no_bit(job, usual, monkeypatch):
    monkeypatch.setattr(running, "MOST_KEPT", 1)
    assert bits(run(job, 1, lambda rows: None)) == bits(usual)


def test_the_order_of_blocks_changes_no_bit(job, usual):
    """Nor that a block is done twice: stage two asks for cuts as it likes."""
    there = pickle.loads(pickle.dumps(job))
    for valuation in reversed(range(len(there.valuations))):
        terms = {
            block.cut: valued(there, pickle.loads(pickle.dumps(block)))
            for block in reversed(there.valuing(valuation) * 2)
        }
        for block in reversed(there.answering(valuation)):
            found = answered(there, block, terms.__getitem__, lambda cut, amounts: None)
            with np.printoptions(threshold=10**9):
                assert repr(found) == repr(usual.blocks[block])


def test_a_block_is_described_by_a_few_numbers(job):
    """And a job by its models and numbers, without any file."""
    for number in range(len(job.valuations)):
        for block in (*job.valuing(number), *job.answering(number)):
            assert isinstance(block, Valuing | Answering)
            assert all(isinstance(part, int) for part in block)
    rows = [(block.group, n) for v in range(len(job.valuations)) for block in job.answering(v)
            for n in range(block.start, block.stop)]  # fmt: skip
    groups = [
        (n, row) for n, group in enumerate(job.groups) for row in range(len(group.alike.rows))
    ]
    assert sorted(rows) == groups
    assert len(pickle.dumps(job)) < 100_000


def test_progress_is_told_of_rows_done(job):
    told = []
    run(job, 1, told.append)
    assert told == sorted(told)
    assert told[-1] == sum(len(group.alike.rows) for group in job.groups)


def test_other_draws_are_other_numbers(job, usual):
    other = run(replace(job, draws=replace(job.draws, seed=2)), 1, lambda rows: None)
    assert bits(other) != bits(usual)
