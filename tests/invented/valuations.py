"""Valuations for the tests of the pages: the example that is shipped, and small ones made up."""

import atexit
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from models_in_memory import Record, one_line
from scenarios_at_random import as_yaml

from sroi import shipped
from sroi.analysis.result.headline import Headline
from sroi.analysis.valuation.valuation import Valuation, value, variants
from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import load
from sroi.report.files.results_json import as_json
from sroi.report.pages.page import contents, rendered
from sroi.report.told.told import Told, told

FOLDER = tempfile.TemporaryDirectory()
atexit.register(FOLDER.cleanup)
COMMAND = "sroi run voorbeeldstad-ouderen.yaml"
LIBRARY = shipped_library()
RANGE = {"low": 0.5, "best": 1, "high": 2.5, "because": "Voorbeeld."}


def write(scenario: Record | str, name: str = "scenario.yaml") -> Path:
    """The file of a scenario that is given as a mapping or as text."""
    path = Path(FOLDER.name) / name
    path.write_text(scenario if isinstance(scenario, str) else as_yaml(scenario), encoding="utf-8")
    return path


def valued(scenario: Record | str) -> Valuation:
    """A scenario valued."""
    return value(load(write(scenario), library=LIBRARY))


def small(**changes: Any) -> Record:
    """The scenario of one outcome, with few draws; `changes` as for `one_line`."""
    scenario = one_line(**changes)
    scenario["basis"] |= {"draws": 256} | {
        key.partition("__")[2]: to for key, to in changes.items() if key.startswith("basis__")
    }
    return scenario


def outcome(number: int, **changes: Any) -> Record:
    """One more outcome like the one of `small`."""
    return one_line()["outcomes"][0] | {"id": f"verandering-{number}"} | changes


def page(scenario: Record | str, lang: str = "nl", for_print: bool = False) -> str:
    """The report of a scenario as HTML."""
    return rendered(contents(valued(scenario), lang, {}, "sroi run scenario.yaml"), for_print)


@cache
def example_file() -> Path:
    """The scenario of Voorbeeldstad for older people, with fewer draws."""
    text = (shipped.folder("scenarios") / "voorbeeldstad-ouderen.yaml").read_text("utf-8")
    assert text.count("draws: 65536") == 1
    return write(text.replace("draws: 65536", "draws: 2048"), "voorbeeldstad-ouderen.yaml")


@cache
def example() -> Valuation:
    """That scenario valued."""
    return value(load(example_file(), library=LIBRARY))


@cache
def example_variants() -> dict[str, Headline]:
    """The answers in its named variants."""
    return variants(example(), example_file())


@cache
def example_told(lang: str = "nl") -> Told:
    """Told in a language."""
    return told(example(), lang)


@cache
def example_results() -> dict[str, Any]:
    """Its results as data."""
    return as_json(example(), "nl")


@cache
def example_page(lang: str = "nl", for_print: bool = False) -> str:
    """Its report as HTML."""
    return rendered(contents(example(), lang, example_variants(), COMMAND), for_print)
