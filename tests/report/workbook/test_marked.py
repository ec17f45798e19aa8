"""A marked copy says what `sroi check` says, and is the same workbook in all else."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from valid_scenario import SCENARIO
from workbooks import NAME, book_of, changed, place, read_back, saved

from sroi.inputs.files.scenario_file import check_file
from sroi.problems import Problem, Unusable
from sroi.report.words.problem_text import sentence
from sroi.report.words.words import Words
from sroi.report.workbook.kept_results import results_in
from sroi.report.workbook.marked import WEAK, WRONG, Marked, marked, told_lost

BOOK = book_of(SCENARIO)
PRICE = place(BOOK, "Uitkomsten", "prijs", "minder-seh")
RATE = place(BOOK, "Uitkomsten", "effect per eenheid · beste", "minder-seh")
AMOUNT = place(BOOK, "Kosten", "bedrag per jaar · beste", "inzet")
CHOICES = (
    b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    b'<x14:dataValidations count="1" '
    b'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    b'<x14:dataValidation type="list"><x14:formula1><xm:f>Doelgroepen!$A$4:$A$9</xm:f>'
    b"</x14:formula1><xm:sqref>C4:C9</xm:sqref></x14:dataValidation></x14:dataValidations>"
    b"</ext></extLst>"
)


def with_formulas(content: bytes, results: dict[str, tuple[str, str]]) -> bytes:
    """The workbook as a spreadsheet saves it: each of these formulas with its result."""
    book = changed(content, {at: formula for at, (formula, _) in results.items()})
    return edited(book, {at.partition("!")[2]: stored for at, (_, stored) in results.items()})


def edited(content: bytes, stored: dict[str, str], tail: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            inside = old.read(part)
            for at, value in stored.items():
                pattern = rf'(<c r="{at}"[^<>]*)(><f>[^<]*</f>)<v ?/?>(?:</v>)?'.encode()
                kind = b"" if value[0].isdigit() else b' t="str"'
                whole = rb"\1" + kind + rb"\2<v>" + value.encode() + b"</v>"
                inside = re.sub(pattern, whole, inside)
            if tail and part.filename.endswith("sheet4.xml"):
                inside = inside.replace(b"</worksheet>", tail + b"</worksheet>")
            new.writestr(part, inside)
    return made.getvalue()


def of(content: bytes, folder: Path, lang: str = "nl") -> tuple[Marked, list[Problem]]:
    (folder / NAME).write_bytes(content)
    problems = check_file(folder / NAME)
    return marked(content, NAME, problems, lang), problems


def opened(one: Marked) -> Any:
    return openpyxl.load_workbook(io.BytesIO(one.content))


def at(book: Any, address: str) -> Any:
    sheet, _, cell = address.partition("!")
    return book[sheet][cell]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_each_cell_has_what_is_said_of_it(lang: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(changed(BOOK, {PRICE: "seh-bezoeken", AMOUNT: "veel"}))
    )
    book.create_sheet("Van mij")["A1"] = "iets"
    wrong = saved(book)
    one, problems = of(wrong, tmp_path, lang)
    book = opened(one)
    for problem in problems:
        sheet = book[problem.sheet]
        note = sheet.cell(problem.line, problem.column).comment.text
        assert f"{problem.code}\n{sentence(problem, lang)}" in note
    assert at(book, PRICE).fill.fgColor.rgb == WRONG
    assert at(book, RATE).fill.fgColor.rgb not in (WRONG, WEAK)
    warned = [p for p in problems if p.severity == "warning"]
    assert warned
    cells = {book[p.sheet].cell(p.line, p.column).fill.fgColor.rgb for p in warned}
    assert cells == {WEAK}


def test_what_has_no_cell_stands_on_the_first_one(tmp_path: Path) -> None:
    whole = Problem("workbook-open", "warning", NAME, facts={"name": "~$x.xlsx"})
    book = opened(marked(BOOK, NAME, [whole], "nl"))
    assert "~$x.xlsx" in book.worksheets[0]["A1"].comment.text


def test_a_note_that_was_there_stays_below(tmp_path: Path) -> None:
    """An explanation on a heading, of which the column is missing something."""
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    head = next(c for c in book["Kosten"][3] if c.comment)
    problem = Problem("field-missing", line=3, column=head.column, sheet="Kosten", sheet_number=2)
    one = marked(BOOK, NAME, [problem], "nl")
    noted = opened(one)["Kosten"].cell(3, head.column).comment
    assert noted.text.startswith("field-missing")
    assert noted.text.endswith(head.comment.text)
    with zipfile.ZipFile(io.BytesIO(one.content)) as archive:
        drawn = b"".join(archive.read(n) for n in archive.namelist() if n.endswith(".vml"))
    assert drawn.count(b"width:420px") == drawn.count(b"width:")


def test_a_merged_cell_is_marked_where_it_is_seen(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    book["Uitkomsten"].merge_cells("A4:A5")
    one, problems = of(saved(book), tmp_path)
    assert "workbook-merged" in {p.code for p in problems}
    assert "workbook-merged" in opened(one)["Uitkomsten"]["A4"].comment.text


def test_formulas_keep_their_results(tmp_path: Path) -> None:
    """So that the copy says the same; a program that does not reckon would leave them empty."""
    name = place(BOOK, "Kosten", "omschrijving", "inzet")
    reckoned = {AMOUNT: ("=265*1000", "265000"), RATE: ("=1/4", "0.25")}
    whole = with_formulas(BOOK, reckoned | {name: ('="A"&" & B"', "A &amp; B")})
    before = read_back(whole)
    assert before.data["investment"][0]["what"] == "A & B"
    wrong = with_formulas(changed(BOOK, {PRICE: "seh-bezoeken"}), reckoned)
    one, problems = of(wrong, tmp_path)
    assert "sheet-unreckoned" not in {p.code for p in problems}
    (tmp_path / "kopie.xlsx").write_bytes(one.content)
    again = check_file(tmp_path / "kopie.xlsx")
    assert [(p.code, p.sheet, p.line, p.column) for p in again] == [
        (p.code, p.sheet, p.line, p.column) for p in problems
    ]
    copy = marked(whole, NAME, [], "nl").content
    assert read_back(copy).data == before.data
    assert at(openpyxl.load_workbook(io.BytesIO(copy)), AMOUNT).value == "=265*1000"


def test_choices_formats_and_what_is_hidden_stay(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    book["Uitkomsten"].row_dimensions[5].hidden = True
    book["Kosten"].column_dimensions["C"].hidden = True
    book["Varianten"].sheet_state = "hidden"
    content = edited(saved(book), {}, CHOICES)
    one, _ = of(content, tmp_path)
    before, after = openpyxl.load_workbook(io.BytesIO(content)), opened(one)
    assert after["Uitkomsten"].row_dimensions[5].hidden
    assert after["Kosten"].column_dimensions["C"].hidden
    assert after["Varianten"].sheet_state == "hidden"
    for sheet in before.worksheets:
        twin = after[sheet.title]
        rules = [(r.sqref, r.formula1) for r in sheet.data_validations.dataValidation]
        assert [(r.sqref, r.formula1) for r in twin.data_validations.dataValidation] == rules
        assert twin.freeze_panes == sheet.freeze_panes
        cells = [(c.coordinate, c.value, c.number_format) for row in sheet for c in row]
        assert [(c.coordinate, c.value, c.number_format) for row in twin for c in row] == cells
    with zipfile.ZipFile(io.BytesIO(one.content)) as archive:
        inside = b"".join(archive.read(n) for n in archive.namelist() if "worksheets/sheet" in n)
    assert b"Doelgroepen!$A$4:$A$9" in inside


def test_what_is_not_in_the_copy_is_said(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    chart = BarChart()
    chart.add_data(Reference(book["Kosten"], min_col=5, min_row=4, max_row=6))
    book["Kosten"].add_chart(chart, "B30")
    one, _ = of(saved(book), tmp_path)
    assert "charts" in one.lost
    assert "grafieken" in told_lost(one.lost, Words("nl"))
    assert marked(BOOK, NAME, [], "nl").lost == ()
    empty = io.BytesIO(BOOK)
    with zipfile.ZipFile(empty, "a") as archive:
        archive.writestr("xl/drawings/drawing9.xml", "<xdr:wsDr></xdr:wsDr>")
    assert marked(empty.getvalue(), NAME, [], "nl").lost == ()


@pytest.mark.parametrize("content", [b"geen werkboek", b"0" * 5_000_001])
def test_what_may_not_be_opened_is_not_copied(content: bytes) -> None:
    with pytest.raises(Unusable):
        marked(content, NAME, [], "nl")


def test_macros_are_not_copied() -> None:
    made = io.BytesIO(BOOK)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    with pytest.raises(Unusable) as refused:
        marked(made.getvalue(), NAME, [], "nl")
    assert [p.code for p in refused.value.problems] == ["workbook-active"]


def test_results_of_every_kind_are_found() -> None:
    markup = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><f>1/4</f><v>0.25</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c>'
        b'<c r="C1" t="b"><f>TRUE()</f><v>1</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        b'<c r="E1"><v>3</v></c><c r="F1"><f>A1</f></c></row></sheetData></worksheet>'
    )
    assert results_in(markup) == {
        "A1": ("", "0.25"), "B1": ("str", "a"), "C1": ("b", "1"), "D1": ("e", "#DIV/0!"),
        "F1": ("", ""),
    }  # fmt: skip
