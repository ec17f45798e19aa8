"""Money from avoided care: the worked example with all its variants, and contracts by hand."""

from typing import Any

import numpy as np
import pytest
from care_ladders import (
    FACTORS,
    GOLDEN,
    INPUTS,
    INTENSITY,
    INVESTMENT,
    LADDER,
    PRICES,
    contracts,
    programme,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from slow_ladder import slow_cash

from sroi.model.care.care_ladder_run import run
from sroi.model.care.cash import Contract, balance, by_payer, cashable, lagged, value

CENTRAL: dict[str, Any] = GOLDEN["central"]
VARIANTS: dict[str, Any] = {"central": {"changes": {}, **CENTRAL}, **GOLDEN["variants"]}
SHARES = INPUTS["payer_shares_tier_payer"]
PRINTED = {
    "central": (3_438_807.16, 1.956273, -2_303_179.29),
    "all-effects-off": (-3_596_051.94, 0, -3_596_051.94),
    "net-widening-only-5pct": (-4_751_244.43, -0.32124, -4_302_777.09),
    "hazard-up-only": (-1_733_858.69, 0.51784, -3_335_455.71),
    "hazard-down-only": (677_683.27, 1.18845, -2_700_692.71),
    "diversion-only": (-2_146_508.09, 0.40309, -3_339_772.58),
    "hazard-up-1.14-only": (-12_373_579.92, -2.44088, -5_682_046.26),
    "no-backfill": (3_438_807.16, 1.956273, -682_492),
    "no-backfill-all-per-unit": (3_438_807.16, 1.956273, 234_531),
}


def outcome(**changes: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Worth by year (year), cash (tier, year) and balance (year, payer) of a variant."""
    shift = run(LADDER, programme(**changes), INTENSITY)
    cash = cashable(shift.avoided, PRICES, contracts(**changes)).total
    saldo = balance(by_payer(cash, SHARES), INVESTMENT, INPUTS["programme_paid_by"])
    return value(shift.avoided_by_year, PRICES)[:, 0], cash[:, :, 0], saldo[:, :, 0].T


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_of_the_example(name: str) -> None:
    """Net present value of society and of the municipality, ratio, and balance by year."""
    golden = VARIANTS[name]
    worth, _, saldo = outcome(**golden["changes"])
    society, ratio = (worth - INVESTMENT) @ FACTORS, worth @ FACTORS / (INVESTMENT @ FACTORS)
    municipality = saldo[:, 0] @ FACTORS
    assert society == pytest.approx(golden["net_present_value_society"], rel=1e-9)
    assert ratio == pytest.approx(golden["sroi_ratio"], rel=1e-9, abs=1e-14)
    assert municipality == pytest.approx(golden["net_present_value_gemeente"], rel=1e-9)
    np.testing.assert_allclose(saldo, golden["balance_by_year_payer"], rtol=1e-9, atol=1e-6)
    printed = PRINTED[name]
    assert society == pytest.approx(printed[0], abs=5e-3)
    assert ratio == pytest.approx(printed[1], abs=5e-6)
    assert municipality == pytest.approx(printed[2], abs=0.5 if "backfill" in name else 5e-3)


def test_cash_of_the_example_by_tier_and_payer() -> None:
    """To all digits (early years to what two subtracted arms allow)."""
    _, cash, _ = outcome()
    np.testing.assert_allclose(cash.T, CENTRAL["cash_by_year_tier"], rtol=1e-9, atol=1e-6)
    payers = by_payer(cash[:, :, None], SHARES)[:, :, 0]
    np.testing.assert_allclose(payers.T, CENTRAL["cash_by_year_payer"], rtol=1e-9, atol=1e-6)


def test_balance_of_the_municipality_as_printed() -> None:
    """Whole euros by year, and over ten years; it is never paid back."""
    _, _, saldo = outcome()
    printed = [-409966, -396148, -366374, -305644, -257160, -229163, -141667, -134184, -130955]
    assert saldo[:, 0] == pytest.approx([*printed, -130141], abs=0.51)
    assert saldo[:, 0].sum() == pytest.approx(-2_501_403, abs=0.5)
    assert (saldo[:, 0].cumsum() < 0).all()
    assert CENTRAL["payback_year"] is None


def test_the_cascade() -> None:
    """From what is avoided to what is left in the municipal pocket."""
    shift = run(LADDER, programme(), INTENSITY)
    years = shift.avoided_by_year
    worth = np.array([price * years[tier] for tier, price in enumerate(PRICES)])
    gross = by_payer(worth, SHARES).sum(axis=(1, 2))
    assert gross.sum() == pytest.approx(8.154e6, abs=500)
    assert gross[[0, 1, 2, 5]] == pytest.approx([4.657e6, 1.752e6, 1.578e6, 0.166e6], abs=500)
    cash = by_payer(cashable(shift.avoided, PRICES, contracts()).total, SHARES)
    assert cash[0].sum() == pytest.approx(1.509e6, abs=500)
    assert cash[0].sum() - INVESTMENT.sum() == pytest.approx(-2.501e6, abs=500)


def test_payers_add_up_and_cash_is_no_more_than_worth() -> None:
    """All euros have a payer; what becomes cash over the years is part of what is avoided."""
    shift = run(LADDER, programme(), INTENSITY)
    cash = cashable(shift.avoided, PRICES, contracts()).total
    np.testing.assert_allclose(by_payer(cash, SHARES).sum(axis=0), cash.sum(axis=0), rtol=1e-12)
    for tier in (2, 3, 4):
        assert (cash[tier] <= PRICES[tier] * shift.avoided_by_year[tier]).all()


def society(effects: dict[str, float]) -> float:
    """Net present value of society."""
    shift = run(LADDER, programme(**effects), INTENSITY)
    return float((value(shift.avoided_by_year, PRICES)[:, 0] - INVESTMENT) @ FACTORS)


@pytest.mark.parametrize("key", ["hazard_ratio_up", "net_widening", "theta", "b"])
@given(low=st.floats(0, 1), more=st.floats(0, 0.5))
@settings(max_examples=15, deadline=None)
def test_more_harm_is_never_worth_more(key: str, low: float, more: float) -> None:
    """For society by HR up, net widening and theta; for the municipality by backfill."""
    low, high = (
        (0.7 + low, 0.7 + low + more) if key == "hazard_ratio_up" else (low / 2, low / 2 + more)
    )
    if key == "b":
        better, worse = (outcome(b=[share] * 5)[2][:, 0] @ FACTORS for share in (low, high))
    else:
        better, worse = society({key: low}), society({key: high})
    assert worse <= better + 1e-6


@given(
    seed=st.integers(0, 2**32 - 1),
    steps=st.sampled_from([1, 4, 12]),
    lag=st.floats(0, 3),
    renewal=st.integers(1, 5),
)
@settings(max_examples=60, deadline=None)
def test_contracts_agree_with_the_slow_reference(
    seed: int, steps: int, lag: float, renewal: int
) -> None:
    """Any lag, renewal and step, care that is avoided and extra care, friction; draw by draw."""
    rng = np.random.default_rng(seed)
    avoided = rng.normal(3, 8, (1, 6 * steps, 3)) / steps
    amounts = [rng.uniform(0, 1, 3), rng.uniform(0, 1, 3), lag * rng.random(3)]
    v, b, lags = amounts
    friction, places = rng.uniform(0, 0.5, 3), rng.uniform(0.5, 4, 3)
    contract = Contract(v, b, lags, float(renewal), places, friction)
    cash = cashable(avoided, [6500.0], [contract], steps).total
    for draw in range(3):
        alone = [float(amount[draw]) for amount in (v, b, lags)]
        single = Contract(*alone, float(renewal), float(places[draw]), float(friction[draw]))
        expected = slow_cash(list(avoided[0, :, draw]), 6500.0, single, steps)
        np.testing.assert_allclose(cash[0, :, draw], expected, rtol=1e-9, atol=1e-6)


def test_places_come_in_whole_steps_at_renewal() -> None:
    """50 avoided from the start: after two years 40 places of 20 each, with friction for a year."""
    avoided = np.full((1, 16, 1), 50 / 4)
    contract = Contract(0.0, 0.0, 0.0, 2.0, 20.0, friction=0.25)
    cash = cashable(avoided, [1000.0], [contract])
    assert cash.fixed.ravel() == pytest.approx([0, 0, 40_000, 40_000])
    assert cash.friction.ravel() == pytest.approx([0, 0, 10_000, 0])
    assert cash.variable.ravel() == pytest.approx([0, 0, 0, 0])


def test_no_renewal_is_late_by_a_rounding() -> None:
    """Every 2.2 quarters: the fifteenth is quarter 33, though 33 ÷ 2.2 is less than 15 here."""
    avoided = np.zeros((1, 36, 1))
    avoided[0, 33:] = 10 / 4
    cash = cashable(avoided, [1000.0], [Contract(0.0, 0.0, 0.0, 0.55, 1.0)])
    assert cash.fixed.ravel() == pytest.approx([0] * 8 + [3 * 10 * 250])


def test_extra_use_is_paid_whatever_the_waiting_list() -> None:
    """Backfill takes from freed places alone; more places are not bought."""
    avoided = np.array([[[-1.0], [1.0]]])
    contract = Contract(0.5, 0.4, 0.0, 1.0, 1.0)
    cash = cashable(avoided, [100.0], [contract], steps_per_year=1)
    assert cash.variable.ravel() == pytest.approx([-50, 30])
    assert cash.fixed.ravel() == pytest.approx([0, 0])


def test_a_lag_between_steps() -> None:
    """Half a step later: half in this one and half in the next; by draw as well."""
    avoided = np.array([[4.0, 4.0], [8.0, 8.0], [0.0, 0.0]])
    late = lagged(avoided, np.array([0.125, 0.5]), 4)
    np.testing.assert_allclose(late, [[2, 0], [6, 0], [4, 4]])
    np.testing.assert_array_equal(lagged(avoided, 0.0, 4), avoided)
    np.testing.assert_array_equal(lagged(avoided, 9.0, 4), 0.0)


def test_no_bit_depends_on_the_blocks() -> None:
    """Lags, renewals and all else by draw."""
    rng = np.random.default_rng(3)
    draws = 101
    avoided = rng.normal(3, 8, (1, 24, draws))
    amounts = np.array([rng.random(draws), rng.random(draws), 2 * rng.random(draws)])
    terms = [*amounts, rng.integers(1, 4, draws).astype(float), 1 + rng.random(draws)]
    whole = cashable(avoided, [6500.0], [Contract(*terms, 0.2)]).total
    for size in (1, 7, 64):
        parts = []
        for first in range(0, draws, size):
            part = slice(first, first + size)
            contract = Contract(*(term[part] for term in terms), 0.2)
            parts.append(cashable(avoided[:, :, part], [6500.0], [contract]).total)
        assert np.concatenate(parts, axis=2).tobytes() == whole.tobytes()
