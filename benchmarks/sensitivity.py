"""How long it takes to find out what drives the answer, beside SALib through the same engine.

    python benchmarks/sensitivity.py

For the shipped scenario with the most uncertain quantities, and for the care ladder. Times are
medians, and as everywhere say more about a computer than about a program: the shares and the memory
say most. Nothing here fails when it is slow.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
from measured import only_peak, peak, ratio, say, seconds

from sroi import shipped
from sroi.analysis.result.question import Question, question
from sroi.analysis.sensitivity.given_data import given_data
from sroi.analysis.sensitivity.information import agenda, counting_more
from sroi.analysis.sensitivity.variance import SIZE, variance
from sroi.inputs.files.scenario_file import load
from sroi.inputs.scenario.scenario import Basis
from sroi.model.lines.model import model_of
from sroi.model.uncertain.copula import Copula
from sroi.model.uncertain.quantities import Quantities

RUNS = 5
BLOCK = 8192
LADDER = "voorbeeldstad-kanteling"
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


def with_salib(asked: Question, basis: Basis) -> None:
    """Such indices from SALib's design, every run of it through the engine."""
    from SALib.analyze import sobol as estimates
    from SALib.sample import sobol as design

    quantities = asked.model.quantities
    free = Quantities(quantities.distributions, Copula((), np.empty((0, 0))), quantities.rows)
    names = quantities.uncertain
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    points = design.sample(problem, SIZE, calc_second_order=False, seed=basis.seed + 1).T
    points = points + 2.0**-31
    starts = range(0, points.shape[1], BLOCK)
    results = [asked.at(free.at(points[:, start : start + BLOCK])) for start in starts]
    estimates.analyze(
        problem, np.concatenate(results), calc_second_order=False, seed=basis.seed + 1
    )


def speed(name: str) -> None:
    """SALib's way of the indices against ours, and every analysis by itself."""
    asked, basis = asked_of(name)
    quantities = len(asked.model.quantities.rows)
    say(f"{name}: uncertain quantities, cores", f"{quantities}, {os.cpu_count()}")
    say("  runs of the design of the indices", f"{SIZE * (quantities + 2):,}")
    ours = partial(variance, asked, basis, most=SIZE)
    slower = ratio(lambda: with_salib(asked, basis), ours, RUNS)
    say("  SALib's design and estimates ÷ ours of as many points", f"{slower:.1f}")
    closer = ratio(lambda: variance(asked, basis), ours, RUNS)
    say("  as many points as indices need to be known closely ÷ 1,024", f"{closer:.1f}")
    for what, work in ANALYSES.items():
        taken = median(seconds(lambda w=work: w(asked, basis)) for _ in range(RUNS))
        say(f"  {what}, s", f"{taken:.2f}")


def memory(name: str) -> None:
    """What all analyses take beyond what the model of the scenario takes."""
    without, with_them = (peak(__file__, name, which) for which in ("none", "all"))
    figures = f"{with_them:.0f}, {with_them - without:.0f}"
    say(f"{name}: peak memory, and beyond the model alone, MB", figures)


def analyse(name: str, which: str) -> None:
    """The work of a process of which the peak is measured: all analyses of a scenario, or none."""
    asked, basis = asked_of(name)
    for work in ANALYSES.values() if which == "all" else ():
        work(asked, basis)


def main() -> None:
    """Everything, or the peak memory of one process."""
    if only_peak(analyse):
        return
    files = sorted(shipped.folder("scenarios").glob("*.yaml"))
    names = dict.fromkeys([max(files, key=size_of).stem, LADDER])
    for name in names:  # memory first, see `peak`
        memory(name)
    for name in names:
        speed(name)


if __name__ == "__main__":
    main()
