"""A simulated city as a register: the rows of a sheet, long, with small counts hidden."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from simulated_city import TIERS, City, Luck, city

from sroi.inputs.pilot.pilot import Described, Pilot
from sroi.inputs.pilot.register import Count, Register
from sroi.inputs.text.yaml_text import Document
from sroi.model.care.care_ladder import Programme

HEADS = ("wijk", "kwartaal", "inwoners", "zorg", "mensen", "nieuw", "omhoog", "omlaag", "weg")
KEYS = ("neighbourhood", "quarter", "population", "tier", "people", "new", "up", "down", "left")
TABLES = ("people", "new", "up", "down", "left")
FIRST = 2022 * 4  # the first quarter
# what the shipped city was made with: on it nothing may be measured but that
SHIPPED = Programme(hazard_ratio_up=0.8, hazard_ratio_down=1.15, diversion=0.1, net_widening=0.15)


def name(number: int, pilots: int) -> str:
    """`Pilotwijk 1` or `Vergelijkwijk 1`: no neighbourhood is called so."""
    return f"Pilotwijk {number + 1}" if number < pilots else f"Vergelijkwijk {number - pilots + 1}"


def shown(count: float, hide: bool = True) -> str:
    """A count as a register shows it."""
    return "<5" if hide and 0 < count < 5 else str(int(count))


def rows(made: City, hide: bool = True) -> list[list[str]]:
    """The sheet with its headings, of the tiers from level 1 up."""
    pilots = int((made.start >= 0).sum())
    told = [list(HEADS)]
    for n in range(len(made.start)):
        for q in range(made.people.shape[2]):
            quarter = f"{(FIRST + q) // 4}-Q{(FIRST + q) % 4 + 1}"
            for tier in range(1, len(TIERS)):
                counts = [shown(getattr(made, key)[tier, n, q], hide) for key in TABLES]
                people = str(int(made.population[n, q]))
                told.append([name(n, pilots), quarter, people, TIERS[tier], *counts])
    return told


def write(path: Path, told: list[list[str]]) -> None:
    """As Dutch Excel writes CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows(told)


def register_of(made: City, hide: bool = True) -> Register:
    """The same as it is read, without a sheet."""
    pilots = int((made.start >= 0).sum())
    names = [name(n, pilots) for n in range(len(made.start))]
    quarters = [FIRST + q for q in range(made.people.shape[2])]
    counts: dict[str, dict[tuple[str, int, str], Count]] = {key: {} for key in TABLES}
    for key in TABLES:
        table = getattr(made, key)
        for tier in range(1, len(TIERS)):
            for n, where in enumerate(names):
                for q, quarter in enumerate(quarters):
                    own = int(table[tier, n, q])
                    ends = (1, 4) if hide and 0 < own < 5 else (own, own)
                    counts[key][where, quarter, TIERS[tier]] = Count(*ends)
    people = {
        (where, quarter): int(made.population[n, q])
        for n, where in enumerate(names)
        for q, quarter in enumerate(quarters)
    }
    return Register(tuple(names), tuple(quarters), counts, people)


def described_of(made: City, growing: int) -> Described:
    """The pilot of a city, as its file would say it."""
    pilots = int((made.start >= 0).sum())
    names = [name(n, pilots) for n in range(len(made.start))]
    begun = FIRST + int(made.start.max())
    quarter = f"{begun // 4}-Q{begun % 4 + 1}"
    said = {
        "pilot": "stad", "title": "Stad", "simulated": "true", "data": "stad.csv",
        "columns": dict(zip(KEYS, HEADS, strict=True)),
        "tiers": [{"id": tier, "level": str(n)} for n, tier in enumerate(TIERS) if n],
        "started": {where: quarter for where in names[:pilots]}, "comparison": names[pilots:],
        "chosen": {"how": "random", "because": "Geloot."}, "growing": str(growing),
    }  # fmt: skip
    return Described(Pilot.model_validate(said), Document("stad.yaml", []))


if __name__ == "__main__":
    made = city(SHIPPED, 11, pilots=6, others=6, before=12, after=8, size=1.5, luck=Luck())
    write(Path(sys.argv[1]), rows(made))
