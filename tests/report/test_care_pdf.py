"""The PDF of a care ladder: its figures say what they show, and it is read in order.

That of the shipped example, with fewer draws and without its variants.
"""

import re
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pypdf
import pytest
from test_pdf import attribute, children, complaints, fonts, walk
from valuations import LIBRARY

from sroi import shipped
from sroi.analysis.valuation import value
from sroi.inputs.scenario_file import load
from sroi.report.care_json import care_json
from sroi.report.page import contents, rendered
from sroi.report.pdf import pdf

SHIFT = shipped.folder("scenarios") / "voorbeeldstad-kanteling.yaml"


@cache
def filled() -> dict[str, Any]:
    """What stands in the report."""
    return contents(value(load(SHIFT, library=LIBRARY).with_draws(512, 1)), "nl", {}, "sroi run x")


@cache
def made() -> tuple[bytes, list[str]]:
    """The PDF, and what the renderer complained of."""
    with complaints() as said:
        return pdf(rendered(filled(), for_print=True)), said


@cache
def document() -> pikepdf.Pdf:
    """That PDF, read."""
    return pikepdf.open(BytesIO(made()[0]))


@cache
def structure() -> list[tuple[str, pikepdf.Dictionary]]:
    """All elements, in the order of reading."""
    return list(walk(document().Root.StructTreeRoot))


@cache
def pages() -> list[str]:
    """The words of every page, as one copies them."""
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(made()[0])).pages]


def text() -> str:
    """Those of all pages, on one line."""
    return re.sub(r"\s+", " ", " ".join(pages()))


def charts() -> list[str]:
    """The titles of all charts on the page, in its order."""
    care, f = filled()["care"], filled()
    parts = [*care.ladders, care.budget, f["sensitivity"], f["information"], *f["without_price"]]
    titles = [chart["title"] for part in parts for chart in part.charts]
    return titles + [f["charts"][name]["title"] for name in ("years", "payers", "distribution")]


def test_every_figure_says_what_it_shows():
    """In the sentence that stands above it."""
    said = [str(element.get("/Alt", "")) for role, element in structure() if role == "Figure"]
    assert len(charts()) == 9
    assert sorted(set(said)) == sorted(charts())
    assert len(said) == len(charts())
    assert all(len(alt) > 20 for alt in said)


def test_headings_can_be_walked_through():
    """One title, no level is passed over, and the ladder has a head under its section."""
    heads = [(int(role[1]), element) for role, element in structure()
             if re.fullmatch("H[1-6]", role)]  # fmt: skip
    levels = [level for level, _ in heads]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert 3 in levels
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_sections_stand_in_the_order_of_the_contents():
    """First what it yields, then whom it needs, then the money, then what drives it."""
    with document().open_outline() as outline:
        names = [item.title for item in outline.root[0].children]
    words = filled()["w"]
    order = (
        "outcomes",
        "care_ladder",
        "enabling_conditions",
        "by_payer",
        "budget",
        "range",
        "sensitivity",
        "highest_price",
        "information",
        "reference_class",
        "without_euros",
    )
    places = [names.index(words(f"section.{name}")) for name in order]
    assert places == sorted(places)


def test_every_cell_knows_its_heads():
    """Also in the tables of tiers, rates and conditions."""
    heads = {str(element.ID) for role, element in structure() if role == "TH" and "/ID" in element}
    for role, element in structure():
        if role == "TD":
            named = attribute(element, "/Headers")
            assert named
            assert {str(name) for name in named} <= heads


def test_the_rows_of_a_table_are_equally_long():
    """Also of the rates, where most cells are empty."""
    for role, element in structure():
        if role == "Table":
            rows = [row for name, row in walk(element) if name == "TR"]
            widths = {sum(int(attribute(c, "/ColSpan") or 1) for c in children(r)) for r in rows}
            assert len(widths) == 1


def test_arrows_and_signs_are_in_our_font():
    """No other font is brought in for → or ±."""
    names = {str(font.FontName).split("+")[1][:13] for font in fonts(document())}
    assert names == {"Source-Sans-3"}
    assert {"→", "±", "−", "€"} <= set(text())


def test_the_renderer_has_nothing_to_complain_of():
    """What it would skip or guess is not in the template."""
    assert made()[1] == []


@pytest.mark.parametrize("key", ["budget", "cascade"])
def test_the_money_is_that_of_the_data(key):
    """The last row of the budget and the title of the cascade."""
    numbers, data = filled()["n"], care_json(filled()["t"].valuation)
    amounts = (
        [data["budget"][0]["by_year"][-1]["cumulative"]]
        if key == "budget"
        else [data["cascade"][name] for name in ("society", "cashable", "after_investment")]
    )
    for amount in amounts:
        assert numbers.money(amount).replace("\u00a0", " ") in text()


def test_the_total_of_a_table_does_not_stand_alone():
    """On a new page it has a row above it."""
    words = filled()["w"]
    for page in pages():
        lines = [line for line in page.split("\n") if line.strip()]
        for above, line in pairwise(lines):
            if line.startswith(f"{words('total')} €"):
                assert re.search(r"\d", above), (above, line)
