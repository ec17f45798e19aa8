"""What if one assumption were known: every position is what the engine says there."""

from functools import cache

import numpy as np
import pytest
from care_in_memory import worked_example
from valuations import RANGE, example, small, valued

from sroi.analysis.result.draws import some_draws
from sroi.analysis.result.question import question
from sroi.analysis.sensitivity.one_at_a_time import swings
from sroi.analysis.sensitivity.what_if import OF_CARE, USUAL, WhatIf, values_of, what_if
from sroi.analysis.valuation.valuation import Valuation
from sroi.model.flows.engine import results_at
from sroi.model.flows.results import purse
from sroi.model.uncertain.distributions import LogNormal, Occurrence, Uniform, pert
from sroi.model.uncertain.sampling import REPLICATES

UNIFORM = {"uniform": [0, 10], "because": "Voorbeeld."}


def of(valuation: Valuation) -> WhatIf | None:
    """What-if of a valuation."""
    return what_if(valuation.model, valuation.loaded.scenario.basis, valuation.drawn)


@cache
def of_example() -> WhatIf:
    found = of(example())
    assert found is not None
    return found


def by_hand() -> Valuation:
    """A uniform rate from 0 to 10 at 100 euros, against 400 that is paid."""
    return valued(small(outcomes__rate=UNIFORM, proxies__value=100, investment__per_year=400))


def test_the_largest_swings_come_first():
    """The assumptions are those of the tornado, in its order, five at the most."""
    widest = [swing.path for swing in swings(question(example().model))]
    assert [slider.path for slider in of_example().sliders] == widest[:5]


def test_the_answer_of_the_report_is_that_of_its_draws():
    """To the last bit: the panel starts where the report stands."""
    drawn, report = example().drawn, of_example().report
    assert report.balance == drawn.estimate(drawn.balance())
    assert report.ratio == drawn.ratio()
    assert report.chance == float((drawn.balance() > 0).mean())
    assert report.payer == drawn.estimate(drawn.balance(purse(of_example().payer)))


def test_a_stop_worked_out_by_hand():
    """With the rate known nothing is uncertain: 100 × rate - 400, and every figure is exact."""
    (slider,) = of(by_hand()).sliders
    assert len(slider.lower) == len(slider.higher) == USUAL.stops
    for stop in slider.stops:
        told, amount = stop.outcome, 100 * stop.value - 400
        edges = (told.balance.mean, told.balance.p5, told.balance.p95, told.balance.edge_error)
        assert edges == pytest.approx((amount, amount, amount, 0), abs=1e-9)
        assert told.ratio.mean == pytest.approx(stop.value / 4)
        assert told.chance == (amount > 0)
        assert stop.below == pytest.approx(stop.value / 10, abs=0.05)


def test_a_stop_is_the_engine_with_the_assumption_set():
    """The range is that of its draws, and the expectation within the error that is told."""
    model, basis = example().model, example().loaded.scenario.basis
    found = of_example()
    values = some_draws(model, basis, found.draws // REPLICATES)
    large = some_draws(model, basis, 4096)
    for slider in found.sliders[:2]:
        for stop in (slider.stops[0], slider.stops[-1]):
            few, many = (
                results_at(
                    model, some.changed({slider.path: np.full(some.draws, stop.value)})
                ).balance()
                for some in (values, large)
            )
            told = stop.outcome.balance
            edges = np.quantile(few, (0.05, 0.5, 0.95))
            assert [told.p5, told.p50, told.p95] == pytest.approx(edges, rel=1e-9)
            assert told.mean == pytest.approx(many.mean(), abs=5 * max(told.standard_error, 300))


def test_neighbours_differ_by_the_assumption_and_not_by_chance():
    """All stops share their draws, so a rate that helps helps at every step."""
    slider = next(slider for slider in of_example().sliders if slider.path.endswith(".rate"))
    means = np.array([stop.outcome.balance.mean for stop in slider.stops])
    steps = np.diff(means) / np.diff([stop.value for stop in slider.stops])
    assert (steps > 0).all()
    assert steps == pytest.approx(steps.mean(), rel=1e-6)  # this outcome is linear in its rate


def test_control_variates_bring_the_error_down():
    """The error that is told is smaller than that of the plain mean of the same draws."""
    model, basis, found = example().model, example().loaded.scenario.basis, of_example()
    values = some_draws(model, basis, found.draws // REPLICATES)
    slider = found.sliders[-1]
    stop = slider.stops[0]
    plain = results_at(
        model, values.changed({slider.path: np.full(values.draws, stop.value)})
    ).balance()
    spread = plain.reshape(REPLICATES, -1).mean(axis=1).std(ddof=1) / REPLICATES**0.5
    assert stop.outcome.balance.standard_error < spread


def test_what_happens_or_not_adds_up_to_the_report():
    """The expectation is that with it and that without it, weighed by its chance."""
    valuation = valued(worked_example(conditions=True))
    found = of(valuation)
    happening = [x for x in found.sliders if x.path.endswith("moves_along")]
    assert happening
    for slider in happening:
        ((no,), (yes,)) = slider.lower, slider.higher
        assert (no.value, yes.value) == (0.0, 1.0)
        known = valuation.model.quantities.distributions[slider.path]
        if not isinstance(known, Occurrence) or slider.correlated:
            continue
        # no draw is below 0, and below 1 are those in which it does not happen
        assert (no.below, yes.below) == (0, pytest.approx(1 - known.chance, abs=0.05))
        mixed = known.chance * yes.outcome.balance.mean
        mixed += (1 - known.chance) * no.outcome.balance.mean
        error = 4 * (yes.outcome.balance.standard_error + no.outcome.balance.standard_error)
        assert mixed == pytest.approx(found.report.balance.mean, abs=max(error, 1.0))


def test_a_ladder_takes_fewer_draws_and_stops():
    """A draw of it takes a hundred times longer; the number is told."""
    scenario = worked_example()
    scenario["basis"]["draws"] = 4096
    found = of(valued(scenario))
    assert found.draws == OF_CARE.each * REPLICATES
    assert all(len(slider.stops) <= 2 * OF_CARE.stops for slider in found.sliders)


def test_no_more_draws_than_the_report():
    """A scenario with few draws has few at every stop as well."""
    assert of(by_hand()).draws == 256


def test_the_same_again():
    """Nothing depends on the moment."""
    assert of(by_hand()) == of(by_hand())


def test_nothing_uncertain_is_no_what_if():
    """And neither is an uncertain number that does nothing."""
    assert of(valued(small())) is None
    assert of(valued(small(outcomes__rate=RANGE, proxies__value=0))) is None


def test_without_investment_there_is_no_ratio_and_no_payer():
    """The balance and the chance are told all the same."""
    found = of(valued(small(outcomes__rate=RANGE) | {"investment": []}))
    told = found.sliders[0].stops[0].outcome
    assert (told.ratio, told.payer, found.payer) == (None, None, "")
    assert told.chance == 1.0


@pytest.mark.parametrize(
    "known", [pert(0, 4, 9), LogNormal(24, 0.56), Uniform(-0.2, 0.4), pert(0.2, 0.45, 0.7)]
)
def test_values_are_round_and_inside_the_range(known):
    """From the 5th to the 95th percentile, without the centre, in few digits and never twice."""
    low, high = known.ppf(np.array([0.05, 0.95]))
    lower, higher = values_of(known, 10)
    assert len(lower) == len(higher) == 10
    every = [*lower, known.centre, *higher]
    assert every == sorted(set(every))
    assert low - 1e-9 <= every[0]
    assert every[-1] <= high + 1e-9
    assert every[0] - low < 0.2 * (known.centre - low)
    assert all(len(f"{value:.10g}".lstrip("-0.").replace(".", "")) <= 3 for value in every)


def test_a_best_guess_at_the_end_has_stops_on_one_side():
    """Below a best guess that is the lowest value there is nothing."""
    lower, higher = values_of(pert(0, 0, 9), 4)
    assert (len(lower), len(higher)) == (0, 4)


def test_what_happens_or_not_has_a_stop_on_either_side():
    """It does not, or it does; between them the report itself."""
    assert [side.tolist() for side in values_of(Occurrence(0.7), 10)] == [[0.0], [1.0]]
