"""A sheet that comes back: reviews and own prices, taken together or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sroi.inputs.library.library import Library
from sroi.inputs.review.as_exported import Exported
from sroi.inputs.review.own_prices import OwnPrice, read_own_prices
from sroi.inputs.review.review import Reviewed, read_review
from sroi.inputs.review.review_sheet import opened
from sroi.problems import Problem, Unusable

Read = TypeVar("Read")


def read_filled(
    path: Path, library: Library, today: datetime.date, exported: Callable[[str], Exported]
) -> tuple[list[Reviewed], list[OwnPrice]]:
    """What was filled in. Raises `Unusable` with all that is wrong on any sheet."""
    book, problems = opened(path), list[Problem]()
    reviewed = _read(lambda: read_review(book, library, today, exported), problems)
    own = _read(lambda: read_own_prices(book, library, today), problems)
    if problems:
        raise Unusable(*(one for n, one in enumerate(problems) if one not in problems[:n]))
    return reviewed, own


def _read(reader: Callable[[], list[Read]], problems: list[Problem]) -> list[Read]:
    try:
        return reader()
    except Unusable as unusable:
        problems += unusable.problems
        return []
