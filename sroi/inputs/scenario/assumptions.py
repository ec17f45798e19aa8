"""Every number of a scenario under its path, in one fixed order.

The paths (`outcomes.minder-seh.rate`) are what correlations and variants name, what the draws are
keyed by and what the report prints beside each assumption.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sroi.inputs.care.care_ladder import CareLadder
from sroi.inputs.care.cohort import Cohort
from sroi.inputs.library.library import Library, Proxy
from sroi.inputs.library.series import CONSUMER_PRICES
from sroi.inputs.quantity.linked import differ_by_year, links
from sroi.inputs.quantity.named import ByYear, Named
from sroi.inputs.quantity.quantities_in import Place, quantities_in
from sroi.inputs.quantity.quantity import (
    ANY,
    DURATION,
    FRACTION,
    NOT_NEGATIVE,
    Domain,
    Quantity,
)
from sroi.inputs.scenario.scenario import CORRECTIONS, Outcome, Scenario

# fields of care that may differ by year
YEARLY = ("demand", "possible")
FLOWS = ("inflow", "moves")


@dataclass(frozen=True)
class Assumption:
    """A number with its path, the domain it lives in, and where it stands in the file.

    `year`: of a list by year which one (0 first). `drawn_with`: the path of the years that it is
    drawn together with. `origin`, `times`, `plus`: the paths of what it follows from.
    """

    path: str
    quantity: Quantity
    domain: Domain
    place: Place
    year: int | None = None
    drawn_with: str = ""
    origin: str = ""
    times: tuple[str, ...] = ()
    plus: tuple[str, ...] = ()


def assumptions(scenario: Scenario, library: Library) -> dict[str, Assumption]:
    """All numbers that the result rests on, by path; of the library only the proxies in use, and
    of the scenario's `quantities` those that something follows from."""
    stated = [
        *_activities(scenario),
        *_outcomes(scenario),
        *_investment(scenario),
        *_care(scenario),
        *_counted(scenario),
        *_proxies(scenario, library),
    ]
    found = [each for one in stated for each in _with_factors(one, scenario)]
    found += _named(found, scenario)
    return {one.path: one for one in together(found, scenario)}


def _named(found: Iterable[Assumption], scenario: Scenario) -> list[Assumption]:
    """Those of the scenario's `quantities` that these follow from, and what those follow from."""
    named = {one.id: (n, one) for n, one in enumerate(scenario.quantities)}
    waiting, seen, own = _origins(found), set[str](), list[Assumption]()
    while waiting:
        key = waiting.pop(0)
        if key in named and key not in seen:
            stated = _stated(*named[key], scenario)
            more = [each for one in stated for each in _with_factors(one, scenario)]
            waiting += _origins(more)
            own += more
        seen.add(key)
    return own


def _origins(found: Iterable[Assumption]) -> list[str]:
    """Ids that these follow from, in their order."""
    return list(dict.fromkeys(one.quantity.from_ for one in found if one.quantity.from_))


def _stated(position: int, one: Named, scenario: Scenario) -> Iterator[Assumption]:
    """One of the scenario's `quantities`, or each of its years."""
    path, place = f"quantities.{one.id}", ("quantities", position)
    if one.by_year is None:
        yield from _in_years(scenario, Assumption(path, one, one.allowed, place))
        return
    for offset, size in enumerate(one.by_year):
        at = (*place, "by_year", offset)
        year = scenario.basis.first_year + offset
        yield Assumption(f"{path}.{year}", size, one.allowed, at, offset)


def _with_factors(one: Assumption, scenario: Scenario) -> list[Assumption]:
    """A number; and where it follows from another, what it is multiplied by and added to."""
    quantity, factors = one.quantity, list[Assumption]()
    if quantity.from_ is None:
        return [one]
    paths: dict[str, tuple[str, ...]] = {"times": (), "plus": ()}
    for name in paths:
        parts = getattr(quantity, name) or []
        for number, part in enumerate(parts, 1):
            alone = len(parts) == 1
            own = _factor(one, name if alone else f"{name}.{number}", part, scenario)
            own = replace(own, place=(*one.place, name, *(() if alone else (number - 1,))))
            factors += _with_factors(own, scenario)
            paths[name] += (own.path,)
    origin = _by_year(f"quantities.{quantity.from_}", [quantity.from_], one, scenario)
    times, plus = paths["times"], paths["plus"]
    return [replace(one, origin=origin, times=times, plus=plus), *factors]


def _factor(one: Assumption, name: str, part: Quantity, scenario: Scenario) -> Assumption:
    """A factor or a term; of a number for all years one for all years, unless it differs itself."""
    suffix = "" if one.year is None else f".{scenario.basis.first_year + one.year}"
    if not suffix or not one.path.endswith(suffix) or one.place[-1] == one.year:
        return Assumption(f"{one.path}.{name}", part, ANY, one.place, one.year)
    path = f"{one.path.removesuffix(suffix)}.{name}"
    by_year = _by_year(path, list(links(part)), one, scenario)
    return Assumption(by_year, part, ANY, one.place, None if by_year == path else one.year)


def _by_year(path: str, ids: list[str], one: Assumption, scenario: Scenario) -> str:
    """The path, with the year of a number where what it rests on differs by year."""
    named = {each.id: each for each in scenario.quantities}
    if one.year is None or not differ_by_year(ids, named):
        return path
    return f"{path}.{scenario.basis.first_year + one.year}"


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
        path, place = f"activities.{activity.id}", ("activities", position)
        yield from _yearly(scenario, f"{path}.volume", activity.volume, (*place, "volume"))
        if activity.returning is not None:
            at = (*place, "returning")
            yield Assumption(f"{path}.returning", activity.returning, FRACTION, at)


def _investment(scenario: Scenario) -> Iterator[Assumption]:
    for position, line in enumerate(scenario.investment):
        for name in ("per_year", "volume"):
            sizes = getattr(line, name)
            if sizes:
                place = ("investment", position, name)
                yield from _yearly(scenario, f"investment.{line.id}.{name}", sizes, place)


def _yearly(
    scenario: Scenario, path: str, sizes: list[Quantity], place: Place
) -> Iterator[Assumption]:
    """One path for a size that holds every year, or one for each year of a list."""
    if len(sizes) == 1:
        yield from _in_years(scenario, Assumption(path, sizes[0], NOT_NEGATIVE, place))
        return
    for offset, size in enumerate(sizes):
        year = scenario.basis.first_year + offset
        yield Assumption(f"{path}.{year}", size, NOT_NEGATIVE, (*place, offset), offset)


def _in_years(scenario: Scenario, one: Assumption) -> Iterator[Assumption]:
    """A size that holds every year; one for each where it follows from what differs by year."""
    named = {each.id: each for each in scenario.quantities}
    if not differ_by_year(list(links(one.quantity)), named):
        yield one
        return
    for offset in range(scenario.basis.years):
        year = scenario.basis.first_year + offset
        yield replace(one, path=f"{one.path}.{year}", year=offset)


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
            if place[-1] in YEARLY or _flows_of_a_ladder(place):
                yield from _in_years(scenario, Assumption(path, quantity, domain, place))
            else:
                in_years = name != "cohorts" and isinstance(place[-1], int)
                year = place[-1] if in_years else None
                yield Assumption(path, quantity, domain, place, year)  # type: ignore[arg-type]


def _flows_of_a_ladder(place: Place) -> bool:
    """Whether it is one number for all years of who comes in or moves on a ladder."""
    in_place = place[0] == "care_ladder" and place[2] in FLOWS
    return in_place and isinstance(place[-1], str) and place[-1] != "growth"


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


def together(found: Iterable[Assumption], scenario: Scenario) -> Iterator[Assumption]:
    """The same, in which ranges of a list by year know that they are drawn together.

    They are where at least two of them are ranges of their own, and the noun that the list stands
    in does not say `years: apart`. Before the first stands the list as a whole.
    """
    lists: dict[str, list[Assumption]] = {}
    for one in found:
        if one.year is not None and one.place[-1] == one.year:
            lists.setdefault(one.path.rpartition(".")[0], []).append(one)
    shared = {path: own for path, years in lists.items() if (own := _shared(years, scenario))}
    begun = set[str]()
    for one in found:
        path = one.path.rpartition(".")[0]
        if one not in shared.get(path, ()):
            yield one
            continue
        if path not in begun:
            begun.add(path)
            sizes = [year.quantity for year in shared[path]]
            whole = ByYear.model_construct(sizes=sizes)
            yield Assumption(path, whole, one.domain, one.place[:-1])
        yield replace(one, drawn_with=path)


def _shared(years: list[Assumption], scenario: Scenario) -> list[Assumption]:
    """The years that are drawn together; none where fewer than two are ranges of their own."""
    own = [one for one in years if not one.quantity.linked]
    if sum(one.quantity.uncertain for one in own) < 2 or _apart(scenario, own[0].place):
        return []
    return own


def _apart(scenario: Scenario, place: Place) -> bool:
    """Whether the noun that a list stands in says so; `place`: of one of its numbers."""
    noun: Any = scenario
    for step in place[:-2]:
        inside = isinstance(noun, dict | list)
        noun = noun[step] if inside else getattr(noun, str(step))
    return getattr(noun, "years", None) == "apart"
