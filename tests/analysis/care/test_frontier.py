"""Dominance, extended dominance and the frontier: published arms, by hand, what always holds."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.analysis.care.frontier import frontier

# eight strategies with costs and effects, as the tests of heemod 1.1.0 have them; on its frontier
# are the first, the fifth and the eighth
EIGHT = [
    (14807, 9.635), (26041, 10.2497), (49706, 11.1654), (64266, 11.5152),
    (40022, 11.582), (57392, 11.6248), (91744, 11.6296), (54651, 11.6588),
]  # fmt: skip
ARMS = st.lists(
    st.tuples(st.integers(-5, 20), st.integers(-5, 20)), min_size=1, max_size=8, unique=True
)


def placed(points):
    """Arms by number."""
    return frontier([(str(n), cost, effect) for n, (cost, effect) in enumerate(points, 1)])


def test_eight_published_strategies() -> None:
    """And by hand: from the first to the fifth a unit costs 25,215 ÷ 1.947."""
    found = placed(EIGHT)
    assert [one.arm for one in found if one.status == "frontier"] == ["1", "5", "8"]
    assert {one.arm for one in found if one.status == "extended"} == {"2"}
    assert {one.arm for one in found if one.status == "dominated"} == {"3", "4", "6", "7"}
    first, fifth, eighth = found[:3]
    assert first.price is None
    assert fifth.price == pytest.approx((40022 - 14807) / (11.582 - 9.635))
    assert eighth.extra == pytest.approx((54651 - 40022, 11.6588 - 11.582))


def test_arms_by_hand() -> None:
    """As dear and better dominates; so does as good and cheaper; the same arm twice is there
    twice; on a straight line between two others an arm stays."""
    status = {one.arm: one.status for one in placed([(10, 1), (10, 2), (12, 2), (30, 4)])}
    assert status == {"1": "dominated", "2": "frontier", "3": "dominated", "4": "frontier"}
    twice = placed([(10, 1), (20, 2), (20, 2)])
    assert [(one.arm, one.price) for one in twice] == [("1", None), ("2", 10), ("3", 10)]
    assert {one.status for one in placed([(0, 0), (10, 1), (20, 2)])} == {"frontier"}
    assert placed([(0, 0), (15, 1), (20, 2)])[-1].status == "extended"
    assert placed([(7, 3)])[0].status == "frontier"


@given(ARMS, st.randoms())
def test_the_order_of_arms_does_not_matter(points, random) -> None:
    """Every arm has the same place, and the same price."""
    arms = [(str(n), float(cost), float(effect)) for n, (cost, effect) in enumerate(points)]
    shuffled = random.sample(arms, len(arms))
    first, again = ({one.arm: one for one in frontier(order)} for order in (arms, shuffled))
    assert first == again


@given(ARMS)
def test_who_is_on_the_frontier_is_best_at_some_price(points) -> None:
    """Of effect × price - cost there is no more than an arm on the frontier has, at a price between
    the one that it costs and the one of the next; no other arm is ever above all of these. And
    prices rise."""
    found = placed(points)
    on = [one for one in found if one.status == "frontier"]
    prices = [one.price for one in on[1:]]
    assert prices == sorted(prices)
    between = [p + (q - p) / 2 for p, q in pairwise(prices)]
    ends = [prices[0] / 2, *between, prices[-1] * 2] if prices else [1e-9]
    for one, price in zip(on, ends, strict=True):
        best = max(effect * price - cost for cost, effect in points)
        assert one.effect * price - one.cost == pytest.approx(best)
    for price in [0.0, *prices, 1e6]:
        best = max(one.effect * price - one.cost for one in on)
        assert all(effect * price - cost <= best + 1e-9 for cost, effect in points)
