"""Discount factors, by hand and by what must hold between the timings."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.model.lines.discounting import OFFSETS, Discounting

RATES = st.floats(0, 0.5)


@pytest.mark.parametrize(
    ("timing", "expected"),
    [
        ("end_of_year", [0.966184, 0.933511, 0.901943, 0.871442, 0.841973]),
        ("start_of_year", [1, 0.966184, 0.933511, 0.901943, 0.871442]),
        ("mid_year", [0.982946, 0.949707, 0.917591, 0.886561, 0.856581]),
    ],
)
def test_factors_at_three_and_a_half_percent(timing: str, expected: list[float]) -> None:
    """The factors of the guide at 3.5 %, and the two other timings."""
    assert Discounting(0.035, timing).factors(5) == pytest.approx(expected, abs=5e-7)


@given(RATES, st.integers(1, 60))
def test_timings_differ_by_half_a_year(rate: float, years: int) -> None:
    """End of year is start of year one year on, and mid year lies halfway (geometrically)."""
    start, mid, end = (
        Discounting(rate, timing).factors(years)
        for timing in ("start_of_year", "mid_year", "end_of_year")
    )
    assert end == pytest.approx(start / (1 + rate), rel=1e-12)
    assert mid**2 == pytest.approx(start * end, rel=1e-12)


@given(RATES, st.sampled_from(sorted(OFFSETS)), st.integers(2, 60))
def test_later_is_never_worth_more(rate: float, timing: str, years: int) -> None:
    """Factors lie in (0, 1] and each is the one before over 1 + rate."""
    factors = Discounting(rate, timing).factors(years)
    assert factors[0] <= 1
    assert factors[-1] > 0
    assert factors[1:] * (1 + rate) == pytest.approx(factors[:-1], rel=1e-12)


@pytest.mark.parametrize("timing", sorted(OFFSETS))
def test_without_a_rate_every_year_counts_in_full(timing: str) -> None:
    """At 0 % all factors are 1."""
    np.testing.assert_array_equal(Discounting(0.0, timing).factors(10), np.ones(10))


def test_a_regime_may_leave_investment_as_it_is() -> None:
    """`undiscounted` holds for investment only; `same` treats both alike."""
    guide = Discounting(0.035, "end_of_year", "undiscounted")
    np.testing.assert_array_equal(guide.investment_factors(4), np.ones(4))
    assert guide.factors(1)[0] == pytest.approx(1 / 1.035)
    same = Discounting(0.035, "end_of_year")
    np.testing.assert_array_equal(same.investment_factors(4), same.factors(4))
