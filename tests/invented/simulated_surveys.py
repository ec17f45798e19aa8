"""The surveys in `scenarios/metingen`: simulated, every answer drawn by chance.

`python tests/simulated_surveys.py` writes them anew; a test holds the files to this.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "scenarios" / "metingen"
REVERSED = (1, 2, 4)  # positions of the positive statements, from 0
HARDEST = (-0.6, -0.3, 0.0, 0.2, 0.5, 0.9)  # how lonely one is before a statement counts


def loneliness() -> str:
    """Six answers before and after, of people with home visits and of people who wait for them.

    Loneliness is normal; who scores 2 or more is visited. The visits take off 0.2 standard
    deviations, nothing takes off anything of those who wait, and a quarter is not asked again.
    """
    chance = random.Random(20260303)
    heads = [*(f"voor{n}" for n in range(1, 7)), *(f"na{n}" for n in range(1, 7))]
    rows = [["nummer", "groep", *heads]]
    for group, people, effect in (("huisbezoek", 180, 0.2), ("wachtlijst", 150, 0.0)):
        last = len(rows) + people
        while len(rows) < last:
            steady = chance.gauss(0.0, 0.8)
            before = answers(chance, steady)
            if sum(map(counts, range(6), before)) < 2:
                continue
            after = answers(chance, steady - effect)
            if chance.random() < 0.24:
                after = [""] * 6
            elif chance.random() < 0.04:
                after[chance.randrange(6)] = ""
            rows.append([f"H{len(rows):03d}", group, *before, *after])
    return text(rows)


def answers(chance: random.Random, steady: float) -> list[str]:
    """Six answers of somebody who is so lonely, on a day that is better or worse than most."""
    today = steady + chance.gauss(0.0, 0.5)
    return [answer(n, today + chance.gauss(0.0, 0.35) - HARDEST[n]) for n in range(6)]


def answer(item: int, beyond: float) -> str:
    lonely = "ja" if beyond > 0.6 else "min of meer" if beyond > 0 else "nee"
    return {"ja": "nee", "nee": "ja"}.get(lonely, lonely) if item in REVERSED else lonely


def counts(item: int, said: str) -> int:
    return int(said != ("ja" if item in REVERSED else "nee"))


def finances() -> str:
    """Levels of the ZRM domain finances: 180 people before, and 120 of them half a year later.

    Of these 48 went up, 58 stayed and 14 went down: the counts are chosen, who they are is chance.
    """
    chance = random.Random(20260302)
    before = [1] * 20 + [2] * 70 + [3] * 90
    chance.shuffle(before)
    ways = [1] * 48 + [0] * 58 + [-1] * 14
    can_fall = sorted(range(120), key=lambda n: (before[n] == 1, chance.random()))
    fallen = set(can_fall[:14])
    others = iter(chance.sample(ways[:106], 106))
    rows = [["nummer", "meting", "financien"]]
    for n, level in enumerate(before):
        rows.append([f"G{n + 1:03d}", "begin", str(level)])
        if n < 120:
            step = -1 if n in fallen else next(others)
            rows.append([f"G{n + 1:03d}", "na zes maanden", str(level + step)])
    return text([rows[0], *sorted(rows[1:], key=lambda row: (row[1], row[0]))])


def text(rows: list[list[str]]) -> str:
    return "".join(";".join(row) + "\n" for row in rows)


def files() -> Iterator[tuple[Path, str]]:
    """Every file with what stands in it."""
    yield FOLDER / "eenzaamheid-huisbezoek.csv", loneliness()
    yield FOLDER / "zelfredzaamheid-financien.csv", finances()


if __name__ == "__main__":
    for path, content in files():
        path.write_text(content, encoding="utf-8")
