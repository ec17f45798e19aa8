"""Numbers of a Value Map: only what can mean one thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.inputs.text.cells import PLAIN, Cell, Mark
from sroi.inputs.value_map.cell_numbers import amount, share, start, years


def read(reader, value, marks=PLAIN):
    """What a cell gives, and what is said of it."""
    told: list[str] = []
    found = reader(Cell(value, 1, 1, marks), lambda code, cell: told.append(code))
    return (found, *told)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (7, (7,)), (-275.0, (-275,)), ("1.250,50", (1250.5,)), ("1,250.50", (1250.5,)),
        ("€ 12,50", (12.5,)), ("1.234.567", (1_234_567,)), ("£94", (94,)), ("EUR 5", (5,)),
        (None, (None,)), ("-", (None,)), ("n.v.t.", (None,)), ("12,5", (12.5,)), ("7500", (7500,)),
        ("1.250", (None, "value-map-number-ambiguous")), ("veel", (None, "value-map-number")),
        ("#DIV/0!", (None, "value-map-number")), (True, (None, "value-map-number")),
        (1e300, (None, "value-map-number")), (float("nan"), (None, "value-map-number")),
        ("9" * 400, (None, "value-map-number")),
    ],
)  # fmt: skip
def test_an_amount(value, found):
    assert read(amount, value) == found


@pytest.mark.parametrize(
    ("value", "marks", "found"),
    [
        (0.25, Mark.PERCENT, (0.25,)), (1, Mark.PERCENT, (1,)), (0, PLAIN, (0,)),
        (0.25, PLAIN, (0.25,)), ("25%", PLAIN, (0.25,)), ("25 %", PLAIN, (0.25,)),
        ("12,5%", PLAIN, (0.125,)), ("0,25", PLAIN, (0.25,)), (None, PLAIN, (None,)),
        (25, PLAIN, (None, "value-map-percent")), ("25", PLAIN, (None, "value-map-percent")),
        (1, PLAIN, (None, "value-map-percent")),
        (25, Mark.PERCENT, (None, "value-map-percent-outside")),
        (-0.1, PLAIN, (None, "value-map-percent-outside")),
        ("250%", PLAIN, (None, "value-map-percent-outside")),
        ("een kwart", PLAIN, (None, "value-map-number")),
    ],
)  # fmt: skip
def test_a_share(value, marks, found):
    """25 in a plain cell may be a quarter, or twenty-five times as much."""
    assert read(share, value, marks) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (5, (5,)), ("5 years", (5,)), ("3 jaar", (3,)), (0.5, (0.5,)), (0, (None,)), ("–", (None,)),
        (72, (None, "value-map-duration")), (-1, (None, "value-map-duration")),
        ("6 maanden", (None, "value-map-number")),
    ],
)  # fmt: skip
def test_how_many_years(value, found):
    assert read(years, value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (1, (1,)), (2.0, (2,)), ("2", (2,)), ("1 (in the period)", (1,)), (None, (1,)),
        (3, (1, "value-map-starts")), ("12", (1, "value-map-starts")),
        ("1.5", (1, "value-map-starts")),
    ],
)  # fmt: skip
def test_when_it_starts(value, found):
    assert read(start, value) == found


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.none()))
def test_whatever_stands_there_is_a_number_or_told(value):
    """And a share lies between nothing and all."""
    for reader in (amount, share, years, start):
        found, *told = read(reader, value)
        assert len(told) <= 1
        assert found is None or -1e12 <= found <= 1e12
    found, *_ = read(share, value)
    assert found is None or 0 <= found <= 1
