"""The files that travel inside the PDF: their names, and a line on each."""

from __future__ import annotations

from typing import Any

from sroi.inputs.files.scenario_file import Loaded
from sroi.inputs.library.layered import LAYER as OVER
from sroi.inputs.library.used_library import used_files
from sroi.inputs.workbook.reading import SUFFIX
from sroi.inputs.workbook.tree import Workbook
from sroi.report.words.words import Words

# no scenario can be called so: an id has no underscore and no dot
LIBRARY, RESULTS, ASKED, TABLES = "price_library.yaml", "results.json", "report.json", "*.csv"
LAYER = "price_layer.yaml"


def file_of(loaded: Loaded) -> str:
    """The name of the scenario's file, by its id and its kind."""
    return loaded.scenario.scenario + (SUFFIX if isinstance(loaded.document, Workbook) else ".yaml")


def names_of(scenario: str) -> tuple[str, str]:
    """The names that the file of a scenario may have, by its id."""
    return f"{scenario}.yaml", f"{scenario}{SUFFIX}"


def attached(scenario: str, layer: bool, words: Words) -> list[tuple[str, str]]:
    """Every kind of file with what it is, as the report lists them; `scenario`: the name of the
    scenario's file, `layer`: whether there is one."""
    what = {scenario: "scenario", LIBRARY: "library"} | ({LAYER: "layer"} if layer else {})
    what |= {ASKED: "asked", RESULTS: "results", TABLES: "tables"}
    return [(name, words(f"attached.{key}")) for name, key in what.items()]


def prices_of(loaded: Loaded) -> tuple[dict[str, Any], dict[str, Any]]:
    """The library's files with what a scenario uses of them, and what it uses of the layer."""
    if loaded.document is None:
        raise ValueError("a scenario without a file")
    files = used_files(loaded.document.written, loaded.library)
    over = files.pop(OVER, {})
    sign = loaded.library.layer.sign if loaded.library.layer else ""
    return files, over | {"part_of": sign} if over else {}


def takes_layer(loaded: Loaded) -> bool:
    """Whether a report takes a layer along: where the scenario uses anything of one."""
    return bool(loaded.library.layer and loaded.document and prices_of(loaded)[1])
