"""What is said of a table that was made for a portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sroi.inputs.municipal_data.area_tables import AreaTable
from sroi.inputs.municipal_data.overview import first
from sroi.report.terminal.terminal import safe
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import Words


def told(made: AreaTable, path: Path, words: Words) -> Iterator[str]:
    """How many areas it has, which are left out and empty, and what is rounded."""
    numbers = Numbers(words.lang)
    yield words("data.table_rows", count=len(made.rows), path=path)
    if made.left_out:
        names = first([area.name for area in made.left_out])
        yield safe(words("data.table_left_out", names=names))
    if made.empty:
        names = first([f"{area.name}: {measure}" for area, measure in made.empty])
        yield safe(words("data.table_empty", names=names))
    for at, measure in enumerate(made.measures):
        steps = {cells[at].step for cells in made.rows.values() if cells[at] is not None}  # type: ignore[union-attr]
        if step := max(steps, default=0):
            facts = {"measure": measure, "step": numbers.plain(step)}
            yield safe(words("data.table_rounded", **facts))
    rows = made.rows.items()
    added = [area.name for area, cells in rows if any(one and one.added for one in cells)]
    if added:
        yield safe(words("data.table_added", names=first(added)))
