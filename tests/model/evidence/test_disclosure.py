"""What may be shown of counts: nobody finds a small cell back, not even who knows how it works."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.model.evidence.disclosure import Shown, shown

NAMES = ("same", "missing", "improved", "worse")
COUNTS = st.lists(st.integers(0, 400), min_size=4, max_size=4)


def cells(*counts: int) -> dict[str, int]:
    return dict(zip(NAMES, counts, strict=True))


def published(found: Shown) -> tuple:
    return (tuple(found.visible.items()), tuple(found.hidden.items()), found.beside, found.together)


def test_without_small_cells_everything_is_shown():
    found = shown(cells(58, 60, 48, 14))
    assert found == Shown(cells(58, 60, 48, 14))
    assert found.reckoned == cells(58, 60, 48, 14)
    assert found.variance({"improved": 1, "worse": -1}) == 0


def test_nobody_is_no_small_cell():
    """Of nobody nothing can be told."""
    assert shown(cells(50, 0, 40, 0)).visible == cells(50, 0, 40, 0)


def test_a_small_cell_is_hidden_beside_a_large_one():
    found = shown(cells(58, 60, 48, 3))
    assert found.visible == {"missing": 60, "improved": 48}
    assert (found.hidden, found.beside, found.together) == ({"worse": (1, 4)}, "same", 61)
    assert found.reckoned == {"missing": 60, "improved": 48, "worse": 2.5, "same": 58.5}
    assert found.total(["improved", "same", "worse"]) == 109
    assert found.total(["improved", "worse"]) is None
    assert found.total(NAMES) == 169


def test_what_is_not_known_widens():
    """One of four counts, each as likely: variance 1.25; twice as far away, four times as much."""
    found = shown(cells(58, 60, 48, 3))
    assert found.variance({"improved": 1, "worse": -1}) == pytest.approx(1.25)
    assert found.variance({"same": 1, "worse": -1}) == pytest.approx(5)


def test_too_few_people_to_hide_among():
    assert shown(cells(3, 0, 0, 0)) is None
    assert shown(cells(4, 0, 5, 0)) == Shown(
        {"missing": 0, "worse": 0}, {"same": (1, 4)}, "improved", 9
    )
    assert shown(cells(3, 0, 5, 0)) is None


@given(COUNTS)
def test_the_total_is_kept(counts):
    found = shown(cells(*counts))
    if found is not None:
        assert sum(found.reckoned.values()) == pytest.approx(sum(counts))
        assert found.total(NAMES) == sum(counts)


@given(COUNTS)
def test_no_small_cell_is_visible(counts):
    found = shown(cells(*counts))
    assert found is None or not {1, 2, 3, 4} & set(found.visible.values())


def test_nobody_finds_a_small_cell_back():
    """Every group of up to 13 in each cell, and what is published of it. Whoever knows the program
    and all that is published still finds one, two, three and four people equally possible."""
    most = 13
    groups = defaultdict(set)
    for counts in product(range(most + 1), repeat=4):
        found = shown(cells(*counts))
        if found and found.hidden and found.together - len(found.hidden) <= most:
            groups[published(found)].add(counts)
    assert len(groups) > 1_000
    for (_, hidden, _, _), possible in groups.items():
        for name, (low, high) in hidden:
            values = {counts[NAMES.index(name)] for counts in possible}
            assert values == {1, 2, 3, 4} if (low, high) == (1, 4) else len(values) > 1
