"""`sroi follow`: a table to fill in, and a contract followed, for people and for programs."""

import csv
import json

import pytest
from contracts import FOLDER

from sroi.inputs.files.scenario_file import load

FILE = FOLDER / "contract.yaml"
ROWS = """scenario;klein-contract
tot en met;2025-Q4
periode;wat;hoeveel;laag;hoog;hoe bekend;bron
2024;bezoek;80;;;geteld;registratie
2025;bezoek;95;;;geteld;registratie
2025;minder-hulp;5;4;6;gemeten;meting
2024;team;10000;;;geboekt;grootboek
2025;team;10400;;;geboekt;grootboek
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "gebeurd.csv"
    path.write_text(ROWS, "utf-8")
    return path


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_new_table_is_read_as_it_is_filled_in(sroi, tmp_path, name, lang):
    """Its fingerprint is that of the scenario, and what is left open is unknown."""
    path = tmp_path / name
    made = sroi("follow", "--new", FILE, path, "--lang", lang)
    assert made.code == 0
    if name == "t.csv":
        lines = path.read_text("utf-8-sig").splitlines()
        sign = ";" if lang == "nl" else ","
        assert lines[1] == sign.join([*lines[1].split(sign)[:1], load(FILE).inputs_sha256])
        heads = lines[3].split(sign)
        at = next(n for n, line in enumerate(lines) if "activities.bezoek.volume" in line)
        cells = lines[at].split(sign)
        amount, source = ("hoeveel", "bron") if lang == "nl" else ("amount", "source")
        cells[heads.index(amount)], cells[heads.index(source)] = "25", "registratie"
        lines[at] = sign.join(cells)
        path.write_text("\n".join(lines), "utf-8")
        told = sroi("follow", FILE, path, "--json", "--lang", lang)
        data = json.loads(told.out)
        assert data["written_for"] == data["inputs_sha256"]
        assert "follow-quarter-missing" in {one["code"] for one in data["problems"]}
    again = sroi("follow", "--new", FILE, path)
    assert again.code == 2
    assert "output-exists" in again.err


def test_a_new_table_in_yaml_waits_for_its_rows(sroi, tmp_path):
    path = tmp_path / "t.yaml"
    assert sroi("follow", "--new", FILE, path).code == 0
    text = path.read_text("utf-8")
    assert "activities.bezoek.volume" in text
    filled = text.replace("#  - ", "  - ", 1).replace(
        "amount: , source: ", "amount: 9, source: x", 1
    )
    path.write_text(filled, "utf-8")
    assert sroi("follow", FILE, path, "--json").code == 0


@pytest.mark.parametrize(("lang", "said"), [("nl", "Waardoor"), ("en", "What makes")])
def test_the_terminal_tells_all_of_it(sroi, table, lang, said):
    told = sroi("follow", FILE, table, "--lang", lang)
    assert told.code == 0
    assert said in told.out
    assert "Team" in told.out


def test_json_and_csv_have_the_same_numbers(sroi, table, tmp_path):
    told = sroi("follow", FILE, table, "--json", "--csv", tmp_path / "uit", "--lang", "en")
    data = json.loads(told.out)
    assert data["schema"] == "sroi.follow/1"
    with (tmp_path / "uit" / "to_date.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["expected"]) for row in rows] == [x["expected"] for x in data["to_date"]]
    for one in data["to_date"]:
        if one["causes"]:
            whole = round(one["expected"] + sum(one["causes"].values()), 2)
            assert whole == one["with_what_was_done"]
    assert data["expectation"]["society"]["whole"]["now"]["balance"]["p5"] < 0


def test_a_table_that_cannot_be_used_stops(sroi, table):
    table.write_text(ROWS.replace("gemeten", "geteld").replace(";4;6;", ";;;"), "utf-8")
    told = sroi("follow", FILE, table)
    assert told.code == 2
    assert "follow-effect-from-volume" in told.err


def test_the_scenario_of_then(sroi, table, tmp_path):
    old = load(FILE)
    table.write_text(ROWS.replace("tot en", f"vingerafdruk;{old.inputs_sha256}\ntot en"), "utf-8")
    new = tmp_path / "nieuw.yaml"
    new.write_text(FILE.read_text("utf-8").replace("best: 100", "best: 110"), "utf-8")
    refused = sroi("follow", new, table, "--lang", "en")
    assert refused.code == 2
    assert "follow-other-scenario" in refused.err
    told = sroi("follow", new, table, "--scenario-changed", FILE, "--json", "--lang", "en")
    assert [one["path"] for one in json.loads(told.out)["changed"]] == ["activities.bezoek.volume"]
    shown = sroi("follow", new, table, "--scenario-changed", FILE, "--lang", "en").out
    assert "1 numbers are different" in shown


def test_what_looks_back_can_be_checked_and_run(sroi, table, tmp_path):
    path = tmp_path / "terug.yaml"
    assert sroi("follow", FILE, table, "--as-scenario", path).code == 0
    assert sroi("check", path).code == 0
    data = json.loads(sroi("run", path, "--json").out)
    assert data["years"] == [2024, 2025]
    again = sroi("follow", FILE, table, "--as-scenario", path)
    assert (again.code, "output-exists" in again.err) == (2, True)


@pytest.mark.parametrize("name", ["r.html", "r.docx"])
def test_a_report_by_the_name_of_its_file(sroi, table, tmp_path, name):
    assert sroi("follow", FILE, table, "--report", tmp_path / name).code == 0
    assert (tmp_path / name).stat().st_size > 10_000


def test_a_report_of_another_kind_is_refused(sroi, table, tmp_path):
    assert sroi("follow", FILE, table, "--report", tmp_path / "r.txt").code == 2
