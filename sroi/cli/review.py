"""The commands by which others check the price library: a sheet to fill in, and a list to print."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sroi.cli.app import ASKED, H, LangOption, proxies
from sroi.problems import Problem, Unusable
from sroi.report.words.words import Words, language

if TYPE_CHECKING:
    from sroi.inputs.review.review import Reviewed

FolderOption = Annotated[
    Path | None, typer.Option("--folder", help=H("review.folder"), show_default=False)
]
ThemeOption = Annotated[
    str | None, typer.Option("--theme", help=H("opt.theme"), show_default=False)
]


@proxies.command("export", help=H("proxies_export"))
def proxies_export(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help=H("review.sheet"))],
    scenarios: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[SCENARIO]...", help=H("review.weighed"), show_default=False),
    ] = None,
    theme: ThemeOption = None,
    folder: FolderOption = None,
    lang: LangOption = None,
) -> None:
    """A sheet with one row for each price, to check them in."""
    from sroi.report.files import files
    from sroi.report.price_list.price_list import found
    from sroi.report.price_list.review_book import review_rows, write_review

    files.ready(sheet, ".xlsx", ".csv")
    if sheet.exists():  # somebody may have filled it in
        raise Unusable(Problem("output-exists", file=str(sheet), facts={"path": sheet}))
    library, spoken = _library(folder), language(lang or ASKED)
    entries = list(found(library, theme, None, None))
    weights = _weights(scenarios or [], library)
    rows = review_rows(entries, library, weights, spoken)
    write_review(sheet, rows, weights, spoken)
    typer.echo(Words(spoken)("review_terminal.exported", count=len(rows), path=sheet), err=True)


@proxies.command("import", help=H("proxies_import"))
def proxies_import(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help=H("review.filled"))],
    folder: FolderOption = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=H("review.yes"))] = False,
    lang: LangOption = None,
) -> None:
    """Read a sheet that was checked back into the library."""
    import datetime

    from sroi.inputs.review.review import read_review, rewritten, write_back
    from sroi.report.price_list.price_list import found
    from sroi.report.price_list.review_book import as_exported

    words = Words(language(lang or ASKED))
    place = folder or _own_folder()
    library = _library(place)
    entries = list(found(library, None, None, None))
    went_out = partial(as_exported, entries, library)
    reviewed = read_review(sheet, library, datetime.date.today(), went_out)
    if not reviewed:
        typer.echo(words("review_terminal.nothing", path=sheet))
        return
    changed = rewritten(reviewed, place)
    for one in reviewed:
        _show(one, words)
    facts = {"count": len(reviewed), "files": len(changed)}
    if not (yes or _agreed(words("review_terminal.ask", **facts, folder=place))):
        typer.echo(words("review_terminal.not_done"))
        return
    write_back(changed)
    typer.echo(words("review_terminal.done", **facts))


@proxies.command("print", help=H("proxies_print"))
def proxies_print(
    output: Annotated[Path, typer.Argument(metavar="FILE", help=H("review.printed"))],
    theme: ThemeOption = None,
    folder: FolderOption = None,
    lang: LangOption = None,
) -> None:
    """The price library as a list to print."""
    from sroi.report.files import files
    from sroi.report.pdf.pdf import pdf
    from sroi.report.price_list.price_list import found
    from sroi.report.price_list.printed import printed

    files.ready(output, ".pdf", ".html")
    library, spoken = _library(folder), language(lang or ASKED)
    for_print = output.suffix.lower() == ".pdf"
    page = printed(list(found(library, theme, None, None)), library, spoken, for_print)
    files.write(output, pdf(page) if for_print else page)
    typer.echo(Words(spoken)("terminal.written", path=output), err=True)


def _agreed(question: str) -> bool:
    """Yes in either language; whatever else is said is no."""
    said = typer.prompt(question, default="n", show_default=False, prompt_suffix=" ")
    return str(said).strip().casefold() in ("j", "ja", "y", "yes")


def _own_folder() -> Path:
    """The prices of a checkout. Those of an installed package are not the user's to change."""
    from sroi import shipped

    place = shipped.folder("proxies")
    if shipped.packaged():
        raise Unusable(Problem("review-packaged", facts={"path": place}))
    return place


def _library(folder: Path | None) -> Any:
    from sroi.inputs.files.scenario_file import shipped_library
    from sroi.inputs.review.review import read_folder

    return shipped_library() if folder is None else read_folder(folder)


def _weights(scenarios: list[Path], library: Any) -> dict[str, dict[str, float]]:
    """By id of a scenario which share of its benefits rests on each price."""
    if not scenarios:
        return {}
    from sroi.analysis.valuation.weight import weights
    from sroi.inputs.files.scenario_file import load

    loaded = [load(path, library=library) for path in scenarios]
    return {
        one.scenario.scenario: {price.price: price.present for price in weights([one])}
        for one in loaded
    }


def _show(one: Reviewed, words: Words) -> None:
    """What changes in one entry, and who says so."""
    from sroi.inputs.review.review_sheet import VERDICTS

    verdict = VERDICTS[one.verdict][words.lang]
    who = words("review_terminal.who", verdict=verdict, by=one.by, on=one.on)
    typer.echo(f"{one.proxy.id}: {one.proxy.name.in_(words.lang)}. {who}")
    for difference in one.differences:
        column = "status" if difference.field == "review" else difference.field
        field = words(f"review_column.{column}")
        facts = {"was": difference.was or "–", "now": difference.now}
        if difference.field == "review":
            facts = {name: _status(told, words) for name, told in facts.items()}
        typer.echo("  " + words("review_terminal.change", field=field, **facts))
    if one.leaps:
        typer.echo("  " + words("review_terminal.leaps"))
    if one.sizes:
        typer.echo("  " + words("review_terminal.stale"))


def _status(told: str, words: Words) -> str:
    """A state of review in words, with who and when as they are."""
    status, *rest = told.split(", ", 1)
    return ", ".join([words(f"review.{status}"), *rest])
