"""The commands that take a portfolio: many areas and programmes at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sroi.cli.app import (
    ASKED,
    CsvOption,
    H,
    JsonOption,
    LangOption,
    LibraryOption,
    app,
    exit_with,
    show_check,
)
from sroi.report.words.words import Words, language

if TYPE_CHECKING:
    from sroi.analysis.portfolio.funding import Funding
    from sroi.analysis.portfolio.valued import Valued
    from sroi.inputs.portfolio.portfolio_file import LoadedPortfolio
    from sroi.report.portfolio.portfolio_tables import PortfolioTold

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


@portfolio.command(help=H("portfolio_run"))
def run(
    file: PortfolioFile,
    as_json: JsonOption = False,
    csv: CsvOption = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", help=H("opt.xlsx"), show_default=False)
    ] = None,
    draws: Annotated[int | None, typer.Option(min=16, max=2**20, help=H("opt.draws"))] = None,
    seed: Annotated[int | None, typer.Option(min=0, max=2**32, help=H("opt.seed"))] = None,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """Value every row of a portfolio and show the totals."""
    from sroi.inputs.portfolio.portfolio_file import load_portfolio
    from sroi.report.files import files

    if xlsx is not None:
        files.ready(xlsx, ".xlsx")
    loaded = load_portfolio(file)
    told = _told(loaded, language(lang or ASKED, loaded.portfolio.language), draws, seed)
    results = _results(told) if as_json or csv or xlsx else {}
    _write(results, csv, xlsx, told.words)
    if as_json:
        typer.echo(json.dumps(results, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        from sroi.report.portfolio.portfolio_terminal import show

        show(told, str(file))


def _told(
    loaded: LoadedPortfolio, spoken: str, draws: int | None, seed: int | None
) -> PortfolioTold:
    """A portfolio valued, with progress, in a language."""
    from sroi.analysis.portfolio.drivers import drivers
    from sroi.analysis.portfolio.order import places
    from sroi.analysis.portfolio.valued import value
    from sroi.report.portfolio.portfolio_tables import PortfolioTold
    from sroi.report.words.numbers import Numbers
    from sroi.report.words.progress import progress

    words = Words(spoken)
    with progress(words("terminal.drawing")) as told_of:
        valued = value(loaded, draws, seed, told_of)
    currency = valued.structure.groups[0].loaded.scenario.basis.currency
    found = places(valued.expected, valued.together)
    return PortfolioTold(
        valued, found, drivers(valued), _funding(valued), words, Numbers(spoken, currency)
    )


def _funding(valued: Valued) -> Funding | None:
    """What to fund, where the portfolio names a budget."""
    from sroi.analysis.portfolio.funding import funding

    budget = valued.loaded.portfolio.budget
    if budget is None:
        return None
    return funding(budget, valued.expected, valued.together, valued.costs(budget.payer))


def _results(told: PortfolioTold) -> dict[str, Any]:
    from sroi.report.portfolio.portfolio_json import as_json

    return as_json(told.valued, told.places, told.drivers, told.funding, told.words.lang)


def _write(results: dict[str, Any], csv: Path | None, xlsx: Path | None, words: Words) -> None:
    """The files that were asked for; which ones is said on stderr."""
    from sroi.report.portfolio.portfolio_files import write_csv, write_workbook

    written = list[Path]()
    if csv is not None:
        written += write_csv(results, csv, words.lang)
    if xlsx is not None:
        write_workbook(results, xlsx)
        written.append(xlsx)
    for path in written:
        typer.echo(words("terminal.written", path=path), err=True)
