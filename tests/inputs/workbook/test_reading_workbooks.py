"""What stands in cells is read as the file would have it, and told by sheet and cell."""

import datetime
import io
from pathlib import Path

import openpyxl
import pytest
from valid_scenario import SCENARIO
from workbooks import NAME, book_of, changed, place, read_back, saved

from sroi import shipped
from sroi.inputs.files.scenario_file import check_file
from sroi.inputs.text.cells import Cell, Mark
from sroi.inputs.workbook.fields import Field, Kind
from sroi.inputs.workbook.layout import SHEETS
from sroi.inputs.workbook.spelled import spelled
from sroi.problems import Problem, Unusable
from sroi.report.words.problem_text import as_dict, text

BOOK = book_of(SCENARIO)
CARE = shipped.folder("scenarios").joinpath("voorbeeldstad-kanteling.yaml").read_text("utf-8")
BLOCK = SHEETS[3].blocks[0]
A_NUMBER = Field(("rate",), Kind.QUANTITY)


def problems(content: bytes, folder: Path) -> list[Problem]:
    (folder / NAME).write_bytes(content)
    return check_file(folder / NAME)


def at(heading: str, row: str = "minder-seh", sheet: str = "Uitkomsten") -> str:
    return place(BOOK, sheet, heading, row)


@pytest.mark.parametrize(
    ("value", "marks", "told"),
    [
        (0.3, Mark.PERCENT, "30%"),
        (0.123, Mark.PERCENT, "12.3%"),
        (0.3, Mark(0), "0.3"),
        (1.234, Mark(0), "1.2340"),  # which nobody can take for one thousand
        (260000, Mark(0), "260000"),
        (260000.0, Mark(0), "260000"),
        (5e-05, Mark(0), "0.00005"),
        ("1,5", Mark(0), "1.5"),
        ("1.234,50", Mark(0), "1234.50"),
        ("€ 1.234,50", Mark(0), "1234.50"),
        ("€ 1.234,-", Mark(0), "1234.00"),
        ("120,-", Mark(0), "120.00"),
        ("-,-", Mark(0), "-,-"),
        ("30%", Mark(0), "30%"),
        ("12,5%", Mark(0), "12.5%"),
        ("1,500", Mark(0), "1,500"),  # may be two things, and is asked about
        ("veel", Mark(0), "veel"),
        (True, Mark(0), "true"),
        (datetime.datetime(2026, 3, 1), Mark(0), "2026-03-01"),
    ],
)
def test_a_cell_is_spelled_as_the_file_would(value: object, marks: Mark, told: str) -> None:
    assert spelled(Cell(value, 1, 1, marks), BLOCK, A_NUMBER) == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Gemeente", "gemeente"),
        ("gemeente · Gemeente", "gemeente"),
        ("Gemeente Voorbeeldstad", "Gemeente Voorbeeldstad"),  # is no name, and is told
    ],
)
def test_a_name_with_a_capital_is_that_name(typed: str, told: str) -> None:
    payer = Field(("payer",), Kind.WORD)
    assert spelled(Cell(typed, 1, 1, Mark(0)), BLOCK, payer) == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("gemeente 80%, corporatie 20%", "gemeente: 80%, corporatie: 20%"),
        ("Gemeente 66,7%; inwoner 33,3 %", "gemeente: 66.7%, inwoner: 33.3%"),
        ("gemeente: 80%, corporatie: 20%", "gemeente: 80%, corporatie: 20%"),
        ("gemeente 80", "gemeente 80"),  # may be 80% and may be a name
        ("gemeente", "gemeente"),
    ],
)
def test_shares_without_colons_can_mean_one_thing(typed: str, told: str) -> None:
    payers = Field(("payers",), Kind.SHARES, whole=True)
    assert spelled(Cell(typed, 1, 1, Mark(0)), BLOCK, payers) == told


def test_a_comma_in_text_is_a_comma(tmp_path: Path) -> None:
    """Words are left alone, and so is a number in a text."""
    found = read_back(changed(BOOK, {"Begin!B5": "Langer, fijner 1,5 thuis"}))
    assert found.data["title"] == {"nl": "Langer, fijner 1,5 thuis"} | {
        "en": "Living at home for longer in Voorbeeldstad"
    }


def test_a_problem_names_sheet_and_cell_and_quotes_it(tmp_path: Path) -> None:
    cell = at("prijs")
    found = problems(changed(BOOK, {cell: "seh-bezoeken"}), tmp_path)
    one = next(p for p in found if p.code == "proxy-unknown")
    assert f"{one.sheet}!{Cell(None, one.line, one.column).address}" == cell
    assert one.excerpt == "seh-bezoeken"
    told = text(one, "nl").splitlines()
    assert told[0].endswith(f"{NAME} · {cell}  proxy-unknown")
    assert told[1].endswith(f"{cell.partition('!')[2]} | seh-bezoeken")
    assert as_dict(one, "nl")["cell"] == cell


def test_a_path_that_leads_nowhere_is_told_where_it_stands(tmp_path: Path) -> None:
    """Not at the value beside it; and a percentage is quoted as one."""
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    sheet = book["Varianten"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "kort")
    row[1].value = "outcomes.minder-sh.lasts"
    one = next(p for p in problems(saved(book), tmp_path) if p.code == "variant-path-unknown")
    assert (one.column, one.excerpt) == (2, "outcomes.minder-sh.lasts")


def test_a_percentage_is_quoted_as_it_is_seen(tmp_path: Path) -> None:
    found = problems(changed(BOOK, {at("afname per jaar · beste"): 1.4}), tmp_path)
    assert "140%" in [p.excerpt for p in found]


def test_all_problems_at_once_in_the_order_of_the_sheets(tmp_path: Path) -> None:
    wrong = {
        at("anders ook gebeurd · beste"): "veel",
        at("waarde", "startgetal", "Begin"): "straks",
        at("aantal per jaar · jaar 3", "huisbezoek", "Activiteiten"): "1,500",
    }
    found = [p for p in problems(changed(BOOK, wrong), tmp_path) if p.severity == "error"]
    told = [f"{p.sheet}!{Cell(None, p.line, p.column).address}" for p in found]
    assert set(told) == set(wrong), found
    assert [p.sheet for p in found] == ["Begin", "Activiteiten", "Uitkomsten"]


def test_what_a_row_leaves_out_is_told_at_the_empty_cell(tmp_path: Path) -> None:
    cell = at("voor wie")
    found = problems(changed(BOOK, {cell: None}), tmp_path)
    one = next(p for p in found if p.code == "field-missing")
    assert f"{one.sheet}!{Cell(None, one.line, one.column).address}" == cell


def test_rows_and_columns_may_be_moved() -> None:
    """An empty row, a column of one's own, another order: it is all the same."""
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    sheet = book["Activiteiten"]
    sheet.insert_rows(4, 2)
    sheet.insert_cols(2)
    sheet["B6"] = "eigen kolom"
    book.create_sheet("Mijn notities")["A1"] = "iets"
    assert read_back(saved(book)).data == read_back(BOOK).data


def test_a_chosen_price_is_its_id() -> None:
    """A drop-down shows name and amount behind the id."""
    cells = {at("prijs"): "seh-bezoek · Bezoek aan de spoedeisende hulp · € 350/bezoek"}
    found = read_back(changed(BOOK, cells))
    assert found.data["outcomes"][0]["proxy"] == "seh-bezoek"


def test_a_reason_beside_years_is_that_of_every_year() -> None:
    cells = {at("aantal per jaar · waarom", "huisbezoek", "Activiteiten"): "Uit de registratie."}
    found = read_back(changed(BOOK, cells)).data["activities"][0]["volume"]
    assert found[0] == {"value": "200", "because": "Uit de registratie."}
    assert found[2] == {"low": "350", "best": "400", "high": "420", "because": "Groei."}


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        ("workbook-both", {"aantal per jaar · beste": 3}),
        ("workbook-year-empty", {"aantal per jaar · jaar 2": None}),
        ("sheet-unreckoned", {"aantal per jaar · jaar 2": "=3*100"}),
        ("number-ambiguous", {"aantal per jaar · jaar 2": "1.500"}),
        ("yaml-syntax", {"komt terug · verdeling": "from: {a"}),
    ],
)
def test_a_cell_that_cannot_be_used_is_told(code: str, cells: dict, tmp_path: Path) -> None:
    put = {at(name, "huisbezoek", "Activiteiten"): value for name, value in cells.items()}
    found = problems(changed(BOOK, put), tmp_path)
    assert code in {p.code for p in found}
    one = next(p for p in found if p.code == code)
    assert one.sheet == "Activiteiten"


def test_a_field_that_is_filled_in_twice_is_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    book["Begin"].append(["titel", "Nog een titel"])
    assert [p.code for p in read_back(saved(book)).problems] == ["workbook-twice"]


def test_two_columns_of_one_name_are_told() -> None:
    """Neither of them is thrown away in silence."""
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    sheet = book["Uitkomsten"]
    sheet.cell(3, sheet.max_column + 1, "eenheid")
    sheet.cell(4, sheet.max_column, "dag")
    found = read_back(saved(book))
    assert [p.code for p in found.problems] == ["workbook-twice"]
    assert found.data["outcomes"][0]["unit"] == "bezoek"


def test_a_sheet_in_each_language_is_read() -> None:
    """One after the other: rows in the one do not hide those in the other."""
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    sheet = book.create_sheet("Groups")
    for row in (["Stakeholders"], ["short name", "name"], ["buren", "Neighbours"]):
        sheet.append(row)
    ids = [one["id"] for one in read_back(saved(book)).data["stakeholders"]]
    assert ids == ["ouderen", "mantelzorgers", "buren"]


def test_more_parts_than_a_scenario_can_have_are_refused() -> None:
    """Each cell is small, and together they would ask for much work."""
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    many = "times: [" + "1, " * 10_000 + "1]"
    for _ in range(11):
        book["Gedeelde getallen"].append(["een", None, None, None, None, many])
    with pytest.raises(Unusable) as refused:
        read_back(saved(book))
    assert [p.code for p in refused.value.problems] == ["workbook-too-large"]


def test_a_value_in_a_column_that_is_not_its_own_is_told() -> None:
    """In a form the columns are for all of its rows."""
    book = openpyxl.load_workbook(io.BytesIO(book_of(CARE)))
    sheet = book["Zorgladder"]
    row = next(r for r in sheet.iter_rows() if r[1].value == "soort effect")
    head = next(r for r in sheet.iter_rows() if r[1].value == "onderdeel")
    column = next(cell.column for cell in head if cell.value == "laag")
    sheet.cell(row[0].row, column, "bruto")
    assert [p.code for p in read_back(saved(book)).problems] == ["workbook-beside"]


def test_a_list_where_names_belong_is_told() -> None:
    """What is in the file's own words may be anything."""
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    sheet = book["Varianten"]
    sheet.append(["nieuw", None, "[1, 2]"])
    found = read_back(saved(book))
    assert [p.code for p in found.problems] == ["field-missing"]
    assert found.data["variants"] == read_back(BOOK).data["variants"]


def test_a_row_about_something_that_is_not_there_is_told(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    sheet = book["Zorgladder"]
    head = next(c for row in sheet.iter_rows() for c in row if c.value == "Treden").row + 2
    sheet.cell(head + 1, 1, "ladder-x")
    sheet.cell(head + 1, 2, "licht")
    assert "workbook-of-unknown" in {p.code for p in problems(saved(book), tmp_path)}


def test_what_a_row_is_about_may_stand_above_it() -> None:
    """A name that is left out is that of the row above."""
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    sheet = book["Varianten"]
    rows = [row for row in sheet.iter_rows() if row[0].value == "sceptisch"]
    assert len(rows) == 2
    rows[1][0].value = None
    assert read_back(saved(book)).data["variants"] == read_back(BOOK).data["variants"]


def test_control_characters_of_text_are_refused_as_in_a_file(tmp_path: Path) -> None:
    found = problems(changed(BOOK, {"Begin!B5": "Langer\u202ethuis"}), tmp_path)
    assert "text-control-character" in {p.code for p in found}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"geen werkboek", "workbook-unreadable"),
        ("a.xlsx", b"0" * 5_000_001, "workbook-too-large"),
        ("a.xls", b"", "workbook-kind"),
        ("a.ods", b"", "workbook-kind"),
        ("a.xlsx", saved(openpyxl.Workbook()), "workbook-foreign"),
    ],
)
def test_another_file_is_refused(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert [p.code for p in check_file(tmp_path / name)] == [code]


def test_macros_are_refused() -> None:
    import zipfile

    made = io.BytesIO(BOOK)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    with pytest.raises(Unusable) as refused:
        read_back(made.getvalue())
    assert [p.code for p in refused.value.problems] == ["workbook-active"]
