"""What a question is about: a result by name, with the value at which its answer turns."""

import numpy as np
import pytest
from care_in_memory import worked_example
from valuations import example, outcome, small, valued

from sroi.analysis.result.purses import budget
from sroi.analysis.result.question import question
from sroi.model.flows.engine import central, results_at
from sroi.model.flows.results import purse
from sroi.model.lines.model import Model
from sroi.problems import Problem, Unusable

VALUE = {"proxies__value": 100, "outcomes__rate": 10, "investment__per_year": 400}


def model(**changes) -> Model:
    """One outcome of a thousand euros, 60 % for the gemeente, which pays 400."""
    return valued(small(**(VALUE | changes))).model


def asked(model: Model, name: str) -> float:
    """The answer in the central case."""
    q = question(model, name)
    return float(q.at(q.model.quantities.centre())[0])


def refused(model: Model, name: str) -> Problem:
    """The problem that it is refused with."""
    with pytest.raises(Unusable) as caught:
        question(model, name)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("name", "answer", "threshold"),
    [
        ("society", 600, 0),
        ("ratio", 2.5, 1),
        ("gemeente", 200, 0),
        ("zorgverzekeraar", 400, 0),
        ("gemeente:hard", 200, 0),
        ("gemeente:hard@..2026", 200, 0),
        ("gemeente:soft", 0, 0),
        ("gemeente@2026", 200, 0),
        ("balance:gemeente:hard", 200, 0),
        ("society:hard@2026", 600, 0),
        ("net_present_value", 600, 0),
        ("sroi_ratio", 2.5, 1),
    ],
)
def test_an_answer_by_hand(name, answer, threshold):
    """Society and the ratio, a purse, its hard money, and that up to a year."""
    found = question(model(), name)
    assert asked(model(), name) == pytest.approx(answer)
    assert found.threshold == threshold
    assert found.is_ratio == name.endswith("ratio")
    assert found.name == name


def test_the_threshold_may_be_another():
    """Also zero for a ratio."""
    assert question(model(), "ratio", 2).threshold == 2
    assert question(model(), "ratio", 0).threshold == 0
    assert question(model(), "gemeente:hard@..2026", 50).threshold == 50


def test_soft_money_is_not_hard_money():
    """It counts for the payer, and not for its till."""
    soft = model(proxies__cash="soft")
    assert asked(soft, "gemeente") == pytest.approx(200)
    assert asked(soft, "gemeente:hard") == pytest.approx(-400)
    assert asked(soft, "gemeente:hard@..2026") == pytest.approx(-400)


def test_up_to_a_year_nothing_is_discounted():
    """Four years at ten percent: in the third year three times the benefits less the investment."""
    discounting = {"rate": 0.1, "timing": "end_of_year"}
    four = model(basis__years=4, basis__discounting=discounting)
    assert asked(four, "gemeente:hard@..2028") == pytest.approx(3 * 200)
    assert asked(four, "gemeente:hard@..2029") == pytest.approx(4 * 200)
    assert asked(four, "gemeente:hard@2028") == pytest.approx(200)
    assert asked(four, "gemeente") == pytest.approx(sum(200 * 1.1**-y for y in range(1, 5)))


@pytest.mark.parametrize("payer", ["gemeente", "zorgverzekeraar"])
def test_the_cumulative_balance_is_that_of_the_budget(payer):
    """In every year, for a care ladder with contracts."""
    found = valued(worked_example())
    cumulative = budget(central(found.model), payer).cumulative
    years = range(found.model.first_year, found.model.first_year + found.model.years)
    assert [asked(found.model, f"{payer}:hard@..{year}") for year in years] == pytest.approx(
        list(cumulative), rel=1e-9, abs=1e-6
    )


def test_an_answer_is_that_of_the_results():
    """In every draw."""
    valuation = example()
    drawn = valuation.drawn
    assert np.array_equal(question(valuation.model).answer(drawn), drawn.balance())
    ratio = question(valuation.model, "ratio").answer(drawn)
    assert np.array_equal(ratio, drawn.benefits() / drawn.investment())
    own = question(valuation.model, "gemeente").answer(drawn)
    assert np.array_equal(own, drawn.balance(purse("gemeente")))


def test_only_up_to_a_year_the_model_is_another():
    """Its lines and quantities are the same, its discounting is not."""
    plain = model(basis__years=2)
    assert question(plain, "gemeente").model is plain
    until = question(plain, "gemeente:hard@..2026").model
    assert until.quantities is plain.quantities
    assert list(until.discounting.factors(3)) == [1, 0, 0]
    assert list(until.discounting.investment_factors(3)) == [1, 0, 0]
    centre = plain.quantities.centre()
    assert results_at(until, centre).balance()[0] == pytest.approx(600)


@pytest.mark.parametrize(
    "name",
    ["gemente", "gemeente:zacht", "gemeente:", "gemeente@", "gemeente@2027", "corporatie", "",
     "gemeente:hard@..2027", "gemeente:hard@.2026", "gemeente/expected", "ratio@2026", "benefits",
     "gemeente:hard:soft", "gemeente:zorgverzekeraar", "gemeente@2026@2026"],
)  # fmt: skip
def test_an_unknown_result_is_refused(name):
    """With what is known."""
    problem = refused(model(), name)
    assert problem.code == "result-unknown"
    assert problem.facts["name"] == name
    assert problem.facts["known"] == (
        "society, ratio, gemeente, zorgverzekeraar, gemeente:hard, zorgverzekeraar:hard, "
        "gemeente:hard@..2026, zorgverzekeraar:hard@..2026"
    )


def test_the_nearest_result_is_named():
    """A letter less."""
    assert refused(model(), "gemente").facts["nearest"] == "gemeente"


def test_without_investment_there_is_no_ratio():
    """It says so."""
    scenario = small()
    scenario["investment"] = []
    scenario["outcomes"].append(outcome(2))
    free = valued(scenario).model
    assert refused(free, "ratio").code == "ratio-without-investment"
    assert asked(free, "society") == pytest.approx(2)
