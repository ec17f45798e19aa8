"""Whether the prices in a report are those of sroi, and what its makers claim beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.library.as_shipped import Apart, Claimed, apart, claimed, entries
from sroi.inputs.library.layer_in_use import LayerInUse, Said
from sroi.inputs.library.layered import LAYER
from sroi.inputs.library.library import Library
from sroi.inputs.library.used_library import used_files
from sroi.inputs.quantity.written_sizes import numeral, sizes_of
from sroi.report.pdf.verdict import Check, short

CLAIMS = {"checked": "claim_checked", "withdrawn": "claim_withdrawn"}


def prices_as_shipped(
    handed: dict[str, Any], scenario: Any, library: Library, known: bool
) -> Iterator[Check]:
    """The attached prices beside those in the library here, and what lies over them.

    `handed`: the data of the attached file; `scenario`: that of the scenario; `library`: all that
    is attached, read. `known`: whether this is the build that made the report; of another one no
    other library is at hand.
    """
    own = _own(scenario, library)
    found = tuple(Check("price", False, _of_field(one)) for one in apart(handed, own))
    count = {"count": len(entries(handed)), "different": len({one.facts["id"] for one in found})}
    if not found:
        yield Check("library_true", True, count)
    else:
        yield Check("library_untrue" if known else "library_unknown", False, count, found)
    claims = tuple(_of_review(one) for one in claimed(handed, own))
    if claims:
        yield Check("reviews_claimed", True, {"count": len(claims)}, claims)
    if library.layer:
        yield _of_layer(library.layer, library)


def _own(scenario: Any, library: Library) -> dict[str, Any]:
    """What this library has of all that was used; a layer may use more than the scenario names."""
    over = {LAYER: library.files[LAYER]} if library.layer else {}
    shipped = shipped_library()
    files = used_files(scenario, replace(shipped, files=shipped.files | over))
    return {name: data for name, data in files.items() if name != LAYER}


def _of_layer(layer: LayerInUse, library: Library) -> Check:
    """What an organisation says of prices, and its own prices: claims, with both values."""
    parts = [part for said in layer.counts for part in _of_said(said)]
    for key in sorted(layer.own):
        proxy = library.proxies[key]
        sizes = " – ".join(numeral(size) for size in sorted(sizes_of(proxy.value).values()))
        told = {"id": key, "value": sizes or "–", "unit": proxy.unit, "source": str(proxy.source)}
        parts.append(Check("claim_own", True, {name: short(text) for name, text in told.items()}))
    facts = {"count": len(parts), "name": short(layer.name) or "–", "sign": short(layer.sign)}
    return Check("layer_claimed", True, facts, tuple(parts))


def _of_said(said: Said) -> Iterator[Check]:
    told = {"id": said.price, "by": said.by, "on": said.on}
    if not said.changes:
        yield Check(CLAIMS[said.status], True, {name: short(text) for name, text in told.items()})
    for field, was, now in said.changes:
        facts = told | {"field": field, "was": was or "–", "now": now, "place": said.place}
        harmless = {name: short(text) for name, text in facts.items()}
        yield Check("claim_corrected", True, harmless)


def _of_field(one: Apart) -> dict[str, str]:
    told = {"id": one.entry, "field": one.field, "handed": one.handed, "own": one.own}
    return {name: short(text) for name, text in told.items()}


def _of_review(one: Claimed) -> Check:
    told = {"id": one.entry, "by": one.by or "–", "on": one.on or "–"}
    key = CLAIMS.get(one.status, "claim_draft")
    return Check(key, True, {name: short(text) for name, text in told.items()})
