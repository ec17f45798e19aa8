"""Where the steps of a theory of change stand: no box on another, no arrow behind a box."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sroi.report.charts.theory_layout import BOX, COLUMN, GAP, Node, laid_out


@st.composite
def theories(draw):
    """Boxes in four columns, and arrows from one to another, with or against the reading order."""
    columns = draw(st.lists(st.integers(0, 3), min_size=2, max_size=14))
    boxes = {
        f"b{n}": Node(c, draw(st.sampled_from([0.3, 0.5, 1.2]))) for n, c in enumerate(columns)
    }
    pairs = st.tuples(*[st.sampled_from(sorted(boxes))] * 2).filter(lambda pair: pair[0] < pair[1])
    return boxes, draw(st.lists(pairs, min_size=1, max_size=20, unique=True))


@settings(max_examples=60, deadline=None)
@given(theories())
def test_boxes_keep_their_distance_and_the_page(given_theory):
    """In every column, within the length of the longest."""
    boxes, arrows = given_theory
    found = laid_out(boxes, arrows)
    for first, second in combinations(boxes, 2):
        if boxes[first].column == boxes[second].column:
            between = abs(found.middles[first] - found.middles[second])
            assert between >= (boxes[first].tall + boxes[second].tall) / 2 + GAP - 1e-9
    for key, box in boxes.items():
        assert box.tall / 2 - 1e-9 <= found.middles[key] <= found.height - box.tall / 2 + 1e-9


@settings(max_examples=60, deadline=None)
@given(theories())
def test_an_arrow_begins_and_ends_at_its_boxes_and_passes_behind_none(given_theory):
    """Through a column in between it runs where there is no box."""
    boxes, arrows = given_theory
    found = laid_out(boxes, arrows)
    for (start, end), route in zip(arrows, found.routes, strict=True):
        for key, (x, y) in ((start, route[0]), (end, route[-1])):
            assert x in (boxes[key].column * COLUMN, boxes[key].column * COLUMN + BOX)
            assert abs(y - found.middles[key]) < boxes[key].tall / 2
        for number, ((left, y), (right, level)) in enumerate(pairwise(route)):
            if number % 2:
                column = round(min(left, right) / COLUMN)
                assert y == level
                assert all(
                    abs(y - found.middles[key]) > box.tall / 2
                    for key, box in boxes.items()
                    if box.column == column
                )


def test_arrows_do_not_cross_where_they_need_not():
    """Two chains that are given crosswise lie beside each other."""
    boxes = {"a": Node(0, 0.5), "b": Node(0, 0.5), "y": Node(1, 0.5), "x": Node(1, 0.5)}
    middles = laid_out(boxes, [("a", "x"), ("b", "y")]).middles
    assert (middles["a"] < middles["b"]) == (middles["x"] < middles["y"])


def test_steps_of_one_column_that_follow_each_other_stand_together():
    """An arrow within a column passes no box by."""
    boxes = {key: Node(2, 0.5) for key in "pqrs"} | {"z": Node(3, 0.5)}
    middles = laid_out(boxes, [("p", "s"), ("q", "z"), ("r", "z")]).middles
    order = sorted("pqrs", key=middles.__getitem__)
    assert abs(order.index("p") - order.index("s")) == 1


@pytest.mark.parametrize("tall", [0.3, 1.0])
def test_a_chain_is_a_straight_line(tall):
    """One box in each column: every arrow is level."""
    boxes = {str(n): Node(n, tall) for n in range(4)}
    routes = laid_out(boxes, [("0", "1"), ("1", "2"), ("2", "3")]).routes
    assert all(start[1] == pytest.approx(end[1]) for start, end in routes)
