"""Tiers and states by number: what a file says of them by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sroi.inputs.care.care_ladder import Register
from sroi.inputs.care.cohort import Cohort
from sroi.inputs.quantity.counted import Stick
from sroi.model.care.care_ladder import Move
from sroi.model.lines.lines import NOTHING


def by_id(path: str, ids: Iterable[str], given: Mapping[str, object]) -> tuple[str, ...]:
    """The path of every id that something is given for, in their order; else nothing."""
    return tuple(f"{path}.{x}" if x in given else NOTHING for x in ids)


def moves_by_number(
    path: str, ids: list[str], rows: Mapping[str, Mapping[str, object]]
) -> dict[Move, str]:
    """Moves between tiers or states by number; who stays or exits is not among them."""
    return {
        (ids.index(i), ids.index(j)): f"{path}.{i}.{j}"
        for i, row in rows.items()
        for j in row
        if j in ids and i != j
    }


def sticks_by_number(
    path: str, ids: list[str], rows: dict[str, dict[str, float]], counter: Register | Cohort
) -> dict[int, tuple[tuple[int | None, str], ...]]:
    """Of every counted row the places by number (None: exit) with sticks; the last has none."""
    found = {}
    for origin, row in rows.items():
        broken: dict[str, Stick] = counter.sticks(origin)
        places = [place for place, count in row.items() if count > 0]
        found[ids.index(origin)] = tuple(
            (ids.index(x) if x in ids else None, f"{path}.{origin}.{x}" if x in broken else "")
            for x in places
        )
    return found
