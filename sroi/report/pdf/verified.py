"""Whether a report is right: its inputs are taken out of the PDF and reckoned with again, and the
report is made anew and laid beside the one that was given.

What is compared: the attached prices with the library, the fingerprint of the inputs, every number
of the results and of the tables; and apart from these the file itself, page by page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sroi.analysis.valuation.valuation import value, variants
from sroi.inputs.files.scenario_document import document_of
from sroi.inputs.files.scenario_file import load
from sroi.inputs.library.layered import layered
from sroi.inputs.library.library import Library
from sroi.inputs.library.used_library import read_used
from sroi.inputs.text.nouns import ID
from sroi.inputs.text.yaml_text import parse
from sroi.problems import Problem, Unusable
from sroi.report.files.attached import ASKED, LAYER, LIBRARY, RESULTS, names_of
from sroi.report.pages.page import rendered
from sroi.report.pdf.as_made import as_made
from sroi.report.pdf.compared import differences, numbers, same_table
from sroi.report.pdf.evidence import Asked, asked_in, day_of, evidence
from sroi.report.pdf.opened import carrying
from sroi.report.pdf.pdf import Printer
from sroi.report.pdf.prices_as_shipped import prices_as_shipped
from sroi.report.pdf.verdict import Check, Verdict, of, short, some
from sroi.version import build, released


@dataclass(frozen=True)
class Carried:
    """What a report carries: how it was asked for, its results, its files by name, and how many
    pages."""

    asked: Asked
    results: dict[str, Any]
    files: dict[str, bytes]
    pages: int

    @property
    def scenario(self) -> str:
        """The name of the scenario's file."""
        return next(name for name in names_of(self.results["scenario"]) if name in self.files)


def carried(content: bytes) -> Carried:
    """What stands in a report. Raises `Unusable` where it is no report of sroi, or is damaged."""
    found = carrying(content)
    files = found.files
    if not {ASKED, RESULTS, LIBRARY} <= set(files):
        raise Unusable(Problem("report-foreign"))
    try:
        asked, results = asked_in(_data(files[ASKED])), _data(files[RESULTS])
        own = set(names_of(results["scenario"])) & set(files)
        known = bool(ID.fullmatch(results["scenario"]) and own)
        results["version"], results["inputs_sha256"]
    except (ValueError, KeyError, TypeError, RecursionError):
        known = False
    if not known:
        raise Unusable(Problem("report-damaged"))
    return Carried(asked, results, files, found.pages)


def verified(content: bytes, printer: Printer) -> Verdict:
    """Reckon with a report's own inputs, and lay what comes of it beside the report.

    Raises `Unusable` where it is no report of sroi, or where its inputs cannot be read.
    """
    given = carried(content)
    known = given.asked.version == build()
    document = document_of(given.files[given.scenario], given.scenario)
    handed = read_used(given.files[LIBRARY], LIBRARY)
    library = _with_layer(handed, given)
    valuation = value(load(document, given.asked.variant, library))
    filled = given.asked.filled(valuation, variants(valuation, document, library))
    printer.lay_out(rendered(filled, for_print=True))
    again = evidence(valuation, given.asked)
    made = printer.pdf(again, day_of(valuation))
    contents = {file.name: file.content for file in again}
    inputs = [
        _inputs(given, valuation.loaded.inputs_sha256),
        *prices_as_shipped(handed.files, document.written, library, known),
        _numbers(given, contents),
        _tables(given, contents),
    ]
    return Verdict(
        scenario=given.results["scenario"],
        version=short(given.results["version"]),
        now=released(),
        inputs=inputs,
        file=[as_made(content, given.pages, made, known)],
        files={name: inside for name, inside in given.files.items() if name in contents},
        build=given.asked.version,
    )


def _with_layer(library: Library, given: Carried) -> Library:
    """The prices that it carries, with what an organisation laid over them. Raises `Unusable`."""
    layer = given.files.get(LAYER)
    return library if layer is None else layered(library, parse(layer, LAYER))


def _inputs(given: Carried, found: str) -> Check:
    stated = str(given.results["inputs_sha256"])
    facts = {"stated": short(stated)[:12], "found": found[:12]}
    return of(stated == found, "inputs_true", "inputs_untrue", facts)


def _numbers(given: Carried, contents: dict[str, bytes]) -> Check:
    found = _data(contents[RESULTS])
    # a later version may tell more, but nothing else
    more = given.results["version"] != found["version"]
    apart = list(differences(given.results, found | {"version": given.results["version"]}, more))
    facts: dict[str, Any] = {
        "count": sum(1 for _ in numbers(given.results)),
        "different": len(apart),
    }
    facts |= some(apart)
    return of(not apart, "numbers_true", "numbers_untrue", facts)


def _tables(given: Carried, contents: dict[str, bytes]) -> Check:
    separator = ";" if given.asked.lang == "nl" else ","
    tables = {name: content for name, content in contents.items() if name.endswith(".csv")}
    wrong = [
        name for name, content in tables.items()
        if not same_table(given.files.get(name, b""), content, separator)
    ] + sorted(set(given.files) - set(contents))  # fmt: skip
    return of(not wrong, "tables_true", "tables_untrue", {"count": len(tables)} | some(wrong))


def _data(content: bytes) -> Any:
    """What stands in a JSON file. Raises `ValueError`, also for what JSON does not know."""

    def refused(name: str) -> None:
        raise ValueError(name)

    return json.loads(content.decode("utf-8"), parse_constant=refused)
