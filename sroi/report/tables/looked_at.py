"""Who looked at the prices that a scenario uses, and what an organisation laid over the library."""

from __future__ import annotations

from sroi.inputs.library.library import Change
from sroi.inputs.quantity.written_sizes import SIZES
from sroi.inputs.scenario.assumptions import used_proxies
from sroi.report.tables.tables import Table
from sroi.report.told.told import Told
from sroi.report.words.places import place


def looked_at(told: Told) -> Table:
    """Who looked at which price in use, and what came of it."""
    rows = []
    for key in used_proxies(told.scenario):
        proxy, review = told.proxy(key), told.proxy(key).review
        if review.by:
            day = told.numbers.date(review.on) if review.on else "–"
            note = told.say(review.note) if review.note else "–"
            rows.append(
                [f"{told.say(proxy.name)} ({key})", _outcome(told, key), review.by, day, note]
            )
    heads = [
        told.words(f"head.{name}")
        for name in ("proxy", "verdict", "checked_by", "checked_on", "remark")
    ]
    return Table("looked_at", heads, rows, whole=frozenset({2, 3}))


def by_whom(told: Told, most: int) -> str:
    """How many of the prices in use somebody looked at, and who: the first of them by name."""
    used = used_proxies(told.scenario)
    names = [told.proxy(key).review.by for key in used if told.proxy(key).review.by]
    if not names:
        return ""
    people, n = list(dict.fromkeys(names)), told.numbers.number
    more = [told.words("prices.others", count=n(len(people) - most))] if people[most:] else []
    facts = {"count": n(len(names)), "of": n(len(used))}
    return told.words("prices.by_whom", names=told.numbers.list([*people[:most], *more]), **facts)


def _outcome(told: Told, key: str) -> str:
    """What is said of a price, and what was changed in it."""
    proxy = told.proxy(key)
    changed = [_change(told, one) for one in proxy.history if one.field != "review"]
    return "; ".join([told.words(f"review.{proxy.review.status}"), *changed])


def _change(told: Told, one: Change) -> str:
    """An amount or a place in the source that became another one."""
    was, now = one.was or "–", one.now
    if one.field == "source":
        parts = (text.partition("[")[2].rstrip("]") for text in (was, now))
        was, now = (place(text, told.words.lang) or "–" for text in parts)
    elif one.field in SIZES:
        was, now = (told.numbers.plain(float(x)) if x != "–" else x for x in (was, now))
    column = "place" if one.field == "source" else one.field
    return f"{told.words(f'review_column.{column}')}: {was} → {now}"


def whose(told: Told, key: str) -> str:
    """That a price is the scenario's own, or that of the organisation."""
    layer = told.valuation.loaded.library.layer
    if any(proxy.id == key for proxy in told.scenario.proxies):
        return f", {told.words('own_price')}"
    return f", {told.words('layer_price')}" if layer and key in layer.own else ""


def layer(told: Told) -> str:
    """Which layer lies over the library, where a price in use is touched by it."""
    over = told.valuation.loaded.library.layer
    own = {proxy.id for proxy in told.scenario.proxies}
    used = set(used_proxies(told.scenario)) - own
    if over is None or not used & over.touched:
        return ""
    n = told.numbers.number
    facts = {"count": n(len(used & over.touched)), "of": n(len(used)), "sign": over.sign}
    return told.words(
        "prices.layer" if over.name else "prices.layer_nameless", name=over.name, **facts
    )
