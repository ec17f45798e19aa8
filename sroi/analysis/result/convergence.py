"""Whether there were enough draws for the digits that are printed, and how many would be.

The error of an estimate is measured over the replicates. It shrinks with the square root of the
number of draws where points are random; with Sobol points it mostly shrinks faster, so that what
the square root asks for is then more than needed. With 16 replicates an error is itself known to
within about a fifth.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from sroi.inputs.scenario.scenario import MAX_DRAWS, Basis
from sroi.model.flows import engine
from sroi.model.flows.results import Results
from sroi.model.lines.model import Model
from sroi.model.uncertain.sampling import draws_used

MOST_DECIMALS = 2  # of a ratio


@dataclass(frozen=True)
class Printed:
    """A headline as it is printed: `ratio`, or `society` for the balance in euros.

    `digit`: the size of the last digit that is printed; `finest`: the smallest that ever is.
    `needed`: draws with which that one is sure by the square-root law, rounded as the sampling
    wants and no fewer than were made; None where there is no numerical error.
    """

    name: str
    value: float
    standard_error: float
    digit: float
    finest: float
    needed: int | None

    @property
    def enough(self) -> bool:
        """Whether the error is at most half of the last digit that is printed."""
        return self.standard_error <= self.digit / 2

    @property
    def in_full(self) -> bool:
        """Whether it would be so with as many digits as are ever printed."""
        return self.standard_error <= self.finest / 2


@dataclass(frozen=True)
class Run:
    """Results, the error of their headline, and whether that is as small as was asked."""

    results: Results
    error: float
    reached: bool

    @property
    def draws(self) -> int:
        """Number of draws."""
        return self.results.draws


def enough(results: Results, step: float, method: str = "sobol") -> list[Printed]:
    """The ratio (where there is one) and the balance of society.

    `step`: to what amounts euros are rounded; `method`: the sampling of the results.
    """
    found = []
    if ratio := results.ratio():
        finest = 10.0**-MOST_DECIMALS
        digit = last_digit(ratio.standard_error)
        found.append(("ratio", ratio.mean, ratio.standard_error, digit, finest))
    balance = results.mean_and_error(results.balance())
    found.append(("society", *balance, float(step), float(step)))
    return [
        Printed(*facts, needed(results.draws, facts[2], facts[4] / 2, method)) for facts in found
    ]


def last_digit(standard_error: float) -> float:
    """The last digit of a ratio: 0.01, or larger where twice the error does not support it."""
    decimals = MOST_DECIMALS
    if standard_error > 0:
        decimals = math.floor(-math.log10(2 * standard_error))
    return 10.0 ** -max(0, min(MOST_DECIMALS, decimals))


def needed(draws: int, error: float, wanted: float, method: str) -> int | None:
    """Draws with which an error becomes as small as wanted, by the square-root law.

    Those that were made where it is: with Sobol points fewer cannot be relied on.
    """
    if error <= 0:
        return None
    if error <= wanted:
        return draws
    return draws_used(method, math.ceil(draws * (error / wanted) ** 2))


def until_precise(
    model: Model,
    basis: Basis,
    precision: float,
    most: int = MAX_DRAWS,
    threads: int | None = None,
    progress: Callable[[int, float], object] = lambda draws, share: None,
) -> Run:
    """Twice as many draws, time and again, until the error of the headline is at most `precision`.

    From the draws of the scenario, and never more than `most`. The headline is the ratio, or where
    there is none the balance as a share of the mean size of the benefits. Each round is a run of
    its own with that many draws; `progress` is told how many, and what share is done.
    """
    method, draws = basis.sampling, draws_used(basis.sampling, min(basis.draws, most))
    if draws > most:
        draws = draws_used(method, draws // 2)
    while True:
        told = partial(progress, draws)
        results = engine.run(model, draws, basis.seed, method, threads, told)
        error = headline_error(results)
        if error <= precision or 2 * draws > most:
            return Run(results, error, error <= precision)
        del results  # room for the next
        draws *= 2


def headline_error(results: Results) -> float:
    """Standard error of the ratio, or of the balance as a share of the mean size of the benefits.

    Without ratio and benefits there is nothing to be precise about: zero.
    """
    if ratio := results.ratio():
        return ratio.standard_error
    size = float(np.abs(results.benefits()).mean())
    return results.mean_and_error(results.balance())[1] / size if size > 0 else 0.0
