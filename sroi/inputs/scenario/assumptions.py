"""Every number of a scenario under its path, in one fixed order.

The paths (`outcomes.minder-seh.rate`) are what correlations and variants name, what the draws are
keyed by and what the report prints beside each assumption.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sroi.inputs.care.care_ladder import CareLadder
from sroi.inputs.care.cohort import Cohort
from sroi.inputs.library.library import CONSUMER_PRICES, Library, Proxy
from sroi.inputs.quantity.quantities_in import quantities_in
from sroi.inputs.quantity.quantity import (
    ANY,
    DURATION,
    FRACTION,
    NOT_NEGATIVE,
    Domain,
    Quantity,
)
from sroi.inputs.scenario.scenario import CORRECTIONS, Outcome, Scenario


@dataclass(frozen=True)
class Assumption:
    """A number with its path, the domain it lives in, and where it stands in the file."""

    path: str
    quantity: Quantity
    domain: Domain
    place: tuple[str | int, ...]


def assumptions(scenario: Scenario, library: Library) -> dict[str, Assumption]:
    """All numbers that the result rests on, by path; of the library only the proxies in use."""
    found = [
        *_activities(scenario),
        *_outcomes(scenario),
        *_investment(scenario),
        *_care(scenario),
        *_counted(scenario),
        *_proxies(scenario, library),
    ]
    return {assumption.path: assumption for assumption in found}


def used_proxies(scenario: Scenario) -> list[str]:
    """Ids of the proxies in use, in the order of the file."""
    named = [outcome.proxy for outcome in scenario.outcomes if outcome.in_euros]
    named += [investment.proxy for investment in scenario.investment]
    named += [care.proxy for _, _, care in scenario.care()]
    return list(dict.fromkeys(proxy for proxy in named if proxy))


def own_price(outcome: Outcome) -> Quantity | None:
    """The price that an outcome states itself, in the place of its proxy's."""
    return outcome.value if isinstance(outcome.value, Quantity) else None


def price_series(outcome: Outcome, proxy: Proxy) -> str:
    """By which series the price of an outcome goes to another year: its own one by what it states,
    or consumer prices; that of the library by the series of the library."""
    return outcome.index or (CONSUMER_PRICES if own_price(outcome) else proxy.index)


def _activities(scenario: Scenario) -> Iterator[Assumption]:
    for position, activity in enumerate(scenario.activities):
        place = ("activities", position, "volume")
        yield from _yearly(scenario, f"activities.{activity.id}.volume", activity.volume, place)


def _investment(scenario: Scenario) -> Iterator[Assumption]:
    for position, line in enumerate(scenario.investment):
        for name in ("per_year", "volume"):
            sizes = getattr(line, name)
            if sizes:
                place = ("investment", position, name)
                yield from _yearly(scenario, f"investment.{line.id}.{name}", sizes, place)


def _yearly(
    scenario: Scenario, path: str, sizes: list[Quantity], place: tuple[str | int, ...]
) -> Iterator[Assumption]:
    """One path for a size that holds every year, or one for each year of a list."""
    if len(sizes) == 1:
        yield Assumption(path, sizes[0], NOT_NEGATIVE, place)
        return
    for offset, size in enumerate(sizes):
        year = scenario.basis.first_year + offset
        yield Assumption(f"{path}.{year}", size, NOT_NEGATIVE, (*place, offset))


def _outcomes(scenario: Scenario) -> Iterator[Assumption]:
    fields = {"rate": ANY, **dict.fromkeys(CORRECTIONS, FRACTION), "lasts": DURATION}
    fields |= {"drop_off": FRACTION}
    for position, outcome in enumerate(scenario.outcomes):
        stated = {name: (getattr(outcome, name), domain) for name, domain in fields.items()}
        stated["value"] = (own_price(outcome), ANY)
        for name, (quantity, domain) in stated.items():
            if quantity is not None:
                place = ("outcomes", position, name)
                yield Assumption(f"outcomes.{outcome.id}.{name}", quantity, domain, place)


def _care(scenario: Scenario) -> Iterator[Assumption]:
    """The conditions, and what stands in care ladders, direct shifts and cohorts."""
    for name in ("enabling_conditions", "care_ladder", "direct_shift", "cohorts"):
        parts = getattr(scenario, name)
        for path, quantity, place, domain in quantities_in(
            parts, name, (name,), scenario.basis.first_year
        ):
            yield Assumption(path, quantity, domain, place)


def _counted(scenario: Scenario) -> Iterator[Assumption]:
    """The shares that follow from counts, as sticks."""
    rows: list[tuple[str, tuple[str | int, ...], CareLadder | Cohort]] = []
    place: tuple[str | int, ...]
    for number, ladder in enumerate(scenario.care_ladder):
        if ladder.register_:
            place = ("care_ladder", number, "register", "split_counts")
            rows.append((f"care_ladder.{ladder.id}.register.split_counts", place, ladder))
    for number, cohort in enumerate(scenario.cohorts):
        rows.append((f"cohorts.{cohort.id}.counts", ("cohorts", number, "counts"), cohort))
    for path, place, noun in rows:
        counted = noun.counts if isinstance(noun, Cohort) else noun.register_.split_counts  # type: ignore[union-attr]
        counter = noun if isinstance(noun, Cohort) else noun.register_
        for origin in counted:
            for target, stick in counter.sticks(origin).items():  # type: ignore[union-attr]
                at = (*place, origin, target)
                yield Assumption(f"{path}.{origin}.{target}", stick, FRACTION, at)


def _proxies(scenario: Scenario, library: Library) -> Iterator[Assumption]:
    own = {proxy.id: position for position, proxy in enumerate(scenario.proxies)}
    overruled = {o.proxy for o in scenario.outcomes if own_price(o)}
    needed = {o.proxy for o in scenario.outcomes if not own_price(o)}
    needed |= {line.proxy for line in scenario.investment}
    cared = {care.proxy for _, _, care in scenario.care()}
    needed |= cared
    for key in used_proxies(scenario):
        proxy = library.proxies.get(key)
        if proxy is None or (key in overruled and key not in needed):
            continue
        saved = key in cared or any(o.proxy == key for o in scenario.outcomes)
        prices = ("value", "tariff") if saved else ("value",)
        for name in prices:
            quantity = getattr(proxy, name)
            if quantity is not None:
                place = ("proxies", own[key], name) if key in own else ()
                yield Assumption(f"proxies.{key}.{name}", quantity, ANY, place)
