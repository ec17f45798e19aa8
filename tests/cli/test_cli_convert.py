"""A scenario as a workbook on the command line: begun, converted, run and verified."""

from pathlib import Path

import pytest
from valid_scenario import SCENARIO

from sroi.inputs.text.yaml_text import read


def test_a_new_workbook_can_be_run(sroi) -> None:
    """From nothing to numbers, without a line of YAML."""
    assert sroi("new", "langer-thuis", "-p", "gezond-en-gelukkig-oud", "--xlsx").code == 0
    assert sroi("check", "langer-thuis.xlsx").code == 1  # the examples in it are told
    assert "SROI" in sroi("run", "langer-thuis.xlsx").out
    assert sroi("new", "langer-thuis", "--xlsx").code == 2  # there is one already


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_new_workbook_speaks_one_language(sroi, lang: str) -> None:
    sroi("new", "thuis", "--xlsx", "--lang", lang)
    assert sroi("convert", "thuis.xlsx", "thuis.yaml").code == 0
    data = read(Path("thuis.yaml")).data
    assert isinstance(data["title"], str)
    assert data["language"] == lang
    assert ("Voorbeeld" in data["organisation"]) == (lang == "nl")


def test_there_and_back_on_the_command_line(sroi) -> None:
    """What is lost is said, and nothing is written over."""
    Path("a.yaml").write_text("# een opmerking\n" + SCENARIO, "utf-8")
    done = sroi("convert", "a.yaml", "b.xlsx")
    assert done.code == 0
    assert "#" in done.err
    assert sroi("convert", "b.xlsx", "c.yaml").code == 0
    assert read(Path("c.yaml")).data["basis"] == read(Path("a.yaml")).data["basis"]
    again = sroi("convert", "a.yaml", "b.xlsx")
    assert (again.code, "output-exists" in again.err) == (2, True)


def test_a_number_with_more_digits_than_a_spreadsheet_keeps_is_told(sroi) -> None:
    long = SCENARIO.replace("per_year: {low: 240000", "per_year: {low: 240000.123456789012")
    Path("a.yaml").write_text(long, "utf-8")
    done = sroi("convert", "a.yaml", "b.xlsx")
    assert "Kosten!" in done.err
    sroi("convert", "b.xlsx", "c.yaml")
    assert read(Path("c.yaml")).data["investment"][0]["per_year"]["low"] == "240000.123456789012"


@pytest.mark.parametrize("pair", [("a.yaml", "b.yaml"), ("a.xlsx", "b.xlsx")])
def test_two_of_a_kind_are_refused(sroi, pair: tuple[str, str]) -> None:
    sroi("new", "voorbeeld", "-o", pair[0])
    done = sroi("convert", *pair)
    assert (done.code, "convert-alike" in done.err) == (2, True)


def test_a_scenario_with_mistakes_is_not_converted(sroi) -> None:
    Path("a.yaml").write_text(SCENARIO.replace("seed: 1", "seed: veel"), "utf-8")
    done = sroi("convert", "a.yaml", "b.xlsx")
    assert (done.code, "number-unreadable" in done.err) == (2, True)
    assert not Path("b.xlsx").exists()


def test_a_kind_that_is_not_made_is_refused(sroi) -> None:
    Path("a.yaml").write_text(SCENARIO, "utf-8")
    assert "output-kind" in sroi("convert", "a.yaml", "b.ods").err


def test_a_report_of_a_workbook_carries_it_and_is_verified(sroi) -> None:
    """Byte for byte the workbook that it was made of, and with the same numbers."""
    Path("a.yaml").write_text(SCENARIO, "utf-8")
    sroi("convert", "a.yaml", "b.xlsx")
    assert sroi("report", "b.xlsx", "--summary").code == 0
    done = sroi("verify", "b.pdf", "--extract", "uit")
    assert done.code == 0
    kept = Path("uit", "voorbeeldstad-ouderen.xlsx")
    assert kept.read_bytes() == Path("b.xlsx").read_bytes()
