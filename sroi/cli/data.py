"""The commands that read a downloaded table of municipalities; nothing is fetched."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sroi.cli.app import ASKED, H, JsonOption, LangOption, app
from sroi.cli.measure import agreed
from sroi.problems import Problem, Unusable
from sroi.report.words.words import Words, language

if TYPE_CHECKING:
    from sroi.inputs.municipal_data.overview import Overview
    from sroi.inputs.municipal_data.registers import Registered
    from sroi.inputs.municipal_data.taken import Taken

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
    overview_told.show_all(every, spoken)


def option(name: str, *short: str) -> Any:
    """An option of these commands, with its help."""
    return typer.Option(f"--{name}", *short, help=_HELP[name], show_default=False)


_HELP = {
    "area": H("data_opt.area"), "measure": H("data_opt.measure"), "period": H("data_opt.period"),
    "where": H("data_opt.where"), "per": H("data_opt.per"), "per-file": H("data_opt.per_file"),
    "table": H("data_opt.table"), "into": H("data_opt.into"), "rounded": H("data_opt.rounded"),
    "today": H("data_opt.today"), "yes": H("measured.yes"), "tier": H("data_opt.tier"),
    "begin": H("data_opt.begin"),
    "inflow": H("data_opt.inflow"), "outflow": H("data_opt.outflow"), "end": H("data_opt.end"),
    "total": H("data_opt.total"), "before": H("data_opt.before"), "ladder": H("data_opt.ladder"),
}  # fmt: skip
DataFile = Annotated[
    Path, typer.Argument(metavar="FILE", help=H("data_opt.file"), show_default=False)
]
RoundedOption = Annotated[
    float,
    typer.Option("--rounded", min=0, max=1_000_000, help=_HELP["rounded"], show_default=False),
]
Texts = list[str]


@data.command(help=H("data_take"))
def take(
    file: DataFile,
    path: Annotated[
        str | None,
        typer.Argument(metavar="PATH", help=H("data_opt.path"), show_default=False),
    ] = None,
    area: Annotated[Texts | None, option("area")] = None,
    measure: Annotated[Texts | None, option("measure")] = None,
    period: Annotated[str, option("period")] = "",
    where: Annotated[Texts | None, option("where")] = None,
    per: Annotated[str, option("per")] = "",
    per_file: Annotated[Path | None, option("per-file")] = None,
    table: Annotated[str, option("table")] = "",
    rounded: RoundedOption = 0.0,
    today: Annotated[bool, option("today")] = False,
    into: Annotated[Path | None, option("into")] = None,
    yes: Annotated[bool, option("yes", "-y")] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """One number out of a table; and into a scenario, or many into the table of a portfolio."""
    words, chosen = Words(language(lang or ASKED)), _pairs(where or [])
    areas, measures = area or [], measure or []
    found = _read(file, table, rounded)
    if into is not None and into.suffix.lower() == ".csv" and path is None:
        _table(found, areas, measures, period, chosen, into, yes, words)
        return
    one = _one(found, areas, measures, period, chosen, today)
    if per:
        whole = found if per_file is None else _read(per_file, "")
        one = _shared(one, whole, areas, per, period, today)
    _show(one, as_json, words)
    if into is not None:
        _into(one, into, path, yes, words)
    elif path is not None:
        raise Unusable(Problem("data-into-missing", facts={"path": path[:120]}))


def _pairs(where: Texts) -> dict[str, str]:
    """`Column=value` as a column and a value."""
    pairs = [one.partition("=") for one in where]
    if any(not column.strip() or not sign for column, sign, _ in pairs):
        raise Unusable(Problem("data-where-form"))
    return {column.strip(): value.strip() for column, _, value in pairs}


def _read(file: Path, table: str, rounded: float = 0.0) -> Overview:
    """A table, with the number and the title that somebody gives it, and how it is rounded."""
    from sroi.inputs.municipal_data.opened import table_of
    from sroi.inputs.municipal_data.overview import overview

    read = table_of(file)
    if table:
        number, _, title = table.strip().partition(" ")
        identifier, title = number.upper()[:40], title.strip()[:300]
        read = replace(read, identifier=identifier, title=title, named_by_file=False)
    found = overview(read)
    found.rounded = max(0.0, rounded)  # of what is no number, none
    return found


def _one(
    found: Overview, area: Texts, measure: Texts, period: str, where: dict[str, str], today: bool
) -> Taken:
    from sroi.inputs.municipal_data.asked import Asked
    from sroi.inputs.municipal_data.taken import taken

    if len(area) != 1 or len(measure) != 1:
        raise Unusable(Problem("data-one-number"))
    return taken(found, area[0], Asked(measure[0], period, where), today)


def _shared(one: Taken, whole: Overview, area: Texts, per: str, period: str, today: bool) -> Taken:
    """The number as a share of another, of the same area."""
    from sroi.inputs.municipal_data.asked import Asked
    from sroi.inputs.municipal_data.taken import divided_by, taken

    same = whole is one.found
    asked = Asked(per, period if same or len(whole.periods) > 1 else "", dict(one.where) if same
                  else {})  # fmt: skip
    return divided_by(one, taken(whole, area[0], asked, today or bool(one.added)))


def _show(one: Taken, as_json: bool, words: Words) -> None:
    from sroi.report.municipal_data import taken_told

    if as_json:
        typer.echo(json.dumps(taken_told.as_data(one), ensure_ascii=False, indent=1))
    else:
        taken_told.show(one, words.lang, datetime.date.today())


def _into(one: Taken, scenario: Path, path: str | None, yes: bool, words: Words) -> None:
    """The number into a scenario, after the difference was shown."""
    from sroi.cli.measure import write_after_asking
    from sroi.inputs.files.number_edit import with_number
    from sroi.report.municipal_data.taken_told import in_scenario

    if path is None:
        raise Unusable(Problem("data-path-needed", file=str(scenario)))
    edited = with_number(scenario, path, in_scenario(one, datetime.date.today()))
    write_after_asking(edited, yes, words)


def _table(
    found: Overview, area: Texts, measure: Texts, period: str, where: dict[str, str], into: Path,
    yes: bool, words: Words,
) -> None:  # fmt: skip
    """The table of a portfolio; what it leaves out and leaves empty is said on stderr."""
    from sroi.inputs.municipal_data.area_tables import area_table
    from sroi.report.files.files import write
    from sroi.report.municipal_data.area_table_told import told

    if not area or not measure:
        raise Unusable(Problem("data-one-number"))
    made = area_table(found, area, measure, period, where)
    if into.exists() and not yes and not agreed(words("data.ask_table", path=into)):
        typer.echo(words("measure.not_done"), err=True)
        return
    write(into, made.text())
    for sentence in told(made, into, words):
        typer.echo(sentence, err=True)


@data.command(help=H("data_register"))
def register(
    files: TableFiles,
    area: Annotated[str, option("area")] = "",
    period: Annotated[str, option("period")] = "",
    tier: Annotated[Texts | None, option("tier")] = None,
    begin: Annotated[str, option("begin")] = "",
    inflow: Annotated[str, option("inflow")] = "",
    outflow: Annotated[str, option("outflow")] = "",
    end: Annotated[str, option("end")] = "",
    total: Annotated[str, option("total")] = "",
    before: Annotated[str, option("before")] = "",
    where: Annotated[Texts | None, option("where")] = None,
    table: Annotated[str, option("table")] = "",
    rounded: RoundedOption = 0.0,
    into: Annotated[Path | None, option("into")] = None,
    ladder: Annotated[str, option("ladder")] = "",
    yes: Annotated[bool, option("yes", "-y")] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """A ladder's register out of tables: people at the start, in, out, and at the end."""
    from sroi.inputs.municipal_data.registers import Wanted, registered
    from sroi.report.municipal_data import register_told

    words, today = Words(language(lang or ASKED)), datetime.date.today()
    named = {"begin": begin, "inflow": inflow, "outflow": outflow, "end": end, "total": total}
    measures = {name: text for name, text in named.items() if text}
    if not (area and period and tier and measures):
        raise Unusable(Problem("data-register-asked"))
    wanted = Wanted(area, period, _pairs(tier), measures, before, _pairs(where or []))
    found = registered([_read(file, table, rounded) for file in files], wanted)
    if as_json:
        told = register_told.as_data(found)
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        register_told.show(found, words, today)
    if into is not None:
        _into_ladder(found, into, ladder, yes, words)


def _into_ladder(found: Registered, scenario: Path, ladder: str, yes: bool, words: Words) -> None:
    """The register into a ladder, after the difference was shown."""
    from sroi.cli.measure import write_after_asking
    from sroi.inputs.files.register_edit import with_register
    from sroi.report.municipal_data.register_told import in_scenario

    if found.open():
        names = ", ".join(f"{tier}.{name}" for tier, name in found.open())
        raise Unusable(Problem("data-register-open", facts={"names": names[:300]}))
    register = in_scenario(found, datetime.date.today())
    write_after_asking(with_register(scenario, ladder, register), yes, words)
