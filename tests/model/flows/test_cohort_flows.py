"""When the amounts of a cohort fall: at entry, at a move, by cycle and by moment."""

import math

import numpy as np
import pytest
from care_in_memory import COUNTINGS, Record, leaving
from hypothesis import given, settings
from hypothesis import strategies as st
from valuations import valued

from sroi.analysis.care.cohorts import comparisons
from sroi.analysis.result.question import question
from sroi.model.flows.cohort_flows import Course
from sroi.model.flows.engine import central, evaluate, run


def costs(scenario: Record) -> tuple[float, float]:
    """What the arms cost now, without and with the programme."""
    (found,) = comparisons(valued(scenario).model)
    return float(found.without.cost[0]), float(found.with_programme.cost[0])


@pytest.mark.parametrize("counting", COUNTINGS)
@pytest.mark.parametrize("timing", ["start_of_year", "mid_year", "end_of_year"])
def test_who_comes_in_pays_in_full(counting: str, timing: str) -> None:
    """4 euro on entry for 1,000 people is 4,000, however people are counted and discounted."""
    for cycles, extra in ((1, {}), (4, {"cycles_per_year": 4})):
        changes = {"counting": counting, "cycles": cycles, **extra}
        scenario = leaving({"once": 4, "once_with_programme": 5}, timing, **changes)
        assert costs(scenario) == pytest.approx((4000, 5000), rel=1e-15)
        results = central(valued(scenario).model)
        assert results.balance()[0] == pytest.approx(-1000)
        assert results.by_year([0])[0] == pytest.approx(-1000)


def test_who_comes_in_later_pays_then() -> None:
    """A hundred at the end of each cycle, of whom the last are not counted: they enter after it."""
    scenario = leaving({"once": 4, "once_with_programme": 4}, years=3, cycles=3)
    scenario["cohorts"][0]["inflow"] = {"leeft": 100}
    told = 4000 + 400 / 1.03 + 400 / 1.03**2
    assert costs(scenario) == pytest.approx((told, told), rel=1e-14)


@pytest.mark.parametrize(("first", "told"), [(1, 3.926915), (0, 3.956042), (None, 3.926915)])
def test_quarters_by_cycle(first: float | None, told: float) -> None:
    """Four quarterly euros at 3 %: at the end of each quarter, or at its start. The years of the
    regime would have 4 ÷ 1.03 = 3.883495; its moment counts where the file says nothing."""
    worth = {"per_cycle": {"leeft": 0.001}, "with_programme": {"leeft": 0}}
    changes: Record = {"cycles": 4, "cycles_per_year": 4, "moves": {}, "counting": "start"}
    by_year = leaving(worth, **changes, programme=None)
    assert costs(by_year) == pytest.approx((4 / 1.03, 0), rel=1e-14)
    changes |= {"discounted": "by_cycle"}
    changes |= {} if first is None else {"first_exponent": first}
    by_cycle = leaving(worth, **changes, programme=None)
    assert costs(by_cycle) == pytest.approx((told, 0), abs=5e-7)
    begin = 1.0 if first is None else first
    series = sum(1.03 ** -((begin + k) / 4) for k in range(4))
    assert costs(by_cycle)[0] == pytest.approx(series, rel=1e-14)


def test_moments_at_their_own_time_by_hand() -> None:
    """1,000, 980 and 960.4 people: trapezoid and Simpson over two cycles, each moment at its own
    time, whatever the moment of the regime."""
    people, now = np.array([1000, 980, 960.4]), 1.03 ** -np.arange(3)
    worth = {"per_cycle": {"leeft": 1}}
    for counting, weights in (("trapezoid", [0.5, 1, 0.5]), ("simpson", [1 / 3, 4 / 3, 1 / 3])):
        found = costs(leaving(worth, years=2, cycles=2, counting=counting))
        assert found[0] == pytest.approx(float(people * now @ weights), rel=1e-14)


def test_moves_by_hand() -> None:
    """20 people leave in the first cycle and 19.6 in the second, at 10 and then 5 euros: counted in
    full, with the year of the cycle, at the end of it, or as its end weighs."""
    worth = {"on_move": {"leeft": {"weg": [10, 5]}}}
    two = {"years": 2, "cycles": 2}
    year = 200 / 1.03**0.5 + 98 / 1.03**1.5
    assert costs(leaving(worth, "mid_year", **two)) == pytest.approx((year, 0), rel=1e-14)
    end = 200 / 1.03 + 98 / 1.03**2
    for counting in ("trapezoid", "simpson"):
        found = costs(leaving(worth, "mid_year", **two, counting=counting))
        assert found == pytest.approx((end, 0), rel=1e-14)
    weighed = leaving(worth, **two, counting="weights")
    assert costs(weighed)[0] == pytest.approx(200 / 1.03, rel=1e-14)
    by_cycle = leaving(worth, **two, discounted="by_cycle", first_exponent=0)
    assert costs(by_cycle)[0] == pytest.approx(200 + 98 / 1.03, rel=1e-14)


def test_what_a_state_costs_changes_with_the_cycle() -> None:
    """The last number of a list holds for all cycles that follow; of an effect too."""
    worth = {"per_cycle": {"leeft": [3, 2]}, "with_programme": {"leeft": [1]}}
    changes: Record = {"cycles": 3, "moves": {}, "programme": None, "counting": "start"}
    scenario = leaving(worth, years=3, **changes)
    scenario["basis"]["discounting"]["rate"] = 0
    assert costs(scenario) == pytest.approx((7000, 3000))


def test_the_first_cycles_of_a_list() -> None:
    """What the programme changes lasts a cycle; then the list of usual care goes on."""
    worth = {"per_cycle": {"leeft": [3, 2, 1]}, "with_programme": {"leeft": 9}, "first_cycles": 1}
    changes: Record = {"cycles": 4, "moves": {}, "programme": None, "counting": "start"}
    scenario = leaving(worth, years=4, **changes)
    scenario["basis"]["discounting"]["rate"] = 0
    assert costs(scenario) == pytest.approx((7000, 13_000))


@given(st.sampled_from(COUNTINGS), st.sampled_from([None, 0, 1]), st.integers(1, 9))
@settings(max_examples=25, deadline=None)
def test_the_arms_differ_by_what_the_table_of_flows_holds(counting, first, cycles) -> None:
    """In every draw, with what is worth now by year adding up; and without discounting a year is
    what falls in it."""
    worth = {"per_cycle": {"leeft": {"low": 1, "best": 2, "high": 4}}, "once": 3}
    worth |= {"once_with_programme": 5, "on_move": {"leeft": {"weg": 50}}}
    changes: Record = {"cycles": cycles, "cycles_per_year": 4, "counting": counting}
    if first is not None and counting in COUNTINGS[:3]:
        changes |= {"discounted": "by_cycle", "first_exponent": first}
    model = valued(leaving(worth, years=3, **changes)).model
    drawn = run(model, 256, 1)
    (found,) = comparisons(model)
    assert -found.extra_cost[0] == pytest.approx(central(model).balance()[0], rel=1e-9)
    assert drawn.present_by_year([0]).sum() == pytest.approx(drawn.balance().mean(), rel=1e-9)
    asked = question(model, "gemeente@2026")
    assert asked.at(model.quantities.centre())[0] == pytest.approx(central(model).by_year([0])[0])


def test_no_bit_depends_on_how_draws_are_cut_up() -> None:
    """3,000 draws at once, and in parts."""
    worth = {"per_cycle": {"leeft": {"low": 1, "best": 2, "high": 4}}, "once": 3}
    model = valued(leaving(worth, cycles=4, cycles_per_year=4, counting="simpson")).model
    unit = np.random.default_rng(1).random((1, 3000))
    whole = model.quantities.at(unit)
    (once,) = evaluate(model, whole)
    parts = [evaluate(model, whole.part(n, n + 1000))[0].present for n in range(0, 3000, 1000)]
    np.testing.assert_array_equal(once.present, np.concatenate(parts))


def brought(scenario: Record) -> dict[str, float]:
    """What every arm costs now."""
    (found,) = comparisons(valued(scenario).model)
    return {name: float(arm.cost[0]) for name, arm in found.arms.items()}


EACH = {"per_cycle": {"leeft": [3, 2, 1]}, "once": 4, "on_move": {"leeft": {"weg": 9}}}


def test_arms_by_hand() -> None:
    """1,000 people pay 2 at the start of the cycle; half of them, or with twice the risk; with a
    row of its own; and at another price and another entry."""
    worth = {"per_cycle": {"leeft": 2}, "once": 1}
    worth["by_arm"] = {"dubbel": {"per_cycle": {"leeft": 5}, "once": 3}}
    scenario = leaving(worth, "start_of_year", years=2, cycles=2, counting="start")
    scenario["basis"]["discounting"]["rate"] = 0
    scenario["cohorts"][0]["programme"] = {"start": {"leeft": 500}}
    scenario["cohorts"][0]["arms"] = [
        {"id": "dubbel", "what": "D", "relative_risk": 2, "on": {"leeft": ["weg"]}},
        {"id": "eigen", "what": "E", "moves": {"leeft": {"weg": 0.5}}},
        {"id": "gelijk", "what": "G"},
    ]
    told = {
        "without": 1000 + 2 * (1000 + 980),
        "with": 500 + 2 * (500 + 490),
        "dubbel": 3000 + 5 * (1000 + 960),
        "eigen": 1000 + 2 * (1000 + 500),
        "gelijk": 1000 + 2 * (1000 + 980),
    }
    assert brought(scenario) == pytest.approx(told)
    assert central(valued(scenario).model).balance()[0] == pytest.approx(4960 - 2480)


@pytest.mark.parametrize(
    ("counting", "competing"),
    list(zip(COUNTINGS, ["added", "mortality_first", "hazards"] * 2, strict=True)),
)
def test_the_same_chance_in_other_words(counting: str, competing: str) -> None:
    """A chance of 2 %, a list of it, an exponential and a Weibull time, a table of chances or of
    rates by age, and the rest that stays: all arms cost the same, in quarters too."""
    rate = -math.log(0.98)
    ways: list[Record] = [
        {"weg": [0.02, 0.02, 0.02]},
        {"weg": {"exponential": {"rate": rate * 4}}},
        {"weg": {"weibull": {"shape": 1, "scale": 1 / (rate * 4)}}},
        {"weg": {"gompertz": {"shape": 0, "rate": rate * 4}}},
    ]
    cohort = {"cycles": 5, "cycles_per_year": 4, "counting": counting, "competing": competing}
    scenario = leaving(EACH, years=2, **cohort)
    scenario["cohorts"][0]["programme"] = {"moves": {"leeft": {"weg": 0.02}}}
    scenario["cohorts"][0]["arms"] = [
        {"id": f"arm-{n}", "what": "A", "moves": {"leeft": row}} for n, row in enumerate(ways)
    ]
    found = brought(scenario)
    assert list(found.values()) == pytest.approx([found["without"]] * 6, rel=1e-12)
    for table in (
        {"chance_by_age": {0: 1 - 0.98**4}},
        {"rate_by_age": {0: rate * 4, 60: rate * 4}},
    ):
        by_age = leaving(EACH, years=2, **cohort)
        by_age["cohorts"][0] |= {"moves": {}, "programme": {"start": {"leeft": 1000}}}
        by_age["cohorts"][0]["mortality"] = {"to": "weg", "start_age": 59.3, **table}
        assert brought(by_age)["without"] == pytest.approx(found["without"], rel=1e-12)


def test_death_by_age_is_a_move_that_the_programme_changes() -> None:
    """A yearly chance of 19 % is one of 10 % in half a year; a hazard ratio of 0.5, and a state in
    which nobody dies."""
    scenario = leaving({"on_move": {"leeft": {"weg": 1}}}, cycles=1, cycles_per_year=2)
    scenario["basis"]["discounting"]["rate"] = 0
    noun = scenario["cohorts"][0]
    noun |= {"moves": {}, "programme": {"hazard_ratio": 0.5, "on": {"leeft": ["weg"]}}}
    noun["mortality"] = {"to": "weg", "start_age": 80, "chance_by_age": {80: 0.19}}
    assert costs(scenario) == pytest.approx((100, 1000 * (1 - 0.9**0.5)))
    noun["mortality"]["hazard_ratio"] = {"leeft": 2}
    assert costs(scenario) == pytest.approx((190, 100))


def test_uncertain_parameters_by_draw() -> None:
    """Of each draw the chance is that of its own parameters: 1 - S(t + u)/S(t) by hand."""
    wide = {"lognormal": {"median": 1.5, "sd_log": 0.3}, "because": "Voorbeeld."}
    scale = {"low": 5, "best": 8, "high": 20, "because": "Voorbeeld."}
    moves = {"leeft": {"weg": {"weibull": {"shape": wide, "scale": scale}}}}
    scenario = leaving(
        {"per_cycle": {"leeft": 1}}, years=2, cycles=4, cycles_per_year=2, moves=moves
    )
    model = valued(scenario).model
    (line,) = model.cohorts
    values = model.quantities.at(np.random.default_rng(1).random((2, 50)))
    path = "cohorts.groep.moves.leeft.weg.weibull"
    shapes, scales = (values[f"{path}.{name}"] for name in ("shape", "scale"))
    told = [1000 * np.exp(-((moment / 2 / scales) ** shapes)) for moment in range(5)]
    np.testing.assert_allclose(Course.of(line, values, 0).path[0], told, rtol=1e-12)
