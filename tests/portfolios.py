"""Portfolios of small invented scenarios, in a folder."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from models_in_memory import one_line
from quick_yaml import SafeDumper

RATE = {"low": 0, "best": 1, "high": 3}
PRICE = {"low": 5, "best": 20, "high": 60}
CHANCE = {"low": "10%", "best": "20%", "high": "60%"}


def scenario(name: str, **changes: Any) -> dict[str, Any]:
    """One outcome over two years, with an uncertain rate, price and deadweight."""
    usual = {"outcomes__rate": RATE, "outcomes__deadweight": CHANCE, "proxies__value": PRICE}
    made = one_line(basis__years=2, **usual | changes)
    made["scenario"] = name
    made["basis"]["draws"] = 256
    made["title"] = f"Scenario {name}"
    return made


def written(
    folder: Path,
    programmes: list[Mapping[str, Any]],
    areas: list[Mapping[str, Any]],
    scenarios: list[Mapping[str, Any]],
    **more: Any,
) -> Path:
    """A portfolio with its table and its scenarios, each in a file under its name."""
    for one in scenarios:
        text = yaml.dump(dict(one), Dumper=SafeDumper, sort_keys=False, allow_unicode=True)
        (folder / f"{one['scenario']}.yaml").write_text(text, "utf-8")
    with (folder / "gebieden.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, list(areas[0]), delimiter=";")
        table.writeheader()
        table.writerows(areas)
    portfolio = {"portfolio": "regio", "title": "Regio Voorbeeld", "table": "gebieden.csv"}
    whole = {**portfolio, "programmes": [dict(one) for one in programmes], **more}
    text = yaml.dump(whole, Dumper=SafeDumper, sort_keys=False, allow_unicode=True)
    (folder / "regio.yaml").write_text(text, "utf-8")
    return folder / "regio.yaml"


VOLUME, PER_YEAR = "activities.steun.volume", "investment.inzet.per_year"


def areas(count: int) -> list[dict[str, Any]]:
    """So many areas, each a little larger and dearer than the one before."""
    return [
        {"gebied": f"gebied {n}", "aantal": 10 + 7 * n, "inzet": 100 + 50 * n**2, "duur": 1 + n % 2}
        for n in range(count)
    ]


def two_programmes(folder: Path, count: int = 4, **more: Any) -> Path:
    """Two programmes with one price between them, in so many areas; the second not in the first."""
    places = [row | {"tweede": "ja" if n else "nee"} for n, row in enumerate(areas(count))]
    other = scenario("ander", outcomes__lasts=2)
    columns = {"aantal": VOLUME, "inzet": PER_YEAR}
    programmes = [
        {"scenario": "een.yaml", "columns": columns},
        {"scenario": "ander.yaml", "columns": {"aantal": VOLUME}, "where": {"tweede": "ja"}},
    ]
    return written(folder, programmes, places, [scenario("een"), other], **more)
