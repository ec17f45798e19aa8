"""The process that reads a file of SPSS: from standard input, to JSON on standard output.

Before a byte of the file is looked at it gives up what it does not need: opening files or
connections, writing files, and more memory and time than a survey takes.
"""

from __future__ import annotations

import io
import json
import math
import sys
from collections.abc import Mapping
from typing import Any

from sroi.process import confine

MEMORY, SECONDS = 4 << 30, 30
LONGEST = 1_000  # characters of a text


def main(most_rows: int, most_columns: int, most_cells: int, most_bytes: int) -> None:
    """Read, and tell what was found; or that it is too large."""
    import pyreadstat

    content = sys.stdin.buffer.read()
    confine(NOFILE=0, FSIZE=0, CPU=SECONDS, AS=MEMORY)
    _, meta = pyreadstat.read_sav(io.BytesIO(content), metadataonly=True, output_format="dict")
    names = list(meta.column_names)
    told = json.dumps("too large")
    if len(names) <= min(most_columns, most_cells):
        data, meta = pyreadstat.read_sav(
            io.BytesIO(content), output_format="dict", row_limit=most_rows + 1,
            disable_datetime_conversion=True, user_missing=True,
        )  # fmt: skip
        missing: list[Any] = [meta.missing_ranges.get(name, []) for name in names]
        columns = [
            [None if _declared(value, ranges) else _plain(value) for value in data[name]]
            for name, ranges in zip(names, missing, strict=True)
        ]
        count = len(columns[0]) if columns else 0
        if count <= most_rows and count * len(names) <= most_cells:
            told = json.dumps(_found(names, columns, meta))
    sys.stdout.write(told if len(told) <= most_bytes else json.dumps("too large"))


def _found(names: list[str], columns: list[list[Any]], meta: Any) -> dict[str, Any]:
    labels: Mapping[str, Mapping[Any, str]] = meta.variable_value_labels
    called, missing = meta.column_names_to_labels, meta.missing_ranges
    return {
        "columns": [
            [name, str(called.get(name) or "")[:LONGEST], _codes(missing.get(name, []))]
            for name in names
        ],
        "labels": [
            [[_plain(value), str(told)[:LONGEST]] for value, told in labels.get(name, {}).items()]
            for name in names
        ],
        "rows": [list(row) for row in zip(*columns, strict=True)],
    }


def _declared(value: Any, ranges: list[Any]) -> bool:
    """Whether the file says of a value that it is no answer."""
    return any(type(one["lo"]) is type(value) and one["lo"] <= value <= one["hi"] for one in ranges)


def _codes(ranges: list[Any]) -> list[float]:
    """The single numbers among what is no answer."""
    return [one["lo"] for one in ranges if isinstance(one["lo"], float) and one["lo"] == one["hi"]]


def _plain(value: Any) -> float | str | None:
    """A number, a text, or nothing."""
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else None
    return None if value is None else str(value)[:LONGEST]


if __name__ == "__main__":
    main(*(int(limit) for limit in sys.argv[1:]))
