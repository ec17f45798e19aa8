"""The table of a portfolio out of a downloaded one: a row for each municipality of a region."""

import municipal_tables as tables
import pytest

from sroi.inputs.municipal_data.area_tables import area_table
from sroi.inputs.municipal_data.opened import table_of
from sroi.inputs.municipal_data.overview import overview
from sroi.problems import Unusable

HEADS = ("Regio's", "Perioden", "Inwoners (aantal)", "Cliënten (aantal)")
# invented: municipalities of Noord-Brabant and others, one that ended, totals, and one unknown
ROWS = [
    ("Nederland", "2024", 18_000_000, 1_000_000),
    ("Noord-Brabant (PV)", "2024", 2_600_000, 150_000),
    ("Tilburg", "2024", 229_000, 12_345), ("Goirle", "2024", 24_105, "."),
    ("Cuijk", "2024", ".", "."), ("Land van Cuijk", "2024", 92_000, 5_000),
    ("Almere", "2024", 229_500, 10_000), ("'s-Hertogenbosch", "2024", 160_000, 6_780),
]  # fmt: skip


@pytest.fixture
def found(tmp_path):
    return overview(table_of(tables.statline(tmp_path / "a.csv", ROWS, HEADS)))


@pytest.mark.parametrize("region", ["Noord-Brabant", "PV30", "noord-brabant (PV)"])
def test_a_province_without_totals_and_what_ended(found, region):
    made = area_table(found, [region], ["Inwoners", "Cliënten"], "2024", {})
    assert made.text() == (
        "gemeente;code;Inwoners;Cliënten\n"
        "Tilburg;GM0855;229000;12345\n"
        "Goirle;GM0785;24105;\n"
        "Land van Cuijk;GM1982;92000;5000\n"
        "'s-Hertogenbosch;GM0796;160000;6780\n"
    )
    assert [(area.name, measure) for area, measure in made.empty] == [("Goirle", "Cliënten")]
    assert "Cuijk" in {area.name for area in made.left_out}


def test_the_country_is_all_its_municipalities(found):
    made = area_table(found, ["Nederland"], ["Inwoners"], "2024", {})
    assert len(made.rows) == 5


def test_areas_that_are_named(found):
    made = area_table(found, ["Almere", "GM0855"], ["Inwoners"], "2024", {})
    assert [area.name for area in made.rows] == ["Almere", "Tilburg"]


def test_districts_of_a_municipality(tmp_path):
    heads = ("Wijken en buurten", "Codering (code)", "Perioden", "Inwoners (aantal)")
    rows = [("Tilburg", "GM0855", "2024", 229_000), ("Wijk 01", "WK085501", "2024", 905),
            ("Buurt 00", "BU08550100", "2024", 105),
            ("Wijk 01", "WK079601", "2024", 5)]  # fmt: skip
    found = overview(table_of(tables.statline(tmp_path / "a.csv", rows, heads)))
    made = area_table(found, ["GM0855"], ["Inwoners"], "2024", {})
    assert [area.code for area in made.rows] == ["WK085501"]


def test_a_region_without_areas_is_told(found):
    with pytest.raises(Unusable) as stopped:
        area_table(found, ["Zeeland"], ["Inwoners"], "2024", {})
    assert stopped.value.problems[0].code == "data-region-empty"


def test_a_name_is_no_formula(tmp_path):
    rows = [("=1+1", "2024", 5, 5), ("Tilburg", "2024", 5, 5)]
    found = overview(table_of(tables.statline(tmp_path / "a.csv", rows, HEADS)))
    text = area_table(found, ["=1+1", "Tilburg"], ["Inwoners"], "2024", {}).text()
    assert "\n'=1+1;" in text
