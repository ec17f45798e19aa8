"""Distributions of time by hand, against another library, and what always holds."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy import stats

from sroi.inputs.care.chances import Mortality
from sroi.inputs.care.time_to import TimeTo, added_hazard

TIMES = st.floats(0, 60)
RATES = st.floats(0.001, 2)


def survives(form: str, at: float, **parameters: float) -> float:
    """S(t), from the hazard that is added since the start."""
    return math.exp(-added_hazard(form, list(parameters), list(parameters.values()), 0.0, at))


@given(TIMES, st.floats(0.2, 4), st.floats(0.5, 40))
def test_survival_as_another_library_has_it(at: float, shape: float, scale: float) -> None:
    """scipy.stats: exponential, Weibull, log-logistic (fisk) and Gompertz."""
    told = {
        survives("exponential", at, rate=1 / scale): stats.expon(scale=scale),
        survives("weibull", at, shape=shape, scale=scale): stats.weibull_min(shape, scale=scale),
        survives("log_logistic", at, shape=shape, scale=scale): stats.fisk(shape, scale=scale),
        survives("gompertz", at, shape=0.1, rate=0.1 / scale): stats.gompertz(1 / scale, scale=10),
    }
    for found, of in told.items():
        assert found == pytest.approx(of.sf(at), rel=1e-9, abs=1e-300)


@given(TIMES, TIMES, st.sampled_from([1.0, 0.25, 1 / 52]), RATES)
def test_an_exponential_time_is_a_constant_chance(one, other, length, rate) -> None:
    """Whenever the cycle begins; and so are Weibull and Gompertz without a bend."""
    told = -math.expm1(-rate * length)
    found = [added_hazard("exponential", ["rate"], [rate], at, length) for at in (one, other)]
    found.append(added_hazard("weibull", ["shape", "rate"], [1.0, rate], one, length))
    found.append(added_hazard("weibull", ["shape", "scale"], [1.0, 1 / rate], one, length))
    found.append(added_hazard("gompertz", ["shape", "rate"], [0.0, rate], one, length))
    assert [-math.expm1(-hazard) for hazard in found] == pytest.approx([told] * 5, rel=1e-9)


@given(st.integers(1, 12), st.floats(0.3, 3), RATES)
def test_cycles_of_a_year_multiply_to_its_survival(cut: int, shape: float, rate: float) -> None:
    """However it is cut up: S(5) is the product of who is left after each cycle."""
    hazards = [
        added_hazard("weibull", ["shape", "rate"], [shape, rate], k / cut, 1 / cut)
        for k in range(5 * cut)
    ]
    assert sum(hazards) == pytest.approx(rate * 5**shape, rel=1e-9)


def test_parameters_by_draw() -> None:
    """As if each draw were alone; a Gompertz with and without a bend beside each other."""
    shapes, rates = np.array([0.1, 0.0, -0.2]), np.array([0.01, 0.02, 0.03])
    whole = added_hazard("gompertz", ["shape", "rate"], [shapes, rates], 10.0, 1.0)
    alone = [added_hazard("gompertz", ["shape", "rate"], [float(a), float(b)], 10.0, 1.0)
             for a, b in zip(shapes, rates, strict=True)]  # fmt: skip
    np.testing.assert_allclose(whole, alone, rtol=1e-15)


def test_the_revision_of_a_hip_by_hand() -> None:
    """λ = e^-7.693067 and γ = e^0.3740968: of those who are well after a year 0.079 % come back in
    the next, as Briggs, Claxton & Sculpher (2006), example 3.5, have it."""
    rate, shape = math.exp(-5.490935 - 0.0367022 * 60), math.exp(0.3740968)
    added = added_hazard("weibull", ["shape", "rate"], [shape, rate], 1.0, 1.0)
    assert 0.98 * -math.expm1(-added) == pytest.approx(0.00077680, abs=5e-9)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ({"exponential": {"rate": "1"}, "gompertz": {"shape": "0", "rate": "1"}}, "time-form"),
        ({"weibull": {"shape": "1", "rate": "1", "scale": "1"}}, "weibull-form"),
        ({"weibull": {"shape": "1"}}, "weibull-form"),
        ({"weibull": {"shape": "0", "rate": "1"}}, "outside-domain"),
        ({"exponential": {"rate": "-1"}}, "outside-domain"),
    ],
)
def test_what_is_no_distribution_of_time(written, code) -> None:
    with pytest.raises(ValidationError) as error:
        TimeTo.model_validate(written)
    assert [one["type"] for one in error.value.errors()] == [code]


CHANCES = {"55": "10%", "61": "20%", "62": "100%"}
TABLE = {"to": "dood", "start_age": "60.5", "chance_by_age": CHANCES}


def test_a_table_by_hand() -> None:
    """A row holds until the next age; half years go on with the year's hazard."""
    read = Mortality.model_validate(TABLE)
    tenth, fifth = -math.log(0.9), -math.log(0.8)
    assert read.hazards(3, 1) == pytest.approx([tenth, fifth, 50])
    assert read.hazards(4, 2) == pytest.approx([tenth, fifth, fifth, 50])
    assert -math.expm1(-read.hazards(3, 1)[2]) == 1.0
    rates = {"to": "dood", "start_age": "60", "rate_by_age": {"0": "0.01"}}
    assert Mortality.model_validate(rates).hazards(2, 1) == [0.01, 0.01]


@pytest.mark.parametrize(
    "changes",
    [{"chance_by_age": {}}, {"rate_by_age": {"1": "0.1"}}, {"chance_by_age": {"1": "1.5"}}],
)
def test_what_is_no_table(changes) -> None:
    with pytest.raises(ValidationError):
        Mortality.model_validate(TABLE | changes)
