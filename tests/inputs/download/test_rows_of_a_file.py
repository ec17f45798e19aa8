"""Rows of a table: the separator is found, and a row that does not fit is told with its line."""

import pytest

from sroi.inputs.download.characters import characters
from sroi.inputs.download.rows import Rows
from sroi.problems import Unusable


@pytest.fixture
def rows(tmp_path):
    def made(text: str) -> Rows:
        (path := tmp_path / "a.csv").write_text(text, encoding="utf-8")
        return Rows("a.csv", characters("a.csv", lambda: path.open("rb")))

    return made


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(rows, separator):
    read = rows(f"a{separator}b{separator}c\n1{separator}2{separator}3\n")
    assert read.headings == ["a", "b", "c"]
    assert list(read) == [(2, ["1", "2", "3"])]


def test_a_separator_in_quotes_is_none(rows):
    read = rows('"Wmo-cliënten; a, b, c, d (aantal)";"Regio\'s"\n5;"Tilburg"\n')
    assert read.headings == ["Wmo-cliënten; a, b, c, d (aantal)", "Regio's"]


def test_a_text_of_several_lines_is_one_cell(rows):
    read = rows('Identifier;Description\nGM0001;"een\n\ntwee"\nGM0002;drie\n')
    assert list(read) == [(4, ["GM0001", "een\n\ntwee"]), (5, ["GM0002", "drie"])]


def test_the_line_that_names_the_source_is_no_row(rows):
    assert len(list(rows('a;b\n1;2\n"Bron: CBS"\n'))) == 1


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [("", "data-empty", 0), ("a;b\n1;2\n1;2;3\n", "data-row-length", 3),
     ("Titel van de tabel\na;b\n1;2\n", "data-laid-out", 0),
     ('a;b\n"1"2;3\n', "data-unreadable", 2)],
)  # fmt: skip
def test_what_is_no_table_is_told(rows, text, code, line):
    with pytest.raises(Unusable) as refused:
        list(rows(text))
    assert (refused.value.problems[0].code, refused.value.problems[0].line) == (code, line)
