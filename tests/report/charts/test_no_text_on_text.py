"""No text of a chart with rows stands on another: held by the boxes that they take when drawn."""

from itertools import combinations

import matplotlib as mpl
import pytest
from chart_texts import on_one_another
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Text
from told_by_hand import LONG

from sroi.report.charts import sensitivity as charts
from sroi.report.charts.chart import Named, Share, Shares, Swing, Tornado
from sroi.report.charts.sheet import style
from sroi.report.words.numbers import Numbers

NL, HEAD = Numbers("nl"), Named("proef", "Proef")
LABELS = {
    "one line": "Inzet",
    "two lines": "Inzet\nkosten per jaar",
    "three lines": "Wie zorg geeft, rondt die ook werkelijk af zodra het lichter kan\nin hoeverre",
    "long lines": f"{LONG}\n{LONG}",
}


def tornado(label: str, rows: int) -> Figure:
    """Bars that become narrower."""
    ends = [(100.0 - 90 / row, 100.0 + 140 / row) for row in range(1, rows + 1)]
    swings = [Swing(label, "0,97", "1,13", *end) for end in ends]
    return charts.tornado.__wrapped__(Tornado(HEAD, swings, 100.0, 0.0, NL, "Saldo (× € 1.000)"))


def shares(label: str, rows: int) -> Figure:
    """The same with a legend."""
    bars = [Share(label, 0.3 / row, 0.5 / row, 0.4 / row, 0.6 / row) for row in range(1, rows + 1)]
    legend = ("alleen", "samen met andere")
    return charts.shares.__wrapped__(Shares(HEAD, bars, NL, legend, "deel van de spreiding"))


def boxes_on_boxes(figure: Figure) -> list[tuple[str, str]]:
    """Every two texts of which the boxes share more than the width of a line."""
    FigureCanvasSVG(figure)
    renderer = figure.canvas.get_renderer() if hasattr(figure.canvas, "get_renderer") else None
    figure.draw_without_rendering()
    seen = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    boxes = [(t.get_text(), t.get_window_extent(renderer).padded(-0.5)) for t in seen]
    return [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.overlaps(other)]


@pytest.mark.parametrize("rows", [1, 2, 3, 5, 10, 12])
@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("made", [tornado, shares])
def test_no_text_stands_on_another(made, label, rows):
    with mpl.rc_context(style()):
        assert boxes_on_boxes(made(LABELS[label], rows)) == []


def svg(*texts: str) -> str:
    """A drawing of texts of ten points, each with its place."""
    made = "".join(f'<text font-size="10px" {place}>Baten</text>' for place in texts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 99">{made}</svg>'


def test_what_stands_on_another_is_found():
    """Beside each other, beneath each other, at either end, and turned."""
    at = 'x="20" y="20"'
    for near in (
        'x="35" y="20"', 'x="20" y="26"', 'x="60" y="20" text-anchor="end"',
        'transform="translate(24 22)"', 'x="30" y="25" transform="rotate(-90 30 25)"',
    ):  # fmt: skip
        assert len(list(on_one_another(svg(at, near)))) == 1
    for far in (
        'x="50" y="20"', 'x="20" y="31"', 'x="18" y="20" text-anchor="end"',
        'x="60" y="80" transform="rotate(-90 60 80)"',
    ):  # fmt: skip
        assert list(on_one_another(svg(at, far))) == []
