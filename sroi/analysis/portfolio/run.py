"""A job done on this machine: its blocks one after another, or on several cores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sroi.analysis.portfolio.answer import Answer
from sroi.analysis.portfolio.blocks import Answered, answered, valued
from sroi.analysis.portfolio.job import Answering, Job, Valuing
from sroi.analysis.portfolio.kept import Kept
from sroi.analysis.portfolio.totals import Totals

MOST_KEPT = 1 << 26  # numbers of stage one that are kept at a time
Progress = Callable[[int], object]
Work = Callable[[Kept, Any], Any]
Each = Callable[[Work, Iterable[Any]], Iterator[Any]]


@dataclass(frozen=True)
class Done:
    """All rows, block by block, and the answers of every programme and of the whole."""

    blocks: dict[Answering, Answered]
    programmes: list[Answer]
    whole: Answer


def run(job: Job, workers: int, progress: Progress) -> Done:
    """All blocks of a job, and the totals. `progress` is told how many rows are done."""
    found: dict[Answering, Answered] = {}
    with TemporaryDirectory() as folder, _doing(job, Path(folder), workers) as each:
        kept, totals = Kept(job, Path(folder)), Totals(job)
        for wave in _waves(job):
            for _ in each(_value, (block for number in wave for block in job.valuing(number))):
                pass
            blocks = [block for number in wave for block in job.answering(number)]
            for block, one in zip(blocks, each(_answer, blocks), strict=True):
                found[block] = one
                totals.add(kept, block, one)
                progress(sum(block.stop - block.start for block in found))
            for number in wave:
                for valuing in job.valuing(number):
                    kept.forget_terms(valuing)
        return Done(found, *totals.answers(kept))


def _value(kept: Kept, block: Valuing) -> None:
    kept.put_terms(block, valued(kept.job, block))


def _answer(kept: Kept, block: Answering) -> Answered:
    valuation = kept.job.groups[block.group].valuation
    return answered(
        kept.job,
        block,
        lambda cut: kept.terms(Valuing(valuation, cut)),
        partial(kept.put_sum, block),
    )


def _waves(job: Job) -> Iterator[list[int]]:
    """Valuations that are kept at the same time: as many as are not too large together."""
    wave, size = list[int](), 0
    for number, alike in enumerate(job.valuations):
        own = len(alike.columns) * len(alike.parts.terms) * job.draws.total
        if wave and size + own > MOST_KEPT:
            yield wave
            wave, size = [], 0
        wave, size = [*wave, number], size + own
    if wave:
        yield wave


@contextmanager
def _doing(job: Job, folder: Path, workers: int) -> Iterator[Each]:
    """How every one of some blocks is done, their results in order: here, or by processes."""
    if workers == 1:
        kept = Kept(job, folder)
        yield lambda work, blocks: (work(kept, block) for block in blocks)
        return
    with ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=_begin, initargs=(job, folder)
    ) as pool:
        yield lambda work, blocks: pool.map(partial(_there, work), blocks)


_JOB: list[Kept] = []


def _begin(job: Job, folder: Path) -> None:
    """A process begins: it is told the job once."""
    _JOB[:] = [Kept(job, folder)]


def _there(work: Work, block: Any) -> Any:
    return work(_JOB[0], block)
