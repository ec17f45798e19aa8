"""What to fund under a budget, against trying every choice there is."""

from itertools import product

import numpy as np
import pytest

from sroi.analysis.portfolio.funding import funding, worst_tenth
from sroi.inputs.portfolio.portfolio import Budget

DRAWS = 320


def rows(seed: int, count: int = 8) -> tuple[np.ndarray, np.ndarray]:
    """What rows are worth (row, draw), with what they share; and what they cost (row, year)."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(2, DRAWS))
    together = rng.normal(1, 2, (count, 1)) + rng.normal(size=(count, 2)) @ common
    together = (together + rng.normal(size=(count, DRAWS))) * 1e5
    return together, rng.uniform(0.2, 2, (count, 3)) * 1e4


def every_choice(together: np.ndarray, costs: np.ndarray, at_most: float):
    for chosen in product((0, 1), repeat=len(together)):
        which = np.flatnonzero(chosen)
        if (costs[which].sum(axis=0) <= at_most).all():
            yield which, together[which].sum(axis=0)


def budget(at_most: float, **more) -> Budget:
    return Budget.model_validate({"at_most": str(at_most), **more})


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("per", ["year", "total"])
def test_the_best_is_the_best_of_every_choice(seed, per):
    """By what is expected exactly; by the others on the draws that the solver has."""
    together, costs = rows(seed)
    paid = costs if per == "year" else costs.sum(axis=1, keepdims=True)
    at_most = 0.4 * paid.sum(axis=0).max()
    found = funding(budget(at_most, per=per), together.mean(axis=1), together, costs)
    choices = list(every_choice(together, paid, at_most))
    best = max(total.mean() for _, total in choices)
    assert found.best["expected"].expected == pytest.approx(best, rel=1e-4)
    worst = max(worst_tenth(total) for _, total in choices)
    assert found.best["worst"].worst == pytest.approx(worst, rel=1e-3, abs=1)
    surest = max((total > 0).mean() for _, total in choices)
    assert found.best["chance"].chance >= surest - 0.02
    for one in (*found.best.values(), found.greedy):
        chosen = list(one.rows)
        assert (paid[chosen].sum(axis=0) <= at_most * (1 + 1e-9)).all()
        assert one.cost == pytest.approx(paid[chosen].sum(axis=0).max(initial=0))
        assert one.expected == pytest.approx(together[chosen].sum(axis=0).mean())
        assert one.chance == pytest.approx((together[chosen].sum(axis=0) > 0).mean())
    assert found.greedy.expected <= found.best["expected"].expected * (1 + 1e-9)


def test_the_worst_tenth_is_a_mean_of_the_lowest():
    """By hand: of 15 draws the lowest and half of the next."""
    assert worst_tenth(np.arange(15.0)) == pytest.approx((0 + 0.5 * 1) / 1.5)
    assert worst_tenth(np.arange(20.0)[::-1]) == pytest.approx(0.5)
    assert worst_tenth(np.full(7, -3.0)) == pytest.approx(-3)


def test_the_best_by_the_worst_tenth_spreads_its_chances():
    """Two rows that make up for each other, and one that brings more and is a gamble."""
    chance = np.random.default_rng(1).normal(size=DRAWS)
    chance -= chance.mean()
    together = np.array([5 + 9 * chance, 5 - 9 * chance, np.full(DRAWS, 11.0) + 40 * chance])
    costs = np.array([[1.0], [1.0], [2.0]])
    found = funding(budget(2), together.mean(axis=1), together, costs)
    assert found.best["worst"].rows == (0, 1)
    assert found.best["worst"].worst == pytest.approx(10)
    assert found.best["expected"].rows == (2,)
    assert found.best["chance"].rows == (0, 1)


def test_a_greedy_order_may_miss_the_best():
    """A small one with the most per euro leaves no room for the large one that is worth more."""
    together = np.array([[3.0] * 16, [10.0] * 16])
    costs = np.array([[1.0], [5.0]])
    found = funding(budget(5), together.mean(axis=1), together, costs)
    assert found.greedy.rows == (0,)
    assert found.best["expected"].rows == (1,)


def test_one_more_euro_is_worth_what_it_buys():
    """In parts: the second row, at 2 a euro, is the one that the last euro goes to."""
    together = np.array([[3.0] * 16, [10.0] * 16, [1.0] * 16])
    costs = np.array([[1.0], [5.0], [4.0]])
    found = funding(budget(3), together.mean(axis=1), together, costs)
    assert found.euro == pytest.approx(2)
    enough = funding(budget(100), together.mean(axis=1), together, costs)
    assert enough.euro == 0
    assert enough.best["expected"].rows == (0, 1, 2)


def test_nothing_that_loses_is_funded_for_what_is_expected():
    together = np.array([[-3.0] * 16, [-1.0] * 16])
    found = funding(budget(5), together.mean(axis=1), together, np.ones((2, 1)))
    assert found.best["expected"].rows == found.greedy.rows == ()


def test_the_one_that_was_asked_for():
    together, costs = rows(1)
    found = funding(budget(1e5, choose="worst"), together.mean(axis=1), together, costs)
    assert found.chosen is found.best["worst"]
