"""Which quantities have the first dimensions, and which conditions share one."""

import numpy as np
import pytest
from care_in_memory import worked_example
from models_in_memory import Record, model

from sroi.model.flows.engine import run
from sroi.model.lines.first_dimensions import in_order
from sroi.model.uncertain.distributions import Occurrence, ScaledBeta
from sroi.model.uncertain.occurring import MOST

HAPPENS = "enabling_conditions.{}.moves_along"


def with_conditions(chances: list[float], **more: object) -> Record:
    """The worked example with conditions that happen or not."""
    scenario = worked_example()
    scenario["enabling_conditions"] = [
        {"id": f"c{n}", "what": "C", "who": "C", "criticality": 0.3, "moves_along": chance}
        for n, chance in enumerate(chances)
    ]
    scenario["care_ladder"][0]["intervention"]["reference"] = "expected"
    return scenario | more


def tied(first: str, second: str, rho: float = 0.5) -> list[Record]:
    """Two quantities that move together."""
    return [{"of": [first, second], "rho": rho, "because": "Voorbeeld."}]


def test_without_chances_the_order_is_that_of_the_file() -> None:
    """And nothing is laid upon the points."""
    found = model(worked_example()).quantities
    kept = [path for path in found.distributions if path in found.rows]
    assert (found.uncertain, found.copula.occurring) == (kept, None)


def test_conditions_come_first_then_effects_then_the_rest() -> None:
    """The other conditions, which use no dimension of their own, come last."""
    names = model(with_conditions([0.7, 0.5, 0.6])).quantities.uncertain
    at = "care_ladder.zorgladder.intervention"
    first = [HAPPENS.format("c0"), f"{at}.hazard_ratio_up", f"{at}.hazard_ratio_down"]
    assert names[:5] == [*first, f"{at}.diversion", f"{at}.net_widening"]
    assert names[-2:] == [HAPPENS.format("c1"), HAPPENS.format("c2")]


def test_what_moves_together_with_something_else_has_its_own_dimension() -> None:
    """As before: its score is tied to another one that is no chance."""
    pair = (HAPPENS.format("c0"), "care_ladder.zorgladder.intervention.diversion")
    found = model(with_conditions([0.7, 0.5], correlations=tied(*pair))).quantities
    assert found.copula.occurring is not None
    assert [found.uncertain[row] for row in found.copula.occurring.rows] == [HAPPENS.format("c1")]
    assert {found.uncertain[row] for row in found.copula.rows} == set(pair)


def test_no_more_than_so_many_share_a_dimension() -> None:
    """2¹² states are enough; what is more has a dimension of its own."""
    names = [HAPPENS.format(n) for n in range(MOST + 2)]
    known = dict.fromkeys(names, Occurrence(0.5)) | {"x.y.z": ScaledBeta(0.0, 1.0, 2.0, 2.0)}
    order, together = in_order([*names, "x.y.z"], known, set())
    assert together == names[:MOST]
    assert sorted(order) == sorted(known)


@pytest.mark.parametrize("rho", [0.0, 0.6, -0.3])
def test_the_mean_is_that_of_every_state_by_itself(rho: float) -> None:
    """Of two conditions: the four states, each certain and weighed, to five errors of the mean."""
    chances = [0.7, 0.4]
    pair = (HAPPENS.format("c0"), HAPPENS.format("c1"))
    correlations = tied(*pair, rho) if rho else []
    built = model(with_conditions(chances, correlations=correlations))
    results = run(built, 4096, 1)
    mean, error = results.mean_and_error(results.balance())
    both = built.quantities.copula.occurring
    assert both is not None
    sizes = np.diff(both.upto, prepend=0.0)
    total = 0.0
    for state, size in zip(both.points, sizes, strict=True):
        certain = with_conditions([float(u > 1 - p) for u, p in zip(state, chances, strict=True)])
        certain["care_ladder"][0]["intervention"]["reference"] = built.ladders[0].effect.reference
        other = run(model(certain), 4096, 1)
        total += size * other.mean_and_error(other.balance())[0]
    assert mean == pytest.approx(total, abs=5 * error)
