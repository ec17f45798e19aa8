"""The commands that take a portfolio: many areas and programmes at once."""

from __future__ import annotations

import contextlib
import json
import shlex
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from sroi.cli import pages
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
from sroi.cli.pages import BrandOption, DocxOption, HtmlOption, OutputOption, SummaryOption
from sroi.problems import Problem, Unusable
from sroi.process import cores
from sroi.report.words.words import Words, language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.analysis.blocks.doing import Doing
    from sroi.analysis.portfolio.valued import Run
    from sroi.inputs.portfolio.portfolio_file import LoadedPortfolio
    from sroi.report.pdf.pdf import Printer
    from sroi.report.portfolio.portfolio_evidence import PortfolioAsked
    from sroi.report.portfolio.portfolio_told import PortfolioTold

portfolio = typer.Typer(help=H("portfolio"), no_args_is_help=True, rich_markup_mode=None)
app.add_typer(portfolio, name="portfolio")

PortfolioFile = Annotated[
    Path, typer.Argument(metavar="FILE", help=H("arg.portfolio"), show_default=False)
]


DrawsOption = Annotated[int | None, typer.Option(min=16, max=2**20, help=H("opt.draws"))]
ManyDrawsOption = Annotated[int | None, typer.Option(min=16, max=2**24, help=H("opt.draws"))]
SeedOption = Annotated[int | None, typer.Option(min=0, max=2**32, help=H("opt.seed"))]
HardOption = Annotated[bool, typer.Option("--hard", help=H("opt.hard"))]
MOST_WORKERS = 256

WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", min=1, max=MOST_WORKERS, help=H("opt.workers"), show_default=False),
]
ClusterOption = Annotated[
    str | None,
    typer.Option("--cluster", metavar="ADDRESS", help=H("opt.cluster"), show_default=False),
]
KeepOption = Annotated[Path | None, typer.Option("--keep", help=H("opt.keep"), show_default=False)]


class Where(NamedTuple):
    """What was asked: processes here, the address of a cluster, a folder for what is done."""

    workers: int | None
    address: str | None
    keep: Path | None


@portfolio.command(help=H("portfolio_check"))
def check(
    file: PortfolioFile,
    as_json: JsonOption = False,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """All problems of a portfolio, of its table and of its scenarios."""
    from sroi.inputs.portfolio.portfolio_file import check_portfolio

    problems, spoken = check_portfolio(file, cores()), language(lang or ASKED)
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
    draws: ManyDrawsOption = None,
    seed: SeedOption = None,
    hard: HardOption = False,
    workers: WorkersOption = None,
    cluster: ClusterOption = None,
    keep: KeepOption = None,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """Value every row of a portfolio and show the totals."""
    from sroi.inputs.portfolio.portfolio_file import load_portfolio
    from sroi.report.files import files

    if xlsx is not None:
        files.ready(xlsx, ".xlsx")
    loaded = load_portfolio(file, workers=cores())
    if xlsx is not None:
        files.spared([xlsx], _read(loaded))
    spoken = language(lang or ASKED, loaded.portfolio.language)
    told = _told(loaded, spoken, draws, seed, Where(workers, cluster, keep), hard=hard)
    results = _results(told) if as_json or csv or xlsx else {}
    _write(results, csv, xlsx, told.words, _read(loaded))
    if as_json:
        typer.echo(json.dumps(results, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        from sroi.report.portfolio.portfolio_terminal import show

        show(told, str(file))


@portfolio.command(help=H("portfolio_report"))
def report(
    file: PortfolioFile,
    output: OutputOption = None,
    html: HtmlOption = False,
    docx: DocxOption = False,
    brand: BrandOption = None,
    summary: SummaryOption = False,
    draws: DrawsOption = None,
    seed: SeedOption = None,
    hard: HardOption = False,
    workers: WorkersOption = None,
    cluster: ClusterOption = None,
    keep: KeepOption = None,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """Value a portfolio and write the report."""
    from sroi.inputs.portfolio.portfolio_file import load_portfolio
    from sroi.report.charts.easel import Easel
    from sroi.report.pdf.pdf import Printer

    target = output or Path(f"{file.stem}.pdf")
    pages.ready(target, *pages.beside(target, html, docx))
    own = pages.read(brand) if brand else None
    loaded = load_portfolio(file, workers=cores())
    spoken = language(lang or ASKED, loaded.portfolio.language)
    asked = replace(_asked(spoken, file, draws, seed, hard, own), summary_only=summary)
    made: dict[Path, bytes | str] = {}
    printing = Printer() if target.suffix.lower() == ".pdf" else contextlib.nullcontext()
    drawing = contextlib.nullcontext() if summary else Easel()  # a summary has no charts
    with printing as printer, drawing as easel:
        told = _told(loaded, spoken, draws, seed, Where(workers, cluster, keep), easel, hard)
        filled = asked.filled(told)
        if printer is not None:
            made[target] = _printed(printer, told, asked, filled)
        made |= {path: _page(path, filled) for path in pages.beside(target, html, docx)}
    pages.written(made, spoken)


def _asked(
    spoken: str, file: Path, draws: int | None, seed: int | None, hard: bool, brand: Any
) -> PortfolioAsked:
    """How the report was asked for."""
    from sroi.report.charts.look import look_of
    from sroi.report.portfolio.portfolio_evidence import PortfolioAsked

    chosen = (("--draws", draws), ("--seed", seed))
    options = [f"{name} {number}" for name, number in chosen if number is not None]
    options += ["--hard"] if hard else []
    command = " ".join([f"sroi portfolio run {file.name}", *options])
    return PortfolioAsked(
        spoken, command, file.name, draws, seed, hard, look=look_of(brand, spoken)
    )


def _printed(
    printer: Printer, told: PortfolioTold, asked: PortfolioAsked, filled: dict[str, Any]
) -> bytes:
    """The report as PDF, with what it was made from attached."""
    from sroi.report.portfolio.portfolio_evidence import evidence
    from sroi.report.portfolio.portfolio_page import rendered
    from sroi.report.words.progress import progress

    with progress(told.words("terminal.rendering")):
        printer.lay_out(rendered(filled, for_print=True))
        return printer.pdf(evidence(told, asked))


def _page(path: Path, filled: dict[str, Any]) -> bytes | str:
    """The report as a web page or as a Word document, by the name of the file."""
    from sroi.report.portfolio.portfolio_page import rendered

    if path.suffix.lower() == ".html":
        return rendered(filled, for_print=False)
    from sroi.report.word.word import docx

    return docx(rendered(filled, for_print=True), filled["running"], filled["look"])


def _told(
    loaded: LoadedPortfolio,
    spoken: str,
    draws: int | None,
    seed: int | None,
    where: Where,
    easel: Any = None,
    hard: bool = False,
) -> PortfolioTold:
    """A portfolio valued, with progress, in a language."""
    from sroi.analysis.portfolio.valued import value
    from sroi.report.portfolio.portfolio_told import portfolio_told
    from sroi.report.words.progress import progress

    words = Words(spoken)
    with (
        _running(loaded, draws, seed, where, words, hard) as doing,
        progress(
            words("terminal.drawing"), words("terminal.rows_done"), len(loaded.rows)
        ) as told_of,
    ):
        valued = value(loaded, draws, seed, told_of, cores(), doing, hard)
    return portfolio_told(valued, spoken, easel)


@contextlib.contextmanager
def _running(
    loaded: LoadedPortfolio,
    draws: int | None,
    seed: int | None,
    where: Where,
    words: Words,
    hard: bool,
) -> Iterator[Run | None]:
    """How the blocks of a portfolio are done; None where nothing was asked. Raises `Unusable`."""
    if where.workers and where.address:
        raise Unusable(Problem("cluster-and-workers"))
    if not any(where):
        yield None
        return
    from sroi.analysis.blocks.doing import kept_first
    from sroi.analysis.blocks.kept import kept
    from sroi.analysis.blocks.spread import spread

    folder = kept(where.keep, _inputs(loaded, draws, seed, hard)) if where.keep else None
    try:
        with _doing(where) as doing:
            yield partial(spread, kept_first(folder, doing) if folder else doing)
    except KeyboardInterrupt:
        if folder:
            told = words("terminal.stopped_kept", path=folder.folder, command=_command())
            typer.echo(told, err=True)
        raise


@contextlib.contextmanager
def _doing(where: Where) -> Iterator[Doing]:
    """By whom a block is done: processes here, a cluster, or this process."""
    if not (where.workers or where.address):
        from sroi.analysis.blocks.doing import one_by_one

        yield one_by_one
        return
    from sroi.analysis.blocks import cluster

    made = cluster.here(where.workers) if where.workers else cluster.at(where.address or "")
    with made as found:
        yield found.done


def _inputs(loaded: LoadedPortfolio, draws: int | None, seed: int | None, hard: bool) -> str:
    """The fingerprint of all that a block rests on."""
    from sroi.analysis.blocks.made_with import made_with
    from sroi.inputs.portfolio.fingerprint import fingerprint

    basis = loaded.programmes[0].template.scenario.basis
    numbers = (
        basis.draws if draws is None else draws,
        basis.seed if seed is None else seed,
        hard,
    )
    return fingerprint(loaded, *numbers, made_with())


def _command() -> str:
    """What was typed, to be typed again."""
    typed = ["sroi", *sys.argv[1:]]
    return subprocess.list2cmdline(typed) if sys.platform == "win32" else shlex.join(typed)


def _read(loaded: LoadedPortfolio) -> list[Path]:
    """The files that a portfolio rests on."""
    here, portfolio = Path(loaded.document.file).parent, loaded.portfolio
    names = [portfolio.table, *(one.scenario for one in portfolio.programmes)]
    return [here / name for name in names]


def _results(told: PortfolioTold) -> dict[str, Any]:
    from sroi.report.portfolio.portfolio_json import as_json

    return as_json(told.valued, told.places, told.drivers, told.funding, told.words.lang)


def _write(
    results: dict[str, Any],
    csv: Path | None,
    xlsx: Path | None,
    words: Words,
    read: list[Path],
) -> None:
    """The files that were asked for; which ones is said on stderr."""
    from sroi.report.portfolio.portfolio_files import write_csv, write_workbook

    written = list[Path]()
    if csv is not None:
        written += write_csv(results, csv, words.lang, read)
    if xlsx is not None:
        write_workbook(results, xlsx, words.lang)
        written.append(xlsx)
    for path in written:
        typer.echo(words("terminal.written", path=path), err=True)
