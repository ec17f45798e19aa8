"""What looks like a person is noticed; what a survey is made of is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.inputs.text.cells import Cell
from sroi.inputs.text.personal_data import heading_kind, is_bsn, kind_of, personal


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("111222333", "bsn"), ("123456782", "bsn"), ("1234.56.782", "bsn"),
        ("BSN 111222333", "bsn"),
        ("Jan de Vries", "name"), ("A. Jansen", "name"), ("Mevr. Bakker", "name"),
        ("de heer Van der Berg", "name"), ("P.J. van 't Hof", "name"), ("Fatima El Amrani", "name"),
        ("Dorpsstraat 12", "address"), ("1234 AB", "address"), ("1234ab Voorbeeldstad", "address"),
        ("Kerkplein 3a", "address"), ("iemand@voorbeeld.nl", "email"),
        ("06-12345678", "phone"), ("0612345678", "phone"), ("+31 6 12345678", "phone"),
        ("013-4567890", "phone"),
    ],
)  # fmt: skip
def test_what_looks_like_a_person(text, kind):
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    "text",
    ["", "4", "4,5", "P-001", "deelnemer 12", "min of meer", "na zes maanden", "20250301",
     "2025-03-01", "111222334", "Client A", "wachtlijst", "H001", "Ja", "123456789", "1234"],
)  # fmt: skip
def test_what_a_survey_is_made_of(text):
    assert kind_of(text) == ""


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Naam", "name"), ("achternaam cliënt", "name"), ("E-mail", "email"),
        ("Geboortedatum", "birth"), ("BSN", "bsn"), ("telefoon_nummer", "phone"),
        ("Postcode", "address"), ("nummer", ""), ("groepsnaam", ""), ("voor1", ""),
        ("score na", ""), ("111222333", "bsn"),
    ],
)  # fmt: skip
def test_what_a_heading_gives_away(heading, kind):
    assert heading_kind(heading) == kind


@given(st.integers(0, 99_999_999))
def test_one_digit_makes_a_number_pass_or_none_does(first):
    """Of the ten numbers that begin like this at most one passes the eleven test."""
    passed = [is_bsn(f"{first:08d}{last}") for last in range(10)]
    assert sum(passed) <= 1


def table(*rows: list[str]) -> list[list[Cell]]:
    return [[Cell(v, r, c) for c, v in enumerate(row, 1)] for r, row in enumerate(rows, 1)]


def test_by_column_and_counted():
    found = table(["nr", "naam", "voor"], ["P1", "Jan de Vries", "4"], ["P2", "Eva Smit", "5"])
    assert [(k, c.letters, n) for k, c, n in personal(found, [])] == [("name", "B", 2)]


def test_first_names_in_the_place_of_a_pseudonym():
    found = table(["nr", "groep"], ["Fatima", "Noord"], ["Jan", "Zuid"])
    assert [(k, c.letters, n) for k, c, n in personal(found, [], 1)] == [("name", "A", 2)]
    assert list(personal(found, [])) == []


def test_words_of_the_questionnaire_are_no_names():
    found = table(["nr", "v1"], ["P1", "Helemaal Mee Eens"])
    assert [n for _, _, n in personal(found, [])] == [1]
    assert list(personal(found, ["helemaal mee eens"])) == []


@given(st.text(max_size=400))
def test_any_text(text):
    assert kind_of(text) in ("", "name", "address", "email", "phone", "bsn")
