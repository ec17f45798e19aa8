"""The rules of numbers that follow from others, of what ranges cover, and of numbers that look the
same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from sroi.inputs.quantity.linked import differ_by_year, links
from sroi.inputs.quantity.named import Named
from sroi.inputs.quantity.quantity import MASS_OUTSIDE, Domain, Quantity
from sroi.inputs.rules.checked import Checked
from sroi.inputs.scenario.assumptions import Assumption
from sroi.inputs.text.nouns import Text
from sroi.inputs.text.yaml_text import Path_
from sroi.problems import Problem

SAID = {"because", "source", "evidence", "covers"}
SAME = ("outcomes", "direct_shift")
YEARS = {"jaar", "year"}


def quantities_are_used(c: Checked) -> Iterator[Problem]:
    """quantity-unused"""
    used = {path.split(".")[1] for path in c.assumptions if _named(path)}
    for position, one in enumerate(c.scenario.quantities):
        if one.id not in used:
            yield c.warning("quantity-unused", "quantities", position, "id", id=one.id)


def _named(path: str) -> bool:
    return path.startswith("quantities.")


def results_lie_in_their_domains(c: Checked) -> Iterator[Problem]:
    """quantity-outside-domain: what follows from others, with the way back to them"""
    for one in _once(c):
        if one.quantity.linked and one.quantity.outside(one.domain) > MASS_OUTSIDE:
            facts = {"path": one.path, "way": way(one), **_limits(one.domain)}
            facts |= dict(zip(("lowest", "highest"), map(_short, one.quantity.reach), strict=True))
            yield c.error("quantity-outside-domain", *one.place, **facts)


def ranges_fit_what_they_cover(c: Checked) -> Iterator[Problem]:
    """covers-outside-domain"""
    for one in _once(c):
        quantity = one.quantity
        if quantity.covers and quantity.best is not None and quantity.outside(one.domain):
            facts = {"path": one.path, "covers": f"{quantity.covers:.0%}", **_limits(one.domain)}
            facts |= {
                "lowest": _short(quantity.range_.low),
                "highest": _short(quantity.range_.high),
            }
            yield c.error("covers-outside-domain", *one.place, **facts)


def _once(c: Checked) -> Iterator[Assumption]:
    """Every number that the scenario itself states, once where it holds for every year."""
    seen: set[Path_] = set()
    for one in c.assumptions.values():
        if one.place and one.place not in seen:
            seen.add(one.place)
            yield one


def _limits(domain: Domain) -> dict[str, str]:
    return {"low": _short(domain[0]), "high": _short(domain[1])}


def _short(number: float) -> str:
    return "∞" if abs(number) == float("inf") else f"{number:.4g}"


def way(one: Assumption) -> str:
    """How a number follows from others: `quantities.dagen × outcomes.zorg.rate.times`."""
    told = " × ".join([one.origin, *one.times])
    return " + ".join([told, *one.plus])


def years_are_asked_of_what_has_years(c: Checked) -> Iterator[Problem]:
    """quantity-by-year, and years-count of quantities by year"""
    years, named = c.scenario.basis.years, {one.id: one for one in c.scenario.quantities}
    for position, one in enumerate(c.scenario.quantities):
        if one.by_year and len(one.by_year) != years:
            facts = {"id": one.id, "found": len(one.by_year), "expected": years, "key": "by_year"}
            yield c.error("years-count", "quantities", position, "by_year", **facts)
    for each in c.assumptions.values():
        if each.quantity.linked and each.year is None:
            ids = [key for key in links(each.quantity) if differ_by_year([key], named)]
            if ids:
                yield c.error("quantity-by-year", *each.place, path=each.path, id=ids[0])


def units_fit(c: Checked) -> Iterator[Problem]:
    """quantity-units-add, quantity-unit"""
    for one in _once(c):
        if not one.quantity.linked:
            continue
        terms = [unit for part in _terms(one.quantity) if (unit := unit_of(part))]
        for unit in terms[1:]:
            if not unit & terms[0]:
                facts = {"path": one.path, "one": _said(terms[0]), "other": _said(unit)}
                yield c.error("quantity-units-add", *one.place, **facts)
        field, own = _field_unit(c, one), unit_of(one.quantity)
        if field and own and not own & field:
            facts = {"path": one.path, "id": one.quantity.from_ or "", "own": _said(own)}
            yield c.warning("quantity-unit", *one.place, **facts, expected=_said(field))


def _terms(quantity: Quantity) -> Iterator[Quantity]:
    """What is added up: the origin with its factors, and every term."""
    yield (
        quantity.model_copy(update={"plus": None})
        if quantity.times
        else quantity.origin or quantity
    )
    yield from quantity.plus or []


def unit_of(quantity: Quantity | None) -> frozenset[str]:
    """The unit of a quantity in either language; none where it is not known, as of a product."""
    if isinstance(quantity, Named) and quantity.unit:
        return _spelled(quantity.unit)
    if quantity is None or not quantity.linked or quantity.times:
        return frozenset()
    return unit_of(quantity.origin)


def _spelled(unit: Text | str) -> frozenset[str]:
    texts = (unit,) if isinstance(unit, str) else (unit.nl, unit.en)
    return frozenset(text.strip().casefold() for text in texts if text)


def _said(unit: frozenset[str]) -> str:
    return " / ".join(sorted(unit))


def _field_unit(c: Checked, one: Assumption) -> frozenset[str]:
    """The unit of the field that a number stands in, where it has one that is known."""
    kind, position, *rest = one.place
    field = rest[0] if rest else ""
    if field == "lasts":
        return frozenset(YEARS)
    noun: Any = getattr(c.scenario, str(kind))[position]
    if kind == "activities" and field == "volume":
        return _spelled(noun.unit)
    if len(rest) != 1 or kind not in ("outcomes", "proxies", "investment"):
        return frozenset()
    proxy = noun if kind == "proxies" else c.library.proxies.get(noun.proxy or "")
    if field in ("value", "tariff"):
        return _spelled(proxy.unit) if proxy else frozenset()
    if field in ("rate", "volume"):
        unit = noun.unit or (proxy.thing if proxy else "")
        return _spelled(unit) if unit else frozenset()
    return _spelled(c.scenario.basis.currency) if field == "per_year" else frozenset()


def links_stay_in_the_scenario(c: Checked) -> Iterator[Problem]:
    """correlation-linked: what follows from others is not drawn, so it cannot be bound"""
    known = c.assumptions
    for position, correlation in enumerate(c.scenario.correlations):
        for item, path in enumerate(correlation.of):
            one = known.get(path)
            if one and (one.origin or one.drawn_with):
                facts = {"path": path, "of": one.drawn_with or one.origin}
                yield c.error("correlation-linked", "correlations", position, "of", item, **facts)


def what_ranges_cover_is_said(c: Checked) -> Iterator[Problem]:
    """ranges-cover-unsaid: once, where the first of them stands"""
    if c.scenario.basis.ranges_cover is not None:
        return
    found = [one for one in _once(c) if one.quantity.best is not None and one.quantity.uncertain]
    unsaid = [one for one in found if one.quantity.covers is None and _own(c, one)]
    if unsaid:
        yield c.warning("ranges-cover-unsaid", "basis", at_key=True, count=len(unsaid))


def _own(c: Checked, one: Assumption) -> bool:
    """Whether a number stands in the file, and was not filled in from a starting point."""
    part: Any = c.document.data
    for step in one.place:
        inside = step in part if isinstance(part, dict) else isinstance(part, list)
        if not inside or (isinstance(part, list) and not isinstance(step, int)):
            return False
        part = part[step]
    return isinstance(part, dict)


def numbers_that_are_one_are_linked(c: Checked) -> Iterator[Problem]:
    """same-number, same-rate-turned: of one activity or one stakeholder"""
    bound = [set(correlation.of) for correlation in c.scenario.correlations]
    found = [one for one in _once(c) if one.place[0] in SAME and len(one.place) == 3]
    groups: dict[tuple[object, ...], list[Assumption]] = {}
    for one in found:
        if one.quantity.uncertain and not one.quantity.linked:
            for key in _kin(c, one):
                groups.setdefault((*key, _numbers(one.quantity)), []).append(one)
    told: set[str] = set()
    for members in groups.values():
        new = [one for one in members if one.path not in told]
        if len(members) > 1 and new and not _bound([one.path for one in members], bound):
            told |= {one.path for one in members}
            facts = {"paths": ", ".join(one.path for one in members), "count": len(members)}
            yield c.warning("same-number", *members[1].place, **facts)
    yield from _turned(c, [one for one in found if one.place[2] == "rate"], bound)


def _kin(c: Checked, one: Assumption) -> Iterator[tuple[object, ...]]:
    """Field and unit, with the activity or the stakeholder that a number is about."""
    noun: Any = getattr(c.scenario, str(one.place[0]))[one.place[1]]
    unit = _field_unit(c, one) if one.place[0] == "outcomes" else frozenset[str]()
    for name in ("of", "stakeholder"):
        yield one.place[2], unit, name, getattr(noun, name)


def _numbers(quantity: Quantity) -> str:
    """What a quantity says but for words."""
    return quantity.model_dump_json(exclude=SAID, exclude_none=True)


def _bound(paths: list[str], bound: list[set[str]]) -> bool:
    """Whether correlations say of every two of these that they are different numbers."""
    return all(any({*pair} <= together for together in bound) for pair in combinations(paths, 2))


def _turned(c: Checked, rates: list[Assumption], bound: list[set[str]]) -> Iterator[Problem]:
    """same-rate-turned"""
    for number, second in enumerate(rates):
        for first in rates[:number]:
            kin = {key[2:] for key in _kin(c, first)} & {key[2:] for key in _kin(c, second)}
            opposite = _turned_round(first.quantity, second.quantity)
            if kin and opposite and not _bound([first.path, second.path], bound):
                facts = {"path": second.path, "other": first.path}
                yield c.warning("same-rate-turned", *second.place, **facts)


def _turned_round(first: Quantity, second: Quantity) -> bool:
    """Whether two ranges or numbers are the same but for their sign."""
    if first.linked or second.linked or first.form != second.form:
        return False
    if first.bounds is None or second.bounds is None or first.bounds == (0.0, 0.0):
        return False
    low, high = second.bounds
    best = (first.best or 0.0) == -(second.best or 0.0)
    return first.bounds == (-high, -low) and best


RULES = [
    quantities_are_used,
    results_lie_in_their_domains,
    ranges_fit_what_they_cover,
    years_are_asked_of_what_has_years,
    units_fit,
    links_stay_in_the_scenario,
    what_ranges_cover_is_said,
    numbers_that_are_one_are_linked,
]
