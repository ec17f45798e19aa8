"""The slow reference against published cases, hand calculations and properties of the method."""

import math
import random
from typing import Any

import pytest
import yaml
from quick_yaml import BaseLoader
from scenarios_at_random import REGIMES, as_read, as_yaml, random_scenario
from slow_reference import (
    central,
    central_values,
    certain_value,
    domain,
    flows,
    is_certain,
    number,
    quantile,
    quantities,
    result,
    scenario_quantities,
    share_below,
)

from sroi.inputs.text.yaml_text import parse

Z95 = 1.6448536269514722
INVESTMENT_FREE = {"timing": "end_of_year", "investment": "undiscounted"}
# The index is invented (3 % a year, 2024 = 1): these tests need an index, not the true one.
LIBRARY: dict[str, Any] = {
    "proxies": {
        "uur": {
            "id": "uur",
            "value": "10",
            "unit": "EUR/uur",
            "price_year": "2024",
            "payers": {"inwoner": "100%"},
            "cash": "pm",
        },
    },
    "indices": {
        "cpi": {
            "base_year": "2024",
            "factors": {str(y): repr(1.03 ** (2024 - y)) for y in range(2015, 2026)},
        },
    },
    "regimes": {
        "nl-2021": {"rate": "2.25%", "timing": "mid_year", "investment": "same"},
        "sroi-guide-2012": {"rate": "3.5%", **INVESTMENT_FREE},
        "zin-2024": {"rate": "3%", "timing": "start_of_year", "investment": "same"},
    },
    "payers": {
        "gemeente": {"id": "gemeente", "public": "true"},
        "zorgverzekeraar": {"id": "zorgverzekeraar", "public": "true"},
        "corporatie": {"id": "corporatie", "public": "false"},
        "inwoner": {"id": "inwoner", "public": "false"},
        "aanbieder": {"id": "aanbieder", "public": "false"},
    },
}

# SROI Guide (2012), Wheels-to-Meals: quantity, proxy, deadweight, attribution to others, drop-off,
# duration. The figures are recalled and their arithmetic closes; compare with the Guide to cite.
WHEELS_TO_MEALS = {
    "seh": (7, 94, 0, "5%", "50%", 1),
    "opname": (7, 4964, 0, "5%", "50%", 1),
    "zorg": (7, 7220, 0, "5%", "50%", 1),
    "huisarts": (90, 19, 0, "10%", "10%", 5),
    "clubs": (16, 48.25, "10%", "35%", 0, 1),
    "wijkzorg": (14, 34, "100%", 0, 0, 1),
    "vrijwilligers": (4, 162.5, "70%", "10%", "35%", 1),
    "buren": (-275, 5, "5%", 0, "5%", 3),
}
WHEELS_IMPACTS = (625.10, 33_010.60, 48_013.00, 1_539.00, 451.62, 0.00, 175.50, -1_306.25)


def price(**changes: Any) -> dict[str, Any]:
    """A price of EUR 100 in the basis year, for the municipality, bookable."""
    entry = {"id": "prijs", "value": 100, "price_year": 2024, "unit": "EUR/bezoek"}
    return {**entry, "payers": {"gemeente": "100%"}, "cash": "hard", **changes}


def outcome(**changes: Any) -> dict[str, Any]:
    """A causal outcome of one unit per activity that lasts a year."""
    line = {"id": "uitkomst", "of": "activiteit", "rate": 1, "proxy": "prijs"}
    return {**line, "effect_basis": "causal", "starts": 1, "lasts": 1, **changes}


def scenario(
    outcomes: list[dict[str, Any]],
    proxies: list[dict[str, Any]],
    volume: Any = (10, 0, 0),
    investment: Any = (),
    **basis: Any,
) -> dict[str, Any]:
    """Three years from 2026, without discounting unless the basis says otherwise."""
    plain = {"first_year": 2026, "years": 3, "price_year": 2024, "horizon": "cut"}
    undiscounted = {"discounting": {"rate": 0, "timing": "end_of_year"}}
    listed = list(volume) if isinstance(volume, tuple) else volume
    return {
        "basis": {**plain, **undiscounted, **basis},
        "activities": [{"id": "activiteit", "volume": listed}],
        "outcomes": outcomes,
        "investment": list(investment),
        "proxies": proxies,
    }


def wheels_to_meals(discounting: Any, library: dict[str, Any] = LIBRARY) -> dict[str, Any]:
    """Wheels-to-Meals: one year of activity, its contract and the volunteers' time in kind."""
    outcomes, proxies = [], [price(id="uurloon", value=6)]
    for key, (quantity, value, dead, others, drop, lasts) in WHEELS_TO_MEALS.items():
        proxies.append(price(id=f"prijs-{key}", value=value))
        corrections = {"deadweight": dead, "displacement": 0, "attribution_to_others": others}
        line = outcome(id=key, rate=quantity, proxy=f"prijs-{key}", lasts=lasts, drop_off=drop)
        outcomes.append({**line, "effect_basis": "gross", **corrections})
    once = (1, 0, 0, 0, 0)
    contract = {"id": "contract", "payer": "gemeente", "per_year": [24_375 * n for n in once]}
    hours = {"id": "uren", "payer": "inwoner", "in_kind": True, "proxy": "uurloon"}
    lines = [contract, {**hours, "volume": [3_000 * n for n in once]}]
    chosen = scenario(outcomes, proxies, once, lines, years=5, discounting=discounting)
    return result(chosen, library, {})


# ---------------------------------------------------------------------------------------------
# Quantities


@pytest.mark.parametrize(
    ("scalar", "expected"),
    [("30%", 0.3), ("0.30", 0.3), ("260_000", 260_000), (5, 5), (-0.5, -0.5), ("-2.5 %", -0.025)],
)
def test_number(scalar: Any, expected: float) -> None:
    """A scalar is read in every way it may be written."""
    assert number(scalar) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize("spec", ["25%", 0.25, {"value": "25%", "because": "Zo is het."}])
def test_certain(spec: Any) -> None:
    """A certain quantity has one value at every probability."""
    assert {quantile(spec, u, 0, 1) for u in (0.01, 0.5, 0.99)} == {0.25} == {central(spec)}


@pytest.mark.parametrize(
    ("spec", "u", "expected"),
    [
        # Triangular(10, 20, 45): F(20) = 10/35, and 45 - sqrt(0.5 * 35 * 25) at the median.
        ({"low": 10, "best": 20, "high": 45, "shape": "triangular"}, 10 / 35, 20),
        ({"low": 10, "best": 20, "high": 45, "shape": "triangular"}, 0.5, 45 - math.sqrt(437.5)),
        ({"low": 10, "best": 20, "high": 45, "shape": "triangular"}, 0.1, 10 + math.sqrt(35)),
        # PERT with best = low is 1 - (1-u)^(1/5) on [0, 1]; a symmetric one has its median midway.
        ({"low": 0, "best": 0, "high": 1}, 0.3, 1 - 0.7**0.2),
        ({"low": 2, "best": 3, "high": 4}, 0.5, 3),
        ({"uniform": [0.8, "2.5"]}, 0.25, 1.225),
        ({"normal": {"mean": 1.5, "sd": 0.3}}, 0.95, 1.5 + 0.3 * Z95),
        ({"normal": {"p5": 1, "p95": 3}}, 0.05, 1),
        ({"normal": {"p5": 1, "p95": 3}}, 0.95, 3),
        ({"lognormal": {"median": 1.5, "p95": 2.6}}, 0.95, 2.6),
        ({"lognormal": {"median": 1.5, "p95": 2.6}}, 0.05, 1.5**2 / 2.6),
        ({"lognormal": {"median": 1.5, "sd_log": 0.3}}, 0.05, 1.5 * math.exp(-0.3 * Z95)),
        # A gamma with cv 1 is exponential.
        ({"gamma": {"mean": 6500, "cv": "100%"}}, 0.4, -6500 * math.log(0.6)),
        # Beta(1/2, 1/2) is the arcsine law.
        ({"beta": {"yes": 0, "no": 0}}, 0.2, math.sin(math.pi * 0.1) ** 2),
    ],
)
def test_quantile_by_hand(spec: Any, u: float, expected: float) -> None:
    """Every form gives the value that can be written down for it."""
    assert quantile(spec, u) == pytest.approx(expected, rel=1e-12)


def test_gamma_of_shape_four() -> None:
    """With cv 50 % the shape is 4, for which F(x) = 1 - e^-y (1 + y + y²/2 + y³/6), y = 4x/mean."""
    y = 4 * quantile({"gamma": {"mean": 6500, "cv": "50%"}}, 0.3) / 6500
    assert 1 - math.exp(-y) * (1 + y + y**2 / 2 + y**3 / 6) == pytest.approx(0.3, rel=1e-12)


@pytest.mark.parametrize(
    ("spec", "mean"),
    [
        ({"low": 10, "best": 20, "high": 45, "shape": "triangular"}, 25),
        ({"low": 10, "best": 20, "high": 45}, 22.5),
        ({"gamma": {"mean": 6500, "cv": "20%"}}, 6500),
        ({"beta": {"yes": 14, "no": 98}}, 14.5 / 113),
        ({"lognormal": {"median": 2, "sd_log": 0.3}}, 2 * math.exp(0.045)),
    ],
)
def test_mean(spec: Any, mean: float) -> None:
    """The mean of a form is the integral of its quantile function over the probabilities."""
    steps = 4_000
    found = math.fsum(quantile(spec, (i + 0.5) / steps) for i in range(steps)) / steps
    assert found == pytest.approx(mean, rel=1e-4)


@pytest.mark.parametrize(
    ("spec", "low", "high", "u", "expected"),
    [
        ({"uniform": [-1, 3]}, 0, 2, 0.25, 0.5),
        ({"uniform": [-1, 3]}, 0, None, 0.5, 1.5),
        # Exponential on [0, 1]: F(1) = 1 - 1/e.
        ({"gamma": {"mean": 1, "cv": 1}}, 0, 1, 0.5, -math.log(1 - 0.5 * (1 - math.exp(-1)))),
        # 1 - (1-x)^5 for x from 0 to 1, stretched over [-1, 1] and cut at 0: F(0) = 1 - 0.5^5.
        ({"low": -1, "best": -1, "high": 1}, 0, None, 0.5, 1 - 2 * 0.5 * 0.5**0.2),
        # Standard normal above 0: the median lies at the third quartile.
        ({"normal": {"mean": 0, "sd": 1}}, 0, None, 0.5, 0.6744897501960817),
        ({"normal": {"mean": 0, "sd": 1}}, None, 0, 0.5, -0.6744897501960817),
        ({"lognormal": {"median": 1, "sd_log": 1}}, 0, 1, 0.5, math.exp(-0.6744897501960817)),
    ],
)
def test_truncation(
    spec: Any, low: float | None, high: float | None, u: float, expected: float
) -> None:
    """Outside its domain a quantity has no mass, and what is left keeps its proportions."""
    assert quantile(spec, u, low, high) == pytest.approx(expected, rel=1e-12)


def test_truncation_stays_inside() -> None:
    """Even at the smallest and largest probabilities the value lies in the domain."""
    spec = {"normal": {"mean": 0.5, "sd": 0.15}}
    found = [quantile(spec, u, 0, 1) for u in (1e-15, 1e-6, 0.5, 1 - 1e-6, 1 - 1e-15)]
    assert found == sorted(found)
    assert 0 <= found[0] < 0.001
    assert 0.999 < found[-1] <= 1


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"low": 10, "best": 20, "high": 45}, 20),
        ({"uniform": [0.8, 2.5]}, 1.65),
        ({"lognormal": {"median": 1.5, "p95": 2.6}}, 1.5),
        ({"normal": {"p5": 1, "p95": 3}}, 2),
        ({"gamma": {"mean": 100, "cv": 1}}, 100 * math.log(2)),
    ],
)
def test_central(spec: Any, expected: float) -> None:
    """The central value is the best one where there is one and the median elsewhere."""
    assert central(spec) == pytest.approx(expected, rel=1e-12)


# ---------------------------------------------------------------------------------------------
# Published cases


def test_wheels_to_meals() -> None:
    """Wheels-to-Meals has a present value of 81,741.93, a balance of 39,366.93, a ratio of 1.93."""
    found = wheels_to_meals("sroi-guide-2012")
    assert found["benefits"] == pytest.approx(81_741.9336, abs=5e-5)
    assert found["investment"] == pytest.approx(42_375, abs=1e-9)
    assert found["net_present_value"] == pytest.approx(39_366.93, abs=0.005)
    assert found["ratio"] == pytest.approx(1.929013, abs=5e-7)


def test_wheels_to_meals_by_line() -> None:
    """The first-year impacts of Wheels-to-Meals are those of its impact map."""
    found = wheels_to_meals("sroi-guide-2012")["lines"]
    course = {"huisarts": sum(0.9**a for a in range(5)), "buren": sum(0.95**a for a in range(3))}
    for (key, line), impact in zip(found.items(), WHEELS_IMPACTS, strict=True):
        assert line["impact"] / course.get(key, 1) == pytest.approx(impact, abs=0.005)
    assert found["huisarts"]["gross"] == pytest.approx(90 * 19 * 5)
    assert found["buren"]["gross"] == pytest.approx(-275 * 5 * 3)
    assert found["wijkzorg"]["gross"] == pytest.approx(14 * 34)


def test_wheels_to_meals_by_year() -> None:
    """Year by year Wheels-to-Meals flows, and is discounted, as in the Guide's projection."""
    years = wheels_to_meals("sroi-guide-2012")["by_year"]
    benefits = [year["benefits"] for year in years.values()]
    worth = [amount / 1.035**t for t, amount in enumerate(benefits, 1)]
    expected = [79_718.4251, 134.5772, 61.0610, 977.6980, 850.1722]
    assert benefits == pytest.approx([82_508.57, 144.1625, 67.699375, 1_121.931, 1_009.7379])
    assert worth == pytest.approx(expected, abs=5e-5)
    assert [year["investment"] for year in years.values()] == [42_375, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("rate", "end", "mid", "start"),
    [
        ("0%", 2.0024, 2.0024, 2.0024),
        ("1.5%", 1.9702, 1.9849, 1.9998),
        ("2.25%", 1.9545, 1.9764, 1.9985),
        ("3%", 1.9391, 1.9680, 1.9973),
        ("3.5%", 1.9290, 1.9625, 1.9965),
        ("8%", 1.8427, 1.9150, 1.9902),
    ],
)
def test_timing(rate: str, end: float, mid: float, start: float) -> None:
    """When in the year a flow falls is worth more than a point of the discount rate."""
    library = {**LIBRARY, "regimes": {"guide": {"rate": rate, **INVESTMENT_FREE}}}
    expected = {"end_of_year": end, "mid_year": mid, "start_of_year": start}
    for timing, one in expected.items():
        found = wheels_to_meals({"regime": "guide", "timing": timing}, library)
        assert found["ratio"] == pytest.approx(one, abs=5e-5)


def test_start_of_year_total() -> None:
    """With the first year free the present value of Wheels-to-Meals is 84,602.90."""
    found = wheels_to_meals({"regime": "sroi-guide-2012", "timing": "start_of_year"})
    assert found["benefits"] == pytest.approx(84_602.90, abs=0.005)


def test_outcome_line_of_three_years() -> None:
    """120 people, effect .30, corrections and drop-off: 71,800.76 at 2.25 %, first year free."""
    corrections = {"deadweight": "35%", "displacement": "5%", "attribution_to_others": "25%"}
    line = outcome(rate=0.3, effect_basis="gross", drop_off=0.3, lasts=3, **corrections)
    terms = {"rate": "2.25%", "timing": "start_of_year"}
    case = scenario([line], [price(value="2_000")], (120, 0, 0), discounting=terms)
    rows = flows(case, LIBRARY, {})
    first_cohort = [row["amount"] for row in rows if row["year"] - 2026 in range(3)][:3]
    assert first_cohort[0] / 2_000 == pytest.approx(16.6725)
    assert first_cohort == pytest.approx([33_345.00, 23_341.50, 16_339.05])
    found = result(case, LIBRARY, {})
    assert found["benefits"] == pytest.approx(71_800.76, abs=0.005)
    assert found["lines"]["uitkomst"]["impact"] == pytest.approx(73_025.55)
    assert found["lines"]["uitkomst"]["gross"] == pytest.approx(3 * 120 * 0.3 * 2_000)


def test_geometric_series() -> None:
    """A constant drop-off makes the closed form I/(1+r) (1-q^D)/(1-q), q = (1-d)/(1+r)."""
    q = 0.9 / 1.035
    closed = 1_539 / 1.035 * (1 - q**5) / (1 - q)
    assert closed == pytest.approx(5_732.19, abs=0.005)
    terms = {"rate": 0.035, "timing": "end_of_year"}
    line = outcome(lasts=5, drop_off="10%")
    case = scenario([line], [price(value=1_539)], (1, 0, 0, 0, 0), years=5, discounting=terms)
    assert result(case, LIBRARY, {})["benefits"] == pytest.approx(closed, rel=1e-14)


# ---------------------------------------------------------------------------------------------
# Properties of the method


def test_transfer() -> None:
    """A transfer is nothing to society: what the payers save the receiver loses."""
    benefit = price(payers={"gemeente": "60%", "corporatie": "40%"}, transfer="true")
    case = scenario([outcome()], [{**benefit, "receiver": "inwoner"}])
    found = result(case, LIBRARY, {})
    balances = {payer: one["balance"] for payer, one in found["payers"].items()}
    assert balances == pytest.approx({"gemeente": 600, "corporatie": 400, "inwoner": -1_000})
    assert found["benefits"] == pytest.approx(0, abs=1e-9)
    assert found["fiscal"]["balance"] == pytest.approx(600)


def test_tariff() -> None:
    """Payers save the tariff, the provider has the rest in freed capacity, society the value."""
    entry = price(tariff=70, payers={"gemeente": "50%", "zorgverzekeraar": "50%"})
    found = result(scenario([outcome()], [entry]), LIBRARY, {})
    classes = found["cash_classes"]
    assert found["benefits"] == pytest.approx(1_000)
    assert classes["gemeente"] == pytest.approx({"hard": 350, "soft": 0, "pm": 0})
    assert classes["zorgverzekeraar"] == pytest.approx({"hard": 350, "soft": 0, "pm": 0})
    assert classes["aanbieder"] == pytest.approx({"hard": 0, "soft": 300, "pm": 0})
    assert found["cash"]["balance"] == pytest.approx(700)


def test_part_of_a_year() -> None:
    """An effect of two and a half years counts for one, one and a half, after drop-off."""
    case = scenario([outcome(lasts=2.5, drop_off=0.1)], [price()])
    years = result(case, LIBRARY, {})["by_year"]
    amounts = [year["benefits"] for year in years.values()]
    assert amounts == pytest.approx([1_000, 900, 0.5 * 810])


def test_effect_of_less_than_a_year() -> None:
    """An effect of half a year is half a year's amount; one of no time at all is nothing."""
    half, none = (scenario([outcome(lasts=lasts)], [price()]) for lasts in (0.5, 0))
    assert result(half, LIBRARY, {})["benefits"] == pytest.approx(500)
    assert result(none, LIBRARY, {})["benefits"] == 0


def test_start() -> None:
    """An outcome that starts in the third year gives nothing before it."""
    years = result(scenario([outcome(starts=3)], [price()]), LIBRARY, {})["by_year"]
    assert [year["benefits"] for year in years.values()] == pytest.approx([0, 0, 1_000])


def test_cohorts_add_up() -> None:
    """Every year's activity has an effect of its own, and the effects of the years overlap."""
    case = scenario([outcome(lasts=2, drop_off=0.5)], [price()], (10, 20, 0))
    years = result(case, LIBRARY, {})["by_year"]
    assert [year["benefits"] for year in years.values()] == pytest.approx([1_000, 2_500, 1_000])


def test_horizon() -> None:
    """What flows past the last year is left out and reported, or counted."""
    cut = scenario([outcome(starts=2, lasts=4)], [price()])
    counted = {**cut, "basis": {**cut["basis"], "horizon": "count"}}
    short, whole = result(cut, LIBRARY, {}), result(counted, LIBRARY, {})
    assert (short["benefits"], short["beyond_horizon"]) == pytest.approx((2_000, 2_000))
    assert (whole["benefits"], whole["beyond_horizon"]) == pytest.approx((4_000, 0))
    assert list(short["by_year"]) == [2026, 2027, 2028]
    amounts = {year: one["benefits"] for year, one in whole["by_year"].items()}
    assert {year for year, amount in amounts.items() if amount} == {2027, 2028, 2029, 2030}


def test_corrections_multiply() -> None:
    """Deadweight of 40 % and attribution of 30 % leave 42 % and not 30 %."""
    corrections = {"deadweight": "40%", "displacement": 0, "attribution_to_others": "30%"}
    line = outcome(effect_basis="gross", **corrections)
    assert result(scenario([line], [price()]), LIBRARY, {})["benefits"] == pytest.approx(420)


def test_price_level() -> None:
    """A price of an earlier year is raised to the basis year; so is a dated investment."""
    spent = {"id": "inzet", "payer": "gemeente", "per_year": [500, 0, 0], "price_year": "2022"}
    case = scenario([outcome()], [price(price_year="2020")], (1, 0, 0), [spent], price_year=2023)
    found = result(case, LIBRARY, {})
    assert found["benefits"] == pytest.approx(100 * 1.03**3)
    assert found["investment"] == pytest.approx(500 * 1.03)


def test_price_level_of_tariff_and_time() -> None:
    """The tariff and the price of time in kind are raised as any other price is."""
    hours = {"id": "uren", "payer": "inwoner", "in_kind": True, "volume": [5, 0, 0]}
    line = {**hours, "proxy": "uur"}
    prices = [price(price_year=2020, tariff=70)]
    found = result(scenario([outcome()], prices, (1, 0, 0), [line], price_year=2025), LIBRARY, {})
    assert found["payers"]["gemeente"]["balance"] == pytest.approx(70 * 1.03**5)
    assert found["payers"]["aanbieder"]["balance"] == pytest.approx(30 * 1.03**5)
    assert found["investment"] == pytest.approx(50 * 1.03)


def test_investment() -> None:
    """Money is hard and split over its payers; time in kind is soft and has a price."""
    shared = {"id": "geld", "payers": {"gemeente": "60%", "corporatie": "40%"}, "per_year": 100}
    hours = {"id": "uren", "payer": "inwoner", "in_kind": "true", "volume": 5, "proxy": "uur"}
    found = result(scenario([], [], investment=[shared, hours]), LIBRARY, {})
    assert found["investment"] == pytest.approx(450)
    assert found["payers"]["gemeente"]["balance"] == pytest.approx(-180)
    assert found["cash_classes"]["corporatie"] == pytest.approx({"hard": -120, "soft": 0, "pm": 0})
    assert found["cash_classes"]["inwoner"] == pytest.approx({"hard": 0, "soft": -150, "pm": 0})


def test_investment_is_discounted_alike_unless_the_regime_says_otherwise() -> None:
    """In a regime of its own kind investment keeps factor 1; elsewhere it follows the benefits."""
    spent = {"id": "inzet", "payer": "gemeente", "per_year": [0, 0, 1_000]}
    factors = {"nl-2021": 1.0225**-2.5, "sroi-guide-2012": 1, "zin-2024": 1.03**-2}
    for regime, expected in factors.items():
        case = scenario([], [], investment=[spent], discounting=regime)
        assert result(case, LIBRARY, {})["investment"] == pytest.approx(1_000 * expected)


def test_no_investment_no_ratio() -> None:
    """Without investment there is no ratio."""
    assert result(scenario([outcome()], [price()]), LIBRARY, {})["ratio"] is None


def test_override() -> None:
    """What the outcome says goes before what its price says, and is a quantity of its own."""
    own: dict[str, Any] = {
        "value": {"uniform": [40, 60]},
        "payers": {"corporatie": 1},
        "cash": "pm",
    }
    case = scenario([outcome(**own)], [price(value={"uniform": [1, 2]})])
    assert list(quantities(case, LIBRARY)) == ["outcomes.uitkomst.value"]
    found = result(case, LIBRARY, {"outcomes.uitkomst.value": 55})
    assert found["cash_classes"] == {"corporatie": pytest.approx({"hard": 0, "soft": 0, "pm": 550})}


def test_outcome_without_euros() -> None:
    """An outcome without a price has no flows and no line, but its quantity stays uncertain."""
    line: dict[str, Any] = {
        "id": "trots",
        "of": "activiteit",
        "rate": {"uniform": [0, 1]},
        "value": "none",
    }
    line |= {"effect_basis": "causal", "lasts": 1}
    case = scenario([line], [])
    assert list(quantities(case, LIBRARY)) == ["outcomes.trots.rate"]
    assert flows(case, LIBRARY, {}) == []
    assert result(case, LIBRARY, {})["lines"] == {}


def test_quantities_in_order() -> None:
    """Uncertain quantities come in the documented order, a shared price once, unused ones not."""
    spread = {"uniform": [0.1, 0.2]}
    lines = [outcome(id="b", rate=spread, lasts=spread), outcome(id="a", drop_off=spread)]
    spent = {"id": "inzet", "payer": "gemeente", "per_year": [spread, 5, {"value": 6}]}
    hours = {"id": "uren", "payer": "inwoner", "in_kind": True, "volume": spread, "proxy": "tijd"}
    prices = [price(id="rest", value=spread), price(id="tijd", value=spread)]
    prices.append(price(value=spread, tariff=spread))
    case = scenario(lines, prices, (spread, 3, spread), [spent, hours])
    assert list(quantities(case, LIBRARY)) == [
        "activities.activiteit.volume.2026",
        "activities.activiteit.volume.2028",
        "outcomes.b.rate",
        "outcomes.b.lasts",
        "outcomes.a.drop_off",
        "investment.inzet.per_year.2026",
        "investment.uren.volume",
        "proxies.prijs.value",
        "proxies.prijs.tariff",
        "proxies.tijd.value",
    ]


def test_a_quantity_that_was_not_drawn_is_missed() -> None:
    """An uncertain quantity without a value in the draw is an error, not a guess."""
    case = scenario([outcome(rate={"uniform": [0, 1]})], [price()])
    with pytest.raises(KeyError, match=r"outcomes\.uitkomst\.rate"):
        flows(case, LIBRARY, {})


# ---------------------------------------------------------------------------------------------
# Scenarios at random

SEEDS = range(60)


def drawn(case: dict[str, Any], rng: random.Random) -> dict[str, float]:
    """One draw of every uncertain quantity."""
    found = quantities(case, LIBRARY)
    return {path: quantile(spec, rng.random(), *domain(path)) for path, spec in found.items()}


def test_what_adds_up() -> None:
    """Society is the sum of its payers, of its lines, and of the classes of its amounts."""
    for seed in SEEDS:
        assert_adds_up(random.Random(seed))


def assert_adds_up(rng: random.Random) -> None:
    case = random_scenario(rng)
    found = result(case, LIBRARY, drawn(case, rng))
    balance = found["net_present_value"]
    payers = [one["balance"] for one in found["payers"].values()]
    classes = [amount for one in found["cash_classes"].values() for amount in one.values()]
    lines = [line["present_value"] for line in found["lines"].values()]
    assert math.fsum(payers) == pytest.approx(balance, rel=1e-9, abs=1e-4)
    assert math.fsum(classes) == pytest.approx(balance, rel=1e-9, abs=1e-4)
    assert math.fsum(lines) == pytest.approx(found["benefits"], rel=1e-9, abs=1e-4)
    impact = math.fsum(line["impact"] for line in found["lines"].values())
    undiscounted = math.fsum(year["benefits"] for year in found["by_year"].values())
    assert undiscounted == pytest.approx(impact, rel=1e-9, abs=1e-4)


def test_as_text() -> None:
    """A scenario written as YAML and read back as text alone gives the same result."""
    for seed in SEEDS:
        case = random_scenario(random.Random(seed))
        again = yaml.load(as_yaml(case), Loader=BaseLoader)
        # Padding 1.234 to 1.2340 changes no value: the results are equal to the last digit.
        assert result(again, LIBRARY, central_values(again, LIBRARY)) == result(
            case, LIBRARY, central_values(case, LIBRARY)
        )


def test_scenarios_are_valid() -> None:
    """Quantities lie in their domain, distributions but for 0.1 %, and causal is not corrected."""
    for seed in range(300):
        case = random_scenario(random.Random(seed))
        for path, spec in scenario_quantities(case):
            low, high = domain(path)
            low, high = -math.inf if low is None else low, math.inf if high is None else high
            if is_certain(spec):
                assert low <= certain_value(spec) <= high
            else:
                assert share_below(spec, low) + 1 - share_below(spec, high) < 0.001
        for line in case["outcomes"]:
            corrected = {"deadweight", "displacement", "attribution_to_others"} & set(line)
            assert len(corrected) == (0 if line["effect_basis"] == "causal" else 3)
            assert 1 <= line["starts"] <= case["basis"]["years"]
        for line in (*case["investment"], *case["outcomes"], *case["proxies"]):
            if "payers" in line:
                assert sum(map(number, line["payers"].values())) == pytest.approx(1, abs=1e-12)
                assert line.get("receiver") not in line["payers"]


def test_scenarios_are_varied() -> None:
    """Among the random scenarios every form of quantity and of discounting occurs."""
    cases = [random_scenario(random.Random(seed)) for seed in range(300)]
    found = [spec for case in cases for spec in quantities(case, LIBRARY).values()]
    keys = {key for spec in found for key in spec}
    assert {"best", "shape", "uniform", "normal", "lognormal", "gamma", "beta"} <= keys
    forms = {str(case["basis"]["discounting"]) for case in cases}
    assert set(REGIMES) <= forms
    assert any("rate" in form for form in forms)
    assert any("'regime'" in form for form in forms)
    prices = [entry for case in cases for entry in case["proxies"]]
    assert any("tariff" in entry for entry in prices)
    assert any("transfer" in entry for entry in prices)


def test_what_was_never_a_file_is_read_as_if_it_was() -> None:
    """Text for text, so that models need not be written and read first."""
    for seed in range(60):
        case = random_scenario(random.Random(seed))
        assert as_read(case) == parse(as_yaml(case).encode(), "").data


def test_text_has_no_ambiguous_number() -> None:
    """No number reads like a thousand with a point, and nothing is anchored."""
    for seed in range(100):
        written = as_yaml(random_scenario(random.Random(seed)))
        tokens = [line.split(" ")[-1] for line in written.splitlines()]
        odd = [t for t in tokens if t.count(".") == 1 and t.lstrip("-")[:1] in "123456789"]
        assert not [t for t in odd if len(t.rstrip("%").split(".")[1]) == 3]
        assert not any(token.startswith(("&", "*")) for token in tokens)
