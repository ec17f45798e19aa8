"""The commands that take a portfolio: many areas and programmes at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from sroi.cli.app import (
    ASKED,
    H,
    JsonOption,
    LangOption,
    LibraryOption,
    app,
    exit_with,
    show_check,
)
from sroi.report.words.words import Words, language

portfolio = typer.Typer(help=H("portfolio"), no_args_is_help=True, rich_markup_mode=None)
app.add_typer(portfolio, name="portfolio")

PortfolioFile = Annotated[
    Path, typer.Argument(metavar="FILE", help=H("arg.portfolio"), show_default=False)
]


@portfolio.command(help=H("portfolio_check"))
def check(
    file: PortfolioFile,
    as_json: JsonOption = False,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """All problems of a portfolio, of its table and of its scenarios."""
    from sroi.inputs.portfolio.portfolio_file import check_portfolio

    problems, spoken = check_portfolio(file), language(lang or ASKED)
    if as_json:
        from sroi.report.words.problem_text import as_dict

        told = [as_dict(problem, spoken) for problem in problems]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        show_check(str(file), problems, Words(spoken))
    exit_with(problems)
