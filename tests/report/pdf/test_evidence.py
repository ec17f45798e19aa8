"""What a report takes along: enough to make it again, and nothing of the machine it was made on."""

import csv
import datetime
import io
import json
from functools import cache

import pytest
import yaml
from valuations import LIBRARY, RANGE, example, small, valued, write

from sroi.analysis.valuation.valuation import value
from sroi.inputs.files.scenario_file import load
from sroi.inputs.library.used_library import read_used
from sroi.inputs.text.yaml_text import parse
from sroi.report.files.attached import ASKED, RESULTS, TABLES, attached
from sroi.report.files.attached import LIBRARY as PRICES
from sroi.report.files.results_json import as_json
from sroi.report.pdf.evidence import Asked, asked_in, day_of, evidence
from sroi.report.pdf.pdf import Attachment
from sroi.report.words.words import Words

ASK = Asked("nl", "sroi run voorbeeldstad-ouderen.yaml")
SCENARIO = "voorbeeldstad-ouderen.yaml"


@cache
def files() -> dict[str, Attachment]:
    """Those of the example, by name."""
    return {file.name: file for file in evidence(example(), ASK)}


def test_the_scenario_goes_along_as_it_was_read():
    """Byte for byte, also what a reader of YAML passes over."""
    plain = "# opmerking\r\n" + write(small()).read_text("utf-8").replace("\n", "\r\n")
    path = write(plain)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    made = {file.name: file.content for file in evidence(value(load(path)), ASK)}
    assert made[f"{load(path).scenario.scenario}.yaml"] == path.read_bytes()


def test_the_files_reckon_to_the_same_numbers():
    """The scenario and the prices that go along, and nothing else."""
    library = read_used(files()[PRICES].content, PRICES)
    again = value(load(parse(files()[SCENARIO].content, SCENARIO), library=library))
    assert as_json(again, "nl") == as_json(example(), "nl") | {
        "problems": json.loads(files()[RESULTS].content)["problems"]
    }


def test_the_results_are_those_of_run():
    """All but where the file stood on the machine."""
    told, stated = as_json(example(), "nl"), json.loads(files()[RESULTS].content)
    assert {k: v for k, v in told.items() if k != "problems"} == {
        k: v for k, v in stated.items() if k != "problems"
    }
    assert b"/tmp" not in b"".join(file.content for file in files().values())


def test_the_tables_are_the_results_not_rounded():
    """In Dutch as a Dutch spreadsheet reads them."""
    text = io.StringIO(files()["by_year.csv"].content.decode("utf-8-sig"))
    rows = list(csv.DictReader(text, delimiter=";"))
    stated = json.loads(files()[RESULTS].content)["by_year"]
    assert [float(row["benefits"].replace(",", ".")) for row in rows] == [
        row["benefits"] for row in stated
    ]


def test_every_file_has_its_kind_and_its_relation():
    """Made from the first ones; the others are what it shows."""
    sources = {name for name, file in files().items() if file.relation == "Source"}
    assert sources == {SCENARIO, PRICES, ASKED}
    kinds = {"yaml": "application/yaml", "json": "application/json", "csv": "text/csv"}
    assert {name: file.kind for name, file in files().items()} == {
        name: kinds[name.rpartition(".")[2]] for name in files()
    }
    assert all(file.what for file in files().values())


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_page_lists_what_goes_along(lang):
    """Every file, the tables together."""
    listed = {name for name, _ in attached("voorbeeldstad-ouderen.yaml", False, Words(lang))}
    assert listed - {TABLES} == {name for name in files() if not name.endswith(".csv")}


def test_no_scenario_is_called_as_a_file_of_ours():
    """A scenario named after the prices is another file."""
    named = small() | {"scenario": "price-library"}
    assert {PRICES, "price-library.yaml"} <= {file.name for file in evidence(valued(named), ASK)}


def test_the_prices_say_which_version_they_are_of():
    """In a remark above them, in the language of the report."""
    assert files()[PRICES].content.decode().startswith("# De prijzen, reeksen en bronnen")
    assert set(yaml.safe_load(files()[PRICES].content)) <= set(LIBRARY.files)


@pytest.mark.parametrize(
    ("day", "epoch", "told"),
    [
        ("2026-03-01", "1", datetime.date(2026, 3, 1)),
        (None, "86400", datetime.date(1970, 1, 2)),
        (None, "99999999999999999999", datetime.date(2242, 3, 16)),
        (None, "gisteren", None),
        (None, "", None),
    ],
)
def test_the_day_is_never_that_of_the_machine(day, epoch, told):
    """Of the scenario, else of whoever repeats a build, else none."""
    dated = valued(small() | ({"date": day} if day else {}))
    assert day_of(dated, {"SOURCE_DATE_EPOCH": epoch}) == told
    assert day_of(valued(small()), {}) is None


def test_how_it_was_asked_for_comes_back():
    """And what is not as we write it is refused."""
    asked = Asked("en", "sroi run x.yaml", "sceptisch", True)
    file = next(file for file in evidence(example(), asked) if file.name == ASKED)
    data = json.loads(file.content)
    assert asked_in(data) == asked
    for wrong in (data | {"lang": "fr"}, data | {"command": 1}, data | {"variant": None}, [], {}):
        with pytest.raises((ValueError, KeyError, TypeError)):
            asked_in(wrong)


def test_a_variant_takes_the_whole_scenario_along():
    """So that it can be reckoned as any of its variants."""
    scenario = small(outcomes__rate=RANGE) | {"variants": {"kort": {"basis.draws": 64}}}
    path = write(scenario)
    made = evidence(value(load(path, "kort")), Asked("nl", "x", "kort"))
    assert path.read_bytes() in [file.content for file in made]
