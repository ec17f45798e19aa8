"""The report for a council: never more than eight pages, and nothing that the whole has not."""

import io
import re
from functools import cache
from typing import Any

import pikepdf
import pytest
from printed import complaints
from shapes import NAME, forty_and_three, valuation
from valuations import LIBRARY, example, valued

from sroi.report.pages.page import rendered
from sroi.report.pages.short import MOST_LINES, MOST_ROWS, SHOWN
from sroi.report.pdf.evidence import Asked
from sroi.report.pdf.pdf import pdf
from sroi.report.word.word import docx

MOST_PAGES = 8
# shapes that lack something; of the others there is more, which does not take a chapter away
WITHOUT = [
    "one outcome", "no uncertainty", "harm", "no benefits", "no investment", "only a ladder",
]  # fmt: skip


def everything() -> dict[str, Any]:
    """A scenario with as much as fits of all that the short form shows, in long words."""
    scenario = forty_and_three()
    long = {"nl": NAME * 3, "en": NAME * 3}
    scenario |= {"limitations": [long] * 50, "conditions": [long] * 50}
    scenario["enabling_conditions"] = [
        {"id": f"voorwaarde-{number}", "what": long, "who": long, "action": long,
         "criticality": "50%", "moves_along": {"chance": "50%", "because": "Schatting."}}
        for number in range(20)
    ]  # fmt: skip
    for ladder in scenario["care_ladder"]:
        ladder["intervention"]["reference"] = "ideal"
    first = scenario["basis"]["first_year"]
    years = {str(year): "2%" for year in range(2026, int(first) + int(scenario["basis"]["years"]))}
    series = [key for key, one in LIBRARY.indices.items() if 2025 in one.factors]
    scenario["indices"] = {key: years | {"because": "Raming."} for key in series}
    for outcome in scenario["outcomes"]:
        outcome["what"] = long
    return scenario


@cache
def made(name: str, lang: str = "nl", short: bool = True) -> dict[str, Any]:
    """What stands in the short form of a shape, or in the whole report."""
    of = {"everything": lambda: valued(everything()), "example": example}
    found = of[name]() if name in of else valuation(name)
    return Asked(lang, "sroi run scenario.yaml", short=short).filled(found, {})


@pytest.mark.parametrize("name", ["everything", "one long word"])
def test_it_has_at_most_eight_pages(name):
    """And the renderer has nothing to complain of: no link leads nowhere.

    Those of the shipped scenarios are counted by `test_every_pdf`.
    """
    with complaints() as said:
        content = pdf(rendered(made(name), for_print=True))
    assert len(pikepdf.open(io.BytesIO(content)).pages) <= MOST_PAGES
    assert said == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_chapter_has_the_number_and_the_words_of_the_whole(lang):
    whole = rendered(made("example", lang, short=False), for_print=True)
    page = rendered(made("example", lang), for_print=True)
    heads = re.findall(r'<h2><span class="number">(\d+)</span> (.*?)</h2>', page)
    assert len(heads) == len(SHOWN)
    assert set(heads) <= set(re.findall(r'<h2><span class="number">(\d+)</span> (.*?)</h2>', whole))
    figures = re.findall(r'class="figure">([^<]*\d[^<]*)<', page)
    assert len(figures) > 40
    assert set(figures) <= set(re.findall(r'class="figure">([^<]*\d[^<]*)<', whole))


def test_page_1_is_that_of_the_whole():
    first = [
        rendered(made("example", short=short), for_print=True).partition("</section>")[0]
        for short in (True, False)
    ]
    assert first[0] == first[1]


def test_a_summary_draws_no_chart(monkeypatch):
    """None stands in it, and it has no glossary for which the whole would be looked through."""
    drawn = []
    monkeypatch.setattr("sroi.report.charts.easel._here", lambda chart: drawn.append(chart) or "")
    asked = Asked("nl", "sroi run scenario.yaml", summary_only=True)
    page = rendered(asked.filled(valuation("one outcome"), {}), for_print=True)
    assert "<svg" not in page
    assert drawn == []


def test_the_whole_report_is_named_as_the_source():
    filled = made("example")
    about = " ".join(filled["short"].about)
    assert "sroi report voorbeeldstad-ouderen.yaml" in about
    assert example().loaded.inputs_sha256 in about
    for key, one in filled["sections"].items():
        if one.number.isdecimal() and key not in (*SHOWN, "summary"):
            assert f"{one.number} {one.title}" in about


def test_what_is_cut_is_counted():
    chapters = dict(made("everything")["short"].chapters)
    (effects,) = chapters["effects"].tables
    assert len(effects.rows) == MOST_ROWS
    count = len(made("everything")["tables"]["effects"].rows) - MOST_ROWS
    assert f"… en nog {count} in het volledige rapport." in chapters["effects"].after
    left_out = f"… en nog {50 - MOST_LINES} in het volledige rapport."
    assert left_out in chapters["limitations"].sentences


def test_it_has_the_sources_that_it_names_and_says_where_the_others_are():
    """With the numbers that they have in the whole report."""
    filled, whole = made("example"), made("example", short=False)
    page = rendered(filled, for_print=True)
    of_whole = {one.key: one.label for one in whole["sources"]}
    shown = {one.key: one.label for one in filled["sources"]}
    assert shown.items() <= of_whole.items()
    assert 0 < len(shown) <= MOST_ROWS
    named = {key for key, label in of_whole.items() if label in str(filled["short"].chapters)}
    assert named <= set(shown) or len(shown) == MOST_ROWS
    assert f"… en nog {len(of_whole) - len(shown)} in het volledige rapport." in page
    assert not any(one.note or one.places for one in filled["sources"])


def test_no_link_leads_nowhere():
    """On the web and in Word."""
    page = rendered(made("example"), for_print=False)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))
    filled = made("example")
    assert docx(page, filled["running"], filled["look"])


@pytest.mark.parametrize("name", WITHOUT)
def test_every_shape_has_one(name):
    """Also where there is no investment, no ladder, or no benefit."""
    assert rendered(made(name), for_print=True).count("<h2><span") == len(SHOWN) + 1
