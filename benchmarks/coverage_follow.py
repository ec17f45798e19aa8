"""Whether following a contract comes to what is true, in simulated worlds where that is known.

    python benchmarks/coverage_follow.py [worlds]

A world is drawn from what the scenario holds possible: the contract in `scenarios/gevolgd/`. Of it
two years are seen: visits and groups counted by quarter (Poisson), two effects measured (normal)
and one by counts of people, costs and a tariff as they are. Then the new 90 % band of the balance
is held against the balance of that world: it must hold it in 90 of 100. And one cause is planted in
worlds that are as expected but for the noise of counting and measuring: the split must find it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sroi import shipped
from sroi.analysis.follow.followed import Followed, follow
from sroi.analysis.follow.yearly import Yearly, in_year, yearly
from sroi.inputs.files.scenario_file import Loaded, load
from sroi.inputs.follow.actuals_file import load_actuals
from sroi.model.flows.results import SOCIETY, purse
from sroi.model.lines.lines import CLASSES
from sroi.model.uncertain.quantities import Values

FILE = shipped.folder("scenarios") / "gevolgd" / "voorbeeldstad-thuis.yaml"
YEARS = (2024, 2025)
VISITS, GROUPS = "activities.huisbezoek.volume", "activities.beweeggroep.volume"
HOURS, FALLS = "outcomes.minder-hulp-huishouden.rate", "outcomes.minder-vallen.rate"
LONELY = "outcomes.minder-eenzaam.rate"
TEAM, TARIFF = "investment.team.per_year", "proxies.huishoudelijke-hulp-uur.tariff"
DRAWS = 16_384
SD, ASKED = {HOURS: 2.5, FALLS: 0.007}, 80
WHOSE = {"society": SOCIETY, "municipality": purse("gemeente")}


@dataclass(frozen=True)
class World:
    """One draw of everything, with every year of a volume under its own path."""

    values: Values
    rng: np.random.Generator

    def of(self, path: str) -> float:
        """What a number is."""
        return float(np.atleast_1d(self.values[path])[0])


def world(years: Yearly, seed: int) -> World:
    """A world that the scenario holds possible."""
    rng = np.random.default_rng(seed)
    known = years.model.quantities
    unit = np.clip(rng.random((len(known.rows), 1)), 1e-9, 1 - 1e-9)
    return World(years.values(known.at(unit)), rng)


def rows(one: World) -> tuple[list[str], dict[str, float]]:
    """What is seen of a world, as rows of a table; and the volumes that came about."""
    told, came = list[str](), dict[str, float]()
    for path in (VISITS, GROUPS):
        for year in YEARS:
            counts = one.rng.poisson(one.of(f"{path}.{year}") / 4, 4)
            came[f"{path}.{year}"] = float(counts.sum())
            told += [
                f"period: {year}-Q{quarter}, what: {path}, amount: {count}, known: counted"
                for quarter, count in enumerate(counts, 1)
            ]
    for year in YEARS:
        amount = one.of(f"{TEAM}.{year}")
        told.append(
            f"period: {year}, what: {TEAM}, amount: {amount:.2f}, price_year: 2024, known: booked"
        )
    told.append(
        f"period: 2025, what: {TARIFF}, amount: {one.of(TARIFF):.6f}, price_year: 2022, "
        "known: booked"
    )
    for path, sd in SD.items():
        seen = one.rng.normal(one.of(path), sd)
        told.append(
            f"period: 2025, what: {path}, amount: {seen:.6f}, sd: {sd:.6f}, comparison: "
            f"{'group' if path == FALLS else 'none'}, known: measured"
        )
    yes = one.rng.binomial(ASKED, one.of(LONELY))
    if 5 <= yes <= ASKED - 5:
        told.append(f"period: 2025, what: {LONELY}, amount: {yes}, of: {ASKED}, known: measured")
    return told, came


def followed(loaded: Loaded, told: list[str], folder: Path) -> Followed:
    """What `sroi follow` makes of it."""
    lines = "".join(f"  - {{{row}, source: simulated}}\n" for row in told)
    path = folder / "table.yaml"
    text = f"scenario: {loaded.scenario.scenario}\nuntil: 2025-Q4\nsimulated: true\nrows:\n{lines}"
    path.write_text(text, "utf-8")
    return follow(load_actuals(path, loaded))


def truth(years: Yearly, one: World, came: dict[str, float]) -> dict[str, float]:
    """The balance of a world, in present value, with the volumes that came about."""
    values = one.values.changed({path: np.array([size]) for path, size in came.items()})
    model, found = years.model, dict.fromkeys(WHOSE, 0.0)
    for number in range(model.years):
        amounts = in_year(model, values, number)[:, 0]
        factor = float(model.discounting.factors(model.years)[number])
        for name, perspective in WHOSE.items():
            who = [perspective.payers is None or p in perspective.payers for p in model.payers]
            mask = np.outer(who, np.ones(len(CLASSES)))
            for (line, _, flow), amount in zip(model.flows, amounts, strict=True):
                sign = -1 if line.startswith("investment.") else 1
                found[name] += sign * factor * float(amount) * float((flow.shares * mask).sum())
    return found


def coverage(loaded: Loaded, count: int, folder: Path) -> None:
    """How often the old and the new band hold what is true, and how wide they are."""
    years = yearly(loaded)
    held = {(name, when): 0 for name in WHOSE for when in ("old", "new")}
    wide = dict.fromkeys(held, 0.0)
    refused = 0
    for number in range(count):
        one = world(years, number)
        told, came = rows(one)
        found = followed(loaded, told, folder)
        if found.expectation is None:
            refused += 1
            continue
        true = truth(years, one, came)
        for name, perspective in WHOSE.items():
            pair = found.expectation.beside(perspective).whole
            for when, money in zip(("old", "new"), pair, strict=True):
                band = money.balance
                held[name, when] += band.p5 <= true[name] <= band.p95
                wide[name, when] += band.p95 - band.p5
    told_of = count - refused
    print(f"{count} worlds, of which {refused} refused because too few draws were left")
    for (name, when), times in held.items():
        share = times / max(told_of, 1)
        error = (share * (1 - share) / max(told_of, 1)) ** 0.5
        width = wide[name, when] / max(told_of, 1)
        print(f"{name:>14} {when} band: {share:.1%} (± {error:.1%}), width {width:,.0f}")


def planted(loaded: Loaded, count: int, folder: Path) -> None:
    """One thing is other than expected, and all else but for noise is not: how much of what the
    split finds is that thing, and how often it is the largest."""
    expected = follow_nothing(loaded, folder).lines.factors.expected
    usual = {
        path: float(np.mean(expected[path]))
        for path in (*(f"{VISITS}.{year}" for year in YEARS), HOURS, TARIFF)
    }
    for cause in ("volume", "price", "effect", "timing"):
        found = [_one_cause(loaded, cause, usual, n, folder) for n in range(count)]
        largest = sum(shares[cause] == max(shares.values()) for shares in found) / count
        share = float(np.mean([shares[cause] for shares in found]))
        print(f"{cause:>8} planted: largest in {largest:.0%} of {count}, {share:.0%} of it all")


def _one_cause(
    loaded: Loaded, cause: str, usual: dict[str, float], seed: int, folder: Path
) -> dict[str, float]:
    """The share of every cause in what the split finds of one line and payer."""
    rng = np.random.default_rng([seed, 7])
    visits = [usual[f"{VISITS}.{year}"] for year in YEARS]
    visits = [0.7 * size for size in visits] if cause == "volume" else visits
    if cause == "timing":
        visits = [visits[0] * 0.5, visits[1] + visits[0] * 0.5]
    told = [
        f"period: {year}, what: {VISITS}, amount: {rng.poisson(size)}, known: counted"
        for year, size in zip(YEARS, visits, strict=True)
    ]
    hours = rng.normal(usual[HOURS] * (0.6 if cause == "effect" else 1), 0.5)
    told.append(f"period: 2025, what: {HOURS}, amount: {hours:.6f}, sd: 2, known: measured")
    price = usual[TARIFF] * (1.25 if cause == "price" else 1) * rng.normal(1, 0.02)
    told.append(
        f"period: 2024, what: {TARIFF}, amount: {price:.6f}, price_year: 2022, known: booked"
    )
    lines = [
        one
        for one in followed(loaded, told, folder).years
        if one.line == "outcomes.minder-hulp-huishouden" and one.payer == "gemeente"
    ]
    sizes = {name: sum(abs(one.causes[name]) for one in lines) for name in lines[0].causes}
    return {name: size / sum(sizes.values()) for name, size in sizes.items()}


def follow_nothing(loaded: Loaded, folder: Path) -> Followed:
    """The contract with one row that is as expected."""
    row = "period: 2024, what: investment.opstart.per_year, amount: 20_000, known: booked"
    return followed(loaded, [row], folder)


if __name__ == "__main__":
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        scenario = load(FILE).with_draws(DRAWS, None)
        worlds = int(sys.argv[1]) if sys.argv[1:] else 500
        planted(scenario, worlds // 5, Path(place))
        coverage(scenario, worlds, Path(place))
    print(f"{time.perf_counter() - began:.0f} s")
