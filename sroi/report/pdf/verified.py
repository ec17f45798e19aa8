"""Whether a report is right: its inputs are taken out of the PDF and reckoned with again, and the
report is made anew and laid beside the one that was given.

What is compared: the attached prices with the library, the fingerprint of the inputs, every number
of the results and of the tables; and apart from these the file itself, page by page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sroi.analysis.valuation.valuation import value, variants
from sroi.inputs.files.scenario_document import document_of
from sroi.inputs.files.scenario_file import load
from sroi.inputs.library.used_library import read_used
from sroi.inputs.text.nouns import ID
from sroi.problems import Problem, Unusable
from sroi.report.files.attached import ASKED, LIBRARY, RESULTS, names_of
from sroi.report.pages.page import rendered
from sroi.report.pdf import reckoned
from sroi.report.pdf.as_made import as_made
from sroi.report.pdf.evidence import Asked, asked_in, day_of, evidence
from sroi.report.pdf.opened import Carrying, carrying
from sroi.report.pdf.pdf import Printer
from sroi.report.pdf.prices_as_shipped import prices_as_shipped
from sroi.report.pdf.reckoned import data
from sroi.report.pdf.verdict import Verdict, short
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


def carried(found: Carrying) -> Carried:
    """What stands in a report. Raises `Unusable` where it is no report of sroi, or is damaged."""
    files = found.files
    if not {ASKED, RESULTS, LIBRARY} <= set(files):
        raise Unusable(Problem("report-foreign"))
    try:
        asked, results = asked_in(data(files[ASKED])), data(files[RESULTS])
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
    return of_scenario(content, carrying(content), printer)


def of_scenario(content: bytes, found: Carrying, printer: Printer) -> Verdict:
    """The same, of which the files in it were taken out before."""
    given = carried(found)
    known = given.asked.version == build()
    document = document_of(given.files[given.scenario], given.scenario)
    handed = read_used(given.files[LIBRARY], LIBRARY)
    library = reckoned.with_layer(handed, given.files)
    valuation = value(load(document, given.asked.variant, library))
    filled = given.asked.filled(valuation, variants(valuation, document, library))
    printer.lay_out(rendered(filled, for_print=True))
    again = evidence(valuation, given.asked)
    made = printer.pdf(again, day_of(valuation))
    contents = {file.name: file.content for file in again}
    inputs = [
        reckoned.inputs(given.results, valuation.loaded.inputs_sha256),
        *prices_as_shipped(handed.files, document.written, library, known),
        reckoned.results(given.results, data(contents[RESULTS])),
        reckoned.tables(given.asked.lang, given.files, again),
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
