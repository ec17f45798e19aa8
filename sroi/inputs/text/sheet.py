"""A sheet of a file from outside, as cells with addresses: from a workbook or from CSV.

A workbook is weighed before it is opened, holds no macros and no links to other files, and nothing
in it is run or reckoned. A cell knows what a person sees of it: whether it is hidden or merged, a
formula, or shown as a percentage.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePath
from typing import Any

from sroi.inputs.text.cells import PLAIN, Cell, Kind, Mark, Table
from sroi.inputs.text.content import content_of
from sroi.inputs.text.seen import Seen, seen
from sroi.inputs.text.spss import of_spss
from sroi.problems import Problem, Unusable

PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# parts of a workbook that do something, or that fetch something from elsewhere
ACTIVE = (
    "vbaproject", "vbadata", "macrosheets/", "dialogsheets/", "externallinks/", "activex/",
    "embeddings/", "connections.xml", "querytables/", "customui", "ctrlprops/", "webextensions/",
)  # fmt: skip
MOST_PARTS = 300
MOST_MERGED = 2_000
PIECE = 1 << 16
SEPARATORS = ";,\t"
LITERAL = re.compile(r'"[^"]*"|\\.')  # of a format: what is only printed, as in 0"%"


def tables_of(path: Path, kind: Kind) -> list[Table]:
    """The sheets of a file of one of these kinds, without empty rows. Raises `Unusable`."""
    return list(sheets_of(path, kind).values())


def sheets_of(path: Path, kind: Kind) -> dict[str, Table]:
    """The same by the name of each sheet; that of a CSV has none. Raises `Unusable`."""
    _reader(str(path), kind)  # before anything is read
    return sheets_in(content_of(path, kind.most_bytes), str(path), kind)


def sheets_in(content: bytes, file: str, kind: Kind) -> dict[str, Table]:
    """The same from the bytes of a file with this name. Raises `Unusable`."""
    reader = _reader(file, kind)
    if len(content) > kind.most_bytes:
        raise Unusable(Problem(kind.too_large, file=file))
    return reader(content, file, kind)


def _reader(file: str, kind: Kind) -> Callable[[bytes, str, Kind], dict[str, Table]]:
    """What reads a file that is called so."""
    readers = {".xlsx": workbook_of, ".csv": _of_csv, ".sav": of_spss}
    suffix = PurePath(file).suffix
    reader = readers.get(suffix.lower())
    if reader is None or suffix.lower() not in kind.suffixes:
        raise Unusable(Problem(kind.suffix, file=file, facts={"suffix": suffix}))
    return reader


def workbook_of(content: bytes, file: str, kind: Kind) -> dict[str, Table]:
    """The sheets of a workbook by name, without empty rows. Raises `Unusable`."""
    _weigh(content, file, kind)
    import openpyxl

    options = {"read_only": True, "keep_links": False, "data_only": kind.values}
    try:
        with warnings.catch_warnings(action="ignore"):  # what it warns of, cells show themselves
            book = openpyxl.load_workbook(io.BytesIO(content), **options)
            sheets = {str(sheet.title): _rows(sheet, kind, file) for sheet in book.worksheets}
            return {name: _whole(rows, file, kind) for name, rows in sheets.items()}
    except Unusable:
        raise
    except Exception:  # whatever a library says of a file that is not what it should be
        raise Unusable(Problem(kind.unreadable, file=file)) from None


def parts_of(content: bytes) -> dict[str, str]:
    """The part of the file that each sheet of a workbook is, by the name of the sheet."""
    import openpyxl

    book: Any = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    # openpyxl has no other way to it, and opens the part by this very name
    return {str(sheet.title): str(sheet._worksheet_path) for sheet in book.worksheets}


def _rows(sheet: Any, kind: Kind, file: str) -> Iterator[list[Cell]]:
    """The rows down to the last that holds something: a single empty cell far down is nothing."""
    with sheet._get_source() as markup:  # of the sheet itself; openpyxl has no other way to it
        known = seen(markup)
    wide = known.columns > kind.most_columns or len(known.merged) > MOST_MERGED
    if wide or known.rows > kind.furthest_row or known.cells > kind.most_cells:
        raise Unusable(Problem(kind.too_large, file=file))
    if not known.rows:
        return
    rows = sheet.iter_rows(max_row=known.rows, max_col=known.columns)
    for number, row in enumerate(rows, 1):
        if any(part.value is not None for part in row) or number in known.formula_rows:
            marks, out_of_sight = _marks(number, known), _out_of_sight(sheet)
            yield [
                Cell(part.value, number, column, marks[column - 1] | _format(part) | out_of_sight)
                for column, part in enumerate(row, 1)
            ]


def _marks(row: int, known: Seen) -> list[Mark]:
    """What is to be known of the cells of a row."""
    hidden, swallowed = known.hidden_in(row), known.swallowed_in(row)
    beside = known.beside_in(row)
    formulas = {column: known.formulas.get((row, column)) for column in range(1, known.columns + 1)}
    return [
        (Mark.FORMULA if result is not None else PLAIN)
        | (Mark.UNRECKONED if result is False else PLAIN)
        | (Mark.HIDDEN if column in hidden else PLAIN)
        | (Mark.SWALLOWED if column in swallowed else PLAIN)
        | (Mark.BESIDE if column in beside else PLAIN)
        for column, result in formulas.items()
    ]


def _format(part: Any) -> Mark:
    """Whether a number is shown as a percentage, or not at all."""
    shown = LITERAL.sub("", getattr(part, "number_format", None) or "")
    if shown.replace(" ", "") == ";;;":
        return Mark.HIDDEN
    return Mark.PERCENT if "%" in shown else PLAIN


def _out_of_sight(sheet: Any) -> Mark:
    """Whether the whole sheet is."""
    return PLAIN if getattr(sheet, "sheet_state", "visible") == "visible" else Mark.HIDDEN


def _whole(rows: Iterable[list[Cell]], file: str, kind: Kind) -> Table:
    """The rows that hold something, none shorter than the first, and without an empty end."""
    found: Table = []
    cells = width = 0
    for row in rows:
        ends = next((n for n in range(len(row), 0, -1) if _holds(row[n - 1])), 0)
        width = width or ends
        if ends:
            more = (Cell(None, row[0].row, n + 1) for n in range(len(row), width))
            found.append([*row[: max(ends, width)], *more])
            cells += len(found[-1])
        if cells > kind.most_cells or len(found) > kind.most_rows:
            raise Unusable(Problem(kind.too_large, file=file))
    return found


def _holds(cell: Cell) -> bool:
    return cell.text != "" or bool(cell.marks & (Mark.FORMULA | Mark.SWALLOWED))


def _weigh(content: bytes, file: str, kind: Kind) -> None:
    """Before it is opened: how large it is unpacked, and that it holds nothing that acts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise Unusable(Problem(kind.too_large, file=file))
            if any(part.compress_type not in PACKED_AS or part.flag_bits & 1 for part in parts):
                raise Unusable(Problem(kind.unreadable, file=file))
            left = kind.most_unpacked
            for part in parts:
                inside = _unpacked(archive, part, left)
                left -= len(inside)
                if left < 0:
                    raise Unusable(Problem(kind.too_large, file=file))
                if _acts(part.filename, inside):
                    raise Unusable(Problem(kind.active, file=file))
    except Unusable:
        raise
    except Exception:  # a damaged archive fails in many ways
        raise Unusable(Problem(kind.unreadable, file=file)) from None


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    """A part, in pieces, and no more than one byte beyond what it may be: its size may be a lie."""
    inside = bytearray()
    with archive.open(part) as stream:
        while len(inside) <= most and (piece := stream.read(min(PIECE, most + 1 - len(inside)))):
            inside += piece
    return bytes(inside)


def _acts(name: str, content: bytes) -> bool:
    """Macros, links to other files, controls; or XML that defines things to be unfolded."""
    if any(part in name.casefold().replace("\\", "/") for part in ACTIVE):
        return True
    is_xml = name.casefold().endswith((".xml", ".rels", ".vml"))
    marks = (b"<!DOCTYPE", b"<!ENTITY", b"\0", b"macroEnabled")
    return is_xml and any(mark in content for mark in marks)


def _of_csv(content: bytes, file: str, kind: Kind) -> dict[str, Table]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unusable(Problem("file-not-utf8", file=file, line=line)) from None
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return {"": _whole(_csv_rows(reader, file, kind), file, kind)}


def _csv_rows(reader: Any, file: str, kind: Kind) -> Iterator[list[Cell]]:
    try:
        for row in reader:
            if len(row) > kind.most_columns:
                raise Unusable(Problem(kind.too_large, file=file))
            # a quoted cell may hold line breaks: the line on which the row ends is where to look
            yield [Cell(value, reader.line_num, column) for column, value in enumerate(row, 1)]
    except csv.Error:
        raise Unusable(Problem(kind.unreadable, file=file)) from None
