"""Results of formulas, put back into a workbook that was saved by a program that does not reckon.

openpyxl writes formulas without the results that were stored with them, and leaves out the choices
that Excel keeps apart (ECMA-376, part 1, 18.3.1.4; MS-XLSX 2.4.13). Both are taken from the markup
of the workbook as it was.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from sroi.inputs.text.sheet import parts_of

Result = tuple[str, str]  # of a formula: its type and what is stored
FORMULA = re.compile(rb"<c ([^<>]*)>(<f[^<>]*/>|<f[^<>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>")
ADDRESS, TYPE = re.compile(rb'\br="([A-Z]{1,3}[0-9]{1,7})"'), re.compile(rb' ?\bt="[a-zA-Z]*"')
# the list of choices that point at another sheet, as Excel since 2010 writes it
CHOICES = re.compile(
    rb'<ext\b[^<>]*uri="\{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF\}"[^<>]*>.*?</ext>', re.DOTALL
)
END, LIST_END = b"</worksheet>", b"</extLst>"


def with_results(content: bytes, before: bytes) -> bytes:
    """A workbook with the results and choices that it had before it was saved anew."""
    old, new = _sheets(before), _sheets(content)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        paths = {path: title for title, (path, _) in new.items()}
        for part in source.infolist():
            inside = source.read(part)
            if title := paths.get(part.filename):
                inside = _put_back(inside, old[title][1])
            target.writestr(part, inside, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _sheets(content: bytes) -> dict[str, tuple[str, bytes]]:
    """Part and markup of each sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {title: (path, archive.read(path)) for title, path in parts_of(content).items()}


def _put_back(markup: bytes, before: bytes) -> bytes:
    """The markup of a sheet with the results and choices of another."""
    results = results_in(before)

    def whole(found: re.Match[bytes]) -> bytes:
        address = ADDRESS.search(found[1])
        kind, stored = results.get(address[1].decode() if address else "", ("", ""))
        if not stored and kind != "str":
            return found[0]
        about = TYPE.sub(b"", found[1]) + (f' t="{kind}"'.encode() if kind else b"")
        return b"<c %b>%b<v>%b</v></c>" % (about, found[2], escape(stored).encode())

    return _with_choices(FORMULA.sub(whole, markup), before)


def _with_choices(markup: bytes, before: bytes) -> bytes:
    kept = CHOICES.search(before)
    if kept is None or CHOICES.search(markup):
        return markup
    if LIST_END in markup:
        made = markup.replace(LIST_END, kept[0] + LIST_END, 1)
    else:
        made = markup.replace(END, b"<extLst>" + kept[0] + LIST_END + END, 1)
    try:
        results_in(made)
    except expat.ExpatError:  # names that are only explained elsewhere in what it was taken from
        return markup
    return made


def results_in(markup: bytes) -> dict[str, Result]:
    """What is stored with each formula of a sheet, by its address."""
    reader = _Results()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.Parse(markup, True)
    return reader.found


class _Results:
    """Goes through the cells of a sheet."""

    def __init__(self) -> None:
        self.found: dict[str, Result] = {}
        self.address = self.kind = self.stored = ""
        self.formula = self.value = False

    def start(self, tag: str, attributes: dict[str, Any]) -> None:
        """An element begins."""
        name = tag.rpartition(" ")[2]
        if name == "c":
            self.address, self.kind = attributes.get("r", ""), attributes.get("t", "")
            self.stored, self.formula = "", False
        self.formula = self.formula or name == "f"
        self.value = name == "v"

    def text(self, text: str) -> None:
        """What stands in an element."""
        if self.value:
            self.stored += text

    def end(self, tag: str) -> None:
        """An element ends."""
        self.value = False
        if tag.rpartition(" ")[2] == "c" and self.formula:
            self.found[self.address] = (self.kind, self.stored)
