"""Whether a report of a portfolio is right: all rows are reckoned again from the files in it."""

from __future__ import annotations

from typing import Any

from sroi.analysis.portfolio.valued import value
from sroi.inputs.library.library import Library
from sroi.inputs.library.used_library import read_used
from sroi.inputs.portfolio.portfolio import Portfolio
from sroi.inputs.portfolio.portfolio_file import LoadedPortfolio, load_portfolio
from sroi.inputs.text.reading import nouns_of
from sroi.inputs.text.yaml_text import parse
from sroi.problems import Problem, Unusable
from sroi.report.files.attached import ASKED, LIBRARY, RESULTS
from sroi.report.pdf import reckoned
from sroi.report.pdf.as_made import as_made
from sroi.report.pdf.opened import Carrying
from sroi.report.pdf.pdf import Printer
from sroi.report.pdf.prices_as_shipped import prices_as_shipped
from sroi.report.pdf.reckoned import Files, data
from sroi.report.pdf.verdict import Verdict, short
from sroi.report.portfolio.portfolio_evidence import (
    SCHEMA,
    PortfolioAsked,
    asked_in,
    evidence,
    name_of,
    names_of,
    names_on_disk,
    said_of,
)
from sroi.report.portfolio.portfolio_json import fingerprint
from sroi.report.portfolio.portfolio_page import rendered
from sroi.report.portfolio.portfolio_told import portfolio_told
from sroi.version import build, released


def of_portfolio(found: Carrying) -> bool:
    """Whether a PDF says that it is the report of a portfolio."""
    try:
        asked = data(found.files[ASKED])
        return isinstance(asked, dict) and asked.get("schema") == SCHEMA
    except (KeyError, ValueError, RecursionError):
        return False


def portfolio_verified(content: bytes, found: Carrying, printer: Printer) -> Verdict:
    """Reckon with the inputs of a report, and lay what comes of it beside the report.

    `found`: the files in it. Raises `Unusable` where it is damaged, or cannot be read.
    """
    asked, results = _stated(found.files)
    handed = read_used(found.files[LIBRARY], LIBRARY)
    library = reckoned.with_layer(handed, found.files)
    loaded = _loaded(asked, found.files, library)
    told = portfolio_told(value(loaded, asked.draws, asked.seed, hard=asked.hard), asked.lang)
    printer.lay_out(rendered(asked.filled(told), for_print=True))
    again = evidence(told, asked)
    made = printer.pdf(again)
    on_disk = names_on_disk(names_of(loaded.portfolio, asked.file))
    contents, known = {file.name: file.content for file in again}, asked.version == build()
    return Verdict(
        scenario=short(loaded.portfolio.portfolio),
        version=short(results["version"]),
        now=released(),
        inputs=[
            reckoned.inputs(results, fingerprint(loaded)),
            *prices_as_shipped(handed.files, said_of(loaded), library, known),
            reckoned.results(results, data(contents[RESULTS])),
            reckoned.tables(asked.lang, found.files, again),
        ],
        file=[as_made(content, found.pages, made, known)],
        files={
            on_disk.get(name, name): inside
            for name, inside in found.files.items()
            if name in contents
        },
        build=asked.version,
        of="portfolio",
    )


def _stated(files: Files) -> tuple[PortfolioAsked, dict[str, Any]]:
    """How the report was asked for, and its results. Raises `Unusable` where it is damaged."""
    try:
        asked, results = asked_in(data(files[ASKED])), data(files[RESULTS])
        results["version"], results["inputs_sha256"], files[LIBRARY]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unusable(Problem("report-damaged")) from None
    return asked, results


def _loaded(asked: PortfolioAsked, files: Files, library: Library) -> LoadedPortfolio:
    """The portfolio that a report carries, with the files that it names. Raises `Unusable`."""
    own = name_of(asked.file)
    if own not in files:
        raise Unusable(Problem("report-damaged"))
    document = parse(files[own], asked.file)
    portfolio, problems = nouns_of(Portfolio, document)
    if portfolio is None:
        raise Unusable(*problems)
    names = names_of(portfolio, asked.file)
    if missing := [said for said, name in names.items() if name not in files]:
        raise Unusable(Problem("file-missing", file=short(missing[0])))
    carried = {said: files[name] for said, name in names.items()}
    return load_portfolio(document, library, carried)
