"""The portfolio that comes with the package: an invented region of twelve areas."""

import pytest

from sroi import shipped
from sroi.analysis.portfolio.valued import Valued, value
from sroi.inputs.portfolio.portfolio_file import check_portfolio, load_portfolio

FILE = shipped.folder("scenarios") / "regio" / "voorbeeldregio.yaml"


@pytest.fixture(scope="module")
def region() -> Valued:
    return value(load_portfolio(FILE))


def test_nothing_is_wrong_or_weak_in_it():
    assert check_portfolio(FILE) == []


def test_every_column_goes_straight(region):
    """So that no row is simulated by itself, what it draws for itself included."""
    assert len(region.loaded.rows) == 29
    assert len({row.area for row in region.loaded.rows}) == 12
    assert len(region.structure.groups) == 3
    assert all(row.shared for row in region.rows)


def test_the_total_is_wider_than_independent_rows_would_be(region):
    bands = region.bands
    assert 2 * bands.independent.deviation < bands.shared.deviation < bands.one.deviation


def test_a_price_of_the_library_is_shared_between_programmes(region):
    """Guidance by the hour stands in two of them; a ladder has prices of its own."""
    taken = [set(group.alike.taken) for group in region.structure.groups]
    assert len(taken[0] & taken[1]) >= 1
    assert not (taken[0] | taken[1]) & taken[2]
