"""One assumption at a time: what it does to a result, the others at their centre or varying."""

import numpy as np
import pytest
from care_in_memory import worked_example
from valuations import RANGE, example, outcome, small, valued

from sroi.analysis.result.draws import some_draws
from sroi.analysis.result.question import question
from sroi.analysis.sensitivity.one_at_a_time import (
    Answers,
    ConditionalSwing,
    conditional_swings,
    swings,
    with_one_changed,
)
from sroi.analysis.valuation.valuation import Valuation
from sroi.model.flows.engine import central
from sroi.model.uncertain.sampling import REPLICATES

RATE = "outcomes.verandering.rate"
UNIFORM = {"uniform": [0, 10], "because": "Voorbeeld."}


def by_hand() -> Valuation:
    """A uniform rate from 0 to 10 at 100 euros, against 400 that is paid."""
    return valued(small(outcomes__rate=UNIFORM, proxies__value=100, investment__per_year=400))


def conditional(
    valuation: Valuation, name: str = "society", each: int = 256
) -> dict[str, ConditionalSwing]:
    """Conditional swings of a valuation, by path."""
    values = some_draws(valuation.model, valuation.loaded.scenario.basis, each)
    return {s.path: s for s in conditional_swings(question(valuation.model, name), values)}


@pytest.mark.parametrize("name", ["society", "ratio", "gemeente", "gemeente:hard"])
def test_a_swing_is_two_central_runs(name):
    """At the low end and at the high end of the assumption, of which the centre lies between."""
    asked = question(example().model, name)
    for swing in swings(asked)[:5]:
        assert swing.low < asked.model.quantities.distributions[swing.path].centre < swing.high
        at = [
            float(asked.answer(central(asked.model, {swing.path: x}))[0])
            for x in (swing.low, swing.high)
        ]
        assert [swing.at_low, swing.at_high] == pytest.approx(at, rel=1e-9)
        assert swing.width == abs(swing.at_high - swing.at_low)


def test_the_largest_swing_comes_first():
    """Of every assumption that is uncertain, each once."""
    found = swings(question(example().model))
    widths = [swing.width for swing in found]
    assert widths == sorted(widths, reverse=True)
    assert sorted(swing.path for swing in found) == sorted(example().model.quantities.uncertain)


def test_a_swing_worked_out_by_hand():
    """A tenth and nine tenths of the way."""
    model = by_hand().model
    (swing,) = swings(question(model))
    assert swing.path == RATE
    assert (swing.low, swing.high) == (pytest.approx(1), pytest.approx(9))
    assert (swing.at_low, swing.at_high) == (pytest.approx(-300), pytest.approx(500))
    assert not swing.without_effect
    (ratio,) = swings(question(model, "ratio"))
    assert (ratio.at_low, ratio.at_high) == (pytest.approx(0.25), pytest.approx(2.25))


def test_what_lowers_the_result_swings_down():
    """More deadweight is less benefit: the low end stands higher."""
    deadweight = {"low": 0, "best": 0.2, "high": 0.6, "because": "Voorbeeld."}
    (swing,) = swings(question(valued(small(outcomes__deadweight=deadweight)).model))
    assert swing.at_low > swing.at_high
    assert swing.width > 0


def test_where_all_is_certain_nothing_swings():
    """Both lists are empty."""
    valuation = valued(small())
    assert swings(question(valuation.model)) == []
    assert conditional(valuation) == {}


def test_an_assumption_that_does_nothing_is_said_to_do_nothing():
    """It stands last, with a width of zero; over the draws only noise is left."""
    scenario = small(outcomes__rate=RANGE)
    scenario["outcomes"].append(outcome(2, rate=0, deadweight=RANGE | {"high": 1, "best": 0.9}))
    valuation, idle = valued(scenario), "outcomes.verandering-2.deadweight"
    first, last = swings(question(valuation.model))
    assert (last.path, last.width, last.without_effect) == (idle, 0, True)
    assert not first.without_effect
    found = conditional(valuation)
    assert {path: swing.without_effect for path, swing in found.items()} == {
        RATE: False,
        idle: True,
    }
    assert list(found)[-1] == idle
    difference, error = found[idle].difference
    assert abs(difference) <= 4 * error


def test_a_price_above_and_below_the_line_does_nothing_to_the_ratio():
    """Rounding is no effect: what is gained and what is paid have the same price."""
    scenario = small(proxies__value=RANGE | {"because": "Voorbeeld."}, outcomes__rate=0.3)
    scenario["investment"] = [
        {
            "id": "uren",
            "what": "Uren",
            "payer": "gemeente",
            "proxy": "prijs",
            "volume": 0.7,
            "in_kind": True,
        }
    ]
    model = valued(scenario).model
    (of_ratio,), (of_balance,) = swings(question(model, "ratio")), swings(question(model))
    assert of_ratio.without_effect
    assert not of_balance.without_effect
    assert of_ratio.at_low == pytest.approx(0.3 / 0.7)


def test_what_happens_or_not_swings_from_not_to_happening():
    """Also where the 10th and the 90th percentile are the same."""
    scenario = worked_example(conditions=True)
    scenario["enabling_conditions"][0]["moves_along"] = 0.97
    path = "enabling_conditions.toegang.moves_along"
    valuation = valued(scenario)
    asked = question(valuation.model)
    (swing,) = (s for s in swings(asked) if s.path == path)
    at = [float(central(asked.model, {path: x}).balance()[0]) for x in (0.0, 1.0)]
    assert (swing.low, swing.high) == (0, 1)
    assert [swing.at_low, swing.at_high] == pytest.approx(at)


def test_a_conditional_swing_worked_out_by_hand():
    """The mean of the lowest fifth of a uniform rate is its tenth."""
    found = conditional(by_hand())[RATE]
    assert (found.low, found.high) == (pytest.approx(1), pytest.approx(9))
    for (mean, error), expected in ((found.at_low, -300), (found.at_high, 500)):
        assert mean == pytest.approx(expected, abs=5)
        assert 0 <= error < 2
    assert found.difference[0] == pytest.approx(800, abs=8)


def test_of_a_ratio_the_mean_is_that_of_the_sums():
    """Benefits of these draws ÷ investment of these draws, and not the mean of their ratios."""
    investment = {"low": 100, "best": 400, "high": 2000, "because": "Voorbeeld."}
    changes = {"outcomes__rate": UNIFORM, "proxies__value": 100, "investment__per_year": investment}
    valuation = valued(small(**changes))
    values = some_draws(valuation.model, valuation.loaded.scenario.basis)
    found = conditional(valuation, "ratio")[RATE]
    rate, paid = values.drawn[RATE], values.drawn["investment.inzet.per_year"]
    low = np.zeros((REPLICATES, 256), dtype=bool)
    for row, draws in zip(low, rate.reshape(REPLICATES, -1), strict=True):
        row[np.argsort(draws)[:51]] = True
    low = low.ravel()
    assert found.at_low[0] == pytest.approx(100 * rate[low].sum() / paid[low].sum(), rel=1e-12)


def test_what_moves_together_shows_over_the_draws():
    """Each of two conditions that hold together tells of both; at the centre it tells of itself."""
    scenario = worked_example(conditions=True)
    pair = [f"enabling_conditions.{name}.moves_along" for name in ("toegang", "verwijzers")]
    loose = conditional(valued(scenario))
    scenario["correlations"] = [{"of": pair, "rho": 0.9, "because": "Voorbeeld."}]
    valuation = valued(scenario)
    tied, alone = conditional(valuation), swings(question(valuation.model))
    widths = {swing.path: swing.width for swing in alone}
    for path in pair:
        assert tied[path].difference[0] > 1.3 * loose[path].difference[0]
        assert loose[path].difference[0] == pytest.approx(widths[path], rel=0.15)


def test_interactions_show_over_the_draws():
    """A rate that does nothing at the centre, where the price is zero, does so in the draws."""
    price = {"low": 0, "best": 0, "high": 300, "because": "Voorbeeld."}
    valuation = valued(small(outcomes__rate=UNIFORM, proxies__value=price))
    at_centre = {swing.path: swing for swing in swings(question(valuation.model))}
    over_draws = conditional(valuation)[RATE]
    assert at_centre[RATE].without_effect
    assert not over_draws.without_effect
    assert over_draws.difference[0] == pytest.approx(8 * 50, rel=0.05)  # 50: mean of the price


def test_what_moves_along_with_another_does_nothing_itself():
    """It is flagged, though the result differs where it is low and where it is high."""
    scenario = small(outcomes__rate=UNIFORM, proxies__value=100)
    scenario["outcomes"].append(outcome(2, rate=0, deadweight={"uniform": [0, 1], "because": "V."}))
    idle = "outcomes.verandering-2.deadweight"
    scenario["correlations"] = [{"of": [RATE, idle], "rho": 0.9, "because": "Voorbeeld."}]
    found = conditional(valued(scenario))
    assert found[idle].without_effect
    assert found[idle].difference[0] > 20 * found[idle].difference[1]
    assert not found[RATE].without_effect


def test_of_what_happens_or_not_the_draws_are_told_apart():
    """Mean where it does not, and where it does; they add up to the mean of all."""
    valuation = valued(worked_example(conditions=True))
    values = some_draws(valuation.model, valuation.loaded.scenario.basis)
    balance = question(valuation.model).at(values)
    path = "enabling_conditions.toegang.moves_along"
    happens = values.drawn[path] == 1
    found = conditional(valuation)[path]
    assert found.at_low[0] == pytest.approx(balance[~happens].mean(), rel=1e-9)
    assert found.at_high[0] == pytest.approx(balance[happens].mean(), rel=1e-9)
    assert found.difference[0] == pytest.approx(found.at_high[0] - found.at_low[0])
    assert (found.low, found.high) == (0, 1)


def test_what_hardly_ever_happens_cannot_be_told():
    """Where most replicates have no such draw there is no mean, and no error of zero."""
    scenario = worked_example(conditions=True)
    scenario["enabling_conditions"][0]["moves_along"] = 0.9999
    found = conditional(valued(scenario), each=64)["enabling_conditions.toegang.moves_along"]
    assert found.at_low is None
    assert found.difference is None
    assert found.at_high is not None
    assert not found.without_effect


def test_the_errors_are_honest():
    """Over many seeds the means lie about as far apart as the error says."""
    price = {"lognormal": {"median": 100, "sd_log": 0.5}, "because": "Voorbeeld."}
    valuation = valued(small(outcomes__rate=UNIFORM, proxies__value=price))
    basis, asked = valuation.loaded.scenario.basis, question(valuation.model)
    seeds = [basis.model_copy(update={"seed": seed}) for seed in range(60)]
    found = [conditional_swings(asked, some_draws(asked.model, seed, 32)) for seed in seeds]
    differences = [next(s for s in swings if s.path == RATE).difference for swings in found]
    means, errors = np.transpose(differences)
    assert 0.75 < np.std(means, ddof=1) / np.mean(errors) < 1.3


def test_the_result_does_not_depend_on_the_number_of_blocks(monkeypatch):
    """One block or many: the same to the last bit."""
    valuation = valued(worked_example(conditions=True))
    whole = conditional(valuation), swings(question(valuation.model))
    monkeypatch.setattr("sroi.analysis.sensitivity.one_at_a_time.BLOCK", 1024)
    assert (conditional(valuation), swings(question(valuation.model))) == whole


def test_one_quantity_is_changed_and_the_others_are_not():
    """From a row of the base each."""
    valuation = by_hand()
    asked = question(valuation.model)
    values = some_draws(asked.model, valuation.loaded.scenario.basis)
    rows = np.array([5, 9, 9])
    paths = [RATE, RATE, "investment.inzet.per_year"]
    found = with_one_changed(asked, values, rows, paths, np.array([3.0, 4.0, 150.0]))
    expected = [-100, 0, 100 * values.drawn[RATE][9] - 150]
    assert list(found.result) == pytest.approx(expected, abs=1e-9)


def test_without_investment_there_is_no_result():
    """It is no number, and nothing breaks."""
    none = Answers(np.array([1.0, 0.0]), np.array([0.0, 0.0]), np.array([1.0, 0.0]))
    assert not np.isfinite(none.result).any()
    assert list(none.over(2.0)) == [1, 0]
