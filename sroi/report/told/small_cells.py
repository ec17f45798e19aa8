"""How counts of people are printed: fewer than five could be known by name.

Which counts those are is decided in `model/evidence/disclosure.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sroi.model.evidence.disclosure import SMALLEST, shown


def told(counts: Sequence[float]) -> list[str]:
    """Of each count of one whole how it may be printed: "" as it is, "few" or "left_out".

    One to four are few; what hides them beside is left out, for otherwise the total would tell.
    """
    found = shown({str(place): round(count) for place, count in enumerate(counts)})
    visible = found.visible if found else {}
    return [
        "" if str(place) in visible else "few" if 0 < count < SMALLEST else "left_out"
        for place, count in enumerate(counts)
    ]
