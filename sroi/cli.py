"""The commands: parse, call, print, exit. What is heavy is imported where it is used."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from sroi.problems import Problem, Unusable, errors
from sroi.report.words import LANGUAGES, Words, language

FINDINGS, UNUSABLE, INTERNAL, STOPPED = 1, 2, 3, 130


class Lang(StrEnum):
    """The languages that sroi speaks."""

    nl = "nl"
    en = "en"


def _asked(arguments: list[str]) -> str | None:
    """The language in the command line, before the command line is parsed: help speaks it too."""
    for number, argument in enumerate(arguments):
        value = argument.partition("=")[2] or "".join(arguments[number + 1 : number + 2])
        if argument.partition("=")[0] == "--lang" and value in LANGUAGES:
            return value
    return None


ASKED = _asked(sys.argv[1:])
SPOKEN = language(ASKED)
H = Words(SPOKEN, "help")

app = typer.Typer(
    help=H("app"), no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
proxies = typer.Typer(help=H("proxies"), no_args_is_help=True, rich_markup_mode=None)
app.add_typer(proxies, name="proxies")

File = Annotated[Path, typer.Argument(metavar="FILE", help=H("arg.file"), show_default=False)]
LangOption = Annotated[Lang | None, typer.Option("--lang", help=H("opt.lang"), show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help=H("opt.json"))]
VariantOption = Annotated[str, typer.Option("--variant", help=H("opt.variant"), show_default=False)]


def _version(wanted: bool) -> None:
    if wanted:
        from sroi.report.results_json import package_version

        typer.echo(f"sroi {package_version()}")
        raise typer.Exit


@app.callback()
def _root(
    lang: LangOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=H("opt.version"))
    ] = False,
) -> None:
    del lang, version  # the language was taken from the command line before it was parsed


@app.command(help=H("check"))
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=H("arg.files"))],
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """All problems of scenario files."""
    from sroi.inputs.scenario_file import check_file, shipped_library

    library = shipped_library()
    found = {file: check_file(file, library) for file in files}
    spoken = language(lang or ASKED)
    if as_json:
        from sroi.report.problem_text import as_dict

        everything = [as_dict(p, spoken) for problems in found.values() for p in problems]
        typer.echo(json.dumps(everything, ensure_ascii=False, indent=1))
    else:
        for file, problems in found.items():
            _show_check(str(file), problems, Words(spoken))
    _exit_with([problem for problems in found.values() for problem in problems])


def _show_check(subject: str, problems: list[Problem], words: Words) -> None:
    from sroi.report.problem_text import text

    for problem in problems:
        typer.echo(text(problem, words.lang) + "\n")
    wrong, weak = len(errors(problems)), len(problems) - len(errors(problems))
    key = "terminal.found" if wrong else "terminal.checked_warnings" if weak else "terminal.checked"
    typer.echo(words(key, file=subject, errors=wrong, count=weak))


def _exit_with(problems: Iterable[Problem]) -> None:
    problems = list(problems)
    if problems:
        raise typer.Exit(UNUSABLE if errors(problems) else FINDINGS)


@app.command(help=H("run"))
def run(
    file: File,
    as_json: JsonOption = False,
    csv: Annotated[
        Path | None, typer.Option("--csv", help=H("opt.csv"), show_default=False)
    ] = None,
    variant: VariantOption = "",
    draws: Annotated[int | None, typer.Option(min=16, max=2**20, help=H("opt.draws"))] = None,
    seed: Annotated[int | None, typer.Option(min=0, max=2**32, help=H("opt.seed"))] = None,
    lang: LangOption = None,
) -> None:
    """Value a scenario and show the results."""
    valuation, spoken = _valued(file, variant, lang, draws, seed)
    from sroi.report.results_json import as_json as results_of

    if csv is not None:
        from sroi.report.csv_files import write_csv

        for path in write_csv(valuation, results_of(valuation, spoken), csv, spoken):
            typer.echo(Words(spoken)("terminal.written", path=path), err=True)
    if as_json:
        results = results_of(valuation, spoken)
        typer.echo(json.dumps(results, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        from sroi.report.page import told
        from sroi.report.terminal import show_results

        show_results(told(valuation, spoken), str(file))


def _valued(
    file: Path, variant: str, lang: str | None, draws: int | None = None, seed: int | None = None
) -> tuple[Any, str]:
    """A scenario valued, with progress, and the language to tell it in."""
    from sroi.analysis.valuation import value
    from sroi.inputs.scenario_file import load

    loaded = load(file, variant).with_draws(draws, seed)
    spoken = language(lang or ASKED, loaded.scenario.language)
    from sroi.report.terminal import progress

    with progress(Words(spoken)("terminal.drawing")) as told_of:
        return value(loaded, progress=told_of), spoken


@app.command(help=H("report"))
def report(
    file: File,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=H("opt.output"), show_default=False)
    ] = None,
    html: Annotated[bool, typer.Option("--html", help=H("opt.html"))] = False,
    variant: VariantOption = "",
    lang: LangOption = None,
) -> None:
    """Value a scenario and write the report."""
    from sroi.report import files
    from sroi.report.pdf import Printer

    target = output or Path(f"{file.stem}{'-' + variant if variant else ''}.pdf")
    files.ready(target, ".pdf", ".html")
    for_print = target.suffix.lower() == ".pdf"
    pages: dict[Path, bytes | str] = {}
    with Printer() if for_print else contextlib.nullcontext() as printer:
        valuation, spoken = _valued(file, variant, lang)
        from sroi.analysis.valuation import variants
        from sroi.report.page import contents, rendered
        from sroi.report.terminal import progress

        command = f"sroi run {file.name}" + (f" --variant {variant}" if variant else "")
        filled = contents(valuation, spoken, variants(valuation, file), command)
        if printer is not None:
            with progress(Words(spoken)("terminal.rendering")):
                pages[target] = printer.pdf(rendered(filled, for_print=True))
        if html or not pages:
            beside = target.with_suffix(".html")
            pages[beside] = rendered(filled, for_print=False)
    for path, made in pages.items():
        files.write(path, made)
        typer.echo(Words(spoken)("terminal.written", path=path), err=True)


@app.command(help=H("new"))
def new(
    id: Annotated[str, typer.Argument(metavar="ID", help=H("arg.id"), show_default=False)],
    programme: Annotated[
        str, typer.Option("--programme", "-p", help=H("opt.programme"))
    ] = "wijk-en-buurt",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=H("opt.output"), show_default=False)
    ] = None,
    first_year: Annotated[
        int | None, typer.Option(min=1990, max=2100, help=H("opt.first_year"))
    ] = None,
    lang: LangOption = None,
) -> None:
    """Write a scenario to start from."""
    import datetime

    from sroi.report import files
    from sroi.report.start import free_path, new_scenario

    spoken = language(lang or ASKED)
    year = first_year or datetime.date.today().year + 1
    text = new_scenario(id, programme, year, spoken)
    path = free_path(id, output)
    files.write(path, text)
    typer.echo(Words(spoken)("terminal.written", path=path))
    typer.echo(Words(spoken)("terminal.new_next", path=path))


@app.command(help=H("schema"))
def schema() -> None:
    """The JSON Schema of a scenario file."""
    from sroi.inputs.scenario import Scenario

    typer.echo(json.dumps(Scenario.model_json_schema(by_alias=True), indent=1))


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
        _show_check(str(shipped.folder("proxies")), problems, Words(spoken))
    else:
        typer.echo(Words(spoken)("terminal.library_good", count=len(library.proxies)))
    _exit_with(problems)


def main() -> None:
    """The command `sroi`: whatever happens, a sentence and an exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        sys.exit(_run())
    except Unusable as unusable:
        sys.exit(_told(unusable.problems))
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(STOPPED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        sys.exit(
            _told([Problem("output-unwritable", facts={"reason": error.strerror or str(error)})])
        )
    except Exception as error:
        sys.exit(_stopped(error))


def _run() -> int:
    """The exit code of a command; whoever stops reading from a pipe has seen enough."""
    try:
        return app(standalone_mode=False) or 0
    except SystemExit:  # what Typer and Rich make of a closed pipe, and of nothing else
        return 0


def _stopped(error: Exception) -> int:
    """What the parser of the command line raised; or a mistake of ours, which is said to be one."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.ctx.get_help())  # type: ignore[attr-defined]
        return 0
    if hasattr(error, "format_message"):
        return _told([_usage(error)])
    return _told([Problem("internal-error", facts={"reason": repr(error)[:300]})], INTERNAL)


def _usage(error: Any) -> Problem:
    """A command line that cannot be, as the parser found it, in the user's language."""
    parameter = getattr(error, "param", None)
    named = getattr(error, "option_name", "") or (parameter.opts[-1] if parameter else "")
    nearest = (getattr(error, "possibilities", None) or [""])[0]
    facts = {"name": named, "nearest": nearest, "reason": error.format_message()}
    kinds = {"NoSuchOption": "usage-option-unknown", "MissingParameter": "usage-missing"}
    kinds |= {"BadParameter": "usage-value"}
    return Problem(kinds.get(type(error).__name__, "usage"), facts=facts)


def _told(problems: Iterable[Problem], code: int = UNUSABLE) -> int:
    from sroi.report.problem_text import text

    for problem in problems:
        print(text(problem, SPOKEN) + "\n", file=sys.stderr)
    return code
