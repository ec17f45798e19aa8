"""The impact of a line, worked out by hand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from models_in_memory import model, one_line

from sroi.model.flows.engine import central
from sroi.model.flows.impact import STAGES
from sroi.model.flows.results import Perspective, Results

START = {"rate": "2.25%", "timing": "start_of_year"}
BECAUSE = {"because": "Voorbeeld."}


def share(x: float) -> dict[str, Any]:
    """A correction with its reason."""
    return {"value": x, **BECAUSE}


def hand_computed(**changes: Any) -> Results:
    """120 households in the first year, 30 % of them helped, EUR 2,000 each."""
    return central(
        model(
            one_line(
                **{
                    "basis__years": 3,
                    "basis__discounting": START,
                    "activities__volume": [120, 0, 0],
                    "outcomes__rate": 0.30,
                    "outcomes__deadweight": share(0.35),
                    "outcomes__attribution_to_others": share(0.25),
                    "outcomes__displacement": share(0.05),
                    "outcomes__drop_off": 0.30,
                    "outcomes__lasts": 3,
                    "proxies__value": 2000,
                    **changes,
                }
            )
        )
    )


def by_year(results: Results) -> list[float]:
    """Undiscounted benefits of every year."""
    return results.by_year(results.rows("outcomes")).tolist()


def test_net_quantity() -> None:
    """120 × 0.30 × 0.65 × 0.95 × 0.75 = 16.6725 households."""
    assert by_year(hand_computed(proxies__value=1))[0] == pytest.approx(16.6725, rel=1e-12)


def test_years_and_present_value() -> None:
    """33,345.00; 23,341.50; 16,339.05; together 71,800.76 at 2.25 % with the first year free."""
    results = hand_computed()
    assert by_year(results) == pytest.approx([33_345.00, 23_341.50, 16_339.05], rel=1e-12)
    assert results.benefits()[0] == pytest.approx(71_800.76, abs=5e-3)


def test_what_is_left_after_each_stage() -> None:
    """Three years of 72,000 gross; then 65 %, 95 % and 75 % of what was left."""
    results = hand_computed()
    rows = results.rows("outcomes")
    left = [results.stage(name, rows) for name in STAGES[:4]]
    expected = [216_000, 216_000 * 0.65, 216_000 * 0.65 * 0.95, 216_000 * 0.65 * 0.95 * 0.75]
    assert left == pytest.approx(expected, rel=1e-12)


@given(
    st.floats(1, 1e6),
    st.floats(0, 0.99),
    st.floats(0, 0.2),
    st.integers(1, 12),
)
def test_geometric_closed_form(impact: float, drop_off: float, rate: float, lasts: int) -> None:
    """One cohort is worth I/(1+r) (1 - q^D)/(1 - q), with q = (1 - d)/(1 + r)."""
    ratio = (1 - drop_off) / (1 + rate)
    closed = impact / (1 + rate) * sum(ratio**a for a in range(lasts))
    if ratio < 0.999:
        closed = impact / (1 + rate) * (1 - ratio**lasts) / (1 - ratio)
    assert fading(impact, drop_off, rate, lasts) == pytest.approx(closed, rel=1e-9)


def test_geometric_closed_form_of_the_guide() -> None:
    """1,539 falling 10 % a year for five years at 3.5 % is 5,732.19."""
    assert fading(1539, 0.10, 0.035, 5) == pytest.approx(5_732.19, abs=5e-3)


def fading(impact: float, drop_off: float, rate: float, lasts: int) -> float:
    """Present value of one cohort at the end of each year."""
    return float(
        central(
            model(
                one_line(
                    basis__years=12,
                    basis__discounting={"rate": f"{rate:.12f}", "timing": "end_of_year"},
                    activities__volume=[1] + [0] * 11,
                    outcomes__drop_off=f"{drop_off:.12f}",
                    outcomes__lasts=lasts,
                    proxies__value=f"{impact:.6f}",
                )
            )
        ).benefits()[0]
    )


def test_a_part_of_a_year_counts_for_its_part() -> None:
    """2.5 years: two in full and half a third."""
    results = hand_computed(outcomes__lasts=2.5)
    assert by_year(results) == pytest.approx([33_345.00, 23_341.50, 16_339.05 / 2])


def test_starts_moves_the_whole_stream() -> None:
    """From the year after, everything is one year later, and the last year falls off."""
    results = hand_computed(outcomes__starts=2)
    assert by_year(results) == pytest.approx([0, 33_345.00, 23_341.50])
    beyond = results.stage("beyond_horizon", results.rows("outcomes"))
    assert beyond == pytest.approx(16_339.05 / 1.0225**3)


def test_a_longer_horizon_counts_what_a_shorter_one_cuts() -> None:
    """With `count` what lay past the horizon is in the benefits and in the years."""
    cut = hand_computed(outcomes__starts=2)
    counted = hand_computed(outcomes__starts=2, basis__horizon="count")
    rows = cut.rows("outcomes")
    beyond = cut.stage("beyond_horizon", rows)
    assert counted.benefits()[0] == pytest.approx(cut.benefits()[0] + beyond)
    assert by_year(counted) == pytest.approx([0, 33_345.00, 23_341.50, 16_339.05, 0, 0])
    assert counted.stage("beyond_horizon", rows) == 0
    assert counted.investment()[0] == cut.investment()[0]


def test_cohorts_of_all_years_add_up() -> None:
    """A cohort every year: each flows on beside the next."""
    results = hand_computed(activities__volume=[120, 60, 0])
    expected = [33_345.00, 23_341.50 + 33_345.00 / 2, 16_339.05 + 23_341.50 / 2]
    assert by_year(results) == pytest.approx(expected)


def test_a_causal_effect_is_not_corrected() -> None:
    """What a comparison found is the impact itself: only drop-off is left."""
    scenario = one_line(basis__years=2, outcomes__effect_basis="causal", outcomes__lasts=2)
    for name in ("deadweight", "displacement", "attribution_to_others"):
        del scenario["outcomes"][0][name]
    scenario["outcomes"][0]["drop_off"] = 0.5
    assert by_year(central(model(scenario))) == pytest.approx([1, 1.5])


def test_a_negative_outcome_takes_away() -> None:
    """A negative rate gives the same amounts with the other sign."""
    assert hand_computed(outcomes__rate="-0.30").benefits() == pytest.approx(
        -hand_computed().benefits()
    )


def test_a_transfer_is_nothing_to_society() -> None:
    """What the municipality saves the resident loses."""
    changes = {"transfer": "true", "receiver": "inwoner", "payers": {"gemeente": "100%"}}
    results = hand_computed(**{f"proxies__{key}": value for key, value in changes.items()})
    one = {name: Perspective(frozenset([name])) for name in ("gemeente", "inwoner")}
    assert results.benefits()[0] == 0
    assert results.benefits(one["gemeente"])[0] == pytest.approx(71_800.76, abs=5e-3)
    assert results.benefits(one["inwoner"])[0] == pytest.approx(-71_800.76, abs=5e-3)


def test_a_tariff_is_saved_by_the_payer_and_missed_by_the_provider() -> None:
    """Society saves the resources, the payer the tariff; the provider keeps the difference."""
    results = hand_computed(proxies__tariff=2500, proxies__payers={"gemeente": "100%"})
    payer, provider = (Perspective(frozenset([name])) for name in ("gemeente", "aanbieder"))
    assert results.benefits()[0] == pytest.approx(71_800.76, abs=5e-3)
    assert results.benefits(payer)[0] == pytest.approx(1.25 * 71_800.76, abs=1e-2)
    assert results.benefits(provider)[0] == pytest.approx(-0.25 * 71_800.76, abs=1e-2)
    soft = Perspective(frozenset(["aanbieder"]), frozenset(["soft"]))
    assert results.benefits(soft) == results.benefits(provider)


def test_investment_in_each_year() -> None:
    """Money by year and hours by price, each at its own moment, discounted like the benefits."""
    results = hand_computed(investment__per_year=[1000, 500, 0])
    assert results.investment()[0] == pytest.approx(1000 + 500 / 1.0225)
    assert results.by_year(results.rows("investment")).tolist() == [1000, 500, 0]
