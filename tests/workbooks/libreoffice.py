"""Workbooks computed by LibreOffice, which knows nothing of sroi: the stored values taken out."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import openpyxl

THERE = shutil.which("soffice") or shutil.which("libreoffice")
WITHOUT = "LibreOffice is not installed; tests/report/calculation reads the formulas in its own way"
PATIENCE = 1800  # seconds for a batch, so that a program that hangs ends


def without_values(file: bytes, cells: Mapping[tuple[str, str], float]) -> bytes:
    """The workbook with other numbers in some cells; what openpyxl saves has formulas only."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    for (sheet, place), number in cells.items():
        book[sheet][place] = number
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def computed(files: Mapping[str, bytes], folder: Path) -> dict[str, openpyxl.Workbook]:
    """Every workbook as LibreOffice computes it, by name: in one call, in a profile of its own."""
    given, got = folder / "given", folder / "got"
    given.mkdir()
    for name, file in files.items():
        (given / f"{name}.xlsx").write_bytes(file)
    command = [
        str(THERE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", "xlsx", "--outdir", str(got), *map(str, sorted(given.glob("*.xlsx"))),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return {name: openpyxl.load_workbook(got / f"{name}.xlsx", data_only=True) for name in files}


def column(book: openpyxl.Workbook, sheet: str, values: int) -> dict[str, float | str | None]:
    """The keys of the first column with what stands in another one (from 1)."""
    return {
        str(row[0]): row[values - 1]
        for row in book[sheet].iter_rows(values_only=True)
        if row[0] is not None and len(row) >= values
    }


def keys_of(file: bytes, sheet: str) -> dict[str, int]:
    """The keys of the first column of a sheet with their rows (from 1)."""
    rows = openpyxl.load_workbook(io.BytesIO(file))[sheet].iter_rows()
    return {str(row[0].value): row[0].row for row in rows if row[0].value is not None}


def cells_of(file: bytes) -> dict[str, list[list[object]]]:
    """Every sheet as rows of numbers, texts and formulas; a text that begins as one stays text."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    return {
        sheet.title: [
            [f"'{cell.value}" if cell.data_type == "s" else cell.value for cell in row]
            for row in sheet.iter_rows()
        ]
        for sheet in book
    }
