"""Periods as codes and in words, in Dutch and in English."""

import datetime

import pytest

from sroi.inputs.municipal_data.periods import period, status_in_words


@pytest.mark.parametrize(
    ("text", "kind", "year", "number", "status"),
    [("2024JJ00", "year", 2024, 1, ""), ("2023*", "year", 2023, 1, "provisional"),
     ("2023**", "year", 2023, 1, "nearly-final"), ("2024HJ02", "half", 2024, 2, ""),
     ("1e halfjaar 2025*", "half", 2025, 1, "provisional"), ("2024KW04", "quarter", 2024, 4, ""),
     ("2020 1e kwartaal*", "quarter", 2020, 1, "provisional"), ("2024MM11", "month", 2024, 11, ""),
     ("1981 januari", "month", 1981, 1, ""), ("30 juni 2023*", "day", 2023, 181, "provisional"),
     ("1st half 2024", "half", 2024, 1, ""), ("2024MM13", "other", 2024, 0, ""),
     ("2008/'09", "other", 0, 0, ""), ("31 februari 2023", "other", 2023, 0, "")],
)  # fmt: skip
def test_a_period_is_understood(text, kind, year, number, status):
    read = period(text)
    assert (read.kind, read.year, read.number, read.status) == (kind, year, number, status)


def test_the_same_period_has_the_same_key_however_it_is_written():
    assert period("2025HJ01").key == period("1e halfjaar 2025*").key
    assert period("2025HJ01").key != period("2025").key


@pytest.mark.parametrize(
    ("later", "earlier", "follows"),
    [("2024HJ01", "2023HJ02", True), ("2024", "2023", True), ("2024HJ02", "2023HJ02", False),
     ("2024", "2023HJ02", False), ("2024KW01", "2023KW04", True)],
)  # fmt: skip
def test_one_period_follows_another(later, earlier, follows):
    assert period(later).follows(period(earlier)) == follows


def test_first_days():
    assert period("2024HJ02").begins == datetime.date(2024, 7, 1)
    assert period("30 juni 2023").begins == datetime.date(2023, 6, 30)
    assert period("2008/'09").begins is None
    assert (period("2024HJ02").years, period("30 juni 2023").years) == (0.5, 0)


def test_the_status_of_a_list_of_periods():
    assert status_in_words("Voorlopig") == "provisional"
    assert status_in_words("Nader voorlopig") == "nearly-final"
    assert status_in_words("Definitief") == "final"
