"""A downloaded file opened: a table, an archive of one, or a workbook; and nothing but that.

Of a version 4 download the code files are read too: out of the same archive, or the same folder.
"""

from __future__ import annotations

from pathlib import Path

from sroi.inputs.download import packed
from sroi.inputs.download.characters import Open, characters
from sroi.inputs.download.rows import Rows
from sroi.inputs.municipal_data.code_files import Beside
from sroi.inputs.municipal_data.recognised import recognised
from sroi.inputs.municipal_data.table import MunicipalTable
from sroi.inputs.text.cells import Kind, Table
from sroi.inputs.text.content import content_of
from sroi.inputs.text.sheet import workbook_of
from sroi.problems import Problem, Unusable

KIND = Kind("data-unreadable", "data-unreadable", "data-too-large", "data-active")
# what the numbers of a download are called: of version 4, and as a client saves version 3
DATA = ("Observations.csv", "data.csv", "UntypedDataSet.csv", "TypedDataSet.csv")


def table_of(path: Path) -> MunicipalTable:
    """The table in a file, or of the download in a folder. Raises `Unusable`."""
    path = _numbers_in(path) if path.is_dir() else path
    content_of(path, 0)  # says what is wrong with the path itself
    try:
        if not packed.is_packed(path):
            opened: Open = lambda: path.open("rb")  # noqa: E731
            rows = Rows(str(path), characters(str(path), opened))
            return recognised(rows, path.stem, _in_folder(path))
        if packed.is_workbook(path):
            return _of_workbook(path)
    except OSError:
        raise Unusable(Problem("file-unreadable", file=str(path))) from None
    return _of_archive(path)


def _numbers_in(folder: Path) -> Path:
    """The file with the numbers in the folder of an unpacked download."""
    for name in DATA:
        found = folder / name
        if found.is_file() and not found.is_symlink():
            return found
    raise Unusable(Problem("data-folder", file=str(folder)))


def _in_folder(path: Path) -> Beside:
    """Opens a file in the folder of this one: a plain file, not a link to elsewhere."""

    def beside(name: str) -> Open | None:
        found = path.parent / name
        if found.is_symlink() or not found.is_file():
            return None
        return lambda: found.open("rb")

    return beside


def _of_archive(path: Path) -> MunicipalTable:
    """The observations of an archive, or the one table that is in it."""
    tables = packed.tables_in(path)
    by_name = {name.lower(): name for name in tables}
    known = next((by_name[one.lower()] for one in DATA if one.lower() in by_name), None)
    name = known or (next(iter(tables)) if len(tables) == 1 else None)
    if name is None:
        facts = {"count": len(tables)}
        raise Unusable(Problem("data-archive-tables", file=str(path), facts=facts))
    stem = path.stem if known else Path(name).stem
    rows = Rows(str(path), characters(str(path), tables[name]))
    return recognised(rows, stem, tables.get)


def _of_workbook(path: Path) -> MunicipalTable:
    """The first sheet of a workbook that holds a table."""
    content = content_of(path, KIND.most_bytes)
    if len(content) > KIND.most_bytes:
        raise Unusable(Problem("data-too-large", file=str(path)))
    sheets = workbook_of(content, str(path), KIND)
    first = next((table for table in sheets.values() if len(table) > 1), [])
    return recognised(_rows(first, str(path)), path.stem, lambda _: None)


def _rows(table: Table, file: str) -> Rows:
    """The cells of a sheet as rows of text, all as wide as the first."""
    width = len(table[0]) if table else 0
    cells = [(row[0].row, [cell.text for cell in row][:width]) for row in table]
    return Rows(file, None, tuple((line, row + [""] * (width - len(row))) for line, row in cells))
