"""The forms of a quantity, what they mean at their edges, and the domains of fields."""

import math

import pytest
from pydantic import TypeAdapter, ValidationError
from scipy import stats

from sroi.inputs.quantity.quantity import (
    ANY,
    DURATION,
    FRACTION,
    NOT_NEGATIVE,
    Duration,
    Fraction,
    Quantity,
    Size,
    Sizes,
)

RANGE = {"low": "1", "best": "2", "high": "4"}


def codes(kind, value) -> list[str]:
    """The types of the errors that pydantic finds; none when the value is right."""
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        return [finding["type"] for finding in error.errors()]
    return []


def quantity(value) -> Quantity:
    return Quantity.model_validate(value)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("1.5", "value"),
        ({"value": "30%", "because": "x"}, "value"),
        (RANGE, "best"),
        (RANGE | {"shape": "triangular"}, "best"),
        ({"uniform": ["0.8", "2.5"]}, "uniform"),
        ({"normal": {"mean": "1.5", "sd": "0.3"}}, "normal"),
        ({"normal": {"p5": "1", "p95": "2"}}, "normal"),
        ({"lognormal": {"median": "1.5", "p95": "2.6"}}, "lognormal"),
        ({"lognormal": {"median": "1.5", "sd_log": "0.3"}}, "lognormal"),
        ({"gamma": {"mean": "6500", "cv": "20%"}}, "gamma"),
        ({"gamma": {"mean": "6500", "sd": "1300"}}, "gamma"),
        ({"beta": {"yes": "14", "no": "98"}}, "beta"),
        ({"beta": {"mean": "30%", "se": "0.05"}}, "beta"),
        ({"beta": {"alpha": "2", "beta": "8"}}, "beta"),
    ],
)
def test_every_form_is_read(written, form):
    assert quantity(written).form == form
    assert quantity(written).uncertain is (form != "value")


def test_reason_source_and_evidence_stand_beside_every_form():
    beside = {"because": "Meting.", "source": "eigen-meting[p. 3]", "evidence": "4"}
    for form in ({"value": "1"}, RANGE, {"beta": {"yes": "1", "no": "2"}}):
        read = quantity(form | beside)
        assert (read.because.nl, str(read.source), read.evidence) == (
            "Meting.",
            "eigen-meting[p. 3]",
            4,
        )


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ({}, "quantity-form"),
        ({"because": "x"}, "quantity-form"),
        ({"value": "1", "uniform": ["0", "1"]}, "quantity-form"),
        ({"value": "1", "low": "0"}, "quantity-form"),
        ({"low": "1", "high": "2"}, "range-incomplete"),
        ({"low": "1"}, "range-incomplete"),
        ({"beta": {"yes": "1", "no": "1"}, "high": "2"}, "quantity-form"),
        ({"best": "1"}, "range-incomplete"),
        ({"low": "1", "best": "2"}, "range-incomplete"),
        ({"low": "3", "best": "2", "high": "4"}, "range-order"),
        ({"low": "1", "best": "5", "high": "4"}, "range-order"),
        (RANGE | {"shape": "beta"}, "literal_error"),
        ({"uniform": ["2", "1"]}, "distribution-impossible"),
        ({"uniform": ["1", "1"]}, "distribution-impossible"),
        ({"uniform": ["1"]}, "too_short"),
        ({"uniform": ["1", "2", "3"]}, "too_long"),
        ({"uniform": "1"}, "list_type"),
        ({"normal": {"mean": "1"}}, "distribution-impossible"),
        ({"normal": {"mean": "1", "sd": "1", "p5": "0"}}, "distribution-impossible"),
        ({"normal": {"mean": "1", "p95": "2"}}, "distribution-impossible"),
        ({"normal": {"mean": "1", "sd": "0"}}, "distribution-impossible"),
        ({"normal": {"p5": "2", "p95": "1"}}, "distribution-impossible"),
        ({"normal": {}}, "distribution-impossible"),
        ({"normal": "1"}, "model_type"),
        ({"lognormal": {"median": "1"}}, "distribution-impossible"),
        ({"lognormal": {"median": "1", "p95": "2", "sd_log": "1"}}, "distribution-impossible"),
        ({"lognormal": {"median": "0", "sd_log": "1"}}, "distribution-impossible"),
        ({"lognormal": {"median": "-1", "p95": "2"}}, "distribution-impossible"),
        ({"lognormal": {"median": "2", "p95": "1"}}, "distribution-impossible"),
        ({"lognormal": {"p95": "1"}}, "distribution-impossible"),
        ({"lognormal": {"median": "1", "p5": "0.5", "p95": "2"}}, "distribution-impossible"),
        ({"lognormal": {"p5": "0", "p95": "2"}}, "distribution-impossible"),
        ({"lognormal": {"p5": "3", "p95": "2"}}, "distribution-impossible"),
        ({"gamma": {"p5": "3", "p95": "2"}}, "distribution-impossible"),
        ({"gamma": {"p5": "0", "p95": "2"}}, "distribution-impossible"),
        ({"gamma": {"p95": "2"}}, "distribution-impossible"),
        ({"gamma": {"mean": "1", "p5": "1", "p95": "2"}}, "distribution-impossible"),
        ({"beta": {"p5": "20%", "p95": "120%"}}, "distribution-impossible"),
        ({"beta": {"p5": "30%", "p95": "20%"}}, "distribution-impossible"),
        ({"beta": {"mean": "30%", "p5": "20%", "p95": "40%"}}, "distribution-impossible"),
        ({"gamma": {"mean": "0", "cv": "1"}}, "distribution-impossible"),
        ({"gamma": {"mean": "1", "cv": "-20%"}}, "distribution-impossible"),
        ({"beta": {"yes": "-1", "no": "2"}}, "distribution-impossible"),
        ({"beta": {"yes": "0", "no": "0.0"}}, "counts-of-nobody"),
        ({"beta": {"yes": "1"}}, "distribution-impossible"),
        ({"beta": {"alpha": "1"}}, "distribution-impossible"),
        ({"beta": {"alpha": "1", "no": "2"}}, "distribution-impossible"),
        ({"beta": {"alpha": "0", "beta": "2"}}, "distribution-impossible"),
        ({"beta": {"yes": "1", "no": "1", "mean": "0.5"}}, "distribution-impossible"),
        ({"beta": {"mean": "0.5", "se": "0.5"}}, "distribution-impossible"),
        ({"beta": {"mean": "1", "se": "0.1"}}, "distribution-impossible"),
        ({"beta": {"mean": "0.5", "se": "0"}}, "distribution-impossible"),
        ({"gamma": {"mean": "5"}}, "distribution-impossible"),
        ({"gamma": {"mean": "5", "sd": "1", "cv": "1"}}, "distribution-impossible"),
        ({"gamma": {"mean": "5", "sd": "-1"}}, "distribution-impossible"),
        ({"value": "x"}, "number-unreadable"),
        ({"value": ["1"]}, "number-expected"),
        ({"value": {"value": "1"}}, "number-expected"),
        ({"value": "1", "evidence": "7"}, "less_than_equal"),
        ({"value": "1", "evidence": "0"}, "greater_than_equal"),
        ({"value": "1", "surce": "x"}, "extra_forbidden"),
        (["1"], "number-expected"),
    ],
)
def test_what_is_no_quantity(written, code):
    assert codes(Quantity, written) == [code]


def test_a_range_of_one_point_is_certain():
    assert not quantity({"low": "2", "best": "2", "high": "2"}).uncertain


@pytest.mark.parametrize(
    ("written", "truth"),
    [
        ({"normal": {"mean": "0.5", "sd": "0.2"}}, stats.norm(0.5, 0.2)),
        ({"normal": {"p5": "0.1", "p95": "1.1"}}, stats.norm(0.6, 0.5 / stats.norm.ppf(0.95))),
        ({"lognormal": {"median": "0.5", "sd_log": "0.4"}}, stats.lognorm(0.4, scale=0.5)),
        (
            {"lognormal": {"median": "0.5", "p95": "1.2"}},
            stats.lognorm(math.log(2.4) / stats.norm.ppf(0.95), scale=0.5),
        ),
        ({"gamma": {"mean": "0.6", "cv": "50%"}}, stats.gamma(4, scale=0.15)),
    ],
)
def test_the_share_outside_a_domain_is_that_of_scipy(written, truth):
    for low, high in (FRACTION, NOT_NEGATIVE, DURATION, ANY):
        outside = truth.cdf(low) + truth.sf(high)
        assert quantity(written).outside((low, high)) == pytest.approx(outside, abs=1e-12)


@pytest.mark.parametrize(
    ("kind", "written", "right"),
    [
        (Fraction, "0", True),
        (Fraction, "100%", True),
        (Fraction, "101%", False),
        (Fraction, "-0.01", False),
        (Fraction, {"low": "0", "best": "50%", "high": "1"}, True),
        (Fraction, {"low": "0", "best": "50%", "high": "1.01"}, False),
        (Fraction, {"uniform": ["-0.1", "0.5"]}, False),
        (Fraction, {"beta": {"yes": "0", "no": "3"}}, True),
        (Fraction, {"normal": {"mean": "0.5", "sd": "0.15"}}, True),
        (Fraction, {"normal": {"mean": "0.5", "sd": "0.2"}}, False),
        (Fraction, {"gamma": {"mean": "0.1", "cv": "50%"}}, True),
        (Size, "-1", False),
        (Size, {"normal": {"mean": "100", "sd": "20"}}, True),
        (Size, {"normal": {"mean": "100", "sd": "50"}}, False),
        (Duration, "60", True),
        (Duration, "61", False),
        (Quantity, "-5", True),
    ],
)
def test_a_thousandth_may_lie_outside_the_domain_of_a_field_and_no_more(kind, written, right):
    bounded = not isinstance(written, dict) or "uniform" in written or "low" in written
    code = "outside-domain" if bounded else "mass-outside-domain"
    assert codes(kind, written) == ([] if right else [code])


@pytest.mark.parametrize(
    ("written", "found", "meant"),
    [
        ("40", "40", "40%"), ("100", "100", "100%"), ("3", "3", "3%"),
        ({"low": "20", "best": "30", "high": "50", "because": "A"}, "20–30–50", "20%–30%–50%"),
        ({"uniform": ["0", "25"]}, "0–25", "0%–25%"),
    ],
)  # fmt: skip
def test_a_percentage_without_its_sign_is_asked_about(written, found, meant):
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Fraction).validate_python(written)
    (error,) = refused.value.errors()
    assert (error["type"], error["ctx"]) == ("percent-meant", {"found": found, "meant": meant})


@pytest.mark.parametrize("written", ["1.8", "180%", "101", "-40", {"uniform": ["0.2", "40"]}])
def test_what_can_be_no_percentage_is_not(written):
    assert codes(Fraction, written) == ["outside-domain"]


def test_a_size_is_one_for_all_years_or_a_list():
    sizes = TypeAdapter(Sizes).validate_python
    assert [size.value for size in sizes("200")] == [200]
    assert [size.form for size in sizes(["200", RANGE])] == ["value", "best"]
    assert codes(Sizes, []) == ["too_short"]
    assert codes(Sizes, ["1"] * 101) == ["too_long"]
    assert codes(Sizes, ["1", "x", "-1"]) == ["number-unreadable", "outside-domain"]


def test_the_smallest_and_largest_numbers_that_can_be_written_are_no_crash():
    small, large = "0." + "0" * 26 + "1", "999_999_999_999"
    for written in (
        {"gamma": {"mean": small, "cv": small}},
        {"gamma": {"mean": large, "cv": large}},
        {"normal": {"mean": large, "sd": small}},
        {"normal": {"p5": small, "p95": large}},
        {"lognormal": {"median": small, "p95": large}},
        {"lognormal": {"median": large, "sd_log": large}},
        {"uniform": [f"-{large}", large]},
    ):
        known = ([], *([code] for code in ("outside-domain", "mass-outside-domain", *IMPOSSIBLE)))
        assert codes(Fraction, written) in known


IMPOSSIBLE = ("distribution-impossible", "distribution-too-wide")


@pytest.mark.parametrize(
    ("written", "usable"),
    [
        ({"lognormal": {"median": "10", "sd_log": "8.1"}}, True),
        ({"lognormal": {"median": "10", "sd_log": "8.3"}}, False),
        ({"lognormal": {"median": "10", "p95": "999_999_999_999"}}, False),
        ({"gamma": {"mean": "10", "cv": "20"}}, True),
        ({"gamma": {"mean": "10", "cv": "20.1"}}, False),
    ],
)
def test_a_distribution_does_not_run_out_too_far(written, usable):
    """Of the lognormal one in a thousand may be more than a million million: 10 × exp(3.09 sd)."""
    assert codes(Quantity, written) == ([] if usable else ["distribution-too-wide"])


def test_editors_learn_that_a_number_a_text_and_a_mapping_may_stand():
    """The JSON schema of a quantity allows 1.5, "30%" and {low: …}."""
    options = Quantity.model_json_schema()["$defs"]["Quantity"]["anyOf"]
    assert {option["type"] for option in options} == {"number", "string", "object"}
    mapping = next(option for option in options if option["type"] == "object")
    assert {"low", "best", "high", "uniform", "because"} <= set(mapping["properties"])
