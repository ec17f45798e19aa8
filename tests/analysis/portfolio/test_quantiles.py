"""Quantiles without sorting everything: bit for bit those of numpy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sroi.analysis.portfolio.quantiles import FEW, PILOT, quantiles

SHARES = (0.05, 0.5, 0.95)


def draws(kind: str, count: int) -> np.ndarray:
    rng = np.random.default_rng(1)
    return {
        "normal": lambda: rng.normal(size=count) * 1e6,
        "skewed": lambda: rng.lognormal(0, 3, count),
        "ties": lambda: rng.integers(0, 4, count).astype(float),
        "one value": lambda: np.full(count, 7.0),
        "two values": lambda: (rng.random(count) < 0.05).astype(float),
        "sorted": lambda: np.sort(rng.normal(size=count)),
        # the draws that are looked at first say nothing of the others
        "misled": lambda: np.where(np.arange(count) % PILOT == 0, 1e9, rng.normal(size=count)),
    }[kind]()


@pytest.mark.parametrize("count", [1, 100, FEW, FEW + 1, 5 * FEW])
@pytest.mark.parametrize(
    "kind", ["normal", "skewed", "ties", "one value", "two values", "sorted", "misled"]
)
def test_they_are_those_of_numpy(kind, count):
    amounts = draws(kind, count)
    assert quantiles(amounts, SHARES) == list(np.quantile(amounts, SHARES))


@given(st.floats(0, 1), st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_at_every_share(share, more):
    amounts = draws("skewed", FEW + more)
    assert quantiles(amounts, [share]) == [np.quantile(amounts, share)]
