"""What every chart is drawn on: the style of the house, and the SVG that stands in the page.

Text stays text, and a title says what the chart says.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar
from xml.etree import ElementTree

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sroi import shipped
from sroi.report.charts.chart import Chart, Named
from sroi.report.words.numbers import Numbers

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
KEPT_STYLES = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")
NOT_TURNED = re.compile(r"rotate\(-?0 [^)]*\)")
WIDE = 6.7  # inches, as wide as the page
Shown = TypeVar("Shown", bound=Chart)


@lru_cache(maxsize=1)
def style() -> Any:
    """The house style, with the font of the report."""
    for font in sorted((shipped.folder("templates") / "fonts").glob("*.ttf")):
        fontManager.addfont(str(font))
    return dict(mpl.rc_params_from_file(shipped.folder("templates") / "chart.mplstyle", False))


def drawing(draw: Callable[[Shown], Figure]) -> Callable[[Shown], str]:
    """What draws a chart, in the style of the house and as an SVG element."""

    @wraps(draw)
    def drawn(chart: Shown) -> str:
        with mpl.rc_context(style()):
            return _svg(draw(chart), chart.head)

    return drawn


def sheet(height: float) -> tuple[Figure, Axes]:
    """A sheet as wide as the page, of which the drawing finds its own margins."""
    figure = Figure(figsize=(WIDE, height), layout="constrained")
    return figure, figure.subplots()


def ticks(axis: Axis, told: Callable[[float], str], most: int = 0) -> None:
    """What stands along an axis, at `most` places where that is said."""
    if most:
        axis.set_major_locator(MaxNLocator(most))
    axis.set_major_formatter(FuncFormatter(lambda x, _: told(x)))


def in_units(numbers: Numbers) -> Callable[[float], str]:
    """Amounts in the unit that the label of the axis tells."""
    return lambda x: numbers.number(x / numbers.unit)


def room(axes: Axes, right: float, left: float = 0.0) -> None:
    """Space for figures beside the bars, as a share of what they span."""
    low, high = axes.get_xlim()
    axes.set_xlim(low - (high - low) * left, high + (high - low) * right)


def legend_above(axes: Axes, columns: int, start: float = 0.0, **looks: Any) -> None:
    """What the colours mean, in one line over the drawing."""
    axes.legend(ncols=columns, loc="lower left", bbox_to_anchor=(start, 1.0), borderaxespad=0,
                **looks)  # fmt: skip


def _svg(figure: Figure, head: Named) -> str:
    """The figure as an SVG element: same bytes for the same numbers, no style attributes."""
    name, stream = head.name, io.StringIO()
    with mpl.rc_context({"svg.hashsalt": name}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph")  # only its width is guessed; the page has fonts
        _lay_out(figure)
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    root = ElementTree.fromstring(stream.getvalue())
    _plain(root)
    heading = ElementTree.Element(f"{{{SVG}}}title", {"id": f"{name}-title"})
    description = ElementTree.Element(f"{{{SVG}}}desc")
    heading.text, description.text = head.title, head.told
    root[:0] = [heading, description] if head.told else [heading]
    root.attrib |= {"role": "img", "aria-labelledby": f"{name}-title", "stroke-linejoin": "round"}
    _own_ids(root, name)
    _ungrouped(root)
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    return ElementTree.tostring(root, encoding="unicode")


def _lay_out(figure: Figure) -> None:
    """What saving it would do first, and to that end draw it once without anybody looking."""
    layout = figure.get_layout_engine()
    if layout is not None:
        FigureCanvasSVG(figure)  # which measures texts as they will be measured
        layout.execute(figure)
        figure.set_layout_engine(None)


def _plain(root: ElementTree.Element) -> None:
    """Styles become presentation attributes, which every renderer reads; no metadata, no CSS,
    and no turn by nothing."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}style"):
                parent.remove(child)
    for element in root.iter():
        for key, value in KEPT_STYLES.findall(element.attrib.pop("style", "")):
            element.set(key, value.strip())
        if NOT_TURNED.fullmatch(element.get("transform", "")):
            del element.attrib["transform"]


def _ungrouped(element: ElementTree.Element) -> None:
    """Groups that say nothing go, and what is in them stays: half of all elements."""
    children: list[ElementTree.Element] = []
    for child in element:
        _ungrouped(child)
        children += child if child.tag == f"{{{SVG}}}g" and not child.attrib else [child]
    element[:] = children


def _own_ids(root: ElementTree.Element, name: str) -> None:
    """Ids that are referred to carry the chart's name; the others go."""
    text = ElementTree.tostring(root, encoding="unicode")
    used = set(re.findall(r'(?:url\(#|href="#|labelledby=")([^)"]+)', text))
    for element in root.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", None)
        elif not element.attrib["id"].startswith(name):
            element.set("id", f"{name}-{element.attrib['id']}")
        for key, value in element.attrib.items():
            if key != "aria-labelledby":
                new = re.sub(r"url\(#", f"url(#{name}-", value)
                element.set(key, re.sub(r"^#", f"#{name}-", new) if key.endswith("href") else new)
