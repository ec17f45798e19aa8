"""The commands that turn what was measured into an effect, and put that into a scenario: answers
before and after, and the register of a pilot."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sroi.cli import pages
from sroi.cli.app import ASKED, CsvOption, H, JsonOption, LangOption, LibraryOption, app
from sroi.cli.pages import DocxOption, HtmlOption
from sroi.problems import Problem, Unusable
from sroi.report.words.words import Words, language

if TYPE_CHECKING:
    from sroi.analysis.evidence.measuring import MeasuredEffect
    from sroi.analysis.pilot.found import PilotEffect
    from sroi.analysis.pilot.in_scenario import InScenario
    from sroi.analysis.pilot.moving_along import MovingAlong
    from sroi.inputs.files.scenario_edit import Edited


@app.command(help=H("measure"))
def measure(
    file: Annotated[
        Path, typer.Argument(metavar="MEASUREMENT", help=H("measured.file"), show_default=False)
    ],
    write: Annotated[
        Path | None, typer.Option("--write", help=H("measured.write"), show_default=False)
    ] = None,
    outcome: Annotated[
        str | None, typer.Option("--outcome", help=H("measured.outcome"), show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=H("measured.yes"))] = False,
    as_json: JsonOption = False,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """What a survey before and after says, step by step; and that rate in a scenario."""
    from sroi.analysis.evidence.measuring import measured
    from sroi.inputs.evidence.measurement_file import load_measurement
    from sroi.inputs.evidence.survey import read_survey
    from sroi.report.measured import measurement_terminal
    from sroi.report.measured.measurement_json import as_data

    described = load_measurement(file)
    found = measured(described, read_survey(described))
    words = Words(language(lang or ASKED))
    if as_json:
        data = as_data(found, words.lang)
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        measurement_terminal.show(found, words.lang)
    if write is not None:
        _write(found, write, outcome, yes, words)


def _write(
    found: MeasuredEffect, scenario: Path, outcome: str | None, yes: bool, words: Words
) -> None:
    """The rate into the scenario, after the difference was shown; what is said goes to stderr."""
    from sroi.inputs.files.rate_edit import with_rate
    from sroi.report.measured.measured_effect import in_scenario

    edited = with_rate(scenario, outcome or _fed(found, scenario), in_scenario(found))
    write_after_asking(edited, yes, words)


def write_after_asking(edited: Edited, yes: bool, words: Words) -> None:
    """Show what changes in a scenario, ask, and write it; nothing where nothing changes."""
    from sroi.inputs.files.scenario_edit import write_edited

    scenario = edited.path
    if edited.before == edited.after:
        typer.echo(words("measure.nothing", path=scenario), err=True)
        return
    _show(edited, words)
    if yes or agreed(words("measure.ask", path=scenario)):
        write_edited(edited)
        typer.echo(words("measure.done", path=scenario), err=True)
    else:
        typer.echo(words("measure.not_done"), err=True)


def _fed(found: MeasuredEffect, scenario: Path) -> str:
    """The outcome that the measurement itself names, if it is about this scenario."""
    from sroi.inputs.files.scenario_edit import scenario_id

    feeds = found.described.measurement.feeds
    if feeds is None:
        raise Unusable(Problem("measure-outcome-unnamed", file=found.described.document.file))
    if (own := scenario_id(scenario)) != feeds.scenario:
        facts = {"found": own[:80], "expected": feeds.scenario, "outcome": feeds.outcome}
        raise Unusable(Problem("measure-other-scenario", file=str(scenario), facts=facts))
    return feeds.outcome


def _show(edited: Edited, words: Words) -> None:
    """The lines that change, and which corrections the comparison replaces."""
    from sroi.report.terminal.terminal import safe

    for line in edited.cells or _lines(edited):
        typer.echo(safe(line), err=True)
    if edited.cells and edited.formulas:
        typer.echo(words("measure.formulas"), err=True)
    if edited.removed:
        typer.echo(words("measure.removed", keys=", ".join(edited.removed)), err=True)


def _lines(edited: Edited) -> Iterator[str]:
    """The lines of a file of text that change."""
    old, new = (text.decode("utf-8-sig").splitlines() for text in (edited.before, edited.after))
    name = str(edited.path)
    return difflib.unified_diff(old, new, name, name, n=1, lineterm="")


def agreed(question: str) -> bool:
    """Yes in either language; whatever else is said is no."""
    said = typer.prompt(question, default="n", show_default=False, prompt_suffix=" ", err=True)
    return str(said).strip().casefold() in ("j", "ja", "y", "yes")


PilotFile = Annotated[
    Path, typer.Argument(metavar="PILOT", help=H("piloted.file"), show_default=False)
]
Plan = Annotated[bool, typer.Option("--plan", help=H("piloted.plan"))]
ChartFile = Annotated[
    Path | None, typer.Option("--chart", help=H("piloted.chart"), show_default=False)
]
ToLadder = Annotated[
    tuple[Path, str] | None,
    typer.Option("--write", metavar="SCENARIO LADDER", help=H("piloted.write"), show_default=False),
]
ForLadder = Annotated[
    tuple[Path, str] | None,
    typer.Option("--for", metavar="SCENARIO LADDER", help=H("piloted.meant"), show_default=False),
]
ReportFile = Annotated[
    Path | None, typer.Option("--report", help=H("piloted.report"), show_default=False)
]


@app.command(help=H("pilot"))
def pilot(
    file: PilotFile,
    plan: Plan = False,
    chart: ChartFile = None,
    write: ToLadder = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=H("measured.yes"))] = False,
    meant: ForLadder = None,
    as_json: JsonOption = False,
    csv: CsvOption = None,
    report: ReportFile = None,
    html: HtmlOption = False,
    docx: DocxOption = False,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """What a register says of a pilot: the courses, the effect, and what speaks against it."""
    words = Words(language(lang or ASKED))
    if plan:
        _plan(file, chart, as_json, words)
        return
    if chart is not None:
        facts = {"name": "--chart", "nearest": "", "reason": "--plan"}
        raise Unusable(Problem("usage-value", facts=facts))
    paths = [report, *pages.beside(report, html, docx)] if report else []
    pages.ready(*paths)
    found, along = _piloted(file)
    shift = _shift(found, along, *meant) if meant else None
    _tell(found, along, shift, as_json, csv, words)
    if paths:
        from sroi.report.pilot.pilot_report import files

        made = files(found, along, words.lang, dict.fromkeys(paths), shift)
        pages.written(made, words.lang)
    if write is not None:
        _write_ladder(found, along, *write, yes, words)


def _plan(file: Path, chart: Path | None, as_json: bool, words: Words) -> None:
    """What could be seen of a pilot that is still to begin, and where it may be held."""
    from sroi.analysis.pilot.planning import planned
    from sroi.inputs.pilot.pilot_file import load_pilot
    from sroi.inputs.pilot.register import read_register
    from sroi.report.pilot.plan_told import PlanTold, show
    from sroi.report.words.numbers import Numbers

    described = load_pilot(file, begun=False)
    told = PlanTold(planned(described, read_register(described)), words, Numbers(words.lang))
    if chart is not None:
        from sroi.report.files import files
        from sroi.report.pilot.plan_told import picture

        files.write(chart, picture(told).encode("utf-8"))
        typer.echo(words("terminal.written", path=chart), err=True)
    if as_json:
        typer.echo(json.dumps(told.as_data(), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        show(told)


def _tell(
    found: PilotEffect,
    along: MovingAlong,
    shift: InScenario | None,
    as_json: bool,
    csv: Path | None,
    words: Words,
) -> None:
    """What is found: in the terminal or as data, and its tables."""
    from sroi.report.files.csv_files import write_tables
    from sroi.report.pilot import pilot_terminal
    from sroi.report.pilot.pilot_json import as_data, tables

    if csv is not None:
        read = [path for path in (found.described.data, found.described.presence) if path]
        for path in write_tables(tables(found, along), csv, words.lang, read):
            typer.echo(words("terminal.written", path=path), err=True)
    if as_json:
        data = as_data(found, words.lang, along, shift)
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        pilot_terminal.show(found, words.lang, along, shift)


def _write_ladder(
    found: PilotEffect, along: MovingAlong, scenario: Path, ladder: str, yes: bool, words: Words
) -> None:
    """The effects into a ladder of a scenario, after the difference was shown."""
    write_after_asking(_edited(found, along, scenario, ladder), yes, words)


def _edited(found: PilotEffect, along: MovingAlong, scenario: Path, ladder: str) -> Edited:
    """A scenario with what the pilot found."""
    from sroi.analysis.pilot.setting import setting
    from sroi.inputs.files.ladder_edit import with_effects
    from sroi.inputs.files.scenario_file import load
    from sroi.report.pilot.pilot_written import in_ladder

    reference = setting(found.described, along, load(scenario).scenario)
    return with_effects(scenario, ladder, in_ladder(found, reference, along))


def _shift(found: PilotEffect, along: MovingAlong, scenario: Path, ladder: str) -> InScenario:
    """What the pilot means for a scenario, which stays as it is."""
    import tempfile

    from sroi.analysis.pilot.in_scenario import in_scenario
    from sroi.analysis.valuation.valuation import value
    from sroi.inputs.files.scenario_file import load

    edited = _edited(found, along, scenario, ladder)
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder, scenario.name)
        trial.write_bytes(edited.after)
        after = load(trial)
    return in_scenario(found, ladder, value(load(scenario)), value(after))


def _piloted(file: Path) -> tuple[PilotEffect, MovingAlong]:
    """What the register of a pilot says, and what the scores of who moved along."""
    from sroi.analysis.pilot.moving_along import moving_along
    from sroi.analysis.pilot.piloting import piloted
    from sroi.inputs.pilot.pilot_file import load_pilot
    from sroi.inputs.pilot.presence import read_presence
    from sroi.inputs.pilot.register import read_register

    described = load_pilot(file)
    register = read_register(described)
    scores = read_presence(described, register)
    found = piloted(described, register)
    return found, moving_along(found, scores)
