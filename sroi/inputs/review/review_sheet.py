"""A sheet that somebody filled in, as cells with addresses: from a workbook or from CSV.

The file comes from outside. A workbook is weighed before it is opened, holds no macros and no
links to other files, and no formula in it is ever reckoned: a formula is not an answer.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sroi.inputs.text.content import content_of
from sroi.problems import Problem, Unusable

MAX_BYTES, MAX_UNPACKED, MAX_PARTS = 5_000_000, 30_000_000, 300
MAX_ROWS, MAX_COLUMNS = 5_000, 100
PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# parts of a workbook that do something, or that fetch something from elsewhere
ACTIVE = (
    "vbaproject", "vbadata", "macrosheets/", "dialogsheets/", "externallinks/", "activex/",
    "embeddings/", "connections.xml", "querytables/", "customui", "ctrlprops/", "webextensions/",
)  # fmt: skip
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

# the columns that are read back, as they are called in the two languages
HEADINGS = {
    "id": {"nl": "id", "en": "id"},
    "fingerprint": {"nl": "kenmerk", "en": "fingerprint"},
    "verdict": {"nl": "oordeel", "en": "verdict"},
    "value": {"nl": "waarde wordt", "en": "corrected value"},
    "low": {"nl": "laag wordt", "en": "corrected low"},
    "high": {"nl": "hoog wordt", "en": "corrected high"},
    "place": {"nl": "plaats in de bron wordt", "en": "place in the source found"},
    "reviewer": {"nl": "gecontroleerd door", "en": "reviewer"},
    "on": {"nl": "datum", "en": "date"},
    "remark": {"nl": "opmerking", "en": "remark"},
}
VERDICTS = {
    "agree": {"nl": "akkoord", "en": "agree"},
    "correct": {"nl": "corrigeren", "en": "correct"},
    "withdraw": {"nl": "intrekken", "en": "withdraw"},
}


@dataclass(frozen=True)
class Cell:
    """What stands in a cell (None: nothing), and where."""

    value: Any
    row: int
    column: int
    formula: bool = False

    @property
    def address(self) -> str:
        """As a spreadsheet says it: `T7`."""
        letters, number = "", self.column
        while number:
            number, letter = divmod(number - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{letters}{self.row}"


@dataclass(frozen=True)
class Sheet:
    """The rows below the headings, by the names in `HEADINGS`; `lang`: that of the headings."""

    file: str
    lang: str
    rows: list[dict[str, Cell]]


def refused(what: str, file: str, cell: Cell | None = None, **facts: object) -> Problem:
    """What is said of a review that cannot be taken, with the address of its cell."""
    if cell is None:
        return Problem(what, file=file, facts=facts)
    facts = {"cell": cell.address, "found": _shown(cell.value)} | facts
    return Problem(what, file=file, line=cell.row, column=cell.column, facts=facts)


def read_sheet(path: Path) -> Sheet:
    """The sheet in a file that ends on .xlsx or .csv. Raises `Unusable`."""
    readers = {".xlsx": _of_workbook, ".csv": _of_csv}
    file, reader = str(path), readers.get(path.suffix.lower())
    if reader is None:
        raise Unusable(refused("review-kind", file, suffix=path.suffix or path.name))
    tables = reader(_content(path), file)
    first = next(iter(tables), [])
    for table in tables:
        names = _names(table[0] if table else [])
        if {"id", "fingerprint"} <= set(names):
            missing = [name for name in HEADINGS if name not in names]
            if missing:
                raise Unusable(_without(file, missing[0]))
            rows = [{name: row[at] for name, at in names.items()} for row in table[1:]]
            return Sheet(file, _language(table[0][names["verdict"]]), rows)
    named = _names(first[0] if first else [])
    raise Unusable(_without(file, "fingerprint" if "id" in named else "id"))


def _without(file: str, name: str) -> Problem:
    return refused("review-column-missing", file, column=" / ".join(HEADINGS[name].values()))


def _content(path: Path) -> bytes:
    content = content_of(path, MAX_BYTES)
    if len(content) > MAX_BYTES:
        raise Unusable(refused("review-too-large", str(path)))
    return content


def _names(headings: Iterable[Cell]) -> dict[str, int]:
    """At which position which column stands."""
    known = {word: name for name, words in HEADINGS.items() for word in words.values()}
    told = [str(cell.value or "").strip().casefold() for cell in headings]
    return {known[word]: position for position, word in enumerate(told) if word in known}


def _language(verdict: Cell) -> str:
    said = str(verdict.value).strip().casefold()
    return next(lang for lang, word in HEADINGS["verdict"].items() if word == said)


def _of_workbook(content: bytes, file: str) -> list[list[list[Cell]]]:
    _weigh(content, file)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        return [list(_whole(_rows(sheet), file)) for sheet in book.worksheets]
    except Unusable:
        raise
    except Exception:  # whatever a library says of a file that is not what it should be
        raise Unusable(refused("review-unreadable", file)) from None


def _rows(sheet: Any) -> Iterator[list[Cell]]:
    rows = sheet.iter_rows(max_col=MAX_COLUMNS)
    for number, row in enumerate(rows, 1):
        yield [
            Cell(part.value, number, column, part.data_type == "f")
            for column, part in enumerate(row, 1)
        ]


def _whole(rows: Iterable[list[Cell]], file: str) -> Iterator[list[Cell]]:
    """Rows of equal length; what has more of them than a library can have is refused."""
    width = 0
    for number, row in enumerate(rows, 1):
        if any(cell.value not in (None, "") for cell in row):
            if number > MAX_ROWS:
                raise Unusable(refused("review-too-large", file))
            width = width or len(row)
            more = range(len(row) + 1, width + 1)
            yield [*row[:width], *(Cell(None, number, column) for column in more)]


def _weigh(content: bytes, file: str) -> None:
    """Before anything is unpacked: its size; after that: that it holds nothing that acts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Unusable(refused("review-too-large", file))
            if any(part.compress_type not in PACKED_AS or part.flag_bits & 1 for part in parts):
                raise Unusable(refused("review-unreadable", file))
            if any(_acts(part.filename, archive.read(part)) for part in parts):
                raise Unusable(refused("review-active", file))
    except Unusable:
        raise
    except Exception:  # a damaged archive fails in many ways
        raise Unusable(refused("review-unreadable", file)) from None


def _acts(name: str, content: bytes) -> bool:
    """Macros, links to other files, controls; or XML that defines things to be unfolded."""
    if any(part in name.casefold().replace("\\", "/") for part in ACTIVE):
        return True
    is_xml = name.casefold().endswith((".xml", ".rels", ".vml"))
    return is_xml and (
        b"<!DOCTYPE" in content
        or b"<!ENTITY" in content
        or b"\0" in content
        or b"macroEnabled" in content
    )


def _of_csv(content: bytes, file: str) -> list[list[list[Cell]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unusable(Problem("file-not-utf8", file=file, line=line)) from None
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        raise Unusable(refused("review-unreadable", file)) from None
    cells = (
        [_csv_cell(value, number, column) for column, value in enumerate(row[:MAX_COLUMNS], 1)]
        for number, row in enumerate(rows, 1)
    )
    return [list(_whole(cells, file))]


def _csv_cell(value: str, row: int, column: int) -> Cell:
    """The text without the mark that keeps a spreadsheet from running it."""
    bare = value.removeprefix("'") if value[1:].lstrip().startswith(STARTS_A_FORMULA) else value
    return Cell(bare or None, row, column, value.lstrip().startswith("="))


def _shown(value: Any) -> str:
    return "–" if value in (None, "") else str(value)[:80]
