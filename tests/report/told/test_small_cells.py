"""Counts of people that could be known by name are not printed."""

from hypothesis import given
from hypothesis import strategies as st

from sroi.model.evidence.disclosure import SMALLEST
from sroi.report.told.small_cells import told

COUNTS = st.lists(st.integers(0, 40), max_size=8)


def test_by_hand():
    """Noord 310, Centrum 240, Zuid 297, Buitengebied 3: the three goes, and one beside it."""
    assert told([310, 240, 297, 3]) == ["left_out", "", "", "few"]
    assert told([12, 0, 4, 3]) == ["left_out", "", "few", "few"]
    assert told([4]) == ["few"]
    assert told([310, 240]) == ["", ""]


@given(COUNTS)
def test_no_count_from_one_to_four_is_ever_printed(counts):
    """And only those are called few."""
    found = dict(enumerate(told(counts)))
    assert len(found) == len(counts)
    assert all((found[n] == "few") == (0 < c < SMALLEST) for n, c in enumerate(counts))


@given(COUNTS)
def test_a_total_does_not_tell_what_was_left_out(counts):
    """What is hidden is more than one count, unless there is no other that is above zero."""
    hidden = [c for c, how in zip(counts, told(counts), strict=True) if how]
    above = [c for c in counts if c]
    assert len(hidden) != 1 or len(above) == 1


@given(COUNTS)
def test_without_small_counts_everything_is_printed(counts):
    """Nothing is hidden for its own sake."""
    if all(c == 0 or c >= SMALLEST for c in counts):
        assert set(told(counts)) <= {""}


def test_five_people_are_never_called_few():
    """Where they are left out because of others beside them, they are left out."""
    assert told([3, 5]) == ["few", "left_out"]
