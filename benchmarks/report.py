"""How long a report takes from a cold start, and how much memory all of its processes together.

    python benchmarks/report.py [SCENARIO...]

Of the shipped scenarios that take longest, or of those that are named. Each is made RUNS times, as
a user makes it. Processor time is that of all processes. Memory, on Linux only: the largest sum
over the processes of what each has to itself and its part of what they share. Nothing here fails
when it is slow.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from measured import say

from sroi import shipped

RUNS = 3
EVERY = 0.05  # seconds between two looks at the memory
SCENARIOS = ("voorbeeldstad-kanteling", "voorbeeldstad-jeugdladder", "voorbeeldstad-ouderen")


def main() -> None:
    """Every scenario, with the median of its runs."""
    say("cores", str(os.cpu_count()))
    for name in sys.argv[1:] or SCENARIOS:
        runs = [made(shipped.folder("scenarios") / f"{name}.yaml") for _ in range(RUNS)]
        wall, processor, memory = (median(column) for column in zip(*runs, strict=True))
        say(f"{name}: seconds, of which all processors together", f"{wall:.1f}, {processor:.1f}")
        say("  peak memory of all processes, MB", f"{memory:.0f}" if memory else "not told here")


def made(scenario: Path) -> tuple[float, float, float]:
    """Seconds, seconds of processor, and peak memory in MB of one report."""
    before, start, most = spent(), time.perf_counter(), 0.0
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "sroi", "report", str(scenario), "-o", f"{folder}/x.pdf"]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None:
                most = max(most, sum(map(memory_of, family(process.pid))))
                time.sleep(EVERY)
    if process.returncode:
        sys.exit(f"no report of {scenario.name}: {process.returncode}")
    return time.perf_counter() - start, spent() - before, most


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
