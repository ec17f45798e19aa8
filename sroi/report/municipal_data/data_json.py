"""A downloaded table as data for a program: `sroi.data/1`."""

from __future__ import annotations

from typing import Any

from sroi.inputs.municipal_data.overview import Overview
from sroi.inputs.municipal_data.periods import When
from sroi.report.words.problem_text import as_dict

SCHEMA = "sroi.data/1"


def overview_as_data(found: Overview, lang: str) -> dict[str, Any]:
    """What is in a table. A step of 0: the numbers are not rounded, as far as is seen."""
    table = found.table
    return {
        "file": table.file,
        "layout": table.layout,
        "table": table.identifier or None,
        "title": table.title or None,
        "named_by_file": table.named_by_file,
        "areas": [{"code": a.code or None, "name": a.name, "level": a.level or None}
                  for a in found.areas] if table.area else [],
        "periods": [_period(found, written) for written in found.periods if table.period],
        "columns": [
            {"column": column.title, "values": [table.said(column.key, one) for one in values]}
            for column, values in zip(table.others, found.values, strict=True)
        ],
        "measures": [
            {"measure": key, "title": table.measure(key).title, "unit": table.measure(key).unit,
             "cells": cells.all, "unknown": cells.unknown, "words": cells.words,
             "ambiguous": bool(cells.ambiguous), "rounded_to": found.step(key)}
            for key, cells in found.measures.items()
        ],
        "ended": [area.code for area in found.ended()],
        "totals": found.totals,
        "problems": [as_dict(problem, lang) for problem in table.problems],
    }  # fmt: skip


def _period(found: Overview, written: str) -> dict[str, Any]:
    one = found.periods[written]
    return period_as_data(When(written, one, found.status(written)))


def period_as_data(when: When) -> dict[str, Any]:
    """A period as it is written, what it is, and its status."""
    one = when.period
    return {
        "written": when.written or one.text, "kind": one.kind, "year": one.year or None,
        "number": one.number or None, "status": when.status or None,
    }  # fmt: skip
