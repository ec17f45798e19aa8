"""What if one assumption were known: the answer at a row of values, all others drawn as they are.

The engine reckons every position, so that a page that lets people move an assumption needs no model
of its own. All positions share their draws (common random numbers): what differs between two of
them is the assumption and not chance. The assumption is set and not conditioned on: what is
correlated with it does not move along.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.result.draws import mean_and_error, some_draws
from sroi.analysis.result.purses import largest_payer
from sroi.analysis.result.question import question
from sroi.analysis.sensitivity.one_at_a_time import swings
from sroi.inputs.scenario.scenario import Basis
from sroi.model.flows.engine import results_at
from sroi.model.flows.results import Estimate, Results, purse, standard_error
from sroi.model.lines.model import Model
from sroi.model.uncertain.distributions import Distribution, Occurrence
from sroi.model.uncertain.quantities import Values
from sroi.model.uncertain.sampling import REPLICATES

Array = NDArray[np.float64]
MOST = 5
ENDS = np.array([0.05, 0.95])
EDGES = (0.05, 0.5, 0.95)
NOTHING = 1e-18  # of the squares of amounts: less than this is rounding


@dataclass(frozen=True)
class Size:
    """How many stops there are on either side of the centre, and draws in each replicate."""

    stops: int
    each: int


USUAL, OF_CARE = Size(10, 256), Size(4, 128)  # a draw of a care ladder takes a hundred times longer


@dataclass(frozen=True)
class Rough(Estimate):
    """An estimate from a few draws, with the larger error of its 5th and its 95th percentile."""

    edge_error: float


@dataclass(frozen=True)
class Outcome:
    """The answer: the balance of society, its ratio, the chance of a gain, one payer's balance.

    `ratio` is None where there are draws in which nothing is invested, `payer` where nobody pays.
    """

    balance: Estimate
    ratio: Estimate | None
    chance: float
    payer: Estimate | None


@dataclass(frozen=True)
class Stop:
    """The answer with the assumption known to be `value`; `below`: the share of draws below it."""

    value: float
    below: float
    outcome: Outcome


@dataclass(frozen=True)
class Slider:
    """An assumption and its stops below and above the centre, each from low to high."""

    path: str
    lower: tuple[Stop, ...]
    higher: tuple[Stop, ...]
    correlated: bool

    @property
    def stops(self) -> tuple[Stop, ...]:
        """All of them, from low to high."""
        return self.lower + self.higher


@dataclass(frozen=True)
class WhatIf:
    """The answer of the report, and the assumptions that move it most, the largest swing first.

    `payer`: whose balance is told, or nobody; `draws`: of each stop.
    """

    report: Outcome
    sliders: tuple[Slider, ...]
    payer: str
    draws: int

    @property
    def error(self) -> float:
        """The largest numerical error of an expected balance."""
        return max((estimate.standard_error for estimate in self._balances), default=0.0)

    @property
    def edge_error(self) -> float:
        """The largest numerical error of an end of a range of balances."""
        return max((estimate.edge_error for estimate in self._balances), default=0.0)

    @property
    def _balances(self) -> list[Rough]:
        outcomes = [stop.outcome for slider in self.sliders for stop in slider.stops]
        told = [estimate for x in outcomes for estimate in (x.balance, x.payer)]
        return [estimate for estimate in told if isinstance(estimate, Rough)]


@dataclass(frozen=True)
class _Setting:
    """What all stops share: the draws, what they come to when nothing is changed (amount, draw),
    the means of that over all draws of the report (amount), and whose balance is told."""

    model: Model
    values: Values
    usual: Array
    known: Array
    payer: str


def what_if(model: Model, basis: Basis, drawn: Results) -> WhatIf | None:
    """The answer at values of the assumptions that move it most; None where nothing moves it.

    `drawn`: the results of the report; no stop takes more draws than they have.
    """
    moving = (swing for swing in swings(question(model)) if not swing.without_effect)
    paths = [swing.path for swing in moving if np.isfinite(swing.width)][:MOST]
    if not paths:
        return None
    payer, size = largest_payer(drawn), OF_CARE if model.ladders or model.cohorts else USUAL
    each = max(1, min(size.each, drawn.draws // REPLICATES))
    values = some_draws(model, basis, each)
    usual, known = _amounts(results_at(model, values), payer), _amounts(drawn, payer)
    setting = _Setting(model, values, usual, known.mean(axis=1), payer)
    with np.errstate(all="ignore"):  # a value may be one at which nothing can be reckoned
        sliders = tuple(_slider(setting, path, size.stops) for path in paths)
    return WhatIf(_of_report(drawn, payer), sliders, payer, values.draws)


def values_of(distribution: Distribution, stops: int) -> tuple[Array, Array]:
    """Values below and above the centre, out to the 5th and 95th percentile, in round numbers.

    Rounded towards the centre, so that none is outside that range. What happens or not has one on
    either side: 0 and 1.
    """
    if isinstance(distribution, Occurrence):
        return np.zeros(1), np.ones(1)
    centre, (low, high) = distribution.centre, distribution.ppf(ENDS)
    lower = _up_to(-centre, -low, stops) if low < centre else np.empty(0)
    return 0.0 - lower[::-1], _up_to(centre, high, stops) if high > centre else np.empty(0)


def _up_to(centre: float, end: float, stops: int) -> Array:
    """From the centre, without it, up to an end: even steps in as few digits as show them."""
    digits = int(-np.floor(np.log10((end - centre) / stops)))
    scaled = np.linspace(centre, end, stops + 1)[1:] * 10.0**digits
    return np.unique(np.round(np.floor(scaled + 1e-9) / 10.0**digits, max(digits, 0)))


def _slider(setting: _Setting, path: str, stops: int) -> Slider:
    """The stops of one assumption."""
    quantities, drawn = setting.model.quantities, setting.values.drawn[path]

    def stop(value: float) -> Stop:
        changed = setting.values.changed({path: np.full(len(drawn), value)})
        amounts = _amounts(results_at(setting.model, changed), setting.payer)
        return Stop(value, float((drawn < value).mean()), _outcome(setting, amounts))

    sides = values_of(quantities.distributions[path], stops)
    made = ([stop(value) for value in side.tolist()] for side in sides)
    lower, higher = (tuple(x for x in side if np.isfinite(x.outcome.balance.mean)) for side in made)
    return Slider(path, lower, higher, quantities.rows[path] in quantities.copula.rows)


def _amounts(results: Results, payer: str) -> Array:
    """Present values (4, draw): benefits and investment of society, a payer's balance, and as 0 or
    1 whether society gains."""
    benefits, investment = results.benefits(), results.investment()
    own = results.balance(purse(payer)) if payer else np.zeros(results.draws)
    return np.array([benefits, investment, own, benefits > investment])


def _outcome(setting: _Setting, amounts: Array) -> Outcome:
    benefits, investment, own, _ = amounts
    steady = _steadied(amounts, setting.usual, setting.known)
    return Outcome(
        _estimate(benefits - investment, steady[0] - steady[1]),
        _ratio(benefits, investment, steady),
        float(np.clip(steady[3].mean(), 0.0, 1.0)),
        _estimate(own, steady[2]) if setting.payer else None,
    )


def _steadied(amounts: Array, usual: Array, known: Array) -> Array:
    """Amounts (amount, draw) with a mean that varies less from one set of draws to another.

    The usual amounts in the same draws are the control variates; their means are known far better,
    from all draws of the report. Glasserman (2003), Monte Carlo Methods in Financial Engineering,
    §4.1.
    """
    away = usual - usual.mean(axis=1, keepdims=True)
    spread, size = (away * away).sum(axis=1), (usual * usual).sum(axis=1)
    varies = spread > NOTHING * size  # what is the same in every draw can steady nothing
    share = np.where(varies, (away * amounts).sum(axis=1) / np.where(varies, spread, 1.0), 0.0)
    return np.asarray(amounts - share[:, None] * (usual - known[:, None]))


def _estimate(amounts: Array, steady: Array) -> Rough:
    edges = np.quantile(amounts.reshape(REPLICATES, -1), (0.05, 0.95), axis=1)
    error = max(standard_error(edge) for edge in edges)
    p5, p50, p95 = np.quantile(amounts, EDGES).tolist()
    return Rough(*mean_and_error(steady), p5, p50, p95, error)


def _ratio(benefits: Array, investment: Array, steady: Array) -> Estimate | None:
    """A ratio of expectations, with the range of the draws' ratios, as in `Results.ratio`; there is
    one by the same rule."""
    if not (investment > 0).all() or not steady[0].mean() > 0:
        return None
    top, bottom = steady[:2].reshape(2, REPLICATES, -1).mean(axis=2)
    edges = np.quantile(benefits / investment, EDGES).tolist()
    return Estimate(float(top.mean() / bottom.mean()), standard_error(top / bottom), *edges)


def _of_report(drawn: Results, payer: str) -> Outcome:
    balance = drawn.balance()
    own = drawn.estimate(drawn.balance(purse(payer))) if payer else None
    return Outcome(drawn.estimate(balance), drawn.ratio(), float((balance > 0).mean()), own)
