"""By what an amount of some year becomes one of the prices in which the scenario states it."""

from __future__ import annotations

from dataclasses import dataclass

from sroi.inputs.case.indexation import indexation
from sroi.inputs.files.scenario_file import Loaded
from sroi.inputs.scenario.assumptions import price_series
from sroi.inputs.scenario.price_level import amount_series


@dataclass(frozen=True)
class PriceLevel:
    """What an amount follows, a series or the rise a year of its contract; and the year of the
    prices in which it is stated."""

    rule: str | float
    year: int


def price_level(loaded: Loaded, path: str) -> PriceLevel:
    """Of a cost or a price, by its path."""
    scenario, library = loaded.scenario, loaded.library
    wanted = scenario.basis.price_year
    first, line, *_ = path.split(".")
    if first == "proxies":
        return PriceLevel(library.proxies[line].index, library.proxies[line].price_year)
    if first == "outcomes":
        outcome = next(x for x in scenario.outcomes if x.id == line)
        proxy = library.proxies[outcome.proxy or ""]
        return PriceLevel(price_series(outcome, proxy), outcome.price_year or proxy.price_year)
    if first == "investment":
        cost = next(x for x in scenario.investment if x.id == line)
        said = indexation(cost.indexation, library.indices)
        rule = amount_series(cost) if said is None else said
        return PriceLevel(rule, cost.price_year or wanted)
    care = next(care for _, own, care in scenario.care() if path.startswith(f"{own}."))
    return PriceLevel(amount_series(care), care.price_year or wanted)


def rise(loaded: Loaded, rule: str | float, since: int, until: int) -> float | None:
    """What one euro of a year is in another; None where the series does not reach so far."""
    if isinstance(rule, float):
        return (1 + rule) ** (until - since)
    factors = loaded.library.indices[rule].factors
    if since == until or {since, until} <= set(factors):
        return factors[since] / factors[until] if since != until else 1.0
    return None
