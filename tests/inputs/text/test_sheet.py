"""A sheet from outside: what a person sees of a cell, and what may not be in a file at all."""

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sroi.inputs.text.cells import Cell, Kind, Mark, Table
from sroi.inputs.text.seen import place_of, seen
from sroi.inputs.text.sheet import tables_of
from sroi.problems import Unusable

KIND = Kind("kind", "unreadable", "too-large", "active", most_unpacked=300_000, furthest_row=1_000)
MARKUP = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def book() -> openpyxl.Workbook:
    return openpyxl.Workbook()


def sheet_of(book: openpyxl.Workbook) -> Worksheet:
    first = book.worksheets[0]
    first.append(["id", "voor", "na"])
    first.append(["a", 4, 6])
    first.append(["b", 5, 5])
    return first


def read(book: openpyxl.Workbook, folder: Path, kind: Kind = KIND) -> Table:
    path = folder / "blad.xlsx"
    book.save(path)
    return tables_of(path, kind)[0]


def marked(table: Table, mark: Mark) -> list[str]:
    return [cell.address for row in table for cell in row if mark in cell.marks]


def refused(path: Path, kind: Kind = KIND) -> str:
    with pytest.raises(Unusable) as caught:
        tables_of(path, kind)
    return caught.value.problems[0].code


def test_a_plain_sheet_has_no_marks(book, tmp_path):
    """And is read as it stands."""
    sheet_of(book)
    table = read(book, tmp_path)
    assert [[cell.value for cell in row] for row in table] == [
        ["id", "voor", "na"], ["a", 4, 6], ["b", 5, 5],
    ]  # fmt: skip
    assert {cell.marks for row in table for cell in row} == {Mark(0)}


def test_a_formula_without_a_stored_result_is_known(book, tmp_path):
    """A program that writes without reckoning stores none, and a reader then sees nothing."""
    sheet_of(book)["C3"] = "=B3+1"
    table = read(book, tmp_path)
    assert marked(table, Mark.UNRECKONED) == marked(table, Mark.FORMULA) == ["C3"]
    assert table[2][2].value is None


def test_a_row_with_nothing_but_formulas_is_a_row(book, tmp_path):
    """It is not passed over because no value of it is stored."""
    first = sheet_of(book)
    first["A4"], first["B4"] = "=A3", "=B3"
    assert marked(read(book, tmp_path), Mark.UNRECKONED) == ["A4", "B4"]


def test_a_formula_with_a_stored_result_is_that_result(book, tmp_path):
    """As a spreadsheet saves it; as text where formulas are no answer."""
    sheet_of(book)["C3"] = "=B3+1"
    path = tmp_path / "blad.xlsx"
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {one.filename: archive.read(one) for one in archive.infolist()}
    name = next(name for name in parts if name.startswith("xl/worksheets/"))
    parts[name] = parts[name].replace(b"<v></v>", b"<v>6</v>").replace(b"<v />", b"<v>6</v>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    found = tables_of(path, KIND)[0][2][2]
    assert (found.value, found.marks) == (6, Mark.FORMULA)
    as_text = tables_of(path, Kind("k", "u", "t", "a", values=False))[0][2][2]
    assert (as_text.value, as_text.marks) == ("=B3+1", Mark.FORMULA)


def test_what_is_hidden_is_known(book, tmp_path):
    """A row that a filter left out, and columns that somebody folded away."""
    first = sheet_of(book)
    first.row_dimensions[3].hidden = True
    first.column_dimensions["B"].hidden = True
    assert marked(read(book, tmp_path), Mark.HIDDEN) == ["B1", "B2", "A3", "B3", "C3"]


def test_what_a_merged_cell_lies_over_is_known(book, tmp_path):
    """All of it but the first cell, which holds what is shown."""
    first = sheet_of(book)
    first.merge_cells("A2:A3")
    first.merge_cells("B1:C1")
    table = read(book, tmp_path)
    assert marked(table, Mark.SWALLOWED) == ["C1", "A3"]
    assert marked(table, Mark.BESIDE) == ["C1"]


@pytest.mark.parametrize("shown", ['0"%"', "0\\%", "General", "#,##0.00"])
def test_a_percent_sign_that_is_only_printed_is_no_percentage(book, tmp_path, shown):
    """65 that is shown as 65%."""
    first = sheet_of(book)
    first["B2"], first["B2"].number_format = 65, shown
    assert marked(read(book, tmp_path), Mark.PERCENT) == []


def test_a_percentage_is_known(book, tmp_path):
    """0.65 that is shown as 65%."""
    first = sheet_of(book)
    first["B2"], first["B2"].number_format = 0.65, "0%"
    table = read(book, tmp_path)
    assert marked(table, Mark.PERCENT) == ["B2"]
    assert table[1][1].value == 0.65


def test_one_empty_cell_far_down_is_nothing(book, tmp_path):
    """Spreadsheets leave such cells behind, with a layout and without a value."""
    first = sheet_of(book)
    first.cell(1_048_576, 16_384).number_format = "0%"
    assert len(read(book, tmp_path)) == 3


@pytest.mark.parametrize("place", [(1_001, 1), (5, 201)])
def test_a_value_far_away_is_too_large(book, tmp_path, place):
    """Down or to the right."""
    sheet_of(book).cell(*place).value = "x"
    book.save(tmp_path / "blad.xlsx")
    assert refused(tmp_path / "blad.xlsx") == "too-large"


def test_too_many_cells_are_too_many(book, tmp_path):
    """Counted before they are read."""
    sheet_of(book)
    book.save(tmp_path / "blad.xlsx")
    assert refused(tmp_path / "blad.xlsx", Kind("k", "u", "t", "a", most_cells=8)) == "t"
    assert len(tables_of(tmp_path / "blad.xlsx", Kind("k", "u", "t", "a", most_cells=9))[0]) == 3


def test_a_merged_cell_over_a_whole_sheet_costs_nothing(book, tmp_path):
    """It is a rectangle, and not a cell for each of its places."""
    first = sheet_of(book)
    first.merge_cells("D1:D2")
    path = tmp_path / "blad.xlsx"
    book.save(path)
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {one.filename: archive.read(one) for one in archive.infolist()}
    name = next(name for name in parts if name.startswith("xl/worksheets/"))
    parts[name] = parts[name].replace(b"D1:D2", b"A1:XFD1048576")
    with zipfile.ZipFile(path, "w") as archive:
        for one, inside in parts.items():
            archive.writestr(one, inside)
    assert len(marked(tables_of(path, KIND)[0], Mark.SWALLOWED)) == 8


def test_an_archive_is_unpacked_against_a_limit(tmp_path, monkeypatch):
    """Its own word for its size is not believed: it is read in pieces, and no further."""
    path = tmp_path / "blad.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(20_000_000).replace(b"\0", b" "))
    taken: list[int] = []
    whole = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        piece = whole(self, n)
        taken.append(len(piece))
        return piece

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    assert refused(path) == "too-large"
    assert sum(taken) == KIND.most_unpacked + 1


def test_an_archive_that_says_less_than_it_holds(tmp_path):
    """Is damaged, and takes no more memory than it says."""
    path = tmp_path / "blad.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b" " * 200_000)
    content = path.read_bytes().replace(struct.pack("<I", 200_000), struct.pack("<I", 10))
    path.write_bytes(content)
    assert refused(path) == "unreadable"


@pytest.mark.parametrize(("text", "place"), [("A1", (1, 1)), ("$T$7", (7, 20)), ("AB12", (12, 28))])
def test_an_address(text, place):
    """As the markup writes it, and as a cell says it."""
    assert place_of(text) == place
    assert Cell(None, *place).address == text.replace("$", "")


@pytest.mark.parametrize("text", ["", "A", "7", "a1", "A0", "A1:B2", "AAAA1"])
def test_no_address(text):
    """Of a file that was not made by a spreadsheet."""
    with pytest.raises(ValueError, match="no address"):
        place_of(text)


def test_cells_that_do_not_say_where_they_are_follow_each_other():
    """As the standard allows."""
    rows = '<row><c><v>1</v></c><c><f>A1</f></c></row><row hidden="1"><c/><c><f>B1</f><v>2</v></c>'
    text = f'<worksheet xmlns="{MARKUP}"><sheetData>{rows}</row></sheetData></worksheet>'
    found = seen(io.BytesIO(text.encode()))
    assert found.formulas == {(1, 2): False, (2, 2): True}
    assert (found.rows, found.columns, found.hidden_rows) == (2, 2, {2})


def test_a_row_without_height_and_a_column_without_width_are_hidden():
    """As somebody makes them by dragging an edge."""
    columns = (
        '<cols><col min="2" max="3" width="0" customWidth="1"/><col min="4" max="4" width="9"/>'
    )
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" ht="0"><c r="A2"><v>1</v></c></row>'
    text = f'<worksheet xmlns="{MARKUP}">{columns}</cols><sheetData>{rows}</sheetData></worksheet>'
    found = seen(io.BytesIO(text.encode()))
    assert (found.hidden_rows, found.hidden_columns) == ({2}, [(2, 3)])
