"""Prices of one's own from a sheet: what is taken, and everything that is wrong, by its cell."""

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.library.layered import layered
from sroi.inputs.quantity.written_sizes import sizes_of
from sroi.inputs.review.layer_file import merged, with_reviews
from sroi.inputs.review.own_price_sheet import CHOICES, HEADINGS, TITLE, read_own_sheet
from sroi.inputs.review.own_prices import OwnPrice, read_own_prices, slug
from sroi.inputs.review.review_sheet import opened
from sroi.inputs.text.nouns import ID
from sroi.inputs.text.yaml_text import parse
from sroi.problems import Unusable
from sroi.report.price_list.review_book import workbook
from sroi.report.words.problem_text import sentence
from sroi.report.words.words import Words

TODAY = datetime.date(2026, 4, 1)
PRICE: dict[str, Any] = {
    "name": "Begeleiding volgens ons contract", "value": 68.5, "unit": "EUR/uur",
    "price_year": 2025, "index": "vng-mix", "payers": "Gemeente", "cash": "hard",
    "cost_concept": "tarief",
    "source": "Contract begeleiding 2025 (verzonnen)", "place": "bijlage 2",
    "provenance": "bij de bron gelezen", "evidence": "B", "reviewer": "Controller (fictief)",
    "on": "2026-02-01",
}  # fmt: skip
LIBRARY = shipped_library()


def sheet(path: Path, *rows: dict[str, Any], lang: str = "nl") -> Path:
    """A sheet as it goes out, with these rows filled in."""
    book = openpyxl.load_workbook(io.BytesIO(workbook([], [], lang, LIBRARY)))
    page = book[TITLE[lang]]
    at = {cell.value: cell.column for cell in page[1]}
    for number, row in enumerate(rows, 2):
        for name, value in row.items():
            page.cell(number, at[HEADINGS[name][lang]]).value = value
    book.save(path)
    return path


def read(folder: Path, *rows: dict[str, Any], **more: Any) -> list[OwnPrice]:
    """What is taken of them."""
    return read_own_prices(opened(sheet(folder / "blad.xlsx", *rows, **more)), LIBRARY, TODAY)


def refused(folder: Path, *rows: dict[str, Any]) -> list[tuple[str, str]]:
    """What is wrong, with its cell; every sentence can be said in both languages."""
    with pytest.raises(Unusable) as found:
        read(folder, *rows)
    problems = found.value.problems
    assert all("{" not in sentence(one, lang) for one in problems for lang in ("nl", "en"))
    return [(one.code, str(one.facts.get("cell", ""))) for one in problems]


def test_a_price_of_a_contract(tmp_path):
    """Becomes a price of the layer with its source, and is checked by who is named."""
    (own,) = read(tmp_path, PRICE)
    content = with_reviews(b"", "laag.yaml", [], LIBRARY, [own])
    price = layered(LIBRARY, parse(content, "laag.yaml")).proxies[
        "begeleiding-volgens-ons-contract"
    ]
    assert (price.value.value, price.unit, price.price_year) == (68.5, "EUR/uur", 2025)
    assert (price.index, price.payers, price.cash) == ("vng-mix", {"gemeente": 1.0}, "hard")
    assert (price.cost_concept, price.provenance, price.evidence) == ("tariff", "first-hand", "B")
    assert str(price.source) == "contract-begeleiding-2025-verzonnen[bijlage 2]"
    assert (price.review.status, price.review.by) == ("checked", "Controller (fictief)")


@pytest.mark.parametrize(
    ("row", "sizes"),
    [
        ({"value": "1250,5"}, {"value": 1250.5}),
        ({"value": "", "low": 40, "high": 60, "because": "Raming."}, {"low": 40, "high": 60}),
        ({"low": 40, "high": 80, "because": "x"}, {"low": 40, "value": 68.5, "high": 80}),
    ],
)  # fmt: skip
def test_every_form_of_an_amount(tmp_path, row, sizes):
    (own,) = read(tmp_path, PRICE | row)
    content = with_reviews(b"", "laag.yaml", [], LIBRARY, [own])
    price = layered(LIBRARY, parse(content, "laag.yaml")).proxies[own.id]
    assert sizes_of(price.value) == sizes


def test_what_may_be_left_open(tmp_path):
    """Without a series it is that of consumer prices; without a reviewer it is a draft."""
    row = PRICE | {"index": "", "reviewer": "", "on": "", "unit": "uur", "id": "uur-contract"}
    (own,) = read(tmp_path, row)
    assert (own.id, own.entry["index"], own.entry["unit"]) == ("uur-contract", "cpi", "EUR/uur")
    assert own.review is None


@pytest.mark.parametrize(
    ("said", "payers"),
    [
        ("gemeente", {"gemeente": "100%"}),
        ("Zorgverzekeraar", {"zorgverzekeraar": "100%"}),
        ("gemeente 60%; Zorgverzekeraar (Zvw) 40%", {"gemeente": "60%", "zorgverzekeraar": "40%"}),
        ("Municipality: 66,7 % ; resident 33,3%", {"gemeente": "66.7%", "inwoner": "33.3%"}),
    ],
)
def test_who_pays(tmp_path, said, payers):
    (own,) = read(tmp_path, PRICE | {"payers": said})
    assert own.entry["payers"] == payers


def test_two_prices_of_one_source_have_one_source(tmp_path):
    """And a title that the library has is that source."""
    known = LIBRARY.sources["vng-indexatie-2025"].title
    rows = [
        PRICE,
        PRICE | {"name": "Een ander"},
        PRICE | {"name": "Derde", "source": known.upper()},
    ]
    found = read(tmp_path, *rows)
    assert [bool(one.source) for one in found] == [True, False, False]
    assert found[0].entry["source"] == found[1].entry["source"]
    assert found[2].entry["source"] == "vng-indexatie-2025[bijlage 2]"


@pytest.mark.parametrize(
    ("changed", "code", "cell"),
    [
        ({"name": ""}, "review-own-missing", "A2"),
        ({"id": "Ons Uur"}, "review-own-id", "B2"),
        ({"id": "begeleiding-uur"}, "review-own-taken", "B2"),
        ({"value": ""}, "review-own-missing", "C2"),
        ({"value": "1.250"}, "review-number", "C2"),
        ({"value": -3}, "review-negative", "C2"),
        ({"value": "=1+1"}, "review-formula", "C2"),
        ({"low": 40}, "review-own-sizes", "C2"),
        ({"low": 80, "high": 90, "because": "x"}, "review-own-sizes", "C2"),
        ({"low": 40, "high": 90}, "review-own-missing", "F2"),
        ({"unit": "per uur / ja"}, "review-own-unit", "G2"),
        ({"price_year": 25}, "review-own-year", "H2"),
        ({"index": "inflatie"}, "review-own-choice", "I2"),
        ({"payers": "de buren"}, "review-own-payers", "J2"),
        ({"payers": "gemeente 60%"}, "review-own-payers", "J2"),
        ({"payers": "gemeente 50%; gemeente 50%"}, "review-own-payers", "J2"),
        ({"cash": "zilver"}, "review-own-choice", "K2"),
        ({"cost_concept": ""}, "review-own-missing", "L2"),
        ({"source": ""}, "review-own-missing", "M2"),
        ({"link": "www.example.org"}, "review-own-link", "N2"),
        ({"place": "p[3]"}, "review-place", "O2"),
        ({"place": ""}, "review-own-missing", "O2"),
        ({"quote": "a" * 2_001}, "review-text", "P2"),
        ({"evidence": "E"}, "review-own-choice", "R2"),
        ({"reviewer": ""}, "review-reviewer", "T2"),
        ({"on": "2026-04-02"}, "review-date", "U2"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_its_cell(tmp_path, changed, code, cell):
    """With the name of the sheet, because another sheet has a cell of that address too."""
    assert refused(tmp_path, PRICE | changed) == [(code, f"Eigen prijzen!{cell}")]


def test_everything_is_told_at_once(tmp_path):
    """Of all rows; and nothing is taken of those that are right."""
    found = refused(tmp_path, PRICE, PRICE | {"unit": "", "cash": "x"}, {"low": 3})
    codes = [code for code, _ in found]
    assert codes.count("review-own-twice") == 1
    assert ("review-own-missing", "Eigen prijzen!G3") in found
    assert ("review-own-choice", "Eigen prijzen!K3") in found
    assert sum(cell.endswith("4") for _, cell in found) > 8


def test_two_people_who_wrote_the_same_price(tmp_path):
    """And looked at it each: their layers become one, and both are in it."""
    mine = with_reviews(b"", "a.yaml", [], LIBRARY, read(tmp_path, PRICE))
    other = with_reviews(
        b"", "b.yaml", [], LIBRARY, read(tmp_path, PRICE | {"reviewer": "Lector (fictief)"})
    )
    content, more = merged(mine, "a.yaml", parse(other, "b.yaml"))
    assert [entry["by"] for entry in more] == ["Lector (fictief)"]
    found = layered(LIBRARY, parse(content, "a.yaml"))
    assert (len(found.layer.own), found.layer.differ) == (1, ())


def test_a_column_that_is_gone(tmp_path):
    """Is said, and not taken for a column that was left open."""
    path = sheet(tmp_path / "blad.xlsx", PRICE)
    book = openpyxl.load_workbook(path)
    book["Eigen prijzen"].delete_cols(10)
    book.save(path)
    with pytest.raises(Unusable) as found:
        read_own_prices(opened(path), LIBRARY, TODAY)
    assert [one.code for one in found.value.problems] == ["review-column-missing"]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_sheet_of_another_name_is_known_by_its_headings(tmp_path, lang):
    path = sheet(tmp_path / "blad.xlsx", {"name": "Uur"}, lang=lang)
    book = openpyxl.load_workbook(path)
    book[TITLE[lang]].title = "Blad 7"
    book.save(path)
    assert [row["name"].value for row in read_own_sheet(opened(path))[1]] == ["Uur"]


def test_without_such_a_sheet_there_is_nothing(tmp_path):
    """A sheet of an earlier version, and a CSV file."""
    (tmp_path / "a.csv").write_text("id;kenmerk\n", encoding="utf-8")
    assert read_own_prices(opened(tmp_path / "a.csv"), LIBRARY, TODAY) == []
    assert read(tmp_path) == []


def test_a_sheet_may_be_read_again(tmp_path):
    """What the layer has already is left as it is; another price of that name is refused."""
    (own,) = read(tmp_path, PRICE)
    content = with_reviews(b"", "laag.yaml", [], LIBRARY, [own])
    library = layered(LIBRARY, parse(content, "laag.yaml"))
    again = sheet(tmp_path / "b.xlsx", PRICE, PRICE | {"name": "Een ander", "value": 70})
    (more,) = read_own_prices(opened(again), library, TODAY)
    assert (more.id, more.source, more.there) == ("een-ander", None, False)
    later = sheet(tmp_path / "d.xlsx", PRICE | {"reviewer": "Lector (fictief)"})
    (looked_at,) = read_own_prices(opened(later), library, TODAY)
    assert looked_at.there
    twice = with_reviews(content, "laag.yaml", [], library, [looked_at])
    found = layered(LIBRARY, parse(twice, "laag.yaml"))
    assert (len(found.layer.own), len(found.layer.counts), found.layer.differ) == (1, 1, ())
    assert twice.count(b"by:") == 2
    both = with_reviews(content, "laag.yaml", [], library, [more])
    assert len(layered(LIBRARY, parse(both, "laag.yaml")).layer.own) == 2
    with pytest.raises(Unusable) as found:
        read_own_prices(opened(sheet(tmp_path / "c.xlsx", PRICE | {"value": 70})), library, TODAY)
    assert [one.code for one in found.value.problems] == ["review-own-taken"]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_words_to_choose_from_are_those_of_the_report(lang):
    """And a heading is called as on the other sheet."""
    words = Words(lang)
    for name, choices in CHOICES.items():
        if name != "evidence":
            assert {key: told[lang] for key, told in choices.items()} == {
                key: words(f"{name}.{key}") for key in choices
            }
    same = {name for name in HEADINGS if words.has(f"review_column.{name}")} - {"on"}
    assert len(same) > 12
    assert {name: HEADINGS[name][lang] for name in same} == {
        name: words(f"review_column.{name}") for name in same
    }


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_any_name_gives_an_id_or_nothing(name):
    assert slug(name) == "" or ID.fullmatch(slug(name))
