"""A colour as it is written in a style, and how well it can be read (contrast as in WCAG 2)."""

from __future__ import annotations

import re
from typing import Any

from pydantic_core import PydanticCustomError

SIX_DIGITS = re.compile(r"#?([0-9A-Fa-f]{6})")
ENOUGH = 4.5
WHITE = "#ffffff"


def readable(text: Any) -> str:
    """A colour of six digits, with or without a #, that can be read on white; as `#0b5c71`."""
    found = SIX_DIGITS.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise PydanticCustomError("colour-unreadable", "", {"found": str(text)[:80]})
    colour = f"#{found[1].lower()}"
    if contrast(colour) < ENOUGH:
        facts = {"found": colour, "enough": dark_enough(colour)}
        raise PydanticCustomError("colour-pale", "", facts)
    return colour


def contrast(colour: str, paper: str = WHITE) -> float:
    """Contrast of two colours: from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(colour), luminance(paper)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance: 0 is black, 1 is white."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def dark_enough(colour: str) -> str:
    """The lightest shade of a colour that can be read on white."""
    shades = (mixed(colour, "#000000", step / 255) for step in range(256))
    return next(shade for shade in shades if contrast(shade) >= ENOUGH)


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with a share (0–1) of another one in it."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
