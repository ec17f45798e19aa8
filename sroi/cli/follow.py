"""The command that follows a contract: what came of it, why, and what to expect now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sroi.cli import pages
from sroi.cli.app import ASKED, CsvOption, File, H, JsonOption, LangOption, LibraryOption, app
from sroi.report.words.words import Words, language

if TYPE_CHECKING:
    from sroi.analysis.follow.followed import Followed


@app.command(help=H("follow"))
def follow(
    file: File,
    actuals: Annotated[
        Path, typer.Argument(metavar="ACTUALS", help=H("followed.actuals"), show_default=False)
    ],
    new: Annotated[bool, typer.Option("--new", help=H("followed.new"))] = False,
    as_json: JsonOption = False,
    csv: CsvOption = None,
    report: Annotated[
        Path | None, typer.Option("--report", help=H("followed.report"), show_default=False)
    ] = None,
    brand: pages.BrandOption = None,
    as_scenario: Annotated[
        Path | None,
        typer.Option("--as-scenario", help=H("followed.as_scenario"), show_default=False),
    ] = None,
    changed: Annotated[
        Path | None,
        typer.Option(
            "--scenario-changed", metavar="OLD", help=H("followed.changed"), show_default=False
        ),
    ] = None,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """Hold what happened against a scenario."""
    if new:
        return _new(file, actuals, lang)
    _ready(report, as_scenario)
    own = pages.read(brand) if brand is not None else None
    found = _followed(file, actuals, changed)
    spoken = language(lang or ASKED, found.happened.loaded.scenario.language)
    if report is not None:
        command = f"sroi follow {file.name} {actuals.name}"
        pages.written({report: _report(found, report, spoken, command, own)}, spoken)
    if as_scenario is not None:
        pages.written({as_scenario: _looking_back(found, as_scenario)}, spoken)
    return _show(found, as_json, csv, spoken, actuals)


def _looking_back(found: Followed, target: Path) -> bytes:
    """The scenario that looks back."""
    from sroi.report.follow.retrospective import retrospective

    return retrospective(found, str(target))


def _ready(report: Path | None, scenario: Path | None) -> None:
    """Before long work: that what was asked for can be written. Raises `Unusable`."""
    from sroi.report.files import files

    if report is not None:
        pages.ready(report)
    if scenario is not None:
        files.ready(scenario, ".yaml", ".yml")
        files.free(scenario)


def _show(found: Followed, as_json: bool, csv: Path | None, spoken: str, actuals: Path) -> None:
    """In the terminal, or as data; and the tables as files."""
    if csv is not None or as_json:
        from sroi.report.follow.follow_files import write_csv
        from sroi.report.follow.follow_json import as_json as told_as_json

        results = told_as_json(found, spoken)
        for path in write_csv(results, csv, spoken, [actuals]) if csv is not None else ():
            typer.echo(Words(spoken)("terminal.written", path=path), err=True)
        if as_json:
            typer.echo(json.dumps(results, ensure_ascii=False, indent=1, allow_nan=False))
            return
    from sroi.report.follow.follow_terminal import show
    from sroi.report.follow.follow_told import follow_told

    show(follow_told(found, spoken))


def _followed(file: Path, actuals: Path, changed: Path | None) -> Followed:
    """What happened, held against the scenario."""
    from sroi.analysis.follow.followed import follow as followed
    from sroi.inputs.files.scenario_file import load
    from sroi.inputs.follow.actuals_file import load_actuals

    before = load(changed) if changed is not None else None
    return followed(load_actuals(actuals, load(file), before))


def _report(found: Followed, target: Path, spoken: str, command: str, brand: Any) -> bytes | str:
    """The report as PDF, web page or Word document, by the name of its file."""
    from sroi.report.charts.easel import Easel
    from sroi.report.charts.look import look_of
    from sroi.report.follow.follow_evidence import evidence
    from sroi.report.follow.follow_page import contents, rendered
    from sroi.report.follow.follow_told import follow_told

    told, kind = follow_told(found, spoken, Easel()), target.suffix.lower()
    name = Path(found.happened.document.file).name
    filled = contents(told, command, name) | {"look": look_of(brand, spoken)}
    if kind == ".html":
        return rendered(filled, for_print=False)
    if kind == ".docx":
        from sroi.report.word.word import docx

        return docx(rendered(filled, for_print=True), filled["running"], filled["look"])
    from sroi.report.pdf.pdf import Printer

    with Printer() as printer:
        printer.lay_out(rendered(filled, for_print=True))
        return printer.pdf(evidence(told))


def _new(file: Path, actuals: Path, lang: str | None) -> None:
    """A table to fill in. Raises `Unusable`."""
    from sroi.inputs.files.scenario_file import load
    from sroi.report.follow.template import write_template

    loaded = load(file)
    spoken = language(lang or ASKED, loaded.scenario.language)
    write_template(actuals, loaded, spoken)
    typer.echo(Words(spoken)("terminal.written", path=actuals))
    typer.echo(Words(spoken)("follow_template.next", scenario=file, path=actuals))
