"""The prices that results rest on, as data: whose they are, and who looked at them."""

import json

from reviews import CONTRACT, OWN, layer_of, said
from scenarios_at_random import as_yaml
from valuations import small

from sroi.analysis.valuation.valuation import Valuation, value
from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import load
from sroi.inputs.library.layered import layered
from sroi.report.files.csv_files import csv_texts
from sroi.report.files.results_json import as_json

PRICE = "begeleiding-uur"
SIXTY = {"low": "50", "value": "60", "high": "70", "source": "tatooheene-2024[tabel 4]"}


def reviewed(tmp_path, *reviews: dict, prices: tuple[str, ...] = (PRICE,), **more) -> Valuation:
    """The small scenario with an outcome for each of these prices, and a layer over the library."""
    library = shipped_library()
    if reviews or more:
        library = layered(library, layer_of(*reviews, **more))
    scenario = small()
    first = scenario["outcomes"][0]
    scenario["outcomes"] = [
        first | {"id": f"uitkomst-{n}", "proxy": key} for n, key in enumerate(prices)
    ]
    path = tmp_path / "plan.yaml"
    path.write_text(as_yaml(scenario), encoding="utf-8")
    return value(load(path, library=library))


def test_without_a_layer(tmp_path):
    """Nobody is named, and there is no layer."""
    found = as_json(reviewed(tmp_path), "nl")
    assert found["layer"] is None
    (price,) = found["prices"]
    assert (price["price"], price["origin"], price["changes"]) == (PRICE, "library", [])
    assert price["review"] == {"status": "draft", "by": None, "on": None}


def test_who_looked_at_what_and_what_they_changed(tmp_path):
    """Of the prices in use; a review of another price has no part in these results."""
    library = shipped_library()
    reviews = [
        said(library, PRICE, "A", "2026-03-01", becomes=SIXTY),
        said(library, PRICE, "B", "2026-02-01"),
        said(library, "ziekenhuisdag", "A"),
    ]
    own = OWN | {"unit": "EUR/uur"}
    valuation = reviewed(
        tmp_path, *reviews, prices=(PRICE, OWN["id"]), proxies=[own], sources=[CONTRACT], name="Wij"
    )
    found = as_json(valuation, "nl")
    layer = found["layer"]
    assert (layer["name"], layer["sign"][:2]) == ("Wij", "l-")
    assert layer["prices"] == sorted([PRICE, OWN["id"]])
    assert layer["own"] == [OWN["id"]]
    assert layer["not_agreed"] == [{"price": PRICE, "followed": "A", "other": "B"}]
    assert layer["not_counted"] == []
    first, second = found["prices"]
    assert first["review"] == {"status": "checked", "by": "A", "on": "2026-03-01"}
    assert {one["field"]: one["now"] for one in first["changes"]}["value"] == "60"
    assert (second["origin"], second["review"]["by"]) == ("layer", "Controller (fictief)")
    table = csv_texts(valuation, found, "nl")["prices.csv"].splitlines()
    assert table[0].split(";")[:2] == ["price", "origin"]
    assert table[1].split(";")[6:9] == ["checked", "A", "2026-03-01"]


def test_a_review_that_does_not_count_is_told(tmp_path):
    """The price became another one."""
    review = said(shipped_library(), PRICE, "A")
    review["seen"] = review["seen"] | {"unit": "EUR/dag"}
    found = as_json(reviewed(tmp_path, review), "nl")
    assert found["layer"]["not_counted"] == [{"price": PRICE, "by": "A", "on": "2026-03-01"}]
    assert found["prices"][0]["review"]["by"] is None
    json.dumps(found, allow_nan=False)


def test_a_layer_that_is_not_used_is_not_named(tmp_path):
    """Results are the same as without it, so that whoever does not have it comes to the same."""
    other = said(shipped_library(), "ziekenhuisdag", "A")
    with_it, without = reviewed(tmp_path, other), reviewed(tmp_path)
    assert as_json(with_it, "nl") == as_json(without, "nl")
