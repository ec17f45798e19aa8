"""Bands under each other: every row with its name and its amount, and a line at zero."""

from xml.etree import ElementTree

import pytest
from chart_texts import on_one_another

from sroi.report.charts.chart import Named, Spread, Spreads
from sroi.report.charts.spreads import MANY, spreads
from sroi.report.words.numbers import Numbers

SVG = "{http://www.w3.org/2000/svg}"
LEGEND = ("gekozen", "niet gekozen")


def drawn(rows: list[Spread], legend: tuple[str, ...] = ()) -> str:
    return spreads(Spreads(Named("rijen", "De rijen", "x"), rows, Numbers("nl"), legend, "as"))


def texts(svg: str) -> list[str]:
    return [
        "".join(one.itertext()).strip() for one in ElementTree.fromstring(svg).iter(f"{SVG}text")
    ]


@pytest.mark.parametrize("count", [1, 3, MANY, 36])
def test_every_row_has_its_name_and_its_amount(count):
    rows = [
        Spread(f"gebied {n}", (-1e5 * n - 1e4, 1e4 * n, 2e5 * n + 1e4), n % 2 == 0)
        for n in range(count)
    ]
    svg = drawn(rows, LEGEND)
    found = texts(svg)
    for n, row in enumerate(rows):
        assert row.label in found
        assert Numbers("nl").number(10 * n) in found
    assert set(LEGEND) <= set(found)
    assert list(on_one_another(svg)) == []


def test_rows_that_are_left_out_have_a_name_and_no_band():
    rows = [Spread("eerste", (1e6, 2e6, 3e6)), Spread("… 7 ertussen …", None)]
    found = texts(drawn([*rows, Spread("laatste", (-3e6, -2e6, -1e6))]))
    assert "… 7 ertussen …" in found
    assert not set(LEGEND) & set(found)


def test_a_band_that_is_one_number_can_be_drawn():
    assert "zeker" in texts(drawn([Spread("zeker", (0.0, 0.0, 0.0))]))
