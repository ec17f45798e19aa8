"""Whether the prices in a report are those of sroi, and what its reviews claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sroi.inputs.files.scenario_file import shipped_library
from sroi.inputs.library.as_shipped import Apart, Claimed, apart, claimed, entries
from sroi.inputs.library.used_library import used_files
from sroi.report.pdf.verdict import Check, short

CLAIMS = {"checked": "claim_checked", "withdrawn": "claim_withdrawn"}


def prices_as_shipped(handed: dict[str, Any], scenario: Any, known: bool) -> Iterator[Check]:
    """The attached prices beside those in the library here.

    `handed`: the data of the attached file; `scenario`: that of the scenario. `known`: whether this
    is the build that made the report; of another one no other library is at hand.
    """
    own = used_files(scenario, shipped_library())
    found = tuple(Check("price", False, _of_field(one)) for one in apart(handed, own))
    count = {"count": len(entries(handed)), "different": len({one.facts["id"] for one in found})}
    if not found:
        yield Check("library_true", True, count)
    else:
        yield Check("library_untrue" if known else "library_unknown", False, count, found)
    claims = tuple(_of_review(one) for one in claimed(handed, own))
    if claims:
        yield Check("reviews_claimed", True, {"count": len(claims)}, claims)


def _of_field(one: Apart) -> dict[str, str]:
    told = {"id": one.entry, "field": one.field, "handed": one.handed, "own": one.own}
    return {name: short(text) for name, text in told.items()}


def _of_review(one: Claimed) -> Check:
    told = {"id": one.entry, "by": one.by or "–", "on": one.on or "–"}
    key = CLAIMS.get(one.status, "claim_draft")
    return Check(key, True, {name: short(text) for name, text in told.items()})
