"""The charts of what drives the answer: SVG of which the text is text, whatever the numbers."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from chart_texts import on_one_another
from told_by_hand import LONG

from sroi.report.charts import sensitivity as charts
from sroi.report.charts.chart import Chances, Named, Share, Shares, Swing, Tornado
from sroi.report.figures import sensitivity as figures
from sroi.report.words.numbers import Numbers

SVG = "{http://www.w3.org/2000/svg}"
NL, EN = Numbers("nl"), Numbers("en")
FORMULA = "$\\frac{$ x_1 & <b>"
Drawn = Callable[[Numbers], str]


def swing(at_low: float, at_high: float, label: str = "effect\nVerandering") -> Swing:
    """A bar with its ends."""
    return Swing(label, "laag", "hoog", at_low, at_high)


def tornado(*swings: Swing, centre: float = 100, threshold: float | None = 0.0) -> Drawn:
    """Bars around a centre."""
    head = Named("tornado", "Wat één aanname doet")
    return lambda n: charts.tornado(Tornado(head, swings, centre, threshold, n, "saldo"))


def shares(*totals: float, label: str = "effect\nVerandering", error: float = 0.05) -> Drawn:
    """Bars of which half is the quantity by itself."""
    bars = [Share(label, total / 2, total, total - error, total + error) for total in totals]
    head, legend = Named("indices", "De spreiding"), ("alleen", "samen")
    return lambda n: charts.shares(Shares(head, bars, n, legend, "deel"))


def chances(worth: list[float], chance: list[float]) -> Drawn:
    """A curve."""
    head = Named("chances", "De kans")
    return lambda n: charts.chances(Chances(head, worth, chance, n, "waarde per eenheid"))


ODD = {
    "one swing": tornado(swing(-50, 250)),
    "ten swings": tornado(*[swing(-50 + n, 250 - n) for n in range(10)]),
    "a swing on one side": tornado(swing(20, 40)),
    "a swing of nothing": tornado(swing(100, 100)),
    "swings of which nothing is known": tornado(swing(0, 0), centre=0),
    "swings far from the threshold": tornado(swing(1e9, 1e9 + 1), centre=1e9, threshold=None),
    "swings of millions": tornado(swing(-2e6, 9e6), centre=3e6),
    "swings of ratios": lambda n: tornado(swing(0.5, 2.5), centre=1.2, threshold=1.0)(
        Numbers(n.lang, step=1)
    ),
    "swings with very long names": tornado(swing(-50, 250, f"{LONG}\n{LONG}"), swing(1, 2, LONG)),
    "a swing with a formula for a name": tornado(swing(-50, 250, FORMULA)),
    "one share": shares(1.0),
    "shares of nothing": shares(0.0, 0.0, error=0.0),
    "shares above one": shares(1.2, 0.9),
    "shares with very long names": shares(0.5, 0.4, label=f"{LONG}\n{LONG}"),
    "a share with a formula for a name": shares(0.5, label=FORMULA),
    "twelve shares": shares(*[1 / (n + 1) for n in range(12)]),
    "chances": chances([0, 100, 200], [0.1, 0.5, 0.9]),
    "chances of two points": chances([0, 0.01], [0.4, 0.6]),
    "chances that fall": chances([0, 1e7], [0.9, 0.0]),
}


def root(name: str, numbers: Numbers = NL) -> ElementTree.Element:
    """One of them, read."""
    return ElementTree.fromstring(ODD[name](numbers))


def texts(name: str, numbers: Numbers = NL) -> list[str]:
    """Its text elements."""
    return ["".join(element.itertext()) for element in root(name, numbers).iter(f"{SVG}text")]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", ODD)
def test_odd_numbers_can_be_drawn(name):
    """Without a warning, as an element with a title and without a style."""
    made = root(name)
    assert made.tag == f"{SVG}svg"
    assert made[0].tag == f"{SVG}title"
    assert made[0].text
    assert (made.get("role"), made.get("aria-labelledby")) == ("img", made[0].get("id"))
    for element in made.iter():
        assert "style" not in element.attrib
        assert element.tag not in (f"{SVG}style", f"{SVG}metadata", f"{SVG}image")


@pytest.mark.parametrize("name", ODD)
def test_no_text_stands_on_another(name):
    """Labels, figures, legends and what stands along the axes."""
    assert list(on_one_another(ODD[name](NL))) == []


@pytest.mark.parametrize("name", ["one swing", "one share", "chances"])
def test_the_same_numbers_give_the_same_bytes(name):
    """No hour and no random id."""
    assert ODD[name](NL) == ODD[name](NL)


def test_a_bar_says_its_label_and_its_ends():
    """The field above what it is of, and at the ends what the quantity is there."""
    said = texts("one swing")
    assert {"effect", "Verandering", "laag", "hoog", "saldo"} <= set(said)
    assert said.index("effect") < said.index("Verandering")


@pytest.mark.parametrize("name", [name for name in ODD if "very long names" in name])
def test_a_label_has_three_lines_at_the_most(name):
    """Of which the last says that it goes on, and none is longer than there is room for."""
    said = [text for text in texts(name) if "naam" in text or "door" in text]
    assert len(said) in (2 + 3, 3 + 3)
    assert sum(text.endswith("…") for text in said) >= 3
    assert max(map(len, said)) <= charts.LONGEST


@pytest.mark.parametrize("name", [name for name in ODD if "formula" in name])
def test_names_are_printed_as_they_are(name):
    """No sign in a name is a formula or an element."""
    assert FORMULA in texts(name)


def test_axes_have_the_numbers_of_the_language():
    """Money in thousands, a ratio with its decimals, chances and shares in percents."""
    dutch, english = (texts("swings of millions", n) for n in (NL, EN))
    assert "4.000" in dutch
    assert "4,000" in english
    assert {"0,6", "1,2"} <= set(texts("swings of ratios"))
    assert {"0%", "25%", "50%", "75%", "100%"} <= set(texts("chances"))


def test_the_ends_of_a_bar_have_paper_behind_them():
    """So that the dashed line of the threshold does not run through a number."""
    svg = ODD["one swing"](NL)
    boxes = [e for e in root("one swing").iter(f"{SVG}path") if e.get("fill") == "#ffffff"]
    assert len(boxes) >= 2
    assert svg.index("stroke-dasharray") < svg.index(">laag<")


@pytest.mark.parametrize(
    ("threshold", "results", "seen"),
    [
        (0, [-100, 200], True),
        (0, [100, 200], True),
        (0, [101, 200], False),
        (1000, [0, 100], False),
        (5, [5, 5], True),
        (0, [5, 5], False),
    ],
)
def test_a_threshold_is_drawn_where_it_is_near(threshold, results, seen):
    """Within as much again as the results lie apart: else bars would shrink to lines."""
    assert figures.near(threshold, results) is seen


def test_without_a_threshold_there_is_no_dashed_line():
    """The axis then does not reach for it."""
    assert "stroke-dasharray" not in ODD["swings far from the threshold"](NL)
    assert "stroke-dasharray" in ODD["one swing"](NL)


def test_shares_are_shown_from_zero():
    """Also those whose interval begins below it."""
    ticks = [text for text in texts("shares above one") if text.endswith("%")]
    assert ticks[0] == "0%"
    assert not any("\u2212" in tick for tick in ticks)
