"""The split of a difference: it adds up, favours no order, and gives what did not change nothing.

The case of two causes was worked out by hand: 100 × 4 became 80 × 5. Volume: the mean of
(80 - 100) × 4 = -80 and (80 - 100) × 5 = -100 is -90; price: the mean of 100 and 80 is 90.
"""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.model.follow.shares import shares, to_the_cent, whole_parts

CAUSES = ("volume", "price", "effect", "timing")
SIZES = st.floats(-1e6, 1e6, allow_nan=False)
GAMES = st.lists(SIZES, min_size=16, max_size=16)


def game(sizes):
    """A value for every set of causes."""
    return lambda some: np.array([sizes[sum(2 ** CAUSES.index(cause) for cause in some)]])


def test_by_hand():
    sizes = {"volume": (100, 80), "price": (4, 5)}
    found = shares(
        tuple(sizes), lambda some: np.prod([pair[name in some] for name, pair in sizes.items()])
    )
    assert found == {"volume": pytest.approx(-90), "price": pytest.approx(90)}


@given(GAMES)
def test_it_adds_up(sizes):
    found = shares(CAUSES, game(sizes))
    whole = sizes[-1] - sizes[0]
    assert sum(part[0] for part in found.values()) == pytest.approx(whole, abs=1e-6)


@given(GAMES)
def test_it_is_the_mean_over_all_orders(sizes):
    value, found = game(sizes), shares(CAUSES, game(sizes))
    orders = list(permutations(CAUSES))
    for one in CAUSES:
        before = [frozenset(order[: order.index(one)]) for order in orders]
        marginal = [value(some | {one}) - value(some) for some in before]
        assert found[one] == pytest.approx(np.mean(marginal), abs=1e-6)


@given(GAMES, st.permutations(CAUSES))
def test_no_name_is_favoured(sizes, names):
    """Causes that are called otherwise have the same shares: symmetry."""
    turned = dict(zip(CAUSES, names, strict=True))
    value = game(sizes)
    other = shares(names, lambda some: value(frozenset(c for c in CAUSES if turned[c] in some)))
    found = shares(CAUSES, value)
    assert all(found[c] == pytest.approx(other[turned[c]], abs=1e-6) for c in CAUSES)


@given(GAMES, st.sampled_from(CAUSES))
def test_what_did_not_change_has_no_share(sizes, idle):
    value = game(sizes)
    found = shares(CAUSES, lambda some: value(some - {idle}))
    assert found[idle] == 0


@given(st.lists(st.floats(-1e5, 1e5), min_size=1, max_size=6))
def test_cents_add_up(parts):
    told = to_the_cent(parts, sum(parts))
    assert round(sum(told), 2) == pytest.approx(round(sum(parts), 2), abs=1e-9)
    assert all(abs(a - b) < 0.011 for a, b in zip(told, parts, strict=True))


def test_what_rounding_leaves_goes_where_it_took_most():
    assert whole_parts([0.4, 0.4, 0.2], 1) == [1, 0, 0]
    assert sorted(whole_parts([1.6, 1.6], 3)) == [1, 2]
