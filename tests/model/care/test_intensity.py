"""Ramps, the cap by capacity and the waiting list, by hand and by what must hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.model.care.intensity import bass, capacity, intensity, left, linear, logistic, queue

TIMES = np.array([0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0])


def test_the_ramp_of_the_example() -> None:
    """Seven points of the S-curve, to the printed digits."""
    printed = [0.0164, 0.0696, 0.2175, 0.4966, 0.9236, 0.9933, 0.9994]
    assert logistic(TIMES, 1.5, 2.5, 0.5) == pytest.approx(printed, abs=5e-5)


def test_half_of_what_is_left_goes_in_each_half_life() -> None:
    """All of it until the end after two years; then a half, by draw, after one year or two."""
    times = np.array([0.5, 2.0, 3.0, 4.0, 6.0])
    assert left(times, 2, 1.0) == pytest.approx([1, 1, 1 / 2, 1 / 4, 1 / 16], rel=1e-15)
    assert left(times, 2, np.array([1.0, 2.0]))[:, 1] == pytest.approx(
        [1, 1, 0.5**0.5, 1 / 2, 1 / 4], rel=1e-15
    )


@given(st.floats(0.2, 5), st.floats(0.2, 8), st.floats(0, 3))
def test_ramps_rise_from_nothing_to_everything(middle: float, steep: float, lag: float) -> None:
    """0 at the start, never down, 1 in the end."""
    times = np.linspace(0, 400, 801)
    for ramp in (
        logistic(times, middle, steep, lag),
        linear(times, middle, lag),
        bass(times, 0.03 * steep, steep, lag),
    ):
        assert ramp[0] == 0
        assert (np.diff(ramp) >= -1e-15).all()
        assert ramp[-1] == pytest.approx(1, abs=1e-9)


def test_linear_and_bass_by_hand() -> None:
    """Halfway after half the time; the curve of Bass at p = q is a tanh."""
    assert linear(TIMES, 2.0, 0.5) == pytest.approx([0, 0.25, 0.5, 0.75, 1, 1, 1])
    assert bass(TIMES, 0.5, 0.5) == pytest.approx(np.tanh(TIMES / 2))


def test_without_imitation_bass_is_exponential() -> None:
    """1 - e^(-p t), from the lag on."""
    expected = 1 - np.exp(-0.4 * np.maximum(TIMES - 1, 0))
    assert bass(TIMES, 0.4, 0.0, 1.0) == pytest.approx(expected)


def test_draws_are_the_last_axis() -> None:
    """Certain: (step); with draws: (step, draw), each as if it stood alone."""
    lags = np.array([0.25, 0.5, 1.5])
    both = logistic(TIMES, 1.5, 2.5, lags)
    assert both.shape == (7, 3)
    for draw, lag in enumerate(lags):
        np.testing.assert_array_equal(both[:, draw], logistic(TIMES, 1.5, 2.5, float(lag)))


def test_capacity_in_trajectories() -> None:
    """Two fte of 1,600 hours, 60 % with clients, 10 % absent, 12 hours each."""
    assert capacity(2.0, 1600.0, 0.6, 0.1, 12.0) == pytest.approx(144)


def test_the_waiting_list() -> None:
    """It grows while demand exceeds capacity, and is worked off afterwards."""
    caps, waiting = queue([100.0, 150.0, 50.0, 0.0], [120.0, 100.0, 80.0, 80.0])
    assert caps == pytest.approx([1, 100 / 150, 1, 1])
    assert waiting == pytest.approx([0, 50, 20, 0])


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=12))
def test_nobody_is_lost_on_the_waiting_list(steps: list[tuple[float, float]]) -> None:
    """Demand so far is done or waits; never less than nobody, never more done than possible."""
    demand, possible = zip(*steps, strict=True)
    caps, waiting = queue(demand, possible)
    done = np.diff(np.cumsum(demand) - waiting, prepend=0.0)
    assert (waiting >= 0).all()
    assert (done <= np.array(possible) + 1e-9).all()
    assert ((caps >= 0) & (caps <= 1)).all()


def test_the_waiting_list_by_draw() -> None:
    """Demand that differs between draws."""
    caps, waiting = queue([np.array([100.0, 200.0]), 100.0], [100.0, 150.0])
    np.testing.assert_allclose(caps, [[1, 0.5], [1, 1]])
    np.testing.assert_allclose(waiting, [[0, 100], [0, 50]])


def test_the_product() -> None:
    """ramp · cap · E ÷ E_ref, by step, by draw or both."""
    ramp = np.array([0.5, 1.0])
    assert intensity(ramp) == pytest.approx(ramp)
    assert intensity(ramp, np.array([1.0, 0.5]), 0.6, 0.8) == pytest.approx([0.375, 0.375])
    by_draw = intensity(ramp, 1.0, np.array([1.0, 0.2]))
    np.testing.assert_allclose(by_draw, [[0.5, 0.1], [1.0, 0.2]])
    caps = np.array([[1.0, 1.0], [1.0, 0.5]])
    np.testing.assert_allclose(intensity(ramp, caps), [[0.5, 0.5], [1.0, 0.5]])
