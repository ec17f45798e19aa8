"""The command that counts codings of interviews, and puts them into a scenario."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from sroi.cli.app import ASKED, File, H, JsonOption, LangOption, LibraryOption, app
from sroi.report.words.words import Words, language


@app.command(help=H("experience"))
def experience(
    codings: Annotated[
        Path, typer.Argument(metavar="CODINGS", help=H("experienced.codings"), show_default=False)
    ],
    file: File,
    because: Annotated[
        str | None, typer.Option("--because", help=H("experienced.because"), show_default=False)
    ] = None,
    write: Annotated[bool, typer.Option("--write", help=H("experienced.write"))] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=H("measured.yes"))] = False,
    as_json: JsonOption = False,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """What interviews say of the outcomes of a scenario, by perspective."""
    from sroi.inputs.files.experience_edit import with_experience
    from sroi.inputs.files.scenario_file import load
    from sroi.report.terminal.experience import show, show_warnings

    found = with_experience(file, codings, because)
    words = Words(language(lang or ASKED, load(file).scenario.language))
    show_warnings(found.problems, words.lang)
    if as_json:
        typer.echo(json.dumps(found.experience, ensure_ascii=False, indent=1))
    else:
        show(file, found, words.lang)
    if write:
        from sroi.cli.measure import write_after_asking

        write_after_asking(found.edited, yes, words)
