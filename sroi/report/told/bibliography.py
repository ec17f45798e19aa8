"""The sources of a report as a bibliography: who says it, when, what, where, and how it was read.

The form is a CSL style of its own, `templates/bibliography.csl`, in the manner of APA. All that
goes in and all that comes out is plain text: italics come back as marks that no source can hold, so
that nothing of a source is ever taken for HTML.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from sroi import shipped
from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.library.library import Library, Source
from sroi.inputs.library.series import Index
from sroi.inputs.scenario.assumptions import used_proxies
from sroi.inputs.scenario.price_level import named_series, price_years
from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.text.cited import BY_EVIDENCE, cited
from sroi.inputs.text.nouns import Reference
from sroi.report.words.numbers import together
from sroi.report.words.places import place

if TYPE_CHECKING:
    from citeproc import CitationStylesBibliography

STYLE = "bibliography.csl"
LOCALES = {"nl": "nl-NL", "en": "en-GB"}
FIELDS = (
    "type", "title", "title-short", "container-title", "volume", "issue", "page", "publisher", "URL"
)  # fmt: skip
NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
RESOLVER = "https://doi.org/"
LONGEST_LABEL = 50
BEGIN, END = "\ue000", "\ue001"  # around italics
MARKS = re.compile(f"[{BEGIN}{END}]")
# a title may bring its own full stop
TWO_STOPS = re.compile(rf"([?!…]{END}?|\.{END})\.")

PLAIN = SimpleNamespace(preformat=str, Italic=str)
MARKED = SimpleNamespace(preformat=str, Italic=lambda text: f"{BEGIN}{text}{END}")


@dataclass(frozen=True)
class Piece:
    """A part of an entry; `link`: the address, of the part that is one."""

    text: str
    italic: bool = False
    link: str = ""


@dataclass(frozen=True)
class Entry:
    """One source. `label`: who, when and its number, as in a table; `note`: how it was read;
    `places`: where in it the numbers stand."""

    key: str
    number: int
    label: str
    pieces: tuple[Piece, ...]
    note: str
    places: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"source-{self.key}"

    @property
    def text(self) -> str:
        """The entry as plain text."""
        return "".join(piece.text for piece in self.pieces)


def bibliography(
    references: Iterable[Reference], sources: Mapping[str, Source], lang: str
) -> list[Entry]:
    """Every source that is referred to, once, in the order of the style."""
    places: dict[str, dict[str, None]] = {}
    for reference in references:
        known = places.setdefault(reference.key, {})
        known |= {place(reference.place, lang): None} if reference.place else {}
    labels = _labels({key: _item(sources[key]) for key in places}, lang) if places else {}
    ordered = {key: _item(sources[key]) for key in labels}
    written = _styled(ordered, lang, MARKED).bibliography() if labels else []
    return [
        Entry(
            key,
            number,
            labels[key],
            tuple(_pieces(str(text), address(sources[key]))),
            note(sources[key], lang),
            tuple(places[key]),
        )
        for number, (key, text) in enumerate(zip(ordered, written, strict=True), 1)
    ]


def used(valuation: Valuation) -> Iterator[Reference]:
    """What a report refers to: in assumptions, prices, series, discounting, published ratios."""
    loaded = valuation.loaded
    scenario, library = loaded.scenario, loaded.library
    nouns: list[Any] = [library.proxies[key] for key in used_proxies(scenario)]
    nouns += _series(scenario, library)
    regime = library.regimes.get(scenario.basis.discounting.regime or "")
    nouns += [regime] if regime else []
    if valuation.drawn.ratio():
        nouns += [one for one in library.reference_class.values() if one.of == "ratio"]
    if scenario.basis.optimism_bias == "by_evidence" and BY_EVIDENCE in library.sources:
        yield Reference.model_validate(BY_EVIDENCE)
    yield from cited(scenario.model_dump(exclude={"sources", "proxies", "variants"}))
    for noun in nouns:
        yield from cited(noun.model_dump())


def _series(scenario: Scenario, library: Library) -> list[Index]:
    """By which prices were moved, and with a forecast every one that an amount follows: to prices
    of each year too."""
    prices, indices = set(price_years(scenario, library)), library.indices
    moved = {key for key, year in prices if year != scenario.basis.price_year}
    follows = named_series(scenario, indices) | {key for key, _ in prices}
    moved |= {key for key in follows if key in indices and indices[key].forecast}
    return [indices[key] for key in sorted(moved) if key in indices]


def linked(text: str, entries: Iterable[Entry]) -> Markup:
    """A text for the page, in which every label of a source leads to its entry."""
    html = str(escape(together(text)))
    for entry in entries if "[" in html else ():
        label = str(escape(entry.label))
        html = html.replace(label, f'<a href="#{entry.anchor}">{label}</a>')
    return Markup(html)


def address(source: Source) -> str:
    """Where a source can be read: by its DOI, which lasts, or else its URL; or an empty text."""
    return f"{RESOLVER}{_doi(source)}" if source.DOI else source.URL


def note(source: Source, lang: str) -> str:
    """How a source was read. Two paragraphs are the same in Dutch and in English."""
    paragraphs = [part.strip() for part in source.note.split("\n") if part.strip()]
    if len(paragraphs) == 2:
        return paragraphs[0] if lang == "nl" else paragraphs[1]
    return " ".join(paragraphs)


def _doi(source: Source) -> str:
    return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", source.DOI.strip())


def _item(source: Source) -> dict[str, Any]:
    """A source in the fields of CSL, as far as the style asks for them."""
    said = source.model_dump(by_alias=True)
    item = {name: MARKS.sub("", said.get(name, "")) for name in FIELDS}
    item["title-short"] = item["title-short"] or textwrap.shorten(
        item["title"], LONGEST_LABEL, placeholder="…"
    )
    item["DOI"] = MARKS.sub("", _doi(source))
    kept: dict[str, Any] = {name: text for name, text in item.items() if text}
    if names := [name for name in map(_name, source.author) if name]:
        kept["author"] = names
    dates = (source.issued or {}).get("date-parts", [])
    if dates and dates[0]:
        kept["issued"] = {"date-parts": dates[:1]}
    return {"type": "document"} | kept


def _name(author: Mapping[str, str]) -> dict[str, str]:
    parts = {part: MARKS.sub("", author.get(part, "")) for part in ("literal", *NAME_PARTS)}
    if parts["literal"] or not parts["family"]:
        literal = parts["literal"] or parts["given"]
        return {"literal": literal} if literal else {}
    return {part: text for part, text in parts.items() if text}


def _labels(items: Mapping[str, dict[str, Any]], lang: str) -> dict[str, str]:
    """The label of each, in the order of the style."""
    from citeproc import Citation, CitationItem

    styled = _styled(items, lang, PLAIN)
    styled.sort()
    labels = {}
    for key in styled.keys:
        citation = Citation([CitationItem(key)])
        styled.register(citation)
        labels[key] = str(styled.cite(citation, None))
    return labels


def _styled(
    items: Mapping[str, dict[str, Any]], lang: str, formatter: SimpleNamespace
) -> CitationStylesBibliography:
    """The sources with the style and the words of a language."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
    from citeproc.source.json import CiteProcJSON

    path = str(shipped.folder("templates") / STYLE)
    style = CitationStylesStyle(path, locale=LOCALES[lang], validate=False)
    source = CiteProcJSON([{"id": key, **item} for key, item in items.items()])
    made = CitationStylesBibliography(style, source, formatter)
    for key in items:
        made.register(Citation([CitationItem(key)]))
    return made


def _pieces(marked: str, where: str) -> Iterator[Piece]:
    """Plain, italic, and the address at the end; an address of the web is a link."""
    text = marked.strip()
    before = text.removesuffix(where) if where else text
    for number, part in enumerate(MARKS.split(TWO_STOPS.sub(r"\1", before))):
        if part:
            yield Piece(part, italic=number % 2 == 1)
    if len(before) < len(text):
        web = where.startswith(("https://", "http://"))
        yield Piece(where, link=where if web else "")
