"""The templates of pages, and their fonts; every value is escaped. Only this file knows Jinja."""

from __future__ import annotations

import base64
from functools import lru_cache

import jinja2

from sroi import shipped
from sroi.report.tables.tables import Table
from sroi.report.told.bibliography import linked
from sroi.report.words.glyphs import printable
from sroi.report.words.lines import short
from sroi.report.words.numbers import together

LONGEST_WORD = 40  # letters
FACES = {"Regular": ("400", "normal"), "Semibold": ("600", "normal"), "It": ("400", "italic")}


def template_text(name: str) -> str:
    """The text of a file beside the templates."""
    return (shipped.folder("templates") / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Templates in which every value is escaped and a missing one is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(shipped.folder("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=together,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["css_string"] = css_string
    made.filters["linked"] = linked
    made.filters["short"] = short
    made.tests["long_worded"] = long_worded
    return made


def long_worded(table: Table) -> bool:
    """Whether a word in a table is too long for a column."""
    rows = [table.heads, *table.rows, table.foot or []]
    rows += [row for _, grouped in table.groups for row in grouped]
    words = (word for row in rows for cell in row for word in cell.split())
    return max(map(len, words), default=0) > LONGEST_WORD


def css_string(text: str) -> str:
    """A text as a string of CSS in which every character is written as its number."""
    return '"' + "".join(f"\\{ord(char):x} " for char in printable(text)) + '"'


def fonts(for_print: bool) -> list[dict[str, str]]:
    """The faces of the page's font: named for print, carried along for the web."""
    address = _named if for_print else _carried
    return [
        {"weight": weight, "style": style, "address": address(f"SourceSans3-{face}.ttf")}
        for face, (weight, style) in FACES.items()
    ]


def _named(font: str) -> str:
    return f"asset:{font}"


def _carried(font: str) -> str:
    content = (shipped.folder("templates") / "fonts" / f"{font}.woff2").read_bytes()
    return f"data:font/woff2;base64,{base64.b64encode(content).decode()}"
