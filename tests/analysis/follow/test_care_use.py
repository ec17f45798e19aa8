"""Care use as it was counted, beside what a ladder expects with the programme."""

from pathlib import Path

import pytest

from sroi.analysis.care.preventive_shift import preventive_shifts
from sroi.analysis.follow.care_use import care_use
from sroi.analysis.follow.followed import follow
from sroi.inputs.files.scenario_file import load
from sroi.inputs.follow.actuals_file import load_actuals

FILE = Path(__file__).parents[3] / "scenarios" / "regio" / "kanteling.yaml"
PEOPLE = "care_ladder.zorg.tiers.ambulant.people"


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    loaded = load(FILE)
    rows = "".join(
        f"  - {{period: 2026-Q{q}, what: {PEOPLE}, amount: {n}, known: counted, source: suite}}\n"
        for q, n in ((1, 900), (2, 880), (3, 860))
    )
    path = tmp_path_factory.mktemp("care") / "t.yaml"
    head = f"scenario: {loaded.scenario.scenario}\nuntil: 2026-Q3\nrows:\n"
    path.write_text(head + rows, "utf-8")
    return follow(load_actuals(path, loaded))


def test_people_are_the_mean_of_the_quarters_that_are_known(found):
    one = care_use(found.lines.factors)[0]
    assert (one.path, one.year) == (PEOPLE, 2026)
    assert (one.counted.amount, one.counted.share) == (880, 0.75)


def test_what_is_expected_are_the_person_years_with_the_programme(found):
    one = care_use(found.lines.factors)[0]
    shift = preventive_shifts(found.yearly.base, found.happened.loaded.scenario.basis)[0]
    tier = next(tier for tier in shift.tiers if tier.id == "ambulant")
    assert one.expected.mean == pytest.approx(tier.programme.mean[0], rel=1e-6)
    assert one.place == ("below" if one.expected.p5 > 880 else "above")


def test_care_use_is_not_taken_for_an_effect(found):
    """It updates no assumption, and no line has a realised amount."""
    assert found.updated.assumed == []
    assert {one.basis for one in found.years} <= {"unknown"}
