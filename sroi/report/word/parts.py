"""The pieces that a Word document is made of: runs of text, paragraphs, fields and the file itself.

Styles and lists stand in `templates/word`; nothing is formatted here that a style can say.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import Template
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from sroi import shipped
from sroi.report.charts.look import Look
from sroi.report.word.fonts import embed

LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
WIDTH = 9638  # of the text, in twentieths of a point: 170 mm
NOT_OURS = ("/thumbnail", "/customXml")  # parts that the library's own example has
NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NO_TIME = (1980, 1, 1, 0, 0, 0)

Xml = Any  # an element; those of the library have methods that no type tells of


@dataclass(frozen=True)
class Run:
    """A piece of a text, how it looks (`bold`, `italic`, `under`, …), and where it leads to."""

    text: str
    marks: frozenset[str] = frozenset()
    address: str = ""


def el(tag: str, *inside: Xml, **attributes: object) -> Xml:
    """An element of a Word document: `el("spacing", before=60)`."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for part in inside:
        made.append(part)
    return made


def tidied(runs: Iterable[Run]) -> list[Run]:
    """Runs as a browser shows them: white space is one space, and none at the ends."""
    found: list[Run] = []
    for run in runs:
        text = NOT_IN_XML.sub("\ufffd", run.text)
        text = re.sub("[ \t\r\n\f]+", " ", text) if "break" not in run.marks else "\n"
        if not found or found[-1].text.endswith((" ", "\n")):
            text = text.removeprefix(" ")
        if text:
            found.append(Run(text, run.marks, run.address))
    if found:
        found[-1] = Run(found[-1].text.rstrip(" \n"), found[-1].marks, found[-1].address)
    return [run for run in found if run.text]


def written(run: Run, size: int = 0) -> Xml:
    """A run as an element. `size`: of its letters, in half points, where the style does not say."""
    text = el("br") if run.text == "\n" else el("t")
    if run.text != "\n":
        text.text = run.text
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return el("r", *_properties(run, size), text)


def _properties(run: Run, size: int) -> Iterator[Xml]:
    """How a run looks, in the order that the format asks for."""
    under = "under" in run.marks
    size = 16 if under else size
    colour = "4a5560" if under else "a34a00" if "concept" in run.marks else ""
    parts = [
        el("rStyle", val="Hyperlink") if run.address else None,
        el("rFonts", ascii="Consolas", hAnsi="Consolas") if "code" in run.marks else None,
        el("b") if "bold" in run.marks else None,
        el("i") if "italic" in run.marks else None,
        el("color", val=colour) if colour else None,
        el("sz", val=size) if size else None,
        el("vertAlign", val="superscript") if "sup" in run.marks else None,
        el("vertAlign", val="subscript") if "sub" in run.marks else None,
    ]
    used = [part for part in parts if part is not None]
    if used:
        yield el("rPr", *used)


def paragraph(style: str, *inside: Xml, right: bool = False) -> Xml:
    """A paragraph in a style."""
    look = el("pPr", el("pStyle", val=style), *([el("jc", val="right")] if right else []))
    return el("p", look, *inside)


def field(code: str, shown: str) -> list[Xml]:
    """A field that Word fills in anew, with what it shows until then."""
    instruction = el("instrText")
    instruction.text = f" {code} "
    text = written(Run(shown))
    return [
        el("r", el("fldChar", fldCharType="begin")),
        el("r", instruction),
        el("r", el("fldChar", fldCharType="separate")),
        text,
        el("r", el("fldChar", fldCharType="end")),
    ]


def blank(lang: str, look: Look, running: str) -> Document:
    """A document without text, with the styles, the page and the language of the report."""
    document = docx.Document()
    _fill(document.styles.element, "styles", lang, look)
    _fill(document.part.numbering_part.element, "numbering", lang, look)
    _settings(document.settings.element, lang)
    embed(document)
    _page(document, running, look.name)
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(NOT_OURS)]:
            del rels[key]
    return document


def _fill(element: Xml, name: str, lang: str, look: Look) -> None:
    """Our own parts in the place of those that the library came with."""
    text = (shipped.folder("templates") / "word" / f"{name}.xml").read_text(encoding="utf-8")
    colours = {"accent": look.accent.removeprefix("#"), "tint": look.tint.removeprefix("#")}
    own = parse_xml(Template(text).substitute(lang=LANGUAGES[lang], **colours).encode())
    for child in list(element):
        element.remove(child)
    element.extend(list(own))


def _settings(settings: Xml, lang: str) -> None:
    """Word 2013 and later, hyphens where a word must be broken, the language of the theme, and that
    the font goes along when Word saves it."""
    for found in settings.iter(qn("w:compatSetting")):
        if found.get(qn("w:name")) == "compatibilityMode":
            found.set(qn("w:val"), "15")
    for found in settings.iter(qn("w:themeFontLang")):
        found.set(qn("w:val"), LANGUAGES[lang])
    settings.find(qn("w:defaultTabStop")).addnext(el("autoHyphenation"))
    settings.find(qn("w:zoom")).addnext(el("embedTrueTypeFonts"))


def _page(document: Document, running: str, name: str) -> None:
    """A4, a head on every page but the first, and at the foot who made it and the page number."""
    (section,) = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = Mm(20)
    section.bottom_margin, section.header_distance, section.footer_distance = Mm(19), Mm(11), Mm(10)
    section.different_first_page_header_footer = True
    _only(section.header, paragraph("Header", written(Run(running))))
    _only(section.first_page_header, paragraph("Header"))
    for foot in (section.footer, section.first_page_footer):
        pages = [*field("PAGE", "1"), written(Run(" / ")), *field("NUMPAGES", "1")]
        own = [written(Run(name))] if name else []
        _only(foot, paragraph("Footer", *own, el("r", el("tab")), *pages))


def _only(part: Any, content: Xml) -> None:
    """A head or a foot with one paragraph."""
    part.is_linked_to_previous = False
    for child in list(part._element):
        part._element.remove(child)
    part._element.append(content)


def describe(document: Document, lang: str, title: str, author: str, date: str) -> None:
    """Title, author, language and date of the document. Without a date it says none."""
    about = document.core_properties
    for child in list(about._element):
        about._element.remove(child)
    about.title, about.author, about.language = title[:255], author[:255], LANGUAGES[lang]
    if date:
        about.created = about.modified = datetime.datetime.fromisoformat(date)


def packed(document: Document) -> bytes:
    """The document as a file, in which no hour of the clock stands."""
    stream, made = io.BytesIO(), io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as parts, zipfile.ZipFile(made, "w") as file:
        for name in parts.namelist():
            about = zipfile.ZipInfo(name, NO_TIME)
            about.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(about, parts.read(name))
    return made.getvalue()


def outside(document: Document, address: str) -> str:
    """The id by which a document refers to a place outside it."""
    return str(document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
