"""The commands that take a scenario: check, run, report; and those that help to write one."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sroi.cli import pages
from sroi.cli.app import (
    ASKED,
    CsvOption,
    File,
    H,
    JsonOption,
    LangOption,
    LibraryOption,
    VariantOption,
    app,
    exit_with,
    refuse_drafts,
    show_check,
    valued,
)
from sroi.cli.pages import BrandOption, DocxOption, HtmlOption, OutputOption, SummaryOption
from sroi.problems import Problem, Unusable
from sroi.report.words.words import Words, language

if TYPE_CHECKING:
    from sroi.analysis.valuation.valuation import Valuation
    from sroi.inputs.files.scenario_file import Loaded


@app.command(help=H("check"))
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=H("arg.files"))],
    mark: Annotated[
        Path | None, typer.Option("--mark", metavar="COPY", help=H("opt.mark"), show_default=False)
    ] = None,
    as_json: JsonOption = False,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """All problems of scenario files."""
    from sroi.analysis.valuation.findings import check as checked

    spoken = language(lang or ASKED)
    if mark is not None:
        _ready_to_mark(files, mark)
    found = {file: checked(file) for file in files}
    if mark is not None:
        _write_marked(files[0], found[files[0]], mark, spoken)
    if as_json:
        from sroi.report.words.problem_text import as_dict

        everything = [as_dict(p, spoken) for problems in found.values() for p in problems]
        typer.echo(json.dumps(everything, ensure_ascii=False, indent=1))
    else:
        for file, problems in found.items():
            show_check(str(file), problems, Words(spoken))
            _in_tables(file, Words(spoken))
    exit_with([problem for problems in found.values() for problem in problems])


def _in_tables(file: Path, words: Words) -> None:
    """Which numbers could come from a public table: a hint, and no finding."""
    from sroi.inputs.files.scenario_document import read_document
    from sroi.inputs.municipal_data.where_found import findable

    try:
        found = findable(read_document(file).data)
    except Unusable:  # it was told before
        return
    for one in found:
        facts = {"path": one.path, "table": f"{one.table} {one.title}"}
        typer.echo(words("data.findable", **facts, measure=one.measure[words.lang]))


def _ready_to_mark(files: list[Path], copy: Path) -> None:
    """Before the check: that there is one workbook to mark, and no copy yet. Raises `Unusable`."""
    from sroi.inputs.files.scenario_document import is_workbook
    from sroi.report.files.files import free, ready

    if len(files) != 1 or not is_workbook(files[0].name):
        raise Unusable(Problem("mark-one-workbook", file=str(files[0])))
    ready(copy, ".xlsx")
    free(copy)


def _write_marked(file: Path, problems: list[Problem], copy: Path, spoken: str) -> None:
    """Write the copy with its notes, and say what is not in it."""
    from sroi.inputs.text.content import content_of
    from sroi.inputs.workbook.reading import SCENARIO
    from sroi.report.files.files import write
    from sroi.report.workbook.marked import marked, told_lost

    words = Words(spoken)
    made = marked(content_of(file, SCENARIO.most_bytes), str(file), problems, spoken)
    write(copy, made.content)
    typer.echo(words("terminal.written", path=copy), err=True)
    if made.lost:
        typer.echo(told_lost(made.lost, words), err=True)


@app.command(help=H("run"))
def run(
    file: File,
    as_json: JsonOption = False,
    csv: CsvOption = None,
    draws_to: Annotated[
        Path | None, typer.Option("--draws-to", help=H("opt.draws_to"), show_default=False)
    ] = None,
    variant: VariantOption = "",
    draws: Annotated[int | None, typer.Option(min=16, max=2**20, help=H("opt.draws"))] = None,
    seed: Annotated[int | None, typer.Option(min=0, max=2**32, help=H("opt.seed"))] = None,
    precision: Annotated[
        float | None, typer.Option(min=1e-6, max=1.0, help=H("opt.precision"))
    ] = None,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """Value a scenario and show the results."""
    if draws_to is not None:
        _ready_for_draws(draws_to)
    valuation, spoken = valued(file, variant, lang, draws, seed, precision)
    from sroi.report.files.results_json import as_json as results_of

    results = results_of(valuation, spoken) if as_json or csv else {}
    if csv is not None:
        from sroi.report.files.csv_files import write_csv

        for path in write_csv(valuation, results, csv, spoken):
            typer.echo(Words(spoken)("terminal.written", path=path), err=True)
    if draws_to is not None:
        _write_draws(valuation, draws_to, spoken)
    if as_json:
        typer.echo(json.dumps(results, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        from sroi.report.terminal.terminal import show_results
        from sroi.report.told.told import told

        show_results(told(valuation, spoken), str(file))


def _ready_for_draws(path: Path) -> None:
    """Before long work: whether every draw can be written there."""
    from sroi.report.files import draws, files

    files.ready(path, *draws.KINDS)


def _write_draws(valuation: Valuation, path: Path, lang: str) -> None:
    from sroi.report.files.draws import write_draws

    write_draws(valuation, path)
    typer.echo(Words(lang)("terminal.written", path=path), err=True)


@app.command(help=H("report"))
def report(
    file: File,
    output: OutputOption = None,
    html: HtmlOption = False,
    docx: DocxOption = False,
    xlsx: Annotated[bool, typer.Option("--xlsx", help=H("opt.xlsx"))] = False,
    brand: BrandOption = None,
    summary: SummaryOption = False,
    short: Annotated[bool, typer.Option("--short", help=H("opt.short"))] = False,
    tender: Annotated[bool, typer.Option("--tender", help=H("opt.tender"))] = False,
    variant: VariantOption = "",
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """Value a scenario and write the report."""
    from sroi.analysis.valuation.beside import Beside
    from sroi.cli import calculation
    from sroi.report.charts.easel import Easel
    from sroi.report.pdf.pdf import Printer

    target = _target(output, file, variant, summary, short)
    if target.suffix.lower() == calculation.ENDING:
        return calculation.write_alone(file, variant, lang, target)
    pages.ready(target, *pages.beside(target, html, docx))
    book = calculation.path_beside(target, file, variant, lang) if xlsx else None
    own = pages.read(brand) if brand else None
    others = _variants(file, variant, tender)
    made: dict[Path, bytes | str] = {}
    printing = Printer() if target.suffix.lower() == ".pdf" else contextlib.nullcontext()
    drawing = contextlib.nullcontext() if summary else Easel()  # a summary has no charts
    with Beside(file, variant) as beside, printing as printer, drawing as easel:
        valuation, spoken = valued(file, variant, lang)
        valuation = beside.helping(valuation)
        asked = _asked(spoken, file, variant, summary, short, own)
        filled = asked.filled(valuation, beside.variants(valuation, others), easel)
        if printer is not None:
            made[target] = _printed(printer, valuation, asked, filled)
        made |= {path: _page(path, filled) for path in pages.beside(target, html, docx)}
    made |= {book: calculation.made(valuation, spoken)} if book else {}
    return pages.written(made, spoken)


def _asked(spoken: str, file: Path, variant: str, summary: bool, short: bool, brand: Any) -> Any:
    """How the report was asked for."""
    from sroi.report.charts.look import look_of
    from sroi.report.pdf.evidence import Asked

    look = look_of(brand, spoken)
    return Asked(spoken, _command(file, variant), variant, summary, short, look)


def _target(output: Path | None, file: Path, variant: str, summary: bool, short: bool) -> Path:
    """The file of a report; the short form does not take the place of the whole one."""
    if summary and short:
        raise Unusable(Problem("usage-summary-and-short"))
    name = "-".join(filter(None, [file.stem, variant, "short" if short else ""]))
    return output or Path(f"{name}.pdf")


def _command(file: Path, variant: str) -> str:
    """The command that gives the numbers of the report."""
    return f"sroi run {file.name}" + (f" --variant {variant}" if variant else "")


def _variants(file: Path, variant: str, tender: bool) -> dict[str, Loaded]:
    """Before long work: the other variants, which are told too. Raises `Unusable` with all that is
    wrong in any of them, or with what is not ready for a tender."""
    from sroi.analysis.valuation.valuation import variants_of
    from sroi.inputs.files.scenario_file import check_file, load
    from sroi.problems import errors

    try:
        found = variants_of(load(file, variant), file)
    except Unusable as unusable:
        raise Unusable(*(errors(check_file(file)) or unusable.problems)) from None
    if tender:
        refuse_drafts(file, variant)
    return found


def _printed(printer: Any, valuation: Any, asked: Any, filled: dict[str, Any]) -> bytes:
    """The report as PDF, with what it was made from attached."""
    from sroi.report.pages.page import rendered
    from sroi.report.pdf.evidence import day_of, evidence
    from sroi.report.words.progress import progress

    with progress(Words(asked.lang)("terminal.rendering")):
        printer.lay_out(rendered(filled, for_print=True))
        made: bytes = printer.pdf(evidence(valuation, asked), day_of(valuation))
        return made


def _page(path: Path, filled: dict[str, Any]) -> bytes | str:
    """The report as a web page or as a Word document, by the name of the file."""
    from sroi.report.pages.page import rendered

    if path.suffix.lower() == ".html":
        return rendered(filled, for_print=False)
    from sroi.report.word.word import docx

    return docx(rendered(filled, for_print=True), filled["running"], filled["look"])


@app.command(help=H("new"))
def new(
    id: Annotated[str, typer.Argument(metavar="ID", help=H("arg.id"), show_default=False)],
    programme: Annotated[
        str, typer.Option("--programme", "-p", help=H("opt.programme"))
    ] = "wijk-en-buurt",
    output: OutputOption = None,
    first_year: Annotated[
        int | None, typer.Option(min=1990, max=2100, help=H("opt.first_year"))
    ] = None,
    xlsx: Annotated[bool, typer.Option("--xlsx", help=H("opt.new_xlsx"))] = False,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """Write a scenario to start from."""
    import datetime

    from sroi.inputs.files.scenario_document import is_workbook
    from sroi.report.files import files
    from sroi.report.html.start import free_path, new_scenario

    spoken = language(lang or ASKED)
    year = first_year or datetime.date.today().year + 1
    text = new_scenario(id, programme, year, spoken)
    path = free_path(id, output, ".xlsx" if xlsx else ".yaml")
    as_workbook = is_workbook(path.name)
    if xlsx and not as_workbook:
        files.ready(path, ".xlsx")
    files.write(path, _started(text, spoken) if as_workbook else text)
    typer.echo(Words(spoken)("terminal.written", path=path))
    typer.echo(Words(spoken)("terminal.new_next", path=path))


def _started(text: str, lang: str) -> bytes:
    from sroi.inputs.files.chosen_library import chosen_library
    from sroi.report.workbook.started import started

    return started(text, chosen_library(), lang)


@app.command(help=H("schema"))
def schema() -> None:
    """The JSON Schema of a scenario file."""
    from sroi.inputs.scenario.scenario import Scenario

    typer.echo(json.dumps(Scenario.model_json_schema(by_alias=True), indent=1))
