"""The commands that look at the price library, and the glossary."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from sroi.cli.app import ASKED, H, JsonOption, LangOption, app, exit_with, proxies, show_check
from sroi.report.words import Words, language


@app.command(help=H("explain"))
def explain(
    term: Annotated[str, typer.Argument(metavar="TERM", help=H("arg.term"), show_default=False)],
    lang: LangOption = None,
) -> None:
    """One term of the glossary."""
    from sroi.report.glossary import explain as explained

    spoken = language(lang or ASKED)
    entry = explained(term, spoken)
    typer.echo(f"{entry.term}\n{entry.meaning}")
    if entry.also:
        typer.echo(Words(spoken)("terminal.see", terms=", ".join(entry.also)))


@proxies.command("list", help=H("proxies_list"))
def proxies_list(
    theme: Annotated[str | None, typer.Option(help=H("opt.theme"), show_default=False)] = None,
    payer: Annotated[str | None, typer.Option(help=H("opt.payer"), show_default=False)] = None,
    search: Annotated[str | None, typer.Option(help=H("opt.search"), show_default=False)] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """The prices of the library."""
    from sroi.inputs.scenario_file import shipped_library
    from sroi.report.price_list import as_table, found

    library, spoken = shipped_library(), language(lang or ASKED)
    entries = list(found(library, theme, payer, search))
    if as_json:
        data = [proxy.model_dump(mode="json", exclude_none=True) for _, proxy in entries]
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    from sroi.report.terminal import console, show_table

    show_table(console(), as_table(entries, spoken))
    typer.echo(Words(spoken)("terminal.proxies_count", count=len(entries)))


@proxies.command("show", help=H("proxies_show"))
def proxies_show(
    key: Annotated[str, typer.Argument(metavar="ID", help=H("arg.proxy"), show_default=False)],
    lang: LangOption = None,
) -> None:
    """One price in full."""
    from sroi.inputs.scenario_file import shipped_library
    from sroi.report.price_list import in_full
    from sroi.report.terminal import show_fields

    library, spoken = shipped_library(), language(lang or ASKED)
    fields = in_full(key, library, spoken)
    show_fields(library.proxies[key].name.in_(spoken), fields)


@proxies.command("check", help=H("proxies_check"))
def proxies_check(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """All problems of the library."""
    from sroi import shipped
    from sroi.inputs.proxies import check_library

    spoken = language(lang or ASKED)
    library, problems = check_library(shipped.folder("proxies"))
    if as_json:
        from sroi.report.problem_text import as_dict

        typer.echo(json.dumps([as_dict(p, spoken) for p in problems], ensure_ascii=False, indent=1))
    elif problems:
        show_check(str(shipped.folder("proxies")), problems, Words(spoken))
    else:
        typer.echo(Words(spoken)("terminal.library_good", count=len(library.proxies)))
    exit_with(problems)
