"""Enabling conditions: a bare number is a chance, anything else is a degree."""

import pytest
from pydantic import ValidationError

from sroi.inputs.care.enabling_conditions import EnablingCondition, MovesAlong

CONDITION = {"id": "toegang", "what": "De Toegang beweegt mee", "who": "gemeente"}


def along(value) -> MovesAlong:
    return EnablingCondition.model_validate(
        CONDITION | {"criticality": "60%", "moves_along": value}
    ).moves_along


@pytest.mark.parametrize(
    ("written", "form", "uncertain", "bounds"),
    [
        ("75%", "chance", True, (0, 1)),
        ("0.75", "chance", True, (0, 1)),
        ({"chance": "75%", "because": "Gevraagd."}, "chance", True, (0, 1)),
        ("0", "chance", False, (0, 1)),
        ("1", "chance", False, (0, 1)),
        ({"value": "75%"}, "value", False, (0.75, 0.75)),
        ({"low": "40%", "best": "60%", "high": "80%"}, "best", True, (0.4, 0.8)),
        ({"beta": {"yes": "14", "no": "8"}}, "beta", True, (0, 1)),
    ],
)
def test_a_bare_number_is_a_chance(written, form, uncertain, bounds):
    read = along(written)
    assert (read.form, read.uncertain, read.bounds) == (form, uncertain, bounds)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("101%", "less_than_equal"),
        ("-1%", "greater_than_equal"),
        ({"value": "101%"}, "outside-domain"),
        ({"chance": "75%", "value": "75%"}, "quantity-form"),
        ({"low": "40%", "best": "60%", "high": "110%"}, "outside-domain"),
        ({}, "quantity-form"),
    ],
)
def test_what_is_no_chance_and_no_degree(written, found):
    with pytest.raises(ValidationError) as raised:
        along(written)
    assert [finding["type"] for finding in raised.value.errors()] == [found]


@pytest.mark.parametrize("written", ["101%", "-1%", {"uniform": ["50%", "110%"]}])
def test_how_critical_it_is_is_a_share(written):
    with pytest.raises(ValidationError):
        EnablingCondition.model_validate(CONDITION | {"criticality": written, "moves_along": "75%"})


def test_how_critical_it_is_is_no_chance():
    read = EnablingCondition.model_validate(
        CONDITION | {"criticality": "60%", "moves_along": "75%"}
    )
    assert (read.criticality.form, read.action) == ("value", None)
