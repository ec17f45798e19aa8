"""A library with the layer of an organisation over it.

A review counts as long as the price is the one that was looked at. Of the reviews of one price that
count the latest is followed; what another one says otherwise is told.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sroi.inputs.library.layer import Layer, LayerReview, seen_of
from sroi.inputs.library.layer_in_use import Differ, LayerInUse, Said, Stale
from sroi.inputs.library.library import (
    Change,
    Library,
    Proxy,
    Review,
    Theme,
    dangling_of_proxy,
)
from sroi.inputs.quantity.written_sizes import in_order, numeral, resized, sizes_of, with_sizes
from sroi.inputs.text.nouns import Text
from sroi.inputs.text.reading import nouns_of, unknown
from sroi.inputs.text.yaml_text import Document
from sroi.problems import Problem, Unusable

LAYER = "layer"  # under which its data stands among the files of a library
OWN = "own"
OWN_THEME = Theme(theme=OWN, name=Text(nl="Eigen prijzen", en="Own prices"), proxies=[])

Numbered = tuple[int, LayerReview]


def sign_of(content: bytes) -> str:
    """A short name for all that stands in a file."""
    return "l-" + hashlib.sha256(content).hexdigest()[:12]


def layered(shipped: Library, document: Document) -> Library:
    """The library with a layer over it. Raises `Unusable` with all that is wrong in the layer."""
    layer, problems = nouns_of(Layer, document)
    if layer is None:
        raise Unusable(*problems)
    own = {proxy.id: proxy for proxy in layer.proxies}
    whole = replace(
        shipped,
        proxies=shipped.proxies | own,
        sources=shipped.sources | {source.id: source for source in layer.sources},
    )
    if problems := list(_wrong(layer, shipped, whole, document)):
        raise Unusable(*problems)
    counting, stale = _sorted(layer, whole)
    proxies = whole.proxies | {
        key: reviewed(whole.proxies[key], said) for key, said in counting.items()
    }
    return replace(
        whole,
        proxies=proxies,
        themes=_themes(shipped, layer, proxies),
        files=shipped.files | {LAYER: document.data},
        earlier={key: tuple(_states(whole.proxies[key], x)) for key, x in counting.items()},
        layer=_in_use(document, layer, whole, counting, stale),
    )


def _in_use(
    document: Document,
    layer: Layer,
    whole: Library,
    counting: Mapping[str, list[Numbered]],
    stale: tuple[Stale, ...],
) -> LayerInUse:
    """What is told of it."""
    heads = {
        key: {one[1].by: _said(one, whole.proxies[key]) for one in _by_day(said)}
        for key, said in counting.items()
    }
    return LayerInUse(
        file=document.file,
        name=layer.name,
        sign=layer.part_of or sign_of(document.content),
        own=frozenset(proxy.id for proxy in layer.proxies),
        counts=tuple(_said(_last(x), whole.proxies[key]) for key, x in counting.items()),
        stale=stale,
        differ=tuple(pair for key, x in heads.items() for pair in _differ(x, _last(counting[key]))),
    )


def _wrong(layer: Layer, shipped: Library, whole: Library, document: Document) -> Iterator[Problem]:
    """Names that are taken, references to nothing, and sizes that make no price."""
    own = [proxy.id for proxy in layer.proxies], [source.id for source in layer.sources]
    yield from _taken("proxies", own[0], shipped.proxies, document)
    yield from _taken("sources", own[1], shipped.sources, document)
    for position, proxy in enumerate(layer.proxies):
        yield from dangling_of_proxy(proxy, ("proxies", position), document, whole)
    for position, review in enumerate(layer.reviews):
        yield from _wrong_review(review, position, whole, document)


def _taken(
    name: str, ids: list[str], known: Iterable[str], document: Document
) -> Iterator[Problem]:
    for position, key in enumerate(ids):
        if key in ids[:position]:
            yield document.problem("id-twice", (name, position, "id"), id=key)
        elif key in known:
            yield document.problem("layer-id-taken", (name, position, "id"), id=key)


def _wrong_review(
    review: LayerReview, position: int, whole: Library, document: Document
) -> Iterator[Problem]:
    where, becomes = ("reviews", position, "becomes"), review.becomes
    if becomes.sizes and not in_order(becomes.sizes):
        yield document.problem("layer-sizes", where, id=review.price)
    if becomes.source:
        key = becomes.source.key
        yield from unknown("source", key, whole.sources, (*where, "source"), document)


def _sorted(layer: Layer, whole: Library) -> tuple[dict[str, list[Numbered]], tuple[Stale, ...]]:
    """The reviews that count, by price and in the order of the file; and those that do not."""
    counting: dict[str, list[Numbered]] = defaultdict(list)
    stale = []
    for number, one in enumerate(layer.reviews):
        proxy = whole.proxies.get(one.price)
        now = seen_of(proxy) if proxy else {}
        if now == one.seen:
            counting[one.price].append((number, one))
        else:
            stale.append(_stale(number, one, now))
    return dict(counting), tuple(stale)


def _stale(number: int, one: LayerReview, now: Mapping[str, str]) -> Stale:
    """A review that does not count, with the first part in which the price is another one."""
    said = Said(number, one.price, one.status, one.by, one.on.isoformat(), ())
    if not now:
        return Stale(said)
    field = next(part for part in {**one.seen, **now} if one.seen.get(part) != now.get(part))
    was, is_now = (part.get(field, "–")[:80] for part in (one.seen, now))
    return Stale(said, field[:80], was, is_now)


def _by_day(said: Iterable[Numbered]) -> list[Numbered]:
    """From first to latest; of one day in the order of the names, so that it is always the same."""
    return sorted(said, key=lambda one: (one[1].on, one[1].by.casefold(), one[0]))


def _last(said: Iterable[Numbered]) -> Numbered:
    return _by_day(said)[-1]


def _states(proxy: Proxy, said: list[Numbered]) -> Iterator[Proxy]:
    """The price before each of its reviews, as it may have gone out in a sheet."""
    yield proxy
    for count in range(1, len(said)):
        yield reviewed(proxy, said[:count])


def reviewed(proxy: Proxy, said: Iterable[Numbered]) -> Proxy:
    """A price as the latest of its reviews has it, with a history of who changed what."""
    said = _by_day(said)
    last = said[-1][1]
    review = Review(status=last.status, by=last.by, on=last.on.isoformat(), note=last.note)
    changed: dict[str, object] = {"review": review}
    if last.becomes.sizes:
        changed["value"] = with_sizes(proxy.value, last.becomes.sizes)
    if last.becomes.source:
        changed["source"] = last.becomes.source
    history = [
        Change(field=field, was=was, now=now, by=by.by, on=by.on.isoformat(), because=by.note)
        for field, was, now in changes(last, proxy)
        for by in [_first_to_say(field, now, said, proxy)]
    ]
    return proxy.model_copy(update=changed | {"history": [*proxy.history, *history]})


def _first_to_say(field: str, now: str, said: list[Numbered], proxy: Proxy) -> LayerReview:
    """Whose change it is: who agrees with it later has not made it."""
    return next(
        one for _, one in said if (field, now) in {(f, n) for f, _, n in changes(one, proxy)}
    )


def changes(one: LayerReview, proxy: Proxy) -> Iterator[tuple[str, str, str]]:
    """What a review makes another one in the price that was looked at: field, was, is now."""
    yield from resized(proxy.value, one.becomes.sizes)
    if one.becomes.source and one.becomes.source != proxy.source:
        yield "source", str(proxy.source), str(one.becomes.source)
    if proxy.review.status == "withdrawn" != one.status:
        yield "review", "withdrawn", one.status


def _said(numbered: Numbered, proxy: Proxy) -> Said:
    number, one = numbered
    place, found = str(one.becomes.source or proxy.source), tuple(changes(one, proxy))
    sizes = sorted((sizes_of(proxy.value) | one.becomes.sizes).values())
    told = f"{' / '.join(map(numeral, sizes))}, {place}".lstrip(", ")
    told = told if one.status == "checked" else "–"
    return Said(number, one.price, one.status, one.by, one.on.isoformat(), found, place, told)


def _differ(heads: Mapping[str, Said], last: Numbered) -> Iterator[Differ]:
    """Everybody whose latest word is not what counts."""
    counts = heads[last[1].by]
    for said in heads.values():
        if (said.status, said.changes) != (counts.status, counts.changes):
            yield Differ(counts, said)


def _themes(shipped: Library, layer: Layer, proxies: Mapping[str, Proxy]) -> dict[str, Theme]:
    """The themes with the prices as they are now, and a last one with the own prices."""
    own = OWN_THEME.model_copy(update={"proxies": layer.proxies})
    themes = shipped.themes | ({OWN: own} if layer.proxies else {})
    return {
        key: theme.model_copy(update={"proxies": [proxies[one.id] for one in theme.proxies]})
        for key, theme in themes.items()
    }
