"""What drives the answer as data for programs (`sroi.sensitivity/1`) and as CSV files."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sroi.analysis.sensitivity.break_even import Curve
from sroi.report.files.csv_files import write_tables
from sroi.report.files.plain import plain
from sroi.report.tables.sensitivity import Asked

SCHEMA = "sroi.sensitivity/1"
Row = dict[str, Any]


def as_data(asked: Asked, found: Mapping[str, Any]) -> dict[str, Any]:
    """The result that was asked about, and every part that was made; not rounded."""
    valuation, question = asked.told.valuation, asked.question
    loaded = valuation.loaded
    centre = float(question.at(question.model.quantities.centre())[0])
    return {
        "schema": SCHEMA,
        "scenario": loaded.scenario.scenario,
        "variant": loaded.variant or None,
        "inputs_sha256": loaded.inputs_sha256,
        "result": question.name,
        "threshold": plain(question.threshold),
        "central": plain(centre),
        **{name: plain(part) for name, part in found.items()},
    }


def write_csv(asked: Asked, found: Mapping[str, Any], folder: Path) -> list[Path]:
    """One file for every part that has rows. Raises `Unusable`."""
    tables = {name: [flat(row) for row in rows] for name, rows in _lists(found)}
    return write_tables(tables, folder, asked.told.words.lang)


def _lists(found: Mapping[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """Name and rows of every list, those inside an answer as well."""
    for name, part in found.items():
        if isinstance(part, Curve):
            pairs = zip(part.values, part.break_even, strict=True)
            yield name, [{part.first: x, part.second: y} for x, y in pairs]
        elif isinstance(part, list):
            yield name, part
        else:
            for field in dataclasses.fields(part):
                inner = getattr(part, field.name)
                if isinstance(inner, list) and inner and dataclasses.is_dataclass(inner[0]):
                    yield f"{name}_{field.name}" if name == "agenda" else name, inner


def flat(row: Any) -> Row:
    """A row without parts: a part gets columns of its own, and so does the error of a value; what
    is a list stands in the JSON only."""
    return dict(_columns("", row))


def _columns(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if dataclasses.is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    elif isinstance(value, tuple):
        value = dict(zip(("", "error"), value, strict=True))
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _columns("_".join(filter(None, (name, str(key)))), inner)
    elif not isinstance(value, np.ndarray | list):
        yield name, plain(value)
