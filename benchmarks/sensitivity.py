"""How long it takes to find out what drives the answer, and what of that the model takes.

    python benchmarks/sensitivity.py

For the shipped scenario with the most uncertain quantities, and for the care ladder. Times are
medians, and as everywhere say more about a computer than about a program: the shares and the memory
say most. Nothing here fails when it is slow.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from sroi import shipped
from sroi.analysis.given_data import given_data
from sroi.analysis.information import agenda, counting_more
from sroi.analysis.question import Question, question
from sroi.analysis.variance import SIZE, sobol, variance
from sroi.inputs.scenario import Basis
from sroi.inputs.scenario_file import load
from sroi.model.copula import Copula
from sroi.model.model import model_of
from sroi.model.quantities import Quantities

Array = NDArray[np.float64]
RUNS = 5
LADDER = "voorbeeldstad-kanteling"
SALIB = "SALib.analyze.sobol"
ANALYSES: dict[str, Callable[[Question, Basis], object]] = {
    "indices of every quantity": variance,
    "indices of every theme": lambda asked, basis: variance(asked, basis, themes=True),
    "measures from given draws": given_data,
    "what is worth measuring": agenda,
    "what counting more is worth": counting_more,
}


def asked_of(name: str) -> tuple[Question, Basis]:
    """The balance of society in a shipped scenario."""
    loaded = load(shipped.folder("scenarios") / f"{name}.yaml")
    return question(model_of(loaded.scenario, loaded.library)), loaded.scenario.basis


def size_of(file: Path) -> int:
    """How many quantities of a scenario are uncertain."""
    return len(asked_of(file.stem)[0].model.quantities.rows)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def say(what: str, figure: str) -> None:
    """One line of the report."""
    print(f"{what:<66} {figure}", flush=True)


def design(asked: Question) -> tuple[float, float]:
    """Seconds that SALib's design takes in all, and in the model."""
    quantities = asked.model.quantities
    free = Quantities(quantities.distributions, Copula((), np.empty((0, 0))), quantities.rows)
    spent = [0.0]

    def timed(unit: Array) -> Array:
        start = time.perf_counter()
        results = asked.at(free.at(unit))
        spent[0] += time.perf_counter() - start
        return results

    names = quantities.uncertain
    return seconds(lambda: sobol(timed, names, names)), spent[0]


def speed(name: str) -> None:
    """SALib's design through the engine, and every analysis by itself."""
    asked, basis = asked_of(name)
    say(
        f"{name}: uncertain quantities, cores",
        str((len(asked.model.quantities.rows), os.cpu_count())),
    )
    taken = [design(asked) for _ in range(RUNS)]
    whole, model = (median(column) for column in zip(*taken, strict=True))
    runs = SIZE * (len(asked.model.quantities.rows) + 2)
    say("  runs of SALib's design", f"{runs:,}")
    say(
        "  runs a second in all, and in the model alone",
        f"{runs / whole:,.0f}, {runs / model:,.0f}",
    )
    say(
        "  share of the time that is not the model (sampling, estimates)",
        f"{1 - model / whole:.0%}",
    )
    for what, work in ANALYSES.items():
        say(
            f"  {what}, s",
            f"{median(seconds(lambda w=work: w(asked, basis)) for _ in range(RUNS)):.2f}",
        )


def memory(name: str) -> None:
    """What all analyses take beyond what the model of the scenario takes."""
    without, with_them = (
        float(
            subprocess.run(
                [sys.executable, __file__, "--peak", name, which],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for which in ("none", "all")
    )
    say(f"{name}: peak memory, and beyond the model alone, MB",
        f"{with_them:.0f}, {with_them - without:.0f}")  # fmt: skip


def peak(name: str, which: str) -> float:
    """Peak memory in MB of this process after all analyses of a scenario, or after none."""
    asked, basis = asked_of(name)
    for work in ANALYSES.values() if which == "all" else ():
        work(asked, basis)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Everything, or the peak memory of one process."""
    if sys.argv[1:2] == ["--peak"]:
        print(peak(*sys.argv[2:4]))
        return
    files = sorted(shipped.folder("scenarios").glob("*.yaml"))
    names = dict.fromkeys([max(files, key=size_of).stem, LADDER])
    for name in names:  # memory first: a process starts out with the peak of the one that starts it
        memory(name)
    say("loading SALib, once in a process, s", f"{seconds(lambda: import_module(SALIB)):.1f}")
    for name in names:
        speed(name)


if __name__ == "__main__":
    main()
