"""The look of a report: whose colour, whose name, and that charts stay readable in any of them."""

import io
import json
import re
from functools import cache

import pytest
from PIL import Image
from printed import complaints
from valuations import COMMAND, RANGE, example, example_variants, small, valued

from sroi.inputs.brand.brand import Brand
from sroi.inputs.brand.colour import ENOUGH, contrast, dark_enough
from sroi.inputs.text.nouns import Text
from sroi.report.charts import charts
from sroi.report.charts.chart import Named, Payers
from sroi.report.charts.look import ACCENT, HOUSE, TINT, Look, as_data, look_in, look_of
from sroi.report.pages.page import contents, rendered
from sroi.report.pdf.evidence import asked_in
from sroi.report.pdf.pdf import pdf
from sroi.report.words.numbers import Numbers

PURPLE = "#7a1f5c"
# the lightest that are let in, of every hue
HUES = ("#ffff00", "#00ff00", "#00ffff", "#8888ff", "#ff00ff", "#ff8888", "#ff8800", "#ffffff")
PALEST = [dark_enough(colour) for colour in HUES]


def png() -> bytes:
    """A small logo."""
    stream = io.BytesIO()
    Image.new("RGB", (300, 100), "purple").save(stream, "PNG")
    return stream.getvalue()


def brand(**changes: object) -> Brand:
    """An organisation with a name, a colour and a logo."""
    stated = {"name": Text(nl="Voorbeeldwelzijn", en="Example"), "accent": PURPLE, "logo": png()}
    return Brand(**(stated | changes))


@cache
def branded(lang: str = "nl", for_print: bool = True) -> str:
    """The report of the example in the look of that organisation."""
    filled = contents(example(), lang, example_variants(), COMMAND)
    return rendered(filled | {"look": look_of(brand(), lang)}, for_print)


def test_without_a_brand_it_is_the_house():
    assert look_of(None, "nl") is HOUSE
    assert HOUSE.painted(f'<path fill="{ACCENT}"/>') == f'<path fill="{ACCENT}"/>'


def test_a_brand_may_have_a_name_only():
    look = look_of(brand(accent="", logo=b""), "en")
    assert (look.accent, look.tint, look.name) == (ACCENT, TINT, "Example")


def test_the_tint_is_as_light_as_that_of_the_house():
    """The house's own accent would give the house's own tint, but for a rounding."""
    assert look_of(brand(accent=ACCENT), "nl").tint == "#eef4f5"
    for accent in PALEST:
        assert contrast("#1f2933", look_of(brand(accent=accent), "nl").tint) > 10


def test_only_elements_are_painted():
    """A label that names a colour keeps its words."""
    look = look_of(brand(), "nl")
    shape = f'<path fill="{ACCENT}" stroke="{TINT}"/>'
    drawing = f'<svg><title id="{ACCENT}x">"{ACCENT}"</title>{shape}</svg>'
    painted = look.painted(drawing)
    assert f'>"{ACCENT}"<' in painted
    assert f'fill="{PURPLE}" stroke="{look.tint}"' in painted
    assert f'id="{ACCENT}x"' in painted


@pytest.mark.parametrize("for_print", [True, False])
def test_nothing_of_a_branded_report_is_in_the_house_colour(for_print):
    """But for the two values that its own colours replace."""
    page = branded(for_print=for_print)
    own = page.replace(f"--accent: {ACCENT}; --tint: {TINT};", "", 1)
    assert ACCENT not in own
    assert TINT not in own
    assert page.count(f'"{PURPLE}"') > 20
    assert f"--accent: {PURPLE}" in page


def test_the_logo_stands_on_the_first_page_with_a_text():
    assert re.search(
        r'<img src="data:image/png;base64,[\w+/=]+" alt="Voorbeeldwelzijn">', branded()
    )
    assert branded().count("<img") == 1


def test_without_a_logo_the_name_is_printed():
    filled = contents(example(), "nl", {}, COMMAND) | {"look": Look(name="A <b> & c")}
    page = rendered(filled, for_print=True)
    assert '<p class="brand">A &lt;b&gt; &amp; c</p>' in page


def test_a_name_does_not_break_out_of_the_style():
    """At the foot of the pages it is a text, whatever signs are in it."""
    hostile = '"; } body { display: none } </style><script>'
    filled = contents(example(), "nl", {}, COMMAND) | {"look": Look(name=hostile)}
    page = rendered(filled, for_print=True)
    assert hostile not in page
    assert "<script" not in page


def test_the_pdf_of_a_brand_can_be_read_aloud():
    """The renderer has nothing to complain of, and the logo says whose it is.

    Of the page that carries them, as two PDFs are made: the others are no other in their look.
    """
    filled = contents(valued(small(outcomes__rate=RANGE)), "nl", {}, COMMAND)
    page = rendered(filled | {"look": look_of(brand(), "nl"), "summary_only": True}, for_print=True)
    with complaints() as said:
        made = pdf(page)
    assert said == []
    import pikepdf

    opened = pikepdf.open(io.BytesIO(made))
    alts = [str(one.get("/Alt")) for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]  # fmt: skip
    assert "Voorbeeldwelzijn" in alts
    assert made == pdf(page)


def test_a_look_travels_as_data():
    """So that a report can be made again; the picture is drawn anew each time."""
    look = look_of(brand(), "nl")
    assert look_in(json.loads(json.dumps(as_data(look)))) == look
    assert as_data(HOUSE) == {}
    assert look_in({}) is HOUSE
    plain = look_of(brand(accent="", logo=b""), "nl")
    assert look_in(as_data(plain)) == plain


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""}, {"name": "a" * 81}, {"name": 3}, {"accent": "red"}, {"accent": "#ffffff"},
        {"accent": None}, {"accent": "#000;} *{"}, {"logo": "AAAA"}, {"logo": "%%"}, {"logo": 7},
    ],
)  # fmt: skip
def test_a_look_from_somebody_else_is_trusted_no_more_than_a_file(changes):
    """It comes out of a PDF that anybody can have made."""
    asked = {"lang": "nl", "command": "x", "variant": "", "summary_only": False, "version": "0.1.0"}
    with pytest.raises((ValueError, TypeError)):
        asked_in(asked | {"look": as_data(look_of(brand(), "nl")) | changes})


@pytest.mark.parametrize("accent", [ACCENT, *PALEST])
def test_the_colours_of_charts_stay_apart_in_grey(accent):
    """Hard, soft and what cannot be booked are dark, middle and light, and a loss is no gain.
    Measured as contrast, which knows no colour."""
    assert contrast(accent) >= ENOUGH
    assert contrast(accent, charts.SOFT) > 1.9
    assert contrast(charts.SOFT, charts.LIGHT) > 1.5
    assert contrast(accent, charts.LIGHT) > 3
    assert contrast(accent, charts.LOSS) > 1.7


def test_the_bars_of_payers_have_those_colours():
    """With an edge that can be seen where the bar itself is light."""
    numbers = Numbers("nl")
    legend = ("hard", "zacht", "PM", "investering")
    head, parts = Named("payers", "Wie"), [[3e4, 2e4, 1e4]]
    drawn = charts.payers(Payers(head, ["A"], parts, [5e3], numbers, legend, "x"))
    bars = re.findall(r'fill="(#\w{6})" stroke="(#\w{6})"', drawn)
    assert {
        (ACCENT, charts.GREY),
        (charts.SOFT, charts.SECOND),
        (charts.LIGHT, charts.GREY),
    } <= set(bars)
    assert all(contrast(edge) > 3 for edge in (charts.GREY, charts.SECOND))
