"""A file of SPSS (.sav) as a sheet: a row for each case, with what it calls its values.

It is read by pyreadstat, in a process of its own (`spss_apart`): that package is written in C, and
a damaged file can make it fall over. What comes back is plain text, and no more than a sheet holds.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any

from sroi.inputs.text.cells import Cell, Kind, Table
from sroi.problems import Problem, Unusable
from sroi.process import answered

BEGINS = b"$FL2"  # a file that is packed in another way ($FL3) could unpack to anything
SECONDS = 60


def of_spss(content: bytes, file: str, kind: Kind) -> dict[str, Table]:
    """Its cases below the names of its variables; what it declares missing is empty.

    Rows are numbered as SPSS shows them: case 1 is row 1, and the names stand above it, on row 0.
    Raises `Unusable`.
    """
    if not content.startswith(BEGINS):
        raise Unusable(Problem(kind.unreadable, file=file))
    found = _read(content, file, kind)
    if found == "too large":
        raise Unusable(Problem(kind.too_large, file=file))
    columns, rows, labels = (found[key] for key in ("columns", "rows", "labels"))
    heads = [
        Cell(name, 0, number, label=told, codes=tuple(codes))
        for number, (name, told, codes) in enumerate(columns, 1)
    ]
    called = [{value: told for value, told in pairs} for pairs in labels]
    table = [
        [
            Cell(value, number, column, label=called[column - 1].get(value, ""))
            for column, value in enumerate(row, 1)
        ]
        for number, row in enumerate(rows, 1)
    ]
    return {"": [heads, *(row for row in table if any(cell.text for cell in row))]}


def _read(content: bytes, file: str, kind: Kind) -> Any:
    """What the other process says; it may end in any way."""
    limits = map(str, (kind.most_rows, kind.most_columns, kind.most_cells, kind.most_unpacked))
    try:
        _, said = answered("sroi.inputs.text.spss_apart", *limits, content=content, seconds=SECONDS)
        return json.loads(said)
    except (subprocess.TimeoutExpired, ValueError, OSError):
        raise Unusable(Problem(kind.unreadable, file=file)) from None
