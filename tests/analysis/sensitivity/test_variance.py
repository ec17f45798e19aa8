"""Sobol's indices: against functions whose indices are known, and what cannot be told."""

import numpy as np
import pytest
from known_functions import (
    G_NAMES,
    PATH,
    A,
    g_function,
    g_indices,
    ishigami,
    ishigami_indices,
    scenario,
)
from valuations import RANGE, small, valued

import sroi.analysis.sensitivity.variance as module
from sroi.analysis.result.question import question
from sroi.analysis.sensitivity.given_data import given_data
from sroi.analysis.sensitivity.variance import (
    CLOSE,
    SIZE,
    Indices,
    _points,
    sobol,
    variance,
)


def assert_near(found: Indices, names, firsts, totals):
    """Within three times half of the 95 % interval."""
    by_name = {one.name: one for one in found.indices}
    assert sorted(by_name) == sorted(names)
    for name, first, total in zip(names, firsts, totals, strict=True):
        one = by_name[name]
        assert abs(one.first - first) <= 3 * one.first_error + 1e-4, name
        assert abs(one.total - total) <= 3 * one.total_error + 1e-4, name


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_ishigami(seed):
    """With a quantity that does nothing by itself and much with another."""
    names = ["x1", "x2", "x3"]
    found = sobol(ishigami, names, names, 1024, seed, most=1024)
    assert (found.size, found.runs) == (1024, 5 * 1024)
    assert_near(found, names, *ishigami_indices())
    assert [one.name for one in found.indices] == ["x1", "x2", "x3"]
    assert all(one.moves and one.first_error < 0.1 for one in found.indices)


def test_the_g_function():
    """Eight quantities from large to nothing, in the right order where it can be told."""
    found = sobol(g_function, G_NAMES, G_NAMES)
    assert_near(found, G_NAMES, *g_indices([[row] for row in range(len(A))]))
    assert [one.name for one in found.indices][:4] == G_NAMES[:4]


def test_groups_of_the_g_function():
    """What a group does together is more than the sum of what its members do."""
    groups = ["large", "small", "large", "small", "none", "none", "none", "none"]
    found = sobol(g_function, G_NAMES, groups, most=SIZE)
    assert found.runs == 5 * found.size
    rows = [[0, 2], [1, 3], [4, 5, 6, 7]]
    assert_near(found, ["large", "small", "none"], *g_indices(rows))


def test_one_group_has_it_all():
    """Which SALib cannot reckon."""
    found = sobol(g_function, G_NAMES, ["all"] * len(A))
    (one,) = found.indices
    assert one.name == "all"
    assert abs(one.first - 1) <= 3 * one.first_error
    assert abs(one.total - 1) <= 3 * one.total_error


def test_points_lie_inside():
    """Never at 0, which has no quantile; A first, and B last."""
    shapes = []

    def watched(unit):
        shapes.append(unit.shape)
        assert unit.min() > 0
        assert unit.max() < 1
        return ishigami(unit)

    names = ["x1", "x2", "x3"]
    assert sobol(watched, names, names, 64, most=64).indices
    assert shapes == [(3, 64)] * 5


@pytest.mark.parametrize("groups", [["x1", "x2", "x3"], ["a", "b", "a"]])
@pytest.mark.parametrize("seed", [0, 7])
def test_estimates_are_those_of_salib(groups, seed):
    """The same numbers from the same results, up to rounding; errors are our own."""
    from SALib.analyze import sobol as estimates

    problem = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[0.0, 1.0]] * 3}
    if len(set(groups)) < 3:
        problem["groups"] = groups
    results = []

    def watched(unit):
        results.append(ishigami(unit))
        return results[-1]

    found = sobol(watched, problem["names"], groups, 128, seed, most=128)
    *changed, a, b = results
    rows = np.column_stack([a, *changed, b]).ravel()
    theirs = estimates.analyze(problem, rows, calc_second_order=False, seed=1)
    ours = {one.name: one for one in found.indices}
    for row, name in enumerate(dict.fromkeys(groups)):
        expected = [theirs[key][row] for key in ("S1", "ST")]
        assert [ours[name].first, ours[name].total] == pytest.approx(expected, rel=1e-10, abs=1e-12)


def test_intervals_hold_what_they_say():
    """Of 95 % intervals about 95 in 100 hold the truth; with bootstraps nearly all did."""
    firsts, totals = ishigami_indices()
    names, inside = ["x1", "x2", "x3"], []
    for seed in range(60):
        found = {x.name: x for x in sobol(ishigami, names, names, 512, seed, most=512).indices}
        for name, first, total in zip(names, firsts, totals, strict=True):
            one = found[name]
            inside.append(abs(one.first - first) <= one.first_error)
            inside.append(abs(one.total - total) <= one.total_error)
    assert 0.90 <= np.mean(inside) <= 0.99


def test_more_points_where_an_index_is_not_known_closely():
    """Twice as many each time, and only for what needs them; nothing is reckoned twice."""
    points = []

    def watched(unit):
        points.append(unit.shape[1])
        return ishigami(unit)

    names = ["x1", "x2", "x3"]
    found = sobol(watched, names, names, 64, 1, most=16_384)
    assert found.size > 64
    assert sum(points) == found.runs < 5 * found.size
    assert points[:5] == [64] * 5
    assert set(points[5:]) == {64 * 2**n for n in range(len(set(points[5:])))}
    assert all(max(one.first_error, one.total_error) <= CLOSE for one in found.indices)
    assert_near(found, names, *ishigami_indices())


def test_more_points_are_the_ones_that_more_would_have_been():
    """Taken in steps or at once: the same points, so the same shares where all take them."""
    steps = [unit for start, stop in ((0, 4), (4, 8)) for unit in _points(start, stop, 3, 5)]
    whole = _points(0, 8, 3, 5)
    for first, second, both in zip(steps[:2], steps[2:], whole, strict=True):
        joined = np.concatenate([first.reshape(3, 16, 4), second.reshape(3, 16, 4)], axis=2)
        assert np.array_equal(joined, both.reshape(3, 16, 8))


def test_what_does_nothing_is_said_to_do_nothing():
    """Its indices are 0, and it is told apart from what does almost nothing."""
    names = ["much", "little", "nothing"]
    found = sobol(lambda u: 1e6 + u[0] + 1e-4 * u[1] + 1e-12 * u[2], names, names, 64)
    moves = {one.name: one.moves for one in found.indices}
    assert moves == {"much": True, "little": True, "nothing": False}
    assert found.indices[-1].name == "nothing"


@pytest.mark.parametrize("value", [0.0, 3.0, 1e9, np.inf, np.nan])
def test_a_result_that_does_not_vary_or_is_no_number(value):
    """There is nothing to divide, and no 0/0; differences by rounding do not count."""
    found = sobol(lambda u: value * (1 + 1e-15 * u[0]), ["x"], ["x"], 64)
    assert found == Indices(64, 192, None)


def test_one_result_that_is_no_number_is_enough():
    """A ratio to an investment of nothing in a single draw."""
    names = ["x", "y"]
    found = sobol(lambda u: np.where(u[0] == u[0].max(), np.inf, u[0]), names, names, 64)
    assert found.indices is None


@pytest.mark.parametrize("size", [0, 16, 100, 1023])
def test_sizes_are_powers_of_two(size):
    """Anything else would spoil the points."""
    with pytest.raises(ValueError, match="power of two"):
        sobol(ishigami, ["x1", "x2", "x3"], ["x1", "x2", "x3"], size)


def test_a_design_that_would_be_too_large_is_made_smaller(monkeypatch):
    """And the answer says how many points there were."""
    names = ["x1", "x2", "x3"]
    monkeypatch.setattr(module, "MOST_NUMBERS", 3 * 5 * 300)
    found = sobol(ishigami, names, names, 1024, most=1024)
    assert (found.size, found.runs) == (256, 1280)


# Of a scenario


def test_a_product_by_hand():
    """Rate × (1 - deadweight) × price: Π (1 + cv²) - 1 in all, cv² or its total in parts."""
    model, basis = scenario()
    found = variance(question(model), basis)
    names = model.quantities.uncertain
    squares = []
    for path in names:
        d = model.quantities.distributions[path]
        mean = 1 - d.mean if path.endswith("deadweight") else d.mean
        squares.append(0.0 if "verandering-2" in path else d.variance / mean**2)
    own = np.array(squares)
    whole = np.prod(1 + own) - 1
    totals = own * np.prod(1 + own) / (1 + own)
    assert_near(found, names, own / whole, totals / whole)
    last = found.indices[-1]
    assert (last.name, last.moves) == ("outcomes.verandering-2.deadweight", False)
    assert (last.first, last.total) == (0, 0)
    assert found.independent


def test_the_ratio_has_the_indices_of_the_balance_where_investment_is_certain():
    """Only scale and place differ."""
    model, basis = scenario()
    society, ratio = (variance(question(model, name), basis, 256) for name in ("society", "ratio"))
    for one, other in zip(society.indices, ratio.indices, strict=True):
        assert one.name == other.name
        assert one.total == pytest.approx(other.total, rel=1e-9)


def test_themes_of_a_scenario():
    """The largest first; a theme with one quantity has the indices of that quantity."""
    model, basis = scenario()
    found = variance(question(model), basis, themes=True, most=SIZE)
    assert [one.name for one in found.indices] == ["effects", "corrections", "prices"]
    assert found.runs == 5 * found.size
    alone = {one.name: one for one in variance(question(model), basis).indices}
    assert found.indices[0].total == pytest.approx(alone[f"{PATH}.rate"].total, abs=0.05)


def test_correlations_are_left_out_and_that_is_said():
    """The indices are those of the same scenario without them."""
    (tied, basis), (free, _) = scenario(rho=0.8), scenario()
    assert tied.quantities.copula.rows
    found, alone = (variance(question(model), basis, 256) for model in (tied, free))
    assert found.indices == alone.indices
    assert (found.independent, alone.independent) == (False, True)


@pytest.mark.parametrize("seed", [0, 1, 2**32])
def test_the_same_seed_gives_the_same_indices(seed):
    """Seed 0 as well, errors and all; another seed gives others."""
    model, _ = scenario()
    bases = [scenario(basis__seed=n)[1] for n in (seed, seed, 7)]
    first, again, other = (variance(question(model), basis, 64, most=64) for basis in bases)
    assert first == again
    assert first != other


def test_a_scenario_in_which_all_is_certain():
    """There is nothing to share out, and nothing is run."""
    valuation = valued(small())
    found = variance(question(valuation.model), valuation.loaded.scenario.basis)
    assert (found.runs, found.indices) == (0, None)


def test_a_payer_whom_nothing_touches():
    """Its balance is the same in every draw: no indices, in either way."""
    made = small(proxies__payers={"zorgverzekeraar": "100%"}, outcomes__rate=RANGE)
    valuation = valued(made)
    asked = question(valuation.model, "gemeente")
    basis = valuation.loaded.scenario.basis
    assert variance(asked, basis, 64).indices is None
    assert variance(asked, basis, 64, themes=True).indices is None
    assert given_data(asked, basis).measures is None
