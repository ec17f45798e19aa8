"""A table of areas from a workbook or from CSV, and numbers as people write them."""

import io
from pathlib import Path

import openpyxl
import pytest

from sroi.inputs.portfolio.area_table import KIND, area_table, written
from sroi.inputs.text.cells import Cell
from sroi.inputs.text.numerals import number
from sroi.problems import Unusable


def book(path: Path, rows: list[list[object]], **marks: object) -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    if marks.get("hidden"):
        made.active.row_dimensions[2].hidden = True
    made.create_sheet("Leeg")
    made.active.title = "Gebieden"
    made.save(path)
    return path


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ("260000", 260_000), ("30%", 0.3), ("12,5", 12.5), ("12,5%", 0.125), ("1.234,5", 1234.5),
        (123.456, 123.456), (0.65, 0.65), (7, 7), (7.0, 7), (1e-05, 1e-05), ("0.123", 0.123),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_was_meant(value, size):
    assert number(written(Cell(value, 2, 2))) == size


@pytest.mark.parametrize("text", ["1.234", "1,234", "1.234.567", "veel", "€ 12", "12 %", "=1+1"])
def test_what_could_mean_two_things_is_left_to_the_rules(text):
    assert written(Cell(text, 2, 2)) == text


def test_a_workbook_is_read_as_its_cells_are(tmp_path):
    path = book(tmp_path / "g.xlsx", [["gebied", "n"], ["A", 123.456], ["B", 0.65]])
    table = area_table(path, None, ["N"])
    assert [written(table.cell(row, "N")) for row in table.rows] == ["123.4560", "0.65"]
    assert area_table(path, "gebieden", ["n"]).places == {"n": 1}


@pytest.mark.parametrize(
    ("rows", "marks", "codes"),
    [
        ([["gebied", "n"], ["A", 1]], {"hidden": True}, ["sheet-hidden"]),
        ([["gebied", "n"], ["A", "=1+1"]], {}, ["sheet-unreckoned"]),
    ],
)
def test_what_is_not_as_it_is_seen_is_told(tmp_path, rows, marks, codes):
    with pytest.raises(Unusable) as told:
        area_table(book(tmp_path / "g.xlsx", rows, **marks), None, ["n"])
    assert [problem.code for problem in told.value.problems] == codes


def test_a_row_that_ends_early_has_empty_cells(tmp_path):
    (tmp_path / "g.csv").write_text("gebied;n;m\nA;1\nB;1;2;3\n")
    table = area_table(tmp_path / "g.csv", None, ["m"])
    assert [table.cell(row, "m").text for row in table.rows] == ["", "2"]


def refused(path: Path) -> list[str]:
    with pytest.raises(Unusable) as told:
        area_table(path, None, ["n"])
    return [problem.code for problem in told.value.problems]


def test_a_file_that_is_no_table(tmp_path):
    (tmp_path / "g.xlsx").write_bytes(b"PK\3\4 nothing")
    assert refused(tmp_path / "g.xlsx") == ["portfolio-table-unreadable"]
    many = io.StringIO("".join(f"A{n};1\n" for n in range(KIND.most_rows + 2)))
    (tmp_path / "g.csv").write_text("gebied;n\n" + many.getvalue())
    assert refused(tmp_path / "g.csv") == ["portfolio-table-too-large"]
    made = openpyxl.Workbook()
    made.active["A1"] = "=[1]Blad1!A1"
    link = openpyxl.workbook.external_link.ExternalLink(
        externalBook=openpyxl.workbook.external_link.external.ExternalBook()
    )
    link.file_link = openpyxl.packaging.relationship.Relationship(
        type="externalLinkPath", Target="elders.xlsx", TargetMode="External"
    )
    made._external_links.append(link)
    made.save(tmp_path / "l.xlsx")
    assert refused(tmp_path / "l.xlsx") == ["portfolio-table-active"]
