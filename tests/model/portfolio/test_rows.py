"""Rows from what each is worth are what the engine gives of each row by itself."""

import random
from dataclasses import replace

import numpy as np
import pytest
from care_at_random import random_care_scenario
from models_in_memory import model, one_line, random_model

from sroi.model.flows import engine
from sroi.model.flows.results import purse
from sroi.model.lines.model import Model
from sroi.model.portfolio.cuts import cuts_of
from sroi.model.portfolio.linear import linear_in
from sroi.model.portfolio.parts import not_linear, parts_of
from sroi.model.portfolio.rows import Alike, Row, RowDraws, Terms, centre_of, row_in, terms_in
from sroi.model.portfolio.shared import Draws, dimensions, draws_for, how_many
from sroi.model.uncertain.distributions import Certain
from sroi.model.uncertain.quantities import Quantities
from sroi.model.uncertain.sampling import REPLICATES, own_points, points

DRAWS = 256
PEOPLE = "quantities.inwoners"


def certain(one: Model) -> list[str]:
    """The certain numbers that all lines are linear in."""
    known = one.quantities.distributions
    every = {path for _, line, _ in engine.lines(one) for f in linear_in(line) for path in f}
    numbers = frozenset(path for path in every if isinstance(known[path], Certain))
    return sorted(numbers - not_linear(one, numbers) - {"one", "nothing"})


def alike(one: Model, rows: list[Row], own: tuple[str, ...] = ()) -> tuple[Alike, Draws]:
    taken = dimensions([("a", one)])
    differs = frozenset(path for row in rows for path in row.values) | set(own)
    draws = draws_for("sobol", 1, DRAWS, how_many(taken))
    return Alike(parts_of(one, differs), tuple(taken[0]), own, tuple(rows)), draws


def shared(together: Alike, draws: Draws) -> list[Terms]:
    """What the terms are worth, cut by cut."""
    return [terms_in(together, draws, cut) for cut in cuts_of(draws)]


def row_of(found: list[Terms], row: Row, draws: Draws, together: Alike) -> RowDraws:
    """A row in all draws, and its expected amounts by year."""
    parts = [
        row_in(together, terms, row, draws, cut)
        for terms, cut in zip(found, cuts_of(draws), strict=True)
    ]
    present = np.concatenate([part.present for part in parts], axis=1)
    return RowDraws(together, present, sum(part.yearly for part in parts) / draws.total)


def with_numbers(one: Model, values: dict[str, float]) -> Model:
    """The model in which these numbers stand."""
    known = one.quantities.distributions | {path: Certain(x) for path, x in values.items()}
    return replace(one, quantities=Quantities(known, one.quantities.copula, one.quantities.rows))


def the_same(row: RowDraws, one: Model, results) -> None:
    """For society and for every payer, in every draw, and by year."""
    scale = 1e-9 + max(np.abs(results.benefits()).max(), np.abs(results.investment()).max())
    assert row.benefits() == pytest.approx(results.benefits(), abs=1e-11 * scale)
    assert row.investment() == pytest.approx(results.investment(), abs=1e-11 * scale)
    for number, payer in enumerate(one.payers):
        whose = purse(payer)
        assert row.benefits(number) == pytest.approx(results.benefits(whose), abs=1e-11 * scale)
        assert row.investment(number) == pytest.approx(results.investment(whose), abs=1e-11 * scale)
        if row.alike.tells_hard:
            cash = results.benefits(purse(payer, "hard"))
            assert row.hard(number) == pytest.approx(cash, abs=1e-11 * scale)
    for kind, name in enumerate(("benefits", "investment")):
        yearly = results.by_year(results.rows(name))
        assert row.by_year(kind) == pytest.approx(
            yearly, abs=1e-11 * (scale + np.abs(yearly).max())
        )


MODELS = [random_model(n) for n in range(12)] + [
    model(random_care_scenario(random.Random(n))) for n in range(12)
]


@pytest.mark.parametrize("one", MODELS)
def test_a_row_is_a_run_with_its_numbers(one):
    rng = random.Random(3)
    paths = [path for path in certain(one) if rng.random() < 0.6]
    known = one.quantities.distributions
    sizes = {path: abs(known[path].centre) or 1.0 for path in paths}
    rows = [
        Row(f"rij {n}", {path: size * rng.uniform(0.1, 3) for path, size in sizes.items()})
        for n in range(3)
    ]
    together, draws = alike(one, rows)
    found = shared(together, draws)
    for row in rows:
        other = with_numbers(one, row.values)
        the_same(row_of(found, row, draws, together), one, engine.run(other, DRAWS, 1))
        the_same(centre_of(together, row), one, engine.central(other))
    for column, some in enumerate(together.reach):  # no euros but where they are told to be
        assert not np.delete(found[0].present[column], np.r_[some], axis=0).any()


def test_hard_cash_is_told_unless_it_goes_by_places():
    """Of a ladder under a contract by its prices, and not by who is on it; in some of each kind."""
    seen = set()
    for one in MODELS:
        for paths in ([], certain(one)):
            together, _ = alike(one, [Row("a", dict.fromkeys(paths, 1.0))])
            seen.add(together.tells_hard)
            assert paths or together.tells_hard
    assert seen == {True, False}


def uncertain_line(**changes) -> Model:
    chances = {"low": "10%", "best": "20%", "high": "60%"}
    return model(
        one_line(
            activities__volume={"low": 80, "best": 100, "high": 150},
            outcomes__rate={"low": 0, "best": 1, "high": 3},
            outcomes__deadweight=chances,
            **changes,
        )
    )


OWN = ["activities.steun.volume", "outcomes.verandering.rate", "outcomes.verandering.deadweight"]


@pytest.mark.parametrize("own", [OWN[:1], OWN[:2], OWN[2:], OWN])
def test_what_is_drawn_for_a_row_is_put_in_its_place(own):
    """In a place that is linear, and in one that is not."""
    one = uncertain_line()
    rows = [
        Row("a", {"investment.inzet.per_year": 10.0}),
        Row("b", {"investment.inzet.per_year": 0}),
    ]
    together, draws = alike(one, rows, tuple(own))
    found = shared(together, draws)
    unit = np.concatenate(
        [points("sobol", 1, n, draws.size, draws.dimensions) for n in range(REPLICATES)], axis=1
    )
    for row in rows:
        mine = unit.copy()
        for path in own:
            parts = [
                own_points("sobol", 1, f"{row.name}\n{path}", n, draws.size) for n in range(16)
            ]
            mine[one.quantities.rows[path]] = np.concatenate(parts)
        other = with_numbers(one, row.values)
        blocks = engine.evaluate(other, other.quantities.at(mine))
        total = sum(block.present for block in blocks[:1])
        assert row_of(found, row, draws, together).benefits() == pytest.approx(total, rel=1e-12)


def test_what_a_row_draws_is_its_own():
    """The same whatever rows stand beside it and in whichever order; another one in another row."""
    one = uncertain_line()
    rows = [Row(name, {"investment.inzet.per_year": 10.0}) for name in "abc"]
    first, draws = alike(one, rows, (OWN[0],))
    second, _ = alike(one, rows[::-1][:2], (OWN[0],))
    found = [
        row_of(shared(one_, draws), rows[2], draws, one_).benefits() for one_ in (first, second)
    ]
    assert np.array_equal(*found)
    others = [row_of(shared(first, draws), row, draws, first).benefits() for row in rows]
    assert not np.array_equal(others[0], others[1])


def test_what_terms_are_worth_is_kept_to_the_last_bit():
    """As numbers one after another, and read again."""
    scenario = one_line(basis__years=2, outcomes__lasts=1)
    scenario["quantities"] = [{"id": "inwoners", "what": "Inwoners", "value": 1000}]
    share = {"low": "1%", "best": "2%", "high": "5%"}
    scenario["activities"][0]["volume"] = {"from": "inwoners", "times": share}
    together, draws = alike(model(scenario), [Row("a", {PEOPLE: 500.0})])
    for found in shared(together, draws):
        again = Terms.of(together, found.present.shape[2], found.flat())
        for name in ("present", "sums", "yearly"):
            assert np.array_equal(getattr(again, name), getattr(found, name))
        assert list(again.drawn) == list(found.drawn) == together.followed != []
        for path, drawn in found.drawn.items():
            assert np.array_equal(again.drawn[path], drawn)


@pytest.mark.parametrize("by_year", [False, True])
def test_a_number_that_follows_from_one_of_a_row(by_year):
    """A volume that is so many of the inhabitants: uncertain, in every row by its own number."""
    scenario = one_line(basis__years=2, outcomes__lasts=1)
    scenario["quantities"] = [{"id": "inwoners", "what": "Inwoners", "value": 1000}]
    share = {"low": "1%", "best": "2%", "high": "5%"}
    size = {"from": "inwoners", "times": share}
    scenario["activities"][0]["volume"] = [size, 5] if by_year else size
    one = model(scenario)
    rows = [Row(name, {PEOPLE: size}) for name, size in (("a", 500.0), ("b", 7.0))]
    together, draws = alike(one, rows)
    assert together.parts.others == []
    found = shared(together, draws)
    for row in rows:
        scenario["quantities"][0]["value"] = row.values[PEOPLE]
        the_same(row_of(found, row, draws, together), one, engine.run(model(scenario), DRAWS, 1))
