"""Downloaded tables from the command line: from a file to a number in a scenario."""

import json
import shutil

import municipal_tables as tables
import pytest
import yaml

from sroi import shipped
from sroi.inputs.files.scenario_document import read_document

TOLD = {
    "nl": ["CSV van StatLine", "1e halfjaar 2025 (voorlopig)", "vijftallen", "totalen", "op 5",
           "Aalburg (2019)"],
    "en": ["CSV of StatLine", "(provisional)", "fives", "totals", "to 5"],
}  # fmt: skip


@pytest.fixture
def sroi(sroi):
    """A command that never ends in a fault of its own."""

    def run(*arguments: object):
        done = sroi(*arguments)
        assert "internal-error" not in done.all
        return done

    return run


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_show(sroi, tmp_path, lang):
    path = tables.statline(tmp_path / "wmo.csv")
    done = sroi("data", "show", path, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    for words in {
        "nl": [
            "CSV van StatLine",
            "1e halfjaar 2025 (voorlopig)",
            "vijftallen",
            "totalen",
            "Aalburg (2019)",
            "op 5",
        ],
        "en": ["CSV of StatLine", "(provisional)", "fives", "totals", "to 5"],
    }[lang]:
        assert words in done.out  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "kan twee dingen zijn"), ("en", "can mean two things")]
)
def test_show_a_number_that_can_be_two(sroi, tmp_path, lang, words):
    path = tmp_path / "eigen.csv"
    path.write_text("gemeente;mensen\nTilburg;1.515\n")
    assert words in sroi("data", "show", path, "--lang", lang).out


@pytest.mark.parametrize(("lang", "words"), [("nl", "Ga na welke"), ("en", "Find out which")])
def test_take_of_a_name_that_two_municipalities_have(sroi, tmp_path, lang, words):
    path = tmp_path / "eigen.csv"
    path.write_text("gemeente;jaar;mensen\nBergen;2024;12\n")
    asked = ["--area", "Bergen (NH.)", "--measure", "mensen", "--lang", lang]
    done = sroi("data", "take", path, *asked)
    assert done.code == 0
    assert words in done.out
    assert "GM0893" in done.out


@pytest.mark.parametrize(("lang", "words"), [("nl", "welke eenheid"), ("en", "which unit")])
def test_take_of_a_number_without_a_unit(sroi, tmp_path, lang, words):
    """Version 3 without the files that explain its columns; and with them."""
    asked = ["--area", "GM0855", "--measure", "Inwoners", "--lang", lang]
    files = tables.version_3_files()
    (tmp_path / "data.csv").write_text(files["data.csv"])
    assert words in sroi("data", "take", tmp_path, *asked).out
    tables.in_folder(tmp_path, files)
    done = sroi("data", "take", tmp_path, *asked)
    assert done.code == 0
    assert words not in done.out


def test_show_as_data(sroi, tmp_path):
    done = sroi("data", "show", tables.in_archive(tmp_path / "a.zip", tables.YOUTH), "--json")
    told = json.loads(done.out)
    assert told["schema"] == "sroi.data/1"
    (file,) = told["files"]
    assert (file["layout"], file["table"]) == ("open-data-4", "99998NED")
    assert file["measures"][0] == {
        "measure": "T1", "title": "Jongeren met jeugdhulp", "unit": "aantal", "cells": 8,
        "unknown": 1, "words": 0, "ambiguous": False, "rounded_to": 0.0,
    }  # fmt: skip
    assert file["periods"][1] == {
        "written": "2024HJ01", "kind": "half", "year": 2024, "number": 1, "status": "provisional",
    }  # fmt: skip
    assert file["ended"] == ["GM0370"]


def test_a_file_that_is_none(sroi, tmp_path):
    done = sroi("data", "show", tmp_path / "weg.csv")
    assert (done.code, done.out, "file-missing" in done.err) == (2, "", True)


TOTAL = ("--where", f"{tables.TYPE}=Totaal", "--period", "2025HJ01")
NAMED = ("--table", "99999NED Wmo-cliënten (verzonnen)")


@pytest.fixture
def wmo(tmp_path):
    return tables.statline(tmp_path / "wmo.csv")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_take_shows_a_number_with_its_band(sroi, wmo, lang):
    asked = ("--area", "Den Bosch", "--measure", tables.CLIENTS, *TOTAL, *NAMED)
    done = sroi("data", "take", wmo, *asked, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    band = {"nl": "6.780 (van 6.777,5 tot 6.782,5)", "en": "6,780 (from 6,777.5 to 6,782.5)"}
    assert done.out.startswith(band[lang])
    assert "99999NED Wmo-cliënten (verzonnen): Wmo-cliënten; 's-Hertogenbosch (GM0796)" in done.out
    assert {"nl": "voorlopig", "en": "provisional"}[lang] in done.out


def test_take_as_data(sroi, wmo):
    asked = ("--area", "GM0855", "--measure", "per 1 000", *TOTAL)
    told = json.loads(sroi("data", "take", wmo, *asked, "--json").out)
    assert (told["schema"], told["area"]["name"], told["share"]) == ("sroi.data/1", "Tilburg", True)
    assert told["value"] == pytest.approx({"low": 0.0535, "best": 0.054, "high": 0.0545})
    assert (told["written"], told["lines"]) == ("54", [3])


@pytest.mark.parametrize("suffix", [".yaml", ".xlsx"])
def test_the_whole_way_into_a_scenario(sroi, wmo, tmp_path, suffix):
    """The sequence of the guide: show, take, check."""
    plan = tmp_path / f"plan{suffix}"
    source = shipped.folder("scenarios") / "voorbeeldstad-ouderen.yaml"
    if suffix == ".xlsx":
        assert sroi("convert", source, plan).code == 0
    else:
        shutil.copy(source, plan)
    asked = ("--area", "Den Bosch", "--measure", tables.CLIENTS, *TOTAL, *NAMED)
    into = ("--into", plan, "target_groups.ouderen.people", "--yes", "--lang", "nl")
    done = sroi("data", "take", wmo, *asked, *into)
    assert done.code == 0, done.err
    assert "6780" in done.err
    because = read_document(plan).data["target_groups"][0]["because"]["nl"]
    assert "Uit tabel 99999NED Wmo-cliënten (verzonnen): " in because
    assert "afgerond op 5: het kan van 6.777,5 tot 6.782,5 zijn" in because
    assert f"Bijgewerkt: {plan}" in done.err
    assert sroi("check", plan).code in (0, 1)
    assert "Er verandert niets" in sroi("data", "take", wmo, *asked, *into).err


def test_a_share_of_another_number(sroi, tmp_path):
    rows = [("Tilburg", "2024", 1205), ("Goirle", "2024", 5)]
    clients = tables.statline(
        tmp_path / "a.csv", rows, ("Regio's", "Perioden", "Cliënten (aantal)")
    )
    people = [("Tilburg", "2024", 229_000), ("Goirle", "2024", 24_105)]
    other = tables.statline(tmp_path / "b.csv", people, ("Regio's", "Perioden", "Mensen (aantal)"))
    asked = ("--area", "Tilburg", "--measure", "Cliënten", "--per", "Mensen", "--per-file", other)
    told = json.loads(sroi("data", "take", clients, *asked, "--json").out)
    assert told["value"]["best"] == pytest.approx(1205 / 229_000)
    assert told["of"]["measure"] == "Mensen"


def test_the_table_of_a_portfolio(sroi, wmo, tmp_path):
    path = tmp_path / "gemeenten.csv"
    asked = ("--area", "Nederland", "--measure", tables.CLIENTS, *TOTAL, "--into", path)
    done = sroi("data", "take", wmo, *asked, "--lang", "nl")
    assert done.code == 0, done.err
    assert path.read_text().splitlines()[:2] == [f"gemeente;code;{tables.CLIENTS}",
                                                 "Tilburg;GM0855;12345"]  # fmt: skip
    assert "afgerond op 5" in done.err
    assert "Almere" in done.err
    assert sroi("data", "take", wmo, *asked, "--yes").code == 0


@pytest.mark.parametrize(
    ("more", "code"),
    [((), "data-one-number"), (("--area", "Tilburg"), "data-one-number"),
     (("--area", "Tilburg", "--measure", "per 1 000", "--where", "Totaal"), "data-where-form"),
     (("--area", "Tilburg", "--measure", "per 1 000", *TOTAL, "--into", "plan.yaml"),
      "data-path-needed"),
     (("a.b", "--area", "Tilburg", "--measure", "per 1 000", *TOTAL), "data-into-missing")],
)  # fmt: skip
def test_what_is_asked_in_half_is_told(sroi, wmo, more, code):
    done = sroi("data", "take", wmo, *more)
    assert (done.code, code in done.err) == (2, True)


TIERS = ("wijkteam", "ambulant", "daghulp", "verblijf")
FLOWS = (
    "--inflow",
    "Begonnen trajecten",
    "--outflow",
    "Beëindigde trajecten",
    "--total",
    "Trajecten",
)


@pytest.fixture
def youth(tmp_path):
    """Youth care by kind in rows; invented."""
    rows = [(kind, "Voorbeeldstad", "1e halfjaar 2024*", 620 + 200 * n, 150 + 50 * n, 170 + 5 * n)
            for n, kind in enumerate(TIERS)]  # fmt: skip
    heads = ("Vorm", "Regio's", "Perioden", "Trajecten (aantal)", "Begonnen trajecten (aantal)",
             "Beëindigde trajecten (aantal)")  # fmt: skip
    return tables.statline(tmp_path / "jeugd.csv", rows, heads)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_register_is_shown_as_a_scenario_has_it(sroi, youth, lang):
    asked = ("--area", "Voorbeeldstad", "--period", "2024HJ01", "--tier", "wijk=wijkteam")
    done = sroi("data", "register", youth, *asked, *FLOWS, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert "    wijk: {begin: {low: 465, best: 470, high: 475, covers: 100%}, inflow: " in done.out
    assert {"nl": "vul zelf split", "en": "fill in split"}[lang] in done.out
    parts = yaml.safe_load(done.out)["register"]
    assert (parts["period"], parts["tiers"]["wijk"]["end"]["best"]) == (0.5, 450)


def test_a_register_as_data_with_what_is_open(sroi, youth):
    asked = ("--area", "Voorbeeldstad", "--period", "2024HJ01", "--tier", "wijk=wijkteam")
    told = json.loads(sroi("data", "register", youth, *asked, *FLOWS[:2], "--json").out)
    assert told["open"] == ["wijk.begin", "wijk.outflow", "wijk.end"]
    assert told["tiers"]["wijk"]["inflow"]["how"] == "taken"
    done = sroi("data", "register", youth, *asked, *FLOWS[:2], "--into", "x.yaml", "--yes")
    assert (done.code, "data-register-open" in done.err) == (2, True)
    assert sroi("data", "register", youth, "--area", "Voorbeeldstad").code == 2


def test_a_register_in_a_ladder(sroi, youth, tmp_path):
    """Its split stays: no table says who goes where."""
    plan = tmp_path / "plan.yaml"
    shutil.copy(shipped.folder("scenarios") / "voorbeeldstad-jeugdladder.yaml", plan)
    before = read_document(plan).data["care_ladder"][0]["register"]
    tiers = [part for name in TIERS for part in ("--tier", f"{name}={name}")]
    asked = ("--area", "Voorbeeldstad", "--period", "2024HJ01", *tiers, *FLOWS)
    done = sroi(
        "data", "register", youth, *asked, "--into", plan, "--ladder", "jeugdladder", "--yes"
    )
    assert done.code == 0, done.err
    after = read_document(plan).data["care_ladder"][0]["register"]
    assert after["split_counts"] == before["split_counts"]
    assert after["tiers"]["verblijf"]["begin"] == "920"
    assert "Begin en eind zijn gerekend" in after["because"]["nl"]
    assert sroi("check", plan).code in (0, 1)


def test_two_downloads_of_a_table_that_changed_its_terms(sroi, tmp_path):
    """As 83264NED, which had arrangements in 2022 and has provisions in 2023."""
    for name, year in (("arrangementen", 2022), ("voorzieningen", 2023)):
        rows = [("Tilburg", str(year), 715)]
        heads = ("Regio's", "Perioden", f"Cliënten met maatwerk{name} (aantal)")
        tables.statline(tmp_path / f"83264NED_{name}.csv", rows, heads)
    files = sorted(tmp_path.glob("83264NED_*.csv"))
    done = sroi("data", "show", *files, "--lang", "nl")
    assert "Cliënten met maatwerkarrangementen hier, Cliënten met maatwerkvoorzieningen in" in (
        " ".join(done.out.split())
    )


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_check_says_what_could_come_from_a_table(sroi, tmp_path, lang):
    """A hint behind the findings; the exit code and the data are those of the findings."""
    plan = tmp_path / "plan.yaml"
    assert sroi("new", "plan", "--programme", "gezond-en-gelukkig-oud", "-o", plan).code == 0
    done = sroi("check", plan, "--lang", lang)
    assert done.code == 1
    said = {"nl": "Te vinden bij het CBS", "en": "To be found at Statistics Netherlands"}[lang]
    assert done.out.count(said) == 1
    assert "target_groups.thuiswonende-ouderen.people, " in done.out
    assert "71488NED" not in sroi("check", plan, "--json").out


@pytest.mark.parametrize("step", ["inf", "-5", "1e12", "vijf"])
def test_a_rounding_that_cannot_be_is_refused(sroi, tmp_path, step):
    """And not left out of account without a word."""
    path = tables.statline(tmp_path / "wmo.csv")
    asked = ("--area", "Tilburg", "--measure", "cliënten (aantal)", "--period", "2e halfjaar 2024")
    done = sroi("data", "take", path, *asked, "--rounded", step)
    assert (done.code, done.out) == (2, "")
    assert "--rounded" in done.err
