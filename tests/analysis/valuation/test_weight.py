"""What rests on which price: shares that add up, and prices known in different ways."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
from valuations import LIBRARY, outcome, small, valued, write

from sroi import shipped
from sroi.analysis.valuation.weight import (
    _Carried,
    _mean,
    by_evidence,
    by_provenance,
    shares_by,
    weights,
)
from sroi.inputs.files.scenario_file import Loaded, load
from sroi.model.flows.results import purse

FILES = sorted(shipped.folder("scenarios").glob("*.yaml"))
SPREAD = {"low": 0.5, "best": 1, "high": 1.5, "because": "Voorbeeld."}


def scenario(*outcomes: dict[str, Any], **prices: dict[str, Any]) -> dict[str, Any]:
    """The small scenario with more outcomes and more prices of its own."""
    made = small()
    made["outcomes"] += outcomes
    for key, changes in prices.items():
        made["proxies"].append(copy.deepcopy(made["proxies"][0]) | {"id": key} | changes)
    return made


def loaded(made: dict[str, Any]) -> Loaded:
    return load(write(made), library=LIBRARY)


def test_the_benefits_by_how_a_price_is_known():
    """One euro first-hand, and three that are taken away from memory: by size 1 : 3."""
    made = scenario(outcome(1, proxy="gok", rate=-3), gok={"provenance": "memory", "evidence": "D"})
    first, second = by_provenance(valued(made))
    assert (first.name, second.name) == ("memory", "first-hand")
    assert (first.amount, second.amount) == pytest.approx((3, 1))
    assert first.share == pytest.approx(0.75)
    assert [part.name for part in by_evidence(valued(made))] == ["D", "C"]


def test_what_is_not_stated_and_what_is_the_scenarios_own():
    made = scenario(
        outcome(1, value=5, price_year=2024, because="Contract."),
        outcome(2, proxy="kaal", rate=2),
        kaal={"provenance": None, "evidence": None},
    )
    for entry in made["proxies"]:
        for key in ("provenance", "evidence"):
            if entry[key] is None:
                del entry[key]
    found = {part.name: part.amount for part in by_provenance(valued(made))}
    assert found == pytest.approx({"own": 5, "unstated": 2, "first-hand": 1})


def test_a_transfer_carries_nothing_for_society_and_something_for_a_payer():
    made = small()
    made["proxies"][0] |= {"transfer": True, "receiver": "inwoner"}
    valuation = valued(made)
    assert by_provenance(valuation) == []
    assert by_provenance(valuation, purse("gemeente"))[0].amount == pytest.approx(0.6)


def test_losses_within_a_line_are_taken_off_before_its_size():
    """A price with a tariff: the payer's gain is not the provider's, society's is one."""
    made = small()
    made["proxies"][0] |= {"value": 2, "tariff": 3}
    assert by_provenance(valued(made))[0].amount == pytest.approx(2)


def test_the_share_of_the_variance_goes_with_the_price():
    """Y = X₁ + 2 X₂, of the same spread: shares 1/5 and 4/5."""
    made = scenario(outcome(1, proxy="tweede", rate=2), tweede={"value": SPREAD})
    made["proxies"][0]["value"] = SPREAD
    found = {one.price: one for one in weights([loaded(made)])}
    assert found["een-regel:tweede"].variance == pytest.approx(0.8, abs=0.02)
    assert found["een-regel:prijs"].variance == pytest.approx(0.2, abs=0.02)
    assert found["een-regel:tweede"].variance_error < 0.02
    assert [one.present for one in found.values()] == pytest.approx([2 / 3, 1 / 3], abs=0.01)
    assert next(iter(found)) == "een-regel:tweede"


def test_errors_of_two_scenarios_add_up_as_squares():
    """√(3² + 4²) ÷ 2 of errors of 3 and 4: scenarios are drawn apart from each other."""
    one, other = (loaded(scenario() | {"scenario": name}) for name in ("een", "ander"))
    parts = [
        (one, "proxies.prijs.value", _Carried(1.0, 1.0, 0.5, 3.0)),
        (other, "proxies.prijs.value", _Carried(1.0, 1.0, 0.7, 4.0)),
    ]
    mean = _mean("prijs", parts, 2)
    assert mean.variance_error == pytest.approx(2.5)
    assert mean.variance == pytest.approx(0.6)
    assert mean.scenarios == ("een", "ander")


def test_over_scenarios_it_is_the_mean():
    """A price that one of two scenarios uses has half of its share; own prices stay apart."""
    one, two = small(), small() | {"scenario": "twee"}
    one["outcomes"][0] |= {"proxy": "seh-bezoek"}
    found = weights([loaded(one), loaded(two)], each=16)
    assert {w.price: w.present for w in found} == {"seh-bezoek": 0.5, "twee:prijs": 0.5}
    assert {w.scenarios for w in found} == {("een-regel",), ("twee",)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_shares_of_a_shipped_scenario_add_up(path):
    """Of present and of gross; every number is finite, and the classes are the same shares."""
    found = weights([load(path, library=LIBRARY)], each=32)
    assert sum(one.present for one in found) == pytest.approx(1)
    assert sum(one.gross for one in found) == pytest.approx(1)
    assert np.isfinite([[one.variance, one.variance_error] for one in found]).all()
    for field in ("provenance", "evidence"):
        assert sum(shares_by(found, field).values()) == pytest.approx(1)
    order = [max(one.present, one.variance) for one in found]
    assert order == sorted(order, reverse=True)


def test_what_a_cohort_costs_is_a_price_of_its_own():
    """With the variance of what it costs to be in a state."""
    path = next(path for path in FILES if path.stem == "sick-sicker")
    assert all(one.provenance == "own" for one in weights([load(path, library=LIBRARY)], each=16))
