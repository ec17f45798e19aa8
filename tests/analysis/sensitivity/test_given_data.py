"""Measures from draws that are there: against scipy, SALib, known shares, and by hand."""

import numpy as np
import pytest
from known_functions import (
    DEADWEIGHT,
    G_NAMES,
    PATH,
    A,
    g_function,
    g_indices,
    ishigami,
    ishigami_indices,
    scenario,
    unit,
)
from scipy.special import ndtri
from scipy.stats import spearmanr
from valuations import RANGE, small, valued

from sroi.analysis.result.question import question
from sroi.analysis.sensitivity.given_data import FEW, explained, given_data, measures, varies
from sroi.analysis.sensitivity.variance import variance


def drawn(u, names):
    """Points as draws by name."""
    return dict(zip(names, u, strict=True))


def by_name(found):
    """The measures by name."""
    return {one.name: one for one in found.measures}


def test_ishigami():
    """Shares as by integration, within four errors and what a spline in 8 pieces misses."""
    u = unit(3)
    found = measures(drawn(u, ["x1", "x2", "x3"]), ishigami(u))
    assert [one.name for one in found.measures] == ["x2", "x1", "x3"]
    one = by_name(found)
    for name, share in zip(one, ishigami_indices()[0][[1, 0, 2]], strict=True):
        assert abs(one[name].share - share) <= 4 * one[name].error + 0.002
    # PAWN sees that x3 spreads the result, which no share and no rank does
    assert one["x2"].pawn > one["x1"].pawn > one["x3"].pawn > 2 * found.noise
    assert abs(one["x3"].rank_correlation) < 0.01
    assert one["x1"].rank_correlation > 0.3


def test_the_g_function():
    """Shares as by integration, and the order of those that do something."""
    u = unit(len(A))
    found = measures(drawn(u, G_NAMES), g_function(u))
    shares = g_indices([[row] for row in range(len(A))])[0]
    for one in found.measures:
        share = shares[G_NAMES.index(one.name)]
        assert abs(one.share - share) <= 4 * one.error + 0.01 * share
    assert [one.name for one in found.measures[:3]] == G_NAMES[:3]
    pawns = [by_name(found)[name].pawn for name in G_NAMES]
    assert pawns[0] > pawns[1] > pawns[2] > max(pawns[4:])


def test_a_weighted_sum():
    """All three measures order the inputs, and the ranks say which way."""
    weights = np.array([4.0, -2.0, 1.0, 0.0])
    u = unit(4)
    found = measures(drawn(u, "abcd"), weights @ u)
    assert [one.name for one in found.measures] == ["a", "b", "c", "d"]
    assert [one.share for one in found.measures] == pytest.approx(weights**2 / 21, abs=1e-3)
    pawns = [one.pawn for one in found.measures]
    assert pawns == sorted(pawns, reverse=True)
    signs = [one.rank_correlation for one in found.measures]
    assert signs[0] > 0.8
    assert -0.5 < signs[1] < -0.4
    assert abs(signs[3]) < 0.01


def test_spearman_is_that_of_scipy():
    """Also where values are equal."""
    rng = np.random.default_rng(1)
    for x in (rng.random(1600), rng.integers(0, 3, 1600) * 1.0):
        y = np.round(x + rng.random(1600), 2)
        (one,) = measures({"x": x}, y).measures
        assert one.rank_correlation == pytest.approx(spearmanr(x, y).statistic, abs=1e-12)


def test_what_has_nothing_to_do_with_it():
    """A share of 0 within its error, a PAWN about the noise, and no rank correlation."""
    for seed in range(3):
        u = unit(2, seed, "plain")
        found = measures({"x": u[0]}, ndtri(u[1]))
        (one,) = found.measures
        assert abs(one.share) < 4 * one.error + 1e-3
        assert 0.7 * found.noise < one.pawn < 1.5 * found.noise
        assert abs(one.rank_correlation) < 0.05


def test_what_goes_with_it():
    """A quantity that does nothing but moves with one that does: rho² of the variance."""
    u = unit(2)
    z = ndtri(u)
    friend = 0.6 * z[0] + 0.8 * z[1]
    share, error = explained(friend, z[0])
    assert abs(share - 0.36) < 4 * error + 1e-3


@pytest.mark.parametrize(
    "results",
    [
        np.ones(160),
        1e9 * (1 + 1e-15 * np.arange(160)),
        np.full(160, np.nan),
        np.r_[np.inf, np.arange(159)],
    ],
)
def test_results_that_do_not_vary_or_are_no_numbers(results):
    """No measures, and no 0/0."""
    assert not varies(results)
    assert measures({"x": np.arange(160.0)}, results).measures is None


def test_a_quantity_that_is_the_same_in_every_draw():
    """As one that a correction cut to nothing: it explains nothing."""
    (one,) = measures({"x": np.zeros(160)}, np.arange(160) % 7.0).measures
    assert (one.rank_correlation, one.pawn, one.s1, one.delta) == (0, 0, 0, None)
    assert abs(one.share) < 0.05


def test_what_salib_adds():
    """Delta of the few with the largest PAWN; the first order by RBD-FAST is about the share."""
    u = unit(12)
    found = measures(drawn(u, "abcdefghijkl"), np.arange(12.0) @ u)
    assert sum(one.delta is not None for one in found.measures) == FEW
    assert all(one.delta for one in found.measures[:6])
    for one in found.measures:
        assert one.s1 == pytest.approx(one.share, abs=5e-3)


# Of a scenario


def test_shares_of_a_scenario_are_those_of_sobol():
    """Where quantities are independent, within the intervals."""
    model, basis = scenario()
    found = by_name(given_data(question(model), basis))
    for one in variance(question(model), basis).indices:
        assert abs(found[one.name].share - one.first) <= 3 * one.first_error + 1e-3
    assert found[f"{PATH}.rate"].rank_correlation > 0.5
    assert found[f"{PATH}.deadweight"].rank_correlation < -0.3


def test_correlations_count():
    """Deadweight that rises with the rate takes away from what the rate shows."""
    shares = []
    for rho in (0, 0.8):
        model, basis = scenario(rho=rho)
        shares.append(by_name(given_data(question(model), basis))[f"{PATH}.deadweight"])
    assert shares[0].rank_correlation < -0.3
    assert shares[1].rank_correlation > 0.1


def test_the_same_seed_gives_the_same_measures():
    """Seed 0 as well."""
    bases = [scenario(basis__seed=seed)[1] for seed in (0, 0, 1)]
    asked = question(scenario()[0], "ratio")
    first, again, other = (given_data(asked, basis, 64) for basis in bases)
    assert first == again
    assert first != other
    assert first.draws == 1024


def test_a_scenario_in_which_all_is_certain():
    """There is nothing to measure."""
    valuation = valued(small())
    assert given_data(question(valuation.model), valuation.loaded.scenario.basis).measures is None


def test_a_quantity_without_a_price_explains_nothing():
    """It is uncertain, and no result depends on it."""
    made = small(outcomes__rate=RANGE, outcomes__deadweight=DEADWEIGHT)
    line = {k: v for k, v in made["outcomes"][0].items() if k not in ("proxy", "lasts")}
    for correction in ("deadweight", "displacement", "attribution_to_others", "effect_basis"):
        line.pop(correction)
    made["outcomes"].append(line | {"id": "los", "value": "none", "because": "Voorbeeld.",
                                    "unit": "bewoner", "rate": RANGE})  # fmt: skip
    valuation = valued(made)
    found = given_data(question(valuation.model), valuation.loaded.scenario.basis)
    assert abs(by_name(found)["outcomes.los.rate"].share) < 0.005
