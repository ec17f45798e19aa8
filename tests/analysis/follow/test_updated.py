"""Assumptions updated by what was counted and measured, and what is expected with these."""

import numpy as np
import pytest
from contracts import contract, followed

from sroi.model.flows.engine import run
from sroi.model.uncertain.distributions import ScaledBeta

VISITS = "period: 2024, what: bezoek, amount: {}, known: counted"
FALLS = "period: 2024, what: minder-vallen, amount: 6, of: 80, comparison: group, known: measured"
HOURS = "period: 2024, what: minder-hulp, amount: 5, low: 4, high: 6, known: measured"


def test_nothing_seen_is_the_promise_itself(tmp_path):
    """Costs that are as expected say nothing; old and new are the same."""
    row = "period: 2024, what: zaal, amount: 500, price_year: 2024, known: booked"
    certain = contract(("index: gbp, ", ""))
    made = followed(tmp_path, certain, row, until="2024-Q4")
    then, now = made.expectation.beside().whole
    assert made.updated.effective == pytest.approx(4096)
    assert now.balance.mean == pytest.approx(then.balance.mean, abs=0.01)
    assert now.balance.p95 == pytest.approx(then.balance.p95, abs=0.01)


def test_the_promise_is_what_a_run_gives(tmp_path):
    """The same draws, so the same expected balance to the last cent."""
    loaded = contract()
    made = followed(tmp_path, loaded, VISITS.format(90), until="2024-Q4")
    drawn = run(made.yearly.base, 4096, loaded.scenario.basis.seed)
    assert made.expectation.beside().whole[0].balance.mean == pytest.approx(
        float(drawn.balance().mean()), abs=0.01
    )


def test_counts_update_a_beta_in_closed_form(tmp_path):
    made = followed(tmp_path, contract(), FALLS)
    new = made.updated.conjugate["outcomes.minder-vallen.rate"]
    assert isinstance(new, ScaledBeta)
    assert (new.a, new.b) == (3.5 + 6, 60.5 + 74)
    assert [one.how for one in made.updated.assumed] == ["counts"]
    assert made.updated.effective == pytest.approx(4096)


def test_what_moves_together_is_weighed(tmp_path):
    """A beta that moves with another number cannot be drawn by itself."""
    tie = ("stakeholders:", "correlations: [{of: [outcomes.minder-vallen.rate, "
           "outcomes.minder-hulp.rate], rho: 0.5}]\nstakeholders:")  # fmt: skip
    made = followed(tmp_path, contract(tie), FALLS)
    assert made.updated.conjugate == {}
    assert [one.how for one in made.updated.assumed] == ["weights"]
    path = "outcomes.minder-hulp.rate"
    moved = made.updated.values[path].mean()
    assert moved > float(np.mean(made.lines.factors.expected[path]))


def test_a_measurement_narrows_and_moves(tmp_path):
    made = followed(tmp_path, contract(), HOURS)
    one = made.updated.assumed[0]
    assert one.before.mean == pytest.approx(4.33, abs=0.01)
    assert 4.7 < one.after.mean < 5
    assert one.after.p95 - one.after.p5 < 0.5 * (one.before.p95 - one.before.p5)


def test_against_a_group_the_corrections_are_measured_too(tmp_path):
    """2.4 hours left after corrections, as 5 × 0.6 × 0.8 would be."""
    row = (
        "period: 2024, what: minder-hulp, amount: 2.4, sd: 0.1, comparison: group, known: measured"
    )
    made = followed(tmp_path, contract(draws=65536), row)
    values = made.updated.values
    left = values["outcomes.minder-hulp.rate"] * 1.0
    for name in ("deadweight", "attribution_to_others"):
        left = left * (1 - values[f"outcomes.minder-hulp.{name}"])
    assert float(left.mean()) == pytest.approx(2.39, abs=0.02)
    assert "outcomes.minder-hulp.deadweight" not in made.updated.kept


def test_what_was_not_seen_keeps_its_band(tmp_path):
    kept = followed(tmp_path, contract(), HOURS).updated.kept
    assert "outcomes.minder-vallen.rate" in kept
    assert "outcomes.minder-hulp.rate" not in kept


def test_an_estimate_says_nothing_of_an_assumption(tmp_path):
    row = VISITS.format(60).replace("counted", "estimated")
    made = followed(tmp_path, contract(), row, until="2024-Q4")
    assert made.updated.assumed == []


def test_what_lies_far_off_leaves_too_few_draws(tmp_path):
    made = followed(tmp_path, contract(), VISITS.format(400), until="2024-Q4")
    assert made.expectation is None
    told = next(one for one in made.problems if one.code == "follow-draws-few")
    assert told.facts["what"] == "activities.bezoek.volume"
    assert float(told.facts["effective"]) < 400


def test_a_running_year_has_what_is_known_and_the_expected_rest(tmp_path):
    rows = [VISITS.replace("2024", f"2024-Q{q}").format(20) for q in (1, 2)]
    made = followed(tmp_path, contract(), *rows, until="2024-Q2")
    sizes = made.expectation.sizes["activities.bezoek.volume.2024"]
    year = made.updated.values["activities.bezoek.volume"]
    assert sizes == pytest.approx(40 + year / 2)
    assert made.lines.over == 0


def test_the_chance_that_hard_money_is_back(tmp_path):
    made = followed(tmp_path, contract(), VISITS.format(80), HOURS, until="2024-Q4")
    then, now = made.expectation.back_by("gemeente", 2026)
    assert 0 <= now < then < 1
