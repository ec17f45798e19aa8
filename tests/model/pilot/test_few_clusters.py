"""Errors by neighbourhood: against what is known in closed form."""

import numpy as np
import pytest
from scipy import stats

from sroi.model.pilot.few_clusters import Clustered, of_clusters
from sroi.model.pilot.panel import NEVER, treated


def two_groups(first, second):
    """Least squares of a difference of means, each number a cluster of its own."""
    y = np.array([*first, *second], float)
    design = np.stack([np.repeat([1.0, 0.0], [len(first), len(second)]), np.ones(len(y))], axis=1)
    found = np.linalg.lstsq(design, y, rcond=None)[0]
    return of_clusters(design, y - design @ found, np.arange(len(y)), 0, float(found[0]))


@pytest.mark.parametrize("sizes", [(5, 5), (3, 7), (4, 12)])
def test_of_single_numbers_it_is_the_error_of_welch(sizes):
    """CR2 with a cluster for each number is HC2, the unequal variances of Welch; and the degrees
    are those of Bell and McCaffrey for two means of one variance:
    (1/n + 1/m)² ÷ (1/n²(n-1) + 1/m²(m-1))."""
    generator = np.random.default_rng(2)
    one, two = generator.normal(0, 1, sizes[0]), generator.normal(1, 3, sizes[1])
    found = two_groups(one, two)
    n, m = sizes
    welch = stats.ttest_ind(one, two, equal_var=False)
    assert found.effect / found.error == pytest.approx(welch.statistic)
    wanted = (1 / n + 1 / m) ** 2 / (1 / (n**2 * (n - 1)) + 1 / (m**2 * (m - 1)))
    assert found.freedom == pytest.approx(wanted)


def test_five_and_five_have_eight_degrees():
    assert two_groups([1, 2, 3, 4, 5.5], [1, 0, 2, 1, 3]).freedom == pytest.approx(8)


def test_a_panel_is_the_two_means_of_its_changes():
    """Of a balanced difference in differences with effects of place and quarter, all that counts is
    each place's change: CR2 by place is Welch on the changes, with 2(n - 1) degrees."""
    generator = np.random.default_rng(5)
    y = generator.normal(0, 1, (10, 6)) + generator.normal(0, 1, (10, 1))
    start = np.repeat([3, NEVER], 5)
    effects = treated(start, 6, 0)[0].ravel()
    place, quarter = np.eye(10).repeat(6, axis=0), np.tile(np.eye(6), (10, 1))
    design = np.column_stack([effects, place, quarter[:, 1:]])
    found = np.linalg.lstsq(design, y.ravel(), rcond=None)[0]
    made = of_clusters(
        design, y.ravel() - design @ found, np.arange(10).repeat(6), 0, float(found[0])
    )
    change = y[:, 3:].mean(axis=1) - y[:, :3].mean(axis=1)
    welch = stats.ttest_ind(change[:5], change[5:], equal_var=False)
    assert made.effect == pytest.approx(change[:5].mean() - change[5:].mean())
    assert made.effect / made.error == pytest.approx(welch.statistic)
    assert made.freedom == pytest.approx(8)


def test_an_estimate_without_error_is_certain():
    assert Clustered(0.3, 0.0, 5.0).p == 0
    assert Clustered(0.0, 0.0, 5.0).p == 1
    low, high = Clustered(0.1, 0.05, 8.0).band()
    assert (low, high) == pytest.approx((0.1 - 2.306004 * 0.05, 0.1 + 2.306004 * 0.05))
