"""A measurement as `sroi measure --json` writes it: the rate that it came to, with its band."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sroi.inputs.text.content import content_of
from sroi.inputs.text.numerals import LARGEST

MOST_BYTES = 200_000
SCHEMA = "sroi.measurement/1"
Comparison = Literal["none", "group"]


@dataclass(frozen=True)
class MeasuredRate:
    """Mean and standard deviation of a rate, what it was held against, and if it is made up."""

    mean: float
    sd: float
    comparison: Comparison
    simulated: bool


def measured_rate(path: Path) -> MeasuredRate | None:
    """The rate in a file; None where it is no measurement of ours. Raises `Unusable`."""
    content = content_of(path, MOST_BYTES)
    try:
        told = json.loads(content) if len(content) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        return None
    return _rate(told) if isinstance(told, dict) and told.get("schema") == SCHEMA else None


def _rate(told: dict[str, Any]) -> MeasuredRate | None:
    rate = told.get("rate")
    if not isinstance(rate, dict):
        return None
    mean, sd = (_finite(rate.get(name)) for name in ("mean", "sd"))
    if mean is None or sd is None or sd <= 0:
        return None
    causal = told.get("effect_basis") == "causal"
    simulated = told.get("simulated") is True
    return MeasuredRate(mean, sd, "group" if causal else "none", simulated)


def _finite(size: object) -> float | None:
    if isinstance(size, bool) or not isinstance(size, int | float):
        return None
    return float(size) if math.isfinite(size) and abs(size) < LARGEST else None
