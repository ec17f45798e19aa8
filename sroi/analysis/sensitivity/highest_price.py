"""The highest price per unit of an activity at which it still pays with a chance of, say, 90 %.

    B = present value of the benefits that flow from the activity, in a perspective
    V = present value of its units, discounted as investment is
    P(B > p V) = 90 %   at   p = the 10 % quantile of B ÷ V

over the draws, so that who tenders knows what may be asked for one trajectory. The benefits are
those of the outcomes, care ladders and direct shifts that say they are of this activity. Of an
outcome and a direct shift they grow with its volume; what a ladder avoids does not, there the
volume is only what the benefits are shared out over.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.sensitivity.one_at_a_time import BLOCK
from sroi.model.flows.engine import results_at
from sroi.model.flows.results import SOCIETY, Perspective, Results
from sroi.model.lines.builder import in_year
from sroi.model.lines.lines import LadderLine, OutcomeLine, ShiftLine
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values
from sroi.model.uncertain.sampling import REPLICATES

Array = NDArray[np.float64]
CHANCE = 0.9


@dataclass(frozen=True)
class HighestPrice:
    """Euros per unit of an activity in prices of the price year, with the standard error.

    `price`: at or below it the chance that it pays is what was asked; zero or less means that even
    for nothing it is not. None where the activity brings this purse nothing or has no volume.
    `now`: what a unit costs as planned, expected investment ÷ expected units, both at present
    value; None where there are more activities, between which the investment is not divided.
    """

    activity: str
    chance: float
    price: float | None
    error: float | None
    now: float | None


@dataclass(frozen=True)
class _Sums:
    """Present values (draw): benefits and units by activity (activity, draw), and investment."""

    benefits: Array
    units: Array
    investment: Array


def highest_prices(
    model: Model,
    values: Values,
    perspective: Perspective = SOCIETY,
    chance: float = CHANCE,
) -> list[HighestPrice]:
    """Every activity, in the order of the file, in a perspective.

    `values`: draws as `some_draws` gives them, replicate after replicate; the error of the quantile
    is measured over these. For a payer benefits and investment are those in its own purse.
    """
    activities = _activities(model)
    if not activities:
        return []
    sums = _sums(model, values, activities, perspective)
    now = _now(sums.investment, sums.units[0]) if len(activities) == 1 else None
    prices = (_price(*pair, chance) for pair in zip(sums.benefits, sums.units, strict=True))
    return [
        HighestPrice(activity, chance, price, error, now)
        for activity, (price, error) in zip(activities, prices, strict=True)
    ]


def _activities(model: Model) -> list[str]:
    paths = [path.split(".") for path in model.quantities.distributions]
    return list(dict.fromkeys(steps[1] for steps in paths if steps[0] == "activities"))


def _lines(model: Model, activity: str) -> list[tuple[str, str]]:
    """Kind and id of every line with benefits of an activity."""
    lines: list[tuple[str, OutcomeLine | LadderLine | ShiftLine]] = [
        *(("outcomes", line) for line in model.outcomes),
        *(("care_ladder", line) for line in model.ladders),
        *(("direct_shift", line) for line in model.shifts),
    ]
    return [
        (kind, line.id)
        for kind, line in lines
        if line.volumes and line.volumes[0].split(".")[1] == activity
    ]


def _sums(model: Model, values: Values, activities: list[str], whose: Perspective) -> _Sums:
    """In blocks of draws, so that memory stays bounded."""
    parts = []
    for start in range(0, values.draws, BLOCK):
        part = values.part(start, min(start + BLOCK, values.draws))
        results = results_at(model, part)
        benefits = [_benefits(results, activity, whose) for activity in activities]
        units = [_units(model, part, activity) for activity in activities]
        parts.append(_Sums(np.array(benefits), np.array(units), results.investment(whose)))
    names = ("benefits", "units", "investment")
    return _Sums(*(np.concatenate([getattr(p, name) for p in parts], axis=-1) for name in names))


def _benefits(results: Results, activity: str, whose: Perspective) -> Array:
    """Present value of what flows from an activity (draw)."""
    lines = _lines(results.model, activity)
    return results.present_values([r for k, id_ in lines for r in results.rows(k, [id_])], whose)


def _units(model: Model, values: Values, activity: str) -> Array:
    """Present value of the units of an activity (draw)."""
    path, total = f"activities.{activity}.volume", np.zeros(values.draws)
    known = model.quantities.distributions
    for year, factor in enumerate(model.discounting.investment_factors(model.horizon)):
        total += values[in_year(path, model.first_year + year, known)] * factor
    return total


def _price(benefits: Array, units: Array, chance: float) -> tuple[float | None, float | None]:
    """The quantile over all draws, with its error.

    The error of the chance at that price is measured over the replicates, and read back as a
    difference in price: Woodruff (1952). It is at least that of one draw.
    """
    if not benefits.any():
        return None, None
    with np.errstate(divide="ignore", invalid="ignore"):
        # without units it pays at every price or at none
        each = np.where(units > 0, benefits / units, np.where(benefits > 0, np.inf, -np.inf))
    price = _quantile(each, chance)
    if not math.isfinite(price):
        return None, None
    shares = (each >= price).reshape(REPLICATES, -1).mean(axis=1)
    off = max(float(shares.std(ddof=1)) / REPLICATES**0.5, 1 / len(each))
    error = (_quantile(each, chance - off) - _quantile(each, chance + off)) / 2
    return price, error if math.isfinite(error) else None


def _quantile(each: Array, chance: float) -> float:
    """The largest value that a share of at least `chance` of the draws reaches."""
    position = math.floor((1 - chance) * len(each) + 1e-9)
    position = min(max(position, 0), len(each) - 1)
    return float(np.partition(each, position)[position])


def _now(investment: Array, units: Array) -> float | None:
    return float(investment.mean() / units.mean()) if units.mean() > 0 else None
