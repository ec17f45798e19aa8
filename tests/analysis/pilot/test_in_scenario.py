"""What a pilot means for a scenario: what a year more of counts is worth, and what it cannot be."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from care_in_memory import worked_example
from shipped_city import shipped_city
from valuations import valued

from sroi.analysis.pilot.found import PilotEffect
from sroi.analysis.pilot.in_scenario import at_full_strength, in_scenario, waiting
from sroi.analysis.result.draws import mean_and_error, results_of, some_draws
from sroi.analysis.sensitivity.information import known
from sroi.analysis.valuation.valuation import Valuation

LADDER = "zorgladder"


@cache
def plan(cost: float = 1.0) -> Valuation:
    """The worked ladder, uncertain, with a programme that costs so many times as much."""
    scenario = worked_example()
    for line in scenario["investment"]:
        line["per_year"] = [amount * cost for amount in line["per_year"]]
    return valued(scenario)


def narrower(found: PilotEffect, share: float) -> PilotEffect:
    """The same with bands that are so much as wide."""
    effects = tuple(
        replace(
            one,
            low=one.value - share * (one.value - one.low),
            high=one.value + share * (one.high - one.value),
        )
        for one in found.effects
    )
    return replace(found, effects=effects)


def dear() -> Valuation:
    """At a cost at which it is a toss-up, so that there is something to learn."""
    return plan(2.2)


def test_a_year_is_worth_no_more_than_knowing_the_effects():
    """Within the errors; and more where what was counted is nearly exact."""
    after = dear()
    values = some_draws(after.model, after.loaded.scenario.basis)
    net = results_of(values, after.model, after.loaded.scenario.basis, after.drawn).balance()
    members = [
        values.drawn[f"care_ladder.{LADDER}.intervention.{one.name}"]
        for one in shipped_city().effects
    ]
    most = known("all", net, members)
    vague = waiting(shipped_city(), LADDER, after).worth
    exact = waiting(narrower(shipped_city(), 1e-3), LADDER, after).worth
    slack = 4 * np.hypot(most.error, vague.error)
    assert vague.euros <= exact.euros + slack
    assert exact.euros == pytest.approx(most.euros, abs=slack + 0.05 * most.euros)
    assert most.clear


def test_waiting_is_the_discounted_best_with_what_is_learned():
    """By hand from its parts; nothing is learned where no effect is drawn."""
    after = dear()
    found = waiting(shipped_city(), LADDER, after)
    rate = after.model.discounting.rate
    assert found.wait == pytest.approx((found.now + found.worth.euros) / (1 + rate))
    assert found.gain == found.wait - found.now
    nothing = waiting(replace(shipped_city(), effects=()), LADDER, after)
    assert (nothing.worth.euros, nothing.wait) == (0, pytest.approx(nothing.now / (1 + rate)))
    elsewhere = waiting(shipped_city(), "andere-ladder", after)
    assert elsewhere.worth.euros == 0


def test_now_is_what_is_expected_and_never_a_loss():
    """Whoever may choose does not do what is expected to lose."""
    cheap, lost = plan(), plan(100.0)
    net = results_of(
        some_draws(cheap.model, cheap.loaded.scenario.basis), cheap.model,
        cheap.loaded.scenario.basis, cheap.drawn,
    ).balance()  # fmt: skip
    assert waiting(shipped_city(), LADDER, cheap).now == pytest.approx(mean_and_error(net)[0])
    assert waiting(shipped_city(), LADDER, lost).now == 0


def test_quarters_at_full_strength_by_hand():
    """From 2025-Q1, two of growing, until 2026-Q4: six."""
    assert at_full_strength(shipped_city()) == 6


def test_both_scenarios_are_kept_apart():
    found = in_scenario(shipped_city(), LADDER, plan(), dear())
    assert (found.before, found.after, found.ladder) == (plan(), dear(), LADDER)
