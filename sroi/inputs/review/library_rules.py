"""What is weak in the price library: one function for each rule.

A weak entry may be used, and the report says what is weak about it; so all of these are warnings,
but for a withdrawn price that is in use. Withdrawn prices that nobody uses are left alone.

    stale      a price year more than 5 years before the newest year of its index. Beyond that
               wages, tariffs and what a unit is have changed more than an index makes good. Against
               the index and not against today, so that a library does not age by itself
    old        a review more than 2 years before the day of the check
    disagree   prices of one overlap group per one unit, at one price year, are laid in the order of
               their amounts. Ranges that touch form a scale (light, medium, heavy). Where the scale
               has a gap, the next price is another thing, and a note should say so by naming a
               price on the other side; or one of the two is wrong
    alike      units that differ in case, accents or plural only
    layer      a review that does not count any more, and people who do not say the same
    unused     a source to which neither the library refers nor a scenario that was looked at
"""

from __future__ import annotations

import datetime
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sroi.inputs.files.scenario_file import Loaded, load
from sroi.inputs.library.layered import layered
from sroi.inputs.library.library import NOT_THEMES, Library, Proxy, check_library
from sroi.inputs.library.series import last_known
from sroi.inputs.quantity.forms import Z95
from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.scenario.assumptions import used_proxies
from sroi.inputs.text.cited import BY_EVIDENCE, cited
from sroi.inputs.text.yaml_text import Document, Path_, read
from sroi.problems import Problem, Unusable

STALE_YEARS = 5
REVIEW_YEARS = 2
NOT_MARGINAL = ("average", "macro")
SAME_THING = {"h": "uur", "hour": "uur", "day": "dag", "month": "maand", "year": "jaar"}


@dataclass(frozen=True)
class Entry:
    """A price with its place: in the library, or in a scenario as its own."""

    proxy: Proxy
    document: Document
    path: Path_

    def weak(self, code: str, *path: str, **facts: object) -> Problem:
        """A warning at a field of the entry."""
        where = (*self.path, *path)
        return self.document.problem(code, where, False, "warning", id=self.proxy.id, **facts)

    def wrong(self, code: str, *path: str, **facts: object) -> Problem:
        """An error at a field of the entry."""
        return self.document.problem(code, (*self.path, *path), id=self.proxy.id, **facts)

    @property
    def notes(self) -> str:
        """The note in both languages."""
        return f"{self.proxy.notes.nl} {self.proxy.notes.en}" if self.proxy.notes else ""


@dataclass(frozen=True)
class Shelf:
    """What the rules look at: the entries, the scenarios that use them, and the day."""

    library: Library
    entries: list[Entry]
    scenarios: list[Loaded]
    on: datetime.date
    sources: Document | None = None
    layer: Document | None = None

    @property
    def in_force(self) -> list[Entry]:
        """The entries that were not withdrawn."""
        return [entry for entry in self.entries if entry.proxy.review.status != "withdrawn"]

    @cached_property
    def users(self) -> dict[str, list[str]]:
        """By the id of a price the scenarios that use it."""
        found: dict[str, list[str]] = defaultdict(list)
        for loaded in self.scenarios:
            for key in used_proxies(loaded.scenario):
                found[key].append(loaded.scenario.scenario)
        return found


def check_prices(
    folder: Path,
    scenarios: Iterable[Path] = (),
    on: datetime.date | None = None,
    layer: Document | None = None,
) -> tuple[Library, list[Problem]]:
    """The library as far as it can be read, with all that is wrong or weak in it.

    `scenarios` use its prices; their own prices are looked at as well. `on`: by default today.
    `layer`: what lies over it; raises `Unusable` where that cannot be used.
    """
    library, problems = check_library(folder)
    if layer and not problems:
        library = layered(library, layer)
    loaded: list[Loaded] = []
    for path in () if problems else scenarios:
        try:
            loaded.append(load(path, library=_usable(library)))
        except Unusable as unusable:
            problems += unusable.problems
    own = (entry for one in loaded for entry in _own(one))
    entries = [*_entries(folder, library), *_of_layer(library, layer), *own]
    day = on or datetime.date.today()
    shelf = Shelf(library, entries, loaded, day, _opened(folder / "sources.yaml"), layer)
    found = [*problems, *(problem for rule in RULES for problem in rule(shelf))]
    return library, list({_once(problem): problem for problem in found}.values())


def _usable(library: Library) -> Library:
    """The library with nothing withdrawn, so that a scenario that uses it can be read."""
    proxies = {key: _in_force(proxy) for key, proxy in library.proxies.items()}
    return Library(**{**vars(library), "proxies": proxies})


def _in_force(proxy: Proxy) -> Proxy:
    if proxy.review.status != "withdrawn":
        return proxy
    return proxy.model_copy(update={"review": proxy.review.model_copy(update={"status": "draft"})})


def _entries(folder: Path, library: Library) -> Iterator[Entry]:
    """The entries of all files that could be read, with their places."""
    for path in sorted(folder.glob("*.yaml")):
        if path.stem in NOT_THEMES:
            continue
        document = _opened(path)
        if document is None:
            continue
        listed = document.data.get("proxies") if isinstance(document.data, dict) else None
        for position, entry in enumerate(listed if isinstance(listed, list) else []):
            proxy = library.proxies.get(str(entry.get("id"))) if isinstance(entry, dict) else None
            if proxy:
                yield Entry(proxy, document, ("proxies", position))


def _of_layer(library: Library, layer: Document | None) -> Iterator[Entry]:
    """The own prices of a layer."""
    for position, entry in enumerate(layer.data.get("proxies", []) if layer else []):
        if layer and library.layer:
            yield Entry(library.proxies[entry["id"]], layer, ("proxies", position))


def _opened(path: Path) -> Document | None:
    try:
        return read(path)
    except Unusable:
        return None


def _own(loaded: Loaded) -> Iterator[Entry]:
    """The entries of a scenario."""
    for position, proxy in enumerate(loaded.scenario.proxies):
        if loaded.document:
            yield Entry(proxy, loaded.document, ("proxies", position))


def _once(problem: Problem) -> tuple[object, ...]:
    return (*problem.order(), str(sorted(problem.facts.items())))


def withdrawn_prices_are_not_used(shelf: Shelf) -> Iterator[Problem]:
    """price-withdrawn-in-use"""
    for entry in shelf.entries:
        users = shelf.users.get(entry.proxy.id)
        if users and entry.proxy.review.status == "withdrawn":
            where = ("review", "status")
            yield entry.wrong("price-withdrawn-in-use", *where, scenarios=", ".join(users))


def claims_are_not_used(shelf: Shelf) -> Iterator[Problem]:
    """price-claim-in-use"""
    for entry in shelf.in_force:
        users = shelf.users.get(entry.proxy.id)
        if users and entry.proxy.evidence == "D":
            yield entry.weak("price-claim-in-use", "evidence", scenarios=", ".join(users))


def groups_are_counted_once(shelf: Shelf) -> Iterator[Problem]:
    """prices-overlap-in-use: two prices of one group, for people who are called different"""
    for loaded in shelf.scenarios:
        first: dict[str, str] = {}
        for group, entry in _grouped(loaded):
            other = first.setdefault(group, entry.proxy.id)
            if other != entry.proxy.id:
                facts = {"group": group, "scenario": loaded.scenario.scenario}
                yield entry.weak("prices-overlap-in-use", "proxy", other=other, **facts)


def _grouped(loaded: Loaded) -> Iterator[tuple[str, Entry]]:
    """The group and the price, where it is used, of every outcome in euros that is in a group."""
    for position, outcome in enumerate(loaded.scenario.outcomes):
        proxy = loaded.library.proxies.get(outcome.proxy or "")
        group = outcome.overlap or (proxy.overlap if proxy else None)
        if proxy and group and outcome.in_euros and loaded.document:
            yield group, Entry(proxy, loaded.document, ("outcomes", position))


def groups_have_two_prices(shelf: Shelf) -> Iterator[Problem]:
    """overlap-alone: a group of one guards against nothing, and may be misspelled"""
    groups = defaultdict(list)
    for entry in shelf.in_force:
        groups[entry.proxy.overlap].append(entry)
    for group, entries in groups.items():
        if group and len(entries) == 1:
            yield entries[0].weak("overlap-alone", "overlap", group=group)


def prices_of_a_group_agree(shelf: Shelf) -> Iterator[Problem]:
    """prices-disagree"""
    groups = defaultdict(list)
    for entry in shelf.in_force:
        series = shelf.library.indices.get(entry.proxy.index)
        factor = series.factors.get(entry.proxy.price_year) if series else None
        if series and factor and entry.proxy.overlap:
            low, high = (bound * factor for bound in _range(entry.proxy.value))
            same = (entry.proxy.overlap, entry.proxy.unit, series.base_year)
            groups[same].append((low, high, entry))
    for (group, _, year), priced in groups.items():
        facts = {"group": group, "year": year}
        for low, highest, entry, below in _gaps(priced):
            named = any(entry.proxy.id in x.notes or x.proxy.id in entry.notes for x in below)
            if not named:
                sizes = {"low": _plain(low), "highest": _plain(highest)}
                other = below[-1].proxy.id
                yield entry.weak("prices-disagree", "value", other=other, **facts, **sizes)


def _gaps(
    priced: list[tuple[float, float, Entry]],
) -> Iterator[tuple[float, float, Entry, list[Entry]]]:
    """Where no range reaches the next: its low end, how far those below reach, and all of them."""
    ordered = sorted(priced, key=lambda one: (one[0], one[1], one[2].proxy.id))
    for position, (low, _, entry) in enumerate(ordered):
        below = sorted(ordered[:position], key=lambda one: one[1])
        if below and below[-1][1] < low:
            yield low, below[-1][1], entry, [one[2] for one in below]


def _plain(amount: float) -> str:
    """Whole euros, or cents of a small amount."""
    return f"{amount:.0f}" if abs(amount) >= 100 else f"{amount:.2f}"


def _range(quantity: Quantity) -> tuple[float, float]:
    """Lowest and highest of a price; of a form without bounds its 90 % range, or about that."""
    if quantity.bounds:
        return quantity.bounds
    if quantity.lognormal:
        ratio = 2.718281828459045 ** (Z95 * quantity.lognormal.spread)
        return quantity.lognormal.centre / ratio, quantity.lognormal.centre * ratio
    if quantity.normal:
        centre, spread = quantity.normal.centre, quantity.normal.spread
    else:
        centre, spread = quantity.gamma.centre, quantity.gamma.centre * quantity.gamma.spread  # type: ignore[union-attr]
    return centre - Z95 * spread, centre + Z95 * spread


def units_are_spelled_in_one_way(shelf: Shelf) -> Iterator[Problem]:
    """unit-two-spellings"""
    spelled: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for entry in shelf.entries:
        spelled[same_unit(entry.proxy.thing)][entry.proxy.thing] += 1
    for entry in shelf.in_force:
        ways = spelled[same_unit(entry.proxy.thing)]
        usual = max(sorted(ways), key=lambda way: ways[way])
        if entry.proxy.thing != usual:
            unit = entry.proxy.thing
            yield entry.weak("unit-two-spellings", "unit", unit=unit, usual=usual)


def same_unit(thing: str) -> str:
    """A unit without case, accents, spaces, plural and doubled letters: uur and Uren are one."""
    plain = unicodedata.normalize("NFKD", thing.casefold())
    letters = "".join(char for char in plain if char.isalnum())
    for ending in ("en", "s"):
        letters = letters.removesuffix(ending) if len(letters) > len(ending) + 1 else letters
    letters = SAME_THING.get(letters, letters)
    return "".join(char for n, char in enumerate(letters) if letters[n - 1 : n] != char)


def every_price_has_a_place(shelf: Shelf) -> Iterator[Problem]:
    """price-without-place"""
    for entry in shelf.in_force:
        if not entry.proxy.source.place:
            yield entry.weak("price-without-place", "source", source=entry.proxy.source.key)


def every_source_is_used(shelf: Shelf) -> Iterator[Problem]:
    """source-unused"""
    files = [
        *shelf.library.files.values(),
        *(one.document.data for one in shelf.scenarios if one.document),
    ]
    used = {BY_EVIDENCE} | {reference.key for reference in cited(files)}
    for position, key in enumerate(shelf.library.sources):
        if shelf.sources and key not in used:
            where = ("sources", position, "id")
            yield shelf.sources.problem("source-unused", where, False, "warning", id=key)


def every_price_is_recent(shelf: Shelf) -> Iterator[Problem]:
    """price-year-stale"""
    for entry in shelf.in_force:
        series, year = shelf.library.indices.get(entry.proxy.index), entry.proxy.price_year
        newest = last_known(series) if series else year
        if newest - year > STALE_YEARS:
            facts = {"year": year, "newest": newest, "index": entry.proxy.index}
            yield entry.weak("price-year-stale", "price_year", **facts)


def every_price_has_a_range(shelf: Shelf) -> Iterator[Problem]:
    """price-without-range: certain, and not said why"""
    for entry in shelf.in_force:
        for name in ("value", "tariff"):
            price = getattr(entry.proxy, name)
            if price and not price.uncertain and price.because is None:
                yield entry.weak("price-without-range", name, key=name)


def averages_say_what_they_are_for(shelf: Shelf) -> Iterator[Problem]:
    """average-without-note: it is taken for what one client less saves"""
    for entry in shelf.in_force:
        if entry.proxy.cost_concept in NOT_MARGINAL and entry.proxy.notes is None:
            yield entry.weak("average-without-note", "cost_concept")


def prices_are_not_from_memory(shelf: Shelf) -> Iterator[Problem]:
    """price-from-memory"""
    for entry in shelf.in_force:
        if entry.proxy.provenance == "memory":
            yield entry.weak("price-from-memory", "provenance")


def prices_were_reviewed(shelf: Shelf) -> Iterator[Problem]:
    """review-missing: nobody, or nobody knows who or when; review-old"""
    oldest = _years_before(shelf.on, REVIEW_YEARS)
    for entry in shelf.in_force:
        review = entry.proxy.review
        if review.status == "draft" or not review.by or review.on is None:
            yield entry.weak("review-missing", "review")
        elif review.on < oldest:
            facts = {"by": review.by, "date": review.on.isoformat(), "years": REVIEW_YEARS}
            yield entry.weak("review-old", "review", "on", **facts)


def _years_before(day: datetime.date, years: int) -> datetime.date:
    """The same day some years before; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def the_layer_is_of_these_prices(shelf: Shelf) -> Iterator[Problem]:
    """layer-review-stale; layer-price-gone; layer-reviews-differ"""
    if shelf.layer is None or shelf.library.layer is None:
        return
    for stale in shelf.library.layer.stale:
        where = ("reviews", stale.said.position, "price")
        what = "layer-review-stale" if stale.field else "layer-price-gone"
        yield shelf.layer.problem(what, where, False, "warning", **stale.facts)
    for differ in shelf.library.layer.differ:
        where = ("reviews", differ.other.position, "price")
        yield shelf.layer.problem("layer-reviews-differ", where, False, "warning", **differ.facts)


RULES: list[Callable[[Shelf], Iterator[Problem]]] = [
    the_layer_is_of_these_prices,
    withdrawn_prices_are_not_used,
    claims_are_not_used,
    groups_are_counted_once,
    prices_of_a_group_agree,
    groups_have_two_prices,
    prices_are_not_from_memory,
    every_price_is_recent,
    every_price_has_a_range,
    every_price_has_a_place,
    every_source_is_used,
    units_are_spelled_in_one_way,
    averages_say_what_they_are_for,
    prices_were_reviewed,
]
