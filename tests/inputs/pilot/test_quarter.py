"""Quarters as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.inputs.pilot.quarter import name_of, quarter_of


@pytest.mark.parametrize(
    "text",
    ["2024-Q3", "2024q3", "2024 K3", "2024KW03", "2024 3e kwartaal", "2024 3e kwartaal*",
     "Q3 2024", "q3-2024", "3e kwartaal 2024", "2024 3rd quarter", " 2024  kwartaal 3 "],
)  # fmt: skip
def test_one_quarter_in_many_ways(text):
    assert quarter_of(text) == 2024 * 4 + 2


@pytest.mark.parametrize(
    "text", ["", "2024", "2024-Q5", "2024-03", "Q1", "januari 2024", "20240Q1"]
)
def test_what_is_no_quarter(text):
    assert quarter_of(text) is None


@given(st.integers(1900 * 4, 2099 * 4 + 3))
def test_there_and_back(quarter):
    assert quarter_of(name_of(quarter)) == quarter
