"""Quantiles of draws that come in parts are those of numpy, and a stretch that misses is told."""

import numpy as np
import pytest

from sroi.analysis.portfolio.quantiles import Stretches, quantile

SHARES = (0.05, 0.5, 0.95)


@pytest.mark.parametrize("draws", [16, 256, 4096, 40_000])
@pytest.mark.parametrize("kind", ["even", "few", "skewed", "one"])
def test_they_are_those_of_numpy(draws, kind):
    rng = np.random.default_rng(draws)
    amounts = {
        "even": rng.random((3, draws)),
        "few": rng.integers(0, 3, (3, draws)).astype(float),
        "skewed": np.exp(3 * rng.normal(size=(3, draws))),
        "one": np.full((3, draws), 7.0),
    }[kind]
    looked = Stretches(amounts[:, : max(16, draws // 8)], SHARES)
    for part in np.array_split(np.arange(draws), 5):
        for row in range(3):
            looked.add(row, amounts[row, part])
    for row in range(3):
        assert looked.of(row, draws) == pytest.approx(list(np.quantile(amounts[row], SHARES)))


def test_a_stretch_that_misses_is_told():
    """The first look saw nothing of what came later."""
    looked = Stretches(np.arange(4096.0)[None], SHARES)
    looked.add(0, np.arange(1e6, 2e6))
    assert looked.of(0, 1_000_000) is None


def test_a_quantile_lies_between_two_draws():
    amounts = np.array([3.0, 1.0, 2.0, 10.0])
    for share in (0.0, 0.1, 0.5, 0.9, 1.0):
        assert quantile(amounts, 0, share, 4) == pytest.approx(np.quantile(amounts, share))
    assert quantile(amounts[:3], 0, 1.0, 4) is None
    assert quantile(amounts[:3], 1, 0.0, 4) is None
