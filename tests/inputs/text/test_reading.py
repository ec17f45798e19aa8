"""Whatever stands in a file: each code that the schema can raise has a sentence."""

import inspect
import warnings
from collections.abc import Iterator
from typing import Annotated, Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from told_problems import catalogue

from sroi.inputs.brand import brand
from sroi.inputs.evidence import experience, instruments, measurement
from sroi.inputs.library import library, reference_class, starting_points
from sroi.inputs.scenario import scenario
from sroi.inputs.text.reading import CODES

FILES = (
    brand, experience, instruments, measurement, library, reference_class, scenario,
    starting_points,
)  # fmt: skip
LONG, MANY = "x" * 6_000, 1_000
SCALARS: list[Any] = ["", "x", "x" * 300, LONG, "-1", "0", "1e5", "9" * 13, "NaN", "nee", None]
JUNK: list[Any] = [
    *SCALARS, {}, [],
    *({"x": one} for one in SCALARS), *([one] for one in SCALARS), {"": ""}, {"x" * 300: "1"},
    ["x"] * MANY, {str(number): "1" for number in range(MANY)}, [{}], [[]], {"x": {}}, {"x": []},
    {"x": ["x" * 300]}, {"nl": ""},
]  # fmt: skip


def models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


def nouns() -> set[type[BaseModel]]:
    """Every noun that can stand in a file."""
    found: set[type[BaseModel]] = set()
    left = [one for file in FILES for _, one in inspect.getmembers(file, inspect.isclass)]
    while left:
        one = left.pop()
        if issubclass(one, BaseModel) and one not in found and one.__module__ != "pydantic.main":
            found.add(one)
            left += [m for field in one.model_fields.values() for m in models_in(field.annotation)]
    return found


def raised(noun: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """What pydantic says of junk in each field, and in which field."""
    for name, field in noun.model_fields.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an alias means nothing outside its noun
            adapter = TypeAdapter(Annotated[field.annotation, field])  # type: ignore[valid-type]
        for junk in JUNK:
            try:
                adapter.validate_python(junk)
            except ValidationError as error:
                for one in error.errors(include_url=False):
                    yield one["type"], f"{noun.__name__}.{name}"


@pytest.fixture(scope="module")
def codes() -> dict[str, set[str]]:
    """Every code with the fields that raise it."""
    found: dict[str, set[str]] = {}
    for noun in nouns():
        for kind, place in raised(noun):
            found.setdefault(CODES.get(kind, kind), set()).add(place)
    return found


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_code_of_the_schema_has_a_sentence(codes, lang):
    """A code without one would be a fault of ours, told to somebody who made a mistake."""
    assert {code: codes[code] for code in set(codes) - set(catalogue(lang))} == {}


def test_the_junk_raises_what_there_is(codes):
    """Or the test above would hold for nothing."""
    expected = {"text-length", "list-length", "number-too-large", "currency-unreadable"}
    assert expected | {"number-out-of-range", "mapping-expected", "word-unknown"} <= set(codes)
    assert len(nouns()) > 80


def test_only_a_currency_has_a_pattern(codes):
    """Its sentence speaks of a currency."""
    assert codes["currency-unreadable"] == {"Basis.currency"}
