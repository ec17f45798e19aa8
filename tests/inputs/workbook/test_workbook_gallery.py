"""What people do in Excel: each with a workbook in which it was done, and what is said of it."""

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from told_problems import catalogue
from valid_scenario import SCENARIO
from workbooks import NAME, book_of, changed, place, read_back, saved

from sroi.inputs.files.scenario_file import check_file
from sroi.inputs.text.cells import Cell
from sroi.problems import Problem
from sroi.report.words.problem_text import sentence, text
from sroi.report.words.words import catalogue as words_of

BOOK = book_of(SCENARIO)
RATE = place(BOOK, "Uitkomsten", "effect per eenheid · beste", "minder-seh")
SEED = place(BOOK, "Begin", "waarde", "startgetal")


def opened() -> Any:
    return openpyxl.load_workbook(io.BytesIO(BOOK))


def cell(address: str, value: object) -> Callable[[Any], None]:
    sheet, _, at = address.partition("!")
    return lambda book: book[sheet].__setitem__(at, value)


def merged(book: Any) -> None:
    sheet = book["Uitkomsten"]
    assert sheet["A4"].value
    assert sheet["A5"].value
    sheet.merge_cells("A4:A5")


def row_hidden(book: Any) -> None:
    book["Kosten"].row_dimensions[4].hidden = True


def column_hidden(book: Any) -> None:
    letter = place(BOOK, "Uitkomsten", "prijs", "minder-seh").partition("!")[2].rstrip("0123456789")
    book["Uitkomsten"].column_dimensions[letter].hidden = True


def filtered(book: Any) -> None:
    """A filter hides rows in the file; its own mark says on which columns."""
    book["Uitkomsten"].auto_filter.ref = "A3:Z9"
    book["Uitkomsten"].row_dimensions[5].hidden = True


def own_sheet(book: Any) -> None:
    book.create_sheet("Mijn aantekeningen")["A1"] = "iets"


def own_column(book: Any) -> None:
    sheet = book["Kosten"]
    sheet.cell(3, sheet.max_column + 1, "Opmerking collega")
    sheet.cell(4, sheet.max_column, "klopt dit?")
    sheet.cell(4, sheet.max_column + 3, 12)


def renamed(book: Any) -> None:
    book["Kosten"].title = "Kostenposten"


def sheet_gone(book: Any) -> None:
    del book["Kosten"]


def sheet_misspelled(book: Any) -> None:
    """Without its headings it can only be known by its name."""
    del book["Kosten"]
    book.create_sheet("Kostn")["A1"] = "?"


def heads_gone(book: Any) -> None:
    book["Kosten"].delete_rows(3)


def title_gone(book: Any) -> None:
    sheet = book["Doelgroepen"]
    head = next(row for row in range(2, 60) if sheet.cell(row, 1).value == "Doelgroepen")
    sheet.cell(head, 1, "Onze groepen")


def column_renamed(book: Any) -> None:
    sheet = book["Kosten"]
    next(c for c in sheet[3] if c.value == "omschrijving").value = "Post"


def total_below(book: Any) -> None:
    sheet = book["Kosten"]
    row = next(row for row in range(4, 60) if not sheet.cell(row, 1).value)
    sheet.cell(row, 1, "Totaal")
    sheet.cell(row, 5, 310000)


def nameless(book: Any) -> None:
    sheet = book["Begin"]
    sheet.cell(sheet.max_row + 1, 2, "waar hoort dit bij?")


# what was done, the code, and the cell at which it is told
DONE = [
    (merged, "workbook-merged", "Uitkomsten!A5"),
    (row_hidden, "workbook-hidden", "Kosten!A4"),
    (column_hidden, "workbook-hidden", None),
    (filtered, "workbook-hidden", "Uitkomsten!A5"),
    (own_sheet, "workbook-sheets-ignored", "Mijn aantekeningen!A1"),
    (own_column, "workbook-columns-ignored", None),
    (renamed, "workbook-sheet-renamed", "Kostenposten!A1"),
    (sheet_gone, "workbook-sheet-missing", "Begin!A1"),
    (sheet_misspelled, "workbook-sheet-missing", "Begin!A1"),
    (heads_gone, "workbook-heads-missing", "Kosten!A3"),
    (title_gone, "workbook-title-missing", None),
    (column_renamed, "workbook-column-missing", "Kosten!A3"),
    (total_below, "workbook-total", None),
    (nameless, "workbook-row-nameless", None),
    (cell(RATE, "#DIV/0!"), "workbook-error-value", RATE),
    (cell(RATE, "#DEEL/0!"), "workbook-error-value", RATE),
    (cell(RATE, datetime.date(2026, 2, 1)), "workbook-date", RATE),
    (cell(SEED, datetime.datetime(2026, 2, 1)), "workbook-date", SEED),
    (cell(RATE, "vier"), "number-unreadable", RATE),
    (cell(RATE, "=1/4"), "sheet-unreckoned", RATE),
]
WARNED = {"workbook-hidden", "workbook-sheets-ignored", "workbook-columns-ignored"}
# about two cells, or about the file as a whole: below, and in test_reading_workbooks.py
ELSEWHERE = {
    "workbook-kind", "workbook-unreadable", "workbook-too-large", "workbook-active",
    "workbook-foreign", "workbook-twice", "workbook-both", "workbook-year-empty",
    "workbook-of-unknown", "workbook-cell-full", "workbook-password", "workbook-lock-file",
    "workbook-open", "workbook-open-unwritten", "workbook-beside",
}  # fmt: skip


def told_of(content: bytes, folder: Path, name: str = NAME) -> list[Problem]:
    (folder / name).write_bytes(content)
    return check_file(folder / name)


def new_in(found: list[Problem], folder: Path) -> list[Problem]:
    """Without what is said of the workbook before anything was done to it."""
    before = {problem.code for problem in told_of(BOOK, folder, "before.xlsx")}
    return [problem for problem in found if problem.code not in before]


@pytest.mark.parametrize(("do", "code", "where"), DONE)
def test_it_is_told_once_with_its_cell_and_nothing_else(
    do: Callable[[Any], None], code: str, where: str | None, tmp_path: Path
) -> None:
    book = opened()
    do(book)
    found = new_in(told_of(saved(book), tmp_path), tmp_path)
    assert [problem.code for problem in found] == [code]
    one = found[0]
    assert one.severity == ("warning" if code in WARNED else "error")
    assert one.sheet
    if where:
        assert f"{one.sheet}!{Cell(None, one.line, one.column).address}" == where
    for lang in ("nl", "en"):
        assert not re.search(r"\{\w*\}", sentence(one, lang))


def test_every_code_of_workbooks_has_its_workbook() -> None:
    codes = {code for code in catalogue("nl") if code.startswith("workbook-")}
    assert codes == {code for _, code, _ in DONE if code.startswith("workbook-")} | ELSEWHERE


def test_what_is_ignored_and_what_is_hidden_changes_no_number(tmp_path: Path) -> None:
    book = opened()
    for do in (row_hidden, filtered, own_sheet, own_column):
        do(book)
    assert read_back(saved(book)).data == read_back(BOOK).data


def test_a_message_names_what_is_meant(tmp_path: Path) -> None:
    """Sheets, columns and the text of the cell by the names that stand in the workbook."""
    said = {}
    for do in (renamed, sheet_misspelled, own_sheet, own_column, column_renamed, heads_gone):
        book = opened()
        do(book)
        (one,) = new_in(told_of(saved(book), tmp_path), tmp_path)
        said[do] = sentence(one, "nl")
    assert '"Kosten"' in said[renamed]
    assert '"Kostenposten"' in said[renamed]
    assert 'misschien het blad "Kostn"' in said[sheet_misspelled]
    assert '"Mijn aantekeningen"' in said[own_sheet]
    assert '"Opmerking collega" (' in said[own_column]
    assert '"omschrijving"' in said[column_renamed]
    assert '"Post"' in said[column_renamed]
    assert "korte naam, omschrijving" in said[heads_gone]


def test_a_name_that_is_merged_over_its_rows_holds_for_all_of_them() -> None:
    """As people write two lines of one variant."""
    book = opened()
    sheet = book["Varianten"]
    first, last = [row[0].row for row in sheet.iter_rows() if row[0].value == "sceptisch"]
    sheet.merge_cells(start_row=first, end_row=last, start_column=1, end_column=1)
    found = read_back(saved(book))
    assert found.data["variants"] == read_back(BOOK).data["variants"]
    assert found.problems == []


def test_a_row_above_and_a_column_between_and_empty_rows_change_nothing() -> None:
    book = opened()
    for name in ("Kosten", "Uitkomsten", "Begin"):
        book[name].insert_rows(1)
        book[name].insert_cols(2)
    book["Uitkomsten"].insert_rows(6, 3)
    book["Kosten"].insert_rows(4)
    found = read_back(saved(book))
    assert found.data == read_back(BOOK).data
    assert found.problems == []


def test_formulas_that_nobody_reckoned_are_told_once_for_a_sheet(tmp_path: Path) -> None:
    other = place(BOOK, "Uitkomsten", "duur · beste", "minder-seh")
    found = told_of(changed(BOOK, {RATE: "=1/4", other: "=2*1"}), tmp_path)
    (one,) = [problem for problem in found if problem.code == "sheet-unreckoned"]
    assert set(str(one.facts["cells"]).split(", ")) == {
        cell.partition("!")[2] for cell in (RATE, other)
    }


def test_one_cell_of_a_range_does_not_hide_another(tmp_path: Path) -> None:
    low = place(BOOK, "Kosten", "bedrag per jaar · laag", "inzet")
    best = place(BOOK, "Kosten", "bedrag per jaar · beste", "inzet")
    high = place(BOOK, "Kosten", "bedrag per jaar · hoog", "inzet")
    found = new_in(
        told_of(changed(BOOK, {low: "veel", best: "=1/4", high: "#N/A"}), tmp_path), tmp_path
    )
    assert {p.code for p in found} == {
        "number-unreadable", "sheet-unreckoned", "workbook-error-value",
    }  # fmt: skip
    assert len(found) == 3


# --- words of the sheet in the place of words of the file


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_is_missing_is_told_by_the_name_of_its_column(lang: str, tmp_path: Path) -> None:
    book = book_of(SCENARIO, lang)
    names = {"nl": ("Uitkomsten", "voor wie"), "en": ("Outcomes", "for whom")}[lang]
    at = place(book, *names, "minder-seh")
    (one,) = [p for p in told_of(changed(book, {at: None}), tmp_path) if p.code == "field-missing"]
    for spoken in ("nl", "en"):
        told = text(one, spoken)
        assert f'"{names[1]}"' in told
        assert at in told
        assert "dubbele punt" not in told
        assert "colon" not in told


def test_a_choice_is_told_by_the_words_of_the_cell(tmp_path: Path) -> None:
    at = place(BOOK, "Uitkomsten", "soort effect", "minder-seh")
    (one,) = [
        p for p in told_of(changed(BOOK, {at: "brutto"}), tmp_path) if p.code == "word-unknown"
    ]
    told = sentence(one, "nl")
    assert "bruto" in told
    assert "uit een vergelijking" in told
    assert "causal" not in told
    assert "Bedoelde u: bruto?" in told or "Bedoelde u" not in told


def test_a_field_that_is_misspelled_is_told_as_it_is_called(tmp_path: Path) -> None:
    at = place(BOOK, "Begin", "onderdeel", "titel")
    (one,) = new_in(told_of(changed(BOOK, {at: "titl"}), tmp_path), tmp_path)
    assert one.code == "field-unknown"
    assert "Bedoelde u: titel?" in sentence(one, "nl")


YAML_WORDS = re.compile(
    r"dubbele punt|colon|accolade|brace|inspring|indent|aanhalingsteken|quotes|streepje|dash\b|"
    r"Voeg (?:er |daar )?een regel|[Aa]dd a line"
)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_sentence_for_cells_speaks_of_lines_and_colons(lang: str) -> None:
    """But where the cell itself is written in that way."""
    own_words = {"yaml-syntax"}
    for code, entry in words_of("problems_in_workbook", lang).items():
        if code not in own_words:
            assert not YAML_WORDS.search(str(entry)), code


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_a_workbook_can_cause_has_no_words_of_a_file_of_text(lang: str) -> None:
    """Each sentence that only makes sense in YAML has another for a workbook, but where a workbook
    cannot be wrong in that way."""
    kinds = ("yaml-", "file-", "brand-", "measure-", "codings-", "price-", "review-", "layer-",
             "data-")  # fmt: skip
    elsewhere = {code for code in catalogue(lang) if code.startswith(kinds)}
    elsewhere |= {"number-comma-in-braces", "colour-unquoted", "colour-unreadable"}
    known = set(words_of("problems_in_workbook", lang)) | elsewhere
    told = {code for code, entry in catalogue(lang).items() if YAML_WORDS.search(str(entry))}
    assert told - known == set()


# --- the file as a whole


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_sentence_for_cells_speaks_of_an_id_or_a_proxy(lang: str) -> None:
    """A workbook calls them a short name and a price."""
    word = re.compile(r"\b(id|proxy|proxies|price_year|reached\")\b")
    for code, entry in words_of("problems_in_workbook", lang).items():
        text = re.sub(r"\{\w+\}|sroi proxies", "", str(entry))
        assert not word.search(text), code


@pytest.mark.parametrize(
    ("sheet", "heading", "row", "value", "said"),
    [
        ("Kosten", "betaler", "vrijwilligers", "De gemeente", "is geen korte naam"),
        ("Uitkomsten", "korte naam", "meer-begeleiding", "minder-seh", "staat in deze kolom twee"),
        ("Uitkomsten", "eenheid", "minder-seh", "maand", "Kies een andere prijs"),
        (
            "Kosten",
            "verdeling over betalers",
            "vrijwilligers",
            "gemeente: 80, inwoner: 20",
            "Schrijf elk aandeel met een procentteken",
        ),
        ("Begin", "waarde", "prijspeil", 2060, "Kies bij prijspeil op het blad Begin"),
    ],
)
def test_what_people_get_wrong_is_told_in_words_of_the_sheet(
    sheet: str, heading: str, row: str, value: object, said: str, tmp_path: Path
) -> None:
    book = book_of(SCENARIO)
    (tmp_path / NAME).write_bytes(changed(book, {place(book, sheet, heading, row): value}))
    assert said in " ".join(sentence(one, "nl") for one in check_file(tmp_path / NAME))


def test_an_old_workbook_and_one_of_another_program_are_refused_by_what_is_in_them(
    tmp_path: Path,
) -> None:
    ods = io.BytesIO()
    with zipfile.ZipFile(ods, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    locked = ole + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100
    for content, code, word in [
        (ods.getvalue(), "workbook-kind", ".ods"),
        (ole, "workbook-kind", ".xls"),
        (locked, "workbook-password", "wachtwoord"),
    ]:
        (one,) = told_of(content, tmp_path)
        assert one.code == code
        assert word in sentence(one, "nl")


@pytest.mark.parametrize("name", ["a.xls", "a.ods", "a.xlsm", "a.xlsb"])
def test_another_kind_is_refused_by_its_name(name: str, tmp_path: Path) -> None:
    (one,) = told_of(BOOK, tmp_path, name)
    assert one.code == "workbook-kind"
    assert "Opslaan als" in sentence(one, "nl")


@pytest.mark.parametrize("lock", [f"~${NAME}", f".~lock.{NAME}#"])
def test_a_workbook_that_is_open_is_said_to_be(lock: str, tmp_path: Path) -> None:
    (tmp_path / lock).write_bytes(b"\x05Kantoor")
    (one,) = new_in(told_of(BOOK, tmp_path), tmp_path)
    assert (one.code, one.severity) == ("workbook-open", "warning")
    assert lock in sentence(one, "nl")
    (refused,) = check_file(tmp_path / lock)
    assert refused.code == "workbook-lock-file"
    assert f" {NAME}." in sentence(refused, "nl")


@pytest.mark.parametrize(
    "part",
    [
        "xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/connections.xml",
        "xl/embeddings/oleObject1.bin", "xl/activeX/activeX1.xml", "xl/queryTables/queryTable1.xml",
        "xl/macrosheets/sheet1.xml", "customUI/customUI.xml",
    ],
)  # fmt: skip
def test_what_acts_or_fetches_is_refused(part: str, tmp_path: Path) -> None:
    made = io.BytesIO(BOOK)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(part, "<x/>")
    assert [problem.code for problem in told_of(made.getvalue(), tmp_path)] == ["workbook-active"]


def test_a_workbook_that_reaches_too_far_is_refused(tmp_path: Path) -> None:
    """A single word far down or far to the right, or much in one part."""
    for at in ("A20000", "XFD3"):
        book = opened()
        book["Kosten"][at] = "ver weg"
        assert [p.code for p in told_of(saved(book), tmp_path)] == ["workbook-too-large"]
    made = io.BytesIO(BOOK)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/large.xml", b" " * 31_000_000)
    assert [p.code for p in told_of(made.getvalue(), tmp_path)] == ["workbook-too-large"]
