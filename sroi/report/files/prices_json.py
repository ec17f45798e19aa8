"""The prices that results rest on, as data: whose they are, who looked at them, what was changed,
and which layer of an organisation lay over the library."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.files.scenario_file import Loaded
from sroi.inputs.library.library import Proxy
from sroi.inputs.scenario.assumptions import used_proxies


def prices_json(valuation: Valuation) -> dict[str, Any]:
    """The key `layer`, null where no price in use is touched by one, and the key `prices`."""
    loaded = valuation.loaded
    return {"layer": _layer(loaded), "prices": list(_prices(loaded))}


def flat(prices: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The prices as rows of a table."""
    for one in prices:
        changes = [f"{x['field']}: {x['was'] or '–'} → {x['now']}" for x in one["changes"]]
        row = {name: told for name, told in one.items() if name not in ("review", "changes")}
        review = {name: told or "" for name, told in one["review"].items()}
        yield row | review | {"changes": "; ".join(changes)}


def _layer(loaded: Loaded) -> dict[str, Any] | None:
    """Only what concerns prices in use: what else is in it has no part in the results."""
    over, used = loaded.library.layer, set(_from_library(loaded))
    if over is None:
        return None
    stale = [one for one in over.stale if one.said.price in used]
    differ = [one for one in over.differ if one.counts.price in used]
    if not (used & over.touched or stale):
        return None
    return {
        "name": over.name or None,
        "sign": over.sign,
        "prices": sorted(used & over.touched),
        "own": sorted(used & over.own),
        "not_counted": [
            {"price": one.said.price, "by": one.said.by, "on": one.said.on} for one in stale
        ],
        "not_agreed": [
            {"price": one.counts.price, "followed": one.counts.by, "other": one.other.by}
            for one in differ
        ],
    }


def _prices(loaded: Loaded) -> Iterator[dict[str, Any]]:
    """Every price in use, in the order in which the report lists them."""
    library = loaded.library
    of_library = set(_from_library(loaded))
    own = library.layer.own if library.layer else frozenset()
    for key in used_proxies(loaded.scenario):
        if (proxy := library.proxies.get(key)) is not None:
            origin = "layer" if key in own else "library"
            yield _price(proxy, origin if key in of_library else "scenario")


def _from_library(loaded: Loaded) -> Iterator[str]:
    """The prices in use that the scenario does not bring itself."""
    own = {proxy.id for proxy in loaded.scenario.proxies}
    return (key for key in used_proxies(loaded.scenario) if key not in own)


def _price(proxy: Proxy, origin: str) -> dict[str, Any]:
    review = proxy.review
    changes = [
        {"field": one.field, "was": one.was, "now": one.now, "by": one.by, "on": str(one.on or "")}
        for one in proxy.history
        if one.field != "review"
    ]
    return {
        "price": proxy.id,
        "origin": origin,
        "unit": proxy.unit,
        "price_year": proxy.price_year,
        "index": proxy.index,
        "source": str(proxy.source),
        "review": {
            "status": review.status,
            "by": review.by or None,
            "on": str(review.on) if review.on else None,
        },
        "changes": changes,
    }
