"""What a register says of a pilot, from its file on: effects, breaks, and what is left out."""

from pathlib import Path

import numpy as np
import pytest
from pilot_registers import START, flat, moved, one_effect, rows
from shipped_city import shipped_city

from sroi.analysis.pilot.found import PilotEffect
from sroi.analysis.pilot.piloting import piloted
from sroi.inputs.pilot.pilot_file import load_pilot
from sroi.inputs.pilot.register import read_register

PLAIN = (Path(__file__).parents[2] / "broken" / "pilot" / "pilot-simulated.yaml").read_text("utf-8")


def found_in(folder: Path, table: list[list[str]], text: str = PLAIN) -> PilotEffect:
    """What is found in a sheet."""
    lines = "\n".join(";".join(row) for row in table)
    (folder / "register.csv").write_text(lines + "\n", encoding="utf-8")
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    described = load_pilot(folder / "p.yaml")
    return piloted(described, read_register(described))


@pytest.fixture(scope="module")
def city() -> PilotEffect:
    return shipped_city()


def test_the_shipped_city_says_what_it_was_made_with(city):
    """Every band holds the truth that its file tells."""
    truth = {"hazard_ratio_up": 0.8, "hazard_ratio_down": 1.15}
    truth |= {"diversion": 0.1, "net_widening": 0.15}
    assert {effect.name for effect in city.effects} == set(truth)
    for effect in city.effects:
        assert effect.low < truth[effect.name] < effect.high
        assert effect.low < effect.value < effect.high
    assert city.evidence == 6
    assert "pilot-simulated" in {problem.code for problem in city.problems}


def test_what_a_ladder_calls_diversion_is_what_is_left_at_the_door(city):
    by_name = {effect.name: effect for effect in city.effects}
    door = city.moves["door"].estimate.full
    assert by_name["diversion"].value == pytest.approx(1 - door.ratio)
    assert by_name["diversion"].low == pytest.approx(1 - door.high)


def test_net_widening_is_extra_people_by_those_straight_into_heavy_care(city):
    """Put back into the equations of the ladder it gives the ratio of all new people."""
    effect = next(e for e in city.effects if e.name == "net_widening")
    counts = {k: city.moves[k].estimate.counts for k in ("door", "new")}
    before = city.moves["new"].panel.pilot[:, None] & (np.arange(20) < 12)
    heavy, new = (counts[k][before].sum() for k in ("door", "new"))
    again = (new + effect.value * heavy) / new
    assert again == pytest.approx(city.moves["new"].estimate.full.ratio)


def test_every_neighbourhood_is_left_out_once(city):
    for one in city.checks.values():
        assert set(one.without) == set(city.places.neighbourhoods)
        assert one.slope is not None
        assert one.placebo is not None


def test_nothing_the_matter_is_no_effect(tmp_path):
    found = found_in(tmp_path, rows(flat))
    (effect,) = found.effects
    assert not effect.is_effect
    assert effect.value == pytest.approx(1, abs=0.1)


def test_a_pilot_that_does_much_is_no_jump_of_the_whole_city(tmp_path):
    """Half of what the city counts goes down by two thirds, by the pilot and not by a law."""
    found = found_in(tmp_path, rows(lambda pilot, q: -1.1 * (pilot and q >= START)))
    assert found.effects[0].is_effect
    assert "pilot-jump" not in {problem.code for problem in found.problems}


def test_the_same_pilot_elsewhere_in_the_sheet_is_the_same(tmp_path):
    """Names and order of neighbourhoods mean nothing."""
    table = rows(one_effect, seed=4)
    once = found_in(tmp_path, table).effects[0]
    turned = found_in(tmp_path, [table[0], *reversed(table[1:])]).effects[0]
    assert turned.value == pytest.approx(once.value)
    assert (turned.low, turned.high) == pytest.approx((once.low, once.high))


def test_a_break_cuts_the_quarters_short(tmp_path):
    """Before a break in the quarters before; and from a break after the start on."""
    early = PLAIN + "breaks: [{from: 2022-Q3, because: Een ander systeem.}]\n"
    assert found_in(tmp_path, rows(flat), early).places.quarters[0] == 2022 * 4 + 2
    late = PLAIN + "breaks: [{from: 2025-Q1, because: Een andere wet.}]\n"
    assert found_in(tmp_path, rows(flat), late).places.quarters[-1] == 2024 * 4 + 3


def test_quarters_on_which_neighbourhoods_were_chosen_do_not_count(tmp_path):
    """Else what falls back by itself is taken for an effect."""

    def high(pilot, q):
        return 0.25 * pilot * (4 <= q < 8)

    naive = found_in(tmp_path, rows(high))
    assert naive.effects[0].value < 0.9
    told = PLAIN.replace(
        "how: random, because: Geloot.",
        "how: high_use, because: Druk., looked_at: {from: 2023-Q1, to: 2023-Q4}",
    )
    honest = found_in(tmp_path, rows(high), told)
    assert honest.effects[0].value == pytest.approx(1, abs=0.08)
    assert honest.checks["up"].regressed.ratio == pytest.approx(np.exp(0.25), rel=0.08)


def test_care_that_moves_to_the_rest_of_the_city_is_seen(tmp_path):
    """Neighbourhoods that are in neither group count in the totals only."""
    others = ("Wijk I", "Wijk J")
    found = found_in(tmp_path, rows(moved, others=others))
    assert found.places.others == others
    assert found.checks["up"].moved_elsewhere
    assert found.checks["up"].elsewhere.extra > 0
    quiet = found_in(tmp_path, rows(one_effect, others=others))
    assert not quiet.checks["up"].moved_elsewhere


def test_without_a_comparison_there_are_courses_and_no_effect(tmp_path):
    alone = PLAIN.replace("comparison: [Wijk E, Wijk F, Wijk G, Wijk H]\n", "")
    alone = alone.replace("simulated: true\n", "")
    found = found_in(tmp_path, rows(flat), alone)
    assert found.effects == ()
    assert not found.checks
    assert np.isfinite(found.moves["up"].course.pilot).all()
    assert found.evidence == 5
