"""Who moved along: which scores count, by hand; and that of the shipped city."""

import numpy as np
import pytest
from shipped_city import CITY, shipped_city

from sroi.analysis.pilot.moves import Places
from sroi.analysis.pilot.moving_along import alongside, moving_along, presences
from sroi.inputs.pilot.pilot_file import load_pilot
from sroi.inputs.pilot.presence import Score, read_presence

START = 2024 * 4
PLACES = Places(
    ("A", "B", "C"), (START, START + 1, None), ("D",), tuple(range(START - 4, START + 8)), ()
)


def scores(*told: tuple[str, int, int, str]) -> list[Score]:
    """Of one condition: place, quarter since the first start, score and who gave it."""
    return [Score(place, START + q, "toegang", who, score) for place, q, score, who in told]


def test_a_neighbourhood_counts_from_its_own_start_and_once():
    """A: 4 and 2 by two people, then 4, so (3 + 4) ÷ 2 of 4; B: before its start 0, then 2. C is
    the comparison, D is neither."""
    given = scores(
        ("A", 0, 4, "x"), ("A", 0, 2, "y"), ("A", 1, 4, "x"), ("B", 0, 0, "x"), ("B", 1, 2, "x"),
        ("C", 1, 1, "x"), ("D", 1, 4, "x"),
    )  # fmt: skip
    (found,) = presences(given, PLACES)
    assert found.places == {"A": 0.875, "B": 0.5}
    assert found.share.value == pytest.approx(0.6875)
    assert (found.elsewhere, found.quarters, found.twice) == (0.25, 2, 1)


def test_scores_of_the_comparison_alone_are_no_pilot():
    assert presences(scores(("C", 1, 1, "x")), PLACES) == ()


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_scores_does_not_matter(seed):
    described, found = load_pilot(CITY), shipped_city()
    given = list(read_presence(described, found.register))
    mixed = [given[k] for k in np.random.default_rng(seed).permutation(len(given))]
    seen, again = (moving_along(found, some) for some in (given, mixed))
    by_name = {one.condition: one for one in again.presences}
    for one in seen.presences:
        assert by_name[one.condition].share.value == pytest.approx(one.share.value, rel=1e-12)
        assert by_name[one.condition].agreement == pytest.approx(one.agreement)


def test_what_is_scored_goes_with_the_effect_where_it_was_made_so():
    """Scores that follow a neighbourhood's own fall: the strongest there is, and told so."""
    found = shipped_city()
    move = found.moves["up"]
    made = presences(scores_by(found), found.places)
    (up,) = [one for one in alongside(made, {"up": move}, found.places, 2)]
    assert up.found.correlation < -0.9
    assert up.found.p < 0.05


def scores_by(found) -> list[Score]:
    """The more somewhere fell, the higher its score."""
    from sroi.model.pilot.moved_along import own_ratios

    move = found.moves["up"]
    ratios = own_ratios(move.panel, move.estimate.counts, move.estimate.base, 2)
    order = np.argsort(np.argsort(-ratios))
    names = found.places.pilots
    return [
        Score(
            name,
            found.places.first + q,
            "toegang",
            "x",
            min(int(rank) * 4 // 5 + (q < rank % 2), 4),
        )
        for name, rank in zip(names, order, strict=True)
        for q in range(3)
    ]
