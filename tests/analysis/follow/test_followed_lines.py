"""Expected and realised by line, payer and year, and why they differ; worked out by hand.

The contract has no uncertainty here: 100 visits × 4 hours × € 40 × (1 - 0.4)(1 - 0.2) = € 7,680 a
year. Of 80 visits with 5 hours at € 44 that is € 8,448. Over all orders: volume from 100 to 80,
effect from 4 to 5, price from 40 to 44, each time × 0.48.
"""

from itertools import permutations

import numpy as np
import pytest
from contracts import contract, followed

CERTAIN = (
    ("per_year: {low: 9000, best: 10_000, high: 12_000, because: Aanname.}", "per_year: 10_000"),
    ("volume: {low: 50, best: 100, high: 140, because: Aanname., evidence: 6}", "volume: 100"),
    ("rate: {low: 0, best: 4, high: 10, because: Aanname., evidence: 6}", "rate: 4"),
    ("{low: 20%, best: 40%, high: 60%, because: Aanname.}", "40%"),
    ("{low: 10%, best: 20%, high: 40%, because: Aanname.}", "20%"),
)
VISITS = "period: 2024, what: bezoek, amount: 80, known: counted"
HOURS = "period: 2024, what: minder-hulp, amount: 5, sd: 1, known: measured"
PRICE = "period: 2024, what: proxies.uur-hulp.value, amount: 44, known: booked"
LINE = "outcomes.minder-hulp"


@pytest.fixture
def of(tmp_path):
    """The rows of a line, by what happened."""

    def found(*rows, line=LINE, until="2024-Q4"):
        made = followed(tmp_path, contract(*CERTAIN), *rows, until=until)
        return [one for one in made.years if one.line == line]

    return found


def test_by_hand(of):
    sizes = {"volume": (100, 80), "effect": (4, 5), "price": (40, 44)}
    orders = list(permutations(sizes))

    def at(some):
        return 0.48 * np.prod([pair[name in some] for name, pair in sizes.items()])

    wanted = {
        one: np.mean([at({*o[: o.index(one)], one}) - at(set(o[: o.index(one)])) for o in orders])
        for one in sizes
    }
    found = of(VISITS, HOURS, PRICE)
    assert len(found) == 1
    assert (found[0].expected, found[0].realised) == (7680, 8448)
    assert found[0].causes == pytest.approx(wanted | {"timing": 0}, abs=0.01)
    assert round(sum(found[0].causes.values()), 2) == 768


def test_without_a_measurement_there_is_no_realised_amount(of):
    found = of(VISITS)[0]
    assert (found.basis, found.realised, found.with_done) == ("volume", None, 6144)
    assert found.causes == {"volume": -1536, "price": 0, "effect": 0, "timing": 0}


def test_without_the_volume_nothing_is_known(of):
    found = of(HOURS)[0]
    assert (found.basis, found.realised, found.with_done, found.causes) == (
        "unknown",
        None,
        None,
        {},
    )


def test_a_year_of_which_a_quarter_is_missing_is_not_compared(of):
    rows = [f"period: 2024-Q{q}, what: bezoek, amount: 20, known: counted" for q in (1, 2, 4)]
    assert of(*rows, HOURS)[0].basis == "unknown"


def test_what_comes_later_than_expected_is_timing(of):
    """160 visits in two years instead of 200, and 60 and 100 instead of evenly. In visits: volume
    by itself gives 80 and 80, timing 75 and 125; so of 2025 volume is the mean of 80 - 100 and
    100 - 125, and timing that of 125 - 100 and 100 - 80. A visit is € 76.80."""
    rows = [f"period: {y}, what: bezoek, amount: {n}, known: counted"
            for y, n in ((2024, 60), (2025, 100))]  # fmt: skip
    found = of(*rows, HOURS.replace("5,", "4,"), until="2025-Q4")
    assert [one.causes["timing"] for one in found] == pytest.approx([-1728, 1728])
    assert [one.causes["volume"] for one in found] == pytest.approx([-1344, -1728])
    assert [one.realised for one in found] == [4608, 7680]


def test_costs_by_payer_as_they_were_booked(of):
    rows = [f"period: 2024, what: team, payer: {p}, amount: {n}, known: booked"
            for p, n in (("gemeente", 8000), ("zorgverzekeraar", 2600))]  # fmt: skip
    found = {one.payer: one for one in of(*rows, line="investment.team")}
    assert [found[p].expected for p in ("gemeente", "zorgverzekeraar")] == [7500, 2500]
    assert [found[p].realised for p in ("gemeente", "zorgverzekeraar")] == [8000, 2600]
    assert found["gemeente"].causes["volume"] == 500


def test_booked_by_one_payer_alone_is_not_the_whole(of):
    row = "period: 2024, what: team, payer: gemeente, amount: 8000, known: booked"
    assert {one.basis for one in of(row, line="investment.team")} == {"unknown"}


def test_money_is_brought_to_the_price_level_and_back(of):
    """€ 10,330 booked in 2025 is in prices of 2024 what consumer prices make of it."""
    rows = ["period: 2025, what: team, amount: 10_330, known: booked",
            "period: 2024, what: team, amount: 10_000, known: booked"]  # fmt: skip
    found = [one for one in of(*rows, line="investment.team", until="2025-Q4") if one.year == 2025]
    assert sum(one.realised for one in found) == pytest.approx(10_330 * 0.96805, abs=0.02)
    assert sum(one.own[1] for one in found) == pytest.approx(10_330, abs=0.02)


def test_everything_adds_up_to_the_cent(tmp_path):
    rows = ["period: 2024, what: bezoek, amount: 83, known: counted",
            "period: 2025, what: bezoek, amount: 71, known: counted",
            "period: 2024, what: team, amount: 10_137.35, known: booked",
            "period: 2025, what: minder-hulp, amount: 4.6, sd: 0.7, known: measured",
            PRICE]  # fmt: skip
    made = followed(tmp_path, contract(), *rows)
    for one in (*made.years, *made.to_date):
        if one.causes:
            assert round(one.expected + sum(one.causes.values()), 2) == one.with_done
    assert any(one.causes and one.causes["timing"] for one in made.years)


def test_what_did_not_change_explains_nothing(tmp_path):
    made = followed(tmp_path, contract(), VISITS, until="2024-Q4")
    for one in made.years:
        assert {one.causes.get(c, 0.0) for c in ("price", "effect", "timing")} == {0.0}
