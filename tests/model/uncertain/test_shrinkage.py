"""Loud claims all shrink to about 0.97."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.model.uncertain.shrinkage import optimism_factor, shrunk


def test_thirty_percent_cheaper() -> None:
    """HR 0.70 with a bias sd of 0.35: weight .0755, HR .9734, sd .096."""
    left = shrunk(0.70, 0.35)
    assert left.weight == pytest.approx(0.0755, abs=5e-5)
    assert left.hazard_ratio == pytest.approx(0.9734, abs=5e-5)
    assert left.sd_log == pytest.approx(0.096, abs=5e-4)


def test_more_than_half_not_referred() -> None:
    """HR 0.44 and 0.50 with a bias sd of 0.50."""
    assert shrunk(0.44, 0.50).weight == pytest.approx(0.0385, abs=5e-5)
    assert shrunk(0.44, 0.50).hazard_ratio == pytest.approx(0.9689, abs=5e-5)
    assert shrunk(0.50, 0.50).hazard_ratio == pytest.approx(0.9737, abs=5e-5)


@given(st.floats(0.2, 3), st.floats(0, 2), st.floats(0.01, 1))
def test_between_the_claim_and_nothing(claim: float, bias: float, prior: float) -> None:
    """Never beyond either, and the sd below both."""
    left = shrunk(claim, bias, prior)
    assert min(claim, 1) - 1e-12 <= left.hazard_ratio <= max(claim, 1) + 1e-12
    assert left.sd_log <= min(bias, prior) + 1e-12


def test_without_bias_the_claim_stands() -> None:
    """Also where the claim is a draw."""
    claims = np.array([0.7, 1.2])
    np.testing.assert_allclose(shrunk(claims, 0.0).hazard_ratio, claims)


def test_optimism_by_grade() -> None:
    """Six grades, from nothing to forty percent off."""
    factors = [optimism_factor(grade) for grade in range(1, 7)]
    assert factors == pytest.approx([1.0, 0.95, 0.90, 0.85, 0.75, 0.60])
