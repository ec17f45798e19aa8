"""The texts of a finished drawing and the boxes that they take, reckoned with our own font."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

from sroi.report.words.glyphs import length

SVG = "{http://www.w3.org/2000/svg}"
UP, DOWN = 0.66, 0.2  # what capitals and tails take above and below the line, in times the size
BACK = {"middle": 0.5, "end": 1.0}


@dataclass(frozen=True)
class Box:
    """A text with its ends, in points of the drawing; `upright` where it is turned by a quarter."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    upright: bool = False

    def meets(self, other: "Box") -> bool:
        """Whether two texts share more than an edge."""
        beside = min(self.right, other.right) - max(self.left, other.left)
        under = min(self.bottom, other.bottom) - max(self.top, other.top)
        return beside > 0.5 and under > 0.5


def boxes(svg: str) -> Iterator[Box]:
    """Of every text in a drawing."""
    for element in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        text, turn = "".join(element.itertext()).strip(), element.get("transform", "")
        moved = re.fullmatch(r"translate\(([-\d.]+) ([-\d.]+)\)", turn)
        x, y = map(float, moved.groups() if moved else (element.get("x", ""), element.get("y", "")))
        size = float(element.get("font-size", "9").removesuffix("px"))
        long = size * length(text, int(element.get("font-weight", "400")) >= 600)
        start = -BACK.get(element.get("text-anchor", ""), 0.0) * long
        if turn.startswith("rotate(-90 "):
            yield Box(text, x - UP * size, x + DOWN * size, y - start - long, y - start, True)
        else:
            assert moved or not turn
            yield Box(text, x + start, x + start + long, y - UP * size, y + DOWN * size)


def on_one_another(svg: str) -> Iterator[str]:
    """Every two texts of a drawing that stand on each other."""
    for one, other in combinations(boxes(svg), 2):
        if one.meets(other):
            yield f"{one.text!r} on {other.text!r}"


def drawings(filled: dict[str, Any]) -> Iterator[Any]:
    """All charts of a report."""
    yield from (drawing for drawing in filled["charts"].values() if drawing)
    parts = [*filled["care"].ladders, filled["sensitivity"], filled["information"]]
    for part in [*parts, *filled["without_price"], *filled["theories"]]:
        yield from part.charts if part else []
    if filled["care"].cascade:
        yield filled["care"].cascade
