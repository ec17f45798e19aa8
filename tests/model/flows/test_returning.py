"""Who comes back is counted once: with the people of the new year."""

import pytest
from models_in_memory import model, one_line

from sroi.model.flows.engine import central, run

FIVE = {"basis__years": 5, "activities__volume": 100, "outcomes__lasts": 3}


def by_year(**changes) -> list[float]:
    """People that count, by year: a euro each."""
    found = central(model(one_line(**FIVE | changes)))
    return [round(float(x), 9) for x in found.by_year(found.rows("outcomes"))]


@pytest.mark.parametrize(
    ("share", "people"),
    [
        ("100%", [100, 100, 100, 100, 100]),
        ("60%", [100, 140, 156, 156, 156]),
        ("0%", [100, 200, 300, 300, 300]),
    ],
)
def test_a_hundred_people_for_three_years(share, people):
    """The cohort of year t counts in year t + k with (1 - returning)^k."""
    assert by_year(activities__returning=share) == people


def test_where_nothing_is_said_an_effect_is_carried_on_whole():
    assert by_year() == [100, 200, 300, 300, 300]


def test_drop_off_comes_beside_it():
    """Year 3: 100 + 100 × 0.4 × 0.9 + 100 × 0.16 × 0.81."""
    found = by_year(activities__returning="60%", outcomes__drop_off="10%")
    assert found[2] == pytest.approx(100 + 36 + 12.96)


def test_nobody_comes_back_to_what_has_stopped():
    """After the last year of activity an effect is carried on whole."""
    found = by_year(activities__returning="60%", activities__volume=[100, 100, 0, 0, 0])
    assert found == [100, 140, 140, 100, 0]


def test_nor_after_the_horizon():
    found = by_year(activities__returning="60%", basis__horizon="count")
    assert found == [100, 140, 156, 156, 156, 140, 100]


def test_it_is_about_how_old_an_effect_is():
    """With `starts: 2` everything comes a year later."""
    assert by_year(activities__returning="60%", outcomes__starts=2) == [0, 100, 140, 156, 156]


def test_an_uncertain_share_moves_the_result_in_every_draw():
    """Where all come back it is a hundred each year, where nobody does three hundred."""
    share = {"uniform": [0, 1], "because": "V."}
    found = model(one_line(**FIVE | {"activities__returning": share}))
    drawn = run(found, 1024, 1).benefits()
    low, high = (
        central(found, {"activities.steun.returning": end}).benefits()[0] for end in (1.0, 0.0)
    )
    assert (low, high) == (500, 1200)
    assert low < drawn.min() < drawn.max() < high


def test_uncertain_volumes_give_the_same_as_certain_ones_at_their_ends():
    volume = [{"low": 50, "best": 100, "high": 150, "because": "V."}] * 5
    found = central(model(one_line(**FIVE | {"activities__volume": volume,
                                             "activities__returning": "60%"})))  # fmt: skip
    people = found.by_year(found.rows("outcomes"))
    assert people.tolist() == pytest.approx([100, 140, 156, 156, 156])
