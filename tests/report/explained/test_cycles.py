"""Amounts at times of their own, back to people and prices: the arithmetic is the engine's."""

import pytest
from care_in_memory import COUNTINGS, leaving
from test_explained import calculated
from valuations import LIBRARY, write

from sroi.analysis.care.cohorts import comparisons
from sroi.inputs.files.scenario_file import load
from sroi.report.explained.explained import as_data, central_case, explained

WORTH = {"per_cycle": {"leeft": [3, 2]}, "with_programme": {"leeft": [9, 8, 7]}, "once": 4}
WORTH |= {"first_cycles": 2, "on_move": {"leeft": {"weg": [10, 5]}}, "price_year": 2020}
EFFECT = {"id": "qaly", "what": "QALY", "unit": "QALY", "discount_rate": 0.015, "once": -0.01}
EFFECT |= {"per_cycle": {"leeft": 0.25}, "on_move": {"leeft": {"weg": -0.1}}}
BY_CYCLE = {"discounted": "by_cycle", "first_exponent": 0}


@pytest.mark.parametrize("counting", [*COUNTINGS, "by cycle"])
def test_every_step_is_calculated_again(counting):
    """Of both arms, of costs and of an effect, and of the line of value flows."""
    own = BY_CYCLE if counting == "by cycle" else {"counting": counting}
    changes = {"cycles": 5, "cycles_per_year": 4, "effects": [EFFECT], "inflow": {"leeft": 10}}
    scenario = leaving(WORTH, years=2, **changes, **own)
    case = central_case(load(write(scenario), library=LIBRARY))
    (found,) = comparisons(case.model)
    arms = {"without": found.without, "with": found.with_programme}
    for name, arm in arms.items():
        for item, worth in (("costs.zorg", arm.costs[0]), ("effects.qaly", arm.effects[0])):
            told = as_data(explained(case, f"cohorts.groep.{item}:{name}", "nl"))
            for step in told["steps"]:
                assert calculated(step["expression"]) == pytest.approx(step["value"], rel=1e-9)
            assert told["value"] == pytest.approx(float(worth[0]), rel=1e-9)
    line = explained(case, "cohorts.groep.zorg", "nl")
    assert line.value == pytest.approx(case.central.balance()[0], rel=1e-9)
