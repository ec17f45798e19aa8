"""The shipped lists: codes, names, and what merged; and how people write a name."""

import datetime

import pytest
import yaml
from quick_yaml import BaseLoader

from sroi import shipped
from sroi.inputs.municipal_data.areas import as_code, level
from sroi.inputs.municipal_data.municipalities import (
    codes_of,
    ended,
    municipalities,
    parts,
    until,
)

DAY = datetime.date


@pytest.mark.parametrize(
    ("asked", "codes"),
    [("Tilburg", ["GM0855"]), ("GM0855    ", ["GM0855"]), ("0855", ["GM0855"]),
     ("'s-Hertogenbosch", ["GM0796"]), ("Den Bosch", ["GM0796"]), ("den haag", ["GM0518"]),
     ("Sudwest Fryslan", ["GM1900"]), ("Súdwest-Fryslân", ["GM1900"]),
     ("Bergen (L.)", ["GM0893"]), ("Bergen (NH)", ["GM0373"]), ("Bergen", ["GM0373", "GM0893"]),
     ("Hengelo", ["GM0164"]), ("Utrecht", ["GM0344"]), ("Voorbeeldstad", [])],
)  # fmt: skip
def test_a_municipality_is_known_by_code_and_by_its_spellings(asked, codes):
    assert codes_of(asked) == codes


@pytest.mark.parametrize(
    ("code", "is_code"),
    [("GM0855    ", True), ("WK086300", True), ("BU0363AA00", True), ("Buren", False),
     ("Amstelveen", False), ("Cranendonck", False), ("LDG4", True)],
)  # fmt: skip
def test_a_code_is_told_from_a_name(code, is_code):
    assert bool(as_code(code)) == is_code


def test_what_stands_in_brackets_says_which_kind_of_area_it_is():
    assert level("", "Utrecht (PV)") == "PV"
    assert level("", "Utrecht (gemeente)") == "GM"
    assert level("", "Bergen (L.)") == ""
    assert level("", "Nederland") == "NL"


def test_every_merger_has_a_day_and_a_source():
    """And goes to a municipality that exists, or ended later itself."""
    text = (shipped.folder("municipal") / "mergers.yaml").read_text("utf-8")
    data = yaml.load(text, Loader=BaseLoader)
    assert len(ended()) == len(data["ended"]) == 84
    for row in data["ended"]:
        assert set(row["source"]) <= set(data["sources"]), row
        assert row["source"]
        one = ended()[row["code"]]
        assert DAY(2015, 1, 1) <= one.day <= until()
        assert (len(one.into) > 1) == (one.kind == "divided")
        for code in one.into:
            assert code in municipalities() or ended()[code].day > one.day
    assert not set(ended()) & set(municipalities())


def test_there_are_as_many_as_were_counted():
    """342 on 1 January 2023, 355 on 1 January 2019 (Statistics Netherlands, December 2018)."""
    assert len(municipalities()) == 342
    then = {code for one in municipalities() for code in parts(one, DAY(2019, 1, 1))[0]}
    gone = {one.code for one in ended().values() if one.day > DAY(2019, 1, 1)}
    assert len(then | gone) == 355


@pytest.mark.parametrize(
    ("code", "day", "old"),
    [("GM1982", DAY(2021, 1, 1), ["GM0756", "GM0786", "GM0815", "GM1684", "GM1702"]),
     ("GM1982", DAY(2022, 1, 1), ["GM1982"]),
     ("GM1945", DAY(2014, 6, 1), ["GM0241", "GM0265", "GM0282"]),
     ("GM1940", DAY(2015, 1, 1), ["GM1921"]), ("GM0855", DAY(2020, 1, 1), ["GM0855"])],
)  # fmt: skip
def test_what_a_municipality_was_made_of(code, day, old):
    assert sorted(parts(code, day)[0]) == old


def test_a_part_of_a_divided_municipality_is_no_part():
    old, since = parts("GM0855", DAY(2020, 1, 1))
    assert old == ["GM0855"]
    assert [(one.name, one.kind) for one in since] == [("Haaren", "divided")]
