"""The commands that question a scenario: what moves the answer, and which of two is better."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from sroi.cli.app import (
    ASKED,
    CsvOption,
    File,
    H,
    JsonOption,
    LangOption,
    LibraryOption,
    VariantOption,
    app,
    valued,
)
from sroi.report.words.words import Words, language

Result = Annotated[str, typer.Option("--result", "-r", help=H("opt.result"))]


def _finite(value: float | None) -> float | None:
    """A threshold at which something can turn."""
    if value is not None and not math.isfinite(value):
        raise typer.BadParameter(str(value))
    return value


Threshold = Annotated[
    float | None,
    typer.Option("--threshold", help=H("opt.threshold"), show_default=False, callback=_finite),
]


@app.command(help=H("sensitivity"))
def sensitivity(
    file: File,
    result: Result = "society",
    threshold: Threshold = None,
    pair: Annotated[
        tuple[str, str] | None, typer.Option("--pair", help=H("opt.pair"), show_default=False)
    ] = None,
    as_json: JsonOption = False,
    csv: CsvOption = None,
    variant: VariantOption = "",
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """What moves a result, where it turns, and what to find out first."""
    valuation, spoken = valued(file, variant, lang)
    from sroi.analysis.result.question import question
    from sroi.analysis.valuation.sensitivity import parts
    from sroi.report.tables.sensitivity import Asked
    from sroi.report.terminal.sensitivity import show_parts
    from sroi.report.told.told import told

    asked = Asked(told(valuation, spoken), question(valuation.model, result, threshold))
    found, stopped = _answers(parts(valuation, asked.question, pair), spoken)
    if csv is not None:
        from sroi.report.files.sensitivity_files import write_csv

        for path in write_csv(asked, found, csv):
            typer.echo(Words(spoken)("terminal.written", path=path), err=True)
    if as_json:
        from sroi.report.files.sensitivity_files import as_data

        data = as_data(asked, found) | {"stopped": stopped}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        show_parts(asked, found, stopped)


def _answers(made: dict[str, Callable[[], Any]], spoken: str) -> tuple[dict[str, Any], bool]:
    """The parts that were made before somebody stopped it, and whether that happened."""
    from sroi.analysis.valuation.sensitivity import answered
    from sroi.report.words.progress import progress

    found: dict[str, Any] = {}
    with progress(Words(spoken)("terminal.questioning")) as told_of:
        try:
            for name, answer in answered(made, told_of):
                found[name] = answer
        except KeyboardInterrupt:
            return found, True
    return found, False


@app.command(help=H("compare"))
def compare(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=H("arg.compared"))],
    variants: Annotated[bool, typer.Option("--variants", help=H("opt.variants"))] = False,
    result: Result = "society",
    as_json: JsonOption = False,
    csv: CsvOption = None,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """Variants of a scenario, or several scenarios, side by side with the same draws."""
    from sroi.analysis.comparison.side_by_side import side_by_side
    from sroi.inputs.files.scenario_file import load
    from sroi.report.words.progress import progress

    spoken = language(lang or ASKED, load(files[0]).scenario.language)
    with progress(Words(spoken)("terminal.comparing")) as told_of:
        found = side_by_side(files, variants, result, told_of)
    from sroi.report.comparison import comparison as comparison_tables

    if csv is not None:
        for path in comparison_tables.write_csv(found, csv, spoken):
            typer.echo(Words(spoken)("terminal.written", path=path), err=True)
    if as_json:
        data = comparison_tables.as_data(found)
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        comparison_tables.show(found, spoken)
