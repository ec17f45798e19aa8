"""Break-even: where the conclusion turns, by one quantity and by two."""

import random
import tracemalloc

import numpy as np
import pytest
from care_at_random import random_care_scenario
from care_in_memory import one_tier, worked_example
from models_in_memory import Record, library, model, random_model, read
from scipy import stats
from valuations import example, outcome, small, write

from sroi import shipped
from sroi.analysis.result.question import Question, question
from sroi.analysis.sensitivity.break_even import (
    BreakEven,
    break_even_curve,
    break_evens,
    chance_below,
)
from sroi.inputs.files.scenario_file import load, with_own
from sroi.inputs.quantity.quantity import ANY, FRACTION, Domain
from sroi.inputs.scenario.assumptions import assumptions
from sroi.model.flows.engine import central, results_at
from sroi.model.lines.model import model_of
from sroi.model.uncertain.distributions import (
    Certain,
    Gamma,
    LogNormal,
    Normal,
    Occurrence,
    ScaledBeta,
    Triangular,
    Uniform,
    Within,
    pert,
)
from sroi.model.uncertain.quantities import Values

RATE, PRICE = "outcomes.verandering.rate", "proxies.prijs.value"
UNIFORM = {"uniform": [0, 10], "because": "Voorbeeld."}
VALUE = {"outcomes__rate": UNIFORM, "proxies__value": 100, "investment__per_year": 400}
DIVERSION = "care_ladder.ladder.intervention.diversion"
TOEGANG = "enabling_conditions.toegang.moves_along"


def asked(name: str = "society", threshold: float | None = None, **changes) -> Question:
    """A question about one outcome: a uniform rate from 0 to 10 at 100 euros, less 400."""
    return question(model(small(**(VALUE | changes))), name, threshold)


def domains_of(scenario: Record) -> dict[str, Domain]:
    """What the field of every quantity allows."""
    found = read(scenario)
    return {path: a.domain for path, a in assumptions(found, with_own(library(), found)).items()}


def the(found: list[BreakEven], path: str = RATE) -> BreakEven:
    """The one of a path."""
    (one,) = (row for row in found if row.path == path)
    return one


def off(question: Question, path: str, *values: float) -> np.ndarray:
    """How far the result is from its threshold where a quantity has these values (draw) and the
    others are at their centre, as a share of all money that passes."""
    quantities = question.model.quantities
    results = results_at(question.model, Values(quantities, {path: np.array(values)}, len(values)))
    weights = np.abs(results.weights(question.perspective))
    size = weights @ np.abs(results.present) + abs(question.threshold)
    if question.is_ratio:
        over = results.benefits() - question.threshold * results.investment()
    else:
        over = question.answer(results) - question.threshold
    return over / np.where(size > 0, size, 1)


def held(question: Question, found: list[BreakEven]) -> int:
    """Every value holds what it says; gives how many values there were."""
    for row in found:
        if row.value is None:
            continue
        assert row.low <= row.value <= row.high
        assert not row.without_effect
        width = 1e-9 * max(row.high - row.low, abs(row.value))
        around = [row.value + side * width for side in (-1, 0, 1)]
        below, at, above = off(question, row.path, *around)
        if row.jumps:
            assert min(below, above) <= 0 < max(below, above)
        else:
            assert abs(at) < 1e-9
        if row.low + width < row.value < row.high - width and min(abs(below), abs(above)) > 1e-14:
            assert (below < above) == (row.wrong_side == "below")
    return sum(row.value is not None for row in found)


# ---------------------------------------------------------------------------------------------
# Worked out by hand


@pytest.mark.parametrize(
    ("name", "threshold", "value"),
    [("society", None, 4), ("society", 200, 6), ("ratio", None, 4), ("ratio", 2, 8),
     ("gemeente", None, 400 / 60), ("gemeente:hard", -100, 5),
     ("gemeente:hard@..2026", None, 400 / 60)],
)  # fmt: skip
def test_a_break_even_worked_out_by_hand(name, threshold, value):
    """The rate at which 100 euros each, or the share of a payer, make up for 400."""
    (found,) = break_evens(asked(name, threshold))
    assert found.value == pytest.approx(value, rel=1e-12)
    assert (found.path, found.centre, found.low, found.high) == (RATE, 5, 0, 10)
    assert (found.wrong_side, found.jumps, found.without_effect) == ("below", False, False)
    assert found.chance_below == found.wrong == pytest.approx(value / 10)
    assert found.turns == pytest.approx(value / 10 if value < 5 else 1 - value / 10)


def test_the_result_at_both_ends():
    """In its own unit: euros, or a ratio."""
    (found,), (ratio,) = break_evens(asked()), break_evens(asked("ratio"))
    assert (found.at_low, found.at_high) == (pytest.approx(-400), pytest.approx(600))
    assert (ratio.at_low, ratio.at_high) == (0, pytest.approx(2.5))


def test_what_must_stay_below():
    """Of a thousand euros less deadweight 600 may go."""
    deadweight = {"uniform": [0, 1], "because": "Voorbeeld."}
    (found,) = break_evens(asked(outcomes__rate=10, outcomes__deadweight=deadweight))
    assert found.value == pytest.approx(0.6)
    assert found.wrong_side == "above"
    assert found.wrong == pytest.approx(0.4) == found.turns


def test_none_within_what_is_possible():
    """Then the results at both ends say how near it comes."""
    uniform = {"uniform": [5, 10], "because": "Voorbeeld."}
    (found,) = break_evens(asked(outcomes__rate=uniform))
    assert found.value is None
    assert (found.wrong, found.turns, found.chance_below) == (None, None, None)
    assert (found.at_low, found.at_high) == (pytest.approx(100), pytest.approx(600))


def test_right_at_the_threshold():
    """At its centre, at its low end and at its high end."""
    for threshold, value in ((100, 5), (-400, 0), (600, 10)):
        (found,) = break_evens(asked(threshold=threshold))
        if value == 10:  # it reaches the threshold there, and does not come over it
            assert found.value is None
        else:
            assert found.value == pytest.approx(value, abs=1e-12)


def test_investment_may_rise():
    """To what the benefits are: the ratio is then one, and a higher price is wrong."""
    investment = {"lognormal": {"median": 400, "sd_log": 0.5}, "because": "Voorbeeld."}
    for name in ("society", "ratio"):
        (found,) = break_evens(asked(name, outcomes__rate=7, investment__per_year=investment))
        assert found.value == pytest.approx(700)
        assert found.wrong_side == "above"
        beyond = stats.lognorm.sf(700, 0.5, scale=400)
        assert found.wrong == found.turns == pytest.approx(beyond, rel=1e-6)
        ends = stats.lognorm.ppf([1e-4, 1 - 1e-4], 0.5, scale=400)
        assert [found.low, found.high] == pytest.approx(list(ends))


def test_the_ratio_of_an_investment_from_nothing():
    """At its low end there is no ratio; the break-even is where it was."""
    investment = {"uniform": [0, 1000], "because": "Voorbeeld."}
    (found,) = break_evens(asked("ratio", outcomes__rate=7, investment__per_year=investment))
    assert found.at_low is None
    assert found.at_high == pytest.approx(0.7)
    assert found.value == pytest.approx(700)


def test_the_most_likely_to_turn_comes_first():
    """And what does nothing is said to do nothing."""
    price = {"low": 70, "best": 100, "high": 130, "because": "Voorbeeld."}
    scenario = small(**(VALUE | {"proxies__value": price}))
    idle = {"uniform": [0, 1], "because": "Voorbeeld."}
    scenario["outcomes"].append(outcome(2, rate=0, deadweight=idle))
    found = break_evens(question(model(scenario)))
    assert [row.path for row in found] == [RATE, PRICE, "outcomes.verandering-2.deadweight"]
    assert found[0].turns > found[1].turns > 0
    assert found[1].value == pytest.approx(80)
    assert found[2].without_effect
    assert found[2].value is None


def test_where_nothing_moves_nothing_is_found():
    """All certain, or a threshold of what it always is."""
    assert break_evens(asked(outcomes__rate=5)) == []
    payers = {"proxies__payers": {"gemeente": 1}, "investment__payer": "zorgverzekeraar"}
    (found,) = break_evens(asked("zorgverzekeraar", **payers, investment__per_year=0))
    assert found.without_effect
    assert found.value is None


# ---------------------------------------------------------------------------------------------
# Chances and steps


def test_of_what_happens_or_not_the_chance():
    """The chance in the central case; whether it is beyond is whether it happens at all."""
    asked = question(model(worked_example(conditions=True)))
    found = break_evens(asked)
    held(asked, found)
    toegang = the(found, TOEGANG)
    assert (toegang.low, toegang.centre, toegang.high) == (0, 0.75, 1)
    assert 0 < toegang.value < 0.75
    assert toegang.chance_below == pytest.approx(0.25) == toegang.wrong == toegang.turns
    assert toegang.at_low < 0 < toegang.at_high
    assert (toegang.happens, toegang.turns_if) == (True, (True, False))
    assert not any(one.happens for one in found if not one.path.endswith("moves_along"))


def stepped(**care) -> Question:
    """Hard money of one tier that is paid by capacity alone, cut by ten places at a time."""
    scenario = one_tier(years=4)
    tier = scenario["care_ladder"][0]["tiers"][1]
    tier |= {"paid_per_unit": {"value": 0, "because": "Capaciteit."}, "capacity_step": 10} | care
    scenario["care_ladder"][0]["tiers"][0] |= {"cost": 0}
    effect = scenario["care_ladder"][0]["intervention"]
    effect["diversion"] = {"uniform": [0, 0.5], "because": "Voorbeeld."}
    scenario["care_ladder"][0]["contracts"] = {"lag": 0, "renewal": 1}
    return question(model(scenario), "gemeente:hard", 5000)


def test_a_step_is_a_jump():
    """Capacity is cut in whole places: the result passes its threshold without ever being there."""
    asked = stepped()
    (found,) = break_evens(asked)
    assert found.jumps
    assert held(asked, [found]) == 1
    below, above = off(asked, DIVERSION, found.value - 1e-12, found.value + 1e-12)
    assert below < -0.01 < 0.01 < above


def test_right_at_the_threshold_is_not_over_it():
    """Nothing is cut until there are ten places to cut: the edge of nothing is what is found."""
    asked = question(stepped().model, "gemeente:hard")
    (found,) = break_evens(asked)
    assert found.jumps
    assert found.wrong_side == "below"
    below, above = off(asked, DIVERSION, found.value - 1e-9, found.value + 1e-9)
    assert below == 0
    assert above > 0.5
    assert found.at_low == 0 < found.at_high


# ---------------------------------------------------------------------------------------------
# What is certain


def test_what_is_certain_only_where_its_field_is_known():
    """From nothing of it to twice as much: which price, which volume, which investment."""
    domains = dict.fromkeys(
        (RATE, PRICE, "activities.steun.volume", "investment.inzet.per_year"), ANY
    )
    found = break_evens(asked(), domains)
    assert [row.path for row in found[:1]] == [RATE]
    assert {row.path: row.value for row in found} == pytest.approx(
        {RATE: 4, PRICE: 80, "activities.steun.volume": 0.8, "investment.inzet.per_year": 500}
    )
    price = the(found, PRICE)
    assert (price.low, price.centre, price.high) == (0, 100, 200)
    assert (price.chance_below, price.wrong, price.turns) == (None, None, None)
    assert (price.wrong_side, the(found, "investment.inzet.per_year").wrong_side) == (
        "below",
        "above",
    )


def test_what_is_certain_stays_within_its_field():
    """A share not beyond one, and an effect no longer than there is room for."""
    scenario = small(**VALUE, outcomes__deadweight=0.7, outcomes__lasts=2.5, basis__years=2)
    domains = domains_of(scenario)
    assert domains["outcomes.verandering.deadweight"] == FRACTION
    rows = break_evens(question(model(scenario)), domains)
    assert (the(rows, "outcomes.verandering.deadweight").high) == 1
    assert (the(rows, "outcomes.verandering.lasts").high) == 3
    assert the(rows, "activities.steun.volume").high == 2
    assert "outcomes.verandering.displacement" not in [row.path for row in rows]  # it is zero


def test_a_single_year_is_not_asked_for():
    """What counts is the whole of it; who is uncertain of a year is asked."""
    investment = [400, {"uniform": [0, 1000], "because": "Voorbeeld."}, 100]
    three = asked(investment__per_year=investment, basis__years=3)
    domains = {path: ANY for path in three.model.quantities.distributions}
    paths = [row.path for row in break_evens(three, domains)]
    assert "investment.inzet.per_year.2027" in paths
    assert "investment.inzet.per_year.2026" not in paths


# ---------------------------------------------------------------------------------------------
# Held to the model


@pytest.mark.parametrize(
    ("name", "threshold", "conditions"),
    [("society", None, True), ("society", None, False), ("ratio", None, True),
     ("gemeente", None, True), ("gemeente:hard", None, True),
     ("gemeente:hard@..2030", -1.7e6, False)],
)  # fmt: skip
def test_the_worked_example_is_at_its_threshold(name, threshold, conditions):
    """Of the care ladder; with everything that is certain as well."""
    scenario = worked_example(conditions=conditions)
    asked = question(model(scenario), name, threshold)
    assert held(asked, break_evens(asked, domains_of(scenario))) > 1


@pytest.mark.parametrize("number", range(16))
def test_generated_scenarios_are_at_their_threshold(number):
    """Lines of every form: for society, as a ratio and for a payer; and near what they bring."""
    found = random_model(number)
    for name in ("society", "ratio", found.payers[0]):
        asked = question(found, name)
        middle = float(asked.answer(central(asked.model))[0])
        for threshold in (None, 0.9 * middle):
            asked = question(found, name, threshold)
            held(asked, break_evens(asked))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(5))
def test_generated_care_is_at_its_threshold(number):
    """Ladders, direct shifts and cohorts."""
    found = model(random_care_scenario(random.Random(number)))
    for name in ("society", f"{found.payers[0]}:hard"):
        asked = question(found, name)
        middle = float(asked.answer(central(asked.model))[0])
        asked = question(found, name, 0.9 * middle)
        held(asked, break_evens(asked))


def test_the_crossing_nearest_to_the_centre():
    """Where care is ended sooner people come back sooner: a result may cross on both sides."""
    asked = question(model(worked_example()))
    (path,) = [p for p in asked.model.quantities.uncertain if p.endswith("hazard_ratio_up")]
    found = the(break_evens(asked), path)
    grid = np.linspace(found.low, found.high, 400)
    signs = off(asked, path, *grid) > 0
    turns = (grid[1:] + grid[:-1])[signs[1:] != signs[:-1]] / 2
    nearest = turns[np.argmin(np.abs(turns - found.centre))]
    assert found.value == pytest.approx(nearest, abs=grid[1] - grid[0])


UNKNOWN = "care_ladder.zorgladder.moves.ambulant.sociale-basis"


def two_roots(threshold: float) -> Question:
    """The preventive shift of Voorbeeldstad where nobody knows how many go back to their own
    network: the municipality's balance first rises with it, and falls after that."""
    text = (shipped.folder("scenarios") / "voorbeeldstad-kanteling.yaml").read_text("utf-8")
    certain = "ambulant: {sociale-basis: 0.35,"
    assert text.count(certain) == 1
    wide = "ambulant: {sociale-basis: {low: 0, best: 0.35, high: 0.7, because: Onbekend.},"
    loaded = load(write(text.replace(certain, wide), "two-roots.yaml"))
    return question(model_of(loaded.scenario, loaded.library), "gemeente", threshold)


@pytest.mark.parametrize(("threshold", "count"), [(591_670, 2), (300_000, 1), (800_000, 0)])
def test_all_crossings_and_the_chance_of_all_of_them(threshold, count):
    """Against the conclusion at ten thousand equally likely values of the quantity."""
    asked = two_roots(threshold)
    found = the(break_evens(asked), UNKNOWN)
    assert len(found.crossings) == count
    if not count:
        assert (found.value, found.turns, found.wrong, found.crossings) == (None, None, None, [])
        return
    places = [one.value for one in found.crossings]
    assert places == sorted(places)
    assert found.value == min(places, key=lambda value: abs(value - found.centre))
    sides = [one.wrong_side for one in found.crossings]
    assert sides == ["below", "above"][:count] if count > 1 else ["above"]
    values = asked.model.quantities.distributions[UNKNOWN].ppf((np.arange(10_000) + 0.5) / 10_000)
    over = off(asked, UNKNOWN, *values) > 0
    at_centre = off(asked, UNKNOWN, found.centre)[0] > 0
    assert found.wrong == pytest.approx(1 - over.mean(), abs=2e-4)
    assert found.turns == pytest.approx((over != at_centre).mean(), abs=2e-4)


def test_it_is_the_same_every_time():
    """To the last bit, in one block or in many."""
    asked = question(example().model)
    once = break_evens(asked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sroi.analysis.sensitivity.one_at_a_time.BLOCK", 512)
        assert break_evens(asked) == once


def test_the_memory_is_bounded():
    """Under 100 MB for the larger examples."""
    asked = question(example().model)
    assert len(asked.model.quantities.uncertain) > 50
    tracemalloc.start()
    break_evens(asked)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100e6


# ---------------------------------------------------------------------------------------------
# Two at a time


def test_a_curve_worked_out_by_hand():
    """Rate × price is 400: a hyperbola, and nothing where the price would have to be too high."""
    price = {"uniform": [50, 200], "because": "Voorbeeld."}
    curve = break_even_curve(asked(proxies__value=price), RATE, PRICE, 21)
    assert (curve.first, curve.second) == (RATE, PRICE)
    assert list(curve.values) == pytest.approx(list(np.linspace(0, 10, 21)))
    with np.errstate(divide="ignore"):
        needed = 400 / curve.values
    within = (needed > 50) & (needed < 200)
    assert within.sum() == 11
    assert list(curve.break_even[within]) == pytest.approx(list(needed[within]), rel=1e-12)
    assert np.isnan(curve.break_even[(needed > 201) | (needed < 49)]).all()


def test_a_curve_goes_through_the_break_even():
    """Of a care ladder: at the centre of the one the curve has the break-even of the other."""
    asked = question(model(worked_example()))
    up, down = (f"care_ladder.zorgladder.intervention.hazard_ratio_{x}" for x in ("up", "down"))
    curve = break_even_curve(asked, up, down, 9)
    found = ~np.isnan(curve.break_even)
    assert found.sum() > 5
    for first, second in zip(curve.values[found], curve.break_even[found], strict=True):
        results = central(asked.model, {up: first, down: second})
        assert abs(results.balance()[0]) < 1e-9 * np.abs(results.present).sum()
    at_centre = np.interp(0.97, curve.values[found], curve.break_even[found])
    assert at_centre == pytest.approx(the(break_evens(asked), down).value, abs=1e-3)


def test_a_curve_of_what_is_certain():
    """Within its field: a share goes to one."""
    question_ = asked(outcomes__deadweight=0.6, outcomes__rate=10)
    path = "outcomes.verandering.deadweight"
    curve = break_even_curve(question_, path, PRICE, 5, {path: FRACTION})
    assert list(curve.values) == pytest.approx([0, 0.25, 0.5, 0.75, 1])
    assert list(curve.break_even[:4]) == pytest.approx([40, 160 / 3, 80, 160])
    assert np.isnan(curve.break_even[4])


# ---------------------------------------------------------------------------------------------
# Chances


@pytest.mark.parametrize(
    ("distribution", "law"),
    [
        (Uniform(2, 5), stats.uniform(2, 3)),
        (Triangular(0, 1, 4), stats.triang(0.25, 0, 4)),
        (pert(0, 1, 4), stats.beta(2, 4, 0, 4)),
        (ScaledBeta(14.5, 22.5), stats.beta(14.5, 22.5)),
        (Normal(10, 2), stats.norm(10, 2)),
        (LogNormal(3, 0.4), stats.lognorm(0.4, scale=3)),
        (Gamma(5, 0.5), stats.gamma(4, scale=1.25)),
        (Within(Normal(1, 1), 0, 2), stats.truncnorm(-1, 1, 1, 1)),
    ],
)
def test_the_chance_below(distribution, law):
    """As SciPy has it, over the whole of the distribution and outside it."""
    for value in law.ppf([0.001, 0.1, 0.5, 0.9, 0.999]):
        assert chance_below(distribution, value) == pytest.approx(law.cdf(value), abs=1e-8)
    assert chance_below(distribution, -100) == 0
    assert chance_below(distribution, 1000) == 1


def test_the_chance_below_of_what_happens_or_not():
    """Anything between not and happening: that it does not happen. Of what is certain: none."""
    assert chance_below(Occurrence(0.3), 0.2) == pytest.approx(0.7)
    assert chance_below(Occurrence(0.3), 0.9) == pytest.approx(0.7)
    assert chance_below(Certain(3), 2) is None
