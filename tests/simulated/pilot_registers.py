"""Small registers of a pilot with one thing the matter.

`python tests/simulated/pilot_registers.py` writes the sheets of `tests/broken/pilot`. Counts follow
a formula and a little noise; nobody is in them. Wide: a row for each neighbourhood and quarter.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parents[1] / "broken" / "pilot"
HEADS = ("wijk", "kwartaal", "inwoners", "licht", "zwaar", "omhoog")
PILOTS, NAMES = ("Wijk A", "Wijk B", "Wijk C", "Wijk D"), ("Wijk E", "Wijk F", "Wijk G", "Wijk H")
QUARTERS, START = 14, 8  # from 2022-Q1; the pilot begins in 2024-Q1
Log = Callable[[bool, int], float]  # of a neighbourhood with pilot or not, and a quarter


def rows(
    log: Log, scale: float = 1.0, others: tuple[str, ...] = (), noise: float = 0.05, seed: int = 3
) -> list[list[str]]:
    """A register in which the logarithm of the rate of moves up is higher by `log`."""
    generator = np.random.default_rng(seed)
    told = [list(HEADS)]
    for n, name in enumerate((*PILOTS, *NAMES, *others)):
        for q in range(QUARTERS):
            light, heavy = int((400 + 20 * n) * scale), int((200 + 10 * n) * scale)
            season = 0.05 * (-1) ** q
            rate = 0.1 * np.exp(log(name in PILOTS, q) + season + generator.normal(0, noise))
            quarter = f"{2022 + q // 4}-Q{q % 4 + 1}"
            up = round(light * rate)
            told.append([name, quarter, "9000", str(light), str(heavy), str(up)])
    return told


def write(name: str, told: list[list[str]]) -> None:
    """As a sheet in the folder of broken files."""
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows(told)


def with_cell(told: list[list[str]], row: int, column: int, text: str) -> list[list[str]]:
    """The same with one other cell."""
    return [
        [text if (r, c) == (row, column) else cell for c, cell in enumerate(line)]
        for r, line in enumerate(told)
    ]


def flat(_pilot: bool, _quarter: int) -> float:
    """Nothing the matter."""
    return 0.0


def before(size: float) -> Log:
    """Apart by so much each quarter, from the first."""
    return lambda pilot, q: size * q * pilot


def bent(pilot: bool, q: int) -> float:
    """No straight line apart before the start, but a step halfway."""
    step = 1.0 * (START // 2 <= q < START)
    return 0.6 * pilot * (step - 8 / 42 * (q - 3.5) * (q < START) - 0.5 * (q < START))


def chosen_high(pilot: bool, q: int) -> float:
    """High by chance in the last year before the start."""
    return 0.25 * pilot * (4 <= q < START)


def one_effect(pilot: bool, q: int) -> float:
    """Just an effect."""
    return -0.13 * pilot * (q >= START)


def moved(pilot: bool, q: int) -> float:
    """As much more elsewhere as there is less in the pilot."""
    return (-0.25 if pilot else 0.22) * (q >= START)


def scores(
    places: tuple[str, ...] = PILOTS, apart: tuple[int, ...] = (0, 0, 0, 1)
) -> list[list[str]]:
    """Scores of one condition by two people in two quarters; the second gives so much more."""
    told = [["wijk", "kwartaal", "voorwaarde", "score", "scoorder"]]
    for n, name in enumerate(places):
        for q, quarter in enumerate(("2024-Q2", "2025-Q2")):
            own = (2 * n + q) % 4
            for scorer, more in (("een", 0), ("twee", apart[(n + q) % len(apart)])):
                told.append([name, quarter, "toegang", str((own + more) % 5), scorer])
    return told


def write_scores() -> None:
    """All sheets of scores."""
    base = scores()
    write("scores.csv", base)
    write("pilot-presence-column.csv", [line[:4] for line in base])
    write("pilot-presence-empty.csv", base[:1])
    write("pilot-presence-part-empty.csv", with_cell(base, 3, 2, ""))
    write("pilot-presence-score.csv", with_cell(base, 3, 3, "5"))
    write("pilot-presence-neighbourhood.csv", with_cell(base, 3, 0, "Wijk AB"))
    write("pilot-presence-twice.csv", [*base, base[1]])
    write("pilot-one-scorer.csv", [base[0], *base[1::2]])
    write("pilot-scorers-differ.csv", scores(apart=(2, 0, 3)))
    write("pilot-few-scored.csv", scores(PILOTS[:3]))


def main() -> None:
    """All sheets."""
    write_scores()
    base = rows(flat)
    write("register.csv", base)
    write("pilot-other-course.csv", rows(before(0.04)))
    write("pilot-placebo.csv", rows(bent, noise=0.02))
    write("pilot-high-use.csv", rows(chosen_high))
    write("pilot-moved-elsewhere.csv", rows(moved))
    write("pilot-leans-on-one.csv", rows(one_effect, noise=0.09, seed=25))
    write("pilot-few-events.csv", rows(flat, scale=0.012, noise=0.5))
    write("pilot-jump.csv", rows(lambda _, q: 0.6 * (q >= 5)))
    write("pilot-number.csv", with_cell(base, 3, 5, "1.024"))
    write("pilot-empty.csv", with_cell(base, 3, 5, ""))
    write("pilot-quarter.csv", with_cell(base, 3, 1, "voorjaar"))
    write("pilot-neighbourhood-empty.csv", with_cell(base, 3, 0, ""))
    write("pilot-population.csv", with_cell(base, 3, 2, "veel"))
    write("pilot-row-twice.csv", [*base[:4], base[3], *base[4:]])
    write("pilot-row-missing.csv", [*base[:5], *base[6:]])
    write("pilot-no-rows.csv", base[:1])
    long = [["wijk", "kwartaal", "inwoners", "zorg", "mensen", "omhoog"]]
    for name, quarter, people, light, heavy, up in base[1:]:
        long.append([name, quarter, people, "licht", light, up])
        long.append([name, quarter, people, "zwaar", heavy, "0"])
    write("pilot-tier-word.csv", with_cell(long, 3, 3, "middel"))
    write("pilot-population-differs.csv", with_cell(long, 3, 2, "9100"))


if __name__ == "__main__":
    main()
