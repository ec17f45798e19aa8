"""Blocks of work on a Dask cluster: processes on this machine, or a scheduler that is there.

A block is sent as a small description and its result comes back to who asked. A worker that is gone
loses what it had in hand, and another worker does that; where it is done changes nothing of what
comes out.
"""

from __future__ import annotations

import logging
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from sroi.analysis.blocks.doing import Block, Done, Work, named
from sroi.analysis.blocks.handed_out import HandedOut
from sroi.analysis.blocks.kept import Arrays
from sroi.analysis.blocks.made_with import made_with
from sroi.problems import Problem, Unusable
from sroi.process import own_modules_only

if TYPE_CHECKING:
    from distributed import Future

TRIES = 4
AHEAD = 1  # blocks that wait at a worker, so that it can go on at once
CONNECTING, LOOK, GONE = 10, 5, 60  # seconds: to answer, to look who is there, to come back


@dataclass(frozen=True)
class Cluster:
    """A cluster and its address."""

    client: Any
    address: str

    def done(self, blocks: Sequence[Block], work: Work) -> Done:
        """Every block with what comes of it, in the order in which they are ready.

        Raises `Unusable` where a block has failed four times, once those that were begun are done;
        or where nobody is there to do it.
        """
        try:
            yield from self._done(HandedOut(blocks), work)
        finally:
            with suppress(Exception):  # of a cluster that is gone
                self.client.run(work.ended, on_error="ignore")

    def _done(self, left: HandedOut, work: Work) -> Done:
        ongoing: dict[Future, Sent] = {}
        failed: Unusable | None = None
        while ongoing or (left and failed is None):
            for worker in self._free(ongoing.values(), left) if failed is None else ():
                if block := left.next_for(worker):
                    ongoing[self._sent(block, work, worker)] = Sent(block, worker)
            if not ongoing:
                self._somebody(GONE)
            for future in self._ready(list(ongoing)):
                block = ongoing.pop(future).block
                try:
                    result = self._result(future, block)
                except Unusable as unusable:  # what others have in hand is waited for, and kept
                    failed = failed or unusable
                else:
                    yield block, result
        if failed is not None:
            raise failed

    def _free(self, ongoing: Iterable[Sent], left: HandedOut) -> Iterator[str]:
        """Each worker, as often as it can do with another block."""
        threads = self.client.nthreads()
        left.here(threads)
        busy = Counter(sent.worker for sent in ongoing)
        for worker, count in threads.items():
            yield from repeat(worker, max(0, count + AHEAD - busy[worker]))

    def _sent(self, block: Block, work: Work, worker: str) -> Future:
        """Meant for that worker, and for another when that one is gone."""
        given = (work.sent(block), work.done, made_with())
        options = {"workers": [worker], "allow_other_workers": True, "retries": TRIES - 1}
        return self.client.submit(_work, *given, pure=False, **options)

    def _ready(self, ongoing: list[Future]) -> list[Future]:
        """Those that are ready by now; none where it is time to look who is there."""
        from distributed import CancelledError, wait

        try:
            return list(wait(ongoing, LOOK, "FIRST_COMPLETED").done) if ongoing else []
        except TimeoutError:
            self._somebody(GONE)
            return []
        except CancelledError:
            raise self._wrong("cluster-gone") from None

    def _result(self, future: Future, block: Block) -> Any:
        from distributed import CancelledError, KilledWorker

        try:
            return future.result()
        except CancelledError:
            raise self._wrong("cluster-gone") from None
        except OtherVersion as other:
            raise self._other(str(other)) from None
        except KilledWorker as killed:
            times = killed.allowed_failures + 1
            raise self._wrong("block-killed", rows=named(block), times=times) from None
        except Exception as error:
            facts = {"rows": named(block), "times": TRIES, "reason": f"{error!r}"[:300]}
            raise self._wrong("block-failed", **facts) from None

    def check(self) -> None:
        """That there are workers, and that each of them and the scheduler have what is here. Raises
        `Unusable`."""
        self._somebody(CONNECTING)
        found = list(self.client.run(made_with, on_error="return").values())
        try:
            found.append(self.client.run_on_scheduler(made_with))
        except Exception as error:  # what one says that has no sroi
            found.append(error)
        if not all(isinstance(there, str) for there in found):
            raise self._wrong("cluster-without", here=made_with())
        for there in found:
            if there != made_with():
                raise self._other(there)

    def _somebody(self, seconds: int) -> None:
        """Wait for a worker to come, if there is none."""
        try:
            self.client.wait_for_workers(1, seconds)
        except TimeoutError:
            raise self._wrong("cluster-gone") from None

    def _other(self, there: str) -> Unusable:
        return self._wrong("cluster-version", there=there, here=made_with())

    def _wrong(self, code: str, **facts: object) -> Unusable:
        return Unusable(Problem(code, facts={"address": self.address, **facts}))


class Sent(NamedTuple):
    """A block that was sent, and the worker that it is meant for."""

    block: Block
    worker: str


class OtherVersion(Exception):
    """What a worker has that came later than the check."""


@contextmanager
def here(workers: int) -> Iterator[Cluster]:
    """So many processes on this machine. Raises `Unusable` where the packages are not installed."""
    distributed = _distributed()
    with own_modules_only():
        made = distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",  # with None it would be 8787, which may be taken
            silence_logs=logging.CRITICAL,
            scheduler_kwargs={"allowed_failures": TRIES - 1, "dashboard": False},
            memory_limit=0,  # as much as there is
        )
        with made, _connected(made.scheduler_address) as found:
            yield found


@contextmanager
def at(address: str) -> Iterator[Cluster]:
    """The cluster of a scheduler that is already there. Raises `Unusable` where there is none, or
    none that has this version of sroi."""
    _distributed()
    with _connected(address) as found:
        found.check()
        yield found


@contextmanager
def _connected(address: str) -> Iterator[Cluster]:
    from distributed import Client

    try:
        client = Client(address, timeout=CONNECTING)
    except (OSError, ValueError) as error:
        facts = {"address": address[:80], "reason": str(error)[:200]}
        raise Unusable(Problem("cluster-unreachable", facts=facts)) from None
    with client:
        yield Cluster(client, address)


def _distributed() -> Any:
    """The package, which says nothing by itself: what a person needs to know is told here."""
    try:
        import distributed
    except ImportError:
        raise Unusable(Problem("cluster-missing")) from None
    for name in list(logging.root.manager.loggerDict):  # each has a level of its own
        if name.split(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)
    return distributed


def _work(given: Any, done: Callable[[Any], Arrays], version: str) -> Arrays:
    """A block, on a worker, whose temporary files go with it."""
    from distributed import get_worker

    tempfile.tempdir = get_worker().local_directory
    if made_with() != version:
        raise OtherVersion(made_with())
    return done(given)
