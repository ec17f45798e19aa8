"""The rules that hold sizes against each other: people, hours in a year, prices of the same unit.

What cannot be is an error; what is only odd is pointed out. A size that is uncertain is taken at
its lowest where something is said to be impossible, and in the middle where it is said to be odd.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from sroi.inputs.care.by_year import Growing, sizes
from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.rules.checked import Checked
from sroi.inputs.rules.people import volumes
from sroi.inputs.rules.prices import priced
from sroi.inputs.scenario.assumptions import own_price
from sroi.inputs.scenario.scenario import Outcome
from sroi.inputs.text.yaml_text import Path_
from sroi.problems import Problem

HOURS = 8_784.0  # in a year, at most
MOST_PEOPLE = 20_000_000.0  # more than live in the Netherlands, as in a target group
OFTEN = 1_000.0  # times a year for one person: nearly three times a day
# how much of it there is in a year, by the thing that is priced
IN_A_YEAR = {"uur": HOURS, "dag": 366.0, "etmaal": 366.0, "dagdeel": 3 * 366.0, "week": 53.0}
UNLIKE = 10.0  # times the highest, or a tenth of the lowest
ENOUGH = 3  # prices of one unit, to speak of their range
FAR = 15  # years between the prices and what they are used for


def least(quantity: Quantity) -> float:
    """The smallest that its size, whatever its sign, can be; nothing where it has no bounds."""
    bounds = quantity.bounds
    if bounds is None or bounds[0] <= 0 <= bounds[1]:
        return 0.0
    return min(abs(bounds[0]), abs(bounds[1]))


def so_many_people_exist(c: Checked) -> Iterator[Problem]:
    """people-too-many: in a target group, on a ladder or in a cohort"""
    for path, count in _people(c):
        if count > MOST_PEOPLE:
            yield c.error("people-too-many", *path, found=f"{count:_.0f}")


def _people(c: Checked) -> Iterator[tuple[Path_, float]]:
    """Every number of people that the scenario states, and where."""
    for position, group in enumerate(c.scenario.target_groups):
        yield ("target_groups", position, "people"), group.people
    for position, ladder in enumerate(c.scenario.care_ladder):
        for tier, people in ladder.inflow.items():
            yield ("care_ladder", position, "inflow", tier), _most(people, c.scenario.basis.years)
    for position, cohort in enumerate(c.scenario.cohorts):
        for key in ("start", "inflow"):
            for state, size in getattr(cohort, key).items():
                yield ("cohorts", position, key, state), least(size)


def _most(people: Quantity | list[Quantity] | Growing, years: int) -> float:
    """New people in the year with most of them."""
    most = max(map(least, sizes(people)))
    growth = people.growth.middle if isinstance(people, Growing) else 0.0
    return most * (1 + max(growth, 0.0)) ** (years - 1)


def nobody_is_helped_all_day(c: Checked) -> Iterator[Problem]:
    """volume-impossible, volume-odd: of an activity, for each person who is reached"""
    reached = sum(group.reached for group in c.scenario.target_groups)
    for position, activity in enumerate(c.scenario.activities):
        for place, size in volumes(position, activity) if reached else ():
            told = {"id": activity.id, "reached": f"{reached:_.0f}"}
            if least(size) > HOURS * reached:
                times = f"{least(size) / reached:_.0f}"
                yield c.error("volume-impossible", *place, times=times, **told)
            elif size.middle > OFTEN * reached:
                times = f"{size.middle / reached:_.0f}"
                yield c.warning("volume-odd", *place, times=times, **told)


def a_year_holds_it(c: Checked) -> Iterator[Problem]:
    """rate-beyond-a-year: more hours, days or weeks for one than a year has"""
    for path, outcome in c.outcomes():
        most = IN_A_YEAR.get(_thing(c, outcome))
        if most and abs(outcome.rate.middle) > most:
            facts = {"found": f"{outcome.rate.middle:g}", "most": f"{most:g}"}
            facts |= {"thing": _thing(c, outcome), "id": outcome.id}
            impossible = least(outcome.rate) > UNLIKE * most
            say = c.error if impossible else c.warning
            code = "rate-impossible" if impossible else "rate-beyond-a-year"
            yield say(code, *path, "rate", **facts)


def _thing(c: Checked, outcome: Outcome) -> str:
    proxy = c.library.proxies.get(outcome.proxy or "")
    return proxy.thing if proxy and outcome.in_euros else ""


def own_prices_are_like_others(c: Checked) -> Iterator[Problem]:
    """price-negative, price-unlike-library: against shipped prices of the same unit"""
    for path, price, unit in _own_prices(c):
        bounds = price.bounds
        if bounds and bounds[1] < 0:
            yield c.error("price-negative", *path, found=f"{bounds[1]:g}")
            continue
        known = _sizes_of(c, unit)
        if len(known) >= ENOUGH and price.middle > 0:
            low, high = min(known), max(known)
            if not low / UNLIKE <= price.middle <= high * UNLIKE:
                facts = {"found": f"{price.middle:g}", "unit": unit, "count": len(known)}
                facts |= {"low": f"{low:g}", "high": f"{high:g}"}
                yield c.warning("price-unlike-library", *path, **facts)


def _own_prices(c: Checked) -> Iterator[tuple[Path_, Quantity, str]]:
    """Every price that the scenario brings itself: where, how large, of what."""
    for position, proxy in enumerate(c.scenario.proxies):
        yield ("proxies", position, "value"), proxy.value, proxy.unit
    for path, outcome in c.outcomes():
        price, known = own_price(outcome), c.library.proxies.get(outcome.proxy or "")
        if price and known:
            yield (*path, "value"), price, known.unit


def _sizes_of(c: Checked, unit: str) -> list[float]:
    """What shipped prices of a unit are, of those that are not withdrawn."""
    entries = (p for p in c.shipped.proxies.values() if p.unit == unit)
    sizes = [p.value.middle for p in entries if p.review.status != "withdrawn"]
    return [size for size in sizes if size > 0 and math.isfinite(size)]


def something_is_invested(c: Checked) -> Iterator[Problem]:
    """investment-none: something is worth euros, and nothing is paid for it"""
    worth = any(not isinstance(x, Outcome) or x.in_euros for path, _, x in priced(c)
                if path[0] != "investment")  # fmt: skip
    if worth and not c.scenario.investment:
        yield c.warning("investment-none", "investment", at_key=True)


def the_years_are_near(c: Checked) -> Iterator[Problem]:
    """first-year-far: from the price year"""
    basis = c.scenario.basis
    if abs(basis.first_year - basis.price_year) > FAR:
        facts = {"found": basis.first_year, "price_year": basis.price_year}
        yield c.warning("first-year-far", "basis", "first_year", **facts)


RULES = [
    so_many_people_exist,
    nobody_is_helped_all_day,
    a_year_holds_it,
    own_prices_are_like_others,
    something_is_invested,
    the_years_are_near,
]
