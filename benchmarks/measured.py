"""What the benchmarks share: a clock, the peak memory of a process, and a line of a report."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

PEAK = "--peak"
UNIT = 2**20 if sys.platform == "darwin" else 2**10  # what the peak is told in, in a megabyte


def say(what: str, figure: str) -> None:
    """One line of what was measured."""
    print(f"{what:<82} {figure:>14}", flush=True)


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes, once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(first: Callable[[], object], second: Callable[[], object], runs: int) -> float:
    """How many times as long the first takes as the second, which runs right after it."""
    return median(seconds(first) / seconds(second) for _ in range(runs))


def peak(script: str, *work: str, runs: int = 1) -> float:
    """Peak memory in MB of a process of its own that does some work of a benchmark.

    To be asked first: a process starts out with the peak of the one that starts it.
    """
    command = [sys.executable, str(Path(script)), PEAK, *work]
    made = (
        subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(runs)
    )
    return median(float(one.stdout) for one in made)


def only_peak(work: Callable[..., object], processes: int = 0) -> bool:
    """Whether this is such a process: then it does the work that was asked and tells its peak, with
    that of the largest of its own `processes` for each of them."""
    if sys.argv[1:2] != [PEAK]:
        return False
    work(*sys.argv[2:])
    own, largest = (
        resource.getrusage(who).ru_maxrss / UNIT
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(own + processes * largest)
    return True
