"""Charts as SVG that stands in the page: text stays text, and a title says what the chart says."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sroi import shipped
from sroi.report.charts.chart import Bar, Distribution, Named, Payers, Waterfall, Years
from sroi.report.charts.palette import ACCENT, GREY, INK, LIGHT, LOSS, SECOND, SOFT
from sroi.report.words.lines import wrapped
from sroi.report.words.numbers import Numbers

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
KEPT_STYLES = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")
NOT_TURNED = re.compile(r"rotate\(-?0 [^)]*\)")


@lru_cache(maxsize=1)
def style() -> Any:
    """The house style, with the font of the report."""
    for font in sorted((shipped.folder("templates") / "fonts").glob("*.ttf")):
        fontManager.addfont(str(font))
    return dict(mpl.rc_params_from_file(shipped.folder("templates") / "chart.mplstyle", False))


def waterfall(chart: Waterfall) -> str:
    """One bar for each correction; a step upwards is an open bar."""
    bars, numbers = chart.bars, chart.numbers
    widest = max(abs(bar.end - bar.start) for bar in bars)
    with mpl.rc_context(style()):
        figure, axes = _figure(0.29 * len(bars) + 0.5)
        for row, bar in enumerate(bars):
            up = not bar.total and bar.end > bar.start
            colour = ACCENT if bar.total else LIGHT if up else LOSS
            low, width = min(bar.start, bar.end), abs(bar.end - bar.start)
            axes.barh(row, width, left=low, height=0.62, color=colour,
                      edgecolor=GREY if up else colour, linewidth=0.4)  # fmt: skip
            amount = bar.end if bar.total else bar.end - bar.start
            _note(axes, _beside(bar, widest), row, numbers.money(amount))
            if row:
                edge = bars[row - 1].end
                axes.plot([edge, edge], [row - 1 + 0.31, row - 0.31], color=GREY, linewidth=0.6)
        axes.axvline(0, color=INK, linewidth=0.8)
        _rows(axes, [bar.label for bar in bars], numbers, numbers.in_units, room=0.18)
        return svg(figure, chart.head)


def _beside(bar: Bar, widest: float) -> float:
    """Where the amount of a bar begins: at its right end, but never across the line at zero."""
    end = max(bar.start, bar.end)
    return 0.0 if -widest / 4 < end < 0 else end


def distribution(chart: Distribution) -> str:
    """Left of zero in a lighter colour."""
    numbers, edges, heights = chart.numbers, chart.edges, chart.shares
    with mpl.rc_context(style()):
        figure, axes = _figure(2.5)
        below = edges[1:] <= 1e-9 * max(1.0, abs(edges[-1]))
        for part, colour in ((below, LOSS), (~below, ACCENT)):
            axes.bar(
                edges[:-1][part], heights[part], np.diff(edges)[part], align="edge", color=colour
            )
        top = heights.max() * 1.05
        for step, (place, label) in enumerate(chart.marks):
            axes.plot(
                [place, place], [0, top * (1.02 + 0.12 * (step % 2))], color=INK, linewidth=0.8
            )
            axes.annotate(
                label, (place, top * (1.04 + 0.12 * (step % 2))), ha="center", va="bottom",
                fontsize=8.5,
            )  # fmt: skip
        axes.set_ylim(0, top * 1.32)
        axes.set_yticks([])
        axes.xaxis.set_major_locator(MaxNLocator(6))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: numbers.number(x / numbers.unit)))
        axes.set_xlabel(chart.axis)
        return svg(figure, chart.head)


def years(chart: Years) -> str:
    """Benefits and investment side by side for every year."""
    labels, numbers, legend = chart.labels, chart.numbers, chart.legend
    with mpl.rc_context(style()):
        figure, axes = _figure(2.4)
        places = np.arange(len(labels))
        axes.bar(places - 0.2, chart.benefits, 0.38, color=ACCENT, label=legend[0])
        axes.bar(places + 0.2, chart.investment, 0.38, color=LIGHT, edgecolor=GREY, linewidth=0.6,
                 label=legend[1])  # fmt: skip
        axes.set_xticks(places[:: max(1, len(places) // 15)], labels[:: max(1, len(places) // 15)])
        axes.yaxis.set_major_locator(MaxNLocator(5))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: numbers.number(y / numbers.unit)))
        axes.grid(axis="y")
        axes.axhline(0, color=GREY, linewidth=0.8)
        axes.set_ylabel(chart.axis)
        axes.legend(ncols=2, loc="lower left", bbox_to_anchor=(0, 1.0), borderaxespad=0)
        return svg(figure, chart.head)


def payers(chart: Payers) -> str:
    """Gains right, by cash class, and investment left, with the balance in figures."""
    labels, parts, investment, legend = chart.labels, chart.parts, chart.investment, chart.legend
    with mpl.rc_context(style()):
        figure, axes = _figure(0.36 * len(labels) + 0.75)
        looks = [(ACCENT, GREY), (SOFT, SECOND), (LIGHT, GREY)]  # in grey: dark, middle, light
        for row in range(len(labels)):
            right, left = 0.0, -investment[row]
            axes.barh(row, left, height=0.6, color=GREY, label=legend[3] if row == 0 else None)
            for part, (colour, edge) in enumerate(looks):
                amount = parts[row][part]
                start = right if amount >= 0 else left
                axes.barh(
                    row, amount, left=start, height=0.6, color=colour, edgecolor=edge,
                    linewidth=0.3, label=legend[part] if row == 0 else None,
                )  # fmt: skip
                right, left = right + max(amount, 0), left + min(amount, 0)
            balance = sum(parts[row]) - investment[row]
            _note(axes, max(right, 0.0), row, chart.numbers.money(balance))
        axes.axvline(0, color=INK, linewidth=0.8)
        _rows(axes, labels, chart.numbers, chart.axis, room=0.2)
        axes.legend(ncols=4, loc="lower left", bbox_to_anchor=(-0.02, 1.0), borderaxespad=0,
                    columnspacing=1.2, handlelength=1.4)  # fmt: skip
        return svg(figure, chart.head)


def _figure(height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(6.7, height), layout="constrained")
    return figure, figure.subplots()


def _note(axes: Axes, x: float, row: float, text: str) -> None:
    axes.annotate(text, (x, row), (4, 0), textcoords="offset points", va="center", fontsize=9)


def _rows(axes: Axes, labels: Sequence[str], numbers: Numbers, unit: str, room: float) -> None:
    """Rows from the top down, labels that wrap, and room at the right for the figures."""
    axes.set_yticks(range(len(labels)), [wrapped(label) for label in labels])
    axes.invert_yaxis()
    low, high = axes.get_xlim()
    axes.set_xlim(low, high + (high - low) * room)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: numbers.number(x / numbers.unit)))
    axes.set_xlabel(unit)


def svg(figure: Figure, head: Named) -> str:
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
