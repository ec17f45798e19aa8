"""A mix of neighbourhoods, and the rest of the city against its own course."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.model.pilot.before import step
from sroi.model.pilot.city_total import elsewhere
from sroi.model.pilot.synthetic import synthetic, weights_for

OTHERS = np.random.default_rng(4).uniform(0.8, 1.2, (5, 16))


@given(st.lists(st.floats(0, 1), min_size=5, max_size=5).filter(lambda w: sum(w) > 0.1))
def test_a_course_that_is_a_mix_is_found_back(parts):
    wanted = np.array(parts) / sum(parts)
    found = weights_for(wanted @ OTHERS, OTHERS)
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()
    assert found @ OTHERS == pytest.approx(wanted @ OTHERS, abs=2e-3)


def test_what_happens_after_the_start_is_the_ratio_against_the_mix():
    pilot = np.array([0.5, 0.5, 0, 0, 0]) @ OTHERS
    pilot[10:] *= 0.7
    found = synthetic(pilot, OTHERS, 10, 10)
    assert found.ratio == pytest.approx(0.7, rel=0.01)
    assert found.rank == pytest.approx(1 / 6)


def test_the_rest_of_the_city_keeps_its_own_line_and_season():
    """400 a quarter, growing by 2 %, with a season; 60 extra in each of six quarters after."""
    quarters = np.arange(18)
    usual = 400 * 1.02**quarters * (1 + 0.1 * (quarters % 4 == 0))
    found = elsewhere(usual + 60 * (quarters >= 12), np.full(18, 400.0), 12)
    assert found.extra == pytest.approx(360, rel=0.05)
    assert found.p < 0.02
    assert elsewhere(usual, np.full(18, 400.0), 12).extra == pytest.approx(0, abs=5)


def test_a_step_is_found_where_it_is_and_nowhere_else():
    base, counts = np.full(16, 500.0), np.full(16, 50.0)
    assert step(counts, base) is None
    counts[9:] *= 1.6
    assert step(counts, base) == (9, pytest.approx(np.log(1.6)))
    assert step(counts / 25, base) is None
    assert step(np.zeros(16), base) is None
