"""Totals over the table of flows, and the questions that are asked of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models_in_memory import model, one_line

from sroi.model.flows.engine import central, run
from sroi.model.flows.results import SOCIETY, Perspective, Results, payback_years

AMOUNTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=12)


def payback(benefits: list[float], investment: list[float]) -> float | None:
    """Payback of amounts by year."""
    return payback_years(np.array(benefits, float), np.array(investment, float))


def test_payback_within_one_year() -> None:
    """42,375 ÷ (82,508.57 / 12) = 6.163 months."""
    years = payback([82_508.57], [42_375])
    assert years is not None
    assert years * 12 == pytest.approx(6.163, abs=5e-4)


def test_payback_that_never_comes() -> None:
    """What is not earned back within the years has no payback, and neither has a loss."""
    assert payback([10, 10], [50, 0]) is None
    assert payback([0], [1]) is None
    assert payback([200, -150], [100, 0]) is None


def test_payback_counts_from_the_last_crossing() -> None:
    """A balance that falls below zero again is paid back only when it is above for good."""
    assert payback([100, 0, 100], [50, 0, 100]) == pytest.approx(2.5)
    assert payback([200, -50], [100, 0]) == pytest.approx(0.5)
    assert payback([100, 100], [50, 150]) == pytest.approx(2.0)


def test_nothing_spent_is_paid_back_at_once() -> None:
    """Without investment the balance never is below zero."""
    assert payback([5, 5], [0, 0]) == 0


@given(AMOUNTS, st.floats(1, 1e6))
def test_payback_is_where_the_balance_is_zero(benefits: list[float], spent: float) -> None:
    """With all investment at the start, the benefits up to the payback equal it."""
    years = payback(benefits, [spent] + [0.0] * (len(benefits) - 1))
    if sum(benefits) < spent:
        assert years is None
        return
    assert years is not None
    whole = int(years)
    earned = sum(benefits[:whole])
    earned += (years - whole) * benefits[whole] if whole < len(benefits) else 0
    assert earned == pytest.approx(spent, rel=1e-9)


def uncertain(**changes: object) -> Results:
    """One line with a wide price and a narrow investment."""
    spread = {
        "proxies__value": {"low": 500, "best": 1500, "high": 4000, "because": "Voorbeeld."},
        "investment__per_year": {"low": 900, "best": 1000, "high": 1200},
    }
    return run(model(one_line(**{**spread, **changes})), 4096, 1)


def test_the_ratio_is_that_of_expectations() -> None:
    """Expected benefits over expected investment, and not the mean of the ratios."""
    results = uncertain()
    benefits, investment = results.benefits(), results.investment()
    ratio = results.ratio()
    assert ratio is not None
    assert ratio.mean == pytest.approx(benefits.mean() / investment.mean(), rel=1e-12)
    assert ratio.mean != pytest.approx((benefits / investment).mean(), rel=1e-5)
    assert [ratio.p5, ratio.p50, ratio.p95] == pytest.approx(
        np.quantile(benefits / investment, [0.05, 0.5, 0.95])
    )
    assert ratio.mean == pytest.approx(1750 / (6100 / 6), abs=5 * ratio.standard_error + 1e-3)


def test_without_investment_there_is_no_ratio() -> None:
    """Nothing to divide by."""
    free = uncertain(investment__per_year=0)
    assert (free.ratio(), free.without_ratio) == (None, "investment")


def test_without_benefits_there_is_no_ratio_either() -> None:
    """A smaller investment would make it look worse; so with losses, and with nothing."""
    for rate in (-1, 0):
        worse = uncertain(outcomes__rate=rate)
        assert (worse.ratio(), worse.without_ratio) == (None, "benefits")
    assert uncertain().without_ratio == ""


def test_estimate_is_mean_range_and_error() -> None:
    """The error is that of the means of the replicates."""
    results = uncertain()
    amounts = results.balance()
    estimate = results.estimate(amounts)
    means = amounts.reshape(16, -1).mean(axis=1)
    assert estimate.mean == pytest.approx(amounts.mean())
    assert estimate.standard_error == pytest.approx(means.std(ddof=1) / 4)
    assert estimate.p5 < estimate.p50 < estimate.p95


def test_one_draw_has_no_error() -> None:
    """The central case is one draw: mean and range coincide and the error is 0."""
    results = central(model(one_line()))
    estimate = results.estimate(results.balance())
    assert (estimate.mean, estimate.standard_error) == (-999, 0)
    assert estimate.p5 == estimate.p95 == -999


def test_perspectives_select_payers_and_classes() -> None:
    """Of the benefits 60 % is the municipality's, 40 % the insurer's, all of it hard."""
    results = central(model(one_line(proxies__value=100)))
    parts = {p: Perspective(frozenset([p])) for p in ("gemeente", "zorgverzekeraar")}
    assert results.benefits(parts["gemeente"])[0] == pytest.approx(60)
    assert results.benefits(parts["zorgverzekeraar"])[0] == pytest.approx(40)
    assert results.benefits(Perspective(classes=frozenset(["soft"])))[0] == 0
    assert results.investment(parts["zorgverzekeraar"])[0] == 0
    assert results.investment(parts["gemeente"])[0] == 1000
    assert results.benefits(SOCIETY)[0] == pytest.approx(100)


def test_rows_by_kind_and_line() -> None:
    """A line is found under its kind and id, so that both kinds may bear one id."""
    results = central(model(one_line(investment__id="verandering")))
    assert results.rows("outcomes") == results.rows("outcomes", ["verandering"]) == [0]
    assert results.rows("investment", ["verandering"]) == [1]
    assert results.rows("outcomes", ["iets-anders"]) == []


def test_means_over_draws_and_over_sums_are_the_same() -> None:
    """What is kept by year adds up to what is kept by draw, where nothing is discounted."""
    results = uncertain(
        basis__years=3,
        outcomes__lasts={"low": 1, "best": 2, "high": 4},
        outcomes__drop_off={"low": 0.1, "best": 0.2, "high": 0.6},
        activities__volume={"low": 5, "best": 10, "high": 20},
    )
    for kind, amounts in (("outcomes", results.benefits()), ("investment", results.investment())):
        years = results.by_year(results.rows(kind))
        assert years.sum() == pytest.approx(amounts.mean(), rel=1e-12)
