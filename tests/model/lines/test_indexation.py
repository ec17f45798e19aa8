"""Index factors: any chain of years is one step, and there and back is nothing."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from models_in_memory import library, model, one_line

from sroi.model.flows.engine import central
from sroi.model.lines.indexation import factor

FACTORS = st.dictionaries(
    st.integers(2000, 2040), st.floats(0.2, 5, allow_subnormal=False), min_size=2, max_size=20
)


@given(FACTORS, st.data())
def test_there_and_back_is_one(factors: dict[int, float], data: st.DataObject) -> None:
    """To another year and back again is the same euro."""
    here, there = (data.draw(st.sampled_from(sorted(factors))) for _ in range(2))
    assert factor(factors, here, there) * factor(factors, there, here) == pytest.approx(1)


@given(FACTORS, st.data())
def test_any_chain_is_one_step(factors: dict[int, float], data: st.DataObject) -> None:
    """By way of any years, the product is the factor from the first to the last."""
    chain = data.draw(st.lists(st.sampled_from(sorted(factors)), min_size=2, max_size=8))
    steps = pairwise(chain)
    product = math.prod(factor(factors, here, there) for here, there in steps)
    assert product == pytest.approx(factor(factors, chain[0], chain[-1]))


def test_the_same_year_is_exactly_one() -> None:
    """No rounding, and no need for the year to be in the series."""
    assert factor({}, 2024, 2024) == 1.0


def test_the_shipped_consumer_prices() -> None:
    """A euro of 2020 is 1.212 and one of 2022 is 1.073 euros of 2024."""
    factors = library().indices["cpi"].factors
    assert factor(factors, 2020, 2024) == pytest.approx(1.212, abs=5e-4)
    assert factor(factors, 2022, 2024) == pytest.approx(1.073, abs=5e-4)


def test_benefits_move_with_the_price_year_of_the_scenario() -> None:
    """All of the price year's factor lands in the present value, and nothing else."""
    factors = library().indices["cpi"].factors
    old = central(model(one_line(basis__price_year=2020))).benefits()[0]
    new = central(model(one_line())).benefits()[0]
    assert new == 1.0
    assert old == pytest.approx(factor(factors, 2024, 2020))
