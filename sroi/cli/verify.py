"""The command that checks a report: takes out what it was made from, and makes it anew."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sroi.cli.app import ASKED, FINDINGS, H, JsonOption, LangOption, app, writable
from sroi.report.words.words import Words, language
from sroi.version import build

if TYPE_CHECKING:
    from sroi.report.pdf.opened import Carrying
    from sroi.report.pdf.pdf import Printer
    from sroi.report.pdf.verdict import Verdict

NOT_AS_MADE = 4  # inputs and results are right, but the file is not as sroi made it


@app.command(help=H("verify"))
def verify(
    report: Annotated[Path, typer.Argument(metavar="PDF", help=H("arg.pdf"), show_default=False)],
    extract: Annotated[
        Path | None,
        typer.Option("--extract", help=H("opt.extract"), show_default=False, callback=writable),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Whether a report is true to its inputs."""
    from sroi.inputs.text.content import content_of
    from sroi.report.pdf.opened import MOST_BYTES, carrying
    from sroi.report.pdf.pdf import Printer
    from sroi.report.words.progress import progress

    words = Words(language(lang or ASKED))
    with Printer() as printer, progress(words("verify.checking")):
        content = content_of(report, MOST_BYTES)
        verdict = _verified(content, carrying(content), printer)
    if as_json:
        told: dict[str, object] = {
            verdict.of: verdict.scenario,
            "version": verdict.version,
            "now": verdict.now,
        }
        told |= {"build": verdict.build, "build_now": build()}
        told |= {"right": verdict.right, "as_made": verdict.as_made}
        parts = {"inputs": verdict.inputs, "file": verdict.file}
        told |= {name: [asdict(check) for check in checks] for name, checks in parts.items()}
        typer.echo(json.dumps(told, indent=1))
    else:
        _show(verdict, report, words)
    if extract is not None:
        _write(verdict.files, extract, words)
    if not (verdict.right and verdict.as_made):
        raise typer.Exit(FINDINGS if not verdict.right else NOT_AS_MADE)


def _verified(content: bytes, found: Carrying, printer: Printer) -> Verdict:
    """Reckoned again as what it is a report of."""
    from sroi.report.pdf.verified import of_scenario
    from sroi.report.portfolio.portfolio_verified import of_portfolio, portfolio_verified

    verify_it = portfolio_verified if of_portfolio(found) else of_scenario
    return verify_it(content, found, printer)


def _show(verdict: Verdict, report: Path, words: Words) -> None:
    """A line for each thing that was compared, and what it comes to."""
    told = {"scenario": verdict.scenario, "version": verdict.version, "now": verdict.now}
    made = "made" if verdict.of == "scenario" else "made_of_portfolio"
    typer.echo(words(f"verify.{made}", file=report.name, **told))
    for checks in (verdict.inputs, verdict.file):
        for line in (line for check in checks for line in check.lines(words)):
            typer.echo(line)
    if verdict.version != verdict.now:
        typer.echo(words("verify.another_version", **told).strip())
    elif verdict.another_build:
        builds = {"build": verdict.build, "now": build()}
        typer.echo(words("verify.another_build", **builds).strip())
    typer.echo(words("verify.right" if verdict.right else "verify.not_right"))
    typer.echo(words("verify.as_made" if verdict.as_made else "verify.not_as_made"))


def _write(inside: dict[str, bytes], folder: Path, words: Words) -> None:
    """The files under the names that sroi gives them, whatever the PDF calls them."""
    from sroi.report.files import files

    files.folder(folder)
    for name, content in inside.items():
        files.write(folder / name, content)
        typer.echo(words("terminal.written", path=folder / name), err=True)
