"""The commands by which others check the price library: a sheet to fill in, and a list to print."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sroi.cli.app import ASKED, H, LangOption, LibraryOption, proxies
from sroi.problems import Problem, Unusable
from sroi.report.words.words import Words, language

if TYPE_CHECKING:
    from sroi.inputs.library.library import Library
    from sroi.inputs.review.own_prices import OwnPrice
    from sroi.inputs.review.review import Reviewed

FolderOption = Annotated[
    Path | None, typer.Option("--folder", help=H("review.folder"), show_default=False)
]
ThemeOption = Annotated[
    str | None, typer.Option("--theme", help=H("opt.theme"), show_default=False)
]


YesOption = Annotated[bool, typer.Option("--yes", "-y", help=H("review.yes"))]


@proxies.command("export", help=H("proxies_export"))
def proxies_export(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help=H("review.sheet"))],
    scenarios: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[SCENARIO]...", help=H("review.weighed"), show_default=False),
    ] = None,
    used: Annotated[bool, typer.Option("--used", help=H("review.used"))] = False,
    theme: ThemeOption = None,
    folder: FolderOption = None,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """A sheet with one row for each price, to check them in."""
    from sroi.report.files import files
    from sroi.report.price_list.price_list import found
    from sroi.report.price_list.review_book import review_rows, write_review

    files.ready(sheet, ".xlsx", ".csv")
    if sheet.exists():  # somebody may have filled it in
        raise Unusable(Problem("output-exists", file=str(sheet), facts={"path": sheet}))
    library, spoken = _prices(folder), language(lang or ASKED)
    entries = list(found(library, theme, None, None))
    if used:
        wanted = _used(scenarios or [], library)
        entries = [entry for entry in entries if entry[1].id in wanted]
    weights = _weights(scenarios or [], library)
    rows = review_rows(entries, library, weights, spoken)
    write_review(sheet, rows, weights, spoken, None if folder else library)
    typer.echo(Words(spoken)("review_terminal.exported", count=len(rows), path=sheet), err=True)


@proxies.command("import", help=H("proxies_import"))
def proxies_import(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help=H("review.filled"))],
    folder: FolderOption = None,
    yes: YesOption = False,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """Read a sheet that was checked back into the library, or into the layer over it."""
    words, layer = Words(language(lang or ASKED)), _layer_to_write(folder)
    if layer is not None:
        _into_layer(sheet, layer, yes, words)
        return
    from sroi import shipped
    from sroi.inputs.review.review import read_folder, rewritten, write_back

    place = folder or shipped.folder("proxies")
    reviewed, own = _filled_in(sheet, read_folder(place), words)
    if own:
        raise Unusable(Problem("review-own-folder", file=str(sheet)))
    if not reviewed:
        return
    changed = rewritten(reviewed, place)
    facts = {"count": len(reviewed), "files": len(changed)}
    if _agreed(yes, words, "review_terminal.ask", folder=place, **facts):
        write_back(changed)
        typer.echo(words("review_terminal.done", **facts))


def _filled_in(
    sheet: Path, library: Library, words: Words
) -> tuple[list[Reviewed], list[OwnPrice]]:
    """What stands in a sheet, shown; where nothing was filled in that is said. Raises `Unusable`
    with all that is wrong in it."""
    import datetime

    from sroi.inputs.review.filled_sheet import read_filled
    from sroi.report.price_list.price_list import found
    from sroi.report.price_list.review_book import as_exported

    entries = list(found(library, None, None, None))
    before = [(theme, one) for theme, now in entries for one in library.earlier.get(now.id, ())]
    went_out = partial(as_exported, [*entries, *before], library)
    reviewed, own = read_filled(sheet, library, datetime.date.today(), went_out)
    for one in reviewed:
        _show(one, words)
    for price in own:
        _show_own(price, words)
    if not reviewed and not own:
        typer.echo(words("review_terminal.nothing", path=sheet))
    return reviewed, own


def _into_layer(sheet: Path, layer: Path, yes: bool, words: Words) -> None:
    """The reviews in a sheet behind those that the layer has."""
    from sroi.inputs.files.chosen_library import library_over, named_layer, shipped_library
    from sroi.inputs.review.layer_file import with_reviews

    content = _held(layer)
    library = library_over(content, str(layer)) if content else shipped_library()
    reviewed, own = _filled_in(sheet, library, words)
    if not reviewed and not own:
        return
    new = with_reviews(content, str(layer), reviewed, library, own)
    _show_differing(library_over(new, str(layer)), {one.proxy.id for one in reviewed}, words)
    facts = {"count": len(reviewed), "own": len(own), "path": layer}
    if _agreed(yes, words, "review_terminal.ask_layer", **facts):
        _write_layer(layer, new)
        done = "done_named" if named_layer() else "done_layer"
        typer.echo(words(f"review_terminal.{done}", **facts))


@proxies.command("merge", help=H("proxies_merge"))
def proxies_merge(
    other: Annotated[Path, typer.Argument(metavar="FILE", help=H("review.other"))],
    yes: YesOption = False,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """Take the reviews and prices of somebody else's layer into one's own."""
    from sroi.inputs.files.chosen_library import chose_none, library_over, named_layer, own_layer
    from sroi.inputs.review.layer_file import merged
    from sroi.inputs.text.yaml_text import read

    if chose_none():
        raise Unusable(Problem("layer-none"))
    words, layer, given = Words(language(lang or ASKED)), named_layer() or own_layer(), read(other)
    library_over(given.content, str(other))  # what cannot be used by itself is refused as it is
    new, more = merged(_held(layer), str(layer), given)
    if not more:
        typer.echo(words("review_terminal.nothing_new", other=other, path=layer))
        return
    for entry in more:
        typer.echo(_incoming(entry, words))
    _show_differing(library_over(new, str(layer)), {entry.get("price") for entry in more}, words)
    facts = {"count": len(more), "path": layer}
    if _agreed(yes, words, "review_terminal.ask_merge", **facts):
        _write_layer(layer, new)
        typer.echo(words("review_terminal.done_merge", **facts))


def _incoming(entry: dict[str, str], words: Words) -> str:
    """A review or a price that comes in, on one line."""
    if "price" not in entry:
        return words("review_terminal.merged_price", id=entry["id"])
    status = words(f"review.{entry['status']}")
    facts = {"id": entry["price"], "status": status, "by": entry["by"], "on": entry["on"]}
    return words("review_terminal.merged_review", **facts)


def _show_differing(library: Library, prices: set[str | None], words: Words) -> None:
    """Who does not agree on the prices that somebody reviewed just now."""
    from sroi.report.words.problem_text import sentence

    for one in library.layer.differ if library.layer else ():
        if one.counts.price in prices:
            found = Problem("layer-reviews-differ", "warning", facts=one.facts)
            typer.echo("  " + sentence(found, words.lang))


def _held(layer: Path) -> bytes:
    """What stands in a layer; nothing where there is none yet. Raises `Unusable`."""
    from sroi.inputs.text.yaml_text import read

    return read(layer).content if layer.exists() else b""


def _write_layer(layer: Path, content: bytes) -> None:
    """The whole file or nothing; its folder is made where there is none yet."""
    from sroi.report.files import files

    files.folder(layer.parent)
    files.write(layer, content)


@proxies.command("print", help=H("proxies_print"))
def proxies_print(
    output: Annotated[Path, typer.Argument(metavar="FILE", help=H("review.printed"))],
    theme: ThemeOption = None,
    folder: FolderOption = None,
    _library: LibraryOption = None,
    lang: LangOption = None,
) -> None:
    """The price library as a list to print."""
    from sroi.report.files import files
    from sroi.report.price_list.price_list import found
    from sroi.report.price_list.printed import printed

    files.ready(output, ".pdf", ".html")
    library, spoken = _prices(folder), language(lang or ASKED)
    for_print = output.suffix.lower() == ".pdf"
    page = printed(list(found(library, theme, None, None)), library, spoken, for_print)
    files.write(output, _as_pdf(page) if for_print else page)
    typer.echo(Words(spoken)("terminal.written", path=output), err=True)


def _as_pdf(page: str) -> bytes:
    """A page printed by a process of its own, with which all goes that the renderer leaves."""
    from sroi.report.pdf.pdf import Printer

    with Printer() as printer:
        printer.lay_out(page)
        return printer.pdf()


def _agreed(yes: bool, words: Words, question: str, **facts: object) -> bool:
    """Yes in either language, or said beforehand; whatever else is said is no, and that is told."""
    if yes:
        return True
    said = typer.prompt(
        words(question, **facts), default="n", show_default=False, prompt_suffix=" "
    )
    agreed = str(said).strip().casefold() in ("j", "ja", "y", "yes")
    if not agreed:
        typer.echo(words("review_terminal.not_done"))
    return agreed


def _layer_to_write(folder: Path | None) -> Path | None:
    """The layer that reviews go into, or None where they go into a folder with prices.

    Raises `Unusable` where there is nothing to write to.
    """
    from sroi import shipped
    from sroi.inputs.files.chosen_library import chose_none, layer_to_write, named_layer

    if folder is not None:
        if named_layer():
            raise Unusable(Problem("layer-and-folder"))
        return None
    if chose_none() and shipped.packaged():
        raise Unusable(Problem("layer-none"))
    return layer_to_write()


def _prices(folder: Path | None) -> Library:
    from sroi.inputs.files.chosen_library import chosen_library
    from sroi.inputs.review.review import read_folder

    return chosen_library() if folder is None else read_folder(folder)


def _used(scenarios: list[Path], library: Library) -> set[str]:
    """The prices that scenarios use, in any of their variants. Raises `Unusable` without one."""
    from sroi.inputs.files.scenario_file import load
    from sroi.inputs.scenario.assumptions import used_proxies

    if not scenarios:
        raise Unusable(Problem("export-used"))
    first = [(path, load(path, library=library)) for path in scenarios]
    others = [load(path, name, library) for path, one in first for name in one.variants]
    every = [*(one for _, one in first), *others]
    return {key for one in every for key in used_proxies(one.scenario)}


def _weights(scenarios: list[Path], library: Library) -> dict[str, dict[str, float]]:
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


def _show_own(price: OwnPrice, words: Words) -> None:
    """An own price, and how a scenario names it."""
    entry = price.entry
    facts = {name: entry[name] for name in ("name", "source")} | {"year": entry["price_year"]}
    amount = entry["value"]
    sizes = amount if isinstance(amount, str) else " / ".join(_sizes(amount))
    told = {"id": price.id, "price": f"{sizes} {entry['unit']}"}
    typer.echo(words("review_terminal.own", **facts, **told))
    if price.review is None:
        typer.echo("  " + words("review_terminal.own_draft"))
    typer.echo("  " + words("review_terminal.own_use", id=price.id))


def _sizes(value: dict[str, Any]) -> list[str]:
    """The numbers of a range, from low to high."""
    return value.get("uniform") or [value[name] for name in ("low", "best", "high")]


def _status(told: str, words: Words) -> str:
    """A state of review in words, with who and when as they are."""
    status, *rest = told.split(", ", 1)
    return ", ".join([words(f"review.{status}"), *rest])
