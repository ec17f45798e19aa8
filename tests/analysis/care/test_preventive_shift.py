"""People and person-years on a ladder: the worked example, one tier by hand, what always holds."""

from math import exp
from typing import Any

import numpy as np
import pytest
from care_in_memory import TIERS, one_tier, worked_example
from care_ladders import GOLDEN
from hypothesis import given, settings
from hypothesis import strategies as st
from valuations import small, valued

from sroi.analysis.care.preventive_shift import PreventiveShift, preventive_shifts

CENTRAL = GOLDEN["central"]


def shift(scenario: dict[str, Any]) -> PreventiveShift:
    """The only ladder of a scenario."""
    valuation = valued(scenario)
    (found,) = preventive_shifts(valuation.model, valuation.loaded.scenario.basis)
    return found


def close(amounts: Any, rel: float = 1e-9, abs: float = 1e-9) -> Any:
    """Equal but for the last digits."""
    return pytest.approx(amounts, rel=rel, abs=abs)


def percents(low: int, high: int) -> st.SearchStrategy[float]:
    """Fractions in whole percents, as a person writes them."""
    return st.integers(low, high).map(lambda percent: percent / 100)


def with_activity(volume: Any, **changes: Any) -> dict[str, Any]:
    """The tier by hand that belongs to an activity."""
    activity = {"id": "steun", "what": "Steun", "unit": "huishouden", "volume": volume}
    return one_tier(of="steun", **changes) | {"activities": [activity]}


def test_the_worked_example():
    """People, avoided person-years and lifetime cost; without uncertainty bands have no width."""
    found = shift(worked_example(uncertain=False))
    assert [tier.id for tier in found.tiers] == TIERS
    assert [tier.level for tier in found.tiers] == [0, 1, 2, 3, 4]
    golden = np.array(CENTRAL["avoided_person_years_by_year"]).T
    for number, tier in enumerate(found.tiers):
        start, without, with_ = tier.people
        assert start == close(GOLDEN["steady_state"][number])
        assert without == close(start)
        assert with_ == close(CENTRAL["stocks_by_quarter"][-1][number])
        for amounts in vars(tier.avoided).values():
            assert list(amounts) == close(list(golden[number]))
    assert list(found.lifetime) == close(GOLDEN["lifetime_cost_per_entrant"])
    assert found.waterbed == close(18716.147553780054 / 8706.64254960127 - 1)
    assert (found.heavy_care_rises, found.substitution, found.waiting) == (0, None, None)


def test_the_central_course_of_an_uncertain_example_is_the_certain_one():
    """Whatever the draws do."""
    found = shift(worked_example()).central
    golden = CENTRAL["avoided_person_years_by_year"]
    np.testing.assert_allclose(found.avoided_by_year[:, :, 0].T, golden, rtol=1e-9, atol=1e-9)


def test_one_tier_by_hand():
    """Twenty a year less come in, so 20 (1 - e^-t) less are there after t years."""
    light, heavy = (found := shift(one_tier())).tiers
    assert heavy.people == close((100, 100, 100 - 20 * (1 - exp(-2))))
    assert list(heavy.baseline.mean) == close([100, 100])
    assert list(heavy.avoided.mean) == close([20 * exp(-1), 20 * (1 - exp(-1) + exp(-2))])
    assert light.people == close((0, 0, 10 * (1 - exp(-4))))
    extra = [10 - 5 * (1 - exp(-2)), 10 - 5 * (exp(-2) - exp(-4))]
    assert list(light.programme.mean) == close(extra)
    assert list(light.avoided.mean) == close([-x for x in extra])
    assert list(found.lifetime) == close([50, 1000])
    assert found.waterbed == close(950 / 50)


def test_substitution_by_hand():
    """Twenty entries less for forty light trajectories, or for ten to thirty of them."""
    assert shift(with_activity(40)).substitution == close((0.5, 0.5, 0.5))
    uncertain = {"uniform": [10, 30], "because": "Voorbeeld."}
    p50, p5, p95 = shift(with_activity(uncertain)).substitution
    assert (p50, p5, p95) == close((1, 20 / 29, 20 / 11), rel=1e-3)


def test_an_activity_of_none_has_no_substitution():
    """Nothing can be said of none."""
    assert shift(with_activity(0)).substitution is None


def test_the_waiting_list_by_hand():
    """A hundred ask, sixty can be helped: forty more wait every year; and most of what is avoided
    is avoided by those sixty."""
    few = {"effect_basis": "causal", "diversion": 0.2, "capacity": {"demand": 100, "possible": 60}}
    found = shift(one_tier(intervention=few, years=3))
    assert list(found.waiting) == close([40, 80, 120])
    all_of_them = shift(one_tier(years=3)).tiers[1].avoided.mean
    assert list(found.tiers[1].avoided.mean) == close(list(0.6 * all_of_them))


def test_the_recently_closed_are_a_tier():
    """Of level 0, that costs what the lowest tier costs and may lead back to heavy care."""
    moves = {"buurt": {"exit": 1}, "zwaar": {"buurt": 1, "exit": 0.5}}
    scenario = one_tier()
    ladder = scenario["care_ladder"][0]
    ladder["tiers"][0] |= {"id": "buurt", "level": 0}
    ladder |= {"moves": moves, "relapse": 0.25}
    ladder["intervention"] = {"effect_basis": "causal", "hazard_ratio_down": 1.5}
    found = shift(scenario)
    assert [(tier.id, tier.level) for tier in found.tiers][2:] == [("recently-closed", 0)]
    # a year in the last tier leads to heavy care for a quarter of it, and else to the first tier
    buurt, zwaar, recent = found.lifetime
    assert buurt == close(100)
    assert recent == close(100 + 0.25 * zwaar + 0.75 * buurt)  # a year at the lowest price
    assert zwaar == close((1000 + recent) / 1.5)
    assert found.waterbed is None


def test_light_support_that_costs_nothing_has_no_waterbed():
    """However many come for it, the gain of a diversion stays."""
    scenario = one_tier()
    scenario["care_ladder"][0]["tiers"][0]["cost"] = 0
    found = shift(scenario)
    assert found.waterbed is None
    assert list(found.lifetime) == close([0, 1000])


def test_people_at_the_start_may_be_stated():
    """Without the programme they go to the steady state."""
    _, heavy = shift(one_tier(start={"licht": 10, "zwaar": 60}, years=2)).tiers
    assert heavy.people[:2] == close((60, 100 - 40 * exp(-2)))


def test_a_programme_that_widens_the_net_raises_heavy_care_in_every_draw():
    """And one that might goes wrong in a part of them."""
    wider = {"effect_basis": "causal", "net_widening": 0.1, "needs_heavy_care": 1}
    assert shift(one_tier(intervention=wider)).heavy_care_rises == 1
    wider["net_widening"] = {"uniform": [0, 0.2], "because": "Voorbeeld."}
    half = shift(one_tier(intervention=wider | {"diversion": 0.1}))
    assert half.heavy_care_rises == close(0.5, abs=0.01)


def test_a_scenario_without_a_ladder_has_none():
    """Nothing is drawn for it."""
    valuation = valued(small())
    assert preventive_shifts(valuation.model, valuation.loaded.scenario.basis) == []


@given(percents(80, 130), percents(80, 130), percents(0, 30), percents(0, 20), st.booleans())
@settings(max_examples=12, deadline=None)
def test_what_always_holds(up, down, diversion, wider, uncertain):
    """Without less with is avoided; bands are in order; people are those of the last year."""
    scenario = worked_example(uncertain=False, HRup=up, HRdown=down, div=diversion, nu=wider)
    if uncertain:
        effects = scenario["care_ladder"][0]["intervention"]
        effects["hazard_ratio_up"] = {"lognormal": {"median": up, "sd_log": 0.1}}
    found = shift(scenario)
    assert 0 <= found.heavy_care_rises <= 1
    for tier in found.tiers:
        less = tier.baseline.mean - tier.programme.mean
        assert list(tier.avoided.mean) == close(list(less), abs=1e-7)
        for band in (tier.baseline, tier.programme, tier.avoided):
            assert (band.p5 <= band.p95 + 1e-9).all()
            assert len(band.mean) == 10
        assert min(tier.people) >= 0
    heavy = sum(tier.avoided.mean.sum() for tier in found.tiers if tier.level >= 2)
    if not uncertain and abs(heavy) > 1e-6:
        assert found.heavy_care_rises == (heavy < 0)
