"""A job done on this machine: its blocks one after another, or on several cores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sroi.analysis.portfolio.answer import Answer
from sroi.analysis.portfolio.blocks import Answered, answered, valued
from sroi.analysis.portfolio.job import Answering, Job, Valuing
from sroi.analysis.portfolio.kept import Kept
from sroi.analysis.portfolio.totals import Totals
from sroi.process import Each, side_by_side

MOST_KEPT = 1 << 26  # numbers of stage one that are kept at a time
PAYS = 1 << 23  # so much work, in draws of a row, from which processes pay
AS_ROWS = 16  # as much work as of so many rows is a valuation
Progress = Callable[[int], object]


@dataclass(frozen=True)
class Done:
    """All rows, block by block, and the answers of every programme and of the whole."""

    blocks: dict[Answering, Answered]
    programmes: list[Answer]
    whole: Answer


def run(job: Job, workers: int, progress: Progress) -> Done:
    """All blocks of a job, and the totals. `progress` is told how many rows are done."""
    found: dict[Answering, Answered] = {}
    with TemporaryDirectory(prefix="sroi-") as folder:
        kept, totals = Kept(job, Path(folder)), Totals(job)
        with side_by_side(workers, kept) as each:
            for wave in _waves(job):
                for block, one in _done(kept, wave, each):
                    found[block] = one
                    totals.add(kept, block, one)
                    progress(sum(block.stop - block.start for block in found))
        return Done(found, *totals.answers(kept))


def workers_for(job: Job, most: int) -> int:
    """With little work processes would take longer to begin than they save."""
    rows = sum(len(group.alike.rows) for group in job.groups)
    work = job.draws.total * (rows + AS_ROWS * len(job.valuations))
    return most if work >= PAYS else 1


def _done(kept: Kept, wave: list[int], each: Each[Kept]) -> Iterator[tuple[Answering, Answered]]:
    """The rows of some valuations, block by block; what they are worth is kept meanwhile."""
    valuing = [block for number in wave for block in kept.job.valuing(number)]
    answering = [block for number in wave for block in kept.job.answering(number)]
    for _ in each(_value, valuing):
        pass
    yield from zip(answering, each(_answer, answering), strict=True)
    for block in valuing:
        kept.forget_terms(block)


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
