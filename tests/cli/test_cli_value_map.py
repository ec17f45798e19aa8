"""A Value Map into a scenario, from the command line."""

import json

import pytest
import yaml
from taken_over import changed
from value_maps import Map
from wheels_to_meals import wheels_to_meals

from sroi.inputs.workbook.headings import names
from sroi.report.words.words import catalogue

ROW = {"stakeholder": "Bewoners", "outcome": "Rust", "quantity": 10, "value": 100, "duration": 1}


def test_wheels_to_meals(sroi, tmp_path):
    """Taken over, checked and run; the ratio of the example is 1.93."""
    wheels_to_meals().write(tmp_path / "kaart.xlsx")
    done = sroi("convert", "kaart.xlsx", "eettafel.yaml")
    assert done.code == 0
    assert "81.741,93, in het blad 81.741,93 (inzet 42.375,00)" in done.out
    assert sroi("check", "eettafel.yaml").code == 1
    assert "1,93" in sroi("run", "eettafel.yaml", "--draws", 64).out
    text = (tmp_path / "eettafel.yaml").read_text("utf-8")
    assert text.startswith("# Overgenomen uit een Value Map: kaart.xlsx, blad SROI Value Map.\n")
    assert yaml.safe_load(text)["scenario"] == "eettafel"


def test_as_a_workbook(sroi, tmp_path):
    """The same, to go on with in Excel: marked, checked by cell, and as much as the sheet."""
    wheels_to_meals().write(tmp_path / "kaart.xlsx")
    assert sroi("convert", "kaart.xlsx", "eettafel.xlsx").code == 0
    checked = sroi("check", "eettafel.xlsx")
    assert (checked.code, "eettafel.xlsx · Begin!B5  still-to-fill-in" in checked.out) == (1, True)
    as_data = [
        json.loads(sroi("run", name, "--json", "--draws", 64).out)["central"]
        for name in ("eettafel.xlsx", "eettafel.yaml")
        if sroi("convert", "kaart.xlsx", "eettafel.yaml").code in (0, 2)
    ]
    assert as_data[0] == as_data[1]
    assert as_data[0]["benefits"] == pytest.approx(81_741.93, abs=5e-3)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_is_to_be_filled_in_is_told_in_words_of_a_workbook_too(lang):
    """Who goes on in Excel finds the column and the choice under the name that is told."""
    told, known = catalogue("text", lang)["value_map"], names(lang)
    assert known["parts"]["evidence"] in told["evidence"]
    assert known["fields"]["in_kind"] in told["input_kind"]
    assert f" {known['yes']} " in told["input_kind"]
    for kind in ("forecast", "evaluation"):
        assert known["choices"][kind] in told["kind"]


def test_a_sheet_that_is_called_as_one_of_a_scenario(sroi, tmp_path):
    """A workbook is what it holds, and not what its sheets are called."""
    Map([ROW]).write(tmp_path / "kaart.xlsx", "Uitkomsten")
    assert sroi("convert", "kaart.xlsx", "b.yaml").code == 0


def test_a_sheet_that_comes_to_something_else(sroi, tmp_path):
    """The scenario is there, and the difference is told."""
    changed(Map([ROW]).write(tmp_path / "kaart.xlsx"), {"S7": 700})
    done = sroi("convert", "kaart.xlsx", "b.yaml", "--lang", "en", lang="en")
    assert done.code == 1
    assert "kaart.xlsx · SROI Value Map!S7  value-map-impact" in done.out
    assert "S7 has 700.00" in done.out
    assert (tmp_path / "b.yaml").exists()


def test_what_is_wrong_leaves_nothing(sroi, tmp_path):
    changed(Map([ROW]).write(tmp_path / "kaart.xlsx"), {"I7": "veel"})
    done = sroi("convert", "kaart.xlsx", "b.yaml")
    assert done.code == 2
    assert "kaart.xlsx · SROI Value Map!I7  value-map-number\n   I7 | veel\n" in done.err
    assert not (tmp_path / "b.yaml").exists()


def test_the_year_is_asked_for(sroi, tmp_path):
    """Where the sheet does not say it, for prices are of a year."""
    Map([ROW], above=(("Organisation", "Voorbeeld"),)).write(tmp_path / "kaart.xlsx")
    assert "value-map-year" in sroi("convert", "kaart.xlsx", "b.yaml").err
    assert sroi("convert", "kaart.xlsx", "b.yaml", "--first-year", 2024).code == 0
    assert yaml.safe_load((tmp_path / "b.yaml").read_text("utf-8"))["basis"]["price_year"] == 2024


@pytest.mark.parametrize(
    ("target", "code"), [("b.txt", "output-kind"), ("a.yaml", "output-exists")]
)
def test_where_it_may_go(sroi, tmp_path, target, code):
    """Never over what is there."""
    Map([ROW]).write(tmp_path / "kaart.xlsx")
    (tmp_path / "a.yaml").write_text("scenario: a\n")
    done = sroi("convert", "kaart.xlsx", target)
    assert (done.code, code in done.err) == (2, True)
    assert (tmp_path / "a.yaml").read_text() == "scenario: a\n"
