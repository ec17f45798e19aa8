"""Care of one kind: its price, its contract, and when an effect comes."""

import pytest
from pydantic import TypeAdapter, ValidationError

from sroi.inputs.care.care import Capacity, Care, Contracts, Effect, Ramp

STAFF = {"fte": "3", "hours": "1500", "direct_share": "60%", "absent": "8%", "hours_each": "9"}


def codes(kind, value) -> list[str]:
    """The types of the errors that pydantic finds; none when the value is right."""
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        return [finding["type"] for finding in error.errors()]
    return []


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ({"cost": "6500", "payers": {"gemeente": "93%", "inwoner": "7%"}}, []),
        ({"cost": {"gamma": {"mean": "6500", "cv": "20%"}}}, []),
        ({"proxy": "dagbesteding", "units": "120"}, []),
        ({"cost": "-1"}, ["outside-domain"]),
        ({"units": "-1"}, ["outside-domain"]),
        ({"payers": {"gemeente": "93%"}}, ["payers-sum"]),
        ({"payers": {}}, ["payers-sum"]),
        ({"paid_per_unit": "110%"}, ["outside-domain"]),
        ({"backfill": {"low": "-10%", "best": "0", "high": "10%"}}, ["outside-domain"]),
        ({"capacity_step": "0"}, ["greater_than"]),
        ({"waiting_list": "-1"}, ["greater_than_equal"]),
        ({"not_cashable": "hard"}, ["literal_error"]),
        ({"cost_concept": "gemiddeld"}, ["literal_error"]),
        ({"price": "1"}, ["extra_forbidden"]),
    ],
)
def test_what_care_may_say(written, found):
    assert codes(Care, written) == found


def test_what_is_not_cashed_is_soft_unless_said():
    assert Care(cost="1").not_cashable == "soft"


def test_contracts_have_defaults():
    terms = Contracts()
    assert (terms.lag.value, terms.renewal.value, terms.friction.value) == (0.25, 3, 0)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ({"renewal": "0.25"}, []),
        ({"renewal": "0.2"}, ["outside-domain"]),
        ({"renewal": "31"}, ["outside-domain"]),
        ({"lag": "-0.1"}, ["outside-domain"]),
        ({"friction": "101%"}, ["outside-domain"]),
    ],
)
def test_what_contracts_may_say(written, found):
    assert codes(Contracts, written) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ({"logistic": {"midpoint": "1.5", "steepness": "2.5"}}, []),
        ({"linear": {"years": "2"}}, []),
        ({"bass": {"innovation": "0.03", "imitation": "0.4"}}, []),
        ({}, ["ramp-form"]),
        ({"linear": {"years": "2"}, "bass": {"innovation": "1", "imitation": "1"}}, ["ramp-form"]),
        ({"linear": {"years": "0"}}, ["outside-domain"]),
        ({"bass": {"innovation": "0", "imitation": "0"}}, ["outside-domain"]),
        ({"logistic": {"midpoint": "1.5"}}, ["missing"]),
        ({"logistic": {"midpoint": "1", "steepness": "21"}}, ["outside-domain"]),
    ],
)
def test_a_ramp_has_one_shape(written, found):
    assert codes(Ramp, written) == found


def test_a_ramp_knows_its_shape():
    assert Ramp(linear={"years": "2"}).shape == "linear"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ({"demand": "80", "possible": ["60", "70"]}, []),
        ({"demand": ["80", "90"], **STAFF}, []),
        ({"demand": "80"}, ["capacity-form"]),
        ({"demand": "80", "possible": "60", "fte": "3"}, ["capacity-form"]),
        ({"demand": "80", "possible": "60", **STAFF}, ["capacity-form"]),
        ({"demand": "80", **{key: x for key, x in STAFF.items() if key != "absent"}},
         ["capacity-form"]),
        ({"possible": "60"}, ["missing"]),
        ({"demand": "-80", "possible": "60"}, ["outside-domain"]),
        ({"demand": "80", **STAFF, "hours_each": "0"}, ["outside-domain"]),
    ],
)  # fmt: skip
def test_capacity_is_a_number_or_staff(written, found):
    assert codes(Capacity, written) == found


@pytest.mark.parametrize(
    ("written", "read"),
    [("ideal", "ideal"), ("expected", "expected"), ("0.36", 0.36), ("36%", 0.36), ("1", 1.0)],
)
def test_the_setting_of_an_effect_is_a_word_or_a_number(written, read):
    assert Effect(reference=written).reference == read


@pytest.mark.parametrize("written", ["elsewhere", "0", "0.09", "1.1", "-1"])
def test_what_is_no_setting_of_an_effect(written):
    assert len(codes(Effect, {"reference": written})) == 1


def test_an_effect_is_gross_unless_said():
    assert Effect().effect_basis == "gross"
    assert codes(Effect, {"effect_basis": "net"}) == ["literal_error"]
