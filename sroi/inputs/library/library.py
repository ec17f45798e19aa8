"""The price library: proxies, their sources, price indices, discount regimes, payers, starting
points and published results to hold a result against.

Everything in it is data with a source; this file says what an entry must hold and reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from sroi.inputs.library.layer_in_use import LayerInUse
from sroi.inputs.library.reference_class import ReferenceClass, ReferenceClasses, unknown_sources
from sroi.inputs.library.series import CONSUMER_PRICES, Index, Indices, wrong_forecasts
from sroi.inputs.library.starting_points import StartingPoint, StartingPoints, dangling
from sroi.inputs.quantity.linked import links, used
from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.quantity.sizes import CashClass, Shares, Timing, Year
from sroi.inputs.text.nouns import Id, Noun, OnTheSpot, Reference, Text
from sroi.inputs.text.numerals import Date, Number, Whole, YesNo
from sroi.inputs.text.reading import nouns_of, unknown
from sroi.inputs.text.yaml_text import Document, read
from sroi.problems import Problem, Unusable

NOT_THEMES = (
    "sources", "indices", "discounting", "payers", "starting_points", "reference_class",
    "instruments",
)  # fmt: skip


def _currency_and_thing(unit: Any) -> Any:
    currency, slash, thing = str(unit).partition("/")
    if not (slash and thing and len(currency) == 3 and currency.isupper()):
        raise PydanticCustomError("unit-unreadable", "", {"found": str(unit)[:80]})
    return unit


PriceUnit = Annotated[str, BeforeValidator(_currency_and_thing)]


class Review(Noun):
    """Who looked at an entry, and what came of it."""

    status: Literal["draft", "checked", "withdrawn"] = "draft"
    by: str = ""
    on: Date | None = None
    note: Text | None = None


class Change(Noun):
    """What a review changed in an entry: which field, what it was and is now, who, when and why."""

    field: str = ""
    was: str = ""
    now: str = ""
    by: str = ""
    on: Date | None = None
    because: Text | None = None


class Proxy(Noun):
    """A price for one unit of an outcome, with who has the benefit and how it is known."""

    id: Id
    name: Text
    value: Quantity
    tariff: Quantity | None = None
    unit: PriceUnit
    price_year: Year
    index: Id = CONSUMER_PRICES
    payers: Shares
    receiver: Id | None = None
    stakeholder: Text | None = None
    cash: CashClass
    transfer: YesNo = False
    cost_concept: Literal["marginal", "tariff", "average", "macro", "claim"] | None = None
    overlap: Id | None = None
    vat: Literal["included", "excluded", "exempt", "unknown"] = "unknown"
    source: Reference
    quote: str = ""
    provenance: Literal["first-hand", "second-hand", "derived", "memory"] | None = None
    evidence: Literal["A", "B", "C", "D"] | None = None
    review: Review = Review()
    history: list[Change] = Field(default=[], exclude_if=lambda history: not history)
    notes: Text | None = None

    @model_validator(mode="after")
    def _transfer(self) -> Proxy:
        if self.transfer != (self.receiver is not None) or (self.transfer and self.tariff):
            raise PydanticCustomError("transfer-receiver", "")
        return self

    @property
    def currency(self) -> str:
        """`EUR` of `EUR/uur`."""
        return self.unit.partition("/")[0]

    @property
    def thing(self) -> str:
        """`uur` of `EUR/uur`."""
        return self.unit.partition("/")[2]


class Theme(Noun):
    """One file of the library."""

    theme: Id
    name: Text
    proxies: list[Proxy]


class Source(Noun):
    """A reference in CSL fields, as Zotero and pandoc read them."""

    id: Id
    type: str
    title: str
    author: list[dict[str, str]] = []
    issued: dict[str, list[list[Whole]]] | None = None
    title_short: str = Field("", alias="title-short", exclude_if=lambda text: not text)
    container_title: str = Field("", alias="container-title")
    volume: str = Field("", exclude_if=lambda text: not text)
    issue: str = Field("", exclude_if=lambda text: not text)
    page: str = Field("", exclude_if=lambda text: not text)
    publisher: str = ""
    URL: str = ""
    DOI: str = ""
    note: str = ""


def source_of(spot: OnTheSpot) -> Source:
    """A source of an organisation itself, as it stands in the list of sources."""
    issued = {"date-parts": [[spot.year]]}
    return Source(id=spot.key, type="document", title=f"{spot.name} ({spot.kind})", issued=issued)


class Sources(Noun):
    """The file `sources.yaml`."""

    sources: list[Source]


class Regime(Noun):
    """A rule for discounting, with the years for which it was decided."""

    id: Id
    name: Text
    rate: Number
    timing: Timing
    investment: Literal["same", "undiscounted"] = "same"
    valid_from: Date | None = None
    valid_until: Date | None = None
    status: Literal["final", "to_be_confirmed"]
    source: Reference
    notes: Text | None = None


class Regimes(Noun):
    """The file `discounting.yaml`."""

    regimes: list[Regime]


class Payer(Noun):
    """Who pays or gains; `public`: paid from taxes or premiums that everyone must pay."""

    id: Id
    name: Text
    public: YesNo


class Payers(Noun):
    """The file `payers.yaml`."""

    payers: list[Payer]


@dataclass(frozen=True)
class Library:
    """All that a scenario may refer to, by id. `files`: the data of each of its files, by name.

    `layer`: what an organisation laid over it, if it did; `earlier`: of each price that was
    reviewed there what it was before every review, the first as it was without the layer.
    """

    proxies: dict[str, Proxy] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    indices: dict[str, Index] = field(default_factory=dict)
    regimes: dict[str, Regime] = field(default_factory=dict)
    payers: dict[str, Payer] = field(default_factory=dict)
    starting_points: dict[str, StartingPoint] = field(default_factory=dict)
    reference_class: dict[str, ReferenceClass] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    earlier: dict[str, tuple[Proxy, ...]] = field(default_factory=dict, repr=False, compare=False)
    layer: LayerInUse | None = field(default=None, repr=False, compare=False)


def read_library(folder: Path) -> Library:
    """The library in a folder. Raises `Unusable` with all problems of all its files."""
    library, problems = check_library(folder)
    if problems:
        raise Unusable(*problems)
    return library


def check_library(folder: Path) -> tuple[Library, list[Problem]]:
    """The library as far as it can be read, and every problem in it."""
    problems: list[Problem] = []
    documents = [_opened(path, problems) for path in sorted(folder.glob("*.yaml"))]
    by_name = {Path(document.file).stem: document for document in documents if document}
    return library_of(by_name, problems), problems


def library_of(by_name: dict[str, Document], problems: list[Problem]) -> Library:
    """The library in its files, by name; what is wrong in them is added to the problems."""

    themes = [document for name, document in by_name.items() if name not in NOT_THEMES]
    proxies: dict[str, Proxy] = {}
    theme_of: dict[str, Theme] = {}
    for document in themes:
        theme = _noun(Theme, document, problems)
        if theme:
            theme_of[theme.theme] = theme
            proxies |= _by_id(theme.proxies, document, "proxies", problems, proxies)

    def shelf(name: str, kind: type[Noun], list_name: str) -> dict[str, Any]:
        document = by_name.get(name)
        noun = _noun(kind, document, problems) if document else None
        return _by_id(getattr(noun, list_name), document, list_name, problems) if noun else {}  # type: ignore[arg-type]

    library = Library(
        proxies=proxies,
        themes=theme_of,
        sources=shelf("sources", Sources, "sources"),
        indices=shelf("indices", Indices, "indices"),
        regimes=shelf("discounting", Regimes, "regimes"),
        payers=shelf("payers", Payers, "payers"),
        starting_points=shelf("starting_points", StartingPoints, "starting_points"),
        reference_class=shelf("reference_class", ReferenceClasses, "reference_class"),
        files={name: document.data for name, document in by_name.items()},
    )
    problems += [p for document in themes for p in _dangling(document, library)]
    problems += _without_source(library, by_name)
    for position, index in enumerate(library.indices.values()):
        problems += wrong_forecasts(index, position, by_name["indices"], library.sources)
    if library.starting_points:
        points = list(library.starting_points.values())
        problems += dangling(points, library.sources, by_name["starting_points"])
    if library.reference_class:
        classes, where = library.reference_class.values(), by_name["reference_class"]
        problems += unknown_sources(classes, library.sources, where)
    ahead = {key: index.continued({}) for key, index in library.indices.items() if index.forecast}
    return replace(library, indices=library.indices | ahead)


def _without_source(library: Library, by_name: dict[str, Document]) -> Iterable[Problem]:
    """Series and rules for discounting that refer to a source that is not in the library."""
    for file, name in (("indices", "indices"), ("discounting", "regimes")):
        for position, noun in enumerate(getattr(library, name).values()):
            where = (name, position, "source")
            key = noun.source.key
            yield from unknown("source", key, library.sources, where, by_name[file])


def _opened(path: Path, problems: list[Problem]) -> Document | None:
    try:
        return read(path)
    except Unusable as unusable:
        problems.extend(unusable.problems)
        return None


def _noun(kind: type[Noun], document: Document, problems: list[Problem]) -> Any:
    noun, found = nouns_of(kind, document)
    problems.extend(found)
    for place, quantity in used(noun, 0) if noun else ():
        facts = {"id": next(links(quantity)), "nearest": ""}
        problems.append(document.problem("quantity-unknown", place, **facts))
    return noun


def _by_id(
    nouns: Iterable[Any],
    document: Document,
    list_name: str,
    problems: list[Problem],
    taken: Iterable[str] = (),
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for position, noun in enumerate(nouns):
        if noun.id in found or noun.id in taken:
            problems.append(document.problem("id-twice", (list_name, position, "id"), id=noun.id))
        found[noun.id] = noun
    return found


def _dangling(document: Document, library: Library) -> Iterable[Problem]:
    """References of a theme file to sources, indices and payers that are not in the library."""
    entries = document.data.get("proxies") if isinstance(document.data, dict) else None
    for position, entry in enumerate(entries if isinstance(entries, list) else []):
        proxy = library.proxies.get(str(entry.get("id"))) if isinstance(entry, dict) else None
        if proxy:
            yield from dangling_of_proxy(proxy, ("proxies", position), document, library)


def dangling_of_proxy(
    proxy: Proxy, path: tuple[str | int, ...], document: Document, library: Library
) -> Iterable[Problem]:
    """What one entry refers to and nobody knows."""
    references = [((*path, "source"), proxy.source)]
    for name in ("value", "tariff"):
        quantity = getattr(proxy, name)
        if quantity and quantity.source:
            references.append(((*path, name, "source"), quantity.source))
    for where, reference in references:
        yield from unknown("source", reference.key, library.sources, where, document)
    yield from unknown("index", proxy.index, library.indices, (*path, "index"), document)
    for payer in proxy.payers:
        yield from unknown("payer", payer, library.payers, (*path, "payers", payer), document)
    if proxy.receiver:
        yield from unknown("payer", proxy.receiver, library.payers, (*path, "receiver"), document)
