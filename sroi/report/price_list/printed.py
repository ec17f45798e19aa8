"""The whole price library as a list to print: by theme, with range, source and state of review."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sroi import shipped
from sroi.inputs.library.library import Library, Proxy
from sroi.inputs.review.review import fingerprint
from sroi.inputs.text.cited import cited
from sroi.report.html.frame import css_string, environment, fonts
from sroi.report.price_list.price_list import spread
from sroi.report.told.bibliography import bibliography
from sroi.report.words.numbers import Numbers
from sroi.report.words.places import place
from sroi.report.words.words import Words
from sroi.version import build

# a table is laid out as a whole, and a longer one takes more than its share of time
MOST_ROWS = 150
HEADS = ("name", "price", "unit", "payers", "grade", "known", "review", "source")

Entries = list[tuple[str, Proxy]]


def printed(entries: Entries, library: Library, lang: str, for_print: bool) -> str:
    """The list as one HTML page that carries everything in it."""
    words = Words(lang)
    sources = bibliography(
        cited([proxy.model_dump() for _, proxy in entries]), library.sources, lang
    )
    labels = {source.key: source.label for source in sources}
    page = {
        "w": words,
        "lang": lang,
        "css": (shipped.folder("templates") / "report.css").read_text(encoding="utf-8"),
        "running": css_string(words("printed.running")),
        "told": _told(entries, words),
        "heads": [words(f"printed_head.{name}") for name in HEADS],
        "reason_head": words("printed.reason"),
        "shelves": list(_shelves(entries, library, words, labels)),
        "sources": sources,
        "withdrawn": [_withdrawn(one, library, words, labels) for _, one in _gone(entries)],
    }
    return environment().get_template("price_list.html").render(**page, fonts=fonts(for_print))


def _told(entries: Entries, words: Words) -> dict[str, Any]:
    """The sentences above and below the tables."""
    states = [proxy.review.status for _, proxy in entries]
    counts = {state: states.count(state) for state in ("checked", "draft", "withdrawn")}
    digest = hashlib.sha256("".join(fingerprint(proxy) for _, proxy in entries).encode())
    facts = {"version": build(), "fingerprint": digest.hexdigest()[:12]}
    return {
        "title": words("printed.title"),
        "subtitle": words("printed.subtitle"),
        "counts": words("printed.counts", all=len(entries), **counts),
        "how": [words("printed.how"), words("printed.grade")],
        "withdrawn": words("printed.withdrawn"),
        "sources": words("section.sources"),
        "withdrawn_note": words("printed.withdrawn_note"),
        "made": words("printed.made", **facts),
    }


def _gone(entries: Entries) -> Iterator[tuple[str, Proxy]]:
    return (entry for entry in entries if entry[1].review.status == "withdrawn")


def _shelves(
    entries: Entries, library: Library, words: Words, labels: dict[str, str]
) -> Iterator[tuple[str, list[list[list[str]]]]]:
    """By theme its name, and its rows in tables that are not too long."""
    for theme, shelf in library.themes.items():
        rows = [
            _row(proxy, library, words, labels)
            for of, proxy in entries
            if of == theme and proxy.review.status != "withdrawn"
        ]
        if rows:
            yield shelf.name.in_(words.lang), list(_parts(rows))


def _parts(rows: list[list[str]]) -> Iterator[list[list[str]]]:
    for start in range(0, len(rows), MOST_ROWS):
        yield rows[start : start + MOST_ROWS]


def _row(proxy: Proxy, library: Library, words: Words, labels: dict[str, str]) -> list[str]:
    """The cells of a price, in the order of `HEADS`; the first is name and id."""
    lang, numbers = words.lang, Numbers(words.lang, proxy.currency)
    price = spread(proxy.value.model_copy(update={"because": None}), numbers, lang)
    thing = f"unit.{proxy.thing}"
    known = words(f"provenance.{proxy.provenance}") if proxy.provenance else "–"
    return [
        f"{proxy.name.in_(lang)} ({proxy.id})",
        f"{price}, {proxy.price_year}",
        words(thing) if words.has(thing) else proxy.thing,
        _payers(proxy, library, numbers),
        proxy.evidence or "–",
        known,
        _state(proxy, words, numbers),
        ", ".join(filter(None, [labels[proxy.source.key], place(proxy.source.place, lang)])),
    ]


def _payers(proxy: Proxy, library: Library, numbers: Numbers) -> str:
    names = {key: library.payers[key].name.in_(numbers.lang) for key in proxy.payers}
    if len(names) == 1:
        return next(iter(names.values()))
    return numbers.list([f"{names[key]} {numbers.percent(s)}" for key, s in proxy.payers.items()])


def _state(proxy: Proxy, words: Words, numbers: Numbers) -> str:
    """Whether it was checked, by whom and when."""
    review = proxy.review
    when = numbers.date(review.on) if review.on else ""
    return ", ".join(filter(None, [words(f"review.{review.status}"), review.by, when]))


def _withdrawn(proxy: Proxy, library: Library, words: Words, labels: dict[str, str]) -> list[str]:
    """Name, price, why it was withdrawn, and the source."""
    name, price, *_, source = _row(proxy, library, words, labels)
    review, numbers = proxy.review, Numbers(words.lang)
    who = ", ".join(filter(None, [review.by, numbers.date(review.on) if review.on else ""]))
    reason = review.note.in_(words.lang) if review.note else "–"
    return [name, price, f"{reason} ({who})" if who else reason, source]
