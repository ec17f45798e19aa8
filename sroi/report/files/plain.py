"""Answers as data that JSON knows: for whoever reads results with a program."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

import numpy as np


def plain(part: Any) -> Any:
    """Dataclasses, arrays and numbers as what JSON knows; what is no number is null."""
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        return {f.name: plain(getattr(part, f.name)) for f in dataclasses.fields(part)}
    if isinstance(part, Mapping):
        return {str(key): plain(value) for key, value in part.items()}
    if isinstance(part, np.ndarray | list | tuple):
        return [plain(one) for one in part]
    if isinstance(part, np.generic):
        part = part.item()
    return None if isinstance(part, float) and not math.isfinite(part) else part
