"""What holds of every PDF that sroi makes: it can be read aloud, and it can be kept.

Each check yields what it finds wrong, and nothing where all is well.
"""

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Protocol

from meant import MEANT
from page_breaks import half_empty, left_alone, single_rows
from pikepdf import pdfa
from tagged import Tagged, attribute, children, fonts, walk

PAINTS = {"Tj", "TJ", "Do", "f", "F", "f*", "S", "s", "B", "b", "B*", "b*", "sh"}
WITHIN = {"Table": {"THead", "TBody", "TFoot", "TR", "Caption"}, "L": {"L", "LI", "Caption"},
          "TBody": {"TR"}, "THead": {"TR"}, "TR": {"TH", "TD"}}  # fmt: skip


class Made(Protocol):
    """A PDF: its bytes, what a screen reader meets, and what the renderer complained of."""

    @property
    def content(self) -> bytes:
        """The file."""

    @property
    def tagged(self) -> Tagged:
        """As it is read aloud."""

    @property
    def said(self) -> list[str]:
        """Complaints."""


def has_headings_to_walk_through(made: Made) -> Iterator[str]:
    """One title, and no level is passed over."""
    levels = [int(role[1]) for role, _ in made.tagged.structure if re.fullmatch("H[1-6]", role)]
    if levels.count(1) != 1 or levels[0] != 1:
        yield "not one title"
    yield from (f"H{a} -> H{b}" for a, b in pairwise(levels) if b > a + 1)


def says_what_figures_show(made: Made) -> Iterator[str]:
    """In a sentence."""
    for role, element in made.tagged.structure:
        if role == "Figure" and len(str(element.get("/Alt", ""))) < 20:
            yield f"a figure says {element.get('/Alt', '')!r}"


def has_cells_that_know_their_heads(made: Made) -> Iterator[str]:
    """A head has a name, and a cell says which heads it stands under."""
    every = made.tagged.structure
    heads = {str(element.ID) for role, element in every if role == "TH" and "/ID" in element}
    for role, element in every:
        named = attribute(element, "/Headers")
        if role == "TH" and not ("/ID" in element or attribute(element, "/Scope")):
            yield f"a head of nothing: {made.tagged.words(element)}"
        if role == "TD" and not (named and {str(name) for name in named} <= heads):
            yield f"a cell under no head: {made.tagged.words(element)}"


def has_well_formed_lists_and_tables(made: Made) -> Iterator[str]:
    """Rows within tables, items within lists, and rows of equal length."""
    for role, element in made.tagged.structure:
        inside = {str(child.S)[1:] for child in children(element)}
        if not inside <= WITHIN.get(role, inside):
            yield f"{inside} in {role}"
        if role == "Table":
            rows = [row for name, row in walk(element) if name == "TR"]
            widths = {sum(int(attribute(c, "/ColSpan") or 1) for c in children(r)) for r in rows}
            if len(widths) != 1:
                yield f"rows of {widths} cells"


def can_be_read_in_order(made: Made) -> Iterator[str]:
    """All that is painted belongs to the structure or is named as decoration."""
    for number, page in enumerate(made.tagged.document.pages, 1):
        if page.obj.get("/Tabs") != "/S" or "/StructParents" not in page.obj:
            yield f"page {number}: no order"
        depth = 0
        for name, _ in made.tagged.operations[number - 1]:
            depth += (name in ("BDC", "BMC")) - (name == "EMC")
            if depth < 1 and name in PAINTS:
                yield f"page {number}: {name} outside"
        if depth:
            yield f"page {number}: not closed"


def has_links_with_a_text(made: Made) -> Iterator[str]:
    """Links, and no other notes on the pages."""
    for page in made.tagged.document.pages:
        for note in page.obj.get("/Annots", []):
            if note.Subtype != "/Link" or not str(note.get("/Contents", "")):
                yield f"{note.Subtype} without a text"
            if "/StructParent" not in note:
                yield "a link outside the structure"


def is_in_our_font(made: Made) -> Iterator[str]:
    """A character that our font does not have would bring in another one."""
    found = fonts(made.tagged.document)
    for font in found:
        if str(font.FontName).split("+")[1][:13] != "Source-Sans-3":
            yield str(font.FontName)
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()):
            yield f"{font.FontName} is not in the file"


def can_be_kept(made: Made) -> Iterator[str]:
    """By the rules of PDF/A-3."""
    for finding in pdfa.validate_written(io.BytesIO(made.content), "3b").findings:
        if not any(meant in str(finding) for meant in MEANT):
            yield str(finding)


def stays_within_its_margins(made: Made) -> Iterator[str]:
    """Whatever is written, also beside the bars of a chart."""
    yield from made.tagged.outside()


def breaks_where_nothing_is_left_alone(made: Made) -> Iterator[str]:
    """No heading at the foot of a page, no single row of a table, no page that is half empty."""
    yield from (*left_alone(made.tagged), *single_rows(made.tagged), *half_empty(made.tagged))


def had_a_silent_renderer(made: Made) -> Iterator[str]:
    """What it would skip or guess is not in the template."""
    yield from made.said


def has_hyphens_that_can_be_searched(made: Made) -> Iterator[str]:
    """No other sign that looks like one gets into the text."""
    for page in made.tagged.pages:
        yield from re.findall("[\u2010\u2011\u00ad]", page)


READABLE = (
    has_headings_to_walk_through, says_what_figures_show, has_cells_that_know_their_heads,
    has_well_formed_lists_and_tables, can_be_read_in_order, has_links_with_a_text, is_in_our_font,
    can_be_kept, stays_within_its_margins, breaks_where_nothing_is_left_alone,
    had_a_silent_renderer, has_hyphens_that_can_be_searched,
)  # fmt: skip
