"""The charts: SVG that stands in the page, of which the text is text."""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from chart_texts import on_one_another
from told_by_hand import tell
from valuations import example_page, example_told

import sroi.report.figures.figures as figures_module
from sroi.report.charts import charts
from sroi.report.charts.chart import Bar, Distribution, Named, Payers, Waterfall, Years, bins
from sroi.report.figures.drawing import Drawing
from sroi.report.figures.figures import figures
from sroi.report.words.numbers import Numbers

SVG = "{http://www.w3.org/2000/svg}"
NL, EN = Numbers("nl"), Numbers("en")
LEGEND = ("hard", "zacht", "PM", "investering")
Drawn = Callable[[Numbers], str]


def waterfall(*amounts: float) -> Drawn:
    """Totals at both ends, and steps between them."""
    bars = [Bar("Bruto", 0, amounts[0], total=True)]
    bars += [Bar(f"Stap {n}", a, b) for n, (a, b) in enumerate(pairwise(amounts))]
    head = Named("waterfall", "Van bruto naar netto")
    return lambda numbers: charts.waterfall(Waterfall(head, bars, numbers))


def spread(*amounts: float) -> Drawn:
    """The draws, with a mark at their mean."""
    draws = np.array(amounts)
    marks = [(float(draws.mean()), "verwacht")]
    head, parts = Named("distribution", "Spreiding"), bins(draws)
    return lambda n: charts.distribution(Distribution(head, *parts, marks, n, "as"))


def marked(*amounts: float) -> Drawn:
    """The same with the marks of a report."""
    draws = np.array(amounts)
    low, high = np.quantile(draws, [0.05, 0.95])
    marks = [(low, "P5: € 4.000"), (float(draws.mean()), "verwacht: € 806.000"), (high, "P95: € 9")]
    head = Named("distribution", "Spreiding")
    return lambda n: charts.distribution(Distribution(head, *bins(draws), marks, n, "as"))


def years(benefits: list[float], costs: list[float]) -> Drawn:
    """A pair of bars for each year."""
    labels = [str(2026 + year) for year in range(len(benefits))]
    sides = ("baten", "investering")
    head = Named("years", "Per jaar")
    return lambda n: charts.years(Years(head, labels, benefits, costs, n, sides, "as"))


def payers(parts: list[list[float]], costs: list[float], name: str = "Partij") -> Drawn:
    """A bar for each payer."""
    names = [f"{name} {number}" for number in range(len(parts))]
    head = Named("payers", "Wie betaalt", "Wat het kost.")
    return lambda n: charts.payers(Payers(head, names, parts, costs, n, LEGEND, n.in_units))


ODD = {
    "one step": waterfall(1000, 400),
    "only a total": waterfall(1000),
    "steps below zero": waterfall(-1000, -4000, 2000),
    "steps of nothing": waterfall(0, 0, 0),
    "draws": spread(*np.linspace(-2e5, 5e5, 999)),
    "draws that are all the same": spread(*[5e4] * 99),
    "draws of nothing": spread(*[0.0] * 99),
    "draws below zero": spread(*np.linspace(-5e5, -2e5, 99)),
    "one draw that is far away": spread(*[0.0] * 9999, 1e12),
    "marks beside each other": marked(*np.linspace(-1e6, 1e6, 9990), *[1e8] * 90),
    "marks on each other": marked(*[1e6] * 960, *[0.0] * 40),
    "one year": years([1000], [500]),
    "years of nothing": years([0, 0], [0, 0]),
    "years below zero": years([-1e6, 2e6], [5e5, 0]),
    "sixty years": years([1e3] * 60, [5e2] * 60),
    "one payer": payers([[100, 50, 0]], [20]),
    "a payer with nothing": payers([[0, 0, 0]], [0]),
    "payers that lose": payers([[-100, 50, 0], [0, -2e6, 5]], [20, 0]),
    "forty payers": payers([[1e5, 0, 0]] * 40, [1e4] * 40),
    "a payer with a very long name": payers([[1, 2, 3]], [4], "w" * 300),
    "a payer with a formula for a name": payers([[1, 2, 3]], [4], "$\\frac{$ x_1 & <b>"),
}


@cache
def example_figures(lang: str) -> dict[str, Drawing | None]:
    """The charts of the example."""
    return figures(example_told(lang))


def texts(svg: str) -> list[str]:
    """The text elements of a chart."""
    return [
        "".join(element.itertext()) for element in ElementTree.fromstring(svg).iter(f"{SVG}text")
    ]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", ODD)
def test_odd_numbers_can_be_drawn(name):
    """Without a warning, as an element with a title and without a style."""
    root = ElementTree.fromstring(ODD[name](NL))
    assert root.tag == f"{SVG}svg"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", root[0].get("id"))
    assert root.get("viewBox")
    for element in root.iter():
        assert "style" not in element.attrib
        assert element.tag not in (f"{SVG}style", f"{SVG}metadata", f"{SVG}script", f"{SVG}image")


@pytest.mark.parametrize("name", ODD)
def test_no_text_stands_on_another(name):
    """Labels, figures, legends and what stands along the axes."""
    assert list(on_one_another(ODD[name](NL))) == []


@pytest.mark.parametrize("name", ["one step", "draws", "sixty years", "payers that lose"])
def test_the_same_numbers_give_the_same_bytes(name):
    """No hour and no random id."""
    assert ODD[name](NL) == ODD[name](NL)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_all_charts_can_stand_on_one_page(lang):
    """No id is there twice, and what refers to one finds it in its own chart."""
    drawn = example_figures(lang)
    assert list(drawn) == ["waterfall", "distribution", "years", "payers"]
    ids = [re.findall(r'\bid="([^"]+)"', chart.svg) for chart in drawn.values()]
    assert len({name for own in ids for name in own}) == sum(map(len, ids))
    for own, chart in zip(ids, drawn.values(), strict=True):
        wanted = re.findall(r'(?:url\(#|href="#|labelledby=")([^)"]+)', chart.svg)
        assert set(wanted) == set(own)
        assert chart.svg in example_page(lang)


def test_axes_have_the_numbers_of_the_language():
    """Thousands with a point in Dutch and with a comma in English; a minus that is one."""
    chart = ODD["years below zero"]
    ticks = [{t for t in texts(chart(n)) if re.fullmatch(r"\u2212?[\d.,]+", t)} for n in (NL, EN)]
    assert {"\u2212800", "1.600"} <= ticks[0]
    assert {tick.replace(".", ",") for tick in ticks[0]} == ticks[1]


def test_bars_carry_their_amounts():
    """What is gross and net, and how much each step takes off."""
    said = texts(waterfall(1_000_000, 400_000, 250_000)(NL))
    assert {"€\u00a01.000.000", "€\u00a0\u2212600.000", "€\u00a0\u2212150.000"} <= set(said)


def test_the_figure_beside_a_payer_is_the_balance():
    """Benefits of all kinds less what is paid."""
    assert "€\u00a0\u22125.000" in texts(payers([[3000, 2000, 1000]], [11_000])(NL))


def test_the_axis_names_the_currency():
    """In thousands of it."""
    assert "× £ 1.000" in texts(payers([[1, 2, 3]], [4])(Numbers("nl", "GBP")))
    assert "× €1,000" in texts(payers([[1, 2, 3]], [4])(EN))


def test_names_are_printed_as_they_are():
    """No sign in a name is a formula or an element."""
    said = " ".join(texts(ODD["a payer with a formula for a name"](NL)))
    assert "$\\frac{$ x_1 & <b>" in said


def test_a_long_name_is_cut_and_says_so():
    """The chart keeps room for its bars."""
    long = next(text for text in texts(ODD["a payer with a very long name"](NL)) if "w" * 9 in text)
    assert long.endswith("…")
    assert len(long) <= 34


def test_the_title_is_the_sentence_above_the_chart():
    """For whoever hears the page instead of seeing it."""
    for chart in example_figures("nl").values():
        assert ElementTree.fromstring(chart.svg)[0].text == chart.title


@pytest.mark.parametrize(
    ("benefits", "costs", "key", "facts"),
    [
        ([2, 2], [1, 1], "years_every", {}),
        ([0, 0], [0, 0], "years_never", {}),
        ([0, 2, 2], [1, 1, 0], "years_from", {"year": 2027}),
        ([2, 0, 2], [1, 1, 1], "years_some", {"count": 2, "of": 3}),
    ],
)
def test_the_chart_by_year_says_in_which_years_it_pays(benefits, costs, key, facts):
    """Not what it is about."""
    told = tell("line")
    assert figures_module._years_title(told, benefits, costs) == told.words(f"chart.{key}", **facts)


def test_the_chart_of_payers_says_who_pays_and_who_gains():
    """By name; and that nobody pays, or gains, where that is so."""
    told = tell("line")
    names = ["Gemeente", "Zorgverzekeraar"]

    def said(gains: list[float], costs: list[float], most: str) -> str:
        return figures_module._payers_title(told, names, gains, costs, most)

    words, payer, other = told.words, "Gemeente", "Zorgverzekeraar"
    assert said([1, 5], [2, 0], "gemeente") == words("chart.payers_two", payer=payer, other=other)
    assert said([9, 5], [2, 0], "gemeente") == words("chart.payers_same", payer=payer)
    assert said([1, 0], [2, 0], "gemeente") == words("chart.payers_none", payer=payer)
    assert said([1, 5], [0, 0], "") == words("chart.payers_free", other=other)


def test_many_payers_are_told_together():
    """The one that pays most stays, and nothing gets lost."""
    told, count = tell("line"), 14
    names = [f"Partij {n}" for n in range(count - 1)] + ["Gemeente"]
    parts = [[100.0, 10.0, 1.0] for _ in names]
    costs = [50.0] * (count - 1) + [60.0]
    shown, gains, paid = figures_module._largest(told, names, parts, costs, "gemeente")
    assert len(shown) == figures_module.MOST_PAYERS
    assert "Gemeente" in shown
    assert shown[-1] == told.words("chart.payers_others", count=5)
    assert np.sum(gains) == np.sum(parts)
    assert sum(paid) == sum(costs)


def test_a_step_upwards_looks_different_from_one_downwards():
    """Also without colour: it is open."""
    down, up = (waterfall(1000, end)(NL) for end in (400, 1600))
    assert charts.LOSS in down
    assert charts.LOSS not in up
    assert charts.LIGHT in up


def test_an_amount_does_not_stand_on_the_line_at_zero():
    """It begins at the right of it where its bar ends just before."""
    assert charts._beside(Bar("x", -1000, -20), 1000) == 0
    assert charts._beside(Bar("x", -1000, -900), 1000) == -900
    assert charts._beside(Bar("x", 20, -1000), 1000) == 20
