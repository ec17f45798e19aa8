"""What is not in euros: units by hand, chances by brute force, and published costs per QALY."""

import math
from typing import Any

import numpy as np
import pytest
from care_in_memory import hiv, sick_sicker
from hypothesis import given
from hypothesis import strategies as st
from models_in_memory import Record
from numpy.typing import NDArray
from valuations import LIBRARY, RANGE, example, outcome, small, valued

from sroi.analysis.care.cohorts import comparisons
from sroi.analysis.sensitivity.acceptability import DECENT, Worth, turns, worths
from sroi.analysis.valuation.valuation import Valuation
from sroi.model.flows.results import purse

Array = NDArray[np.float64]
UNSURE = {"low": -1, "best": 1, "high": 4, "because": "Voorbeeld."}
DRAWS = st.lists(st.tuples(st.integers(-50, 50), st.integers(-5, 5)), min_size=1, max_size=40).map(
    lambda pairs: tuple(np.array(column, dtype=float) for column in zip(*pairs, strict=True))
)


def free(number: int = 2, **changes: Any) -> Record:
    """An outcome without a price and without corrections."""
    line = outcome(number, value="none", because="Geen prijs.")
    for name in ("proxy", "deadweight", "displacement", "attribution_to_others"):
        del line[name]
    return line | changes


def with_free(*lines: Record, **changes: Any) -> Record:
    """The small scenario with outcomes without a price."""
    scenario = small(**changes)
    scenario["outcomes"] += lines
    return scenario


def found(valuation: Valuation, *whose: Any) -> list[Worth]:
    """Of a scenario that was valued."""
    loaded = valuation.loaded
    return worths(valuation.model, loaded.scenario, loaded.library, valuation.drawn, *whose)


# ---------------------------------------------------------------------------------------------
# Units


def test_units_by_hand():
    """10 × ½ with four fifths that are ours, two years of which the second half as much, 3 %."""
    line = free(
        rate=0.5,
        deadweight={"value": 0.2, "because": "Voorbeeld."},
        lasts=2,
        drop_off={"value": 0.5, "because": "Voorbeeld."},
    )
    terms = {"rate": 0.03, "timing": "end_of_year"}
    scenario = with_free(line, activities__volume=[10, 5], basis__years=2, basis__discounting=terms)
    (worth,) = found(valued(scenario))
    units = 4 / 1.03 + (2 + 2) / 1.03**2
    assert (worth.path, worth.more_is_better) == ("outcomes.verandering-2", True)
    assert worth.units.mean == pytest.approx(units, rel=1e-12)
    lacking = -float(valued(scenario).drawn.balance().mean())
    assert worth.break_even == (pytest.approx(lacking / units), pytest.approx(0, abs=1e-9))


def test_what_comes_after_the_horizon():
    """Counts where the scenario counts it, also where nothing in euros lasts as long."""
    line = free(lasts=3, starts=2)
    for horizon, units in (("cut", 1), ("count", 6)):
        scenario = with_free(line, basis__years=2, basis__horizon=horizon)
        (worth,) = found(valued(scenario))
        assert worth.units.mean == pytest.approx(units)


@pytest.mark.parametrize("sampling", ["sobol", "latin-hypercube", "plain"])
def test_units_are_what_the_outcome_would_bring_at_a_price_of_one(sampling):
    """In every draw: of the same quantities, from the same points."""
    line = {"rate": RANGE, "lasts": 2.5, "effect_basis": "gross",
            "deadweight": {"low": 0.1, "best": 0.2, "high": 0.6, "because": "Voorbeeld."},
            "displacement": {"value": 0.1, "because": "Voorbeeld."},
            "attribution_to_others": {"value": 0.3, "because": "Voorbeeld."},
            "drop_off": {"uniform": [0.1, 0.4], "because": "Voorbeeld."}}  # fmt: skip
    settings = {"basis__years": 3, "basis__sampling": sampling, "outcomes__rate": RANGE}
    settings["activities__volume"] = {"low": 1, "best": 2, "high": 9, "because": "Voorbeeld."}
    priced, unpriced = small(**settings), with_free(free() | line, **settings)
    priced["outcomes"].append(outcome(2, **line))
    without = valued(unpriced)
    (worth,) = found(without)
    drawn = valued(priced).drawn
    units = drawn.present[drawn.rows("outcomes", ["verandering-2"])[0]]
    assert worth.units == drawn.estimate(units)
    again = turns(without.drawn.balance(), units)
    assert np.array_equal(worth.chance, again.chance(worth.worth))


def test_optimism_bias_takes_from_units_as_well():
    """A gain by guess counts for less, a loss in full."""
    for rate, units in ((1, 0.6), (-1, -1)):
        line = free(rate={"value": rate, "because": "Voorbeeld.", "evidence": 6})
        scenario = with_free(line, basis__optimism_bias="by_evidence")
        scenario["outcomes"][0]["rate"] = {"value": 1, "because": "x", "evidence": 1}
        assert found(valued(scenario))[0].units.mean == pytest.approx(units)


def test_where_everything_has_a_price_there_is_nothing_to_ask():
    assert found(valued(small(outcomes__rate=RANGE))) == []


# ---------------------------------------------------------------------------------------------
# Chances


@given(DRAWS, st.lists(st.integers(0, 60).map(lambda x: x + 0.123), min_size=1))
def test_chances_are_those_of_counting(draws, grid):
    """Balances and units of either sign, and zero."""
    balance, units = draws
    turned = turns(balance, units)
    counted = [float((balance + x * units > 0).mean()) for x in (0.0, *grid)]
    assert turned.chance(np.array([0.0, *grid])).tolist() == counted


@given(DRAWS, st.sampled_from([0.5, 0.9]), st.booleans())
def test_a_level_is_passed_where_counting_says(draws, level, rises):
    """Of all places where a draw turns the first beyond which it is there, or no longer."""
    balance, units = draws
    turned = turns(balance, units)

    def passed(worth: float) -> bool:
        return bool((balance + worth * units > 0).mean() >= level) == rises

    places = np.concatenate([turned.on, turned.off])
    beyond = [x for x in np.sort(places[places >= 0]) if passed(x + 1e-7)]
    expected = beyond[0] if beyond else None
    if passed(0.0):
        expected = 0.0 if rises else None
    assert turned.passes(level, rises) == expected


def test_more_is_better():
    """Four draws with one unit each: the balance turns at 1, 2, 3 and 4."""
    turned = turns(-np.array([3.0, 1.0, 4.0, 2.0]), np.ones(4))
    assert turned.chance(np.array([0.0, 1.0, 1.5, 4.0, 4.1])).tolist() == [0, 0, 0.25, 0.75, 1]
    assert (turned.passes(0.5, True), turned.passes(0.9, True)) == (2, 4)


def test_more_is_worse():
    """The chance falls: it holds 90 percent up to 1, and 50 percent up to 3."""
    turned = turns(np.array([3.0, 1.0, 4.0, 2.0]), -np.ones(4))
    assert turned.chance(np.array([0.0, 1.0, 1.5, 4.0, 4.1])).tolist() == [1, 0.75, 0.75, 0, 0]
    assert (turned.passes(0.5, False), turned.passes(0.9, False)) == (3, 1)


def test_what_never_comes():
    """A balance that is lost whatever it is worth, and one that is good without."""
    hopeless = turns(np.array([-1.0, -1.0]), np.array([0.0, -1.0]))
    assert [hopeless.passes(0.5, rises) for rises in (True, False)] == [None, None]
    good = turns(np.array([1.0, 1.0]), np.array([0.0, 1.0]))
    assert (good.passes(0.9, True), good.passes(0.9, False)) == (0, None)
    assert good.grid().tolist() == [0]


@given(st.lists(st.floats(1e-3, 1e9), min_size=1, max_size=50))
def test_the_grid_has_decent_steps(places):
    """From zero, at most twenty equal steps of 1, 2, 2½ or 5, and nearly all draws turn in it."""
    balance = -np.array(places)
    turned = turns(balance, np.ones(len(places)))
    grid = turned.grid()
    step = grid[1]
    assert grid[0] == 0
    assert 2 <= len(grid) <= 22
    assert np.diff(grid) == pytest.approx(np.full(len(grid) - 1, step))
    lead = step / 10.0 ** math.floor(math.log10(step) + 1e-9)
    assert any(lead == pytest.approx(decent) for decent in DECENT)
    assert grid[-1] >= np.quantile(places, 0.95) * (1 - 1e-9)


# ---------------------------------------------------------------------------------------------
# Whole scenarios


def test_a_loss_has_a_worth_up_to_which_it_holds():
    """A balance of about 2 in euros against one unit of harm."""
    scenario = with_free(
        free(rate=-1),
        investment__per_year=1,
        outcomes__rate={"uniform": [2, 4], "because": "Voorbeeld."},
        basis__draws=4096,
    )
    (worth,) = found(valued(scenario))
    assert not worth.more_is_better
    assert (worth.chance[0], worth.plateau) == (1, 0)
    assert worth.break_even is not None
    euros, error = worth.break_even
    assert 0 < error < 1e-3
    assert euros == pytest.approx(2, abs=4 * error)
    assert worth.reaches == {0.5: pytest.approx(2, abs=0.01), 0.9: pytest.approx(1.2, abs=0.01)}
    assert np.all(np.diff(worth.chance) <= 0)


def test_units_that_may_be_fewer_or_more():
    """The chance comes to where the units are more, and no higher."""
    scenario = with_free(free(rate=UNSURE), outcomes__rate=RANGE, basis__draws=4096)
    valuation = valued(scenario)
    (worth,) = found(valuation)
    more = valuation.model.quantities.distributions["outcomes.verandering-2.rate"]
    rates = more.ppf((np.arange(10_000) + 0.5) / 10_000)
    assert worth.plateau == pytest.approx((rates > 0).mean(), abs=0.003)
    assert worth.chance[-1] == pytest.approx(worth.plateau, abs=0.06)
    assert worth.reaches[0.9] is None or worth.plateau >= 0.9


def test_for_one_payer():
    """The purse of the health insurer, which pays nothing, is never short."""
    scenario = with_free(free())
    (worth,) = found(valued(scenario), purse("zorgverzekeraar"))
    assert (worth.chance.tolist(), worth.break_even, worth.reaches[0.9]) == ([1], None, 0)


def test_the_shipped_example():
    """The chance without is that of the report; more worth never makes it smaller."""
    valuation = example()
    balance = valuation.drawn.balance()
    lines = found(valuation)
    assert [one.path for one in lines] == [
        f"outcomes.{one.id}" for one in valuation.loaded.scenario.outcomes if not one.in_euros
    ]
    for one in lines:
        assert one.chance[0] == (balance > 0).mean()
        assert np.all(np.diff(one.chance) >= 0)
        assert one.reaches[0.9] is not None


def test_the_break_even_of_a_published_model():
    """Sick-Sicker has its cost per QALY; with it the chance goes from 0 to 1."""
    valuation = valued(sick_sicker())
    (worth,) = found(valuation)
    published = comparisons(valuation.model)[0].cost_per("qaly")
    assert published is not None
    published = published.mean
    assert worth.path == "cohorts.sick-sicker.qaly"
    assert worth.break_even == (pytest.approx(published), pytest.approx(0, abs=1e-6))
    assert worth.reaches[0.5] == pytest.approx(published)
    assert set(worth.chance) == {0, 1}


def test_the_uncertainty_of_a_published_model():
    """Chancellor (1997) with counted moves: brute force over the same draws, effect by effect."""
    valuation = valued(hiv(counted=True))
    (worth,) = found(valuation)
    central = comparisons(valuation.model)[0]
    (effect,) = central.effects
    assert worth.units.p5 < central.extra(effect)[0] < worth.units.p95
    assert worth.break_even is not None
    euros, error = worth.break_even
    assert euros == pytest.approx(-float(valuation.drawn.balance().mean()) / worth.units.mean)
    assert 0 < error < 0.01 * euros
    price = valuation.cohorts[0].cost_per(effect)
    assert price is not None
    assert price.mean == pytest.approx(euros)
    assert price.standard_error == pytest.approx(error, rel=0.1)
    assert worth.reaches[0.5] == pytest.approx(euros, rel=0.05)


def test_effects_follow_the_draws_of_the_run():
    """Life-years and a cost of 1 a year in the same states: in every draw one is minus the other.

    So at one euro for a life-year the balance is zero in every draw, and above that it is good.
    """
    scenario = hiv(counted=True)
    scenario["basis"] |= {"discounting": {"rate": 0, "timing": "end_of_year"}, "draws": 256}
    care, drug = scenario["cohorts"][0]["costs"]
    care["per_cycle"] = dict.fromkeys(care["per_cycle"], 1)
    scenario["cohorts"][0]["costs"] = [care]
    assert "with_programme" in drug
    (worth,) = found(valued(scenario))
    assert worth.units.p95 > worth.units.p5
    assert worth.break_even == (pytest.approx(1), pytest.approx(0, abs=1e-9))
    assert worth.reaches == {0.5: pytest.approx(1), 0.9: pytest.approx(1)}


def test_nothing_is_added_to_the_results():
    """The library and the results are as they were."""
    valuation = valued(with_free(free(rate=RANGE)))
    before = valuation.drawn.present.copy()
    found(valuation)
    assert np.array_equal(valuation.drawn.present, before)
    assert valuation.loaded.library.proxies.keys() >= LIBRARY.proxies.keys()
