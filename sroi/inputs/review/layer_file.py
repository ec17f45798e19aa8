"""Reviews written into the layer of an organisation, and two layers made one.

What is there is never written anew: reviews come behind the others, and nothing is taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sroi.inputs.library.layer import Layer, seen_of
from sroi.inputs.library.library import Library, Proxy
from sroi.inputs.quantity.written_sizes import numeral, sizes_of
from sroi.inputs.review.own_prices import OwnPrice
from sroi.inputs.review.review import Reviewed
from sroi.inputs.text.reading import nouns_of
from sroi.inputs.text.yaml_edit import Editor, listed
from sroi.inputs.text.yaml_text import Document, parse
from sroi.problems import Problem, Unusable

PARTS = ("reviews", "proxies", "sources")


def with_reviews(
    content: bytes,
    file: str,
    reviewed: Iterable[Reviewed],
    library: Library,
    own: Sequence[OwnPrice] = (),
) -> bytes:
    """The layer with these reviews and own prices behind its own; `library`: with the layer as it
    was.

    `content`: empty where there is no layer yet. Raises `Unusable`.
    """
    more: dict[str, list[Any]] = {"reviews": [_record(one, library) for one in reviewed]}
    more["reviews"] += [_of_own(price.entry, price.review) for price in own if price.review]
    more |= {"proxies": [price.entry for price in own if not price.there]}
    more |= {"sources": [price.source for price in own if price.source]}
    return _with(content, file, {name: items for name, items in more.items() if items})


def merged(content: bytes, file: str, other: Document) -> tuple[bytes, list[dict[str, Any]]]:
    """A layer with all that another one has more; and the reviews and prices that came in.

    Raises `Unusable` where both have a price or a source of one name that is not the same.
    """
    given, document = _data(other), parse(content, file) if content else None
    own = _data(document) if document else {}
    _refuse_two(own, given, other)
    more = {name: [x for x in given[name] if x not in own.get(name, [])] for name in PARTS}
    found = {name: entries for name, entries in more.items() if entries}
    told = [entry for name in ("reviews", "proxies") for entry in found.get(name, [])]
    return (_with(content, file, found) if found else content), told


def _record(one: Reviewed, library: Library) -> dict[str, Any]:
    """A review as it stands in the file, held against the price as it is without the layer."""
    base = library.earlier.get(one.proxy.id, (library.proxies[one.proxy.id],))[0]
    becomes: dict[str, str] = {}
    sizes = sizes_of(one.proxy.value) | dict(one.sizes)
    if sizes != sizes_of(base.value):
        becomes = {name: numeral(size) for name, size in sizes.items()}
    named = {difference.field: difference.now for difference in one.differences}
    source = named.get("source", str(one.proxy.source))
    if source != str(base.source):
        becomes["source"] = source
    told: dict[str, Any] = {"price": base.id} | one.review
    return told | ({"becomes": becomes} if becomes else {}) | {"seen": seen_of(base)}


def _of_own(entry: dict[str, Any], review: dict[str, str]) -> dict[str, Any]:
    """Who looked at an own price. It stands apart from the price, so that the layers of two people
    who wrote the same price and looked at it themselves can be merged."""
    return {"price": entry["id"]} | review | {"seen": seen_of(Proxy.model_validate(entry))}


def _with(content: bytes, file: str, more: dict[str, list[Any]]) -> bytes:
    """A file with more behind what it has."""
    if not content:
        told = "".join(f"\n{name}:{listed(items, chr(10) + '  ')}" for name, items in more.items())
        return f"{told.lstrip()}\n".encode()
    editor = Editor(content, file)
    for name, items in more.items():
        editor.append_lines((name,), items)
    return editor.result()


def _data(document: Document) -> dict[str, list[Any]]:
    """What stands in a layer. Raises `Unusable` where it is none."""
    layer, problems = nouns_of(Layer, document)
    if layer is None:
        raise Unusable(*problems)
    return {name: document.data.get(name, []) for name in PARTS}


def _refuse_two(own: dict[str, list[Any]], given: dict[str, list[Any]], other: Document) -> None:
    """Two prices or sources of one name: which of them is meant only people can say."""
    found: list[Problem] = []
    for name in ("proxies", "sources"):
        known = {entry["id"]: entry for entry in own.get(name, [])}
        for position, entry in enumerate(given[name]):
            if known.get(entry["id"], entry) != entry:
                found.append(other.problem("layer-twice", (name, position, "id"), id=entry["id"]))
    if found:
        raise Unusable(*found)
