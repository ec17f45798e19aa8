"""The arithmetic of cells: what is written, and what it comes to."""

import math

import pytest

from sroi.report.formulas.cell import (
    Cell,
    Formula,
    absolute,
    blank,
    equal,
    exp,
    highest,
    least,
    letters,
    most,
    number,
    over,
    pick,
    product_sum,
    same,
    span,
    total,
    when,
    whole,
    written,
)


def cell(place: tuple[int, int], value: float | str, sheet: str = "Blad") -> Cell:
    return Cell(sheet, *place, value)


A, B, C = (cell((0, column), value) for column, value in enumerate((6.0, 4.0, -2.0)))


@pytest.mark.parametrize(
    ("formula", "text", "value"),
    [
        (A + B * C, "A1+B1*C1", -2.0),
        ((A + B) * C, "(A1+B1)*C1", -20.0),
        (A - (B - C), "A1-(B1-C1)", 0.0),
        (A - B - C, "A1-B1-C1", 4.0),
        (A / (B / C), "A1/(B1/C1)", -3.0),
        (A / B / C, "A1/B1/C1", -0.75),
        (A / (B * C), "A1/(B1*C1)", -0.75),
        ((A - B) ** 2.0, "(A1-B1)^2", 4.0),
        (1.0 / (1.0 + B) ** 0.5, "1/(1+B1)^0.5", 5**-0.5),
        (2.0 * A - 1.5, "2*A1-1.5", 10.5),
        (A * (1 - B), "A1*(1-B1)", -18.0),
        (A * -2.0, "A1*(-2)", -12.0),
        (most(A, B, 1.0) + least(B, C), "MAX(A1,B1,1)+MIN(B1,C1)", 4.0),
        (absolute(C) * whole(2.5), "ABS(C1)*INT(2.5)", 4.0),
        (when(over(A, B + 1.0), A * 2.0, 0.0), "IF(A1>B1+1,A1*2,0)", 12.0),
        (when(equal(A, B), "ja", 'nee "'), 'IF(A1=B1,"ja","nee """)', 'nee "'),
        (exp(C), "EXP(C1)", math.exp(-2)),
    ],
)
def test_a_formula_and_its_value(formula, text, value):
    """With no more brackets than are needed, and the value that the text has."""
    assert isinstance(formula, Formula)
    assert formula.text("Blad") == text
    assert formula.value == pytest.approx(value) if isinstance(value, float) else value


def test_what_does_nothing_is_left_out():
    """Times one, plus nothing; times nothing is nothing whatever the other is."""
    assert A * 1.0 is A
    assert A + 0.0 is A
    assert A - 0.0 is A
    assert A / 1.0 is A
    assert A * 0.0 == 0.0


def test_ranges():
    """A row or a column without a gap, also of another sheet."""
    row, column = span([A, B, C]), span([cell((n, 3), float(n), "Ander") for n in range(4)])
    assert total(row).text("Blad") == "SUM(A1:C1)"
    assert total(row).value == 8.0
    assert total(column).text("Blad") == "SUM(Ander!D1:D4)"
    assert highest(column).value == 3.0
    assert product_sum(row, row).value == 56.0
    assert product_sum(row, row).text("Ander") == "SUMPRODUCT(Blad!A1:C1,Blad!A1:C1)"
    assert pick(row, B / 2.0).value == 4.0
    assert pick(row, B / 2.0).text("Blad") == "INDEX(A1:C1,1,B1/2)"
    for gap in ([A, C], [A, B, cell((1, 2), 0.0)], [A, cell((0, 1), 0.0, "Ander")]):
        with pytest.raises(ValueError, match="no range"):
            span(gap)


def test_the_branch_that_is_not_taken_may_have_no_value():
    """As a spreadsheet works out only the branch that it takes."""
    nothing = cell((5, 5), 0.0)
    formula = when(over(nothing, 0.0), A / nothing, 7.0)
    assert formula.value == 7.0
    assert formula.text("Blad") == "IF(F6>0,A1/F6,7)"
    assert pick(span([cell((n, 0), float(n)) for n in range(3)]), 2.0).text("Blad") == (
        "INDEX(A1:A3,2,1)"
    )
    beside = pick(span([A, B]), C)
    assert math.isnan(number(beside))


def test_a_text_is_no_number():
    text = cell((0, 0), "=1+1")
    with pytest.raises(TypeError, match="no number"):
        number(text)
    assert blank(cell((0, 0), "")).value == 1.0
    assert same(text).value == "=1+1"


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_names_of_columns(column, name):
    assert letters(column) == name


@pytest.mark.parametrize("value", [1.0, -3.0, 0.1, 1e-9, 1 / 3, 123456789012.5, 2e20])
def test_numbers_are_written_whole(value):
    """Every digit that they have, and no power of ten, which not every program reads."""
    text = written(value)
    assert float(text) == value
    assert "e" not in text.lower()
