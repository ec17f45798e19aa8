"""Hidden counts: between their bounds, of the right mean, and told as unknown."""

import numpy as np
import pytest

from sroi.model.pilot.few_clusters import Clustered
from sroi.model.pilot.panel import NEVER, Panel
from sroi.model.pilot.suppressed import joined, tables

START = np.array([6, 6, 6, NEVER, NEVER, NEVER])


def hidden_city(mean: float) -> tuple[Panel, np.ndarray]:
    """Counts of about `mean`, of which 1 to 4 are hidden; and the counts themselves."""
    counts = np.random.default_rng(3).poisson(mean, (6, 6, 12)) * 1.0
    small = (counts > 0) & (counts < 5)
    low, high = np.where(small, 1.0, counts), np.where(small, 4.0, counts)
    return Panel(low, high, np.full((6, 6, 12), 100.0), START, np.zeros(12, bool)), counts


def test_what_is_known_stays_and_what_is_hidden_lies_between_its_bounds():
    panel, _ = hidden_city(3.0)
    for table in tables(panel, 0):
        assert (table >= panel.low).all()
        assert (table <= panel.high).all()
        assert (table[~panel.hidden] == panel.low[~panel.hidden]).all()
        assert (table == np.round(table)).all()


def test_drawn_counts_have_the_mean_of_the_true_ones_where_the_middle_has_not():
    """Of a mean of 1.5, one to four is 1.848 on average (Poisson, by hand) and not 2.5."""
    panel, counts = hidden_city(1.5)
    drawn = np.mean([table[panel.hidden].mean() for table in tables(panel, 0)])
    sizes = np.arange(1, 5)
    weights = 1.5**sizes / np.array([1, 2, 6, 24])
    assert (weights * sizes).sum() / weights.sum() == pytest.approx(1.848, abs=0.001)
    assert drawn == pytest.approx(counts[panel.hidden].mean(), abs=0.1)
    assert panel.middle()[panel.hidden].mean() == 2.5


def test_without_anything_hidden_there_is_one_table():
    panel, _ = hidden_city(40.0)
    (table,) = tables(panel, 0)
    assert (table == panel.low).all()


def test_tables_are_joined_by_the_rules_of_rubin():
    """Mean 0.2; within 0.01, between 0.01 · (1 + 1/3): by hand."""
    found = joined([Clustered(size, 0.1, 8.0) for size in (0.1, 0.2, 0.3)])
    assert found.effect == pytest.approx(0.2)
    assert found.error**2 == pytest.approx(0.01 + 0.01 * 4 / 3)
    assert found.freedom < 8
    assert joined([Clustered(0.1, 0.1, 8.0)] * 4).error == pytest.approx(0.1)
