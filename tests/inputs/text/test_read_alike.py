"""What a reader takes for the same, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.inputs.text.read_alike import loose, plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("P001", "p001"), ("7", "7.0"), ("7", "7,00"), ("007", "7"), ("-9.0", "-9"), ("+3", "3"),
        (" ja ", "JA"), ("min  of meer", "Min of\u00a0meer"), ("０１", "1"), ("0", "0.0"),
    ],
)  # fmt: skip
def test_alike(one, other):
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.1", "1.10"), ("9.000", "9"), ("P1", "P01"), ("7.5", "7"), ("-9", "9"), ("1e1", "10")],
)
def test_not_alike(one, other):
    assert plain(one) != plain(other)


@pytest.mark.parametrize(
    ("one", "other"), [("P-001", "p1"), ("a b", "a-b"), ("1-2", "1.02"), ("P1", "P01")]
)
def test_looks_alike(one, other):
    assert loose(one) == loose(other)


@pytest.mark.parametrize(("one", "other"), [("1-1", "11"), ("a1", "a2"), ("10", "1")])
def test_does_not_look_alike(one, other):
    assert loose(one) != loose(other)


@given(st.text(max_size=30))
def test_reading_once_more_changes_nothing(text):
    """And what is alike also looks alike."""
    assert plain(plain(text)) == plain(text)
    assert loose(plain(text)) == loose(text)


@given(st.integers(-(10**9), 10**9), st.integers(0, 3), st.sampled_from(["", ".0", ",0", ".00"]))
def test_a_number_is_itself_however_a_program_writes_it(number, zeros, decimals):
    sign = "-" if number < 0 else ""
    assert plain(f"{sign}{'0' * zeros}{abs(number)}{decimals}") == str(number)
