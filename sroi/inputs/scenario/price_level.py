"""The price series that a scenario reckons with: those of the library, as far as it continues them,
and which of them its own amounts follow.

The status of a year is that of its rise from the year before: `final`, `provisional` (published,
and may still change), `forecast` (published before the year was over) or `own` (of the scenario).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from sroi.inputs.care.care import Care
from sroi.inputs.care.cohort_rewards import CohortCost
from sroi.inputs.case.continued_series import ContinuedSeries
from sroi.inputs.case.indexation import indexation
from sroi.inputs.library.library import Library, Proxy
from sroi.inputs.library.series import CONSUMER_PRICES, Index
from sroi.inputs.scenario.assumptions import price_series
from sroi.inputs.scenario.scenario import Investment, Scenario

Amount = Investment | Care | CohortCost
Contract = Investment | Care
Status = Literal["final", "provisional", "forecast", "own"]


def continued(indices: Mapping[str, Index], own: Mapping[str, ContinuedSeries]) -> dict[str, Index]:
    """The series, with the years that a scenario adds to them, or has in the place of forecasts."""
    more = {key: indices[key].continued(own[key].rises) for key in own if key in indices}
    return {**indices, **more}


def status(scenario: Scenario, index: Index, year: int) -> Status:
    """Of a year of a series as it is after `continued`."""
    own = scenario.indices.get(index.id)
    if own and year in own.rises:
        return "own"
    if year in index.forecast:
        return "forecast"
    return "provisional" if year in index.provisional else "final"


def amount_series(line: Amount, proxy: Proxy | None = None) -> str:
    """By which series an amount goes to another year: a price of the library by that of the
    library, an amount that is stated by the one it names, or by consumer prices."""
    return proxy.index if proxy else line.index or CONSUMER_PRICES


def named_series(scenario: Scenario, known: Collection[str]) -> set[str]:
    """The series that amounts and contracts of the scenario name."""
    named = {outcome.index for outcome in scenario.outcomes}
    named |= {line.index for line in stated(scenario)}
    said = {indexation(line.indexation, known) for line in contracts(scenario).values()}
    return {index for index in named | said if isinstance(index, str)}


def contracts(scenario: Scenario) -> dict[str, Contract]:
    """What is paid under a contract, by its path: an investment, or care that is bought."""
    care = {path: one for _, path, one in scenario.care()}
    return {f"investment.{line.id}": line for line in scenario.investment} | care


def stated(scenario: Scenario) -> Iterator[Amount]:
    """Everything beside outcomes that states an amount or names a price."""
    yield from scenario.investment
    yield from (care for _, _, care in scenario.care())
    yield from (cost for cohort in scenario.cohorts for cost in cohort.costs)


def price_years(scenario: Scenario, library: Library) -> Iterator[tuple[str, int]]:
    """Series and year of every price that counts; where no year is stated, that of the basis."""
    for outcome in scenario.outcomes:
        if outcome.in_euros and (proxy := library.proxies.get(outcome.proxy or "")):
            yield price_series(outcome, proxy), outcome.price_year or proxy.price_year
    for line in stated(scenario):
        key = None if isinstance(line, CohortCost) else line.proxy
        proxy = library.proxies.get(key or "")
        year = proxy.price_year if proxy else line.price_year or scenario.basis.price_year
        yield amount_series(line, proxy), year
