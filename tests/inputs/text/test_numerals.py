"""How numbers, yes and no, and dates may be written, and what is said of every other way."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from sroi.inputs.text.numerals import date, number, whole, yes_or_no


def refused(reader, text) -> PydanticCustomError:
    with pytest.raises(PydanticCustomError) as raised:
        reader(text)
    return raised.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0.0),
        ("1.5", 1.5),
        ("-2", -2.0),
        ("+2", 2.0),
        ("30%", 0.3),
        ("2.25 %", 0.0225),
        ("-5%", -0.05),
        ("150%", 1.5),
        ("260000", 260_000.0),
        ("260_000", 260_000.0),
        ("1_260_000.50", 1_260_000.5),
        ("0.125", 0.125),
        ("0.0300", 0.03),
        ("1.2000", 1.2),
        ("1234.567", 1234.567),
        ("007", 7.0),
    ],
)
def test_what_is_understood(text, value):
    assert number(text) == pytest.approx(value, rel=1e-15)


@given(st.floats(-1e6, 1e6))
def test_four_decimals_are_never_ambiguous(value):
    assert number(f"{value:.4f}") == float(f"{value:.4f}")


@given(st.integers(-(10**12), 10**12))
def test_digits_grouped_with_underscores_are_the_same_number(value):
    assert number(f"{value:_}") == number(str(value)) == float(value)


@pytest.mark.parametrize(
    ("text", "largest"), [("1000000000000", True), ("1000000000001", False), ("9" * 29, False)]
)
def test_there_is_a_largest_number(text, largest):
    """In percents too."""
    for written in (text, f"-{text}"):
        if largest:
            assert abs(number(written)) == 1e12
        else:
            with pytest.raises(PydanticCustomError) as caught:
                number(written)
            assert caught.value.type == "number-too-large"
    assert number("100000000000000%") == 1e12


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("260.000", "260000", "260.0000"),
        ("260,000", "260000", "260.0000"),
        ("1.357", "1357", "1.3570"),
        ("-1.200", "-1200", "-1.2000"),
        ("1.357%", "1357%", "1.3570%"),
        ("12,345 %", "12345%", "12.3450%"),
    ],
)
def test_what_dutch_and_english_read_differently_is_refused_with_both_spellings(text, one, other):
    """Both spellings that are offered are understood, and differ by a factor of a thousand."""
    error = refused(number, text)
    assert error.type == "number-ambiguous"
    assert error.context == {"found": text, "whole": one, "decimal": other}
    assert number(one) == pytest.approx(1000 * number(other))


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [
        ("1,5", "number-decimal-comma", "1.5"),
        ("0,123", "number-decimal-comma", "0.123"),
        ("12,5%", "number-decimal-comma", "12.5%"),
        ("1.234,56", "number-decimal-comma", "1234.56"),
        ("-3,0", "number-decimal-comma", "-3.0"),
        ("1.234.567", "number-grouped", "1234567"),
        ("1,234,567", "number-grouped", "1234567"),
        ("1,234.56", "number-grouped", "1234.56"),
        ("260 000", "number-grouped", "260000"),
        ("1 260 000.5", "number-grouped", "1260000.5"),
    ],
)
def test_another_spelling_is_refused_with_the_right_one(text, code, meant):
    """The spelling that is offered is itself understood."""
    error = refused(number, text)
    assert error.type == code
    assert error.context == {"found": text, "meant": meant}
    assert isinstance(number(meant), float)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "%",
        "x",
        "1e9999",
        ".nan",
        ".inf",
        "inf",
        "1.",
        ".5",
        "1_00",
        "_1",
        "1__000",
        "--1",
        "€ 5",
        "5 uur",
        "0x10",
        "1/2",
        "٣",
        "１",
        "1.2.3",
        "1,2,3",
        "½",
        "5%%",
        "null",
        "true",
        "\n",
    ],
)
def test_anything_else_is_no_number(text):
    assert refused(number, text).type == "number-unreadable"


@pytest.mark.parametrize(
    ("text", "meant"),
    [("1,8E+04", "18000"), ("7,49E-2", "0.0749"), ("5,0e-01", "0.5"), ("-2,5e1%", "-25%"),
     ("1,2345e1", "12.3450"), ("1,5e0", "1.5")],
)  # fmt: skip
def test_a_number_as_a_dutch_spreadsheet_shortens_it_is_told_in_full(text, meant):
    """And what is told can be read, in one way only."""
    error = refused(number, text)
    assert (error.type, error.context) == ("number-scientific", {"found": text, "meant": meant})
    assert number(meant) == pytest.approx(
        float(text.rstrip("%").replace(",", ".")) / (100 if text.endswith("%") else 1)
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [("5e-05", 5e-05), ("1.8E+04", 18_000.0), ("-2.5e1%", -0.25), ("1.234e+05", 123_400.0),
     ("1e12", 1e12), ("0e0", 0.0)],
)  # fmt: skip
def test_a_number_as_r_and_python_write_it_is_read(text, value):
    assert number(text) == value


@given(st.floats(-1e12, 1e12))
def test_every_number_is_read_as_python_writes_it(value):
    written = f"{value:.12e}"
    assert number(written) == float(written)


def test_a_number_as_programs_write_it_ends_where_numbers_end():
    assert refused(number, "1e13").type == "number-too-large"
    assert refused(number, "1e400").type == "number-too-large"


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f"])
def test_spaces_that_do_not_break_are_spaces(space):
    error = refused(number, f"18{space}000")
    assert (error.type, error.context) == ("number-grouped", {"found": "18 000", "meant": "18000"})
    assert number(f"30{space}%") == 0.3


def test_a_very_long_number_is_cut_in_the_message():
    error = refused(number, "9" * 100_000)
    assert error.type == "number-unreadable"
    assert error.context == {"found": "9" * 30 + "…"}


@pytest.mark.parametrize(("value", "found"), [([], "[…]"), ({}, "{…}")])
def test_a_list_or_a_block_is_no_number(value, found):
    error = refused(number, value)
    assert (error.type, error.context) == ("number-expected", {"found": found})


def test_whole_numbers():
    assert whole("2026") == 2026
    assert isinstance(whole("2026"), int)
    assert whole("5.0") == 5
    assert refused(whole, "2.5").type == "number-not-whole"
    assert refused(whole, "2,5").type == "number-decimal-comma"


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False)])
def test_yes_and_no(text, value):
    assert yes_or_no(text) is value


@pytest.mark.parametrize("text", ["no", "yes", "ja", "nee", "0", "1", "True", "", [], {}, "x" * 99])
def test_every_other_yes_or_no_is_asked_to_be_spelled_out(text):
    error = refused(yes_or_no, text)
    assert error.type == "boolean-unreadable"
    assert len(error.context["found"]) <= 30


def test_dates():
    assert date("2026-03-01") == datetime.date(2026, 3, 1)


@pytest.mark.parametrize(
    "text", ["1-3-2026", "2026-02-30", "2026", "", "1 maart 2026", "20260301", "2026-W10", [], {}]
)
def test_a_date_is_written_in_one_way(text):
    assert refused(date, text).type == "date-unreadable"
