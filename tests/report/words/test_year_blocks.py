"""Years as rows: every year is in one row, and there are never more rows than fit on a page."""

from hypothesis import given
from hypothesis import strategies as st

from sroi.report.words.year_blocks import MOST_YEARS, year_blocks


def test_each_year_is_a_row():
    """Of thirty years as well."""
    assert year_blocks(2026, 2) == [("2026", slice(0, 1)), ("2027", slice(1, 2))]
    assert len(year_blocks(2026, 30)) == 30


def test_later_years_are_told_together():
    """Ten at a time after the first ten; the last row has what is left."""
    names = [name for name, _ in year_blocks(2026, 31)]
    assert names[9:] == ["2035", "2036–2045", "2046–2055", "2056"]


@given(st.integers(1900, 2100), st.integers(1, 100))
def test_every_year_is_in_one_row(first, years):
    """In order."""
    blocks = year_blocks(first, years)
    assert len(blocks) <= MOST_YEARS
    assert [year for _, place in blocks for year in range(years)[place]] == list(range(years))
