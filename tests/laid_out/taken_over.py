"""A Value Map taken over in a test, as the command does it but for what is typed and shown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from sroi.analysis.valuation.as_reckoned import Reckoned, as_reckoned
from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import Loaded, load
from sroi.inputs.files.scenario_text import scenario_text
from sroi.inputs.text.yaml_text import parse
from sroi.inputs.value_map.as_scenario import as_scenario, known_of
from sroi.inputs.value_map.value_map import ValueMap
from sroi.inputs.value_map.value_map_sheet import read_value_map
from sroi.report.words.words import LANGUAGES, Words


@dataclass(frozen=True)
class TakenOver:
    """What was read, the scenario that was made of it, and what that comes to."""

    found: ValueMap
    loaded: Loaded
    reckoned: Reckoned

    @property
    def codes(self) -> list[str]:
        """What is said of it."""
        return sorted(one.code for one in (*self.found.problems, *self.reckoned.problems))


def said(key: str, **facts: object) -> dict[str, str]:
    """A text in both languages."""
    return {lang: Words(lang)(f"value_map.{key}", **facts) for lang in LANGUAGES}


def taken_over(path: Path) -> TakenOver:
    """Read, written as a scenario, read again and reckoned."""
    found = read_value_map(path)
    known = known_of(shipped_library().payers)
    data = as_scenario(found, "voorbeeld", found.first_year or 2026, known, said)
    document = parse(scenario_text(data).encode(), "voorbeeld.yaml")
    assert document.data == data
    loaded = load(document, library=shipped_library())
    return TakenOver(found, loaded, as_reckoned(found, loaded))


def changed(path: Path, cells: dict[str, Any], shown: str = "", sheet: int = 0) -> Path:
    """A workbook with other values in these cells; `shown`: the format of those."""
    book = openpyxl.load_workbook(path)
    for address, value in cells.items():
        cell: Any = book.worksheets[sheet][address]
        cell.value = value
        if shown:
            cell.number_format = shown
    book.save(path)
    return path
