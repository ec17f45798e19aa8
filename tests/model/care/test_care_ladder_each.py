"""People of several inflows at once are what the ladder gives of each by itself."""

import random

import numpy as np
import pytest
from care_at_random import random_care_scenario
from models_in_memory import model

from sroi.model.care.care_ladder import Ladder, Programme
from sroi.model.care.care_ladder_course import without
from sroi.model.care.care_ladder_each import avoided_each
from sroi.model.care.care_ladder_run import run
from sroi.model.flows.care_flows import shift_of
from sroi.model.portfolio.ladder_worth import avoided_by, paid_alike

STEPS, YEARS, DRAWS = 4, 3, 5


def ladder(rng: np.random.Generator, tiers: int, fastest: float, inflow: list[float]) -> Ladder:
    """Moves between all tiers, some of them certain, so fast that steps are cut in some draws."""
    rates = {
        (i, j): rng.uniform(0, fastest, DRAWS) if (i + j) % 2 else float(rng.uniform(0, fastest))
        for i in range(tiers)
        for j in range(tiers)
        if i != j
    }
    exits = tuple(rng.uniform(0.05, 0.5, DRAWS) for _ in range(tiers))
    return Ladder(rates, exits, tuple(inflow))


@pytest.mark.parametrize("fastest", [0.05, 0.4, 5.0])
@pytest.mark.parametrize("tiers", [4])
@pytest.mark.parametrize("by_year", [False, True])
@pytest.mark.parametrize("start", [False, True])
def test_each_is_as_by_itself(fastest, tiers, by_year, start):
    rng = np.random.default_rng(int(fastest * 100) + tiers)
    programme = Programme(
        rng.uniform(0.5, 1, DRAWS),
        1.3,
        rng.uniform(0, 0.5, DRAWS),
        0.1,
        0.3,
        by_move={(2, 1): rng.uniform(1, 2, DRAWS)},
    )
    m = np.clip(rng.uniform(0, 1.2, (YEARS * STEPS, DRAWS)), 0, 1)
    years = [ladder(rng, tiers, fastest, [0.0] * tiers) for _ in range(YEARS if by_year else 1)]
    inflows = [rng.uniform(0, 90, tiers).tolist(), *np.eye(tiers).tolist()]
    each = [[Ladder(x.rates, x.exits, tuple(people)) for x in years] for people in inflows]
    begin = rng.uniform(0, 50, tiers).tolist() if start else None
    usuals = [without(one, YEARS * STEPS, STEPS, begin) for one in each]
    found = avoided_each(usuals, programme, m)
    for own, ladders in zip(found, each, strict=True):
        alone = run(ladders, programme, m, STEPS, begin).avoided_by_year
        assert own == pytest.approx(alone, rel=1e-10, abs=1e-10 * np.abs(alone).max())


def test_the_people_of_scenarios_at_random():
    """With relapse, registers, waiting lists and conditions, of all who are on a ladder."""
    seen = []
    for number in range(24):
        one = model(random_care_scenario(random.Random(number)))
        rng = np.random.default_rng(number)
        values = one.quantities.at(rng.random((len(one.quantities.rows), 4)))
        for line in one.ladders:
            if line.effect.kept != 1:
                continue
            assert paid_alike(line)
            found, *_ = avoided_by(one, line, [values])
            expected = shift_of(one, line, values).avoided_by_year
            if line.relapse:
                expected = np.concatenate([expected[:1] + expected[-1:], expected[1:-1]])
            assert found == pytest.approx(expected, rel=1e-10, abs=1e-10 * np.abs(expected).max())
            seen.append((bool(line.relapse), isinstance(line.rates, tuple)))
    assert {one for one, _ in seen} == {other for _, other in seen} == {True, False}
