"""Which numbers could come from a table: a hint, and nothing for what is invented."""

import re

import pytest
import yaml
from quick_yaml import BaseLoader

from sroi import shipped
from sroi.inputs.files.scenario_document import read_document
from sroi.inputs.municipal_data.areas import as_code
from sroi.inputs.municipal_data.municipalities import municipalities
from sroi.inputs.municipal_data.opened import table_of
from sroi.inputs.municipal_data.overview import overview
from sroi.inputs.municipal_data.where_found import findable, where_found
from sroi.report.html.start import PROGRAMMES, new_scenario

SCENARIOS = sorted(shipped.folder("scenarios").rglob("*.yaml"))


def scenario(because: str, **more: object) -> dict:
    group = {"id": "ouderen", "people": "3000", "because": because}
    return {"programme": "gezond-en-gelukkig-oud", "target_groups": [group]} | more


def test_a_number_without_a_table_is_named():
    (one,) = findable(scenario("Geteld door onze medewerkers."))
    assert (one.path, one.table) == ("target_groups.ouderen.people", "71488NED")
    assert set(one.measure) == {"nl", "en"}


@pytest.mark.parametrize(
    "because",
    ["Uit tabel 71488NED: 75 jaar of ouder.", "Cijfers van het CBS, 2024.", "Verzonnen.",
     "From table 71488NED."],
)  # fmt: skip
def test_what_is_from_a_table_or_invented_is_not(because):
    assert findable(scenario(because)) == []


@pytest.mark.parametrize(
    ("programme", "named"),
    [("wijk-en-buurt", ["bewoners-met-vraag"]), ("kinderen-en-jongeren", ["jongeren-in-beeld"]),
     ("gezond-en-gelukkig-oud", ["thuiswonende-ouderen"]), ("ontmoeten-en-ontwikkelen", [])],
)  # fmt: skip
def test_of_a_new_scenario_what_its_own_text_says_is_in_a_table(programme, named):
    """And not what its text says is in none."""
    data = yaml.load(new_scenario("plan", programme, 2027, "nl"), Loader=BaseLoader)
    groups = [one.path.split(".")[1] for one in findable(data) if one.path.endswith("people")]
    assert groups == named
    said = {group["id"]: group["because"]["nl"] for group in data["target_groups"]}
    assert [name for name in said if " CBS " in said[name]] == named


def test_of_an_invented_municipality_nothing_is_to_be_found():
    assert findable(scenario("Geteld.", commissioner="gemeente Voorbeeldstad (fictief)")) == []


@pytest.mark.parametrize("data", [None, [], {}, {"programme": "wijk-en-buurt", "target_groups": 3}])
def test_what_is_no_scenario_has_none(data):
    assert findable(data) == []


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_shipped_scenarios_are_quiet(path):
    assert findable(read_document(path).data) == []


def test_every_entry_names_a_page_that_was_read():
    for one in where_found():
        assert one["programme"] in PROGRAMMES
        assert re.fullmatch(r"https://www\.cbs\.nl/.*/\d{5}(NED|ned)", one["page"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", one["read"])
        assert one["table"].lower() in one["page"].lower()


def test_the_numbers_that_were_read_have_a_page_and_a_day():
    """In fives, of municipalities that exist; one is unknown."""
    found = overview(table_of(shipped.folder("municipal") / "gelezen.csv"))
    assert found.levels() == {"GM": 6}
    assert all(as_code(area.code) in municipalities() for area in found.areas)
    assert found.step("Wmo-cliënten (aantal)") == 5
    assert found.measures["Wmo-cliënten (aantal)"].unknown == 1
    columns = [column.title for column in found.table.others]
    assert columns[:3] == ["Tabel", "Pagina", "Gelezen"]
    assert not any("" in values for values in found.values)
