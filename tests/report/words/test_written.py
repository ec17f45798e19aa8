"""Arithmetic written out: what stands there reckons to the value beside it."""

import pytest

from sroi.report.words.numbers import Numbers
from sroi.report.words.written import Pen, less, over, plus, times

A, B, C = (Pen(Numbers("nl")).number(value) for value in (7.0, 3.0, 2.0))


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (less(A, plus([B, C])), "7 − (3 + 2)"),
        (less(A, less(B, C)), "7 − (3 − 2)"),
        (less(A, times([B, C])), "7 − 3 × 2"),
        (over(A, times([B, C])), "7 ÷ (3 × 2)"),
        (times([A, plus([B, C])]), "7 × (3 + 2)"),
    ],
)
def test_brackets_stand_where_they_are_needed(made, told):
    """And nowhere else."""
    assert made.told == told
    assert eval(made.exact) == pytest.approx(made.value)
