"""All that can be asked of one result: what moves it, where it turns, and what to find out first.

The parts are made one after another, so that whoever stops half-way keeps what is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from sroi.analysis.result.draws import some_draws
from sroi.analysis.result.question import Question, with_ratio
from sroi.analysis.sensitivity.acceptability import worths
from sroi.analysis.sensitivity.break_even import Curve, break_even_curve, break_evens
from sroi.analysis.sensitivity.given_data import given_data
from sroi.analysis.sensitivity.highest_price import highest_prices
from sroi.analysis.sensitivity.information import agenda, counting_more
from sroi.analysis.sensitivity.one_at_a_time import conditional_swings, swings
from sroi.analysis.sensitivity.variance import variance
from sroi.analysis.valuation.checks import checks
from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.quantity.quantities_in import quantities_in
from sroi.inputs.quantity.quantity import Domain
from sroi.inputs.scenario.assumptions import assumptions
from sroi.model.flows import engine
from sroi.model.flows.results import Results
from sroi.problems import Problem, Unusable, nearest

EACH = 256  # draws of each replicate: 4,096 in all


def parts(
    valuation: Valuation, asked: Question, pair: tuple[str, str] | None = None
) -> dict[str, Callable[[], Any]]:
    """Every part by name, to be called in this order; `pair`: paths of a two-way break-even.

    Raises `Unusable` for a ratio where the draws have none.
    """
    if asked.is_ratio:
        with_ratio(valuation.drawn)
    loaded = valuation.loaded
    scenario, basis = loaded.scenario, loaded.scenario.basis
    known = assumptions(scenario, loaded.library)
    domains = {path: assumption.domain for path, assumption in known.items()}
    points = list(quantities_in(list(loaded.library.starting_points.values()), "", (), 0))
    filled = {id(point.quantity) for point in points}
    # a share of a starting point is written as counts, but nobody was counted
    assumed = {path for path, assumption in known.items() if id(assumption.quantity) in filled}

    def draws() -> Any:
        return some_draws(asked.model, basis, EACH)

    drawn = cache(lambda: _drawn(valuation, asked))
    curve = {} if pair is None else {"curve": lambda: _curve(asked, pair, domains)}
    return curve | {
        "swings": lambda: swings(asked),
        "break_even": lambda: break_evens(asked, domains),
        "conditional": lambda: conditional_swings(asked, draws()),
        "checks": lambda: checks(asked.model, basis, known, drawn(), asked.perspective),
        "highest_price": lambda: highest_prices(asked.model, draws(), asked.perspective),
        "worth": lambda: worths(asked.model, scenario, loaded.library, drawn(), asked.perspective),
        "given_data": lambda: given_data(asked, basis, drawn=valuation.drawn),
        "agenda": lambda: agenda(asked, basis, drawn=valuation.drawn),
        "counting": lambda: [
            x for x in counting_more(asked, basis, drawn=valuation.drawn) if x.name not in assumed
        ],
        "indices": lambda: variance(asked, basis),
        "themes": lambda: variance(asked, basis, themes=True),
    }


def _drawn(valuation: Valuation, asked: Question) -> Results:
    """The draws of the valuation, or as many again where the question discounts in its own way."""
    if asked.model is valuation.model:
        return valuation.drawn
    basis = valuation.loaded.scenario.basis
    return engine.run(asked.model, basis.draws, basis.seed, basis.sampling)


def _curve(asked: Question, pair: tuple[str, str], domains: Mapping[str, Domain]) -> Curve:
    """The two-way break-even of a pair. Raises `Unusable` for a path that is not there."""
    known = asked.model.quantities.distributions
    for path in pair:
        if path not in known:
            facts = {"path": path[:120], "nearest": nearest(path, known)}
            raise Unusable(Problem("path-unknown", facts=facts))
    return break_even_curve(asked, *pair, domains=domains)


def answered(
    made: dict[str, Callable[[], Any]], progress: Callable[[float], object] = lambda share: None
) -> Iterator[tuple[str, Any]]:
    """Each part with its answer, one after another."""
    for number, (name, make) in enumerate(made.items(), 1):
        yield name, make()
        progress(number / len(made))
