"""The commands that look at the price library, and the glossary."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sroi.cli.app import (
    ASKED,
    CsvOption,
    H,
    JsonOption,
    LangOption,
    LibraryOption,
    VariantOption,
    app,
    exit_with,
    proxies,
    valued,
)
from sroi.report.words.words import Words, language


@app.command(help=H("explain"))
def explain(
    term: Annotated[str, typer.Argument(metavar="TERM|FILE", help=H("arg.term"))],
    key: Annotated[
        str | None, typer.Argument(metavar="KEY", help=H("arg.key"), show_default=False)
    ] = None,
    as_json: JsonOption = False,
    variant: VariantOption = "",
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """One term of the glossary, or one number of a scenario."""
    if key is not None:
        _explain_number(Path(term), key, as_json, variant, lang)
        return
    from sroi.report.words.glossary import explain as explained

    spoken = language(lang or ASKED)
    entry = explained(term, spoken)
    if as_json:
        typer.echo(json.dumps(asdict(entry), ensure_ascii=False, indent=1))
        return
    typer.echo(f"{entry.term}\n{entry.meaning}")
    if entry.also:
        typer.echo(Words(spoken)("terminal.see", terms=", ".join(entry.also)))


def _explain_number(file: Path, key: str, as_json: bool, variant: str, lang: str | None) -> None:
    from sroi.inputs.files.scenario_file import load
    from sroi.report.explained.explained import (
        as_data,
        as_text,
        central_case,
        explained,
        wants_draws,
    )
    from sroi.report.terminal.terminal import safe

    if wants_draws(key):
        valuation, spoken = valued(file, variant, lang)
    else:
        loaded = load(file, variant)
        spoken = language(lang or ASKED, loaded.scenario.language)
        valuation = central_case(loaded)
    found = explained(valuation, key, spoken)
    if as_json:
        typer.echo(json.dumps(as_data(found), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        typer.echo(safe(as_text(found)))


@proxies.command("list", help=H("proxies_list"))
def proxies_list(
    theme: Annotated[str | None, typer.Option(help=H("opt.theme"), show_default=False)] = None,
    payer: Annotated[str | None, typer.Option(help=H("opt.payer"), show_default=False)] = None,
    search: Annotated[str | None, typer.Option(help=H("opt.search"), show_default=False)] = None,
    as_json: JsonOption = False,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """The prices of the library."""
    from sroi.inputs.files.chosen_library import chosen_library
    from sroi.report.price_list.price_list import as_table, found

    library, spoken = chosen_library(), language(lang or ASKED)
    entries = list(found(library, theme, payer, search))
    if as_json:
        data = [proxy.model_dump(mode="json", exclude_none=True) for _, proxy in entries]
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    from sroi.report.terminal.terminal import console, show_table

    show_table(console(), as_table(entries, spoken))
    words = Words(spoken)
    typer.echo(words("terminal.proxies_count", count=len(entries)))
    if withdrawn := sum(proxy.review.status == "withdrawn" for _, proxy in entries):
        typer.echo(words("terminal.proxies_withdrawn", count=withdrawn))


@proxies.command("show", help=H("proxies_show"))
def proxies_show(
    key: Annotated[str, typer.Argument(metavar="ID", help=H("arg.proxy"), show_default=False)],
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """One price in full."""
    from sroi.inputs.files.chosen_library import chosen_library
    from sroi.report.price_list.price_list import in_full
    from sroi.report.terminal.terminal import show_fields

    library, spoken = chosen_library(), language(lang or ASKED)
    fields = in_full(key, library, spoken)
    show_fields(library.proxies[key].name.in_(spoken), fields)


@proxies.command("check", help=H("proxies_check"))
def proxies_check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help=H("arg.users"), show_default=False),
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help=H("opt.on"), show_default=False),
    ] = None,
    as_json: JsonOption = False,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """All that is wrong or weak in the library, and in the prices of scenarios."""
    from sroi import shipped
    from sroi.inputs.files.chosen_library import chosen_layer
    from sroi.inputs.review.library_rules import check_prices

    spoken, day = language(lang or ASKED), (on or datetime.now()).date()
    scenarios = files or sorted(shipped.folder("scenarios").glob("*.yaml"))
    folder = shipped.folder("proxies")
    library, problems = check_prices(folder, scenarios, day, chosen_layer())
    if as_json:
        from sroi.report.words.problem_text import as_dict

        typer.echo(json.dumps([as_dict(p, spoken) for p in problems], ensure_ascii=False, indent=1))
    else:
        from sroi.report.price_list.findings import show

        show(problems, len(library.proxies), len(scenarios), day, spoken)
    exit_with(problems)


@proxies.command("weight", help=H("proxies_weight"))
def proxies_weight(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help=H("arg.files"), show_default=False)
    ],
    as_json: JsonOption = False,
    csv: CsvOption = None,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """What of the benefits, and of their uncertainty, rests on which price."""
    from sroi.analysis.valuation.weight import weights
    from sroi.inputs.files.scenario_file import load
    from sroi.report.files.weight_files import as_data, write_csv
    from sroi.report.terminal.weight import show
    from sroi.report.words.progress import progress

    loaded = [load(file) for file in files]
    spoken = language(lang or ASKED, loaded[0].scenario.language)
    with progress(Words(spoken)("terminal.questioning")) as told_of:
        found = weights(loaded, progress=told_of)
    for path in write_csv(found, csv, spoken) if csv is not None else ():
        typer.echo(Words(spoken)("terminal.written", path=path), err=True)
    if as_json:
        typer.echo(json.dumps(as_data(found), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        show(found, spoken)
