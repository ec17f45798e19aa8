"""Models that are nearly alike, on the same draws: bit for bit what each of them gives alone."""

import random
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from models_in_memory import model, one_line
from scenarios_at_random import random_scenario

from sroi.model.flows import engine, impact
from sroi.model.flows.nearly_alike import named_lines, totals
from sroi.model.lines.model import Model

DRAWS = 512
METHODS = ("sobol", "plain", "latin-hypercube")


def alone(one: Model, method: str = "sobol") -> tuple[np.ndarray, np.ndarray]:
    drawn = engine.run(one, DRAWS, 7, method)
    return drawn.benefits(), drawn.investment()


@cache
def varied(number: int) -> list[Model]:
    """A scenario at random, and the same with another rate, volume, cost, year and payer."""
    made = []
    for change in range(6):
        scenario = random_scenario(random.Random(number))
        if change == 1:
            scenario["outcomes"][0]["rate"] = {"low": 1, "best": 2, "high": 7, "because": "x"}
        elif change == 2:
            scenario["activities"][0]["volume"] = 41
        elif change == 3:
            scenario["investment"][0] |= (
                {"per_year": 12_345} if "per_year" in (scenario["investment"][0]) else {}
            )
        elif change == 4:
            scenario["basis"]["first_year"] = 2031
        elif change == 5:
            scenario["correlations"] = []
        made.append(model(scenario))
    return made


@pytest.mark.parametrize("number", range(12))
def test_together_is_bit_for_bit_what_each_is_alone(number):
    """Whatever differs between them, and with points of each kind by turns."""
    method = METHODS[number % len(METHODS)]
    models = varied(number)
    for found, one in zip(totals(models, DRAWS, 7, method), models, strict=True):
        for mine, theirs in zip(found, alone(one, method), strict=True):
            assert np.array_equal(mine, theirs)


def test_a_line_that_is_the_same_is_reckoned_once(monkeypatch):
    """And one whose numbers differ again."""
    worked = []
    flows = impact.outcome_flows

    def counted(one, line, values):
        worked.append(line.id)
        return flows(one, line, values)

    monkeypatch.setattr(engine, "outcome_flows", counted)
    scenario = one_line(outcomes__rate={"low": 1, "best": 2, "high": 3, "because": "x"})
    second = scenario["outcomes"][0] | {"id": "tweede", "rate": 4}
    base = model(scenario | {"outcomes": [*scenario["outcomes"], second]})
    other = model(scenario | {"outcomes": [*scenario["outcomes"], second | {"rate": 5}]})
    totals([base, other], DRAWS, 1, "sobol")
    assert worked.count("verandering") * 2 == worked.count("tweede")


def test_a_certain_number_that_differs_is_another_line():
    """It is in no draw, so the draws alone would not tell."""
    scenario = one_line(outcomes__rate={"low": 1, "best": 2, "high": 3, "because": "x"})
    dearer = one_line(
        outcomes__rate={"low": 1, "best": 2, "high": 3, "because": "x"}, proxies__value=3
    )
    once, thrice = totals([model(scenario), model(dearer)], DRAWS, 1, "sobol")
    assert thrice[0] == pytest.approx(3 * once[0])


def test_every_line_has_the_name_that_the_engine_gives_it():
    """Ladders, shifts and cohorts too."""
    for number in range(30):
        one = model(random_scenario(random.Random(number)))
        names = [name for name, _ in named_lines(one)]
        assert names == [name for name, _, _ in engine.lines(one)]
    assert totals([], DRAWS, 1, "sobol") == []
    assert replace(one) == one
