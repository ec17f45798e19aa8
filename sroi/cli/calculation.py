"""The calculation workbook beside a report, or by itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sroi.cli.app import ASKED, drawn
from sroi.report.words.words import Words, language

if TYPE_CHECKING:
    from sroi.inputs.files.scenario_file import Loaded

ENDING = ".xlsx"


def path_beside(target: Path, file: Path, variant: str, lang: str | None) -> Path:
    """Before long work: where the workbook comes, called by what it is in the language of the
    report. Raises `Unusable` where there can be none."""
    from sroi.inputs.files.scenario_file import load
    from sroi.report.files import files

    loaded = load(file, variant)
    spoken = language(lang or ASKED, loaded.scenario.language)
    path = target.with_name(f"{target.stem}-{Words(spoken)('calculation.file')}{ENDING}")
    _refuse(loaded, file, path)
    files.ready(path, ENDING)
    return path


def made(valuation: Any, spoken: str) -> bytes:
    """The workbook of a valuation."""
    from sroi.report.calculation.workbook import workbook
    from sroi.report.files.results_json import as_json
    from sroi.report.told.told import told

    return workbook(told(valuation, spoken), as_json(valuation, spoken))


def write_alone(file: Path, variant: str, lang: str | None, path: Path) -> None:
    """The workbook and no report."""
    from sroi.inputs.files.scenario_file import load
    from sroi.report.files import files

    loaded = load(file, variant)
    _refuse(loaded, file, path)
    files.ready(path, ENDING)
    valuation, spoken = drawn(loaded, lang)
    files.write(path, made(valuation, spoken))
    typer.echo(Words(spoken)("terminal.written", path=path), err=True)


def _refuse(loaded: Loaded, file: Path, path: Path) -> None:
    """What a workbook cannot compute is not passed off as computed, and the workbook of a scenario
    is not replaced by that of its numbers. Raises `Unusable`."""
    from sroi.model.lines.model import model_of
    from sroi.problems import Problem, Unusable
    from sroi.report.calculation.workbook import MOST_CELLS, cells_of

    scenario = loaded.scenario
    if path.exists() and path.samefile(file):
        raise Unusable(Problem("calculation-over-scenario", file=str(file)))
    if scenario.cohorts:
        raise Unusable(Problem("calculation-of-cohorts", file=str(file)))
    if (cells := cells_of(model_of(scenario, loaded.library))) > MOST_CELLS:
        facts = {"cells": f"{cells:,}", "most": f"{MOST_CELLS:,}"}
        raise Unusable(Problem("calculation-too-large", file=str(file), facts=facts))
