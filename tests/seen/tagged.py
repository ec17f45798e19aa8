"""A tagged PDF as a screen reader meets it: its elements in the order of reading, and the words."""

import re
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from typing import Any

import pikepdf

Element = pikepdf.Dictionary
Operation = tuple[str, list[Any]]
Line = tuple[str, float, float, float]


class Tagged:
    """A PDF, opened."""

    def __init__(self, content: bytes) -> None:
        self.document = pikepdf.open(BytesIO(content))

    @cached_property
    def structure(self) -> list[tuple[str, Element]]:
        """Every element by the name of its role, in the order of reading."""
        return list(walk(self.document.Root.StructTreeRoot))

    @cached_property
    def tables(self) -> list[list[list[str]]]:
        """The words in the cells of every table, row by row."""
        rows = ([row for role, row in walk(table) if role == "TR"]
                for role, table in self.structure if role == "Table")  # fmt: skip
        return [[[self.words(cell) for cell in children(row)] for row in table] for table in rows]

    @cached_property
    def pages(self) -> list[str]:
        """All that belongs to the structure on every page, in the order of its drawing."""
        numbers = [page.obj.objgen for page in self.document.pages]
        found = {number: [] for number in numbers}
        for (number, _), text in self._shown.items():
            found[number].append(text)
        return ["".join(found[number]) for number in numbers]

    @cached_property
    def operations(self) -> list[list[Operation]]:
        """All that is drawn on every page, in its order: what is done, and with what."""
        return [
            [(str(part.operator), part.operands) for part in pikepdf.parse_content_stream(page)]
            for page in self.document.pages
        ]

    @cached_property
    def numbers(self) -> dict[tuple[int, int], int]:
        """The number of every page, by its object."""
        return {page.obj.objgen: number for number, page in enumerate(self.document.pages, 1)}

    def outside(self, margin: float = 40) -> Iterator[str]:
        """What is written in the left or the right margin of its page, in points."""
        for number, page in enumerate(self.document.pages, 1):
            left, _, right, _ = map(float, page.mediabox)
            for text, start, end, _ in self.lines(number):
                if start < left + margin or end > right - margin:
                    yield f"page {number}: {text[:60]} ({start:.0f} to {end:.0f})"

    def lines(self, number: int) -> list[Line]:
        """Every run of text on a page: where it starts and ends, in points from the left, and how
        far it is from the foot of the page."""
        return self._lines[number - 1]

    @cached_property
    def _lines(self) -> list[list[Line]]:
        return [list(self._lines_of(operations)) for operations in self.operations]

    def _lines_of(self, operations: list[Operation]) -> Iterator[Line]:
        at, above, line, font, size = pikepdf.Matrix(), [], pikepdf.Matrix(), "", 0.0
        for name, facts in operations:
            if name == "q":
                above.append(at)
            elif name == "Q":
                at = above.pop()
            elif name == "cm":
                at = pikepdf.Matrix(*map(float, facts)) @ at
            elif name == "Tm":
                line = pikepdf.Matrix(*map(float, facts))
            elif name == "Tf":
                font, size = str(facts[0]), float(facts[1])
            elif name in ("Tj", "TJ"):
                text = _text(facts[0], self._letters[font])
                places = line @ at
                far = self._width(facts[0], font) * size
                (start, up), (end, _) = (places.transform((x, 0)) for x in (0, far))
                yield text, *sorted((start, end)), up

    def _width(self, shown: pikepdf.Object, font: str) -> float:
        """How wide a run of text is, in a font of one point."""
        parts = list(shown) if isinstance(shown, pikepdf.Array) else [shown]
        moved = sum(float(part) for part in parts if not isinstance(part, pikepdf.String))
        return (sum(self._widths[font][glyph] for glyph in _glyphs(shown)) - moved) / 1000

    @cached_property
    def _widths(self) -> dict[str, dict[int, float]]:
        """By the name of a font: the width of each of its glyphs, in thousandths."""
        fonts = self.document.pages[0].obj.Resources.Font
        return {name: _wide(list(font.DescendantFonts[0].W)) for name, font in fonts.items()}

    def words(self, element: Element, page: Element | None = None) -> str:
        """All that stands in an element, on one line."""
        page = element.get("/Pg", page)
        found = []
        for kid in kids(element):
            if isinstance(kid, int):
                found.append(self._shown[page.objgen, kid])
            elif kid.get("/Type") == "/MCR":
                found.append(self._shown[kid.get("/Pg", page).objgen, int(kid.MCID)])
            elif "/S" in kid:
                found.append(self.words(kid, page))
        return " ".join(filter(None, found))

    @cached_property
    def _shown(self) -> dict[tuple[tuple[int, int], int], str]:
        """What is shown in every piece of marked content, by its page and number."""
        shown: dict[tuple[tuple[int, int], int], str] = {}
        for page, operations in zip(self.document.pages, self.operations, strict=True):
            marks: list[int | None] = []
            letters: dict[int, str] = {}
            for name, facts in operations:
                if name in ("BDC", "BMC"):
                    number = facts[1].get("/MCID") if name == "BDC" else None
                    marks.append(None if number is None else int(number))
                    if number is not None:
                        shown.setdefault((page.obj.objgen, int(number)), "")
                elif name == "EMC":
                    marks.pop()
                elif name == "Tf":
                    letters = self._letters[str(facts[0])]
                elif name in ("Tj", "TJ") and marks and marks[-1] is not None:
                    shown[page.obj.objgen, marks[-1]] += _text(facts[0], letters)
        return shown

    @cached_property
    def _letters(self) -> dict[str, dict[int, str]]:
        """By the name of a font: what each of its glyphs is copied as."""
        fonts = self.document.pages[0].obj.Resources.Font
        return {name: _copied(font.ToUnicode.read_bytes()) for name, font in fonts.items()}


def kids(element: Element) -> list[object]:
    """Pieces of marked content and elements right under an element."""
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def children(element: Element) -> list[Element]:
    """The elements right under one of them."""
    return [kid for kid in kids(element) if isinstance(kid, Element) and "/S" in kid]


def walk(element: Element) -> Iterator[tuple[str, Element]]:
    """Every element under one, by the name of its role, in the order of reading."""
    for child in children(element):
        yield str(child.S).removeprefix("/"), child
        yield from walk(child)


def attribute(element: Element, name: str) -> object:
    """An attribute of an element, from whichever of its attribute objects."""
    stated = element.get("/A", [])
    stated = [stated] if isinstance(stated, Element) else list(stated)
    return next((one[name] for one in stated if name in one), None)


def fonts(of: pikepdf.Pdf) -> list[Element]:
    """The descriptors of all fonts."""
    return [
        found
        for found in of.objects
        if isinstance(found, Element) and found.get("/Type") == "/FontDescriptor"
    ]


def _copied(table: bytes) -> dict[int, str]:
    lists = re.findall(rb"beginbfchar(.*?)endbfchar", table, re.S)
    pairs = [pair for one in lists for pair in re.findall(rb"<(\w+)>\s*<(\w+)>", one)]
    return {int(glyph, 16): bytes.fromhex(to.decode()).decode("utf-16-be") for glyph, to in pairs}


def _wide(table: list[object]) -> dict[int, float]:
    """The widths of glyphs, from lists that each begin at a glyph."""
    starts = zip(table[::2], table[1::2], strict=True)
    return {int(first) + step: float(width) for first, widths in starts
            for step, width in enumerate(widths)}  # fmt: skip


def _text(shown: pikepdf.Object, letters: dict[int, str]) -> str:
    """What an operator shows."""
    return "".join(letters[glyph] for glyph in _glyphs(shown))


def _glyphs(shown: pikepdf.Object) -> Iterator[int]:
    """The glyphs that an operator shows, of two bytes each; numbers between them only move."""
    parts = shown if isinstance(shown, pikepdf.Array) else [shown]
    glyphs = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return (high * 256 + low for high, low in zip(glyphs[::2], glyphs[1::2], strict=True))
