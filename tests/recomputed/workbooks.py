"""Scenario workbooks for tests: written by sroi, and then changed as a person would."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import openpyxl

from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import load
from sroi.inputs.text.yaml_text import Document, parse
from sroi.inputs.workbook.reading import parse_workbook
from sroi.inputs.workbook.tree import Workbook
from sroi.report.files.results_json import as_json
from sroi.report.workbook.written import workbook

NAME = "langer-thuis.xlsx"


def book_of(text: str, lang: str = "nl") -> bytes:
    """The workbook of a scenario in YAML."""
    return workbook(parse(text.encode(), "a.yaml").data, shipped_library(), lang).content


def read_back(content: bytes) -> Workbook:
    """What is read of a workbook."""
    return parse_workbook(content, NAME)


def changed(content: bytes, cells: Mapping[str, Any]) -> bytes:
    """The workbook with other values in some cells, saved: `{"Uitkomsten!F7": 3}`."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place, value in cells.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell] = value
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of an openpyxl workbook."""
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def place(content: bytes, sheet: str, heading: str, row: str) -> str:
    """The address of a cell: by its heading, and by what stands in the first column of its row."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for line in book[sheet].iter_rows() for cell in line if cell.value is not None]
    across = next(cell for cell in cells if cell.value == heading)
    down = next(c for c in cells if c.column == 1 and c.row > across.row and c.value == row)
    return f"{sheet}!{across.column_letter}{down.row}"


def numbers_of(document: Document) -> str:
    """All results as `--json` has them, without places and words of warnings; any error fails."""
    from sroi.analysis.valuation.valuation import value

    results = as_json(value(load(document, library=shipped_library())), "nl")
    for told in results["problems"]:
        for key in ("file", "line", "column", "cell", "message"):
            told.pop(key, None)
    results["problems"].sort(key=lambda told: str(told["code"]))
    return json.dumps(results, sort_keys=True)
