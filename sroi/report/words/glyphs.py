"""What the font of the report can write, how long that is, and what stands for what it cannot.

A character that it lacks would be drawn in whatever font a machine has, or not at all; a PDF that
is kept for years may do neither.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from sroi import shipped

MARK = "□"
# what needs no glyph: the ends of lines, and what keeps a minus and its amount on one line
UNDRAWN = "\t\n\r\u2060"


def printable(text: str) -> str:
    """A text in which each character that the font lacks is a mark, and an unseen one is gone."""
    return text.translate({ord(char): _instead(char) for char in set(text) - known()})


def missing(text: str) -> list[str]:
    """The characters of a text in whose place a mark stands, as `U+1F600`."""
    lacking = {char for char in set(text) - known() if _instead(char) == MARK}
    return [f"U+{ord(char):04X}" for char in sorted(lacking)]


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """Every character that the font has (all its faces have the same), and what needs none."""
    return frozenset(advances("Regular")) | frozenset(UNDRAWN)


@lru_cache
def advances(face: str) -> dict[str, float]:
    """How wide every character of a face is, in times the size of the letters."""
    from fontTools.ttLib import TTFont

    path = shipped.folder("templates") / "fonts" / f"SourceSans3-{face}.ttf"
    with TTFont(path, lazy=True) as font:
        unit, measured = font["head"].unitsPerEm, font["hmtx"].metrics
        return {chr(one): measured[name][0] / unit for one, name in font.getBestCmap().items()}


def length(text: str, bold: bool = False) -> float:
    """How long a text is, in times the size of its letters."""
    wide = advances("Semibold" if bold else "Regular")
    return sum(wide.get(char, 1.0) for char in text)


def _instead(char: str) -> str:
    """A space for a space, nothing for a sign that has no shape of its own, else the mark."""
    if char.isspace():
        return " "
    unseen = unicodedata.category(char) in ("Cf", "Cc") or "VARIATION SELECTOR" in _name(char)
    return "" if unseen else MARK


def _name(char: str) -> str:
    return unicodedata.name(char, "")
