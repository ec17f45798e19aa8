"""One assumption at a time: what it does to the result, the others at their centre."""

import pytest
from valuations import RANGE, example, outcome, small, valued

from sroi.analysis.one_at_a_time import swings
from sroi.model.engine import central


def test_a_swing_is_two_central_runs():
    """At the low end and at the high end of the assumption, of which the centre lies between."""
    model = example().model
    for swing in swings(model)[:5]:
        assert swing.low < model.quantities.distributions[swing.path].centre < swing.high
        at = [float(central(model, {swing.path: x}).balance()[0]) for x in (swing.low, swing.high)]
        assert [swing.at_low, swing.at_high] == pytest.approx(at, rel=1e-9)
        assert swing.width == abs(swing.at_high - swing.at_low)


def test_the_largest_swing_comes_first():
    """Of every assumption that is uncertain, each once."""
    found = swings(example().model)
    widths = [swing.width for swing in found]
    assert widths == sorted(widths, reverse=True)
    assert sorted(swing.path for swing in found) == sorted(example().model.quantities.uncertain)


def test_a_swing_worked_out_by_hand():
    """A uniform rate from 0 to 10 at 100 euros, against 400 that is paid."""
    uniform = {"uniform": [0, 10], "because": "Voorbeeld."}
    model = valued(
        small(outcomes__rate=uniform, proxies__value=100, investment__per_year=400)
    ).model
    (swing,) = swings(model)
    assert swing.path == "outcomes.verandering.rate"
    assert (swing.low, swing.high) == (pytest.approx(1), pytest.approx(9))
    assert (swing.at_low, swing.at_high) == (pytest.approx(-300), pytest.approx(500))


def test_what_lowers_the_result_swings_down():
    """More deadweight is less benefit: the low end stands higher."""
    deadweight = {"low": 0, "best": 0.2, "high": 0.6, "because": "Voorbeeld."}
    (swing,) = swings(valued(small(outcomes__deadweight=deadweight)).model)
    assert swing.at_low > swing.at_high
    assert swing.width > 0


def test_where_all_is_certain_nothing_swings():
    """The list is empty."""
    assert swings(valued(small()).model) == []


def test_an_assumption_that_does_nothing_has_a_width_of_zero():
    """It stands last."""
    scenario = small(outcomes__rate=RANGE)
    scenario["outcomes"].append(outcome(2, rate=0, deadweight=RANGE | {"high": 1, "best": 0.9}))
    last = swings(valued(scenario).model)[-1]
    assert (last.path, last.width) == ("outcomes.verandering-2.deadweight", 0)
