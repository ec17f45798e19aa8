"""Where two results or two tables differ, but for the last digits of their numbers."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from typing import Any

NEARLY = 1e-9


def differences(stated: Any, found: Any, more: bool = False, path: str = "") -> Iterator[str]:
    """The paths at which two results differ; with `more` the second may have keys of its own."""
    if isinstance(stated, dict) and isinstance(found, dict):
        for key in stated if more else {**stated, **found}:
            below = f"{path}.{key}".lstrip(".")
            if key in stated and key in found:
                yield from differences(stated[key], found[key], more, below)
            else:
                yield below
    elif isinstance(stated, list) and isinstance(found, list) and len(stated) == len(found):
        for place, (one, other) in enumerate(zip(stated, found, strict=True)):
            yield from differences(one, other, more, f"{path}.{place}")
    elif not _same(stated, found):
        yield path


def numbers(data: Any) -> Iterator[float]:
    """All numbers in results."""
    if isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from numbers(part)
    elif isinstance(data, int | float) and not isinstance(data, bool):
        yield data


def _same(one: Any, other: Any) -> bool:
    kinds = {type(one), type(other)}
    if kinds <= {int, float}:
        return math.isclose(one, other, rel_tol=NEARLY, abs_tol=NEARLY)
    return len(kinds) == 1 and bool(one == other)


def same_table(given: bytes, found: bytes, separator: str) -> bool:
    """Whether two CSV files have the same cells, but for the last digits of numbers."""
    try:
        one, other = (_rows(content, separator) for content in (given, found))
    except (csv.Error, ValueError):
        return False
    return [len(row) for row in one] == [len(row) for row in other] and all(
        _same_cell(*pair)
        for rows in zip(one, other, strict=True)
        for pair in zip(*rows, strict=True)
    )


def _rows(content: bytes, separator: str) -> list[list[str]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=separator))


def _same_cell(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        first, second = (float(cell.replace(",", ".")) for cell in (one, other))
    except ValueError:
        return False
    return _same(first, second)
