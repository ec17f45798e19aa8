"""The files that travel inside the PDF: their names, and a line on each."""

from __future__ import annotations

from sroi.report.words.words import Words

# no scenario can be called so: an id has no underscore and no dot
LIBRARY, RESULTS, ASKED, TABLES = "price_library.yaml", "results.json", "report.json", "*.csv"


def file_of(scenario: str) -> str:
    """The name of the scenario's file, by its id."""
    return f"{scenario}.yaml"


def attached(scenario: str, words: Words) -> list[tuple[str, str]]:
    """Every kind of file with what it is, as the report lists them."""
    what = {file_of(scenario): "scenario", LIBRARY: "library", ASKED: "asked", RESULTS: "results"}
    what |= {TABLES: "tables"}
    return [(name, words(f"attached.{key}")) for name, key in what.items()]
