"""From the nouns of care to the lines of a model."""

from typing import Any

import pytest
from care_in_memory import CONDITIONS, TIERS, bare, one_tier, worked_example
from models_in_memory import Record, model

from sroi.model.lines.lines import NOTHING, ONE, LadderLine, RegisterLine, ShiftLine

LADDER = "care_ladder.zorgladder"
BECAUSE = {"because": "Voorbeeld."}


def ladder(found: Record) -> LadderLine:
    """The line of the one ladder of a scenario."""
    return model(found).ladders[0]


def example(**changes: Any) -> LadderLine:
    """The line of the worked example with changes of its ladder."""
    found = worked_example()
    found["care_ladder"][0] |= changes
    return ladder(found)


def with_effect(**changes: Any) -> LadderLine:
    """The line of the worked example with changes of its intervention."""
    found = worked_example(conditions=True)
    found["care_ladder"][0]["intervention"] |= changes
    return ladder(found)


def shift(**changes: Any) -> ShiftLine:
    """The line of a direct shift."""
    found = bare(years=3)
    found["activities"] = [{"id": "bezoek", "what": "B", "unit": "huishouden", "volume": [1, 2, 3]}]
    noun = {
        "id": "verschuiving", "what": "V", "stakeholder": "bewoners", "of": "bezoek",
        "duration": 1.5, "cost": 8000, "payers": {"gemeente": 1}, "paid_per_unit": 0.6,
        "backfill": 0.3, "capacity_step": 4, "effect_basis": "causal",
    }  # fmt: skip
    found["direct_shift"] = [noun | changes]
    return model(found).shifts[0]


def test_quantities_go_by_the_path_in_the_file() -> None:
    """Every part of a ladder knows where its numbers stand."""
    line = example(relapse=0.1)
    assert line.relapse == f"{LADDER}.relapse"
    assert line.programme == tuple(
        f"{LADDER}.intervention.{name}"
        for name in (
            "hazard_ratio_up",
            "hazard_ratio_down",
            "diversion",
            "net_widening",
            "needs_heavy_care",
        )
    )
    assert line.rates[0].inflow[2] == f"{LADDER}.inflow.{TIERS[2]}"
    assert line.rates[0].moves[0, 1] == f"{LADDER}.moves.{TIERS[0]}.{TIERS[1]}"
    assert line.rates[0].exits[0] == f"{LADDER}.moves.{TIERS[0]}.exit"
    contract = line.tiers[2].contract
    assert contract.backfill == f"{LADDER}.tiers.{TIERS[2]}.backfill"
    assert contract.renewal == f"{LADDER}.contracts.renewal"
    assert line.effect.ramp == (
        "logistic",
        f"{LADDER}.intervention.ramp.logistic.midpoint",
        f"{LADDER}.intervention.ramp.logistic.steepness",
    )


def test_what_a_programme_does_not_say_it_does_not_do() -> None:
    """A hazard ratio is 1, a share of people 0."""
    found = one_tier()
    assert ladder(found).programme == (
        ONE,
        ONE,
        "care_ladder.ladder.intervention.diversion",
        NOTHING,
        NOTHING,
    )


def test_nobody_comes_in_or_exits_where_nothing_is_said() -> None:
    """A tier without inflow or exit has none."""
    found = one_tier()
    found["care_ladder"][0]["moves"] = {"licht": {"exit": 1}, "zwaar": {"licht": 1}}
    line = ladder(found)
    assert line.rates[0].inflow == (NOTHING, "care_ladder.ladder.inflow.zwaar")
    assert line.rates[0].exits == ("care_ladder.ladder.moves.licht.exit", NOTHING)


def test_only_heavy_care_has_a_contract_and_two_classes() -> None:
    """Light support is money at once; of heavy care a part cannot be cashed."""
    built = model(worked_example())
    light, heavy = built.ladders[0].tiers[1], built.ladders[0].tiers[2]
    assert (light.contract, len(light.flows), len(heavy.flows)) == (None, 1, 2)
    totals = [flow.shares.sum(axis=0).round(9).tolist() for flow in (*light.flows, *heavy.flows)]
    assert totals == [[1, 0, 0], [1, 0, 0], [0, 1, 0]]


def test_a_capacity_step_is_one_place_unless_said() -> None:
    """All paid per unit has no capacity to cut."""
    heavy = ladder(one_tier()).tiers[1]
    assert heavy.contract.capacity_step == 1


def test_the_starts() -> None:
    """The steady state, the end of the register, or as stated."""
    assert example().start == ()
    stated = example(start={TIERS[2]: 5, "recently-closed": 7}, relapse=0.1).start
    assert stated == (
        NOTHING,
        NOTHING,
        f"{LADDER}.start.{TIERS[2]}",
        NOTHING,
        NOTHING,
        f"{LADDER}.start.recently-closed",
    )
    line = ladder(registered(start="observed"))
    assert line.start == (110.0, 200.0)


def registered(**changes: Any) -> Record:
    """One tier with a register instead of moves."""
    found = one_tier()
    noun = found["care_ladder"][0]
    del noun["moves"], noun["inflow"]
    noun["register"] = {
        "period": 0.5,
        "tiers": {
            "licht": {"begin": 100, "inflow": 60, "outflow": 50, "end": 110},
            "zwaar": {"begin": 200, "inflow": 80, "outflow": 80, "end": 200},
        },
        "split": {"licht": {"zwaar": "10%", "exit": "90%"}},
        "split_counts": {"zwaar": {"exit": 30, "licht": 10}},
    }
    noun |= changes
    return found


def test_a_register_is_kept_as_counted() -> None:
    """Counts in columns, shares without those who exit, and sticks of what was counted."""
    rates = ladder(registered()).rates
    path = "care_ladder.ladder.register.split_counts.zwaar.exit"
    columns = ((100.0, 200.0), (60.0, 80.0), (50.0, 80.0), (110.0, 200.0))
    expected = RegisterLine(*columns, 0.5, {(0, 1): 0.1}, {1: ((None, path), (0, ""))})
    assert rates == expected


@pytest.mark.parametrize(
    ("stated", "reference"),
    [("ideal", 1), ("expected", 0.36088875), (0.5, 0.5), ("36%", 0.36), (1, 1)],
)
def test_where_the_effect_was_measured(stated: Any, reference: float) -> None:
    """Everybody moved along, as is expected here, or as stated."""
    assert with_effect(reference=stated).effect.reference == pytest.approx(reference, rel=1e-14)


def test_what_is_expected_is_the_mean_and_not_the_best_guess() -> None:
    """Of a range too, and of one that is cut off at its domain."""
    found = worked_example(conditions=True)
    found["enabling_conditions"] = [
        {"id": "een", "what": "Een", "who": "gemeente", "criticality": 0.5,
         "moves_along": {"low": 0, "best": 0.2, "high": 1, "shape": "triangular", **BECAUSE}},
        {"id": "twee", "what": "Twee", "who": "gemeente", "moves_along": 1,
         "criticality": {"lognormal": {"median": 0.3, "sd_log": 0.3}, **BECAUSE}},
    ]  # fmt: skip
    assert ladder(found).effect.reference == pytest.approx(1 - 0.5 * 0.6, rel=1e-12)


def test_without_conditions_the_expected_setting_is_the_ideal_one() -> None:
    """There is nobody who would have to move along."""
    found = worked_example()
    found["care_ladder"][0]["intervention"]["reference"] = "expected"
    line = ladder(found)
    assert (line.effect.reference, line.effect.conditions) == (1, ())


def test_every_effect_rests_on_all_conditions() -> None:
    """On a ladder and in a direct shift the same."""
    found = worked_example(conditions=True)
    paths = tuple(
        (f"enabling_conditions.{x}.criticality", f"enabling_conditions.{x}.moves_along")
        for x in CONDITIONS
    )
    assert ladder(found).effect.conditions == paths


def test_only_gross_effects_are_corrected() -> None:
    """A causal one has been already."""
    gross = {"effect_basis": "gross", "deadweight": 0.2, "attribution_to_others": 0.1}
    assert with_effect(**gross).effect.corrections == (
        f"{LADDER}.intervention.deadweight",
        f"{LADDER}.intervention.attribution_to_others",
    )
    assert with_effect().effect.corrections == ()


def test_capacity_in_both_forms() -> None:
    """What can be done is a number by year, or follows from staff."""
    at = f"{LADDER}.intervention.capacity"
    stated = with_effect(capacity={"demand": 80, "possible": list(range(10))}).effect
    assert stated.demand == (f"{at}.demand",) * 10
    assert stated.possible[:2] == (f"{at}.possible.2026", f"{at}.possible.2027")
    assert stated.staff == ()
    staff = {"fte": 2, "hours": 1500, "direct_share": 0.6, "absent": 0.1, "hours_each": 9}
    counted = with_effect(capacity={"demand": 80, **staff}).effect
    assert (counted.possible, counted.staff[0]) == ((), f"{at}.fte")
    assert len(counted.staff) == 5


@pytest.mark.parametrize(
    ("stated", "paths"),
    [
        ({"at_risk": 0.2, "risk_reduction": 0.1}, ("at_risk", "risk_reduction", "")),
        ({"substitution": 0.05}, ("", "", "substitution")),
    ],
)
def test_both_forms_of_a_direct_shift(stated: Record, paths: tuple[str, ...]) -> None:
    """What is not stated is 1, so that the product holds for both."""
    line = shift(**stated)
    expected = tuple(f"direct_shift.verschuiving.{path}" if path else ONE for path in paths)
    assert (line.at_risk, line.reduction, line.substitution) == expected
    assert line.volumes == tuple(f"activities.bezoek.volume.{y}" for y in (2026, 2027, 2028))
    assert line.care.contract.lag == "direct_shift.verschuiving.contracts.lag"


@pytest.mark.parametrize(
    ("evidence", "kept"),
    [((1, 1, 1), 1.0), ((2, 3, 1), 0.9), ((2, 3, None), 0.6), ((1, 4, 5), 0.75)],
)
def test_optimism_bias_goes_by_the_weakest_evidence(evidence: Any, kept: float) -> None:
    """Of both hazard ratios and diversion; none is a guess."""
    found = worked_example(uncertain=False)
    found["basis"]["optimism_bias"] = "by_evidence"
    effects = found["care_ladder"][0]["intervention"]
    names = ("hazard_ratio_up", "hazard_ratio_down", "diversion")
    for name, grade in zip(names, evidence, strict=True):
        effects[name] = {"value": effects[name]} | ({"evidence": grade} if grade else {})
    assert ladder(found).effect.kept == pytest.approx(kept)


def test_only_what_gains_rest_on_is_graded() -> None:
    """That people come extra is a loss, and an effect that is not there has no grade."""
    found = one_tier()
    found["basis"]["optimism_bias"] = "by_evidence"
    effects = found["care_ladder"][0]["intervention"]
    effects |= {"diversion": {"value": 0.2, "evidence": 2}, "net_widening": 0.1}
    effects["needs_heavy_care"] = 0.1
    assert ladder(found).effect.kept == pytest.approx(0.95)
