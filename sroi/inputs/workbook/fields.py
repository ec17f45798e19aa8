"""What a noun says, as fields of a workbook: taken from the noun, so that none is forgotten."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from sroi.inputs.care.care import Capacity, Contracts
from sroi.inputs.care.enabling_conditions import MovesAlong
from sroi.inputs.case.staffing import Staffing
from sroi.inputs.evidence.experience import Felt, Interviews, Valued
from sroi.inputs.evidence.experience import Named as Counted
from sroi.inputs.quantity.quantity import FRACTION, Quantity, Within
from sroi.inputs.scenario.scenario import Basis
from sroi.inputs.text.nouns import Noun, Reference, SharesToOne, Text
from sroi.inputs.text.reading import IN_PERCENT
from sroi.inputs.text.yaml_text import Path_

# nouns of which every part is a field of its own; any other one stands in the file's own words
FLAT = (Basis, Staffing, Capacity, Contracts, Interviews, Valued, Counted, Felt)
# the parts of a quantity that have a column; the rest of it stands in the file's own words
SIZES, WHY = ("low", "best", "high"), ("because", "source", "evidence")


class Kind(Enum):
    """How a field stands in cells."""

    TEXT = auto()  # words for people, in one language or two
    TEXTS = auto()  # a list of these
    WORD = auto()
    WORDS = auto()  # a list of these, with commas between
    CHOICE = auto()
    NUMBER = auto()
    YES_NO = auto()
    DATE = auto()
    QUANTITY = auto()
    YEARS = auto()  # a quantity for all years, or one for each
    SHARES = auto()  # `gemeente: 80%, inwoner: 20%`
    OWN = auto()  # in the file's own words


@dataclass(frozen=True)
class Field:
    """A field, by the keys that lead to it in its noun; no key: the noun itself is the quantity.

    `noun`: whose it is. `choices`: the words that it may be. `bare`: what a number by itself is in
    the file; `plain`: there it is no quantity. `share`: it is a part of a whole. `whole`: one name
    stands for 100%. `required`: it must be there.
    """

    key: tuple[str, ...]
    kind: Kind
    noun: str = ""
    choices: tuple[str, ...] = ()
    bare: str = "value"
    share: bool = False
    plain: bool = False
    whole: bool = False
    required: bool = False

    @property
    def name(self) -> str:
        """Its keys as one word: `staffing.fte`."""
        return ".".join(self.key)


def fields_of(
    noun: type[Noun], above: tuple[str, ...] = (), required: bool = True
) -> Iterator[Field]:
    """The fields of a noun in their order, those of the nouns in it that have no name of their own
    among them. `required`: whether the noun itself must be there."""
    if issubclass(noun, Quantity):
        yield Field(above, Kind.QUANTITY, noun.__name__)
    for name, field in noun.model_fields.items():
        if not issubclass(noun, Quantity) or name not in Quantity.model_fields:
            needed = required and field.is_required()
            yield from _fields(noun.__name__, (*above, field.alias or name), field, needed)


def _fields(noun: str, key: tuple[str, ...], field: FieldInfo, required: bool) -> Iterator[Field]:
    kinds = list(_parts(field.annotation))
    flat = next((one for one in kinds if one in FLAT), None)
    if flat is not None:
        yield from fields_of(flat, key, required)
        return
    marks = [*field.metadata, *_marks(field.annotation)]
    words = tuple(
        str(word) for one in kinds if get_origin(one) is Literal for word in get_args(one)
    )
    yield Field(
        key,
        _kind(kinds),
        noun,
        choices=words,
        bare="chance" if MovesAlong in kinds else "value",
        share=any(isinstance(mark, Within) and mark.domain == FRACTION for mark in marks)
        or key[-1] in IN_PERCENT - {"rate"},
        plain=float in kinds,
        whole=SharesToOne in marks,
        required=required,
    )


def _kind(kinds: list[Any]) -> Kind:
    """By what may stand in it; what is not known here stands in the file's own words."""
    lists = [get_args(one)[0] for one in kinds if get_origin(one) is list]
    if lists:
        inner = list(_parts(lists[0]))
        return _first(inner, {Text: Kind.TEXTS, Quantity: Kind.YEARS, str: Kind.WORDS}, Kind.OWN)
    if any(get_origin(one) is dict for one in kinds):
        return Kind.SHARES if len(kinds) == 1 else Kind.OWN
    if any(_is(one, Quantity) for one in kinds):
        return Kind.QUANTITY
    if len(kinds) > 1:
        return Kind.OWN
    if get_origin(kinds[0]) is Literal:
        return Kind.CHOICE
    known = {
        Text: Kind.TEXT, Reference: Kind.WORD, str: Kind.WORD, bool: Kind.YES_NO,
        int: Kind.NUMBER, float: Kind.NUMBER, datetime.date: Kind.DATE,
    }  # fmt: skip
    return _first(kinds, known, Kind.OWN)


def _first(kinds: list[Any], known: dict[type, Kind], other: Kind) -> Kind:
    return next((kind for one, kind in known.items() if any(_is(x, one) for x in kinds)), other)


def _is(one: Any, kind: type) -> bool:
    return isinstance(one, type) and issubclass(one, kind)


def _parts(annotation: Any) -> Iterator[Any]:
    """What may stand in a field: unions and annotations taken apart, nothing left out."""
    if hasattr(annotation, "__metadata__"):
        yield from _parts(annotation.__origin__)
    elif get_origin(annotation) in (Union, UnionType):
        for part in get_args(annotation):
            yield from _parts(part)
    elif annotation is not type(None):
        yield annotation


def _marks(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _marks(part)


def without(fields: Iterator[Field], taken: Collection[Path_]) -> list[Field]:
    """The fields that have no block of their own."""
    return [field for field in fields if field.key not in taken]
