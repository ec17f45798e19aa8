"""Care in the engine against the slow calculation of it, on generated scenarios."""

import copy
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
import slow_care
from care_at_random import about, hazard_ratio, random_care_scenario, share
from care_in_memory import sick_sicker, worked_example
from models_in_memory import model, reference_library

from sroi.model.flows.engine import evaluate
from sroi.model.flows.impact import STAGES
from sroi.model.lines.lines import CLASSES
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values

Record = dict[str, Any]
Key = tuple[str, int, str, str]
TOLERANCE = 1e-9
# The reference subtracts two arms of many people, and is left with a rounding of what both cost.
ROUNDING = 1e-13
QUICK, SLOW, SOME, BATCH, DRAWS = 40, 120, 8, 40, 2
BECAUSE = {"because": "Wie geteld is, komt en gaat."}
GROWTHS = ("2%", "-3%", 0, {"low": "-4%", "best": "1%", "high": "6%"})


@lru_cache(maxsize=QUICK)
def generated(number: int) -> tuple[Record, Model]:
    """The generated scenario of that number, and its model."""
    scenario = random_care_scenario(random.Random(number))
    return scenario, model(scenario)


def row_of(path: str, rows: Mapping[str, int]) -> int | None:
    """The row of a quantity; of years that are drawn together that of the list; None: certain."""
    return rows.get(path, rows.get(path.rpartition(".")[0]))


def drawn(scenario: Record, built: Model, number: int, draws: int) -> list[dict[str, float]]:
    """The values of some draws, by the reference."""
    rows = built.quantities.rows
    unit = np.random.default_rng(number).random((len(rows), draws))
    return [
        slow_care.values_at(
            scenario, reference_library(), lambda path, d=d: unit[row_of(path, rows) or 0, d]
        )
        for d in range(draws)
    ]


def by_the_engine(built: Model, draws: list[dict[str, float]]) -> tuple[Record, Record]:
    """Expected amount of every row, and the present value of every line by draw."""
    known = [path for path in draws[0] if path in built.quantities.distributions]
    rows = {path: np.array([draw[path] for draw in draws]) for path in known}
    blocks = evaluate(built, Values(built.quantities, rows, len(draws)))
    amounts: Counter[Key] = Counter()
    present: Record = {}
    for (line, _, flow), block in zip(built.flows, blocks, strict=True):
        sign = -1 if line.startswith("investment.") else 1
        whole = sign * block.present * flow.shares.sum()
        present[line] = present.get(line, 0.0) + whole
        yearly = sign * block.sums[len(STAGES) :].sum(axis=1) / len(draws)
        for (payer, cash), part in np.ndenumerate(flow.shares):
            for year, amount in enumerate(yearly, built.first_year):
                amounts[line, year, built.payers[payer], CLASSES[cash]] += part * amount
    return amounts, present


def by_the_reference(
    scenario: Record, draws: list[dict[str, float]]
) -> tuple[Record, Record, Record]:
    """The same, and how large each line is: what it comes to, and some rounding."""
    library, present = reference_library(), {}
    amounts: Counter[Key] = Counter()
    sizes: Counter[str] = Counter()
    for draw in draws:
        rows = slow_care.flows(scenario, library, draw)
        for row in rows:
            key = (row["line"], row["year"], row["payer"], row["cash"])
            amounts[key] += row["amount"] / len(draws)
            sizes[row["line"]] += abs(row["amount"]) + ROUNDING / TOLERANCE * row["gross"]
        for line, amount in slow_care.present_values(scenario, library, rows).items():
            present.setdefault(line, []).append(amount)
    return amounts, present, sizes


def differences(scenario: Record, built: Model, draws: list[dict[str, float]]) -> dict[Any, float]:
    """Of every row and every present value how far it is off, relative to the size of its line."""
    ours, ours_now = by_the_engine(built, draws)
    theirs, theirs_now, sizes = by_the_reference(scenario, draws)
    last = built.first_year + built.years
    counted = {key for key in theirs if key[1] < last}
    assert all(ours[key] == 0 for key in set(ours) - counted)
    # A line that is nothing may be off by nothing.
    off = {key: abs(ours[key] - theirs[key]) / (sizes[key[0]] or 1.0) for key in counted}
    assert set(ours_now) == set(theirs_now)
    for line, amounts in theirs_now.items():
        off[line] = float(np.abs(ours_now[line] - amounts).max()) / (sizes[line] or 1.0)
    return off


def assert_same(off: dict[Any, float]) -> None:
    """Nothing is off by more than TOLERANCE."""
    wrong = {key: size for key, size in off.items() if not size <= TOLERANCE}
    assert not wrong, wrong


def compare(number: int, draws: int) -> dict[Any, float]:
    """Engine and reference on some draws of a generated scenario."""
    scenario, built = generated(number)
    return differences(scenario, built, drawn(scenario, built, number, draws))


def total(scenario: Record) -> float:
    """The net present value of a scenario in the central case, by the reference alone."""
    library = reference_library()
    rows = slow_care.flows(scenario, library, slow_care.central_values(scenario, library))
    return sum(slow_care.present_values(scenario, library, rows).values())


def test_the_reference_itself_finds_what_was_published() -> None:
    """The worked example of the ladder and of a cohort; without effect only the programme costs."""
    assert total(worked_example()) == pytest.approx(3_438_807.16, abs=5e-3)
    assert total(sick_sicker()) == pytest.approx(-260_266.857, abs=5e-4)
    off = {"HRup": 1, "HRdown": 1, "div": 0, "nu": 0}
    assert total(worked_example(uncertain=False, **off)) == pytest.approx(-3_596_051.94, abs=5e-3)


@pytest.mark.parametrize("first", range(0, QUICK, SOME))
def test_draws_agree_in_every_row(first: int) -> None:
    """Line, year, payer and class agree to 1e-9 of the line, and so do present values."""
    for number in range(first, first + SOME):
        assert_same(compare(number, DRAWS))


@pytest.mark.parametrize("first", range(0, QUICK, SOME))
def test_the_central_case_agrees_in_every_row(first: int) -> None:
    """With every quantity at its central value too."""
    for number in range(first, first + SOME):
        scenario, built = generated(number)
        values = slow_care.central_values(scenario, reference_library())
        assert_same(differences(scenario, built, [values]))


@pytest.mark.parametrize("first", range(0, QUICK, SOME))
def test_both_know_the_same_quantities(first: int) -> None:
    """The same paths are uncertain, with the same quantiles and the same centre."""
    for number in range(first, first + SOME):
        assert_same_quantities(number)


def assert_same_quantities(number: int) -> None:
    scenario, built = generated(number)
    specs, centre = slow_care.quantities(scenario, reference_library()), built.quantities.centre()
    rows = built.quantities.rows
    row_of_path = {path: row_of(path, rows) for path in specs}
    assert set(rows.values()) == {row for row in row_of_path.values() if row is not None}
    points = {path for path, row in row_of_path.items() if row is None}
    assert all(specs[path][0]["low"] == specs[path][0]["high"] for path in points)
    unit = np.random.default_rng(number).random((len(rows), 4))
    values = built.quantities.at(unit)
    whole = slow_care.with_all_parts(scenario, reference_library())
    happening = [
        slow_care.which_happen(whole, lambda path, d=d: unit[rows[path], d]) for d in range(4)
    ]
    for path, row in row_of_path.items():
        if row is None:
            continue
        spec, domain = specs[path]
        expected = [
            state.get(path, slow_care.at(spec, u, domain))
            for state, u in zip(happening, unit[row], strict=True)
        ]
        width = max(abs(x) for x in expected) or 1.0
        assert values[path] == pytest.approx(expected, rel=1e-9, abs=1e-9 * width), path
        middle = slow_care.in_the_middle(spec, domain)
        assert np.ravel(centre[path])[0] == pytest.approx(middle, rel=1e-9, abs=1e-9 * width), path


@pytest.mark.slow
@pytest.mark.usefixtures("without_tables")
@pytest.mark.parametrize("first", range(QUICK, QUICK + SLOW, BATCH))
def test_hundreds_of_scenarios_agree(first: int) -> None:
    """The same on hundreds of scenarios, one draw of each."""
    for number in range(first, first + BATCH):
        assert_same(compare(number, draws=1))


def in_money_of(year: int, number: int) -> Record:
    """The generated scenario of that number in money of a later year, by series of its own; every
    second amount that it states follows prices of care."""
    scenario = copy.deepcopy(generated(number)[0])
    scenario["basis"]["price_year"] = year
    rises = {str(later): 0.01 * (later - 2023) for later in range(2026, year + 1)}
    known = [x for x, one in reference_library()["indices"].items() if "2025" in one["factors"]]
    scenario["indices"] = {key: rises | {"because": "Raming."} for key in known}
    for line in list(stated(scenario))[1::2]:
        line["index"] = "vng-mix"
    return scenario


def stated(scenario: Record) -> Iterator[Record]:
    """Whatever states an amount."""
    yield from (line for line in scenario.get("investment", []) if "per_year" in line)
    tiers = [tier for ladder in scenario.get("care_ladder", []) for tier in ladder["tiers"]]
    yield from (x for x in [*tiers, *scenario.get("direct_shift", [])] if "cost" in x)
    yield from (cost for cohort in scenario.get("cohorts", []) for cost in cohort.get("costs", []))


@pytest.mark.parametrize("number", range(12))
def test_series_that_are_continued_agree(number: int) -> None:
    """And series that amounts name themselves."""
    scenario = in_money_of(2028, number)
    built = model(scenario)
    values = slow_care.central_values(scenario, reference_library())
    assert_same(differences(scenario, built, [values]))


def as_care_moves(number: int) -> Record:
    """The generated scenario of that number, in which ladders change with the years and effects
    differ by move and by tier."""
    rng, scenario = random.Random(number), copy.deepcopy(generated(number)[0])
    years = int(scenario["basis"]["years"])
    if rng.random() < 0.5:
        scenario["basis"]["horizon"] = "count"
    counts = scenario["basis"].get("horizon") == "count"
    for ladder in scenario.get("care_ladder", []):
        for tier in list(ladder.get("inflow", {})):
            people = ladder["inflow"][tier]
            ladder["inflow"][tier] = rng.choice(
                (
                    people,
                    {"start": people, "growth": rng.choice(GROWTHS)},
                    [about(rng, 5, 600) for _ in range(years)],
                )
            )
        for row in ladder.get("moves", {}).values():
            for target in [x for x in row if rng.random() < 0.3]:
                row[target] = [about(rng, 0.01, 0.5) for _ in range(years)]
        ladder["intervention"] |= single_effects(rng, ladder) | an_end(rng, years, counts)
        leave_out(rng, scenario, ladder.get("register", {}))
        if rng.random() < 0.5:
            ladder["intervention"]["counted_elsewhere"] = share(rng)
    for shift in scenario.get("direct_shift", []):
        shift["counted_elsewhere"] = share(rng)
    if (
        scenario.get("care_ladder") and rng.random() < 0.5
    ):  # else something goes on, and so do the costs
        for kind in ("direct_shift", "cohorts", "outcomes"):
            scenario.pop(kind, None)
        scenario.pop("correlations", None)
    return scenario


def leave_out(rng: random.Random, scenario: Record, register: Record) -> None:
    """Some tiers that the register does not count, in the place of which something is assumed; as
    far as no more people then come to a tier than can be; the other counts are ranges."""
    for counts in register.get("tiers", {}).values():
        key = rng.choice(("begin", "inflow", "outflow", "end"))
        ends = [counts[key] * factor for factor in (0.97, 1.0, 1.05)]
        counts[key] = dict(zip(("low", "best", "high"), ends, strict=True)) | BECAUSE
    for tier in [tier for tier in register.get("tiers", {}) if rng.random() < 0.6]:
        before = copy.deepcopy(register)
        del register["tiers"][tier]
        assumed = rng.choice(({"people": about(rng, 200, 900)}, {"new": about(rng, 1, 30)}))
        stays = {"low": 0.5, "best": 1, "high": 4} | BECAUSE
        register.setdefault("not_counted", {})[tier] = {"stays": stays} | assumed
        try:
            model(scenario)
        except AssertionError:
            register.clear()
            register.update(before)


def an_end(rng: random.Random, years: int, counts: bool) -> Record:
    """A programme that ends or not, what becomes of its effect, and for how long that counts."""
    if rng.random() < 0.3:
        return {}
    fading = {"half_life": {"low": 0.3, "best": 2, "high": 8, "because": "Schatting."}}
    end = rng.randint(1, years)
    after = {"counts_on": rng.randint(1, 6)} if counts else {}
    fades = rng.choice(("never", "at_once", fading, fading))
    return {"programme_years": end, "fades": fades} | after


def single_effects(rng: random.Random, ladder: Record) -> Record:
    """Ratios of some moves, and what happens at the door of some tiers."""
    levels = {tier["id"]: tier["level"] for tier in ladder["tiers"]}
    register = ladder.get("register", {})
    table = ladder.get("moves") or {**register["split"], **register["split_counts"]}
    moves = [
        (i, j)
        for i, row in table.items()
        for j, amount in row.items()
        if j != "exit" and amount not in (0, "0%")
    ]
    by_move: Record = {}
    for origin, target in [move for move in moves if rng.random() < 0.4]:
        ratio = hazard_ratio(rng)
        if not (isinstance(ratio, dict) and "claim" in ratio):  # is refused where it is corrected
            by_move.setdefault(origin, {})[target] = ratio
    heavy = [tier for tier, level in levels.items() if level >= 2] if 1 in levels.values() else []
    by_tier = {tier: {"diversion": share(rng, 0.3)} for tier in heavy if rng.random() < 0.5}
    for at_the_door in [x for x in by_tier.values() if rng.random() < 0.5]:
        at_the_door["net_widening"] = about(rng, 0.01, 0.3)
    known = ladder["intervention"]
    return {
        "by_move": by_move,
        "by_tier": by_tier,
        "needs_heavy_care": known.get("needs_heavy_care", "20%"),
    }


@pytest.mark.parametrize("number", range(24))
def test_ladders_that_change_with_the_years_agree(number: int) -> None:
    """And effects on single moves and at the door of single tiers."""
    scenario = as_care_moves(number)
    built = model(scenario)
    assert_same(differences(scenario, built, drawn(scenario, built, number, DRAWS)))
    values = slow_care.central_values(scenario, reference_library())
    assert_same(differences(scenario, built, [values]))
