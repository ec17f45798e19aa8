"""Quantities that move together: the dependence that was asked for, and nothing else changes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from models_in_memory import model, one_line
from scipy import special, stats

from sroi.model.flows.engine import run
from sroi.model.uncertain.copula import copula
from sroi.model.uncertain.sampling import REPLICATES, points

RHOS = (-0.9, -0.5, 0.0, 0.3, 0.6, 0.95)
PAIRED = ["outcomes.verandering.rate", "outcomes.verandering.deadweight"]


def bound_parts(rho: float, size: int = 4096) -> list[np.ndarray]:
    """The two bound rows of every part of a sample of plain points."""
    tie = copula((0, 2), np.array([[1, rho], [rho, 1]]))
    parts = [tie.bind(points("plain", 11, k, size, 4)) for k in range(REPLICATES)]
    return [part[[0, 2]] for part in parts]


def within_four_errors(found: list[float], expected: float) -> bool:
    """Whether the mean of independent parts is within four of its standard errors."""
    error = np.std(found, ddof=1) / len(found) ** 0.5
    return abs(np.mean(found) - expected) <= 4 * error + 1e-12


@pytest.mark.parametrize("rho", RHOS)
def test_rank_correlation_follows_from_rho(rho: float) -> None:
    """Spearman's correlation is (6/π) arcsin(rho/2)."""
    found = [stats.spearmanr(*part).statistic for part in bound_parts(rho)]
    assert within_four_errors(found, 6 / np.pi * np.arcsin(rho / 2))


@pytest.mark.parametrize("rho", RHOS)
def test_normal_scores_have_correlation_rho(rho: float) -> None:
    """rho is the correlation of the normal scores."""
    found = [np.corrcoef(special.ndtri(part))[0, 1] for part in bound_parts(rho)]
    assert within_four_errors(found, rho)


@pytest.mark.parametrize("rho", RHOS)
def test_marginals_are_unchanged(rho: float) -> None:
    """Each bound row by itself is uniform still."""
    rows = np.concatenate(bound_parts(rho), axis=1)
    assert min(stats.kstest(row, "uniform").pvalue for row in rows) > 1e-3


def test_other_rows_are_untouched() -> None:
    """Rows that are not named stay as they were, to the bit; so does the input itself."""
    unit = points("sobol", 1, 0, 512, 4)
    before = unit.copy()
    bound = copula((3, 1), np.array([[1, 0.7], [0.7, 1]])).bind(unit)
    np.testing.assert_array_equal(bound[[0, 2]], before[[0, 2]])
    np.testing.assert_array_equal(unit, before)
    np.testing.assert_allclose(bound[3], before[3], rtol=1e-12)


def test_no_correlations_bind_nothing() -> None:
    """Without named rows the very same points come back."""
    unit = points("sobol", 1, 0, 64, 3)
    assert copula((), np.empty((0, 0))).bind(unit) is unit


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-0.45, 0.9), min_size=3, max_size=3), st.integers(1, 63))
def test_how_the_draws_are_cut_up_does_not_matter(rhos: list[float], cut: int) -> None:
    """Bound in two blocks or in one: the same bits, strictly inside the unit interval."""
    matrix = np.eye(3)
    matrix[np.triu_indices(3, 1)] = rhos
    matrix = np.maximum(matrix, matrix.T) if min(rhos) > 0 else matrix + matrix.T - np.eye(3)
    if np.linalg.eigvalsh(matrix)[0] < 1e-6:
        return
    tie, unit = copula((0, 1, 2), matrix), points("plain", 2, 0, 64, 3)
    halves = np.concatenate([tie.bind(unit[:, :cut]), tie.bind(unit[:, cut:])], axis=1)
    np.testing.assert_array_equal(tie.bind(unit), halves)
    assert halves.min() > 0
    assert halves.max() < 1


@pytest.mark.parametrize("rho", ["-0.6", "0.6"])
def test_a_scenario_draws_with_its_correlations(rho: str) -> None:
    """Correlated in the file is correlated in the draws, whatever the distributions are."""
    scenario = one_line(
        outcomes__rate={"gamma": {"mean": "0.5", "cv": "30%"}},
        outcomes__deadweight={"low": "0.1", "best": "0.2", "high": "0.6", "because": "Voorbeeld."},
        correlations=[{"of": PAIRED, "rho": rho, "because": "Voorbeeld."}],
    )
    tied = model(scenario)
    parts = [tied.quantities.at(points("sobol", 5, k, 2048, 2)) for k in range(REPLICATES)]
    found = [stats.spearmanr(*(part[path] for path in PAIRED)).statistic for part in parts]
    assert within_four_errors(found, 6 / np.pi * np.arcsin(float(rho) / 2))


def test_correlation_changes_the_mean_of_a_product_and_not_the_factors() -> None:
    """High rates that come with low deadweight raise the expected benefits."""
    spread = {
        "outcomes__rate": {"low": "0.5", "best": "1", "high": "1.5"},
        "outcomes__deadweight": {"low": "0", "best": "0.5", "high": "1", "because": "Voorbeeld."},
    }
    tie = {"of": PAIRED, "rho": "-0.9", "because": "Voorbeeld."}
    loose = run(model(one_line(**spread)), 65_536, 1)
    tied = run(model(one_line(**spread, correlations=[tie])), 65_536, 1)
    assert loose.benefits().mean() == pytest.approx(0.5, abs=1e-4)
    covariance = 0.9 * np.prod([1 / 7**0.5 * width / 2 for width in (1.0, 1.0)])
    assert tied.benefits().mean() == pytest.approx(0.5 + covariance, abs=2e-3)
