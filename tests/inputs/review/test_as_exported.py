"""What a reviewer changed where nothing may change is told, with the column that was meant."""

import csv
import datetime
import io
from pathlib import Path

import pytest
from reviews import exported, fill, read_back

from sroi.inputs.library.library import read_library
from sroi.inputs.review.as_exported import same
from sroi.inputs.text.cells import Cell
from sroi.problems import Problem, Unusable
from sroi.report.files.csv_files import text_of
from sroi.report.price_list.price_list import found
from sroi.report.price_list.review_book import review_rows
from sroi.report.words.problem_text import sentence

AGREE = {"verdict": "akkoord", "reviewer": "A. Toetser", "on": datetime.date(2026, 3, 1)}
MEANT = {"waarde": "waarde wordt", "laag": "laag wordt", "hoog": "hoog wordt",
         "plaats in de bron": "plaats in de bron wordt"}  # fmt: skip


def changed(folder: Path, change: dict[str, object], verdict: bool = True) -> list[Problem]:
    """What is said of a review in which somebody typed over the row of the first price."""
    book = exported(read_library(folder))
    if verdict:
        fill(book, {"uur": AGREE})
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    row = next(row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value == "uur")
    for heading, value in change.items():
        sheet.cell(row, at[heading]).value = value
    path = folder.parent / "review.xlsx"
    book.save(path)
    try:
        read_back(folder, path)
    except Unusable as refused:
        return list(refused.problems)
    return []


@pytest.mark.parametrize(
    ("heading", "value"),
    [("waarde", 41.5), ("laag", 1), ("hoog", 99), ("plaats in de bron", "p. 9"),
     ("prijsjaar", 2022), ("eenheid", "EUR/dag"), ("citaat", "Anders"), ("naam", "Anders"),
     ("wie betaalt", "Gemeente 100%"), ("prijsindex", "x"), ("waarde", None), ("waarde", "=1+1"),
     ("waarde", "tien"), ("thema", "x"), ("bron", "x")],
)  # fmt: skip
@pytest.mark.parametrize("verdict", [True, False])
def test_a_column_that_was_typed_over_is_told(folder, heading, value, verdict):
    """Whether the row has a verdict or not: the old price may not be recorded as checked."""
    (problem,) = changed(folder, {heading: value}, verdict)
    assert problem.code == ("review-altered" if heading in MEANT else "review-altered-fixed")
    assert problem.facts["column"] == heading
    assert problem.facts["count"] == 1
    for lang in ("nl", "en"):
        told = sentence(problem, lang)
        assert str(problem.facts["cells"]) in told
        assert MEANT.get(heading, "") in told


def test_each_column_is_told_once(folder):
    found = changed(folder, {"waarde": 41.5, "laag": 40, "prijsjaar": 2022})
    assert sorted(problem.facts["column"] for problem in found) == ["laag", "prijsjaar", "waarde"]


def test_what_went_out_may_come_back_moved_and_sorted(folder):
    """In the other order of rows and columns, without a column, in either language."""
    for lang in ("nl", "en"):
        library = read_library(folder)
        rows = review_rows(list(found(library, None, None, None)), library, {}, lang)
        gone = "citaat" if lang == "nl" else "quote"
        moved = [dict(reversed([x for x in row.items() if x[0] != gone])) for row in rows[::-1]]
        path = folder.parent / "review.csv"
        path.write_text(text_of(moved, lang), encoding="utf-8")
        assert read_back(folder, path) == []


def test_a_csv_that_was_typed_over(folder):
    """Numbers with a decimal comma, and text that keeps a spreadsheet from running it."""
    library = read_library(folder)
    rows = review_rows(list(found(library, None, None, None)), library, {}, "nl")
    path = folder.parent / "review.csv"
    table = list(csv.reader(io.StringIO(text_of(rows, "nl")), delimiter=";"))
    at = table[0].index("waarde")
    uur = next(row for row in table if row[0] == "uur")
    assert uur[at] == "10,0"
    uur[at] = "41,5"
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(table)
    path.write_text(out.getvalue(), encoding="utf-8")
    with pytest.raises(Unusable) as refused:
        read_back(folder, path)
    (problem,) = refused.value.problems
    assert (problem.code, problem.facts["meant"]) == ("review-altered", "waarde wordt")


def test_a_merged_cell_and_a_percentage_are_told(folder):
    """One verdict over three rows is a verdict on the first alone; 65% is 0.65."""
    book = exported(read_library(folder))
    places = fill(book, {"uur": AGREE | {"value": 0.65}})
    sheet = book.worksheets[0]
    sheet[places["uur", "value"]].number_format = "0%"
    column = places["uur", "verdict"].rstrip("0123456789")
    sheet.merge_cells(f"{column}3:{column}4")
    book.save(folder.parent / "review.xlsx")
    with pytest.raises(Unusable) as refused:
        read_back(folder, folder.parent / "review.xlsx")
    assert {"sheet-merged", "sheet-percent"} <= {p.code for p in refused.value.problems}


@pytest.mark.parametrize(
    ("value", "was", "alike"),
    [("10,0", 10.0, True), (10, 10.0, True), ("10.0000001", 10.0, True), (10.1, 10.0, False),
     (datetime.datetime(2025, 1, 2), datetime.date(2025, 1, 2), True),
     ("2-1-2025", datetime.date(2025, 1, 2), True), ("2-1-2024", datetime.date(2025, 1, 2), False),
     ("'=Bron", "=Bron", True), ("a  b", "a b", True), (None, "", True), (0, None, False),
     (2024.0, 2024, True), ("1e999", 10.0, False), (True, 1.5, False)],
)  # fmt: skip
def test_a_cell_is_compared_as_it_is_read(value, was, alike):
    assert same(Cell(value, 1, 1), was) is alike
