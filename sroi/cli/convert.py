"""The command that writes a scenario in its other spelling: as a workbook, or as YAML.

It takes over a Value Map as well, as either of them.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sroi.cli.app import ASKED, H, LangOption, LibraryOption, app
from sroi.cli.value_map import take_over
from sroi.problems import Problem, Unusable, errors
from sroi.report.words.words import Words, language

if TYPE_CHECKING:
    from sroi.inputs.text.yaml_text import Document


@app.command(help=H("convert"))
def convert(
    source: Annotated[Path, typer.Argument(metavar="A", help=H("arg.source"), show_default=False)],
    target: Annotated[Path, typer.Argument(metavar="B", help=H("arg.target"), show_default=False)],
    first_year: Annotated[
        int | None, typer.Option(min=1990, max=2100, help=H("opt.activity_year"))
    ] = None,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """A scenario as a workbook (.xlsx), or as YAML, by the names of the files."""
    from sroi.inputs.files.scenario_document import is_workbook
    from sroi.report.files import files

    files.ready(target, ".xlsx", ".yaml", ".yml")
    files.free(target)
    if is_workbook(source.name) and _is_taken_over(source):
        take_over(source, target, first_year, Words(language(lang or ASKED)))
        return
    if is_workbook(source.name) == is_workbook(target.name):
        facts = {"source": source.name, "target": target.name}
        raise Unusable(Problem("convert-alike", file=str(source), facts=facts))
    document = _sound(source)
    words = Words(language(lang or ASKED, document.data.get("language")))
    write = _to_workbook if is_workbook(target.name) else _to_yaml
    write(document, target, words)
    typer.echo(words("terminal.written", path=target), err=True)


def _is_taken_over(source: Path) -> bool:
    """Whether a workbook is a Value Map, or at least no scenario. What it holds decides, also where
    a sheet is called as one of a scenario. Raises `Unusable` for a scenario that cannot be read."""
    from sroi.inputs.files.scenario_document import no_scenario
    from sroi.inputs.value_map.value_map_sheet import is_value_map

    try:
        return no_scenario(source) or is_value_map(source)
    except Unusable as unusable:
        with suppress(Unusable):
            if is_value_map(source):
                return True
        raise unusable from None


def _sound(source: Path) -> Document:
    """What stands in a scenario that can be used. Raises `Unusable` with all that is wrong."""
    from sroi.inputs.files.scenario_document import read_document
    from sroi.inputs.files.scenario_file import check_file

    document = read_document(source)
    if problems := errors(check_file(document)):
        raise Unusable(*problems)
    return document


def _to_workbook(document: Document, target: Path, words: Words) -> None:
    """Write a workbook; that remarks are lost is said, and which numbers it keeps as text."""
    from sroi.inputs.files.chosen_library import chosen_library
    from sroi.report.files import files
    from sroi.report.workbook.written import workbook

    made = workbook(document.data, chosen_library(), words.lang)
    files.write(target, made.content)
    if any(line.lstrip().startswith("#") or " #" in line for line in document.lines):
        typer.echo(words("terminal.convert_comments"), err=True)
    if made.kept_as_text:
        cells = ", ".join(made.kept_as_text)
        typer.echo(words("terminal.convert_digits", cells=cells), err=True)


def _to_yaml(document: Document, target: Path, words: Words) -> None:
    """Write YAML; that formulas and what is not of the scenario stay behind is said."""
    from sroi.inputs.files.scenario_document import as_yaml
    from sroi.report.files import files

    files.write(target, as_yaml(document.data, str(target)))
    typer.echo(words("terminal.convert_cells"), err=True)
