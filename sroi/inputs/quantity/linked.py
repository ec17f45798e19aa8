"""Quantities that follow from others: each learns what it follows from, and circles are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from sroi.inputs.quantity.named import Named
from sroi.inputs.quantity.quantities_in import HOLDS, Place, fields_of, quantities_in
from sroi.inputs.quantity.quantity import ANY, Domain, Quantity
from sroi.inputs.text.nouns import Noun

Q = TypeVar("Q", bound=Quantity)
Part = TypeVar("Part")
LONGEST = 10


class Circle(Exception):
    """A quantity that follows from itself: by way of these ids, the first once more at the end."""

    def __init__(self, through: tuple[str, ...]) -> None:
        self.through = through


def with_each(part: Part, change: Callable[[Quantity], Quantity]) -> Part:
    """A noun, a list or a mapping with every quantity in it changed; itself where none is."""
    new: Any = part
    if isinstance(part, Quantity):
        new = change(part)
    elif isinstance(part, Noun):
        fields = ((name, getattr(part, name)) for name, _ in fields_of(type(part)))
        if updates := _changed(fields, change):
            new = part.model_copy(update=updates)
    elif isinstance(part, dict):
        new = part | updates if (updates := _changed(part.items(), change)) else part
    elif isinstance(part, list) and (updates := _changed(enumerate(part), change)):
        new = [updates.get(number, inner) for number, inner in enumerate(part)]
    return new  # type: ignore[no-any-return]


def _changed(parts: Iterable[tuple[Any, Any]], change: Callable[[Quantity], Quantity]) -> dict:  # type: ignore[type-arg]
    holding = [(key, inner) for key, inner in parts if isinstance(inner, HOLDS)]
    pairs = ((key, inner, with_each(inner, change)) for key, inner in holding)
    return {key: new for key, inner, new in pairs if new is not inner}


def links(quantity: Quantity) -> Iterator[str]:
    """Every id that a quantity names, itself or in its factors and terms."""
    if quantity.from_ is not None:
        yield quantity.from_
    years = quantity.by_year or [] if isinstance(quantity, Named) else []
    for part in (*(quantity.times or []), *(quantity.plus or []), *years):
        yield from links(part)


def domains(part: Noun, first_year: int) -> dict[str, Domain]:
    """Of every named quantity that stands as it is in a field: what all such fields allow."""
    found: dict[str, Domain] = {}
    for one in quantities_in(part, "", (), first_year):
        q = one.quantity
        if q.from_ is not None and not q.times and not q.plus:
            low, high = found.get(q.from_, ANY)
            found[q.from_] = max(low, one.domain[0]), min(high, one.domain[1])
    return found


def used(part: Noun, first_year: int) -> Iterator[tuple[Place, Quantity]]:
    """Every quantity in a noun that follows from another, with its place."""
    for one in quantities_in(part, "", (), first_year):
        if any(True for _ in links(one.quantity)):
            yield one.place, one.quantity


def differ_by_year(ids: Iterable[str], named: Mapping[str, Named]) -> bool:
    """Whether any of these named quantities differs by year, or one that it follows from."""
    waiting, seen = list(ids), set[str]()
    while waiting:
        key = waiting.pop()
        one = named.get(key)
        if one is not None and key not in seen:
            if one.by_year:
                return True
            waiting += links(one)
        seen.add(key)
    return False


class TooLong(Exception):
    """A quantity that follows from one that follows from one, more than LONGEST times over."""


class Links:
    """The named quantities of a scenario, each worked out once, after what it follows from."""

    def __init__(self, named: Mapping[str, Named]) -> None:
        self._named = named
        self._known: dict[str, Named] = {}
        self._length: dict[str, int] = {}

    def named(self, key: str, through: tuple[str, ...] = ()) -> Named:
        """A named quantity that knows what it follows from.

        Raises `Circle`, `TooLong`, and `KeyError` where a name is not known.
        """
        if key in through:
            raise Circle((*through[through.index(key) :], key))
        if len(through) >= LONGEST:
            raise TooLong
        if key not in self._known:
            found = self.resolved(self._named[key], (*through, key))
            length = 1 + max((self._length[one] for one in links(found)), default=0)
            if length > LONGEST:
                raise TooLong
            self._known[key], self._length[key] = found, length
        return self._known[key]

    def resolved(self, quantity: Q, through: tuple[str, ...] = ()) -> Q:
        """A quantity that knows what it follows from; itself where that is nothing."""
        if isinstance(quantity, Named) and quantity.by_year:
            years = [self.resolved(size, through) for size in quantity.by_year]
            return quantity.model_copy(update={"by_year": years})
        if quantity.from_ is None:
            return quantity
        origin = self.named(quantity.from_, through)
        factors = [self.resolved(part, through) for part in quantity.times or []]
        terms = [self.resolved(part, through) for part in quantity.plus or []]
        return quantity.following(origin, factors, terms)
