"""A part of the draws: the first of each replicate, with the error that they have."""

import numpy as np
import pytest
from care_in_memory import worked_example
from valuations import RANGE, small, valued

from sroi.analysis.result.draws import EACH, mean_and_error, some_draws
from sroi.model.flows.engine import results_at
from sroi.model.uncertain.sampling import REPLICATES


def test_the_draws_are_the_first_of_every_replicate():
    """The same Sobol points that a run begins with, to the same bits."""
    valuation = valued(worked_example())
    basis, model = valuation.loaded.scenario.basis, valuation.model
    part = some_draws(model, basis, 16)
    assert part.draws == REPLICATES * 16
    found = results_at(model, part).present.reshape(len(model.flows), REPLICATES, 16)
    whole = valuation.drawn.present.reshape(len(model.flows), REPLICATES, -1)
    assert np.array_equal(found, whole[:, :, :16])


def test_the_draws_follow_the_seed_and_nothing_else():
    """How many draws a run makes does not matter."""
    first, more, other = (
        valued(small(outcomes__rate=RANGE, basis__draws=draws, basis__seed=seed))
        for draws, seed in ((256, 1), (2048, 1), (256, 2))
    )
    rates = [
        some_draws(v.model, v.loaded.scenario.basis).drawn["outcomes.verandering.rate"]
        for v in (first, more, other)
    ]
    assert len(rates[0]) == REPLICATES * EACH
    assert np.array_equal(rates[0], rates[1])
    assert not np.array_equal(rates[0], rates[2])


def test_where_all_is_certain_every_draw_is_the_centre():
    """There are no points, and as many draws."""
    valuation = valued(worked_example(uncertain=False))
    values = some_draws(valuation.model, valuation.loaded.scenario.basis)
    assert (values.draws, values.drawn) == (REPLICATES * EACH, {})
    assert values["care_ladder.zorgladder.intervention.diversion"] == 0.03


def test_mean_and_error_by_hand():
    """Replicates with means 0, 1, … 15: their mean is 7½ and its error √(68/3) ÷ 4."""
    amounts = np.repeat(np.arange(16.0), 10) + np.tile([-1.0, 1.0], 80)
    assert mean_and_error(amounts) == (
        pytest.approx(7.5),
        pytest.approx((68 / 3) ** 0.5 / 4),
    )


def test_what_is_the_same_in_every_draw_has_no_error():
    """Exactly none."""
    assert mean_and_error(np.full(REPLICATES * 8, 3.0)) == (3.0, 0.0)


@pytest.mark.parametrize("sampling", ["sobol", "latin-hypercube", "plain"])
def test_the_mean_is_that_of_the_distribution(sampling):
    """Of every uncertain quantity, within four times its error."""
    scenario = worked_example()
    scenario["basis"]["sampling"] = sampling
    valuation = valued(scenario)
    values = some_draws(valuation.model, valuation.loaded.scenario.basis)
    assert len(values.drawn) == 5
    for path, drawn in values.drawn.items():
        mean, error = mean_and_error(drawn)
        assert abs(mean - valuation.model.quantities.distributions[path].mean) <= 4 * error
