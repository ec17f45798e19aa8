"""The report of scenarios of every shape: nothing falls off a page, and no page is nearly empty.

Where the words of a drawing end is reckoned with our own font.
"""

import re
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest
import weasyprint
from chart_texts import boxes, drawings, on_one_another
from page_breaks import left_alone, single_rows
from printed import complaints
from shapes import SHAPES, filled, page
from tagged import Tagged

from sroi.report.figures.chart_tables import MOST_ROWS
from sroi.report.pdf.pdf import pdf

SVG = "{http://www.w3.org/2000/svg}"
POINT = 72 / 96  # of a pixel of the renderer
WIDTH, TOP, BOTTOM = 482, 56, 842 - 53  # points, within the margins of a page
LEAST_FULL = 0.5
LANG = "nl"
SLOW = ("forty outcomes and three ladders", "a hundred years")
PRINTED = [
    pytest.param(name, lang, marks=[pytest.mark.slow] * (name in SLOW))
    for name, lang in (
        ("no benefits", "en"), ("one long word", "nl"), ("forty outcomes and three ladders", "nl"),
    )
]  # fmt: skip
Made = tuple[list[Any], list[str], bytes]


@cache
def printed(name: str, lang: str) -> Made:
    """The pages of a report as the renderer lays them out, its complaints, and the PDF."""
    documents = []
    render = weasyprint.HTML.render

    def kept(self: Any, *args: Any, **options: Any) -> Any:
        documents.append(render(self, *args, **options))
        return documents[-1]

    with pytest.MonkeyPatch.context() as patch, complaints() as said:
        patch.setattr(weasyprint.HTML, "render", kept)
        made = pdf(page(name, lang))
    return documents[0].pages, said, made


def lowest(made: Any) -> float:
    """How far down the words and drawings of a page come, in points."""
    shown = [
        box for box in made._page_box.descendants()
        if getattr(box, "text", None) or type(box).__name__.endswith("ReplacedBox")
    ]  # fmt: skip
    ends = [(box.position_y + box.height) * POINT for box in shown]
    return max(end for end in ends if end < BOTTOM + 1)


@pytest.mark.parametrize(("name", "lang"), PRINTED)
def test_nothing_falls_off_the_page(name, lang):
    """All words stand between the margins, also those of the charts."""
    assert list(Tagged(printed(name, lang)[2]).outside()) == []


@pytest.mark.parametrize(("name", "lang"), PRINTED)
def test_no_page_is_nearly_empty(name, lang):
    """But for the last one, and page 1, which stands by itself."""
    full = [(lowest(made) - TOP) / (BOTTOM - TOP) for made in printed(name, lang)[0][1:-1]]
    assert [round(share, 2) for share in full if share < LEAST_FULL] == []


@pytest.mark.parametrize(("name", "lang"), PRINTED)
def test_no_heading_and_no_row_is_left_alone(name, lang):
    """At the foot of a page or at the top of the next."""
    tagged = Tagged(printed(name, lang)[2])
    assert [*left_alone(tagged), *single_rows(tagged)] == []


@pytest.mark.parametrize(("name", "lang"), PRINTED)
def test_the_renderer_has_nothing_to_complain_of(name, lang):
    """Of no shape."""
    assert printed(name, lang)[1] == []


@pytest.mark.parametrize(("name", "lang"), PRINTED[:1])
def test_a_drawing_is_read_aloud_with_its_numbers(name, lang):
    """Its title, and then the description that a web page keeps apart."""
    tagged = Tagged(printed(name, lang)[2])
    said = {str(element.Alt) for role, element in tagged.structure if role == "Figure"}
    for drawing in drawings(filled(name, lang)):
        description = ElementTree.fromstring(drawing.svg)[1].text
        assert f"{drawing.title}. {description}" in said


QUICK = [name for name in SHAPES if name not in SLOW]
ALL = [*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)]


@pytest.mark.parametrize("name", ALL)
def test_a_chart_fits_on_a_page_and_its_words_within_the_chart(name):
    """Whatever the names and the number of bars are."""
    for drawing in drawings(filled(name, LANG)):
        root = ElementTree.fromstring(drawing.svg)
        _, _, wide, high = map(float, root.get("viewBox", "").split())
        assert high * WIDTH / wide <= 0.8 * (BOTTOM - TOP)
        for box in boxes(drawing.svg):
            if not box.upright:
                assert box.left >= -1
                assert box.right <= wide + 1


@pytest.mark.parametrize("name", ALL)
def test_no_text_of_a_chart_stands_on_another(name):
    """Labels, figures, legends and what stands along the axes."""
    for drawing in drawings(filled(name, LANG)):
        assert list(on_one_another(drawing.svg)) == []


@pytest.mark.parametrize("name", ALL)
def test_every_chart_says_in_words_what_it_shows(name):
    """A title, and its main numbers in a description."""
    for drawing in drawings(filled(name, LANG)):
        title, description = ElementTree.fromstring(drawing.svg)[:2]
        assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
        assert title.text == drawing.title
        assert re.search(r"\d", description.text or "")
        assert "{" not in drawing.title


@pytest.mark.parametrize("name", ALL)
def test_the_numbers_of_every_chart_are_in_a_table(name):
    """Beside it for two of them, and in the appendix for all others; twelve rows at the most."""
    shown = filled(name, LANG)["chart_tables"]
    without = {drawing.title for drawing in drawings(filled(name, LANG))} - {
        part.head for part in shown
    }
    pair = (filled(name, LANG)["charts"][key] for key in ("years", "payers"))
    beside = {drawing.title for drawing in pair if drawing}
    assert without <= beside
    for part in shown:
        for table in part.tables:
            assert 1 <= len(table.rows) <= MOST_ROWS
            assert {len(row) for row in table.rows} == {len(table.heads)}


@pytest.mark.parametrize("name", [pytest.param("a hundred years", marks=pytest.mark.slow)])
def test_a_table_by_year_is_short_over_a_hundred_years(name):
    """Ten years by themselves, and then ten at a time."""
    table = filled(name, LANG)["tables"]["by_year"]
    assert len(table.rows) == 10 + 9
    assert table.rows[10][0] == "2036–2045"
