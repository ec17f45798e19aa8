"""The job of a portfolio as blocks that may be done anywhere.

A block is some rows that rest on one valuation, in all draws. What one of each term is worth takes
much room: it is made where blocks of that valuation are done, in a temporary folder, and goes with
them. Sent are the models and numbers of those rows alone; what comes back is their answers, and
their sums in every draw, which the totals are made of. Sums are added in the order of the job,
whatever the order in which they come.
"""

from __future__ import annotations

import hashlib
import pickle
from collections import deque
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, mkdtemp
from threading import Lock
from typing import NamedTuple
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.blocks.answers import answered_of, arrays_of
from sroi.analysis.blocks.doing import Block, Doing, Work
from sroi.analysis.blocks.kept import Arrays
from sroi.analysis.portfolio import kept
from sroi.analysis.portfolio.blocks import Answered, answered, valued
from sroi.analysis.portfolio.job import Answering, Job, Valuing
from sroi.analysis.portfolio.run import Done, Progress
from sroi.analysis.portfolio.totals import Totals
from sroi.model.portfolio.rows import Terms

Array = NDArray[np.float64]


def spread(doing: Doing, job: Job, progress: Progress) -> Done:
    """All blocks of a job, and the totals. `progress` is told how many rows are done."""
    names, found, rows = names_of(job), dict[Answering, Answered](), 0
    with TemporaryDirectory() as folder:
        own, totals, waiting = kept.Kept(job, Path(folder)), Totals(job), deque(names.values())
        for block, arrays in doing(blocks_of(job), Work(_Sending(job), done, ended)):
            answering = names[block.name]
            found[answering] = _received(job, answering, arrays, own)
            while waiting and waiting[0] in found:
                totals.add(own, waiting[0], found[waiting.popleft()])
            rows += answering.stop - answering.start
            progress(rows)
        return Done(found, *totals.answers(own))


def names_of(job: Job) -> dict[str, Answering]:
    """The blocks of a job by their names, valuation by valuation."""
    numbers = range(len(job.valuations))
    return {"-".join(map(str, one)): one for n in numbers for one in job.answering(n)}


def blocks_of(job: Job) -> list[Block]:
    """The same with the names of their rows; those of one valuation are of one kind."""
    found = list[Block]()
    for name, one in names_of(job).items():
        group = job.groups[one.group]
        rows = group.alike.rows[one.start : one.stop]
        told = tuple(row.name.replace("\n", ": ") for row in rows)
        found.append(Block(name, told, str(group.valuation)))
    return found


def done(sent: Sent) -> Arrays:
    """A block done. What its terms are worth stays for the next ones of the same valuation."""
    part: Job = pickle.loads(sent.part)
    made = _made_of(sent.valuation, part)
    sums = dict[int, Array]()
    told = arrays_of(answered(part, sent.block, made.terms, sums.__setitem__))
    if sums:
        told["sum"] = np.concatenate([sums[cut.number] for cut in part.cuts], axis=1)
    return told


def ended() -> None:
    """No more blocks come to this process."""
    _LAST.clear()


class Sent(NamedTuple):
    """What is sent of a block: a job that holds its group and its valuation and nothing else, and
    the block as one of that job; and a fingerprint of the valuation."""

    part: bytes
    block: Answering
    valuation: str


class Made:
    """What one of each term of a valuation is worth in all cuts, in a folder that goes with it."""

    def __init__(self, part: Job) -> None:
        folder = mkdtemp(prefix="sroi-")
        finalize(self, rmtree, folder, ignore_errors=True)
        self._kept = kept.Kept(part, Path(folder))
        for valuing in part.valuing(0):
            self._kept.put_terms(valuing, valued(part, valuing))

    def terms(self, cut: int) -> Terms:
        """Of one cut."""
        return self._kept.terms(Valuing(0, cut))


_LAST: dict[str, Made] = {}
_MAKING = Lock()


def _made_of(valuation: str, part: Job) -> Made:
    """What was made last in this process, or else it is made."""
    with _MAKING:
        if valuation not in _LAST:
            _LAST.clear()
            _LAST[valuation] = Made(part)
        return _LAST[valuation]


class _Sending:
    """What is sent of the blocks of a job."""

    def __init__(self, job: Job) -> None:
        self.job, self.names = job, names_of(job)
        self._signs: dict[str, str] = {}

    def __call__(self, block: Block) -> Sent:
        one = self.names[block.name]
        group = self.job.groups[one.group]
        valuation = self.job.valuations[group.valuation]
        part = replace(self.job, valuations=(valuation,), groups=(replace(group, valuation=0),))
        if block.kind not in self._signs:
            bare = pickle.dumps((replace(valuation, rows=()), self.job.draws))
            self._signs[block.kind] = hashlib.sha256(bare).hexdigest()
        return Sent(pickle.dumps(part), one._replace(group=0), self._signs[block.kind])


def _received(job: Job, block: Answering, arrays: Arrays, own: kept.Kept) -> Answered:
    """The answers of a block; its sums are put into the folder of the job."""
    for cut in job.cuts if "sum" in arrays else ():
        own.put_sum(block, cut.number, arrays["sum"][:, cut.place])
    return answered_of(arrays, job.payers)
