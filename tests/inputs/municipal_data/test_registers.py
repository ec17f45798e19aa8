"""A register out of tables of two periods. Every number is invented."""

import municipal_tables as tables
import pytest

from sroi.inputs.municipal_data.opened import table_of
from sroi.inputs.municipal_data.overview import overview
from sroi.inputs.municipal_data.registers import Wanted, registered
from sroi.inputs.municipal_data.rounding import Band
from sroi.problems import Unusable

KINDS = {"wijkteam": "Jeugdhulp door het wijkteam", "ambulant": "Ambulante jeugdhulp"}
# the layout of 85097NED: all of a period, begun and ended, by kind of help in the heading
HEADS = ["Verwijzer", "Regio's", "Perioden"] + [
    f"Jeugdhulp zonder verblijf/{kind}/{name} (aantal)"
    for kind in KINDS.values()
    for name in ("Totaal trajecten", "Begonnen trajecten/Totaal begonnen trajecten",
                 "Beëindigde trajecten/Totaal beëindigde trajecten")
]  # fmt: skip
FLOWS = [
    ("Totaal", "Tilburg", "1e halfjaar 2024*", 625, 150, 170, 2_700, 925, 670),
    ("Totaal", "Tilburg", "2e halfjaar 2023", 600, 140, 125, 2_600, 900, 825),
    ("Totaal", "Goirle", "1e halfjaar 2024*", 45, 10, 15, 205, 70, "."),
]
BY_FLOWS = {
    "total": "Totaal trajecten", "inflow": "Totaal begonnen trajecten",
    "outflow": "Totaal beëindigde trajecten",
}  # fmt: skip
# a table of stocks by kind, as rows
STOCK_HEADS = ("Vorm", "Regio's", "Perioden", "Trajecten op peildatum (aantal)")
STOCKS = [
    (kind, "Tilburg", day, size)
    for day, sizes in (("31 december 2023", (475, 1_775)), ("30 juni 2024*", (455, 2_030)))
    for kind, size in zip(KINDS.values(), sizes, strict=True)
]


@pytest.fixture
def flows(tmp_path):
    return overview(table_of(tables.statline(tmp_path / "flows.csv", FLOWS, HEADS)))


@pytest.fixture
def stocks(tmp_path):
    return overview(table_of(tables.statline(tmp_path / "stocks.csv", STOCKS, STOCK_HEADS)))


def bands(found, tier) -> dict[str, float | None]:
    return {name: one.band.best if one.band else None for name, one in found.tiers[tier].items()}


def test_all_of_a_period_with_who_came_and_who_left(flows):
    """Start: all less who came; end: all less who left."""
    found = registered([flows], Wanted("Tilburg", "2024HJ01", KINDS, BY_FLOWS))
    assert bands(found, "wijkteam") == {"begin": 475, "inflow": 150, "outflow": 170, "end": 455}
    assert bands(found, "ambulant") == {"begin": 1775, "inflow": 925, "outflow": 670, "end": 2030}
    assert found.years == 0.5
    assert found.open() == []
    # each of two numbers may be two and a half off
    assert found.tiers["wijkteam"]["begin"].band == Band(470, 475, 480)
    assert found.tiers["wijkteam"]["inflow"].band == Band(147.5, 150, 152.5)


def test_the_end_of_one_period_is_the_start_of_the_next(flows, stocks):
    """Stocks on two days, and what came in between; the fourth count follows."""
    asked = {"end": "Trajecten op peildatum", "inflow": "Totaal begonnen trajecten"}
    found = registered([stocks, flows], Wanted("Tilburg", "2024HJ01", KINDS, asked))
    assert bands(found, "wijkteam") == {"begin": 475, "inflow": 150, "outflow": 170, "end": 455}
    ways = {name: one.how for name, one in found.tiers["wijkteam"].items()}
    assert ways == {"begin": "before", "inflow": "taken", "outflow": "balance", "end": "taken"}


def test_what_the_tables_do_not_tell_is_left_open(stocks):
    """Two stocks say how many more there are, and not who came and who left."""
    asked = {"end": "Trajecten op peildatum"}
    found = registered([stocks], Wanted("Tilburg", "2024HJ01", KINDS, asked))
    assert bands(found, "wijkteam") == {"begin": 475, "inflow": None, "outflow": None, "end": 455}
    assert ("ambulant", "inflow") in found.open()


def test_a_count_that_is_unknown_is_open_and_not_zero(flows):
    found = registered([flows], Wanted("Goirle", "2024HJ01", KINDS, BY_FLOWS))
    assert bands(found, "ambulant") == {"begin": 135, "inflow": 70, "outflow": None, "end": None}
    assert found.open() == [("ambulant", "outflow"), ("ambulant", "end")]


def test_days_say_how_long_a_period_lasts(stocks):
    asked = {"end": "Trajecten op peildatum"}
    wanted = Wanted("Tilburg", "30 juni 2024", KINDS, asked, before="31 december 2023")
    found = registered([stocks], wanted)
    assert found.years == pytest.approx(182 / 365.25)
    assert bands(found, "wijkteam")["begin"] == 475


TERMS = ("Regio's", "Perioden", "Cliënten met {} (aantal)")


def renamed(tmp_path, name: str, when: str, size: int):
    """As a table that stayed and changed its words."""
    heads = [head.format(name) for head in TERMS]
    path = tables.statline(tmp_path / f"{name}.csv", [("Tilburg", when, size)], heads)
    return overview(table_of(path))


def test_a_table_that_changed_its_terms_is_not_taken_for_the_same(tmp_path):
    every = [renamed(tmp_path, "maatwerkarrangementen", "2022", 650),
             renamed(tmp_path, "maatwerkvoorzieningen", "2023", 715)]  # fmt: skip
    one = {"wmo": "Cliënten"}
    asked = {"end": "Cliënten met maatwerkarrangementen"}
    with pytest.raises(Unusable) as stopped:
        registered(every, Wanted("Tilburg", "2023", one, asked))
    assert stopped.value.problems[0].code == "data-terms-changed"
    both = {"end": "Cliënten met maatwerkarrangementen|Cliënten met maatwerkvoorzieningen"}
    found = registered(every, Wanted("Tilburg", "2023", one, both))
    assert (bands(found, "wmo")["begin"], bands(found, "wmo")["end"]) == (650, 715)
    assert len(found.renamed) == 1


def test_a_series_across_a_merger_is_added_up(tmp_path):
    """Altena began in 2019: before it are its three parts."""
    rows = [("Altena", "2019", 465), ("Aalburg", "2018", 105), ("Werkendam", "2018", 205),
            ("Woudrichem", "2018", 155), ("Altena", "2018", ".")]  # fmt: skip
    path = tables.statline(tmp_path / "a.csv", rows, ("Regio's", "Perioden", "Cliënten (aantal)"))
    wanted = Wanted("Altena", "2019", {"wmo": "Cliënten"}, {"end": "Cliënten"})
    found = registered([overview(table_of(path))], wanted)
    assert bands(found, "wmo")["begin"] == 465
    (begin,) = found.tiers["wmo"]["begin"].of
    assert begin.added == ("Aalburg (GM0738)", "Werkendam (GM0870)", "Woudrichem (GM0874)")


def test_a_series_across_a_division_is_refused(tmp_path):
    """A part of Haaren went to Vught in 2021."""
    rows = [("Vught", "2020", 465), ("Haaren", "2020", 105), ("Vught", "2021", 505)]
    path = tables.statline(tmp_path / "a.csv", rows, ("Regio's", "Perioden", "Cliënten (aantal)"))
    wanted = Wanted("Vught", "2021", {"wmo": "Cliënten"}, {"end": "Cliënten"})
    with pytest.raises(Unusable) as stopped:
        registered([overview(table_of(path))], wanted)
    assert stopped.value.problems[0].code == "data-area-divided"


def test_a_measure_that_no_table_has_is_told(flows):
    with pytest.raises(Unusable) as stopped:
        registered([flows], Wanted("Tilburg", "2024HJ01", KINDS, {"end": "Wachtlijst"}))
    assert stopped.value.problems[0].code == "data-register-measure"
