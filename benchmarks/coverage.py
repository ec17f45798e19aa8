"""Whether the band of a pilot holds the truth: simulated cities, made with the care ladder.

    python benchmarks/coverage.py [CITIES]

Each city has five neighbourhoods with the pilot and five without, twelve quarters before and eight
after, seasons, overdispersion that lasts, and hidden small counts. Three questions, of each kind of
move: how often the 95 % band holds a known ratio; how often a true ratio of 1 is called an effect;
how often the guard speaks where rates rise faster in the pilot before it begins. 500 cities take
about half an hour on one core.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "simulated")]

from measured import say  # noqa: E402
from simulated_city import LADDER, city  # noqa: E402
from written_city import described_of, register_of  # noqa: E402

from sroi.analysis.pilot.checks import OTHER_COURSE  # noqa: E402
from sroi.analysis.pilot.moves import KINDS, panels, places_of  # noqa: E402
from sroi.model.care.care_ladder import Programme, steady_state  # noqa: E402
from sroi.model.pilot.before import apart_by_quarter  # noqa: E402
from sroi.model.pilot.estimate import estimate  # noqa: E402
from sroi.model.pilot.panel import expected  # noqa: E402

KNOWN = Programme(hazard_ratio_up=0.8, hazard_ratio_down=1.15, diversion=0.1, net_widening=0.15)
NOTHING = Programme()
CITIES, FIRST_SEED, GROWING, PROCESSES = 500, 20_000, 2, 2
DRIFTS = (0.0, 0.02, 0.03, 0.05)


@dataclass(frozen=True)
class Question:
    """A city by its number, with the programme that it has."""

    number: int
    programme: Programme
    drift: float = 0.0


def truth(programme: Programme) -> dict[str, float]:
    """The ratio of each kind of move that a programme makes."""
    found = {"up": programme.hazard_ratio_up, "down": programme.hazard_ratio_down}
    found["door"] = 1 - programme.diversion
    # those who come from the social base are new to a register that does not know it
    light = LADDER.inflow[1] + LADDER.rates[0, 1] * float(steady_state(LADDER)[0, 0])
    heavy = LADDER.inflow[2] + LADDER.inflow[3]
    found["new"] = 1 + programme.net_widening * heavy / (light + heavy)
    return {kind: float(ratio) for kind, ratio in found.items()}


def estimated(question: Question) -> dict[str, tuple[float, float, float, bool]]:
    """Of each kind of move the logarithm of the ratio, its band and whether it is an effect."""
    made = city(question.programme, FIRST_SEED + question.number, growing=GROWING)
    register, described = register_of(made), described_of(made, GROWING)
    found = {}
    for kind, panel in panels(described, register, places_of(described, register)).items():
        full = estimate(panel, GROWING, seed=question.number).full
        found[kind] = (full.ratio, full.low, full.high, full.is_effect)
    return found


def guarded(question: Question) -> dict[str, bool]:
    """Of each kind of move whether the guard says that the courses differ before."""
    made = city(question.programme, FIRST_SEED + question.number, drift=question.drift)
    register, described = register_of(made), described_of(made, GROWING)
    found = {}
    for kind, panel in panels(described, register, places_of(described, register)).items():
        early = panel.until(int(panel.start.max()))
        counts = early.middle()
        base = expected(early, counts).sum(axis=0)
        slope = apart_by_quarter(counts.sum(axis=0), base, early.start, early.left_out)
        found[kind] = slope.p < OTHER_COURSE
    return found


def main(cities: int) -> None:
    """All three questions."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        for programme, what in ((KNOWN, "known ratios"), (NOTHING, "a ratio of 1")):
            asked = [Question(number, programme) for number in range(cities)]
            tell(what, truth(programme), list(pool.map(estimated, asked, chunksize=5)))
        for drift in DRIFTS:
            asked = [Question(number, NOTHING, drift) for number in range(cities)]
            found = list(pool.map(guarded, asked, chunksize=20))
            of_any = np.mean([any(one.values()) for one in found])
            of_each = ", ".join(f"{k} {np.mean([one[k] for one in found]):.1%}" for k in KINDS)
            say(f"guard speaks, {drift:.0%} a quarter faster: {of_each}; of any", f"{of_any:.1%}")


def tell(what: str, true: dict[str, float], found: list[dict[str, tuple[float, ...]]]) -> None:
    """Coverage, effects called, and how far off, of each kind whose true ratio is known."""
    for kind, ratio in true.items():
        rows = np.array([one[kind] for one in found])
        covered = ((rows[:, 1] <= ratio) & (ratio <= rows[:, 2])).mean()
        say(f"{what}, {kind} {ratio:g}: the band holds it", f"{covered:.1%}")
        say(f"{what}, {kind} {ratio:g}: called an effect", f"{rows[:, 3].mean():.1%}")
        away, spread = np.log(rows[:, 0]).mean() - np.log(ratio), np.log(rows[:, 0]).std()
        say(f"{what}, {kind} {ratio:g}: off by (mean), spread", f"{away:+.3f}, {spread:.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CITIES)
