"""What must hold of every scenario, and of the draws themselves."""

import copy
import random
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
import slow_reference as reference
from hypothesis import given, settings
from hypothesis import strategies as st
from models_in_memory import model, one_line, random_model, reference_library
from scenarios_at_random import random_scenario
from scipy import stats

from sroi.model.flows.engine import BLOCK, central, evaluate, run
from sroi.model.flows.results import Perspective, Results
from sroi.model.lines.lines import CLASSES
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values
from sroi.model.uncertain.sampling import points

SEEDS = st.integers(0, 99)  # scenarios that are made once for all properties
DRAWS = 16
LINES = settings(max_examples=40, deadline=None)


@lru_cache(maxsize=100)
def built(seed: int) -> Model:
    """The model of a generated scenario."""
    return random_model(seed)


def drawn(model: Model, seed: int = 1) -> Values:
    """A few draws of all quantities."""
    return model.quantities.at(points("plain", seed, 0, DRAWS, len(model.quantities.rows)))


def changed(values: Values, **factors: float) -> Values:
    """The same draws with quantities multiplied, by the field at the end of their path."""
    scaled = {
        path: np.broadcast_to(np.asarray(values[path]), (DRAWS,)) * factor
        for path in values.source.distributions
        for field, factor in factors.items()
        if field in path.split(".")
    }
    return Values(values.source, values.drawn | scaled, values.draws)


def present(model: Model, values: Values) -> np.ndarray:
    """Present value (flow, draw)."""
    return np.array([flow.present for flow in evaluate(model, values)])


def results_of(model: Model, values: Values) -> Results:
    """Results of a few draws."""
    flows = evaluate(model, values)
    sums = np.array([flow.sums.sum(axis=1) / values.draws for flow in flows])
    return Results(model, np.array([flow.present for flow in flows]), sums[None])


@LINES
@given(SEEDS, st.floats(0, 1))
def test_more_deadweight_never_raises_a_positive_line(seed: int, towards: float) -> None:
    """With deadweight moved towards 1 every flow moves towards 0, and never past it."""
    model, values = built(seed), drawn(built(seed))
    raised = {
        path: values[path] + towards * (1 - np.asarray(values[path]))
        for path in values.source.distributions
        if path.endswith(".deadweight")
    }
    raised = {path: np.broadcast_to(x, (DRAWS,)) for path, x in raised.items()}
    before = present(model, values)
    after = present(model, Values(values.source, values.drawn | raised, DRAWS))
    slack = 1e-12 * np.abs(before)
    assert (np.abs(after) <= np.abs(before) + slack).all()
    assert (after * before >= 0).all()


@LINES
@given(SEEDS)
def test_doubling_volumes_doubles_the_flows(seed: int) -> None:
    """Twice as much of every activity is twice each outcome, and the same investment."""
    model, values = built(seed), drawn(built(seed))
    twice = {
        path: 2 * np.broadcast_to(np.asarray(values[path]), (DRAWS,))
        for path in values.source.distributions
        if path.startswith("activities.")
    }
    before = present(model, values)
    after = present(model, Values(values.source, values.drawn | twice, DRAWS))
    outcomes = len(before) - len(model.investment)
    np.testing.assert_allclose(after[:outcomes], 2 * before[:outcomes], rtol=1e-12)
    np.testing.assert_array_equal(after[outcomes:], before[outcomes:])


@LINES
@given(SEEDS, st.floats(0.01, 100))
def test_the_ratio_does_not_know_the_currency(seed: int, scale: float) -> None:
    """All amounts times a factor: every present value follows, the ratio stays."""
    model, values = built(seed), drawn(built(seed))
    other = changed(values, value=scale, tariff=scale, per_year=scale)
    np.testing.assert_allclose(present(model, other), scale * present(model, values), rtol=1e-12)
    before, after = results_of(model, values), results_of(model, other)
    quotient = before.benefits() / before.investment()
    size = np.abs(present(model, values)).sum(axis=0) / before.investment()
    error = np.abs(after.benefits() / after.investment() - quotient)
    assert (error <= 1e-12 * size).all()


@LINES
@given(SEEDS)
def test_every_way_of_adding_up_gives_the_same_total(seed: int) -> None:
    """Over payers, over classes, over stakeholders and over lines: one total."""
    model = built(seed)
    results = results_of(model, drawn(model))
    total, slack = results.balance(), 1e-11 * np.abs(results.present).sum(axis=0)
    by_payer = sum(results.balance(Perspective(frozenset([p]))) for p in model.payers)
    by_class = sum(results.balance(Perspective(classes=frozenset([c]))) for c in CLASSES)
    by_line = sum(
        results.present_values(results.rows("outcomes", [line.id])) for line in model.outcomes
    )
    groups = {line.stakeholder for line in model.outcomes}
    by_group = sum(
        results.present_values(
            results.rows("outcomes", [o.id for o in model.outcomes if o.stakeholder == group])
        )
        for group in groups
    )
    for parts in (by_payer, by_class):
        assert (np.abs(parts - total) <= slack).all()
    for parts in (by_line, by_group):
        assert (np.abs(parts - results.investment() - total) <= slack).all()


def without_spread(scenario: dict[str, Any]) -> dict[str, Any]:
    """Every uncertain quantity as low = best = high."""
    flat = copy.deepcopy(scenario)
    for path, spec in reference.quantities(flat, reference_library()).items():
        centre = f"{reference.central(spec, *reference.domain(path)):.15f}"
        because = spec.get("because", "Voorbeeld.")
        spec.clear()
        spec.update(dict.fromkeys(("low", "best", "high"), centre), because=because)
    return flat


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_without_spread_every_draw_is_the_central_case(seed: int) -> None:
    """low = best = high: nothing is drawn, and all draws are the central case, to the bit."""
    scenario = random_scenario(random.Random(seed))
    flat = model(without_spread(scenario))
    assert flat.quantities.uncertain == []
    results, centre = run(flat, 64, seed), central(flat)
    np.testing.assert_array_equal(results.present, np.repeat(centre.present, 64, axis=1))
    size = np.abs(centre.present).max()
    before = central(built(seed)).present
    np.testing.assert_allclose(centre.present, before, rtol=1e-8, atol=1e-8 * size)
    np.testing.assert_allclose(results.sums.mean(axis=0), centre.sums[0], rtol=1e-12)


TIED = [
    {
        "of": ["outcomes.verandering.rate", "outcomes.verandering.drop_off"],
        "rho": "0.5",
        "because": "Voorbeeld.",
    }
]


@lru_cache(maxsize=1)
def correlated() -> Model:
    """A model with a copula, and with every form of distribution in it."""
    return model(
        one_line(
            basis__years=4,
            activities__volume=[
                {"low": 5, "best": 10, "high": 20},
                {"gamma": {"mean": 12, "cv": "30%"}},
                0,
                {"uniform": [5, 9]},
            ],
            investment__per_year={"normal": {"mean": 500, "sd": 160}},
            outcomes__rate={"lognormal": {"median": "0.3", "p95": "0.6"}},
            outcomes__deadweight={"beta": {"yes": 14, "no": 98}, "because": "Voorbeeld."},
            outcomes__drop_off={"low": 0.1, "best": 0.2, "high": 0.6, "shape": "triangular"},
            outcomes__lasts={"low": 1, "best": 2, "high": 4},
            correlations=TIED,
        )
    )


def same_bits(first: Results, second: Results) -> bool:
    """Whether two results are the same to the last bit."""
    pairs = ((first.present, second.present), (first.sums, second.sums))
    return all(one.tobytes() == other.tobytes() for one, other in pairs)


@pytest.mark.parametrize(
    ("method", "seed"), [("sobol", 3), ("sobol", None), ("latin-hypercube", 42), ("plain", None)]
)
def test_blocks_and_threads_change_no_bit(method: str, seed: int | None) -> None:
    """However the draws are cut up and over however many threads: the same bytes.

    A sixteenth of the draws is some blocks and a piece of one, or whole segments of less than one.
    """
    model, draws = (correlated() if seed is None else built(seed)), 48_000 if seed else 49_152
    whole = run(model, draws, 5, method, threads=1)
    for block in (1024, 2048, 4096, BLOCK):
        for threads in (1, 4):
            assert same_bits(whole, run(model, draws, 5, method, threads, block=block))


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.sampled_from(["sobol", "latin-hypercube", "plain"]))
def test_the_seed_decides(seed: int, method: str) -> None:
    """The same seed gives the same bytes, another seed others."""
    model = built(seed)
    first = run(model, 256, seed, method)
    assert same_bits(first, run(model, 256, seed, method))
    if (np.ptp(first.present, axis=1) > 0).any():
        assert not same_bits(first, run(model, 256, seed + 1, method))


def test_progress_ends_at_one() -> None:
    """Told after every part, from a sixteenth to the whole."""
    told: list[float] = []
    run(correlated(), 64, 1, progress=told.append)
    assert told == [part / 16 for part in range(1, 17)]


def test_more_draws_come_nearer_to_the_expected_value() -> None:
    """The measured error falls, and the result stays within four of it."""
    coarse, fine = run(correlated(), 1024, 1), run(correlated(), 65_536, 2)
    rough, exact = (r.mean_and_error(r.balance()) for r in (coarse, fine))
    assert exact[1] < rough[1] / 5
    assert abs(rough[0] - exact[0]) <= 4 * np.hypot(rough[1], exact[1])


def test_a_changed_central_case() -> None:
    """A quantity can be given another value, uncertain or not; the rest stays central."""
    model = correlated()
    base = central(model)
    twice = central(model, {"proxies.prijs.value": 2.0})
    assert twice.benefits() == pytest.approx(2 * base.benefits())
    none = central(model, {"outcomes.verandering.rate": 0.0})
    assert none.benefits()[0] == 0
    assert none.investment() == base.investment()


# Product of independent betas: counts of yes and no, with Jeffreys' prior.
BETAS = {
    "deadweight": (3, 10),
    "attribution_to_others": (2.7, 12.3),
    "drop_off": (1.5, 7.5),
    "displacement": (1, 13),
}


def of_betas(lasts: int) -> Model:
    """One euro in year 1 and, fading, in year 2, corrected by betas."""
    counts = {
        f"outcomes__{name}": {"beta": {"yes": yes, "no": no}, "because": "Voorbeeld."}
        for name, (yes, no) in BETAS.items()
    }
    changes = {"basis__years": 2, "activities__volume": [1, 0], "outcomes__lasts": lasts}
    return model(one_line(**changes, **counts))


def exact_product() -> tuple[float, float]:
    """Mean and standard deviation of the product of the parts that are left."""
    left = [stats.beta(no + 0.5, yes + 0.5) for yes, no in BETAS.values()]
    mean = np.prod([part.mean() for part in left])
    squares = np.prod([part.var() + part.mean() ** 2 for part in left])
    return float(mean), float((squares - mean**2) ** 0.5)


@pytest.mark.parametrize("method", ["sobol", "latin-hypercube", "plain"])
def test_expectation_of_a_product_of_betas(method: str) -> None:
    """Mean 0.4320 and standard deviation 0.1128, within four standard errors.

    The second year alone is what two years are worth more than one, in the same draws.
    """
    mean, spread = exact_product()
    assert (round(mean, 4), round(spread, 4)) == (0.4320, 0.1128)
    two, one = (run(of_betas(lasts), 65_536, 8, method) for lasts in (2, 1))
    second_year = two.benefits() - one.benefits()
    found, error = two.mean_and_error(second_year)
    assert abs(found - mean) <= 4 * error
    assert two.by_year(two.rows("outcomes"))[1] == pytest.approx(found, rel=1e-9)
    squares, error = two.mean_and_error((second_year - mean) ** 2)
    assert abs(squares - spread**2) <= 4 * error
