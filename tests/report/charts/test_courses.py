"""Courses by quarter: each with its name, a line for each side, and no text on another."""

from xml.etree import ElementTree

import numpy as np
import pytest
from chart_texts import on_one_another

from sroi.report.charts.chart import Course, Courses, Named, Spread, Spreads
from sroi.report.charts.courses import courses
from sroi.report.charts.spreads import spreads
from sroi.report.words.numbers import Numbers

SVG = "{http://www.w3.org/2000/svg}"
QUARTERS = [f"{2022 + k // 4}-Q{k % 4 + 1}" for k in range(20)]


def drawn(count: int, compared: bool = True, quarters: int = 20) -> str:
    line = np.linspace(80, 120, quarters)
    shown = [
        Course(f"Stap {k}", line, line[::-1] if compared else np.empty(0)) for k in range(count)
    ]
    head, legend = Named("verloop", "Het verloop", "x"), ("met pilot", "zonder pilot")
    return courses(
        Courses(head, QUARTERS[:quarters], quarters // 2, 2, shown, Numbers("nl"), legend, "as")
    )


def texts(svg: str) -> list[str]:
    return [
        "".join(one.itertext()).strip() for one in ElementTree.fromstring(svg).iter(f"{SVG}text")
    ]


@pytest.mark.parametrize("count", [1, 2, 4])
@pytest.mark.parametrize("quarters", [6, 20])
def test_every_course_has_its_name_and_no_text_stands_on_another(count, quarters):
    svg = drawn(count, quarters=quarters)
    assert {f"Stap {k}" for k in range(count)} <= set(texts(svg))
    assert {"met pilot", "zonder pilot"} <= set(texts(svg))
    assert list(on_one_another(svg)) == []


def test_without_a_comparison_there_is_one_line():
    assert "zonder pilot" not in texts(drawn(2, compared=False))


def test_a_change_is_told_with_its_sign():
    """Also along the axis, and no euros."""
    rows = [Spread("minder", (-0.3, -0.14, -0.01)), Spread("meer", (-0.1, 0.06, 0.2), False)]
    head, numbers = Named("effect", "Het effect", "x"), Numbers("nl")
    found = texts(spreads(Spreads(head, rows, numbers, (), "as", changes=True)))
    assert {"−14%", "+6%"} <= set(found)
    assert not any("€" in text for text in found)
