"""Every quantity inside a noun, under its path in the file.

A list of nouns with ids is walked by id, a mapping by key, a list of sizes by year, and one by
cycle by the number of the cycle, so that the path of a quantity is what a variant or a correlation
names.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, get_args

from sroi.inputs.quantity.by_cycle import ByCycle
from sroi.inputs.quantity.named import Named
from sroi.inputs.quantity.quantity import ANY, Domain, Quantity, Within
from sroi.inputs.text.nouns import Noun

Place = tuple[str | int, ...]
HOLDS = (Noun, dict, list)  # what a quantity may be, or be in


class Found(NamedTuple):
    """A quantity with its path, its place in the file, and the domain of the field it stands in."""

    path: str
    quantity: Quantity
    place: Place
    domain: Domain


def quantities_in(
    part: Any, path: str, place: Place, first_year: int, domain: Domain = ANY
) -> Iterator[Found]:
    """Every quantity in a noun, a mapping or a list."""
    if isinstance(part, Quantity):
        yield Found(path, part, place, domain)
    elif isinstance(part, Noun):
        for name, key in fields_of(type(part)):
            if isinstance(inner := getattr(part, name), HOLDS):
                own = domain_of(type(part), name)
                yield from quantities_in(inner, f"{path}.{key}", (*place, key), first_year, own)
    elif isinstance(part, dict):
        for key, inner in part.items():
            if isinstance(inner, HOLDS):
                yield from quantities_in(inner, f"{path}.{key}", (*place, key), first_year, domain)
    elif isinstance(part, list):
        yield from _items(part, path, place, first_year, domain)


@cache
def fields_of(kind: type[Noun]) -> tuple[tuple[str, str], ...]:
    """The fields of a noun, each with what it is called in the file."""
    return tuple((name, field.alias or name) for name, field in kind.model_fields.items())


@cache
def domain_of(kind: type[Noun], name: str) -> Domain:
    """The domain that the annotation of a field states; any number where it states none."""
    field = kind.model_fields[name]
    return next(_domains((*field.metadata, field.annotation)), ANY)


def _domains(annotations: tuple[Any, ...]) -> Iterator[Domain]:
    for part in annotations:
        if isinstance(part, Within):
            yield part.domain
        else:
            yield from _domains((*getattr(part, "__metadata__", ()), *get_args(part)))


def _items(
    part: list[Any], path: str, place: Place, first_year: int, domain: Domain
) -> Iterator[Found]:
    """One size holds for every year; of more, each has its year, or its cycle."""
    for position, inner in enumerate(part):
        if isinstance(part, ByCycle):
            yield Found(f"{path}.{position + 1}", inner, (*place, position), domain)
        elif isinstance(inner, Named):
            yield Found(f"{path}.{inner.id}", inner, (*place, position), ANY)
        elif isinstance(inner, Quantity):
            name = path if len(part) == 1 else f"{path}.{first_year + position}"
            at = place if len(part) == 1 else (*place, position)
            yield Found(name, inner, at, domain)
        elif isinstance(inner, Noun) and hasattr(inner, "id"):
            yield from quantities_in(inner, f"{path}.{inner.id}", (*place, position), first_year)
