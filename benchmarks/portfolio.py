"""A portfolio beside its rows one by one, in one run.

    python benchmarks/portfolio.py                      342 areas, 10 programmes, 1,048,576 draws
    python benchmarks/portfolio.py 342 10 65536         the same with fewer draws
    python benchmarks/portfolio.py growth               twice the rows, and twice the draws
    python benchmarks/portfolio.py apart                rows that are not linear
    python benchmarks/portfolio.py write FOLDER         the portfolio itself, to look at

The programmes are ten times the shipped care ladder of five tiers and 40 quarters, each with
columns of its own for the inflow of every tier and the cost of the team. A row by itself is what
`sroi run --json` does, without starting a process: reading, checking, valuing, and all results. Of
the rows some are done so, right after one another, and what both find is held against each other.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from measured import only_peak, peak, say, seconds

from sroi import shipped
from sroi.analysis.portfolio.valued import Valued, value
from sroi.analysis.valuation.valuation import value as value_one
from sroi.inputs.files.scenario_file import Loaded, load
from sroi.inputs.portfolio.portfolio_file import LoadedPortfolio, load_portfolio
from sroi.process import cores
from sroi.report.files.results_json import as_json

SCENARIO = "voorbeeldstad-kanteling"
NOT_LINEAR = "care_ladder.zorgladder.intervention.hazard_ratio_up.lognormal.median"
TIERS = ("sociale-basis", "sociaal-werk", "ambulant", "specialistisch", "residentieel")
LARGEST, AREAS, PROGRAMMES, DRAWS, ONE_BY_ONE = 60, 342, 10, 2**20, 3


def written(folder: Path, areas: int, programmes: int) -> Path:
    """A portfolio of so many invented areas and programmes, in a folder."""
    rng = random.Random(1)
    text = (shipped.folder("scenarios") / f"{SCENARIO}.yaml").read_text("utf-8")
    (folder / "kanteling.yaml").write_text(text, "utf-8")
    heads = [f"{tier} {n}" for n in range(programmes) for tier in (*TIERS, "team")]
    lines = [";".join(["gebied", *heads])]
    for area in range(areas):
        size = rng.uniform(0.1, 3)
        cells = [round(size * rng.uniform(20, 600)) for _ in heads]
        lines.append(";".join([f"gebied {area}", *map(str, cells)]))
    (folder / "gebieden.csv").write_text("\n".join(lines), "utf-8")
    parts = ["portfolio: meting", "title: Meting", "table: gebieden.csv", "programmes:"]
    for n in range(programmes):
        paths = {f"{tier} {n}": f"care_ladder.zorgladder.inflow.{tier}" for tier in TIERS}
        paths[f"team {n}"] = "investment.team.per_year"
        columns = ", ".join(f"{head}: {path}" for head, path in paths.items())
        parts.append(f"  - {{id: p{n}, scenario: kanteling.yaml, columns: {{{columns}}}}}")
    (folder / "meting.yaml").write_text("\n".join(parts), "utf-8")
    return folder / "meting.yaml"


def whole(areas: str, programmes: str, draws: str) -> None:
    """The portfolio from its file to all answers."""
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), int(areas), int(programmes))
        value(load_portfolio(path, workers=cores()), int(draws), workers=cores())


def processor() -> float:
    """Seconds of the processor so far, of this process and of those that it started and that ended:
    where others use the machine as well they tell more than a clock."""
    parts = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(part.ru_utime + part.ru_stime for part in parts)


def one_by_one(loaded: LoadedPortfolio, valued: Valued, draws: int) -> tuple[float, float]:
    """Seconds for a row by itself, and of the processor; what it finds must be what the portfolio
    found."""
    spent, worked = 0.0, 0.0
    for number in range(0, len(loaded.rows), -(-len(loaded.rows) // ONE_BY_ONE)):
        row = loaded.rows[number]
        programme = next(one for one in loaded.programmes if one.id == row.programme)
        start, before = time.perf_counter(), processor()
        single = load(programme.filled(row, loaded.library).document, library=loaded.library)
        found = alone(single, draws)
        spent += time.perf_counter() - start
        worked += processor() - before
        balance, own = found["range"]["net_present_value"], valued.rows[number].answer.balance
        for name, size in balance.items():
            assert abs(size - getattr(own, name)) < LARGEST, (row, name)
            assert abs(size / getattr(own, name) - 1) < 1e-9, (row, name)
    return spent / ONE_BY_ONE, worked / ONE_BY_ONE


def valuing(areas: int, draws: int, apart: bool = False) -> float:
    """Seconds for valuing one programme in so many areas; `apart`: with a column that is not
    linear, of another value in each."""
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), areas, 1)
        if apart:
            beside(path)
        loaded = load_portfolio(path, workers=cores())
        return seconds(lambda: value(loaded, draws, workers=cores()))


def beside(path: Path) -> None:
    """Another column, which fills a hazard ratio."""
    text = path.read_text("utf-8").replace("columns: {", f"columns: {{ratio: {NOT_LINEAR}, ")
    path.write_text(text, "utf-8")
    table = path.with_name("gebieden.csv")
    head, *lines = table.read_text("utf-8").splitlines()
    told = [f"{head};ratio", *(f"{line};{0.8 + n / 1000}" for n, line in enumerate(lines))]
    table.write_text("\n".join(told), "utf-8")


def growth() -> None:
    """How the work of valuing grows with rows and with draws."""
    for areas, draws in ((600, 2**17), (1200, 2**17), (600, 2**18), (1200, 2**18)):
        with tempfile.TemporaryDirectory() as folder:
            loaded = load_portfolio(written(Path(folder), areas, 1), workers=cores())
            before = processor()
            value(loaded, draws, workers=cores())
        size = f"{areas} rows of a programme, {draws:,} draws"
        say(f"Valuing {size}, seconds of the processor", f"{processor() - before:.1f}")


def apart() -> None:
    """Rows that are not linear, and one like them by itself right after."""
    areas, draws = 12, 2**16
    spent = valuing(areas, draws, apart=True)
    each = median(seconds(lambda: alone(shipped_one(), draws)) for _ in range(5))
    say(f"Valuing {areas} rows that are not linear, {draws:,} draws, s", f"{spent:.1f}")
    say("Each of them ÷ one by itself, reading as well", f"{spent / areas / each:.2f}")


def shipped_one() -> Loaded:
    """The scenario of the rows."""
    return load(shipped.folder("scenarios") / f"{SCENARIO}.yaml")


def alone(single: Loaded, draws: int) -> dict[str, Any]:
    """All results of a scenario by itself."""
    return as_json(value_one(single.with_draws(draws, None)), "nl")


def main() -> None:
    """Print every measurement."""
    sizes = [int(one) for one in sys.argv[1:]] or [AREAS, PROGRAMMES, DRAWS]
    areas, programmes, draws = sizes
    told = list(map(str, sizes))
    say("Peak memory of the portfolio, MB", f"{peak(__file__, *told):.0f}")
    fewer = [told[0], told[1], str(draws // 4)]
    say("Peak memory with a quarter of the draws, MB", f"{peak(__file__, *fewer):.0f}")
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), areas, programmes)
        start, before = time.perf_counter(), processor()
        loaded = load_portfolio(path, workers=cores())
        read = time.perf_counter() - start
        made: list[Valued] = []
        valued = seconds(lambda: made.append(value(loaded, draws, workers=cores())))
        worked = processor() - before
        each, each_worked = one_by_one(loaded, made[0], draws)
    rows = areas * programmes
    size = f"{areas} areas × {programmes} programmes, {draws:,} draws"
    say(f"Reading and checking {size}, s", f"{read:.1f}")
    say("Valuing all of them, s", f"{valued:.1f}")
    say("A row by itself, s", f"{each:.2f}")
    say("All rows one by one ÷ the portfolio", f"{rows * each / (read + valued):.0f}")
    say("The same in seconds of the processor", f"{rows * each_worked / worked:.0f}")
    say("Seconds of the processor: the portfolio, a row", f"{worked:.0f}, {each_worked:.2f}")
    say(
        "As many times, by the clock, without reading and checking the rows",
        f"{rows * each / valued:.0f}",
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        print(written(Path(sys.argv[2]), AREAS, PROGRAMMES))
    elif sys.argv[1:] in (["growth"], ["apart"]):
        {"growth": growth, "apart": apart}[sys.argv[1]]()
    elif not only_peak(whole, cores()):
        main()
