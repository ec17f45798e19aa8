"""What must hold of the money of avoided care, whatever the scenario says."""

import copy
import random
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from care_at_random import random_care_scenario
from care_in_memory import CONDITIONS, TIERS, bare, one_tier, sick_sicker, worked_example
from care_ladders import INVESTMENT
from hypothesis import given, settings
from hypothesis import strategies as st
from models_in_memory import Record, at_points, model
from slow_ladder import renews

from sroi.model.care.conditions import effectiveness
from sroi.model.flows import care_flows, cohort_flows
from sroi.model.flows.care_flows import (
    avoided_by,
    broken,
    intensity_at,
    ladder_at,
    shift_of,
    start_of,
)
from sroi.model.flows.engine import central, results_at, run
from sroi.model.flows.results import Perspective, Results, purse
from sroi.model.lines.lines import CLASSES, EffectLine
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values
from sroi.model.uncertain.sampling import points

BECAUSE = {"because": "Voorbeeld."}
PATH = "care_ladder.zorgladder.intervention"
NOTHING = {"hazard_ratio_up": 1, "hazard_ratio_down": 1, "diversion": 0, "net_widening": 0}
GENERATED = range(1000, 1016)
DRAWS = 32
FEW = settings(max_examples=25, deadline=None)


@lru_cache(maxsize=len(GENERATED))
def scenario(number: int) -> Record:
    """A generated scenario."""
    return random_care_scenario(random.Random(number))


def drawn(built: Model, draws: int = DRAWS, seed: int = 1) -> Results:
    """Results at plain draws."""
    return at_points(built, points("plain", seed, 0, draws, len(built.quantities.rows)))


def spread(x: float) -> Record:
    """A range about a value."""
    return {"low": 0.5 * x, "best": x, "high": 1.5 * x, **BECAUSE}


def ladder_of(found: Record) -> Record:
    """The ladder of a scenario with one."""
    return found["care_ladder"][0]


# ---------------------------------------------------------------------------------------------
# Nothing


def without_effect(found: Record) -> Record:
    """The same scenario in which no programme does anything."""
    found = copy.deepcopy(found)
    found["investment"], found["outcomes"] = [], []
    for ladder in found.get("care_ladder", []):
        effects = ladder["intervention"] | NOTHING
        if not any(tier["level"] == 1 for tier in ladder["tiers"]):
            effects = {key: x for key, x in effects.items() if key not in list(NOTHING)[2:]}
        ladder["intervention"] = effects
    for shift in found.get("direct_shift", []):
        shift["risk_reduction" if "at_risk" in shift else "substitution"] = 0
    for cohort in found.get("cohorts", []):
        table = "moves" if "moves" in cohort else "counts"
        origin, row = next(iter(cohort[table].items()))
        other = next(place for place in row if place != origin)
        cohort["programme"] = {"relative_risk": 1, "on": {origin: [other]}}
        for line in cohort["costs"]:
            line.pop("with_programme", None)
    return found


@pytest.mark.parametrize("number", GENERATED)
def test_without_effect_there_is_exactly_nothing(number: int) -> None:
    """Not a rounding: zero in every draw and every flow, from the steady state or observed."""
    found = drawn(model(without_effect(scenario(number))))
    assert (found.present == 0).all()
    assert (found.sums == 0).all()


def test_before_the_programme_begins_there_is_nothing() -> None:
    """An effect that comes after the horizon is none."""
    found = worked_example()
    found["investment"] = []
    ladder_of(found)["intervention"] |= {"lag": 12, "ramp": {"linear": {"years": spread(2)}}}
    assert (drawn(model(found)).present == 0).all()


def test_what_is_not_ours_is_nothing() -> None:
    """Where all would have happened anyway nothing is left."""
    found = worked_example()
    found["investment"] = []
    effects = ladder_of(found)["intervention"]
    effects |= {"effect_basis": "gross", "deadweight": {"value": 1, **BECAUSE}}
    effects["attribution_to_others"] = 0.2
    assert (drawn(model(found)).present == 0).all()


# ---------------------------------------------------------------------------------------------
# Bits


def quick() -> Model:
    """Two years with a ladder from observed stocks, a direct shift and a cohort."""
    found = worked_example(conditions=True)
    found["basis"] |= {"years": 2}
    found["investment"] = []
    ladder_of(found)["start"] = {tier["id"]: 100 for tier in tiers(found)}
    ladder_of(found)["relapse"] = spread(0.15)
    found["activities"] = [
        {"id": "bezoek", "what": "Bezoek", "unit": "huishouden", "volume": spread(200)}
    ]
    found["direct_shift"] = [direct_shift(substitution={"low": -0.1, "best": 0.05, "high": 0.25})]
    found["cohorts"] = sick_sicker()["cohorts"]
    found["cohorts"][0] |= {"cycles": 2}
    found["cohorts"][0]["moves"]["sick"]["sicker"] = spread(0.1)
    return model(found)


def tiers(found: Record) -> list[Record]:
    """The tiers of a ladder."""
    return ladder_of(found)["tiers"]


def direct_shift(**changes: Any) -> Record:
    """Avoided dagbesteding of those who are reached."""
    return {
        "id": "verschuiving",
        "what": "Minder zorg",
        "stakeholder": "bewoners",
        "of": "bezoek",
        "duration": 1.5,
        "cost": 8000,
        "payers": {"gemeente": 1},
        "paid_per_unit": 0.6,
        "backfill": 0.3,
        "capacity_step": 4,
        "effect_basis": "causal",
        **changes,
    }


def same_bits(one: Results, other: Results) -> bool:
    """Whether every number is the same to its last bit."""
    return np.array_equal(one.present, other.present) and np.array_equal(one.sums, other.sums)


def test_blocks_and_threads_do_not_change_a_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    """However the draws are cut, and whoever does them."""
    built, draws = quick(), 16 * 2048
    expected = run(built, draws, 1, threads=1)
    assert same_bits(expected, run(built, draws, 1, threads=3, block=1024))
    monkeypatch.setattr(care_flows, "BLOCK", 1024)
    monkeypatch.setattr(cohort_flows, "BLOCK", 2048)
    assert same_bits(expected, run(built, draws, 1, threads=2, block=2048))


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("tiers", 2, "cost"), spread(6500)),
        (("tiers", 2, "paid_per_unit"), spread(0.5)),
        (("tiers", 2, "backfill"), spread(0.3)),
        (("contracts", "lag"), spread(1)),
        (("contracts", "renewal"), spread(3)),
        (("contracts", "friction"), spread(0.2)),
        (("intervention", "lag"), spread(0.5)),
        (("intervention", "diversion"), spread(0.05)),
        (("inflow",), {TIERS[0]: spread(100), TIERS[2]: 100}),
        (("relapse",), spread(0.2)),
        (("start",), {TIERS[2]: spread(900)}),
    ],
)
def test_one_quantity_may_be_uncertain_and_the_rest_not(where: tuple[Any, ...], value: Any) -> None:
    """Many draws at once are what each of them is by itself."""
    found = worked_example(uncertain=False)
    found["basis"]["years"], found["investment"] = 4, []
    part: Any = ladder_of(found)
    for step in where[:-1]:
        part = part[step]
    part[where[-1]] = value
    built, unit = model(found), points("plain", 1, 0, 4, 1)
    assert len(built.quantities.rows) == 1
    alone = [at_points(built, unit[:, [draw]]).present[:, 0] for draw in range(4)]
    assert np.array_equal(at_points(built, unit).present, np.array(alone).T)


@pytest.mark.parametrize("part", ["per_cycle", "with_programme"])
def test_the_price_of_a_certain_cohort_may_be_uncertain(part: str) -> None:
    """What a state costs may vary where nobody knows of a doubt about the moves."""
    found = sick_sicker()
    found["cohorts"][0]["costs"][0][part]["sick"] = spread(6000)
    results = drawn(model(found), 32)
    assert np.ptp(results.balance()) > 0


# ---------------------------------------------------------------------------------------------
# One tier by itself


CONTRACT = {"paid_per_unit": 0.6, "backfill": 0.3, "capacity_step": 2}
EFFECT = {
    "effect_basis": "gross",
    "deadweight": 0.2,
    "attribution_to_others": 0.1,
    "ramp": {"logistic": {"midpoint": spread(1.5), "steepness": 2.5}},
    "lag": 0.5,
    "reference": 0.5,
    "capacity": {"demand": 100, "possible": spread(70)},
}
TERMS = {"lag": 0.4, "renewal": 2, "friction": 0.2}


def both_ways() -> Model:
    """The same care avoided on a ladder of one heavy tier, by diversion, and by a direct shift."""
    found = one_tier(years=8)
    ladder = ladder_of(found)
    ladder |= {"contracts": TERMS, "inflow": {"zwaar": 100}, "moves": {"zwaar": {"exit": 1}}}
    ladder["moves"]["licht"] = {"exit": 2}
    light, heavy = ladder["tiers"]
    light["cost"] = 0
    heavy |= CONTRACT
    ladder["intervention"] = {"diversion": spread(0.1), **EFFECT}
    found["basis"]["optimism_bias"] = "by_evidence"
    found["enabling_conditions"] = [
        {"id": "toegang", "what": "Toegang", "who": "gemeente", "criticality": 0.6,
         "moves_along": spread(0.5)}
    ]  # fmt: skip
    found["activities"] = [
        {"id": "bezoek", "what": "Bezoek", "unit": "huishouden", "volume": spread(100)}
    ]
    shift = direct_shift(
        at_risk=1, risk_reduction=spread(0.1), duration=spread(1), cost=heavy["cost"]
    )
    found["direct_shift"] = [shift | CONTRACT | EFFECT | {"contracts": TERMS, "price_year": 2024}]
    return model(found)


BOTH_WAYS = both_ways()


@FEW
@given(
    st.floats(20, 2000), st.floats(0.05, 3), st.floats(0, 0.9), st.floats(0, 4), st.floats(0, 200)
)
def test_one_tier_with_diversion_is_a_direct_shift(
    people: float, duration: float, share: float, midpoint: float, possible: float
) -> None:
    """The same year by year, in the same classes: reach is the inflow, the rate 1/duration."""
    ladder, shift = "care_ladder.ladder", "direct_shift.verschuiving"
    ramp, staff = "ramp.logistic.midpoint", "capacity.possible"
    changed = {
        f"{shift}.risk_reduction": share,
        f"{shift}.duration": duration,
        "activities.bezoek.volume": people,
        f"{ladder}.intervention.diversion": share,
        f"{ladder}.inflow.zwaar": people,
        f"{ladder}.moves.zwaar.exit": 1 / duration,
        f"{ladder}.intervention.{ramp}": midpoint,
        f"{ladder}.intervention.{staff}": possible,
        f"{shift}.{ramp}": midpoint,
        f"{shift}.{staff}": possible,
    }
    results = central(BOTH_WAYS, changed)
    one, other = (results.rows(kind) for kind in ("care_ladder", "direct_shift"))
    one = [row for row in one if results.lines[row].endswith("zwaar")]
    for first, second in zip(one, other, strict=True):
        amounts = results.by_year_of_row(first)
        size = float(np.abs(amounts).max())
        expected = pytest.approx(amounts, rel=1e-9, abs=1e-9 * size + 1e-9 * people)
        assert results.by_year_of_row(second) == expected


def test_the_two_ways_avoid_the_same_care() -> None:
    """Before any contract: person-years of each step."""
    values = BOTH_WAYS.quantities.centre()
    ladder = shift_of(BOTH_WAYS, BOTH_WAYS.ladders[0], values).avoided[1]
    np.testing.assert_allclose(
        ladder, avoided_by(BOTH_WAYS, BOTH_WAYS.shifts[0], values), rtol=1e-9, atol=1e-12
    )


# ---------------------------------------------------------------------------------------------
# Who has it


@pytest.mark.parametrize("number", GENERATED)
def test_payers_and_classes_add_up_to_society(number: int) -> None:
    """In every draw, and in every year on average."""
    found = drawn(model(scenario(number)), 16)
    views = [purse(payer) for payer in found.model.payers]
    classes = [Perspective(None, frozenset({cash})) for cash in CLASSES]
    size = np.abs(found.present).sum() + 1
    for parts in (views, classes):
        total = sum(found.balance(part) for part in parts)
        assert total == pytest.approx(found.balance(), rel=1e-9, abs=1e-12 * size)
        rows = found.rows("benefits")
        yearly = sum(found.by_year(rows, part) for part in parts)
        assert yearly == pytest.approx(found.by_year(rows), rel=1e-9, abs=1e-12 * size)


PROXY = {
    "id": "eigen-prijs",
    "name": "Prijs",
    "unit": "EUR/dag",
    "price_year": 2024,
    "payers": {"gemeente": 0.7, "zorgverzekeraar": 0.3},
    "cash": "hard",
    "cost_concept": "marginal",
    "vat": "unknown",
    "source": "eigen-bron[p. 1]",
    "quote": "Een dag.",
    "provenance": "first-hand",
    "evidence": "C",
    "review": {"status": "draft"},
}


def priced(tier: int, **prices: Any) -> Results:
    """One tier of care of 50 days a year at a price, the other for nothing."""
    found = one_tier()
    for number, noun in enumerate(tiers(found)):
        noun["cost"] = 0
        if number == tier:
            for key in ("cost", "price_year", "payers"):
                del noun[key]
            noun |= {"proxy": "eigen-prijs", "units": 50}
    found["proxies"] = [PROXY | prices]
    return central(model(found))


@pytest.mark.parametrize("tier", [0, 1], ids=["light", "heavy"])
@pytest.mark.parametrize("tariff", [80, 130], ids=["below", "above"])
def test_with_two_prices_society_has_the_cost_and_payers_the_tariff(tier: int, tariff: int) -> None:
    """The provider keeps what is between them, below zero where the tariff is the higher one."""
    found, plain = priced(tier, value=100, tariff=tariff), priced(tier, value=100)
    whole = plain.benefits()[0]
    assert whole != 0
    assert found.benefits()[0] == pytest.approx(whole)
    for payer, share in PROXY["payers"].items():
        assert found.benefits(purse(payer))[0] == pytest.approx(share * tariff / 100 * whole)
    kept = found.benefits(purse("aanbieder", "soft"))[0]
    assert kept == pytest.approx((1 - tariff / 100) * whole)


def test_what_cannot_be_cashed_is_soft_or_pro_memoria() -> None:
    """The choice moves it between two classes and changes nothing else."""
    soft, pm = worked_example(uncertain=False), worked_example(uncertain=False)
    for tier in tiers(pm)[2:]:
        tier["not_cashable"] = "pm"
    one, other = central(model(soft)), central(model(pm))
    assert np.array_equal(one.present, other.present)
    view = {cash: Perspective(None, frozenset({cash})) for cash in CLASSES}
    assert one.benefits(view["soft"])[0] == other.benefits(view["pm"])[0] != 0
    assert one.benefits(view["hard"])[0] == other.benefits(view["hard"])[0]
    assert one.benefits(view["pm"])[0] == other.benefits(view["soft"])[0] == 0


# ---------------------------------------------------------------------------------------------
# More of what is bad is worse


@lru_cache(maxsize=1)
def example() -> Model:
    """The worked example, with all of its effects and contracts uncertain."""
    found = worked_example()
    for tier in tiers(found)[2:]:
        tier["backfill"] = spread(0.4)
    return model(found)


def along(path: str, grid: list[float]) -> list[Results]:
    """Results with a quantity at each place of a grid: the central case and then the draws."""
    unit = points("plain", 5, 0, DRAWS, len(example().quantities.rows))
    values, centre = example().quantities.at(unit), example().quantities.centre()
    rows = {key: np.append(centre[key], x) for key, x in values.drawn.items()}
    fixed = [rows | {path: np.full(DRAWS + 1, x)} for x in grid]
    return [results_at(example(), Values(values.source, one, DRAWS + 1)) for one in fixed]


@pytest.mark.parametrize(
    ("name", "grid"),
    [
        ("hazard_ratio_up", [0.5, 0.9, 0.97, 1, 1.14, 2]),
        ("net_widening", [0, 0.01, 0.14, 1]),
        ("needs_heavy_care", [0, 0.15, 0.6, 1]),
    ],
)
def test_society_is_no_better_off_with_more_of_it(name: str, grid: list[float]) -> None:
    """Neither in the central case nor in any draw."""
    for better, worse in pairwise(along(f"{PATH}.{name}", grid)):
        assert (worse.balance() <= better.balance() + 1e-9 * np.abs(better.balance())).all()


@pytest.mark.parametrize("tier", TIERS[2:])
def test_a_waiting_list_never_adds_cash(tier: str) -> None:
    """Backfill takes hard money from every payer, and nothing from society."""
    path = f"care_ladder.zorgladder.tiers.{tier}.backfill"
    for better, worse in pairwise(along(path, [0, 0.2, 0.5, 0.9, 1])):
        least = 1e-9 * np.abs(better.present).sum(axis=0)
        assert (np.abs(worse.balance() - better.balance()) <= least).all()
        for payer in example().payers:
            ours, theirs = (x.benefits(purse(payer, "hard")) for x in (worse, better))
            assert (ours <= theirs + least).all()


@pytest.mark.parametrize("number", GENERATED)
def test_optimism_bias_never_raises_a_balance(number: int) -> None:
    """Of society and of who pays, in any draw; a tariff above the cost is the provider's gain."""
    plain, cut = copy.deepcopy(scenario(number)), copy.deepcopy(scenario(number))
    plain["basis"]["optimism_bias"] = "none"
    cut["basis"]["optimism_bias"] = "by_evidence"
    before, after = drawn(model(plain), 16), drawn(model(cut), 16)
    views = [purse(payer) for payer in before.model.payers if payer != "aanbieder"]
    for view in (Perspective(), *views):
        least = 1e-9 * (np.abs(before.present).sum(axis=0) + 1)
        assert (after.balance(view) <= before.balance(view) + least).all()


def test_optimism_bias_takes_from_heavy_care_that_is_avoided_by_its_weakest_evidence() -> None:
    """A guess leaves 60 %; light support is not touched, and harm is counted in full."""
    found = one_tier()
    ladder_of(found)["intervention"]["diversion"] = {"value": 0.2, "evidence": 5}
    plain = central(model(found))
    found["basis"]["optimism_bias"] = "by_evidence"
    cut = central(model(found))
    of = {name: cut.rows("care_ladder", [f"ladder.{name}"]) for name in ("licht", "zwaar")}
    heavy = plain.present_values(of["zwaar"])[0]
    assert heavy > 0
    assert cut.present_values(of["zwaar"])[0] == pytest.approx(0.75 * heavy)
    light = plain.present_values(of["licht"])[0]
    assert cut.present_values(of["licht"])[0] == light < 0
    harmful = ladder_of(found)["intervention"]
    harmful |= {"diversion": 0, "net_widening": 0.1, "needs_heavy_care": 1}
    cut = central(model(found)).balance()[0]
    found["basis"]["optimism_bias"] = "none"
    assert cut == central(model(found)).balance()[0] < 0


# ---------------------------------------------------------------------------------------------
# Enabling conditions


def effectiveness_at(effect: EffectLine, values: Values) -> np.ndarray:
    """E (draw)."""
    weights, moved = (
        [values[path] for path in paths] for paths in zip(*effect.conditions, strict=True)
    )
    return np.asarray(effectiveness(weights, moved))


def test_the_six_conditions_on_average() -> None:
    """E[E] is 0.36088875: exactly, in the central case, and over the draws to four errors."""
    built = model(worked_example(conditions=True))
    effect = built.ladders[0].effect
    assert effect.reference == pytest.approx(0.36088875, rel=1e-14)
    middle = effectiveness_at(effect, built.quantities.centre())
    assert middle == pytest.approx(0.36088875, rel=1e-14)
    unit = points("plain", 3, 0, 20_000, len(built.quantities.rows))
    e = effectiveness_at(effect, built.quantities.at(unit))
    error = e.std() / len(e) ** 0.5
    assert abs(e.mean() - 0.36088875) <= 4 * error


def test_the_central_case_of_a_chance_is_the_chance() -> None:
    """Somebody who moves along in three of four cases does so for three quarters."""
    centre = model(worked_example(conditions=True)).quantities.centre()
    for name, (_, chance) in CONDITIONS.items():
        assert centre[f"enabling_conditions.{name}.moves_along"][0] == chance


def test_in_the_setting_where_it_was_measured_the_conditions_change_nothing() -> None:
    """With E as expected here the central case is that without conditions."""
    with_, without = (model(worked_example(False, conditions=x)) for x in (True, False))
    assert central(with_).balance()[0] == pytest.approx(central(without).balance()[0], rel=1e-12)


# ---------------------------------------------------------------------------------------------
# Parts of an effect, a register and a cohort


def test_staff_enough_is_as_no_limit() -> None:
    """And staff for half of what is asked for is half of the effect at the door."""
    found = one_tier()
    free = central(model(found)).balance()[0]
    effects = ladder_of(found)["intervention"]
    staff = {"fte": 2, "hours": 1500, "direct_share": 0.6, "absent": 0.1, "hours_each": 9}
    effects["capacity"] = {"demand": 180, **staff}
    assert central(model(found)).balance()[0] == free
    effects["capacity"]["demand"] = 360
    assert central(model(found)).balance()[0] == pytest.approx(free / 2)


def test_without_a_ramp_everything_comes_after_the_lag() -> None:
    """Nothing in the steps whose middle lies before it, all of it in those after it."""
    found = one_tier()
    ladder_of(found)["intervention"]["lag"] = 0.5
    built = model(found)
    m = intensity_at(built.ladders[0].effect, built.quantities.centre(), 2)
    assert m.tolist() == [0, 0, 1, 1, 1, 1, 1, 1]


def test_a_register_gives_the_rates_behind_it() -> None:
    """Those who leave, their shares and the residual inflow stand for moves of the same size."""
    found = one_tier()
    ladder = ladder_of(found)
    del ladder["moves"], ladder["inflow"]
    ladder["register"] = {
        "period": 0.5,
        "tiers": {
            "licht": {"begin": 100, "inflow": 60, "outflow": 50, "end": 110},
            "zwaar": {"begin": 200, "inflow": 80, "outflow": 80, "end": 200},
        },
        "split": {"zwaar": {"licht": "25%", "exit": "75%"}},
    }
    built = model(found)
    ladder = ladder_at(built.ladders[0], built.quantities.centre())
    assert ladder.rates == {(1, 0): pytest.approx(0.2)}
    assert ladder.exits == (pytest.approx(50 / 0.5 / 105), pytest.approx(0.6))
    # 120 a year come into light support, of whom 40 from heavy care
    assert ladder.inflow == (pytest.approx(80), pytest.approx(160))


@pytest.mark.parametrize("assumed", [{"people": 80}, {"new": 10}])
def test_a_tier_that_the_register_leaves_out(assumed: dict[str, int]) -> None:
    """A quarter of 120 who leave heavy care in a year come there, stay two years, and 10 come from
    outside; who is there starts there. Whichever of the two is stated, the other follows."""
    found = one_tier()
    ladder = ladder_of(found)
    del ladder["moves"], ladder["inflow"]
    ladder["register"] = {
        "period": 0.5,
        "tiers": {"zwaar": {"begin": 200, "inflow": 60, "outflow": 60, "end": 200}},
        "not_counted": {"licht": {"stays": 2} | assumed},
        "split": {"zwaar": {"licht": "25%", "exit": "75%"}},
    }
    ladder["start"] = "observed"
    built = model(found)
    line, values = built.ladders[0], built.quantities.centre()
    assert [float(np.squeeze(n)) for n in start_of(line, values) or ()] == [80, 200]
    known = ladder_at(line, values)
    assert known.exits == (pytest.approx(0.5), pytest.approx(0.45))
    assert [float(np.squeeze(n)) for n in known.inflow] == pytest.approx([10, 120])


def test_new_people_are_never_fewer_than_none() -> None:
    """Where in a draw more people come from another tier than came in, nobody else came in."""
    found = one_tier()
    ladder = ladder_of(found)
    del ladder["moves"], ladder["inflow"]
    counts = {"begin": 100, "inflow": 50, "outflow": 50, "end": 100}
    ladder["register"] = {
        "tiers": {"licht": counts, "zwaar": counts},
        "split_counts": {"zwaar": {"licht": 9, "exit": 1}},
    }
    built = model(found)
    path = "care_ladder.ladder.register.split_counts.zwaar.licht"
    inflow = [
        ladder_at(built.ladders[0], built.quantities.centre({path: x})).inflow[0][0]
        for x in (0.2, 1.0)
    ]
    assert inflow == [pytest.approx(40), 0]


def test_sticks_break_into_shares_of_one() -> None:
    """The first takes its part, each next one of what is left, and the last the rest."""
    row = ((2, "one"), (None, "two"), (0, ""))
    values: Any = {"one": np.array([0.5, 0.2]), "two": np.array([0.5, 0.25])}
    shares = list(broken(row, values))
    assert [place for place, _ in shares] == [2, None, 0]
    assert np.array([share for _, share in shares]).tolist() == [
        [0.5, 0.2],
        [0.25, 0.2],
        [0.25, pytest.approx(0.6)],
    ]


def test_cycles_fall_in_their_years() -> None:
    """Of 18 months the last six fall in the second year."""
    found = bare(years=2)
    found["cohorts"] = [
        {
            "id": "maanden",
            "what": "Maanden",
            "stakeholder": "bewoners",
            "states": [{"id": "a", "what": "A"}, {"id": "b", "what": "B"}],
            "start": {"a": 10},
            "cycles": 18,
            "cycles_per_year": 12,
            "moves": {"a": {"b": 0}},
            "costs": [
                {"id": "post", "what": "Post", "payers": {"gemeente": 1},
                 "per_cycle": {"a": 3}, "with_programme": {"a": 1}}
            ],
        }
    ]  # fmt: skip
    results = central(model(found))
    assert results.by_year_of_row(0).tolist() == [240, 120]


@given(st.integers(1, 60), st.floats(1, 40))
def test_the_reference_renews_once_in_every_period(step: int, period: float) -> None:
    """The slow calculation of a contract renews as often as its length fits in the time."""
    often = sum(renews(number, period) for number in range(1, step + 1))
    assert often == int(step / period + 1e-9)


def ending(years: int | None, fades: Any = None) -> Any:
    """The worked example in its central case, with a programme that ends."""
    found = worked_example(uncertain=False)
    if years is not None:
        found["care_ladder"][0]["intervention"] |= {"programme_years": years, "fades": fades}
    return central(model(found))


def test_a_programme_that_ends_by_hand() -> None:
    """One tier, turned away from the first day, that stops after a year of two.

    20(1 - e⁻¹) people less at the end of the first year, of whom e^(-t) are left t years later; in
    light support 10(1 - e⁻²) more, of whom e^(-2t). It costs 1,000 in the first year only.
    """
    found = one_tier()
    found["investment"] = [{"id": "inzet", "what": "I", "payer": "gemeente", "per_year": 1000}]
    ladder_of(found)["intervention"] |= {"programme_years": 1, "fades": "at_once"}
    results = central(model(found))
    gone = 1 - np.exp(-1)
    heavy = np.array([20 * np.exp(-1), 20 * gone * gone])
    light = -np.array([10 - 5 * (1 - np.exp(-2)), 10 * (1 - np.exp(-2)) ** 2 / 2])
    worth = results.by_year(results.rows("benefits"))
    assert worth == pytest.approx(1000 * heavy + 100 * light, rel=1e-9)
    assert results.by_year(results.rows("investment")) == pytest.approx([1000, 0])


def test_an_end_at_the_horizon_is_none() -> None:
    """Whatever becomes of the effect after it; not a bit differs."""
    usual = ending(None)
    for fades in ("never", "at_once", {"half_life": 2}):
        np.testing.assert_array_equal(ending(10, fades).present, usual.present)


def test_what_comes_after_the_last_year_by_hand() -> None:
    """One tier, turned away for two years; three more years count.

    20(1 - e⁻²) people less at the end of the second year, of whom e^(-t) are left t years later; in
    light support 10(1 - e⁻⁴) more, of whom e^(-2t).
    """
    found = one_tier()
    usual = central(model(found))
    end = {"programme_years": 2, "fades": "at_once", "counts_on": 3}
    ladder_of(found)["intervention"] |= end
    found["basis"]["horizon"] = "count"
    built = model(found)
    assert (built.horizon, built.years) == (2, 5)
    worth = central(built).by_year(central(built).rows("benefits"))
    np.testing.assert_array_equal(worth[:2], usual.by_year(usual.rows("benefits")))
    year = np.arange(3)
    heavy = 20 * (1 - np.exp(-2)) * (np.exp(-year) - np.exp(-year - 1))
    light = -10 * (1 - np.exp(-4)) * (np.exp(-2 * year) - np.exp(-2 * year - 2)) / 2
    assert worth[2:] == pytest.approx(1000 * heavy + 100 * light, rel=1e-9)


@pytest.mark.parametrize("fades", ["at_once", {"half_life": 2}, "never"])
def test_years_that_count_after_the_last_are_years(fades: Any) -> None:
    """Ten years of which the programme takes five, or five and what comes in the five after: care
    brings the same, bit for bit, and costs the same."""
    whole = ending(5, fades)
    found = worked_example(uncertain=False)
    end = {"programme_years": 5, "fades": fades, "counts_on": 5}
    found["care_ladder"][0]["intervention"] |= end
    found["basis"] |= {"years": 5, "horizon": "count"}
    for line in found["investment"]:
        if isinstance(line["per_year"], list):
            line["per_year"] = line["per_year"][:5]
    part = central(model(found))
    np.testing.assert_array_equal(
        part.by_year(part.rows("benefits")), whole.by_year(whole.rows("benefits"))
    )
    np.testing.assert_array_equal(part.benefits(), whole.benefits())
    np.testing.assert_array_equal(part.investment(), whole.investment())


def test_what_fades_slower_brings_more() -> None:
    """At once, by halves ever slower, never; and m stays what it was at the end, not below."""
    order = ("at_once", {"half_life": 0.5}, {"half_life": 2}, {"half_life": 50}, "never")
    found = [ending(5, fades) for fades in order]
    benefits = [float(one.benefits()[0]) for one in found]
    assert benefits == sorted(benefits)
    usual = float(ending(None).benefits()[0])
    assert usual > benefits[-1] > 0.95 * usual
    for one in found:
        costs = one.by_year(one.rows("investment"))
        assert costs[:5] == pytest.approx(INVESTMENT[:5])
        assert not costs[5:].any()


def test_who_is_counted_elsewhere_is_not_counted_again() -> None:
    """By hand: a fifth of the people in two parts leaves four fifths of what one tier comes to,
    where all is diverted at the door and so goes straight with m."""
    usual = central(model(one_tier()))
    shared_ = one_tier()
    ladder_of(shared_)["intervention"]["counted_elsewhere"] = 0.2
    less = central(model(shared_))
    np.testing.assert_allclose(less.present, 0.8 * usual.present, rtol=1e-9, atol=1e-6)
    for share in (0, 1):
        ladder_of(shared_)["intervention"]["counted_elsewhere"] = share
        found = central(model(shared_)).present
        np.testing.assert_array_equal(found, (1 - share) * usual.present)


def test_more_who_leave_stay_shorter_by_hand() -> None:
    """60 of on average 100 people leave in a year, or 66: they stay 1/0.6 or 1/0.66 of a year."""
    found = one_tier()
    ladder = ladder_of(found)
    del ladder["moves"], ladder["inflow"]
    still = {"begin": 50, "inflow": 50, "outflow": 50, "end": 50}
    heavy = {"begin": 100, "inflow": 60, "outflow": spread(60) | {"high": 66}, "end": 100}
    ladder["register"] = {"tiers": {"licht": still, "zwaar": heavy}}
    built = model(found)
    path = "care_ladder.ladder.register.tiers.zwaar.outflow"
    assert built.quantities.uncertain == [path]
    for leaving in (60.0, 66.0):
        values = built.quantities.centre({path: leaving})
        assert ladder_at(built.ladders[0], values).exits[1] == pytest.approx(leaving / 100)
