"""The price library for people: a list, and one entry in full."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.inputs.library.library import Library, Proxy
from sroi.inputs.quantity.quantity import ANY, Quantity
from sroi.model.uncertain.distributions import distribution
from sroi.problems import Problem, Unusable, nearest
from sroi.report.tables.tables import Table
from sroi.report.told.bibliography import address
from sroi.report.words.numbers import Numbers
from sroi.report.words.places import place
from sroi.report.words.words import Words

PLAIN = ("unit", "price_year", "index", "overlap", "quote", "evidence")


def found(
    library: Library, theme: str | None, payer: str | None, search: str | None
) -> Iterator[tuple[str, Proxy]]:
    """Theme and proxy of every entry that fits. Raises `Unusable` for an unknown theme or payer."""
    for asked, known, what in ((theme, library.themes, "theme"), (payer, library.payers, "payer")):
        if asked is not None and asked not in known:
            facts = {"id": asked[:80], "nearest": nearest(asked, known), "known": ", ".join(known)}
            raise Unusable(Problem(f"{what}-unknown", facts=facts))
    for theme_id, shelf in library.themes.items():
        for proxy in shelf.proxies:
            words = f"{proxy.id} {proxy.name.nl} {proxy.name.en} {theme_id}".lower()
            fits = (theme in (None, theme_id)) and (payer is None or payer in proxy.payers)
            if fits and (search is None or search.lower() in words):
                yield theme_id, proxy


def as_table(entries: list[tuple[str, Proxy]], lang: str) -> Table:
    """Entries as a table by theme: id, name, price with its year, grade, whether it was checked."""
    words = Words(lang)
    heads = ["id", *(words(f"proxy.{name}") for name in ("name", "value", "evidence", "review"))]
    groups: dict[str, list[list[str]]] = {}
    for theme, proxy in entries:
        numbers = Numbers(lang, proxy.currency)
        price = f"{amount(proxy.value, numbers)}/{proxy.thing} ({proxy.price_year})"
        checked = words(f"review_short.{proxy.review.status}")
        row = [proxy.id, proxy.name.in_(lang), price, proxy.evidence or "–", checked]
        groups.setdefault(theme, []).append(row)
    return Table("proxies", heads, groups=list(groups.items()), whole=frozenset({0, 2, 3, 4}))


def in_full(key: str, library: Library, lang: str) -> list[tuple[str, str]]:
    """Every field of one entry, in words. Raises `Unusable`."""
    proxy = library.proxies.get(key)
    if proxy is None:
        facts = {"id": key[:80], "nearest": nearest(key, library.proxies)}
        raise Unusable(Problem("proxy-unknown", facts=facts))
    told = dict(_fields(proxy, library, lang))
    return [(Words(lang)(f"proxy.{name}"), value) for name, value in told.items() if value]


def _fields(proxy: Proxy, library: Library, lang: str) -> Iterator[tuple[str, str]]:
    words, numbers = Words(lang), Numbers(lang, proxy.currency)
    yield "value", spread(proxy.value, numbers, lang)
    if proxy.tariff:
        yield "tariff", spread(proxy.tariff, numbers, lang)
    for name in PLAIN:
        yield name, str(getattr(proxy, name) or "")
    yield (
        "payers",
        numbers.list(
            [
                f"{library.payers[key].name.in_(lang)} {numbers.percent(share)}"
                for key, share in proxy.payers.items()
            ]
        ),
    )
    if proxy.receiver:
        yield "receiver", library.payers[proxy.receiver].name.in_(lang)
    yield "cash", words(f"cash.{proxy.cash}")
    yield "cost_concept", words(f"cost_concept.{proxy.cost_concept}") if proxy.cost_concept else ""
    yield "vat", words(f"vat.{proxy.vat}")
    source = library.sources[proxy.source.key]
    yield (
        "source",
        ", ".join(filter(None, [source.title, place(proxy.source.place, lang), address(source)])),
    )
    yield "provenance", words(f"provenance.{proxy.provenance}") if proxy.provenance else ""
    status, why = words(f"review.{proxy.review.status}"), proxy.review.note
    yield "review", f"{status}. {why.in_(lang)}" if why else status
    yield "notes", proxy.notes.in_(lang) if proxy.notes else ""


def amount(quantity: Quantity, numbers: Numbers) -> str:
    """The price, or its range where there is no best guess."""
    if quantity.bounds and quantity.best is None and quantity.value is None:
        low, high = (numbers.euro(bound, _decimals(bound)) for bound in quantity.bounds)
        return f"{low} – {high}"
    centre = distribution(quantity, ANY).centre
    return numbers.euro(centre, _decimals(centre))


def spread(quantity: Quantity, numbers: Numbers, lang: str) -> str:
    """The price with its range and the reason for it."""
    told = amount(quantity, numbers)
    if quantity.best is not None and quantity.bounds:
        low, high = (numbers.euro(bound, _decimals(bound)) for bound in quantity.bounds)
        told = f"{told} ({low} – {high})"
    return f"{told}. {quantity.because.in_(lang)}" if quantity.because else told


def _decimals(value: float) -> int:
    return 2 if abs(value) < 1000 else 0
