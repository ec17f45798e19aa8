"""The charts of the preventive shift: what is drawn is what was computed, and text is text."""

import re
from collections.abc import Callable
from functools import cache
from xml.etree import ElementTree

import numpy as np
import pytest
from chart_texts import on_one_another
from told_by_hand import LANGS, LONG, tell

from sroi.analysis.care.preventive_shift import preventive_shifts
from sroi.analysis.result.purses import budget, cascade
from sroi.report.charts import care as care_charts
from sroi.report.charts.chart import Dot, Frontier, LadderFlow, Named, Panel, Panels, Rung
from sroi.report.figures import care as care_figures
from sroi.report.figures.drawing import Drawing
from sroi.report.words.numbers import Numbers

SVG = "{http://www.w3.org/2000/svg}"
NL, EN = Numbers("nl"), Numbers("en")
LEGEND = ("nieuw", "uit zorg", "omhoog", "omlaag")
FORMULA = "$\\frac{$ x_1 & <b>"


def rung(name: str = "Trede", people: str = "100 mensen", heavy: bool = True) -> Rung:
    """A tier with the same flows everywhere."""
    return Rung(name, people, "1 → 2", "3", "4", "5", heavy)


def ladder(*rungs: Rung) -> Callable[[Numbers], str]:
    """The drawing of a ladder."""
    flow = LadderFlow(Named("flow-x", "De ladder"), rungs, LEGEND, "per jaar")
    return lambda _: care_charts.ladder(flow)


def panel(name: str = "Trede", size: float = 100, width: float = 0.1, years: int = 10) -> Panel:
    """A tier that grows, the same in both arms."""
    mean = np.linspace(size, 2 * size, years)
    band = (mean, mean * (1 - width), mean * (1 + width))
    return Panel(name, band, band)


def panels(*tiers: Panel, years: int = 10) -> Callable[[Numbers], str]:
    """The charts of tiers over the years."""
    head = Named("person-years-x", "Persoonsjaren")
    names, shown = ("zonder", "met"), range(2026, 2026 + years)
    return lambda n: care_charts.panels(Panels(head, shown, tiers, n, names, "per jaar"))


def arms(*dots: Dot) -> Callable[[Numbers], str]:
    """The chart of arms by what they bring and cost."""
    head = Named("frontier-x", "De grens")
    return lambda n: care_charts.frontier(Frontier(head, dots, n, ("QALY", "kosten")))


ODD = {
    "one arm": arms(Dot("Alleen", 2, 3, True)),
    "arms with long names, beside each other": arms(
        *[Dot(f"{LONG} {n}", 1 + n / 1e6, 1e6 + n, n < 3) for n in range(8)]
    ),
    "arms of losses": arms(Dot("A", -3, -1e9, True), Dot("B", 0, 0, True), Dot("C", -3, 5, False)),
    "one rung": ladder(rung()),
    "seven rungs": ladder(*[rung(f"Trede {n}", heavy=n > 2) for n in range(7)]),
    "rungs with very long names": ladder(rung(LONG), rung("w" * 300, people="9" * 12)),
    "a rung with a formula for a name": ladder(rung(FORMULA), rung("twee\nregels")),
    "rungs of large numbers": ladder(Rung("x", "1.000.000 mensen zonder, 999.999 met",
                                          *["1.234.567 → 1.234.568"] * 4, heavy=True), rung()),
    "one panel": panels(panel()),
    "three panels": panels(*[panel(f"Trede {n}") for n in range(3)]),
    "a panel with a very long name": panels(panel(LONG)),
    "a panel with a formula for a name": panels(panel(FORMULA)),
    "panels of nothing": panels(panel(size=0), panel(size=0)),
    "panels without a band": panels(panel(width=0), panel(width=0)),
    "panels below zero": panels(panel(size=-50)),
    "panels of millions": panels(panel(size=5e6)),
    "one year": panels(panel(years=1), years=1),
    "sixty years": panels(panel(years=60), years=60),
}  # fmt: skip


@cache
def figures(name: str, lang: str) -> dict[str, Drawing]:
    """The charts of a ladder, and the cascade of the gemeente."""
    shown = tell(name, lang)
    (shift, *_) = preventive_shifts(shown.valuation.model, shown.scenario.basis)
    found = cascade(shown.valuation.drawn, "gemeente")
    return {
        "flow": care_figures.flow(shown, shift),
        "person_years": care_figures.person_years(shown, shift),
        "cascade": care_figures.cascade(shown, found, "gemeente"),
    }


def texts(svg: str) -> list[str]:
    """The text elements of a chart."""
    root = ElementTree.fromstring(svg)
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", ODD)
def test_odd_numbers_can_be_drawn(name):
    """Without a warning, as an element with a title and without a style."""
    root = ElementTree.fromstring(ODD[name](NL))
    assert root.tag == f"{SVG}svg"
    assert root[0].tag == f"{SVG}title"
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", root[0].get("id"))
    for element in root.iter():
        assert "style" not in element.attrib
        assert element.tag not in (f"{SVG}style", f"{SVG}metadata", f"{SVG}image")


@pytest.mark.parametrize("name", ODD)
def test_no_text_stands_on_another(name):
    """Labels, figures, legends and what stands along the axes."""
    assert list(on_one_another(ODD[name](NL))) == []


@pytest.mark.parametrize("name", ["one rung", "one panel"])
def test_the_same_numbers_give_the_same_bytes(name):
    """No hour and no random id."""
    assert ODD[name](NL) == ODD[name](NL)


@pytest.mark.parametrize("name", [name for name in ODD if "formula" in name])
def test_names_are_printed_as_they_are(name):
    """No sign in a name is a formula or an element."""
    assert FORMULA in texts(ODD[name](NL))


@pytest.mark.parametrize("name", [name for name in ODD if "very long name" in name])
def test_a_long_name_is_cut_and_says_so(name):
    """On one line that fits in its box or above its chart."""
    said = texts(ODD[name](NL))
    cut = [text for text in said if text.endswith("…")]
    assert cut
    assert max(map(len, cut)) <= 46
    assert not [text for text in said if "w" * 47 in text]


def test_a_name_of_two_lines_stands_on_one():
    """There is no room for a second one."""
    assert "twee regels" in texts(ODD["a rung with a formula for a name"](NL))


def test_the_ladder_by_hand():
    """Of 100 new people 20 get light support, from where they go at 2 a year."""
    said = texts(figures("certain ladder", "nl")["flow"].svg)
    assert {"Zwaar", "100 mensen zonder, 83 met", "100 → 80", "100 → 83"} <= set(said)
    assert {"Licht", "0 mensen zonder, 10 met"} <= set(said)
    assert said.count("0 → 20") == 2
    assert said.count("0") == 2  # nobody goes up or down, without and with


@pytest.mark.parametrize(
    "name", ["certain ladder", "ladder", "ladder with relapse", "harmful ladder"]
)
def test_what_comes_in_goes_out(name):
    """Without the programme, in a steady state: new and up and down, for every tier."""
    shown = tell(name)
    (shift,) = preventive_shifts(shown.valuation.model, shown.scenario.basis)
    order = sorted(range(len(shift.tiers)), key=lambda k: (shift.tiers[k].level, k))
    for place, k in enumerate(order):
        passage = shift.passages[k]
        above = shift.passages[order[place + 1]] if place + 1 < len(order) else None
        up, down = (above.up[0], above.down[0]) if above else (0.0, 0.0)
        coming = passage.new[0] + passage.up[0] + down
        assert coming == pytest.approx(passage.exits[0] + passage.down[0] + up, abs=1e-9)


@pytest.mark.parametrize("lang", LANGS)
def test_heavy_care_stands_on_top(lang):
    """In the drawing of the ladder and in the charts of its tiers."""
    flow = figures("ladder with relapse", lang)["flow"].svg
    high = {text: float(y) for y, text in re.findall(r'y="(-?[\d.]+)"[^>]*>([^<]+)</text>', flow)}
    assert high["Zwaar"] < high["Licht"] < high["Netwerk"]
    said = texts(figures("ladder with relapse", lang)["person_years"].svg)
    names = [text for text in said if text in ("Zwaar", "Licht", "Netwerk")]
    assert names == ["Zwaar", "Licht", "Netwerk"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["flow", "person_years"])
def test_charts_are_told_in_both_languages(name, lang):
    """What the arrows and the lines are stands beside them."""
    words, said = tell("ladder", lang).words, texts(figures("ladder", lang)[name].svg)
    wanted = {"flow": ("new", "out", "up", "down"), "person_years": ("without", "with")}[name]
    assert {words(f"care.{word}") for word in wanted} <= set(said)


@pytest.mark.parametrize("lang", LANGS)
def test_a_cascade_by_hand(lang):
    """Society gains 21,198, of which 60 % in this purse, 8,631 of it hard; 4,000 is invested."""
    drawing = figures("certain ladder", lang)["cascade"]
    money = tell("certain ladder", lang).numbers.money
    amounts = (21_200, -8_500, 12_700, -4_100, 8_600, -4_000, 4_600)
    assert [money(amount) for amount in amounts] == [
        text for text in texts(drawing.svg) if re.fullmatch(r"−?€.*\d", text)
    ]
    for amount in (21_200, 8_600, 4_600):
        assert money(amount) in drawing.title


@pytest.mark.parametrize("name", ["certain ladder", "worked example", "harmful ladder"])
def test_the_cascade_is_the_foot_of_the_budget(name):
    """And every step is a part of the one before it."""
    drawn = tell(name).valuation.drawn
    found, own = cascade(drawn, "gemeente"), budget(drawn, "gemeente")
    assert found.cashable == pytest.approx(own.benefits["hard"].sum(), rel=1e-12)
    assert found.after_investment == pytest.approx(own.balance.sum(), rel=1e-12)
    assert found.after_investment == pytest.approx(own.cumulative[-1], rel=1e-12)
    together = sum(own.benefits[name].sum() for name in ("hard", "soft", "pm"))
    assert found.in_pocket == pytest.approx(together, rel=1e-12)


@pytest.mark.parametrize("lang", LANGS)
def test_the_title_is_the_sentence_above_the_chart(lang):
    """For whoever hears the page instead of seeing it."""
    for chart in figures("ladder", lang).values():
        assert ElementTree.fromstring(chart.svg)[0].text == chart.title
        assert "{" not in chart.title


def test_axes_have_the_numbers_of_the_language():
    """Thousands with a point in Dutch and with a comma in English."""
    dutch, english = (texts(ODD["panels of millions"](n)) for n in (NL, EN))
    assert any(re.fullmatch(r"\d+\.000\.000", text) for text in dutch)
    assert [text.replace(".", ",") for text in dutch] == english


@pytest.mark.parametrize("lang", LANGS)
def test_where_society_loses_the_cascade_says_so(lang):
    """Its steps are what others bear and what costs no money, and not gains that leak away."""
    shown, drawing = tell("harmful ladder", lang), figures("harmful ladder", lang)["cascade"]
    found = cascade(shown.valuation.drawn, "gemeente")
    assert found.society < 0
    assert shown.numbers.money(-found.society) in drawing.title
    said = " ".join(texts(drawing.svg))
    assert shown.words("cascade.loss") in said
    assert shown.words("cascade.borne_by_others") in said
    assert shown.words("cascade.society") not in said
    assert shown.words("cascade.elsewhere") not in said


@pytest.mark.parametrize(("name", "key"), [("certain ladder", "less"), ("harmful ladder", "more")])
def test_the_titles_say_what_becomes_of_heavy_care(name, key):
    """How many people and person-years less, or more."""
    shown = tell(name)
    (shift,) = preventive_shifts(shown.valuation.model, shown.scenario.basis)
    heavy = [tier for tier in shift.tiers if tier.level >= 2]
    people = sum(tier.people[1] - tier.people[2] for tier in heavy)
    years = sum(float(tier.avoided.mean.sum()) for tier in heavy)
    for chart, amount, facts in (
        ("flow", people, {"year": 2027}), ("person_years", years, {"first": 2026, "last": 2027}),
    ):  # fmt: skip
        count = shown.numbers.number(abs(amount))
        said = shown.words(f"chart.{chart}_{key}", count=count, **facts)
        assert figures(name, "nl")[chart].title == said


def test_about_as_much_heavy_care_is_neither_less_nor_more():
    """Where the difference rounds to nothing."""
    shown = tell("certain ladder")
    said = care_figures._more_or_less(shown, care_figures.FLOW, -0.4, year=2027)
    assert said == shown.words("chart.flow_same", year=2027)
