"""Which draws models share: all of one scenario, and prices of the library of different ones."""

from models_in_memory import model, one_line

from sroi.model.portfolio.shared import dimensions, how_many

PRICE = {"low": 1, "best": 2, "high": 4}


def line(price: dict, rate: dict, **more) -> object:
    scenario = one_line(outcomes__rate=rate) | more
    scenario["proxies"][0]["value"] = price
    return model(scenario)


RATE = {"low": 0, "best": 1, "high": 3}


def test_a_model_by_itself_takes_them_in_its_own_order():
    one = line(PRICE, RATE)
    assert dimensions([("a", one)]) == [list(range(len(one.quantities.rows)))]
    assert how_many([]) == 0


def test_models_of_one_scenario_share_by_path():
    """Also where a row has another range for it."""
    first, second = line(PRICE, RATE), line(PRICE, {"low": 0, "best": 2, "high": 3})
    taken = dimensions([("a", first), ("a", second)])
    assert taken[0] == taken[1]


def test_models_of_different_scenarios_share_prices_only():
    first, second = line(PRICE, RATE), line(PRICE, RATE)
    rows = {path: n for n, path in enumerate(first.quantities.rows)}
    one, other = dimensions([("a", first), ("b", second)])
    price, rate = rows["proxies.prijs.value"], rows["outcomes.verandering.rate"]
    assert one[price] == other[price]
    assert one[rate] != other[rate]
    assert how_many([one, other]) == 3


def test_a_price_with_another_range_is_another_quantity():
    first, second = line(PRICE, RATE), line({"low": 1, "best": 2, "high": 5}, RATE)
    one, other = dimensions([("a", first), ("b", second)])
    assert not set(one) & set(other)


def test_a_price_that_moves_with_something_else_is_not_shared():
    tied = {
        "correlations": [{"of": ["proxies.prijs.value", "outcomes.verandering.rate"], "rho": 0.5}]
    }
    first, second = line(PRICE, RATE), line(PRICE, RATE, **tied)
    one, other = dimensions([("a", first), ("b", second)])
    assert not set(one) & set(other)
