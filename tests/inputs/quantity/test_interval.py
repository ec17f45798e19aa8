"""A gamma and a beta from two percentiles: against scipy's quantiles, and back again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from scipy import stats

from sroi.inputs.quantity.interval import beta_between, gamma_between
from sroi.inputs.quantity.quantity import ANY, Quantity
from sroi.model.uncertain.distributions import distribution

ENDS = (0.05, 0.95)


def test_the_cases_of_the_method():
    """Gamma with shape 2 and scale 3; Beta(2, 5). By scipy 1.x: gamma.ppf and beta.ppf."""
    assert gamma_between(1.0660845271, 14.2315935584) == pytest.approx((6.0, 0.5**0.5), rel=1e-8)
    assert beta_between(0.0628498899, 0.5818034093) == pytest.approx((2.0, 5.0), rel=1e-7)


@given(st.floats(0.05, 1e5), st.floats(1e-3, 1e6))
def test_a_gamma_comes_back_from_its_percentiles(shape, scale):
    found = gamma_between(*map(float, stats.gamma(shape, scale=scale).ppf(ENDS)))
    assert found == pytest.approx((shape * scale, shape**-0.5), rel=1e-6)


@given(st.floats(0.3, 1e4), st.floats(0.3, 1e4))
def test_a_beta_comes_back_from_its_percentiles(a, b):
    assert beta_between(*map(float, stats.beta(a, b).ppf(ENDS))) == pytest.approx((a, b), rel=1e-5)


@pytest.mark.parametrize("form", ["normal", "lognormal", "gamma", "beta"])
@given(st.floats(0.05, 0.5), st.floats(0.05, 0.4))
def test_every_form_has_the_percentiles_that_were_stated(form, p5, width):
    written = {form: {"p5": f"{p5:.6f}", "p95": f"{p5 + width:.6f}"}}
    quantity = TypeAdapter(Quantity).validate_python(written)
    drawn = distribution(quantity, ANY)
    ends = [float(end) for end in written[form].values()]
    assert drawn.ppf(np.array(ENDS)) == pytest.approx(ends, rel=1e-6)


@pytest.mark.parametrize("find", [gamma_between, beta_between])
@pytest.mark.parametrize("ends", [(0.0, 0.5), (0.5, 0.5), (0.6, 0.5), (0.5, 0.5 + 1e-12)])
def test_what_no_distribution_has_is_none(find, ends):
    assert find(*ends) is None


def test_a_share_above_one_is_none():
    assert beta_between(0.5, 1.0) is None
