"""Two published Markov models, each with its own conventions, and cohorts by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.model.care.cohort import (
    counted,
    entered,
    present_value,
    rewards,
    shares,
    trace,
    valued,
)
from sroi.model.care.cohort_chances import changed, matrix

SICK_SICKER = [
    [0.848, 0.15, 0.0, 0.002],
    [0.5, 0.389, 0.105, 0.006],
    [0.0, 0.0, 0.98, 0.02],
    [0.0, 0.0, 0.0, 1.0],
]


def with_relative_risk(table, moves, ratio):
    """Chances of which some are × a relative risk; who does not move stays."""
    chances = {(i, j): p for i, row in enumerate(table) for j, p in enumerate(row) if i != j and p}
    return matrix(changed(chances, moves, ratio, False), len(table), {})


TREATED = with_relative_risk(SICK_SICKER, [(0, 1), (0, 3), (1, 2), (1, 3), (2, 3)], 0.8)
UTILITY = [1.0, 0.75, 0.5, 0.0]
COUNTS = [[1251, 350, 116, 17], [0, 731, 512, 15], [0, 0, 1312, 437], [0, 0, 0, 1]]
MONO = [[count / sum(row) for count in row] for row in COUNTS]
FORWARD = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
COMBINED = with_relative_risk(MONO, FORWARD, 0.509)
CARE = [2756.0, 3052.0, 9007.0, 0.0]


def sick_sicker(matrix, treatment: float):
    """Costs and QALYs: 85 cycles from healthy, counted at the end, 3 % with exponents from 1."""
    path = trace([1.0, 0.0, 0.0, 0.0], [matrix], 85)
    costs = [2000.0 + treatment, 4000.0 + treatment, 15000.0 + treatment, 0.0]
    spent, gained = (rewards(path, [worth], "end") for worth in (costs, UTILITY))
    return path, present_value(spent, 0.03, first=1)[0], present_value(gained, 0.03, first=1)[0]


def test_sick_sicker_as_published() -> None:
    """The simple cohort of hesim-dev/rcea: costs, QALYs and the ratio."""
    _, cost, qaly = sick_sicker(SICK_SICKER, 2000)
    _, cost_new, qaly_new = sick_sicker(TREATED, 12000)
    ratio = (cost_new - cost) / (qaly_new - qaly)
    assert [cost_new, ratio] == pytest.approx([464_390, 122_947], abs=0.5)
    assert [int(cost), int(cost_new - cost)] == [204_123, 260_266]  # cut off, not rounded
    assert [qaly, qaly_new, qaly_new - qaly] == pytest.approx([21.08, 23.19, 2.12], abs=5e-3)
    full = [204123.528, 21.077209, 464390.385, 23.194116, 122946.7559]
    assert [cost, qaly, cost_new, qaly_new, ratio] == pytest.approx(full, rel=5e-8)


def test_the_trace_of_sick_sicker() -> None:
    """After five cycles, and the first discounted QALY."""
    usual, _, _ = sick_sicker(SICK_SICKER, 2000)
    treated, _, _ = sick_sicker(TREATED, 12000)
    fifth = [0.7267385, 0.1854578, 0.0730999, 0.0147039]
    assert usual[:, 5, 0] == pytest.approx(fifth, abs=5e-8)
    assert treated[:, 5, 0] == pytest.approx([0.7771663, 0.1624533, 0.0494862, 0.0108942], abs=5e-8)
    first = rewards(usual, [UTILITY], "end")[:1]
    assert present_value(first, 0.03, first=1)[0] == pytest.approx(0.9325243, abs=5e-8)


def test_hiv_monotherapy_and_combination_as_published() -> None:
    """Chancellor (1997): two cycles of combination, costs at 6 %, life-years as they are."""
    drugs = [2278.0 + 2086.5] * 3 + [0.0], [2278.0] * 3 + [0.0]
    alive = [[1.0, 1.0, 1.0, 0.0]]
    found = []
    for matrices, values in (([MONO], drugs[1:]), ([COMBINED, COMBINED, MONO], (drugs[0], *drugs))):
        path = trace([1.0, 0.0, 0.0, 0.0], matrices, 20)
        care = present_value(rewards(path, [CARE], "end"))[0]
        drug = present_value(rewards(path, values, "end"))[0]
        both = rewards(path, [CARE], "end") + rewards(path, values, "end")
        years = present_value(rewards(path, alive, "end"))[0]
        found.append((present_value(both, 0.06, first=1)[0], years, care, drug))
    (cost, years, care, drug), (cost_new, years_new, care_new, drug_new) = found
    assert [cost, cost_new] == pytest.approx([44_663.45, 50_601.65], abs=5e-3)
    assert [years, years_new] == pytest.approx([7.991207, 8.937389], abs=5e-7)
    assert (cost_new - cost) / (years_new - years) == pytest.approx(6275.956, abs=5e-4)
    assert [care, care_new] == pytest.approx([45_541.24, 48_082.83], abs=5e-3)
    assert [drug, drug_new] == pytest.approx([18_203.97, 24_492.28], abs=5e-3)


def test_three_ways_to_count() -> None:
    """At the start, at the end, and halfway between the two."""
    path = trace([1.0, 0.0], [[[0.5, 0.5], [0.0, 1.0]]], 3)
    alive = [[1.0, 0.0]]
    assert rewards(path, alive, "start").ravel() == pytest.approx([1, 0.5, 0.25])
    assert rewards(path, alive, "end").ravel() == pytest.approx([0.5, 0.25, 0.125])
    assert rewards(path, alive, "half_cycle").ravel() == pytest.approx([0.75, 0.375, 0.1875])


def test_exponents() -> None:
    """From 0, from 1, and no discounting at all; a rate may be a draw."""
    amounts = np.ones((3, 1))
    assert present_value(amounts, 0.1) == pytest.approx([1 + 1 / 1.1 + 1 / 1.21])
    assert present_value(amounts, 0.1, first=1) == pytest.approx([1 / 1.1 + 1 / 1.21 + 1 / 1.331])
    assert present_value(amounts) == pytest.approx([3])
    assert present_value(amounts, np.array([0.0, 0.1]))[1] == pytest.approx(2.7355371900826446)


@given(st.integers(0, 2**32 - 1))
def test_a_closed_cohort_keeps_its_people(seed: int) -> None:
    """In every cycle and draw."""
    rng = np.random.default_rng(seed)
    parts = rng.random((4, 4, 5))
    matrix = parts / parts.sum(axis=1, keepdims=True)
    path = trace([10.0, 20.0, 30.0, 40.0], [matrix], 12)
    np.testing.assert_allclose(path.sum(axis=0), 100, rtol=1e-12)


def test_an_open_cohort_by_hand() -> None:
    """Half goes each cycle, ten come in at its end: the cohort goes to twenty."""
    path = trace([0.0], [[[0.5]]], 60, inflow=[10.0])
    assert path[0, 1:3, 0] == pytest.approx([10, 15])
    assert path[0, -1, 0] == pytest.approx(20)


def test_draws_as_if_alone() -> None:
    """Bit for bit, with relative risks by draw."""
    risks = np.array([0.5, 0.8, 1.1])
    whole = trace([1.0, 0.0, 0.0, 0.0], [with_relative_risk(MONO, FORWARD, risks)], 10)
    for draw, risk in enumerate(risks):
        alone = trace([1.0, 0.0, 0.0, 0.0], [with_relative_risk(MONO, FORWARD, float(risk))], 10)
        np.testing.assert_array_equal(whole[:, :, draw], alone[:, :, 0])


def test_what_each_moment_counts_for_by_hand() -> None:
    """Simpson over two cycles is 1/3, 4/3, 1/3; of an odd number the last goes by the parabola
    through the last three moments, and a single cycle by the trapezoid."""
    assert shares("simpson", 2).sum(axis=0) == pytest.approx([1 / 3, 4 / 3, 1 / 3])
    four = [1 / 3, 4 / 3, 2 / 3, 4 / 3, 1 / 3]
    assert shares("simpson", 4).sum(axis=0) == pytest.approx(four)
    three = np.array([4, 16, 4, 0]) / 12 + np.array([0, -1, 8, 5]) / 12
    assert shares("simpson", 3).sum(axis=0) == pytest.approx(three)
    assert shares("simpson", 1).tolist() == shares("trapezoid", 1).tolist() == [[0.5, 0.5]]
    stated = shares("weights", 2, [0.2, 0.3, 0.4])
    assert stated.tolist() == [[0.2, 0, 0], [0, 0.3, 0.4]]


@given(st.integers(2, 40), st.lists(st.integers(-9, 9), min_size=3, max_size=3))
def test_simpson_is_exact_for_parabolas(cycles: int, parabola: list[int]) -> None:
    """Also for an odd number of cycles: the integral of a + b t + c t², each cycle by itself."""
    a, b, c = parabola
    moments = np.arange(cycles + 1)
    integral = a * moments + b * moments**2 / 2 + c * moments**3 / 3
    found = shares("simpson", cycles) @ (a + b * moments + c * moments**2)
    np.testing.assert_allclose(found, np.diff(integral), rtol=1e-9, atol=1e-9)


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
def test_the_life_table_is_the_mean_of_start_and_end(seed: int, cycles: int) -> None:
    """For any people and values that change with the cycle; undiscounted the trapezoid is it."""
    rng = np.random.default_rng(seed)
    path, values = rng.random((3, cycles + 1, 4)), rng.random((cycles, 3)).tolist()
    start, end, half = (rewards(path, values, x) for x in ("start", "end", "half_cycle"))
    np.testing.assert_allclose(half, (start + end) / 2, rtol=1e-12)
    for counting, told in (("start", start), ("end", end), ("half_cycle", half)):
        again = valued(counted(path, shares(counting, cycles)), values)
        np.testing.assert_allclose(again, told, rtol=1e-12)
    by_moment = valued(counted(path, shares("trapezoid", cycles)), values)
    np.testing.assert_allclose(by_moment, half, rtol=1e-12)


def test_who_comes_in() -> None:
    """All who start in the first cycle, the inflow in those after it."""
    path = trace([3.0, 7.0], [[[0.5, 0.5], [0.0, 1.0]]], 3, inflow=[2.0, 0.0])
    assert entered(path, [2.0, 0.0]).ravel().tolist() == [10, 2, 2]
    assert entered(path).ravel().tolist() == [10, 0, 0]
