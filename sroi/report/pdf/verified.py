"""Whether a report is true to its inputs: they are taken out of the PDF and reckoned with again,
and the report is made anew and laid beside the one that was given.

What is compared: the fingerprint of the inputs, every number of the results and of the tables, and
the words on every page. Only a file that is the same byte for byte is known to look the same too.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sroi.analysis.valuation.valuation import value, variants
from sroi.inputs.files.scenario_file import load
from sroi.inputs.library.used_library import read_used
from sroi.inputs.text.nouns import ID
from sroi.inputs.text.yaml_text import parse
from sroi.problems import Problem, Unusable
from sroi.report.files.attached import ASKED, LIBRARY, RESULTS, file_of
from sroi.report.pages.page import rendered
from sroi.report.pdf.evidence import Asked, asked_in, day_of, evidence
from sroi.report.pdf.opened import files_in, words_on
from sroi.report.pdf.pdf import Printer
from sroi.report.words.words import Words
from sroi.version import build, released

NEARLY = 1e-9
MOST_TOLD = 5
BREAKS = re.compile(r"[\s-]+")


@dataclass(frozen=True)
class Check:
    """One thing that was compared. `key`: of its sentence; `facts`: what stands in that."""

    key: str
    holds: bool
    facts: dict[str, Any] = field(default_factory=dict)

    def told(self, words: Words) -> str:
        """Its sentence."""
        return words(f"verify.{self.key}", **self.facts)


@dataclass(frozen=True)
class Verdict:
    """What came of it. `version`: of sroi that the report was made with; `now`: that of this one.
    `build`: the version with its commit, as the report says.

    `files`: what the report carries, by the names that sroi gives them.
    """

    scenario: str
    version: str
    now: str
    checks: list[Check]
    files: dict[str, bytes] = field(repr=False)
    build: str = ""

    @property
    def another_build(self) -> bool:
        """Whether it is of the same version, but made from another commit."""
        return self.version == self.now and self.build != build()

    @property
    def holds(self) -> bool:
        """Whether all of it agrees."""
        return all(check.holds for check in self.checks)


@dataclass(frozen=True)
class Carried:
    """What a report carries: how it was asked for, its results, and its files by name."""

    asked: Asked
    results: dict[str, Any]
    files: dict[str, bytes]

    @property
    def scenario(self) -> str:
        """The name of the scenario's file."""
        return file_of(self.results["scenario"])


def carried(content: bytes) -> Carried:
    """What stands in a report. Raises `Unusable` where it is no report of sroi, or is damaged."""
    files = files_in(content)
    if not {ASKED, RESULTS, LIBRARY} <= set(files):
        raise Unusable(Problem("report-foreign"))
    try:
        asked, results = asked_in(_data(files[ASKED])), _data(files[RESULTS])
        known = ID.fullmatch(results["scenario"]) and file_of(results["scenario"]) in files
        results["version"], results["inputs_sha256"]
    except (ValueError, KeyError, TypeError, RecursionError):
        known = False
    if not known:
        raise Unusable(Problem("report-damaged"))
    return Carried(asked, results, files)


def verified(content: bytes, printer: Printer) -> Verdict:
    """Reckon with a report's own inputs, and lay what comes of it beside the report.

    Raises `Unusable` where it is no report of sroi, or where its inputs cannot be read.
    """
    given = carried(content)
    document = parse(given.files[given.scenario], given.scenario)
    library = read_used(given.files[LIBRARY], LIBRARY)
    valuation = value(load(document, given.asked.variant, library))
    filled = given.asked.filled(valuation, variants(valuation, document, library))
    printer.lay_out(rendered(filled, for_print=True))
    again = evidence(valuation, given.asked)
    made = printer.pdf(again, day_of(valuation))
    contents = {file.name: file.content for file in again}
    checks = [
        _inputs(given, valuation.loaded.inputs_sha256),
        _numbers(given, contents),
        _tables(given, contents),
        _pages(content, made),
    ]
    known = {name: inside for name, inside in given.files.items() if name in contents}
    version = _short(given.results["version"])
    return Verdict(
        given.results["scenario"], version, released(), checks, known, given.asked.version
    )


def _inputs(given: Carried, found: str) -> Check:
    stated = str(given.results["inputs_sha256"])
    facts = {"stated": _short(stated)[:12], "found": found[:12]}
    return _check(stated == found, "inputs_true", "inputs_untrue", facts)


def _numbers(given: Carried, contents: dict[str, bytes]) -> Check:
    found = _data(contents[RESULTS])
    # a later version may tell more, but nothing else
    more = given.results["version"] != found["version"]
    apart = list(differences(given.results, found | {"version": given.results["version"]}, more))
    facts: dict[str, Any] = {
        "count": sum(1 for _ in numbers(given.results)),
        "different": len(apart),
    }
    facts |= _first(apart)
    return _check(not apart, "numbers_true", "numbers_untrue", facts)


def _tables(given: Carried, contents: dict[str, bytes]) -> Check:
    separator = ";" if given.asked.lang == "nl" else ","
    tables = {name: content for name, content in contents.items() if name.endswith(".csv")}
    wrong = [
        name for name, content in tables.items()
        if not same_table(given.files.get(name, b""), content, separator)
    ] + sorted(set(given.files) - set(contents))  # fmt: skip
    return _check(not wrong, "tables_true", "tables_untrue", {"count": len(tables)} | _first(wrong))


def _pages(content: bytes, made: bytes) -> Check:
    if content == made:
        return Check("pages_same", True)
    given, expected = ([BREAKS.sub("", page) for page in words_on(one)] for one in (content, made))
    if len(given) != len(expected):
        return Check("pages_count", False, {"given": len(given), "expected": len(expected)})
    pairs = enumerate(zip(given, expected, strict=True), 1)
    wrong = [str(number) for number, (one, other) in pairs if one != other]
    return _check(not wrong, "pages_true", "pages_untrue", {"count": len(given)} | _first(wrong))


def _check(holds: bool, yes: str, no: str, facts: dict[str, Any]) -> Check:
    return Check(yes if holds else no, holds, facts)


def _first(paths: list[str]) -> dict[str, str]:
    """Some of them, as they may be printed."""
    more = ", …" if len(paths) > MOST_TOLD else ""
    return {"first": ", ".join(map(_short, paths[:MOST_TOLD])) + more}


def _short(text: object) -> str:
    """What stands in a file that somebody gave may be long, and a terminal must not obey it."""
    return "".join(char if char.isprintable() else "\ufffd" for char in str(text)[:60])


def differences(stated: Any, found: Any, more: bool = False, path: str = "") -> Iterator[str]:
    """The paths at which two results differ; with `more` the second may have keys of its own."""
    if isinstance(stated, dict) and isinstance(found, dict):
        for key in stated if more else {**stated, **found}:
            below = f"{path}.{key}".lstrip(".")
            if key in stated and key in found:
                yield from differences(stated[key], found[key], more, below)
            else:
                yield below
    elif isinstance(stated, list) and isinstance(found, list) and len(stated) == len(found):
        for place, (one, other) in enumerate(zip(stated, found, strict=True)):
            yield from differences(one, other, more, f"{path}.{place}")
    elif not _same(stated, found):
        yield path


def numbers(data: Any) -> Iterator[float]:
    """All numbers in results."""
    if isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from numbers(part)
    elif isinstance(data, int | float) and not isinstance(data, bool):
        yield data


def _same(one: Any, other: Any) -> bool:
    kinds = {type(one), type(other)}
    if kinds <= {int, float}:
        return math.isclose(one, other, rel_tol=NEARLY, abs_tol=NEARLY)
    return len(kinds) == 1 and bool(one == other)


def same_table(given: bytes, found: bytes, separator: str) -> bool:
    """Whether two CSV files have the same cells, but for the last digits of numbers."""
    try:
        one, other = (_rows(content, separator) for content in (given, found))
    except (csv.Error, ValueError):
        return False
    return [len(row) for row in one] == [len(row) for row in other] and all(
        _same_cell(*pair)
        for rows in zip(one, other, strict=True)
        for pair in zip(*rows, strict=True)
    )


def _rows(content: bytes, separator: str) -> list[list[str]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=separator))


def _same_cell(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        first, second = (float(cell.replace(",", ".")) for cell in (one, other))
    except ValueError:
        return False
    return _same(first, second)


def _data(content: bytes) -> Any:
    """What stands in a JSON file. Raises `ValueError`, also for what JSON does not know."""

    def refused(name: str) -> None:
        raise ValueError(name)

    return json.loads(content.decode("utf-8"), parse_constant=refused)
