"""The commands that read a downloaded table of municipalities; nothing is fetched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from sroi.cli.app import ASKED, H, JsonOption, LangOption, app
from sroi.report.words.words import language

data = typer.Typer(help=H("data"), no_args_is_help=True, rich_markup_mode=None)
app.add_typer(data, name="data")

TableFiles = Annotated[
    list[Path], typer.Argument(metavar="FILE…", help=H("arg.tables"), show_default=False)
]


@data.command(help=H("data_show"))
def show(files: TableFiles, as_json: JsonOption = False, lang: LangOption = None) -> None:
    """What is in downloaded tables: areas, periods, measures, and how many cells are unknown."""
    from sroi.inputs.municipal_data.opened import table_of
    from sroi.inputs.municipal_data.overview import overview
    from sroi.report.municipal_data import data_json, overview_told

    spoken = language(lang or ASKED)
    every = [overview(table_of(file)) for file in files]
    if as_json:
        told = [data_json.overview_as_data(found, spoken) for found in every]
        whole = {"schema": data_json.SCHEMA, "files": told}
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=1))
        return
    for found in every:
        overview_told.show(found, spoken)
