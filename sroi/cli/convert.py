"""The command that makes a scenario of a Value Map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sroi.cli.app import ASKED, H, LangOption, LibraryOption, app
from sroi.cli.value_map import take_over
from sroi.report.words.words import Words, language


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
    """A Value Map (.xlsx) as a scenario (.yaml)."""
    from sroi.report.files import files
    from sroi.report.html.start import free_path

    files.ready(target, ".yaml", ".yml")
    free_path("", target)
    take_over(source, target, first_year, Words(language(lang or ASKED)))
