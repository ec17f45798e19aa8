"""What is said to be linear is linear, in scenarios at random: the engine itself is asked."""

import random
from dataclasses import replace

import numpy as np
import pytest
from care_at_random import random_care_scenario
from care_in_memory import worked_example
from models_in_memory import model, random_model

from sroi.model.flows import engine
from sroi.model.lines.model import Model
from sroi.model.portfolio.linear import linear_in, rests_on
from sroi.model.portfolio.parts import (
    Parts,
    differing,
    not_linear,
    parts_of,
    terms_of,
    worth,
    worths,
)
from sroi.model.uncertain.following import roots
from sroi.model.uncertain.quantities import Values
from sroi.model.uncertain.sampling import points

DRAWS = 64
CONSTANTS = {"one", "nothing"}


def models() -> list[tuple[str, Model]]:
    listed = [(f"outcomes {n}", random_model(n)) for n in range(20)]
    care = [(f"care {n}", model(random_care_scenario(random.Random(n)))) for n in range(40)]
    return [*listed, *care, ("ladder", model(worked_example())), ("by year", model(by_year()))]


def by_year() -> dict:
    """The worked example in which more people come each year, in one tier and in another."""
    scenario = worked_example(conditions=True)
    inflow = scenario["care_ladder"][0]["inflow"]
    first, second, *_ = inflow
    inflow[first] = [inflow[first] + 10 * year for year in range(10)]
    inflow[second] = {"start": inflow[second], "growth": {"low": 0, "best": "2%", "high": "5%"}}
    return scenario


MODELS = models()
every_model = pytest.mark.parametrize(
    "one", [m for _, m in MODELS], ids=[name for name, _ in MODELS]
)


@every_model
def test_a_line_rests_on_nothing_but_what_is_told(one):
    """Whatever the engine asks for to work out the euros of a line."""
    known = one.quantities.distributions
    for name, line, work in engine.lines(one):
        values = replace(one.quantities.centre(), asked=set())
        work(values)
        told = {root for path in rests_on(line, known) for root in (path, *roots(known, path))}
        assert values.asked <= told | CONSTANTS, name


def chosen(one: Model, rng: random.Random) -> frozenset[str]:
    """Some of the numbers that all lines are linear in."""
    every = {path for _, line, _ in engine.lines(one) for f in linear_in(line) for path in f}
    some = frozenset(path for path in sorted(every - CONSTANTS) if rng.random() < 0.5)
    return some - not_linear(one, some)


def summed(parts: Parts, values: Values, at: Values) -> np.ndarray:
    """What the terms come to at other numbers."""
    total = np.zeros((3, len(parts.model.payers), values.draws))
    for line in parts.linear:
        for term, found in worths(line, parts.model, values):
            amount = 1.0
            for path in term:
                amount = amount * at[path]
            total += found.present * amount
    return total


def told(parts: Parts) -> slice:
    """Benefits and investment; and what is hard cash, where that is linear as well."""
    return slice(3 if all(line.tells_hard for line in parts.lines) else 2)


@every_model
def test_what_each_is_worth_adds_up_to_what_the_engine_gives(one):
    """At numbers at random, certain ones and ones that differ by draw: to 1e-10 of the largest."""
    rng, draw = random.Random(1), np.random.default_rng(1)
    differs = chosen(one, rng)
    parts = parts_of(one, differs)
    assert parts.others == []
    unit = points("sobol", 1, 0, DRAWS, len(one.quantities.uncertain))
    values = one.quantities.at(unit)
    known = one.quantities.distributions
    sizes = {path: abs(known[path].centre) or 1.0 for path in differs}
    certain = rng.random() < 0.5
    changed = {
        path: np.full(DRAWS, size * rng.uniform(0, 5))
        if certain
        else size * draw.uniform(0, 2, DRAWS)
        for path, size in sizes.items()
    }
    at = values.changed(changed)
    expected = sum(worth(line, one, at).present for line in parts.lines)
    scale, known = np.abs(expected).max() + 1e-9, told(parts)
    assert summed(parts, values, at)[known] == pytest.approx(expected[known], abs=1e-10 * scale)


def test_something_was_asked():
    """Each kind of line has had numbers that differ, and several factors at once."""
    seen, most = set(), 0
    for _, one in MODELS:
        for line in parts_of(one, chosen(one, random.Random(1))).linear:
            if line.factors:
                seen.add(line.name.partition(".")[0])
                most = max(most, len(line.factors))
                assert len(set(terms_of(line))) == len(terms_of(line))
    assert seen == {"outcomes", "care_ladder", "direct_shift", "cohorts", "investment"}
    assert most >= 3


@every_model
def test_years_add_up_as_present_values_do(one):
    """What each is worth by year, at the numbers of the model itself."""
    differs = chosen(one, random.Random(2))
    values = one.quantities.centre()
    parts = parts_of(one, differs)
    total = sum(
        (
            found.yearly * float(np.prod([float(np.ravel(values[path])[0]) for path in term]))
            for line in parts.linear
            for term, found in worths(line, one, values)
        ),
        start=np.zeros((3, len(one.payers), one.years)),
    )
    expected = sum(worth(line, one, values).yearly for line in parts.lines)
    scale, known = np.abs(expected).max() + 1e-9, told(parts)
    assert total[known] == pytest.approx(expected[known], abs=1e-10 * scale)


def test_what_is_not_linear_is_told():
    """An effect, how long it lasts, a contract, a queue; and what follows from a number there."""
    for _, one in MODELS:
        known = one.quantities.distributions
        paths = frozenset(known) - CONSTANTS
        found = not_linear(one, paths)
        for path in paths:
            if path.endswith((".lasts", ".deadweight", ".hazard_ratio_up", ".backfill", ".demand")):
                assert path in found or not used(one, path)
        assert differing(one, paths, frozenset()) == frozenset()


def used(one: Model, path: str) -> bool:
    known = one.quantities.distributions
    return any(path in rests_on(line, known) for _, line, _ in engine.lines(one))
