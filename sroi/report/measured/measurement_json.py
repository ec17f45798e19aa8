"""A measurement as data for a program; what may not be shown is null there too."""

from __future__ import annotations

from typing import Any

from sroi.analysis.evidence.measuring import AGAIN, Followed, MeasuredEffect
from sroi.model.evidence.disclosure import SMALLEST
from sroi.model.evidence.measurement import Estimate
from sroi.report.words.problem_text import as_dict


def as_data(found: MeasuredEffect, lang: str) -> dict[str, Any]:
    """`sroi.measurement/1`: every step; shares from 0 to 1, points on the instrument's scale."""
    measurement, change = found.described.measurement, found.described.change
    return {
        "schema": "sroi.measurement/1",
        "measurement": measurement.measurement,
        "simulated": measurement.simulated,
        "instrument": measurement.instrument,
        "domain": measurement.domain,
        "change": change.model_dump(mode="json", exclude_none=True) if change else None,
        "points_that_count": found.least,
        "groups": [_group(group) for group in found.groups],
        "incomplete": _count(found.incomplete),
        "regression_to_the_mean": vars(found.regression) if found.regression else None,
        "effect": _estimate(found.effect),
        "lower_bound": found.lower_bound,
        "share_of_effect_in_missing": found.of_missing,
        "rate": _estimate(found.rate),
        "effect_basis": found.effect_basis,
        "evidence": found.evidence,
        "problems": [as_dict(problem, lang) for problem in found.problems],
    }


def _group(group: Followed) -> dict[str, Any]:
    cells = group.cells
    return {
        "group": group.group,
        "started": group.started,
        "without_start": _count(group.without_start),
        "measured_again": group.again,
        "response": group.response,
        **{name: cells.visible.get(name) for name in (*AGAIN, "missing")},
        "hidden": {name: {"from": low, "to": high} for name, (low, high) in cells.hidden.items()},
        "hidden_beside": cells.beside or None,
        "hidden_together": cells.together or None,
        "net_rate": _estimate(group.net) | dict(zip(("low", "high"), group.net_range, strict=True)),
        "points": vars(group.points) if group.points else None,
    }


def _estimate(estimate: Estimate) -> dict[str, float]:
    names = ("mean", "sd", "low", "high")
    return {name: float(getattr(estimate, name)) for name in names}


def _count(count: int) -> int | None:
    return None if 0 < count < SMALLEST else count
