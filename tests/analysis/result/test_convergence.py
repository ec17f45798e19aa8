"""Whether there were enough draws for what is printed, and drawing until there are."""

from typing import Any

import numpy as np
import pytest
from care_in_memory import bare, one_tier
from hypothesis import given
from hypothesis import strategies as st
from models_in_memory import model, read
from valuations import RANGE, small

from sroi.analysis.result.convergence import (
    enough,
    headline_error,
    last_digit,
    needed,
    until_precise,
)
from sroi.model.flows import engine
from sroi.model.flows.results import Estimate, Results
from sroi.report.words.numbers import Numbers

UNSURE = {
    "outcomes__rate": RANGE,
    "investment__per_year": {"low": 1, "best": 2, "high": 5, "because": "x"},
}


def results(draws: int = 1024, sampling: str = "sobol", **changes: Any) -> Results:
    """A small scenario in that many draws."""
    return engine.run(model(small(**changes)), draws, 1, sampling)


def basis(**changes: Any) -> Any:
    """The basis of a small scenario."""
    return read(small(**{f"basis__{name}": to for name, to in changes.items()})).basis


@given(st.floats(1e-9, 3))
def test_the_last_digit_is_the_one_that_is_printed(error):
    """As many decimals as `Numbers.ratio` gives."""
    text = Numbers("en").ratio(1.23456, error)
    decimals = len(text.partition(".")[2])
    assert last_digit(error) == pytest.approx(10.0**-decimals)


@pytest.mark.parametrize(
    ("error", "digit"), [(0, 0.01), (0.005, 0.01), (0.0051, 0.1), (0.05, 0.1), (0.06, 1), (2, 1)]
)
def test_the_last_digit_by_hand(error, digit):
    """Twice the error must fit in it, and there are never more than two decimals."""
    assert last_digit(error) == digit


def test_the_square_root_law():
    """Half the error asks for four times the draws, rounded as the sampling wants."""
    assert needed(1000, 0.02, 0.01, "plain") == 4000
    assert needed(1024, 0.02, 0.01, "sobol") == 4096
    assert needed(1024, 0.0201, 0.01, "sobol") == 8192
    assert needed(1000, 0.01, 0.01, "plain") == needed(1000, 0.001, 0.01, "plain") == 1000
    assert needed(1000, 0, 0.01, "sobol") is None


def test_the_headline_as_it_is_printed():
    """The ratio and the balance, with errors as in the results."""
    found = results(**UNSURE)
    ratio, society = enough(found, 100)
    estimate = found.ratio()
    assert estimate is not None
    assert (ratio.name, ratio.value, ratio.standard_error) == (
        "ratio", estimate.mean, estimate.standard_error,
    )  # fmt: skip
    assert (society.name, society.digit, society.finest) == ("society", 100, 100)
    assert (society.value, society.standard_error) == found.mean_and_error(found.balance())
    assert ratio.enough
    assert ratio.in_full == (ratio.standard_error <= 0.005)
    assert society.enough == society.in_full == (society.standard_error <= 50)


def test_too_few_draws_are_told():
    """With 16 plain draws, one for each replicate; with as many as it asks for they are enough."""
    few = results(16, "plain", **UNSURE)
    ratio, society = enough(few, 0.001, "plain")
    assert (ratio.digit, ratio.enough, ratio.in_full) == (
        last_digit(ratio.standard_error),
        True,
        False,
    )
    assert not society.enough
    for one in (ratio, society):
        assert one.needed == pytest.approx(
            16 * (one.standard_error / (one.finest / 2)) ** 2, abs=16
        )
    again = enough(results(ratio.needed or 0, "plain", **UNSURE), 0.001, "plain")[0]
    assert again.standard_error == pytest.approx(0.005, rel=0.5)


def test_a_ratio_whose_error_is_above_half_of_one(monkeypatch):
    """Not even the whole number is sure, and that is said."""
    rough = Estimate(7.0, 0.8, 0.0, 7.0, 14.0)
    monkeypatch.setattr(Results, "ratio", lambda self: rough)
    ratio = enough(results(**UNSURE), 1)[0]
    assert (ratio.digit, ratio.enough) == (1, False)


def test_what_is_certain_has_no_error():
    """No number of draws is needed."""
    for one in enough(results(), 1000):
        assert (one.standard_error, one.needed, one.enough, one.in_full) == (0, None, True, True)


def test_without_investment_there_is_only_the_balance():
    scenario = bare() | {"care_ladder": one_tier()["care_ladder"]}
    found = engine.run(model(scenario), 64, 1)
    assert [one.name for one in enough(found, 1)] == ["society"]


# ---------------------------------------------------------------------------------------------
# Until it is precise


@pytest.mark.parametrize("sampling", ["sobol", "latin-hypercube", "plain"])
def test_the_results_are_those_of_a_run(sampling):
    """To the same bits; the run before it was not precise enough."""
    settings, found = basis(draws=32, sampling=sampling), model(small(**UNSURE))
    run = until_precise(found, settings, 0.002)
    assert run.reached
    assert run.error == headline_error(run.results) <= 0.002
    alone = engine.run(found, run.draws, settings.seed, sampling)
    assert np.array_equal(run.results.present, alone.present)
    assert np.array_equal(run.results.sums, alone.sums)
    assert run.draws > 32
    assert headline_error(engine.run(found, run.draws // 2, settings.seed, sampling)) > 0.002


def test_it_starts_from_the_draws_of_the_scenario():
    """And makes no more where they do."""
    run = until_precise(model(small(**UNSURE)), basis(draws=512), 1.0)
    assert (run.draws, run.reached) == (512, True)


@pytest.mark.parametrize(
    ("most", "draws"), [(256, 256), (255, 128), (300, 256), (64, 64), (16, 16)]
)
def test_it_stops_at_the_most(most, draws):
    """Also where the scenario itself asks for more."""
    run = until_precise(model(small(**UNSURE)), basis(draws=128), 1e-9, most)
    assert (run.draws, run.reached) == (draws, False)


def test_progress_names_the_draws():
    """Round after round, each up to the whole."""
    told: list[tuple[int, float]] = []
    until_precise(
        model(small(**UNSURE)),
        basis(draws=64),
        1e-9,
        256,
        progress=lambda n, x: told.append((n, x)),
    )
    assert [draws for draws, share in told if share == 1] == [64, 128, 256]
    assert [draws for draws, _ in told] == sorted(draws for draws, _ in told)


def test_what_is_certain_is_precise_at_once():
    run = until_precise(model(small()), basis(draws=64), 1e-12)
    assert (run.draws, run.error, run.reached) == (64, 0, True)


def test_without_a_ratio_the_balance_counts():
    """As a share of the size of the benefits, whatever their sign."""
    scenario = bare() | {"care_ladder": one_tier()["care_ladder"]}
    unsure = {"low": 0.05, "best": 0.2, "high": 0.4, "because": "Voorbeeld."}
    scenario["care_ladder"][0]["intervention"] = {"effect_basis": "causal", "diversion": unsure}
    run = until_precise(model(scenario), basis(draws=64), 1e-4)
    drawn = run.results
    error = drawn.mean_and_error(drawn.balance())[1] / np.abs(drawn.benefits()).mean()
    assert run.error == pytest.approx(error)
    assert run.reached


def test_nothing_at_all_is_precise():
    """No investment and benefits of zero."""
    scenario = bare() | {"care_ladder": one_tier()["care_ladder"]}
    scenario["care_ladder"][0]["intervention"] = {"effect_basis": "causal", "diversion": 0}
    assert until_precise(model(scenario), basis(draws=16), 0.01).error == 0
