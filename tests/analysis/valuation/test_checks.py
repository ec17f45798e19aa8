"""The fixed checks: each against what it comes to by hand."""

import pytest
from valuations import outcome, small, valued

from sroi.analysis.valuation.checks import Check, worst

RANGE = {"low": 1, "best": 3, "high": 5, "because": "Voorbeeld."}
YEARS = {"basis__years": 2, "basis__discounting": {"rate": 0.03, "timing": "end_of_year"}}


def found(**changes) -> dict[str, Check]:
    """The checks of one line of 2,000 euros a year, by name; invested is 1,000 a year."""
    usual = {"outcomes__rate": 2, "proxies__value": 1000} | YEARS
    return {one.name: one for one in valued(small(**usual | changes)).checks}


def worth(rate: float, years: int, amount: float = 1000) -> float:
    """An amount at the end of every year."""
    return sum(amount / (1 + rate) ** (year + 1) for year in range(years))


def test_discount_rates_and_a_year_less():
    checks = found()
    assert checks["as_is"].net_present_value == pytest.approx(worth(0.03, 2))
    assert checks["rate_0"].net_present_value == pytest.approx(2000)
    assert checks["rate_4"].net_present_value == pytest.approx(worth(0.04, 2))
    assert checks["shorter"].net_present_value == pytest.approx(worth(0.03, 1))
    assert [one.ratio for one in checks.values()] == pytest.approx([2.0] * len(checks))


@pytest.mark.parametrize("horizon", ["cut", "count"])
def test_a_year_less_is_the_scenario_with_a_year_less(horizon):
    """Also with effects that last, and with a list by year."""
    lasting = {"outcomes__lasts": 3, "outcomes__drop_off": "20%", "basis__horizon": horizon}
    lasting |= {"activities__returning": "30%"}
    longer = found(**lasting | {"basis__years": 4, "activities__volume": [1, 2, 3, 4]})
    short = found(**lasting | {"basis__years": 3, "activities__volume": [1, 2, 3]})
    expected = short["as_is"].net_present_value
    assert longer["shorter"].net_present_value == pytest.approx(expected)


def test_harm_as_cost_keeps_the_net_value_and_moves_the_ratio():
    """4,000 less 1,000 for 2,000: 1.5; and 4,000 for 3,000."""
    scenario = small(outcomes__rate=2, proxies__value=1000, basis__years=2)
    scenario["outcomes"].append(outcome(2, rate=-0.5))
    checks = {one.name: one for one in valued(scenario).checks}
    assert checks["as_is"].ratio == pytest.approx(1.5)
    assert checks["harm_as_cost"].ratio == pytest.approx(4 / 3)
    assert checks["harm_as_cost"].net_change == pytest.approx(0)
    assert checks["harm_as_cost"].p5 == checks["as_is"].p5


def test_ranges_half_as_wide_again():
    """The band grows by a half, around the centre; a symmetric range keeps its mean."""
    checks = found(outcomes__rate=RANGE)
    usual, wide = checks["as_is"], checks["wider"]
    assert wide.net_change == pytest.approx(0, abs=0.02 * (usual.p95 - usual.p5))
    assert wide.p95 - wide.p5 == pytest.approx(1.5 * (usual.p95 - usual.p5), rel=0.02)


def test_years_that_are_drawn_together_widen_too():
    checks = found(activities__volume=[RANGE, RANGE | {"high": 9}])
    usual, wide = checks["as_is"], checks["wider"]
    assert wide.p95 - wide.p5 == pytest.approx(1.5 * (usual.p95 - usual.p5), rel=0.1)


def test_who_comes_back():
    """Of two years of effect: nobody 1 + 2 times, everybody 1 + 1; as it is a half."""
    checks = found(outcomes__lasts=2, activities__returning="50%",
                   basis__discounting={"rate": 0, "timing": "end_of_year"})  # fmt: skip
    net = {name: checks[name].net_present_value for name in checks if "rns" in name}
    assert checks["as_is"].net_present_value == pytest.approx(2000 * 2.5 - 2000)
    assert net["nobody_returns"] == pytest.approx(2000 * 3 - 2000)
    assert net["everybody_returns"] == pytest.approx(2000 * 2 - 2000)
    assert "nobody_returns" not in found()


def test_corrections_at_their_upper_ends():
    """Half and, of what is left, four fifths: 2,000 × 0.5 × 0.2. What is certain stays."""
    share = {"low": 0, "best": 0.2, "high": 0.5, "because": "Voorbeeld."}
    other = {"low": 0, "best": 0.1, "high": 0.8, "because": "Voorbeeld."}
    undiscounted = {"rate": 0, "timing": "end_of_year"}
    one = found(outcomes__deadweight=share, outcomes__attribution_to_others=other,
                basis__years=1, basis__discounting=undiscounted)  # fmt: skip
    high = one["corrections_high"]
    assert high.net_present_value == pytest.approx(200 - 1000, abs=12)
    assert high.chance == pytest.approx(0, abs=1e-12)
    assert worst(list(one.values())) == high


def test_nothing_falls_where_nothing_takes():
    """A loss that is discounted less is no gain: the worst is what makes it worse."""
    assert worst([Check("as_is", 1, 1, 1, 1, 1, 0)]) is None
