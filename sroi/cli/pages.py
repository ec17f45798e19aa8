"""The files of a report: which ones are asked for, and writing them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sroi.cli.app import H
from sroi.report.words.words import Words

OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help=H("opt.output"), show_default=False)
]
BrandOption = Annotated[
    Path | None, typer.Option("--brand", help=H("opt.brand"), show_default=False)
]
HtmlOption = Annotated[bool, typer.Option("--html", help=H("opt.html"))]
DocxOption = Annotated[bool, typer.Option("--docx", help=H("opt.docx"))]
SummaryOption = Annotated[bool, typer.Option("--summary", help=H("opt.summary"))]


def ready(*paths: Path) -> None:
    """Before long work: that a report can be written there. Raises `Unusable`."""
    from sroi.report.files import files

    for path in paths:
        files.ready(path, ".pdf", ".html", ".docx", ".xlsx")


def beside(target: Path, html: bool, docx: bool) -> list[Path]:
    """The files beside a PDF: those asked for, and the target itself where it is another kind."""
    own = target.suffix.lower()
    kinds = {".html": html, ".docx": docx}
    return [
        target if own == kind else target.with_suffix(kind)
        for kind, wanted in kinds.items()
        if wanted or own == kind
    ]


def written(pages: dict[Path, bytes | str], spoken: str) -> None:
    """Write what was made, and say where."""
    from sroi.report.files import files

    for path, made in pages.items():
        files.write(path, made)
        typer.echo(Words(spoken)("terminal.written", path=path), err=True)


def read(brand: Path) -> Any:
    """Colour, name and logo of an organisation. Raises `Unusable`."""
    from sroi.inputs.brand.brand import read_brand

    return read_brand(brand)
