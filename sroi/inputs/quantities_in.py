"""Every quantity inside a noun, under its path in the file.

A list of nouns with ids is walked by id, a mapping by key, and a list of sizes by year, so that the
path of a quantity is what a variant or a correlation names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sroi.inputs.nouns import Noun
from sroi.inputs.quantity import Quantity

Place = tuple[str | int, ...]
Found = tuple[str, Quantity, Place]


def quantities_in(part: Any, path: str, place: Place, first_year: int) -> Iterator[Found]:
    """Path, quantity and place of every quantity in a noun, a mapping or a list."""
    if isinstance(part, Quantity):
        yield path, part, place
    elif isinstance(part, Noun):
        for name, field in type(part).model_fields.items():
            key = field.alias or name
            yield from quantities_in(
                getattr(part, name), f"{path}.{key}", (*place, key), first_year
            )
    elif isinstance(part, dict):
        for key, inner in part.items():
            yield from quantities_in(inner, f"{path}.{key}", (*place, key), first_year)
    elif isinstance(part, list):
        yield from _items(part, path, place, first_year)


def _items(part: list[Any], path: str, place: Place, first_year: int) -> Iterator[Found]:
    """One size holds for every year; of more, each has its year."""
    for position, inner in enumerate(part):
        if isinstance(inner, Quantity):
            name = path if len(part) == 1 else f"{path}.{first_year + position}"
            at = place if len(part) == 1 else (*place, position)
            yield name, inner, at
        elif isinstance(inner, Noun) and hasattr(inner, "id"):
            yield from quantities_in(inner, f"{path}.{inner.id}", (*place, position), first_year)
