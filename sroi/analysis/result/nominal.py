"""The money of one payer in prices of each year (lopende prijzen): every line by its own series.

An amount of the price year P is in year t what its series makes of it, I(P→t). An investment, or
care that is bought, whose contract says how it is indexed goes from the year of its price Q by what
the contract says: by (1 + r) ^ (t - Q), by a series, or not at all; what it is in prices of P is
then left out. What a provider keeps of care beyond the contract follows its series. Never
discounted. A year that a series does not reach is not known, and nothing is put in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.result.purses import Budget
from sroi.inputs.case.indexation import Indexation, indexation
from sroi.inputs.library.library import Library
from sroi.inputs.scenario.price_level import Contract, contracts
from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.text.nouns import Text
from sroi.model.flows.results import Results, purse
from sroi.model.lines.indexation import factor
from sroi.model.lines.lines import CLASSES, Flow

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Follows:
    """What a row follows to prices of each year: a series, or the rise a year of a contract.

    `since`: the year of the price that rises; `factors`: from the price year to each year (NaN
    where that is not known); `contract`: whether a contract says so; `said`: its words.
    """

    rule: str | float
    since: int
    factors: Array
    contract: bool = False
    said: Text | None = None


@dataclass(frozen=True)
class Nominal:
    """A budget in prices of each year, with NaN where it is not known; `follows`: what the rows of
    this payer follow, by line; `ended`: series that do not reach the last year, with their last."""

    budget: Budget
    follows: dict[str, Follows]
    ended: dict[str, int]

    @property
    def known(self) -> int:
        """How many years, from the first, are known in full."""
        whole = sum(self.budget.benefits.values(), self.budget.investment)
        unknown = np.flatnonzero(np.isnan(whole))
        return int(unknown[0]) if len(unknown) else len(whole)


def nominal(results: Results, scenario: Scenario, library: Library, payer: str) -> Nominal:
    """The budget of a payer in prices of each year."""
    ways = followed(results, scenario, library)
    benefits = {
        name: _sum(results, ways, results.rows("benefits"), payer, name) for name in CLASSES
    }
    costs = _sum(results, ways, results.rows("investment"), payer, "hard")
    own = {results.lines[row]: ways[row] for row in _counted(results, payer)}
    series = {way.rule for way in own.values() if isinstance(way.rule, str)}
    last = results.model.first_year + results.model.years - 1
    ended = {key: max(library.indices[key].factors) for key in sorted(series)}
    return Nominal(
        Budget(payer, benefits, costs),
        own,
        {key: year for key, year in ended.items() if year < last},
    )


def followed(results: Results, scenario: Scenario, library: Library) -> list[Follows]:
    """What every row of the table of value flows follows."""
    known = contracts(scenario)
    return [
        _contract(results, scenario, library, flow, known.get(flow.contract))
        for flow in results.flows
    ]


def _contract(
    results: Results, scenario: Scenario, library: Library, flow: Flow, line: Contract | None
) -> Follows:
    """What a row follows: its contract where that can be read, or else its series."""
    wanted, model = scenario.basis.price_year, results.model
    years = range(model.first_year, model.first_year + model.years)
    words = line.indexation if line else None
    said: Indexation = indexation(words, library.indices)
    if line is None or said is None:
        rises = _rises(library, flow.series, wanted, years)
        return Follows(flow.series, wanted, np.array(list(rises)), said=words)
    proxy = library.proxies.get(line.proxy or "")
    since = proxy.price_year if proxy else line.price_year or wanted
    rises = _rises(library, said, since, years)
    return Follows(said, since, np.array(list(rises)) / flow.index, True, words)


def _rises(library: Library, rule: str | float, since: int, years: range) -> Iterator[float]:
    """By what an amount of a year is multiplied to be one of each of these years."""
    for year in years:
        if isinstance(rule, float):
            yield (1 + rule) ** (year - since)
        elif year == since or {year, since} <= set(library.indices[rule].factors):
            yield factor(library.indices[rule].factors, since, year)
        else:
            yield float("nan")


def _counted(results: Results, payer: str) -> list[int]:
    """The rows that stand in the budget of a payer: money goes in, and every kind comes out."""
    whole, hard = (results.weights(purse(payer, cash)) for cash in (None, "hard"))
    spent = set(results.rows("investment"))
    weights = [hard[row] if row in spent else whole[row] for row in range(len(results.lines))]
    return [row for row, weight in enumerate(weights) if weight and _any(results, row)]


def _any(results: Results, row: int) -> bool:
    return bool(results.by_year_of_row(row).any())


def _sum(results: Results, ways: list[Follows], rows: list[int], payer: str, cash: str) -> Array:
    """Expected amount (year) in prices of each year; nothing is nothing whatever it follows."""
    weights, total = results.weights(purse(payer, cash)), np.zeros(results.model.years)
    for row in rows:
        amounts = weights[row] * results.by_year_of_row(row)
        total += np.where(amounts == 0, 0.0, amounts * ways[row].factors)
    return total
