"""sroi: the social return on investment of social work, as a range, with its conditions.

From Python: `results = sroi.run("scenario.yaml")`, then `results.to_frame()` for the table of value
flows, or `results.drawn` for the draws themselves.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sroi.analysis.valuation.valuation import Valuation

__all__ = ["run"]


def run(file: str | Path, variant: str = "") -> Valuation:
    """Value a scenario file. Raises `sroi.problems.Unusable`, which carries all problems."""
    from sroi.analysis.valuation.valuation import value_file

    return value_file(Path(file), variant)
