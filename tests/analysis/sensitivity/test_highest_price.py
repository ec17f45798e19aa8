"""The highest price per unit at which an activity still pays, with a chance of 90 %."""

import numpy as np
import pytest
from care_in_memory import worked_example
from models_in_memory import Record, model, one_line, read
from valuations import example, small

from sroi.analysis.result.draws import some_draws
from sroi.analysis.sensitivity.highest_price import HighestPrice, highest_prices
from sroi.model.flows.engine import results_at
from sroi.model.flows.results import SOCIETY, Perspective, purse
from sroi.model.lines.builder import in_year

UNIFORM = {"uniform": [0, 10], "because": "Voorbeeld."}
VALUE = {"outcomes__rate": UNIFORM, "proxies__value": 100, "investment__per_year": 400}
HARD = Perspective(classes=frozenset({"hard"}))


def prices(
    scenario: Record, whose: Perspective = SOCIETY, chance: float = 0.9, each: int = 256
) -> dict[str, HighestPrice]:
    """The highest prices of a scenario, by activity."""
    found = model(scenario)
    values = some_draws(found, read(scenario).basis, each)
    return {price.activity: price for price in highest_prices(found, values, whose, chance)}


def of_one_line(whose: Perspective = SOCIETY, chance: float = 0.9, **changes) -> HighestPrice:
    """Of one outcome: a uniform rate from 0 to 10 at 100 euros, 60 % for the gemeente."""
    return prices(small(**(VALUE | changes)), whose, chance)["steun"]


def with_activity(scenario: Record, volume: object = 100) -> Record:
    """A scenario with a care ladder that is of an activity."""
    unit = {"id": "traject", "what": "Traject", "unit": "traject", "volume": volume}
    scenario["care_ladder"][0]["of"] = "traject"
    return scenario | {"activities": [unit]}


@pytest.mark.parametrize(
    ("whose", "chance", "price"),
    [(SOCIETY, 0.9, 100), (SOCIETY, 0.5, 500), (SOCIETY, 0.1, 900), (HARD, 0.9, 100),
     (purse("gemeente"), 0.9, 60), (purse("zorgverzekeraar", "hard"), 0.9, 40)],
)  # fmt: skip
def test_a_price_worked_out_by_hand(whose, chance, price):
    """A tenth of a uniform rate from 0 to 10 is 1; at 100 euros each."""
    found = of_one_line(whose, chance)
    assert found.price == pytest.approx(price, abs=4 * found.error)
    assert 0 < found.error < 2
    assert (found.activity, found.chance) == ("steun", chance)


def test_the_price_is_per_unit():
    """Of five units, for each of them as much; what is planned is shared out over them."""
    one, five = of_one_line(), of_one_line(activities__volume=5)
    assert five.price == pytest.approx(one.price)
    assert (one.now, five.now) == (pytest.approx(400), pytest.approx(80))


def test_units_are_discounted_as_investment():
    """At ten percent, at the end of each year: 10 now and 20 a year later."""
    discounting = {"rate": 0.1, "timing": "end_of_year"}
    found = of_one_line(
        outcomes__rate=1,
        activities__volume=[10, 20],
        basis__years=2,
        basis__discounting=discounting,
    )
    units = 10 / 1.1 + 20 / 1.21
    assert found.price == pytest.approx(100)
    assert found.error == pytest.approx(0, abs=1e-9)
    assert found.now == pytest.approx(400 * (1 / 1.1 + 1 / 1.21) / units)


def test_undiscounted_investment_is_undiscounted_units():
    """Then a benefit of a later year buys less of them."""
    discounting = {"rate": 0.1, "timing": "end_of_year", "investment": "undiscounted"}
    found = of_one_line(outcomes__rate=1, basis__discounting=discounting)
    assert found.price == pytest.approx(100 / 1.1)
    assert found.now == pytest.approx(400)


def test_an_uncertain_volume_divides_out():
    """The benefits of an outcome grow with it."""
    volume = {"low": 50, "best": 100, "high": 200, "because": "Voorbeeld."}
    assert of_one_line(activities__volume=volume).price == pytest.approx(100, rel=0.02)


def test_of_a_payer_what_it_pays_now():
    """Nothing where another pays it."""
    assert of_one_line(purse("gemeente")).now == pytest.approx(400)
    assert of_one_line(purse("zorgverzekeraar")).now == 0


def test_soft_money_does_not_pay_a_bill():
    """There is no price in hard money where the benefits have none."""
    soft = of_one_line(HARD, proxies__cash="soft")
    assert (soft.price, soft.error) == (None, None)
    assert soft.now == pytest.approx(400)


def test_where_it_costs_money_the_price_is_below_zero():
    """Not even for nothing."""
    rate = {"uniform": [-10, 0], "because": "Voorbeeld."}
    scenario = small(**(VALUE | {"outcomes__rate": rate}))
    assert prices(scenario)["steun"].price == pytest.approx(-900, rel=0.02)


def test_without_volume_there_is_no_price():
    """And none now."""
    none = of_one_line(activities__volume={"value": 0, "because": "Voorbeeld."})
    assert (none.price, none.error, none.now) == (None, None, None)


def test_every_activity_has_its_own():
    """One without benefits in euros has none; with more than one there is no price now."""
    scenario = small(**VALUE)
    first, line = scenario["activities"][0], scenario["outcomes"][0]
    scenario["activities"] += [first | {"id": "twee"}, first | {"id": "drie"}]
    scenario["outcomes"] += [
        line | {"id": "dubbel", "of": "twee", "rate": 2},
        {"id": "stil", "what": "Stil", "stakeholder": "bewoners", "of": "drie", "rate": 1,
         "unit": "huishouden", "value": "none", "because": "Niet in geld."},
    ]  # fmt: skip
    found = prices(scenario)
    assert list(found) == ["steun", "twee", "drie"]
    assert found["twee"].price == pytest.approx(200)
    assert found["drie"].price is None
    assert [price.now for price in found.values()] == [None, None, None]


def test_without_activities_there_is_nothing():
    """A ladder need not be of one."""
    assert prices(worked_example()) == {}


def test_a_care_ladder_of_an_activity():
    """What it avoids is shared out over the units; at the price found the chance is 90 %."""
    scenario = with_activity(worked_example())
    found, half = prices(scenario)["traject"], prices(with_activity(scenario, 50))["traject"]
    assert half.price == pytest.approx(2 * found.price)
    built = model(scenario)
    results = results_at(built, some_draws(built, read(scenario).basis))
    units = 100 * built.discounting.investment_factors(10).sum()
    for price, holds in ((found.price - 0.01, True), (found.price + 0.01, False)):
        assert ((results.benefits() > price * units).mean() >= 0.9) == holds
    assert found.now == pytest.approx(results.investment()[0] / units)


@pytest.mark.parametrize("whose", [SOCIETY, HARD, purse("gemeente")])
@pytest.mark.parametrize("chance", [0.9, 0.95, 0.5])
def test_at_the_price_the_chance_is_what_was_asked(whose, chance):
    """And at a hair more it is not: for every activity of a scenario with many lines."""
    found, basis = example().model, example().loaded.scenario.basis
    values = some_draws(found, basis)
    results = results_at(found, values)
    factors = found.discounting.investment_factors(found.horizon)
    for price in highest_prices(found, values, whose, chance):
        if not price.price:  # at a price of zero the volume does not matter
            continue
        lines = [o.id for o in example().loaded.scenario.outcomes if o.of == price.activity]
        benefits = results.present_values(results.rows("outcomes", lines), whose)
        path, known = f"activities.{price.activity}.volume", found.quantities.distributions
        units = sum(
            values[in_year(path, found.first_year + year, known)] * factor
            for year, factor in enumerate(factors)
        )
        hair = 1e-9 * abs(price.price)
        assert (benefits > (price.price - hair) * units).mean() >= chance
        assert (benefits > (price.price + hair) * units).mean() < chance


def test_a_direct_shift_of_an_activity():
    """Reach 100 a year, a tenth of them at risk, half of which is avoided: a year of care each."""
    scenario = one_line(basis__years=30) | {"outcomes": [], "proxies": []}
    scenario["direct_shift"] = [
        {"id": "zorg", "what": "Zorg", "stakeholder": "bewoners", "of": "steun",
         "effect_basis": "causal", "at_risk": 0.1, "risk_reduction": 0.5, "duration": 0.1,
         "cost": 10_000, "price_year": 2024, "payers": {"gemeente": 1}, "paid_per_unit": 1,
         "backfill": 0, "capacity_step": 1, "contracts": {"lag": 0}}
    ]  # fmt: skip
    found = prices(scenario)["steun"]
    assert found.price == pytest.approx(0.1 * 0.5 * 0.1 * 10_000, rel=0.01)
    assert found.error == pytest.approx(0, abs=1e-9)


def test_the_error_is_that_of_the_draws():
    """Over many seeds the prices lie about as far apart as it says."""
    price = {"lognormal": {"median": 100, "sd_log": 0.5}, "because": "Voorbeeld."}
    scenario = small(**(VALUE | {"proxies__value": price}))
    found, basis = model(scenario), read(scenario).basis
    rows = [
        highest_prices(found, some_draws(found, basis.model_copy(update={"seed": seed}), 64))[0]
        for seed in range(60)
    ]
    spread = np.std([row.price for row in rows], ddof=1)
    assert 0.75 < spread / np.mean([row.error for row in rows]) < 1.3


def test_it_is_the_same_in_one_block_or_in_many(monkeypatch):
    """To the last bit."""
    found, basis = example().model, example().loaded.scenario.basis
    values = some_draws(found, basis, 512)
    once = highest_prices(found, values)
    monkeypatch.setattr("sroi.analysis.sensitivity.highest_price.BLOCK", 1024)
    assert highest_prices(found, values) == once
