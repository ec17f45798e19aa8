"""Which sources are referred to: in a file as it was read, or in a noun as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sroi.inputs.text.nouns import REFERENCE, OnTheSpot, Reference, on_the_spot

# what gains are cut by for each grade of evidence (model/uncertain/shrinkage.py)
BY_EVIDENCE = "hmt-cba-2014"


def cited(data: Any) -> Iterator[Reference]:
    """Every reference that stands under `source`, however deep; what is none is passed over."""
    for value in _under_source(data):
        yield from _reference(value)


def stated(data: Any) -> Iterator[OnTheSpot]:
    """Every source that is stated where it is referred to."""
    yield from filter(None, map(on_the_spot, _under_source(data)))


def _under_source(data: Any) -> Iterator[Any]:
    """What stands under the key `source`, however deep."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "source":
                yield value
            else:
                yield from _under_source(value)
    elif isinstance(data, list | tuple):
        for part in data:
            yield from _under_source(part)


def _reference(value: Any) -> Iterator[Reference]:
    """As it is written, or as a noun gives it when it is dumped."""
    if isinstance(value, str) and (REFERENCE.fullmatch(value) or on_the_spot(value)):
        yield Reference.model_validate(value)
    elif isinstance(value, dict) and set(value) == set(Reference.model_fields):
        yield Reference.model_construct(**value)
