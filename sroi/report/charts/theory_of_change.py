"""The theory of change as a drawing: four columns of steps, and the links between them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from sroi.report.charts.chart import Arrow, Box, Theory
from sroi.report.charts.palette import ACCENT, GREY, INK, SECOND, TINT
from sroi.report.charts.sheet import WIDE, drawing, style
from sroi.report.charts.theory_layout import (
    BOX,
    COLUMN,
    COLUMNS,
    Layout,
    Node,
    Point,
    laid_out,
    longest,
)

WIDTH = (COLUMNS - 1) * COLUMN + BOX
INCHES = WIDE / WIDTH  # of the page for a unit of the drawing
HIGHEST = 8.4  # inches: with its title it fits on one page
SIZE, LINE, PAD, HEAD = 7.8, 0.175, 0.15, 0.36
ROOM = (BOX - 0.22) * INCHES * 72  # points for a line of text in a box
MOST_LINES = 8
BULGE = 0.4  # how far an arrow between two boxes of one column swings out
GRADE = (0.14, 0.19)  # width and height of a grade with the frame around it
ALONG = (0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75, 0.18, 0.82)  # where on an arrow its grade may stand


@drawing
def theory(chart: Theory) -> Figure:
    """Four columns of boxes; weak links are dashed and amber."""
    boxes, arrows = chart.boxes, chart.arrows
    texts = _texts(boxes)
    nodes = {box.id: Node(box.column, _tall(texts[box.id])) for box in boxes}
    layout = laid_out(nodes, [(arrow.start, arrow.end) for arrow in arrows])
    figure, axes, scale = _sheet(layout)
    for column, head in enumerate(chart.columns):
        axes.text(column * COLUMN, -HEAD, head, va="top", fontsize=8.8 * scale, fontweight=600)
    for arrow, route in zip(arrows, layout.routes, strict=True):
        _arrow(axes, arrow, route, scale)
    for box in boxes:
        _box(axes, box, nodes[box.id], layout.middles[box.id], texts[box.id], scale)
    _grades(axes, arrows, layout.routes, scale)
    return figure


def _texts(boxes: Sequence[Box]) -> dict[str, list[str]]:
    """The lines of every box: fewer where the drawing would be higher than a page."""
    whole = {box.id: _lines(box.text) for box in boxes}
    for most in range(MOST_LINES, 0, -1):
        texts = {key: _cut(lines, most) for key, lines in whole.items()}
        if longest({b.id: Node(b.column, _tall(texts[b.id])) for b in boxes}) * INCHES <= HIGHEST:
            break
    return texts


def _tall(lines: Sequence[str]) -> float:
    return len(lines) * LINE + PAD


def _lines(text: str) -> list[str]:
    """A text in as few lines as fit a box, about as long as each other."""
    full = list(_wrapped(text, ROOM))
    even = (list(_wrapped(text, ROOM * share / 20)) for share in range(10, 21))
    return next(lines for lines in even if len(lines) == len(full))


def _cut(lines: Sequence[str], most: int) -> list[str]:
    """So many lines at the most; the last one says where more is left out."""
    if len(lines) <= most:
        return list(lines)
    last = " ".join(lines[most - 1 :])
    while _wide(f"{last}…") > ROOM:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def _wrapped(text: str, width: float) -> Iterator[str]:
    """Whole words on lines of a width (points); only what is wider than a box is broken."""
    line = ""
    for word in (piece for whole in text.split() for piece in _broken(whole)):
        if line and _wide(f"{line} {word}") > width:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line


def _broken(word: str) -> Iterator[str]:
    while _wide(word) > ROOM:
        fits = next(n for n in range(len(word) - 1, 0, -1) if _wide(f"{word[:n]}-") <= ROOM)
        yield f"{word[:fits]}-"
        word = word[fits:]
    yield word


@lru_cache(maxsize=4096)
def _wide(text: str) -> float:
    """Width of a text in a box, in points."""
    font = FontProperties(family=style()["font.family"], size=SIZE)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph")  # its width is guessed; the page has a mark
        return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def _sheet(layout: Layout) -> tuple[Figure, Axes, float]:
    """The sheet, and by how much all on it is smaller where it would be higher than a page."""
    height = layout.height + HEAD + 0.04
    right = max([WIDTH, *(x for route in layout.routes for x, _ in _bend(*route[:2]))])
    scale = min(1.0, HIGHEST / (height * INCHES), (WIDTH + 0.04) / (right + 0.04))
    figure = Figure(figsize=(WIDE, height * INCHES * scale))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    spare = ((WIDTH + 0.04) / scale - right) / 2
    axes.set_xlim(-spare, right + spare)
    axes.set_ylim(layout.height + 0.02, -HEAD - 0.02)
    return figure, axes, scale


def _box(
    axes: Axes, box: Box, node: Node, middle: float, lines: Sequence[str], scale: float
) -> None:
    """Each line is a text of its own, so that it stays in the middle in any font."""
    x, top = box.column * COLUMN, middle - node.tall / 2
    axes.add_patch(
        FancyBboxPatch(
            (x, top), BOX, node.tall, boxstyle="round,pad=0,rounding_size=0.06",
            linewidth=scale, facecolor=TINT if box.column in (0, COLUMNS - 1) else "white",
            edgecolor=ACCENT,
        )
    )  # fmt: skip
    for number, line in enumerate(lines):
        y = middle + (number - (len(lines) - 1) / 2) * LINE
        axes.text(x + BOX / 2, y, line, ha="center", va="center_baseline", fontsize=SIZE * scale)


def _arrow(axes: Axes, arrow: Arrow, route: Sequence[Point], scale: float) -> None:
    """From the side of a box to that of the next, straight on through the lanes in between."""
    vertices, codes = [route[0]], [Path.MOVETO]
    for number, (start, end) in enumerate(pairwise(route)):
        if number % 2:
            vertices, codes = [*vertices, end], [*codes, Path.LINETO]
        else:
            vertices, codes = [*vertices, *_bend(start, end)[1:]], [*codes, *[Path.CURVE4] * 3]
    axes.add_patch(
        FancyArrowPatch(
            path=Path(vertices, codes), arrowstyle="-|>", mutation_scale=8 * scale,
            linewidth=1.1 * scale, color=SECOND if arrow.weak else ACCENT,
            linestyle=(0, (4, 2)) if arrow.weak else "-",
        )
    )  # fmt: skip


def _bend(start: Point, end: Point) -> list[Point]:
    """The points of a curve that is level at both ends."""
    x = start[0] + BULGE if start[0] == end[0] else (start[0] + end[0]) / 2
    return [start, (x, start[1]), (x, end[1]), end]


def _on(curve: Sequence[Point], share: float) -> Point:
    """The point of a Bézier curve at a share of its way (de Casteljau)."""
    while len(curve) > 1:
        curve = [
            (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])) for a, b in pairwise(curve)
        ]
    return curve[0]


def _grades(
    axes: Axes, arrows: Sequence[Arrow], routes: Sequence[Sequence[Point]], scale: float
) -> None:
    """Each grade on its own arrow and clear of the others; level arrows have the least choice."""
    taken: list[Point] = []
    around = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": GREY}
    paired = zip(arrows, routes, strict=True)
    for arrow, route in sorted(paired, key=lambda pair: abs(pair[1][0][1] - pair[1][1][1])):
        x, y = _free([_on(_bend(*route[:2]), share) for share in ALONG], taken)
        taken.append((x, y))
        axes.text(
            x, y, arrow.grade, ha="center", va="center", fontsize=7 * scale, color=INK, zorder=5,
            bbox=around | {"linewidth": 0.5 * scale},
        )  # fmt: skip


def _free(places: Sequence[Point], taken: Sequence[Point]) -> Point:
    """The first place that is clear of those taken, or the one that is clearest."""

    def clear(place: Point) -> float:
        away = (max(abs(place[0] - x) / GRADE[0], abs(place[1] - y) / GRADE[1]) for x, y in taken)
        return min([1.0, *away])

    return max(places, key=clear)
