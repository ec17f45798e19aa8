"""The application: its language, the options that commands share, and what they share in doing."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sroi.problems import Problem, errors
from sroi.report.words.words import LANGUAGES, Words, language

if TYPE_CHECKING:
    from sroi.inputs.files.scenario_file import Loaded

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


def _chosen(asked: str | None) -> str | None:
    """The layer that is named goes for this process and those beside it; which one is used is said,
    whatever is asked of the prices. Raises `Unusable` where it cannot be used."""
    from sroi.inputs.files.chosen_library import choose, chosen_library, layer_there

    if asked is not None:
        choose(asked)
    if layer_there() and (layer := chosen_library().layer):
        told = Words(SPOKEN)("terminal.layer", path=layer.file, sign=layer.sign)
        typer.echo(told, err=True)
    return asked


LibraryOption = Annotated[
    str | None,
    typer.Option(
        "--library", metavar="FILE|none", help=H("opt.library"), show_default=False,
        callback=_chosen, expose_value=False,
    ),
]  # fmt: skip


def writable(folder: Path | None) -> Path | None:
    """A folder for files, before long work. Raises `Unusable` where nothing can be written."""
    from sroi.report.files import files

    if folder is not None:
        files.ready_folder(folder)
    return folder


CsvOption = Annotated[
    Path | None,
    typer.Option("--csv", help=H("opt.csv"), show_default=False, callback=writable),
]


def _version(wanted: bool) -> None:
    if wanted:
        from sroi.version import build

        typer.echo(f"sroi {build()}")
        raise typer.Exit


@app.callback()
def _root(
    lang: LangOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=H("opt.version"))
    ] = False,
) -> None:
    del lang, version  # the language was taken from the command line before it was parsed


def show_check(subject: str, problems: list[Problem], words: Words) -> None:
    """Every problem, and how many there are."""
    from sroi.report.words.problem_text import text

    for problem in problems:
        typer.echo(text(problem, words.lang) + "\n")
    wrong, weak = len(errors(problems)), len(problems) - len(errors(problems))
    key = "terminal.found" if wrong else "terminal.checked_warnings" if weak else "terminal.checked"
    typer.echo(words(key, file=subject, errors=wrong, count=weak))


def exit_with(problems: Iterable[Problem]) -> None:
    """The exit code of a check."""
    problems = list(problems)
    if problems:
        raise typer.Exit(UNUSABLE if errors(problems) else FINDINGS)


def valued(
    file: Path,
    variant: str,
    lang: str | None,
    draws: int | None = None,
    seed: int | None = None,
    precision: float | None = None,
) -> tuple[Any, str]:
    """A scenario valued, with progress, and the language to tell it in."""
    from sroi.inputs.files.scenario_file import load

    return drawn(load(file, variant).with_draws(draws, seed), lang, precision)


def drawn(loaded: Loaded, lang: str | None, precision: float | None = None) -> tuple[Any, str]:
    """The same of a scenario that was read before."""
    from sroi.analysis.valuation.valuation import value

    spoken = language(lang or ASKED, loaded.scenario.language)
    from sroi.report.words.progress import progress

    with progress(Words(spoken)("terminal.drawing")) as told_of:
        return value(loaded, progress=told_of, precision=precision), spoken


def refuse_drafts(file: Path, variant: str) -> None:
    """For a tender: stop where prices or sections are not ready. Raises `Unusable`."""
    from sroi.analysis.valuation.tender import refusals
    from sroi.inputs.files.scenario_file import load
    from sroi.problems import Unusable

    if found := refusals(load(file, variant)):
        raise Unusable(*found)
