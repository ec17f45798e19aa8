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
    from sroi.report.pdf.verified import Verdict


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
    from sroi.report.pdf.opened import MOST_BYTES
    from sroi.report.pdf.pdf import Printer
    from sroi.report.pdf.verified import verified
    from sroi.report.words.progress import progress

    words = Words(language(lang or ASKED))
    with Printer() as printer, progress(words("verify.checking")):
        verdict = verified(content_of(report, MOST_BYTES), printer)
    if as_json:
        checks = [asdict(check) for check in verdict.checks]
        told = {"scenario": verdict.scenario, "version": verdict.version, "now": verdict.now}
        told |= {"build": verdict.build, "build_now": build()}
        typer.echo(json.dumps(told | {"holds": verdict.holds, "checks": checks}, indent=1))
    else:
        _show(verdict, report, words)
    if extract is not None:
        _write(verdict.files, extract, words)
    if not verdict.holds:
        raise typer.Exit(FINDINGS)


def _show(verdict: Verdict, report: Path, words: Words) -> None:
    """A line for each thing that was compared, and what it comes to."""
    told = {"scenario": verdict.scenario, "version": verdict.version, "now": verdict.now}
    typer.echo(words("verify.made", file=report.name, **told))
    for check in verdict.checks:
        typer.echo(f"  {check.told(words)}")
    if verdict.version != verdict.now:
        typer.echo(words("verify.another_version", **told).strip())
    elif verdict.another_build:
        builds = {"build": verdict.build, "now": build()}
        typer.echo(words("verify.another_build", **builds).strip())
    typer.echo(words("verify.holds" if verdict.holds else "verify.fails"))


def _write(inside: dict[str, bytes], folder: Path, words: Words) -> None:
    """The files under the names that sroi gives them, whatever the PDF calls them."""
    from sroi.report.files import files

    files.folder(folder)
    for name, content in inside.items():
        files.write(folder / name, content)
        typer.echo(words("terminal.written", path=folder / name), err=True)
