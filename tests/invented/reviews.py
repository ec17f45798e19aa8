"""Small price libraries written in many ways, layers over them, and sheets that were filled in."""

import datetime
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl

from sroi.inputs.library.layer import seen_of
from sroi.inputs.library.layered import layered
from sroi.inputs.library.library import Library, read_library
from sroi.inputs.library.used_library import as_text
from sroi.inputs.review.as_exported import Exported
from sroi.inputs.review.review import Reviewed, read_review
from sroi.inputs.review.review_sheet import HEADINGS, opened
from sroi.inputs.text.yaml_text import Document, parse
from sroi.report.price_list.price_list import found
from sroi.report.price_list.review_book import as_exported, review_rows, workbook

TODAY = datetime.date(2026, 3, 2)
BUURT = """\
# Prijzen van de buurt; wie dit leest: blijf eraf.
theme: buurt
name: Buurt
proxies:
  - id: uur   # met opmerking
    name: {nl: "Uur in de buurt", en: 'Hour in the neighbourhood'}
    value:
      low: 8.00    # laag
      best: 10     # de middelste
      high: 12
      because: Geschat.
    unit: EUR/uur
    price_year: 2024
    payers: {gemeente: 60%, inwoner: 40%}
    cash: soft
    source: "bron[p. 1]"
    quote: "Een uur kost \\u20ac 10"
    review: {status: draft}   # nog niemand

  # een prijs zonder bandbreedte, en zonder review
  - id: kaal
    name: Kaal
    value: 42
    unit: EUR/uur
    price_year: 2024
    payers: {gemeente: 100%}
    cash: soft
    source: bron
    notes: >-
      Een lange tekst
      over twee regels.


  - id: tussen
    name: Tussen
    value: {uniform: [75.60, 111.60], because: Twee tarieven.}
    unit: EUR/uur
    price_year: 2024
    payers: {gemeente: 100%}
    cash: soft
    source: bron[tabel 2]
    review:
      status: checked
      by: A. Voorbeeld
      on: 2025-01-01
    history:
      - {field: review, was: draft, now: "checked, A. Voorbeeld, 2025-01-01"}
  - {id: plat, name: Plat, value: {value: 5, because: Zo is het.}, unit: EUR/uur, price_year: 2024,
     payers: {gemeente: 100%}, cash: soft, source: bron}
"""
SCHEEF = """\
theme: scheef
name: Scheef
proxies:
- id: scheef
  name: Scheef
  value:
    lognormal: {median: 100, p95: 300}
  unit: EUR/uur
  price_year: 2024
  payers: {gemeente: 100%}
  cash: soft
  review: {status: draft}
  source: bron"""
SHELVES = {
    "buurt.yaml": BUURT,
    "scheef.yaml": SCHEEF,
    "sources.yaml": (
        "sources: [{id: bron, type: report, title: '=Bron', URL: 'https://example.org/bron'}]\n"
    ),
    "payers.yaml": (
        "payers:\n  - {id: gemeente, name: Gemeente, public: true}\n"
        "  - {id: inwoner, name: Inwoner, public: false}\n"
    ),
    "indices.yaml": (
        "indices:\n  - {id: cpi, name: Index, source: bron, base_year: 2024,"
        " factors: {2023: 1.0330, 2024: 1}}\n"
    ),
}
Answers = dict[str, dict[str, Any]]


def library_in(folder: Path) -> Path:
    """A folder with a small library, every entry written in a way of its own."""
    folder.mkdir(exist_ok=True)
    for name, text in SHELVES.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """All that stands in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def exported(library: Library, lang: str = "nl") -> Any:
    """The workbook that is exported of a library, open to be filled in."""
    rows = review_rows(list(found(library, None, None, None)), library, {}, lang)
    return openpyxl.load_workbook(io.BytesIO(workbook(rows, [], lang)))


def went_out(library: Library) -> Callable[[str], Exported]:
    """The sheet of a library by its language, as it went out."""
    return partial(as_exported, list(found(library, None, None, None)), library)


def fill(book: Any, answers: Answers, lang: str = "nl") -> dict[tuple[str, str], str]:
    """Write answers in a workbook, by id and by name of the column; the address of each."""
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=2)}
    places = {}
    for key, answer in answers.items():
        for name, value in answer.items():
            cell = sheet.cell(rows[key], at[HEADINGS[name][lang]])
            cell.value = value
            places[key, name] = cell.coordinate
    return places


def filled(path: Path, folder: Path, answers: Answers, lang: str = "nl") -> dict[Any, str]:
    """A file with the review of a folder; the address of every answer."""
    book = exported(read_library(folder), lang)
    places = fill(book, answers, lang)
    book.save(path)
    return places


def small_library(folder: Path) -> Library:
    """The small library, with prices `uur`, `kaal`, `tussen`, `plat` and `scheef`."""
    return read_library(library_in(folder / "proxies"))


def said(library: Library, price: str, by: str, on: str = "2026-03-01", **more: Any) -> dict:
    """A review of a price as it is in a library; `becomes` and `note` as in the file."""
    seen = seen_of(library.proxies[price])
    return {"price": price, "status": "checked", "by": by, "on": on, "seen": seen} | more


def layer_of(*reviews: dict, **more: Any) -> Document:
    """The file with these reviews."""
    return parse(as_text({"reviews": list(reviews)} | more, "Laag").encode(), "laag.yaml")


def over(library: Library, *reviews: dict, **more: Any) -> Library:
    """A library with such a layer over it."""
    return layered(library, layer_of(*reviews, **more))


OWN = {
    "id": "eigen-uur", "name": "Eigen uur", "value": "50", "unit": "EUR/uur", "price_year": "2024",
    "payers": {"gemeente": "100%"}, "cash": "soft", "source": "contract[bijlage 2]",
    "cost_concept": "marginal", "provenance": "first-hand", "evidence": "A",
    "review": {"status": "checked", "by": "Controller (fictief)", "on": "2026-02-01"},
}  # fmt: skip
CONTRACT = {"id": "contract", "type": "report", "title": "Contract (verzonnen)"}


def read_back(folder: Path, path: Path) -> list[Reviewed]:
    """What stands in a sheet that went out from a library in a folder."""
    library = read_library(folder)
    return read_review(opened(path), library, TODAY, went_out(library))
