"""Other processes of this package, which work while the first one goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from tempfile import TemporaryDirectory
from typing import Any, Protocol, TypeVar

from sroi import shipped

Given = TypeVar("Given")
Given_co = TypeVar("Given_co", covariant=True)
Thing = TypeVar("Thing")
Found = TypeVar("Found")
_GIVEN: list[Any] = []
SAFE = "PYTHONSAFEPATH"


class Each(Protocol[Given_co]):
    """Does something with each of many things, some at once."""

    def __call__(
        self, work: Callable[[Given_co, Thing], Found], things: Iterable[Thing], at_once: int = 1, /
    ) -> Iterator[Found]:
        """The results, in the order of the things."""


def cores() -> int:
    """How many processes get something done at the same time."""
    return os.cpu_count() or 1


def several_cores() -> bool:
    """Whether a second process gets anything done while the first one works."""
    return cores() > 1


@contextmanager
def started(
    module: str, *arguments: str, errors: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that runs a module of this package, spoken to and heard through pipes.

    It runs beside the package, so that nothing in the user's folder can pass for a module. However
    the work ends, the process goes, and with it what it and its packages put among the temporary
    files: whoever is stopped half-way cannot do that himself.
    """
    with TemporaryDirectory(prefix="sroi-", ignore_cleanup_errors=True) as own:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=shipped.CHECKOUT,
            env=os.environ | {"TMPDIR": own},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def answered(module: str, *arguments: str, content: bytes, seconds: float) -> tuple[int, bytes]:
    """Exit code and output of a process that gets bytes and some time, and is gone afterwards.

    For what somebody gave, which may ask for any amount of work. Raises `TimeoutExpired`.
    """
    with started(module, *arguments) as process:
        said, _ = process.communicate(content, timeout=seconds)
        return process.returncode, said


@contextmanager
def side_by_side(workers: int, given: Given) -> Iterator[Each[Given]]:
    """How a function of `given` and of one of many things is worked out for each of them, the
    results in their order: one after another, or by so many processes, which are told what is
    given once. A module that is the first of its process must know that others import it."""
    if workers == 1:
        yield lambda work, things, _=1: (work(given, thing) for thing in things)
        return
    from concurrent.futures import ProcessPoolExecutor  # most commands need neither
    from multiprocessing import get_context

    begin = partial(_told, given)
    with own_modules_only():
        pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=begin)
        try:
            yield lambda work, things, at_once=1: pool.map(
                partial(_there, work), things, chunksize=at_once
            )
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def own_modules_only() -> Iterator[None]:
    """Processes that begin in here take no module from the folder in which the user is."""
    before = os.environ.get(SAFE)
    os.environ[SAFE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE]
        else:
            os.environ[SAFE] = before


def _told(given: Any) -> None:
    """A process begins; whether it stops is decided by the first one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _GIVEN[:] = [given]


def _there(work: Callable[[Any, Any], Any], thing: Any) -> Any:
    return work(_GIVEN[0], thing)


def confine(**most: int) -> None:
    """From here on this process has no more of something: `AS` (bytes), `CPU` (seconds), `NOFILE`.

    The names are those of setrlimit (POSIX); what a system does not have is passed over, and on
    Windows that is all of it.
    """
    try:
        import resource
    except ImportError:
        return
    for name, limit in most.items():
        with suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))
