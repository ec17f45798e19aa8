"""Hazard ratios: the forms of a quantity, and claims."""

import pytest
from pydantic import TypeAdapter, ValidationError

from sroi.inputs.quantity.hazard_ratio import HazardRatio, Ratio

CLAIM = {"claim": {"found": "0.70", "bias_sd": "0.35"}, "because": "Gevonden."}


def codes(value) -> list[str]:
    """The types of the errors that pydantic finds; none when the value is right."""
    try:
        TypeAdapter(Ratio).validate_python(value)
    except ValidationError as error:
        return [finding["type"] for finding in error.errors()]
    return []


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("0.97", []),
        ({"low": "0.8", "best": "0.97", "high": "1.2"}, []),
        ({"lognormal": {"median": "0.97", "sd_log": "0.08"}}, []),
        (CLAIM, []),
        ({"claim": {"found": "0.70", "bias_sd": "0.35", "prior_sd": "0.2"}}, []),
        ("0.4", ["outside-domain"]),
        ("2.1", ["outside-domain"]),
        ({"lognormal": {"median": "0.6", "sd_log": "0.2"}}, ["mass-outside-domain"]),
        ({"claim": {"found": "0.09", "bias_sd": "0.35"}}, ["greater_than_equal"]),
        ({"claim": {"found": "0.7", "bias_sd": "0"}}, ["greater_than"]),
        ({"claim": {"found": "0.7", "bias_sd": "0.35", "prior_sd": "0.3"}}, ["less_than_equal"]),
        ({"claim": {"found": "0.7"}}, ["missing"]),
        (CLAIM | {"value": "0.97"}, ["quantity-form"]),
        ({"because": "Zomaar."}, ["quantity-form"]),
    ],
)
def test_what_a_hazard_ratio_may_be(written, found):
    assert codes(written) == found


def test_a_claim_is_uncertain_and_has_a_usual_spread():
    read = HazardRatio.model_validate(CLAIM)
    assert (read.form, read.uncertain, read.bounds) == ("claim", True, None)
    assert read.claim.prior_sd == 0.10


@pytest.mark.parametrize(
    ("written", "may"),
    [
        ("0.97", False),
        ("1", False),
        ("1.01", True),
        ({"low": "0.8", "best": "0.9", "high": "1"}, False),
        ({"low": "0.8", "best": "0.9", "high": "1.01"}, True),
        ({"uniform": ["0.9", "1.1"]}, True),
        ({"lognormal": {"median": "0.97", "sd_log": "0.08"}}, True),
        ({"lognormal": {"median": "0.8", "sd_log": "0.05"}}, False),
        ({"normal": {"mean": "0.9", "sd": "0.05"}}, True),
        (CLAIM, True),
    ],
)
def test_whether_it_may_make_things_worse(written, may):
    assert HazardRatio.model_validate(written).may_exceed_one is may
