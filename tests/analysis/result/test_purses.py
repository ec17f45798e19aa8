"""The money of one payer: the worked example, by hand, and sums that must agree."""

from functools import cache
from typing import Any

import numpy as np
import pytest
from care_in_memory import one_tier, worked_example
from care_ladders import GOLDEN, INPUTS
from hypothesis import given
from hypothesis import strategies as st
from valuations import example, valued

from sroi.analysis.result.purses import Budget, budget, cascade, largest_payer
from sroi.analysis.valuation.valuation import Valuation
from sroi.model.flows.results import SOCIETY, purse
from sroi.model.lines.lines import CLASSES


@cache
def ladder() -> Valuation:
    """The worked example with ranges."""
    return valued(worked_example())


def saved(*hard: float, spent: Any = 0.0) -> Budget:
    """A budget of hard money alone."""
    nothing = np.zeros(len(hard))
    benefits = {"hard": np.array(hard), "soft": nothing, "pm": nothing}
    return Budget("gemeente", benefits, nothing + spent)


def test_the_balance_of_every_payer_in_the_worked_example():
    """By year, in the central case."""
    central = ladder().central
    golden = np.array(GOLDEN["central"]["balance_by_year_payer"]).T
    for payer, expected in zip(INPUTS["payers"], golden, strict=True):
        if payer in ladder().model.payers:
            assert budget(central, payer).balance == pytest.approx(expected, rel=1e-9, abs=1e-5)
        else:
            assert not expected.any()
    assert budget(central, "gemeente").payback is None
    assert list(budget(central, "gemeente").investment) == pytest.approx([410e3] + [400e3] * 9)


def test_the_cascade_of_the_worked_example():
    """Of eight million for society one and a half reach the till, and less than was put in."""
    found = cascade(ladder().central, largest_payer(ladder().central))
    assert list(vars(found).values()) == pytest.approx(
        [8_153_953.59, 4_657_449.70, 1_508_597.05, -2_501_402.95], abs=5.1e-3
    )


def test_a_budget_by_hand():
    """Balance, running total, and the year in which it is earned back."""
    own = saved(10, 30, 30, spent=[25.0, 25.0, 0.0])
    assert list(own.balance) == [-15, 5, 30]
    assert list(own.cumulative) == [-15, -10, 20]
    assert own.payback == 3


@pytest.mark.parametrize(
    ("balance", "year"),
    [
        ((5, 1), 1),
        ((-1, 3), 2),
        ((-1, 1), None),  # no more than what was put in
        ((-1, 1, 0), None),
        ((-10, 20, -15, 10), 4),  # back in the red in year 3
        ((10, -20), None),
        ((0, 0), None),
        ((0, 1), 2),
    ],
)
def test_payback_is_for_good(balance, year):
    """The first year from which the running total stays above zero."""
    assert saved(*map(float, balance)).payback == year


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=12))
def test_payback_by_its_definition(balance):
    """Year by year."""
    total = np.cumsum(balance)
    years = [y for y in range(1, len(balance) + 1) if (total[y - 1 :] > 0).all()]
    assert saved(*map(float, balance)).payback == (years[0] if years else None)


@pytest.mark.parametrize("of", [example, ladder], ids=["outcomes", "ladder"])
def test_budgets_of_all_payers_are_those_of_society(of):
    """Every year, and discounted the present values of each payer; of investment only money."""
    drawn, model = of().drawn, of().model
    budgets = [budget(drawn, payer) for payer in model.payers]
    benefits = sum(sum(own.benefits.values()) for own in budgets)
    assert benefits == pytest.approx(drawn.by_year(drawn.rows("benefits"), SOCIETY), abs=1e-6)
    factors = model.discounting.factors(model.years)
    costs = model.discounting.investment_factors(model.years)
    for own in budgets:
        for name in CLASSES:
            present = drawn.benefits(purse(own.payer, name)).mean()
            assert own.benefits[name] @ factors == pytest.approx(present, rel=1e-9, abs=1e-6)
        spent = drawn.investment(purse(own.payer, "hard")).mean()
        assert own.investment @ costs == pytest.approx(spent, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("of", [example, ladder], ids=["outcomes", "ladder"])
def test_a_cascade_is_made_of_the_budget(of):
    """Its till is the hard money, and what is left of it the balance."""
    drawn = of().drawn
    for payer in of().model.payers:
        own, found = budget(drawn, payer), cascade(drawn, payer)
        assert found.in_pocket == pytest.approx(sum(x.sum() for x in own.benefits.values()))
        assert found.cashable == pytest.approx(own.benefits["hard"].sum())
        assert found.after_investment == pytest.approx(own.cumulative[-1])
    pockets = [cascade(drawn, payer).in_pocket for payer in of().model.payers]
    assert sum(pockets) == pytest.approx(cascade(drawn, "gemeente").society)


def test_what_is_given_in_kind_stands_in_no_budget():
    """Of the time of volunteers nothing leaves a till."""
    scenario = one_tier()
    scenario["investment"] = [
        {"id": "geld", "what": "Geld", "payer": "gemeente", "per_year": [50, 0]},
        {"id": "ruimte", "what": "Ruimte", "payer": "gemeente", "per_year": 7, "cash": "soft"},
    ]
    drawn = valued(scenario).drawn
    own = budget(drawn, "gemeente")
    assert list(own.investment) == [50, 0]
    assert cascade(drawn, "gemeente").after_investment == pytest.approx(
        own.benefits["hard"].sum() - 50
    )


def test_who_invests_most():
    """By present value; nobody where nothing is put in."""
    scenario = one_tier()
    assert largest_payer(valued(scenario).drawn) == ""
    parts = (("gemeente", [50, 0]), ("zorgverzekeraar", [0, 60]), ("gemeente", [0, 11]))
    scenario["investment"] = [
        {"id": f"deel-{number}", "what": "Deel", "payer": payer, "per_year": amounts}
        for number, (payer, amounts) in enumerate(parts)
    ]
    assert largest_payer(valued(scenario).drawn) == "gemeente"
    scenario["investment"].pop()
    assert largest_payer(valued(scenario).drawn) == "zorgverzekeraar"
    scenario["basis"]["discounting"] = {"rate": 0.3, "timing": "end_of_year"}
    assert largest_payer(valued(scenario).drawn) == "gemeente"
