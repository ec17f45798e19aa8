"""The sheet in which prices are checked: what stands in it, and that nothing in it runs."""

import csv
import io
import zipfile

import openpyxl
import pytest
from reviews import exported, library_in
from valuations import LIBRARY

from sroi.inputs.library.library import read_library
from sroi.inputs.quantity.written_sizes import sizes_of
from sroi.inputs.review.review import fingerprint
from sroi.inputs.review.review_sheet import HEADINGS, VERDICTS, read_sheet
from sroi.inputs.review.review_sheet import opened as book_of
from sroi.report.price_list.price_list import found
from sroi.report.price_list.review_book import ASKED, Column, review_rows, workbook, write_review
from sroi.report.words.places import place
from sroi.report.words.words import Words

LANGS = pytest.mark.parametrize("lang", ["nl", "en"])
ENTRIES = list(found(LIBRARY, None, None, None))
WITHDRAWN = [entry for entry in ENTRIES if entry[1].review.status == "withdrawn"]
IN_ORDER = [entry for entry in ENTRIES if entry not in WITHDRAWN] + WITHDRAWN


def rows(lang: str = "nl", weights: dict | None = None) -> list[dict]:
    """Of the library that is shipped."""
    return review_rows(ENTRIES, LIBRARY, weights or {}, lang)


def opened(lang: str = "nl", scenarios: tuple[str, ...] = ()) -> openpyxl.Workbook:
    """The workbook of the library that is shipped, as a spreadsheet opens it."""
    weights = {name: {"seh-bezoek": 0.25} for name in scenarios}
    made = workbook(rows(lang, weights), scenarios, lang)
    return openpyxl.load_workbook(io.BytesIO(made))


@LANGS
def test_every_price_has_a_row_with_all_that_is_known_of_it(lang):
    """In the language that is spoken, with its source, its link and its fingerprint."""
    words, made = Words(lang), rows(lang)
    assert [row["id"] for row in made] == [proxy.id for _, proxy in IN_ORDER]
    for row, (theme, proxy) in zip(made, IN_ORDER, strict=True):
        told = {name: row[words(f"review_column.{name}")] for name in
                ("name", "theme", "unit", "price_year", "place", "quote", "index", "notes",
                 "because", "tariff")}  # fmt: skip
        assert told["name"] == proxy.name.in_(lang)
        assert told["theme"] == LIBRARY.themes[theme].name.in_(lang)
        assert (told["unit"], told["price_year"]) == (proxy.unit, proxy.price_year)
        assert (told["place"], told["quote"]) == (place(proxy.source.place, lang), proxy.quote)
        assert told["index"] == proxy.index
        assert told["notes"] == (proxy.notes.in_(lang) if proxy.notes else "")
        assert told["because"] == (proxy.value.because.in_(lang) if proxy.value.because else "")
        assert bool(told["tariff"]) == (proxy.tariff is not None)
        sizes = {name: row[words(f"review_column.{name}")] for name in ("value", "low", "high")}
        assert {name: size for name, size in sizes.items() if size is not None} == (
            sizes_of(proxy.value)
        )
        assert row[HEADINGS["fingerprint"][lang]] == fingerprint(proxy)
        assert [row[HEADINGS[name][lang]] for name in ASKED] == [None] * len(ASKED)


@LANGS
def test_every_column_has_a_name_of_its_own(lang):
    """Otherwise an answer could be read from the wrong one; the second sheet explains each."""
    book = opened(lang, ("een", "twee"))
    heads = [cell.value for cell in book.worksheets[0][1]]
    told = [row[0].value for row in book.worksheets[1].iter_rows()]
    assert len(set(heads)) == len(heads)
    assert told[-len(heads) :] == heads
    assert all(row[1].value for row in book.worksheets[1].iter_rows(min_row=10))


@LANGS
def test_the_columns_to_fill_in_take_only_what_can_be_read_back(lang):
    """Verdicts from a list, numbers and dates."""
    sheet = opened(lang).worksheets[0]
    head = {cell.value: cell.column_letter for cell in sheet[1]}
    rules = {str(rule.sqref).partition("2:")[0]: rule for rule in
             sheet.data_validations.dataValidation}  # fmt: skip
    verdict = rules[head[HEADINGS["verdict"][lang]]]
    assert verdict.formula1 == '"' + ",".join(word[lang] for word in VERDICTS.values()) + '"'
    assert rules[head[HEADINGS["on"][lang]]].type == "date"
    for name in ("value", "low", "high"):
        assert rules[head[HEADINGS[name][lang]]].type == "decimal"
    for rule in rules.values():
        assert str(rule.sqref).endswith(str(len(ENTRIES) + 1))
        assert 0 < len(rule.error) <= 225


def test_the_sheet_can_be_read():
    """Headings that stay in sight, a filter, one letter, lines around what is to be filled in."""
    sheet = opened().worksheets[0]
    to_fill = {HEADINGS[name]["nl"] for name in ASKED}
    assert sheet.freeze_panes == "C2"
    assert (
        sheet.auto_filter.ref
        == f"A1:{sheet.cell(1, sheet.max_column).column_letter}{len(ENTRIES) + 1}"
    )
    assert sheet.print_title_rows == "$1:$1"
    for column in sheet.iter_cols(max_row=2):
        assert column[1].alignment.wrap_text
        assert {cell.font.name for cell in column} == {"Calibri"}
        assert bool(column[1].border.bottom.style) == (column[0].value in to_fill)
        assert sheet.column_dimensions[column[0].column_letter].width >= 7


def test_a_link_leads_to_the_source():
    """As a link that can be clicked; of a kind that a browser opens."""
    sheet = opened().worksheets[0]
    (at,) = (cell.column for cell in sheet[1] if cell.value == Words("nl")("review_column.link"))
    links = [sheet.cell(number, at) for number in range(2, sheet.max_row + 1)]
    assert any(cell.hyperlink for cell in links)
    for cell in links:
        assert bool(cell.hyperlink) == str(cell.value or "").startswith("http")


def test_text_that_looks_like_a_formula_is_text(tmp_path):
    """In the workbook as in CSV, and it is marked so that it stays text when it is edited."""
    library = read_library(library_in(tmp_path / "proxies"))
    library.proxies["uur"].__dict__["quote"] = "=1+1"
    sheet = exported(library).worksheets[0]
    told = {cell.value: cell for row in sheet.iter_rows(min_row=2) for cell in row}
    for text in ("=1+1", "=Bron"):
        assert told[text].data_type == "s"
        assert told[text].quotePrefix
    assert not told["Kaal"].quotePrefix
    made = review_rows(list(found(library, None, None, None)), library, {}, "en")
    write_review(tmp_path / "review.csv", made, [], "en")
    cells = {cell for row in csv.reader((tmp_path / "review.csv").open(encoding="utf-8-sig"))
             for cell in row}  # fmt: skip
    assert {"'=1+1", "'=Bron"} <= cells
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_the_workbook_holds_nothing_that_acts():
    """No formula in a cell, no macro, and no link but those to sources."""
    made = workbook(rows(), [], "nl")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 2
        assert not any(b"<f>" in archive.read(name) for name in sheets)
        assert not any("vba" in name or "external" in name for name in archive.namelist())


@LANGS
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_what_is_written_can_be_read_back(tmp_path, lang, ending):
    """In the language of its headings."""
    path = tmp_path / f"review{ending}"
    write_review(path, rows(lang), [], lang)
    sheet = read_sheet(book_of(path))
    assert sheet.lang == lang
    assert [row["id"].value for row in sheet.rows] == [proxy.id for _, proxy in IN_ORDER]
    assert [row["fingerprint"].value for row in sheet.rows] == [
        fingerprint(proxy) for _, proxy in IN_ORDER
    ]


def test_with_a_scenario_the_heaviest_prices_come_first():
    """With a column for each scenario; empty where a price is not used."""
    weights = {"een": {"seh-bezoek": 0.25}, "twee": {"seh-bezoek": 0.1, "ggz-verblijfsdag": 0.5}}
    made = rows("nl", weights)
    assert [row["id"] for row in made[:2]] == ["ggz-verblijfsdag", "seh-bezoek"]
    assert (made[0]["weegt in een"], made[0]["weegt in twee"]) == (None, 0.5)
    assert len(made) == len(ENTRIES)


def test_a_column_is_told_apart_from_one_to_fill_in():
    assert not Column("id", "id", "wat", 10).asked
