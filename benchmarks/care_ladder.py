"""How fast the care ladder is, as ratios measured in one run, beside a plain loop in numpy.

    python benchmarks/care_ladder.py

The ladder and the programme are those of the worked example, `tests/golden/care_ladder.json`, with
the effects drawn. Times are medians; every ratio compares two things that ran right after one
another. Nothing here fails when it is slow, but it does when the loop finds something else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from measured import only_peak, peak, ratio, say
from numpy.typing import NDArray

from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.text.reading import nouns_of
from sroi.inputs.text.yaml_text import parse
from sroi.model.care.care_ladder import HEAVY, Ladder, Programme, rates_from, steady_state
from sroi.model.care.care_ladder_run import mid_steps, run
from sroi.model.care.intensity import logistic
from sroi.model.flows import engine
from sroi.model.lines.model import Model, model_of

Array = NDArray[np.float64]
GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "tests" / "golden" / "care_ladder.json").read_text("utf-8")
)["inputs"]
DRAWS, YEARS, STEPS, TERMS, RUNS = 20_000, 10, 4, 14, 5
PART, FEW, MANY = 2**12, 2**16, 2**19

HEAD = """
scenario: kanteling
title: Kanteling
organisation: Voorbeeldorganisatie
commissioner: Gemeente Voorbeeldstad
programme: anders
kind: forecast
null_alternative: Het bestaande aanbod blijft.
basis: {first_year: 2026, years: 10, price_year: 2024, discounting: nl-2021}
stakeholders: [{id: inwoners, name: Inwoners}]
investment: [{id: inzet, what: Inzet, payer: gemeente, per_year: 400000}]
care_ladder:
  - id: ladder
    what: Ladder
    stakeholder: inwoners
    intervention:
      effect_basis: causal
      hazard_ratio_up: {lognormal: {median: 0.97, sd_log: 0.08}}
      hazard_ratio_down: {lognormal: {median: 1.05, sd_log: 0.06}}
      diversion: {low: 0, best: 3%, high: 10%}
      net_widening: {low: 0, best: 2%, high: 14%}
      needs_heavy_care: {low: 5%, best: 15%, high: 30%}
      ramp: {logistic: {midpoint: 1.5, steepness: 2.5}}
      lag: 0.5
"""


# The worked example, and longer ladders


def ladder(tiers: int = 5) -> Ladder:
    """The ladder of the example; with more tiers, others of level 2 that lead on to one another."""
    table, size = GOLDEN["rates_from_to_exit"], len(GOLDEN["inflow"])
    rates = rates_from([row[:size] for row in table])
    exits, inflow = [row[size] for row in table], list(GOLDEN["inflow"])
    levels = list(range(size))
    for tier in range(size, tiers):
        rates |= {(tier - 1, tier): 0.05, (tier, tier - 1): 0.2, (tier, 0): 0.1}
        exits, inflow, levels = [*exits, 0.2], [*inflow, 50.0], [*levels, HEAVY]
    return Ladder(rates, tuple(exits), tuple(inflow), tuple(levels))


def programme(draws: int) -> Programme:
    """Effects around those of the example."""
    rng = np.random.default_rng(1)
    return Programme(
        rng.lognormal(np.log(GOLDEN["hazard_ratio_up"]), 0.08, draws),
        rng.lognormal(np.log(GOLDEN["hazard_ratio_down"]), 0.06, draws),
        rng.uniform(0, 2 * GOLDEN["diversion"], draws),
        rng.uniform(0, 2 * GOLDEN["net_widening"], draws),
        rng.uniform(0, 2 * GOLDEN["theta"], draws),
    )


def intensity(years: int = YEARS) -> Array:
    """m in the middle of every quarter."""
    ramp = GOLDEN["ramp"]
    return logistic(mid_steps(years, STEPS), ramp["midpoint"], ramp["steepness"], ramp["lag"])


# The same by a plain loop: every quarter the whole matrix of every draw, both arms, and subtract


def generator(ladder: Ladder, programme: Programme, m: float) -> Array:
    """Q (draw, from, to)."""
    level, draws = ladder.rungs, len(programme.diversion)  # type: ignore[arg-type]
    q = np.zeros((draws, len(level), len(level)))
    for (i, j), rate in ladder.rates.items():
        q[:, i, j] = rate
        if level[j] > level[i] and level[j] >= HEAVY:
            q[:, i, j] = rate * programme.hazard_ratio_up**m
        if level[j] < level[i] and level[i] >= HEAVY:
            q[:, i, j] = rate * programme.hazard_ratio_down**m
    for i, exit_rate in enumerate(ladder.exits):
        q[:, i, i] = -q[:, i].sum(axis=1) - exit_rate
    return q


def inflow(ladder: Ladder, programme: Programme, m: float) -> Array:
    """New people a year (draw, tier)."""
    level, draws = ladder.rungs, len(programme.diversion)  # type: ignore[arg-type]
    new = np.tile(np.array(ladder.inflow, dtype=float), (draws, 1))
    pools = [tier for tier in range(len(level)) if level[tier] in (2, 3)]
    pool = sum(ladder.inflow[tier] for tier in pools)
    for tier in pools:
        new[:, tier] -= programme.diversion * m * ladder.inflow[tier]
    wider = programme.net_widening * m * pool
    new[:, level.index(1)] += programme.diversion * m * pool + wider * (1 - programme.theta)
    new[:, pools[0]] += wider * programme.theta
    return new


def person_years(ladder: Ladder, programme: Programme, ramp: Array) -> Array:
    """Person-years of one arm in every quarter (quarter, draw, tier), by the Taylor series."""
    people = steady_state(ladder)[:, 0] + np.zeros((len(programme.diversion), 1))  # type: ignore[arg-type]
    length, spent = 1 / STEPS, []
    for m in ramp:
        q, new = generator(ladder, programme, m), inflow(ladder, programme, m)
        term, total, end = people, people * length, people
        for number in range(1, TERMS + 1):
            source = new if number == 1 else 0.0
            term = (np.einsum("di,dij->dj", term, q) + source) * length / number
            total = total + term * length / (number + 1)
            end = end + term
        people = end
        spent.append(total)
    return np.array(spent)


def with_a_loop(ladder: Ladder, programme: Programme, ramp: Array) -> Array:
    """Avoided person-years (tier, quarter, draw)."""
    draws = len(programme.diversion)  # type: ignore[arg-type]
    nothing = Programme(1.0, 1.0, np.zeros(draws), np.zeros(draws), np.zeros(draws))
    less = person_years(ladder, nothing, ramp) - person_years(ladder, programme, ramp)
    return np.moveaxis(less, 2, 0)


def against_the_loop() -> None:
    """20,000 draws over 40 quarters, here and with the loop; and how far they are apart."""
    example, effects, ramp = ladder(), programme(DRAWS), intensity()
    ours, plain = run(example, effects, ramp).avoided, with_a_loop(example, effects, ramp)
    apart = np.abs(ours - plain).max() / np.abs(plain).max()
    if apart > 1e-9:
        sys.exit(f"the loop finds something else: {apart:.1e} of the largest")
    times = ratio(
        lambda: with_a_loop(example, effects, ramp), lambda: run(example, effects, ramp), RUNS
    )
    say(f"a plain numpy loop ÷ the ladder, {DRAWS:,} draws × {len(ramp)} quarters", f"{times:.1f}")
    say("  largest difference, of the largest avoided person-years", f"{apart:.0e}")


# Growth


def growth() -> None:
    """How time grows with draws, steps and tiers; 1 where it grows as much as they do."""
    model, few, many = scenario(), programme(DRAWS), programme(4 * DRAWS)
    small, large, ramp, long = ladder(), ladder(10), intensity(), intensity(2 * YEARS)
    moves = len(large.rates) / len(small.rates)
    cases: dict[str, tuple[Callable[[], object], Callable[[], object], int]] = {
        "four times the draws of a scenario: time ÷ 4": (
            lambda: engine.run(model, 4 * FEW, 1, threads=1),
            lambda: engine.run(model, FEW, 1, threads=1),
            4,
        ),
        "four times the draws of a ladder of which all is kept: time ÷ 4": (
            lambda: run(small, many, ramp),
            lambda: run(small, few, ramp),
            4,
        ),
        "twice the quarters: time ÷ 2": (
            lambda: run(small, few, long),
            lambda: run(small, few, ramp),
            2,
        ),
        f"twice the tiers, {moves:.1f} times the moves: time ÷ 2": (
            lambda: run(large, few, ramp),
            lambda: run(small, few, ramp),
            2,
        ),
    }
    for what, (more, less, times) in cases.items():
        say(what, f"{ratio(more, less, RUNS) / times:.2f}")


# A whole scenario: draws, ladder, money


def scenario() -> Model:
    """The example as a scenario file, with its effects uncertain."""
    document = parse((HEAD + "\n".join(_tiers())).encode(), "in memory")
    noun, problems = nouns_of(Scenario, document)
    if noun is None:
        raise ValueError(problems)
    return model_of(noun, shipped_library())


def _tiers() -> list[str]:
    """Tiers, inflow and moves, in YAML that is JSON."""
    names, size = GOLDEN["tiers"], len(GOLDEN["tiers"])
    rows = zip(names, GOLDEN["rates_from_to_exit"], strict=True)
    places = [*names, "exit"]
    moves = {
        name: {to: rate for to, rate in zip(places, row, strict=True) if rate} for name, row in rows
    }
    parts = {
        "tiers": [_tier(tier) for tier in range(size)],
        "inflow": dict(zip(names, GOLDEN["inflow"], strict=True)),
        "moves": moves,
    }
    return [f"    {key}: {json.dumps(part)}" for key, part in parts.items()]


def _tier(number: int) -> dict[str, Any]:
    shares = zip(GOLDEN["payers"], GOLDEN["payer_shares_tier_payer"][number], strict=True)
    name = GOLDEN["tiers"][number]
    tier = {"id": name, "what": name, "level": number, "cost": GOLDEN["cost"][number]}
    tier |= {"payers": {payer: share for payer, share in shares if share}}
    if number >= HEAVY:
        tier |= {
            "paid_per_unit": GOLDEN["variable_share"][number],
            "backfill": GOLDEN["backfill"][number],
            "capacity_step": GOLDEN["capacity_step"][number],
        }
    return tier


def money() -> None:
    """How much longer a scenario takes than its ladder: points, distributions, cash by payer."""
    model, example, ramp = scenario(), ladder(), intensity()
    parts = [programme(PART)] * (FEW // PART)
    times = ratio(
        lambda: engine.run(model, FEW, 1, threads=1),
        lambda: [run(example, effects, ramp) for effects in parts],
        RUNS,
    )
    say(f"a scenario ÷ its ladder, {FEW:,} draws, one thread", f"{times:.1f}")


def draw(draws: str) -> None:
    """The work of a process of which the peak is measured."""
    engine.run(scenario(), int(draws), 1, threads=1)


def memory() -> None:
    """What many draws take beyond what few take, and how much of it are the results themselves."""
    many, few = (peak(__file__, str(draws), runs=3) for draws in (MANY, FEW))
    extra = many - few
    kept = len(scenario().flows) * 8 * (MANY - FEW) / 2**20
    say(f"peak memory of {MANY:,} draws beyond that of {FEW:,}, MB", f"{extra:.0f}")
    say("  of which present values, 8 bytes per flow and draw, MB", f"{kept:.0f}")


def main() -> None:
    """Everything, or the peak memory of one process."""
    if only_peak(draw):
        return
    memory()  # first, see `peak`
    against_the_loop()
    growth()
    money()


if __name__ == "__main__":
    main()
