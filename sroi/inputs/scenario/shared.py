"""A scenario whose numbers know what they follow from, and what their ranges cover."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.inputs.quantity.linked import Circle, Links, TooLong, domains, links, used, with_each
from sroi.inputs.quantity.named import Named
from sroi.inputs.quantity.quantities_in import quantities_in
from sroi.inputs.quantity.quantity import ANY, Quantity
from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.text.yaml_text import Document
from sroi.problems import Problem, nearest


def with_coverage(scenario: Scenario) -> Scenario:
    """The scenario in which every range says what it covers, as `basis.ranges_cover` has it.

    Before anything of the library is filled in: its ranges are their own.
    """
    covers = scenario.basis.ranges_cover
    if covers is None:
        return scenario

    stated = quantities_in(scenario, "", (), scenario.basis.first_year)
    domains_ = {id(one.quantity): one.domain for one in stated}

    def covered(quantity: Quantity) -> Quantity:
        parts = {
            name: inner
            for name in ("times", "plus", "by_year")
            if (inner := with_each(getattr(quantity, name, None), covered)) is not None
        }
        if quantity.best is None or quantity.covers is not None:
            return quantity.model_copy(update=parts) if parts else quantity
        known = quantity.model_copy(update=parts | {"covers": covers})
        return known.within(domains_.get(id(quantity), ANY))

    return with_each(scenario, covered)


def with_links(scenario: Scenario, document: Document) -> tuple[Scenario, list[Problem]]:
    """The scenario in which every quantity knows what it follows from; and where that cannot be.

    A quantity whose origin is not known stays as it was.
    """
    first_year = scenario.basis.first_year
    named = {one.id: one for one in scenario.quantities}
    if not named and not any(used(scenario, first_year)):
        return scenario, []
    allowed = domains(scenario, first_year)
    known = Links({key: one.within(allowed.get(key, ANY)) for key, one in named.items()})
    problems = [*_unknown(scenario, named, document), *_circles(scenario, known, document)]

    def resolved(quantity: Quantity) -> Quantity:
        try:
            if isinstance(quantity, Named):
                return known.named(quantity.id)
            return known.resolved(quantity)
        except (Circle, TooLong, KeyError):
            return quantity

    return with_each(scenario, resolved), problems


def _unknown(scenario: Scenario, named: dict[str, Named], document: Document) -> Iterator[Problem]:
    """quantity-unknown"""
    for place, quantity in used(scenario, scenario.basis.first_year):
        for key in links(quantity):
            if key not in named:
                facts = {"id": key, "nearest": nearest(key, named)}
                yield document.problem("quantity-unknown", place, **facts)


def _circles(scenario: Scenario, known: Links, document: Document) -> Iterator[Problem]:
    """quantity-circle, quantity-chain-long"""
    told: set[frozenset[str]] = set()
    for position, one in enumerate(scenario.quantities):
        place = ("quantities", position)
        try:
            known.named(one.id)
        except KeyError:
            continue
        except TooLong:
            yield document.problem("quantity-chain-long", place, id=one.id)
        except Circle as circle:
            if frozenset(circle.through) not in told:
                through = " → ".join(circle.through)
                yield document.problem("quantity-circle", place, id=one.id, through=through)
            told.add(frozenset(circle.through))
