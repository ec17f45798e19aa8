"""Columns of a table in Word: every word of a head and every figure fits, by the font itself."""

import re

import lxml.html
import pytest
from valuations import example_page

from sroi.report.word.parts import WIDTH
from sroi.report.word.tables import _rows, widths
from sroi.report.words.glyphs import length

MARGIN = 100  # of a cell, in twentieths of a point, as the style has it


def too_wide(markup: str) -> list[str]:
    """Words and figures that are wider than their column."""
    found = []
    for table in lxml.html.document_fromstring(markup).iter("table"):
        rows = _rows(table)
        wide, size = widths(rows)
        assert sum(wide) == WIDTH
        for row in (row for row in rows if len(row.cells) == len(wide)):
            for cell, room in zip(row.cells, wide, strict=True):
                whole = cell.figure and row.kind != "head"
                parts = [cell.text] if whole else re.split(r"[ \n]|(?<=[-–])", cell.text)
                long = [
                    one for one in parts if 10 * size * length(one, bool(row.kind)) > room - MARGIN
                ]
                found += long if whole or row.kind == "head" else []
    return found


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_word_of_a_head_fits_its_column(lang):
    assert too_wide(re.sub(r"(?s)<svg\b.*?</svg>", "", example_page(lang, for_print=True))) == []


def table(columns: int, head: str, cell: str) -> str:
    """A table of figures."""
    heads, cells = f"<th>{head}</th>" * columns, f"<td class='figure'>{cell}</td>" * columns
    return f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"


def test_letters_are_smaller_where_it_takes_that():
    """And no smaller than needed; what fits on no page is shared out all the same."""
    for columns, head, size in (
        (3, "Investering", 18),
        (8, "Investering", 16),
        (11, "Investering", 14),
    ):
        markup = table(columns, head, "€ 1")
        (one,) = lxml.html.document_fromstring(markup).iter("table")
        assert widths(_rows(one))[1] == size
        assert too_wide(markup) == []
    assert too_wide(table(20, "Investering", "€ 1")) != []
