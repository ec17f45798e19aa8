"""How long a report takes from a cold start, and how much memory all of its processes together.

    python benchmarks/report.py [SCENARIO...]

Of the shipped scenarios that take longest, or of those that are named. Each is made RUNS times, as
a user makes it, and once more to look at its memory, which takes time itself. Processor time is
that of all processes. Memory, on Linux only: the largest sum over the processes of what each has to
itself and its part of what they share. Nothing here fails when it is slow.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from measured import say

from sroi import shipped

RUNS = 5
EVERY = 0.05  # seconds between two looks at the memory
SCENARIOS = ("voorbeeldstad-kanteling", "voorbeeldstad-jeugdladder", "voorbeeldstad-ouderen")


def main() -> None:
    """Every scenario, with the median of its runs and the range around it."""
    say("cores", str(os.cpu_count()))
    for name in sys.argv[1:] or SCENARIOS:
        scenario = shipped.folder("scenarios") / f"{name}.yaml"
        wall, processor = zip(*(timed(scenario) for _ in range(RUNS)), strict=True)
        say(name, f"{median(wall):.1f} ({min(wall):.1f} - {max(wall):.1f}) s")
        say("  all processors together", f"{median(processor):.1f} s")
        memory = peak(scenario)
        say("  peak memory of all processes", f"{memory:.0f} MB" if memory else "not told here")


def timed(scenario: Path) -> tuple[float, float]:
    """Seconds, and seconds of processor, of one report."""
    before, start = spent(), time.perf_counter()
    with making(scenario) as process:
        process.wait()
    return time.perf_counter() - start, spent() - before


def peak(scenario: Path) -> float:
    """The most memory during one report, in MB."""
    most = 0.0
    with making(scenario) as process:
        while process.poll() is None:
            most = max(most, sum(map(memory_of, family(process.pid))))
            time.sleep(EVERY)
    return most


@contextmanager
def making(scenario: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process that makes a report."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "sroi", "report", str(scenario), "-o", f"{folder}/x.pdf"]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            yield process
    if process.returncode:
        sys.exit(f"no report of {scenario.name}: {process.returncode}")


def spent() -> float:
    """Seconds of processor of all children that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def family(process: int) -> list[int]:
    """A process and all that come from it."""
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        children = [int(c) for t in threads for c in (t / "children").read_text().split()]
    except OSError:
        return []
    return [process, *(one for child in children for one in family(child))]


def memory_of(process: int) -> float:
    """Megabytes of a process, of shared pages its part."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in told if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    main()
