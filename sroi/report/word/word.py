"""The report as a Word document, for whoever must paste it into a form.

It is made of the page and of nothing else: every element of the page becomes what it is in Word, a
heading a heading and a table a table. Charts become pictures of the same drawings.
"""

from __future__ import annotations

import base64
import html
import io
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html
import resvg_py
from docx.shared import Emu, Mm
from PIL import Image

from sroi import shipped
from sroi.report.charts.look import Look
from sroi.report.word.parts import (
    Run,
    Xml,
    blank,
    describe,
    el,
    field,
    outside,
    packed,
    paragraph,
    tidied,
    written,
)
from sroi.report.word.tables import beside, cards, table

HEADINGS = {"h1": "Title", "h2": "Heading1", "h3": "Heading2"}
STYLES = {
    "front": "FrontHeading", "kicker": "Kicker", "by": "Note", "frame": "Note", "note": "Note",
    "question": "Question", "says": "ChartTitle", "term": "Term", "missing": "Missing",
    "absent": "Missing", "aside": "Aside", "decision": "Decision", "brand": "Logo",
}  # fmt: skip
CARD = {"label": "CardLabel", "big": "CardFigure", "spread": "CardText", "note": "CardText"}
WITHIN = {"aside": "Aside", "blockquote": "Quote", "figure": "Chart"}
MARKS = {"strong": "bold", "b": "bold", "dfn": "bold", "em": "italic", "i": "italic", "sub": "sub",
         "sup": "sup", "code": "code", "br": "break"}  # fmt: skip
UNDER = {"key", "read"}  # small, on a line of its own
INLINE = {*MARKS, "a", "span", "small", "abbr", "time"}
# what starts with room above it, also after a table
ROOMY = {"Heading1", "Heading2", "Heading3", "FrontHeading", "ChartTitle", "Aside"}
DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
SAID = re.compile(r"<(?:title|desc)\b[^>]*>([^<]+)<")
WEB = ("https://", "http://", "mailto:")
WIDE, HIGH = Mm(170), Mm(220)
LOGO = Mm(48), Mm(16)
DOTS = 200  # per inch


def docx(page: str, running: str, look: Look) -> bytes:
    """The page (HTML) as a Word document. `running`: what stands at the head of its pages."""
    drawings = DRAWING.findall(page)
    numbers = itertools.count()
    tree = lxml.html.document_fromstring(DRAWING.sub(lambda _: f"<img id='{next(numbers)}'>", page))
    lang = tree.get("lang") or ""
    document = blank(lang, look, running)
    about = {meta.get("name") or "": meta.get("content") or "" for meta in tree.iter("meta")}
    title = tree.findtext("head/title") or ""
    describe(document, lang, title, about.get("author", ""), about.get("dcterms.created", ""))
    end = document.element.body.sectPr
    for block in _spaced(_Writer(document, tree, drawings, look).blocks(tree.find(".//main"))):
        end.addprevious(block)
    return packed(document)


def picture(drawing: str) -> bytes:
    """A drawing (SVG) as PNG in our own fonts: 200 dots per inch over the width of a page."""
    fonts = sorted((shipped.folder("templates") / "fonts").glob("*.ttf"))
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing, width=round(WIDE.inches * DOTS), background="white",
            skip_system_fonts=True, font_files=[str(font) for font in fonts],
        )
    )  # fmt: skip


def _spaced(blocks: Iterable[Xml]) -> Iterator[Xml]:
    """Room after a table, and no page between a table and the paragraph that leads up to it.

    Two tables without a paragraph between them would become one.
    """
    before = None
    for block in blocks:
        if _is_table(block) and _is_table(before):
            yield el("p", el("pPr", el("spacing", before=0, after=0, line=160, lineRule="exact")))
        elif _is_table(block) and before is not None and before.pPr.pStyle.val != "Chart":
            before.pPr.get_or_add_keepNext()
        elif _is_table(before) and block.pPr.pStyle.val not in ROOMY:
            block.pPr.get_or_add_spacing().before = Emu(12700 * 8)
        before = block
        yield block
    if _is_table(before):
        yield paragraph("Normal")


def _is_table(block: Xml | None) -> bool:
    return block is not None and block.tag.endswith("}tbl")


class _Writer:
    """Makes blocks of Word from elements of the page."""

    def __init__(self, document: Any, tree: Any, drawings: list[str], look: Look) -> None:
        self.document, self.drawings, self.look = document, drawings, look
        ids = [one.get("id") for one in tree.iter() if one.get("id") and one.tag != "img"]
        self.names = {id_: f"_sroi{number}" for number, id_ in enumerate(ids)}
        self.wanted: list[str] = []
        self.numbers = itertools.count(1)

    def blocks(self, element: Any) -> Iterator[Xml]:
        """The blocks of an element that holds others; loose words become a paragraph."""
        self._wants(element)
        loose = [Run(element.text or "")]
        for child in element:
            if child.tag in INLINE:
                loose += self._runs(child)
            elif isinstance(child.tag, str):
                yield from self._paragraph_of(loose, element)
                loose = []
                yield from self._block(child)
            loose.append(Run(child.tail or ""))
        yield from self._paragraph_of(loose, element)

    def _block(self, element: Any) -> Iterator[Xml]:
        kinds = element.get("class", "").split()
        if element.tag == "table":
            self._wants(element)
            yield table(element, self._cell, self.look)
        elif element.tag == "nav":
            yield from self._contents(element)
        elif element.tag in ("ul", "ol"):
            yield from self._list(element)
        elif element.tag == "img":
            yield self._logo(element) if element.get("src") else self._chart(element)
        elif element.tag == "div" and "cards" in kinds:
            yield cards(element, lambda card: list(self.blocks(card)), self.look)
        elif element.tag == "div" and "two" in kinds:
            yield beside(element, lambda column: list(self.blocks(column)))
        elif element.tag in ("p", "dt", "dd", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"):
            yield from self._one(element)
        else:
            yield from self.blocks(element)

    def _one(self, element: Any) -> Iterator[Xml]:
        """A heading, a paragraph, or a paragraph that is a picture."""
        if element.tag == "p" and element.find("img") is not None:
            yield self._logo(element.find("img"))
            return
        style = HEADINGS.get(element.tag, "Heading3") if element.tag[0] == "h" else ""
        known = CARD if element.getparent().get("class") == "card" else STYLES
        for kind in element.get("class", "").split():
            style = known.get(kind, style)
        style = style or WITHIN.get(element.getparent().tag, "Normal")
        yield self._paragraph(style, tidied(self._runs(element)))

    def _paragraph_of(self, loose: list[Run], element: Any) -> Iterator[Xml]:
        runs = tidied(loose)
        if runs:
            yield self._paragraph(WITHIN.get(element.tag, "Normal"), runs)

    def _paragraph(self, style: str, runs: list[Run], right: bool = False, size: int = 0) -> Xml:
        """A paragraph, with the bookmarks of what begins here."""
        made = paragraph(style, right=right)
        for name in self.wanted:
            number = next(self.numbers)
            made.append(el("bookmarkStart", id=number, name=name))
            made.append(el("bookmarkEnd", id=number))
        self.wanted = []
        for address, together in itertools.groupby(runs, lambda run: run.address):
            made.extend(self._linked(address, [written(run, size) for run in together]))
        return made

    def _linked(self, address: str, runs: list[Xml]) -> list[Xml]:
        """Runs that lead somewhere: to a heading, or to the web."""
        if not address:
            return runs
        if address.startswith("#"):
            return [el("hyperlink", *runs, anchor=self.names[address[1:]], history=1)]
        link = el("hyperlink", *runs, history=1)
        key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
        link.set(key, outside(self.document, address))
        return [link]

    def _cell(self, element: Any, style: str, right: bool, size: int) -> Xml:
        self._wants(element.getparent())
        return self._paragraph(style, tidied(self._runs(element)), right, size)

    def _list(self, element: Any, level: int = 0) -> Iterator[Xml]:
        """Every item, and the lists within it one level deeper; numbers begin anew in each list."""
        style = "ListNumber" if element.tag == "ol" else "ListBullet"
        style = "Source" if element.get("class") == "sources" else style
        style = "FrontBullet" if element.xpath("ancestor::section[@id='summary']") else style
        number = self._numbering() if element.tag == "ol" else 1
        for item in element.iterchildren("li"):
            made = self._paragraph(style, tidied(self._runs(item)))
            if level or element.tag == "ol":
                place = el("numPr", el("ilvl", val=min(level, 2)), el("numId", val=number))
                made.pPr.append(place)
            yield made
            for inner in item.iterchildren("ul", "ol"):
                yield from self._list(inner, level + 1)

    def _numbering(self) -> int:
        """A list of its own, which begins at one."""
        numbering = self.document.part.numbering_part.element
        made = numbering.add_num(1)
        made.add_lvlOverride(0).add_startOverride(1)
        return int(made.numId)

    def _contents(self, element: Any) -> Iterator[Xml]:
        """The list of contents as a field: links now, and page numbers once Word refreshes it."""
        for child in element:
            if child.tag == "ol":
                yield from self._entries(list(child.iter("a")))
            elif child.tag == "h2":
                yield self._paragraph("TOCHeading", tidied(self._runs(child)))
            else:
                yield from self._block(child)

    def _entries(self, links: list[Any]) -> Iterator[Xml]:
        begin, code, separate, _, end = field('TOC \\o "1-1" \\h \\z', "")
        for place, link in enumerate(links):
            made = paragraph("TOC1", *([begin, code, separate] if place == 0 else []))
            anchor = self.names[link.get("href")[1:]]
            made.append(el("hyperlink", *self._entry(link), anchor=anchor, history=1))
            if place == len(links) - 1:
                made.append(end)
            yield made

    def _entry(self, link: Any) -> list[Xml]:
        """A line of the contents: where its section has a number, that stands apart."""
        text = "".join(run.text for run in tidied(self._runs(link)))
        if link.find("span") is None:
            return [written(Run(text))]
        number, _, title = text.partition(" ")
        return [written(Run(number)), el("r", el("tab")), written(Run(title))]

    def _chart(self, element: Any) -> Xml:
        drawing = self.drawings[int(element.get("id"))]
        alt = html.unescape(". ".join(SAID.findall(drawing)))
        return paragraph("Chart", self._drawn(picture(drawing), alt, (WIDE, HIGH)))

    def _logo(self, image: Any) -> Xml:
        content = base64.b64decode(image.get("src").partition(",")[2])
        return paragraph("Logo", self._drawn(content, image.get("alt"), LOGO))

    def _drawn(self, content: bytes, alt: str, largest: tuple[int, int]) -> Xml:
        """A picture as large as fits, with the text for whoever cannot see it."""
        width, height = Image.open(io.BytesIO(content)).size
        scale = min(largest[0] / width, largest[1] / height)
        size = Emu(round(width * scale)), Emu(round(height * scale))
        inline = self.document.part.new_pic_inline(io.BytesIO(content), *size)
        inline.docPr.set("descr", tidied([Run(alt)])[0].text if alt.strip() else "")
        return el("r", el("drawing", inline))

    def _wants(self, element: Any) -> None:
        """The next paragraph carries the bookmark of this element."""
        if element.get("id") in self.names:
            self.wanted.append(self.names[element.get("id")])

    def _runs(self, element: Any, marks: frozenset[str] = frozenset(), to: str = "") -> list[Run]:
        """The words of an element and of what stands within it; lists are another matter."""
        self._wants(element)
        own = {MARKS[element.tag]} if element.tag in MARKS else set()
        kinds = set(element.get("class", "").split())
        own |= {"concept"} & kinds | ({"under"} if UNDER & kinds else set())
        marks, to = marks | own, self._address(element) or to
        found = [Run("", marks | {"break"}, to)] if "under" in own else []
        found.append(Run(element.text or "", marks, to))
        for child in element:
            if isinstance(child.tag, str) and child.tag not in ("ul", "ol"):
                found += self._runs(child, marks, to)
            found.append(Run(child.tail or "", marks, to))
        return found

    def _address(self, element: Any) -> str:
        """Where a link leads to: only to a place on the page or to the web."""
        to = str(element.get("href", "")) if element.tag == "a" else ""
        return to if to.startswith(WEB) or to[1:] in self.names else ""
