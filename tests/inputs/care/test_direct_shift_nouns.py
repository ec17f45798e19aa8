"""The nouns of a direct shift."""

import pytest
from pydantic import ValidationError

from sroi.inputs.care.direct_shift import DirectShift

SHIFT = {
    "id": "minder-begeleiding",
    "what": "Minder begeleiding",
    "stakeholder": "inwoners",
    "of": "huisbezoek",
    "substitution": {"low": "-10%", "best": "5%", "high": "25%"},
    "duration": "1.5",
    "cost": "6500",
    "payers": {"gemeente": "100%"},
    "paid_per_unit": "70%",
    "backfill": "30%",
    "capacity_step": "20",
}


def codes(**changes) -> list[str]:
    """The types of the errors that are found in a shift with changes."""
    try:
        DirectShift.model_validate(SHIFT | changes)
    except ValidationError as error:
        return [finding["type"] for finding in error.errors()]
    return []


def test_a_shift_is_care_and_effect_in_one():
    read = DirectShift.model_validate(SHIFT | {"lag": "0.5", "reference": "expected"})
    assert (read.paid_per_unit.value, read.lag.value, read.reference) == (0.7, 0.5, "expected")
    assert (read.contracts.lag.value, read.effect_basis) == (0.25, "gross")


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"substitution": "-100%"}, []),
        ({"substitution": "101%"}, ["outside-domain"]),
        ({"risk_reduction": {"low": "-20%", "best": "10%", "high": "30%"}}, []),
        ({"risk_reduction": "-101%"}, ["outside-domain"]),
        ({"at_risk": "-1%"}, ["outside-domain"]),
        ({"duration": "0"}, ["outside-domain"]),
        ({"duration": "61"}, ["outside-domain"]),
        ({"level": "2"}, ["extra_forbidden"]),
        ({"starting_point": "neutraal"}, ["extra_forbidden"]),
        ({"contracts": {"lag": "0.5"}}, []),
    ],
)
def test_what_a_shift_may_say(changes, found):
    assert codes(**changes) == found


@pytest.mark.parametrize("key", ["id", "what", "stakeholder", "of", "duration"])
def test_what_a_shift_must_say(key):
    with pytest.raises(ValidationError) as raised:
        DirectShift.model_validate({name: x for name, x in SHIFT.items() if name != key})
    assert [finding["type"] for finding in raised.value.errors()] == ["missing"]
