"""The contract that comes with the package: simulated, with volume that disappoints and effect that
does not."""

import pytest
from contracts import SHIPPED

from sroi.analysis.follow.followed import follow
from sroi.inputs.files.scenario_file import load
from sroi.inputs.follow.actuals_file import load_actuals

TABLE = SHIPPED / "voorbeeldstad-thuis-gerealiseerd.csv"


@pytest.fixture(scope="module")
def found():
    return follow(load_actuals(TABLE, load(SHIPPED / "voorbeeldstad-thuis.yaml")))


def test_its_fingerprint_is_that_of_its_scenario(found):
    """Whoever changes the scenario, or a price in it, writes the table anew."""
    assert {one.code for one in found.happened.problems} == {
        "follow-simulated", "follow-corrected", "follow-quarter-missing",
    }  # fmt: skip


def test_volume_disappoints_and_effect_does_not(found):
    line = next(one for one in found.to_date if one.line == "outcomes.minder-hulp-huishouden")
    assert line.payer == "gemeente"
    assert line.causes["volume"] < -0.25 * line.expected
    assert abs(line.causes["effect"]) < 0.03 * line.expected


def test_the_new_range_is_narrower(found):
    then, now = found.expectation.beside().whole
    assert now.balance.mean < then.balance.mean
    assert now.balance.p95 - now.balance.p5 < 0.5 * (then.balance.p95 - then.balance.p5)


def test_everything_in_it_adds_up(found):
    for one in (*found.years, *found.to_date):
        if one.causes:
            assert round(one.expected + sum(one.causes.values()), 2) == one.with_done
