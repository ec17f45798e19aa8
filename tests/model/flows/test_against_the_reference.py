"""The engine against the slow reference, on generated scenarios: the same euros everywhere."""

import random
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
import slow_reference as reference
from models_in_memory import at_points, model, reference_library
from scenarios_at_random import random_scenario

from sroi.model.flows.engine import central
from sroi.model.flows.results import SOCIETY, Perspective, Results
from sroi.model.lines.lines import CLASSES
from sroi.model.lines.model import Model

Record = dict[str, Any]
Pair = tuple[str, float, float]
TOLERANCE = 1e-9
QUICK, SLOW, SOME, BATCH = 100, 300, 20, 100


def by_the_reference(scenario: Record, built: Model, unit: np.ndarray) -> list[Record]:
    """One result for each point of the unit cube (row, draw)."""
    library = reference_library()
    specs, rows = reference.quantities(scenario, library), built.quantities.rows
    # years of a list that are drawn together have the row of the list
    row_of = {path: rows.get(path, rows.get(path.rpartition(".")[0])) for path in specs}
    assert {path for path, row in rows.items() if row not in row_of.values()} == set()
    certain = {path for path, row in row_of.items() if row is None}
    assert all(specs[path]["low"] == specs[path]["high"] for path in certain)
    return [
        reference.result(
            scenario,
            library,
            {
                path: reference.quantile(
                    spec, unit[row_of[path] or 0, draw], *reference.domain(path)
                )
                for path, spec in specs.items()
            },
        )
        for draw in range(unit.shape[1])
    ]


def per_draw(results: Results, draw: int, expected: Record) -> Iterator[Pair]:
    """What is known of a single draw: present values by perspective and by line."""
    public = [p for p, yes in zip(results.model.payers, results.model.public, strict=True) if yes]
    views = {
        "fiscal": Perspective(frozenset(public)),
        "cash": Perspective(None, frozenset(["hard"])),
    }
    yield "benefits", results.benefits()[draw], expected["benefits"]
    yield "investment", results.investment()[draw], expected["investment"]
    yield "balance", results.balance()[draw], expected["net_present_value"]
    for name, view in views.items():
        yield f"{name} benefits", results.benefits(view)[draw], expected[name]["benefits"]
        yield f"{name} investment", results.investment(view)[draw], expected[name]["investment"]
    for payer in results.model.payers:
        mine, found = Perspective(frozenset([payer])), expected["payers"].get(payer)
        total = found["balance"] if found else 0.0
        yield f"balance of {payer}", results.balance(mine)[draw], total
        for cash in CLASSES:
            view = Perspective(frozenset([payer]), frozenset([cash]))
            part = expected["cash_classes"].get(payer, {}).get(cash, 0.0)
            yield f"{cash} of {payer}", results.balance(view)[draw], part
    for line, found in expected["lines"].items():
        rows = results.rows("outcomes", [line])
        yield f"line {line}", results.present_values(rows)[draw], found["present_value"]


def on_average(results: Results, expected: list[Record]) -> Iterator[Pair]:
    """What is kept as a sum over the draws: years, stages and what lies past the horizon."""
    everything, investment = results.rows("outcomes"), results.rows("investment")
    beyond = np.mean([one["beyond_horizon"] for one in expected])
    yield "beyond", results.stage("beyond_horizon", everything), float(beyond)
    years = set().union(*(one["by_year"] for one in expected))
    benefits, costs = results.by_year(everything), results.by_year(investment)
    for offset in range(max(len(benefits), len(years))):
        year = results.model.first_year + offset
        for name, found in (("benefits", benefits), ("investment", costs)):
            mean = np.mean([one["by_year"].get(year, {name: 0.0})[name] for one in expected])
            yield f"{name} of {year}", found[offset] if offset < len(found) else 0.0, float(mean)
    for line in expected[0]["lines"]:
        rows = results.rows("outcomes", [line])
        gross = np.mean([one["lines"][line]["gross"] for one in expected])
        impact = np.mean([one["lines"][line]["impact"] for one in expected])
        yield f"gross of {line}", results.stage("gross", rows), float(gross)
        yield f"impact of {line}", float(results.by_year(rows).sum()), float(impact)


def assert_same(pairs: Iterator[Pair], size: float) -> None:
    """Every pair agrees, relative to the benefits and investment of the scenario together."""
    wrong = [pair for pair in pairs if not abs(pair[1] - pair[2]) <= TOLERANCE * size]
    assert not wrong, wrong  # the scenario is that of `number` in the frame above


def size_of(result: Record) -> float:
    """Benefits and investment, before anything in them cancels."""
    lines = sum(abs(line["gross"]) for line in result["lines"].values())
    return max(1.0, abs(result["benefits"]) + abs(result["investment"]), lines)


@lru_cache(maxsize=QUICK)
def generated(number: int) -> tuple[Record, Model]:
    """The generated scenario of that number, and its model."""
    scenario = random_scenario(random.Random(number))
    return scenario, model(scenario)


def compare(number: int, draws: int) -> None:
    """Engine and reference on the generated scenario of that number."""
    scenario, built = generated(number)
    unit = np.random.default_rng(number).random((len(built.quantities.rows), draws))
    results, expected = at_points(built, unit), by_the_reference(scenario, built, unit)
    for draw, one in enumerate(expected):
        assert_same(per_draw(results, draw, one), size_of(one))
    assert_same(on_average(results, expected), max(map(size_of, expected)))


@pytest.mark.parametrize("first", range(0, QUICK, SOME))
def test_two_draws_agree_in_every_total(first: int) -> None:
    """Society, payers, classes, years, lines and stages agree to 1e-9 in two draws."""
    for number in range(first, first + SOME):
        compare(number, draws=2)


@pytest.mark.slow
@pytest.mark.usefixtures("without_tables")
@pytest.mark.parametrize("first", range(QUICK, QUICK + SLOW, BATCH))
def test_more_scenarios_agree(first: int) -> None:
    """The same on others, one draw of each."""
    for number in range(first, first + BATCH):
        compare(number, draws=1)


@pytest.mark.parametrize("first", range(0, QUICK, SOME))
def test_the_central_case_agrees(first: int) -> None:
    """With every quantity at its central value the two calculations agree."""
    for number in range(first, first + SOME):
        scenario, built = generated(number)
        values = reference.central_values(scenario, reference_library())
        expected = reference.result(scenario, reference_library(), values)
        results = central(built)
        assert_same(per_draw(results, 0, expected), size_of(expected))
        assert_same(on_average(results, [expected]), size_of(expected))


def test_no_shares_are_lost() -> None:
    """Per euro of a row society counts one euro, or none where the row is a transfer."""
    for number in range(0, QUICK, 20):
        weights = central(generated(number)[1]).weights(SOCIETY)
        assert np.all(np.isclose(weights, 1) | np.isclose(weights, 0))
