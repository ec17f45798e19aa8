"""Cells in the markup of a sheet: those that are asked for change, and not a character beside."""

import io

import pytest

from sroi.inputs.cell_edit.sheet_markup import Put, Unchangeable, with_cells
from sroi.inputs.text.seen import seen

NAME = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OTHER_NAME = NAME.replace(b"xmlns=", b"xmlns:x=")
SHEET = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet ' + NAME + b">"
    b'<cols><col min="1" max="1" width="9" hidden="1"/></cols><sheetData>'
    b'<row r="2" spans="1:3"><c r="A2" s="4" t="s"><v>0</v></c><c r="C2" s="5"><v>3</v></c></row>'
    b'<row r="4" ht="30"/><row r="5"><c r="B5"><f>1/4</f><v>0.25</v></c></row></sheetData>'
    b'<mergeCells count="1"><mergeCell ref="A9:B9"/></mergeCells></worksheet>'
)


@pytest.mark.parametrize(
    ("place", "value", "old", "new"),
    [
        ((2, 1), "a & b", b'<c r="A2" s="4" t="s"><v>0</v></c>',
         b'<c r="A2" s="4" t="inlineStr"><is><t xml:space="preserve">a &amp; b</t></is></c>'),
        ((2, 3), 0.5, b'<c r="C2" s="5"><v>3</v></c>', b'<c r="C2" s="5"><v>0.5</v></c>'),
        ((2, 3), None, b'<c r="C2" s="5"><v>3</v></c>', b'<c r="C2" s="5"/>'),
        ((2, 2), 7, b'</v></c><c r="C2"', b'</v></c><c r="B2"><v>7</v></c><c r="C2"'),
        ((2, 4), 7, b"</row><row r=\"4\"", b'<c r="D2"><v>7</v></c></row><row r="4"'),
        ((4, 2), 7, b'<row r="4" ht="30"/>',
         b'<row r="4" ht="30"><c r="B4"><v>7</v></c></row>'),
        ((3, 1), 7, b'<row r="4"', b'<row r="3"><c r="A3"><v>7</v></c></row><row r="4"'),
        ((8, 1), 7, b"</sheetData>", b'<row r="8"><c r="A8"><v>7</v></c></row></sheetData>'),
    ],
)  # fmt: skip
def test_one_cell(place, value, old, new) -> None:
    assert SHEET.count(old) == 1
    made, gone = with_cells(SHEET, {place: Put(value)})
    assert made == SHEET.replace(old, new)
    assert not gone
    seen(io.BytesIO(made))


def test_several_cells_in_their_order_with_the_look_of_another() -> None:
    puts = {(8, 2): Put(2, (2, 3)), (8, 1): Put(1), (4, 1): Put("x", (2, 1)), (4, 2): Put(5)}
    made, _ = with_cells(SHEET, puts)
    assert b'<c r="A4" s="4" t="inlineStr">' in made
    assert made.index(b'r="A8"') < made.index(b'r="B8" s="5"')
    assert (
        made.index(b'r="A4"') < made.index(b'r="B4"') < made.index(b"</row>", made.index(b'"B4"'))
    )
    assert made.count(b'<row r="8">') == 1
    assert seen(io.BytesIO(made)).rows == 8


def test_an_empty_cell_at_the_end_of_its_row() -> None:
    """It ends where it ends, and not with what follows."""
    last = b'<c r="C2" s="5"/></row>'
    markup = SHEET.replace(b'<c r="C2" s="5"><v>3</v></c></row>', last)
    made, _ = with_cells(markup, {(2, 3): Put(7)})
    assert made == markup.replace(last, b'<c r="C2" s="5"><v>7</v></c></row>')


def test_a_formula_that_goes_is_told() -> None:
    made, gone = with_cells(SHEET, {(5, 2): Put(3)})
    assert gone
    assert b"<f>" not in made


@pytest.mark.parametrize(
    "markup",
    [
        SHEET.replace(b"UTF-8", b"ISO-8859-1"),
        SHEET.replace(b"<f>", b'<f t="shared" ref="B5:B9" si="0">'),
        SHEET.replace(b"<f>", b'<f t="array" ref="B5:B9">'),
        SHEET.replace(b"sheetData>", b"x:sheetData>").replace(NAME, NAME + b" " + OTHER_NAME),
        b"<worksheet><sheetData/></worksheet>",
        SHEET[:-20],
    ],
)  # fmt: skip
def test_what_cannot_be_changed_by_itself_is_left_alone(markup: bytes) -> None:
    with pytest.raises(Unchangeable):
        with_cells(markup, {(5, 2): Put(3)})
