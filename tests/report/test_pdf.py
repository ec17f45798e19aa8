"""The PDF that people print and read aloud: tagged as PDF/UA-1 asks, in our own font, from the page
and from nothing else.

These are properties that a change of the template can break; they are not a validator.
"""

import builtins
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pypdf
import pytest
from models_in_memory import Record
from valuations import example_page, example_results, example_told, page, small

from sroi.problems import Unusable
from sroi.report.numbers import Numbers
from sroi.report.pdf import NO_LIBRARIES, Printer, pdf

PAINTS = {"Tj", "TJ", "Do", "f", "F", "f*", "S", "s", "B", "b", "B*", "b*", "sh"}
ATTACH = "<link rel=attachment href=file:///etc/hostname>"


class Complaints(logging.Handler):
    """What the renderer logs while something is made."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def complaints() -> Iterator[list[str]]:
    """What the renderer complains of meanwhile."""
    handler, logger = Complaints(), logging.getLogger("weasyprint")
    logger.addHandler(handler)
    yield handler.said
    logger.removeHandler(handler)


@cache
def example_pdf() -> tuple[bytes, list[str]]:
    """The report of the example, and the complaints."""
    with complaints() as said:
        return pdf(example_page("nl", for_print=True)), said


@cache
def document() -> pikepdf.Pdf:
    """The report of the example."""
    return pikepdf.open(BytesIO(example_pdf()[0]))


@cache
def pages() -> list[str]:
    """The text of every page, as one copies it."""
    return [page_.extract_text() for page_ in pypdf.PdfReader(BytesIO(example_pdf()[0])).pages]


def children(element: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    """The elements of the structure right under one of them."""
    kids = element.get("/K", [])
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def walk(element: pikepdf.Dictionary) -> Iterator[tuple[str, pikepdf.Dictionary]]:
    """Every element under one, by the name of its role, in the order of reading."""
    for child in children(element):
        yield str(child.S).removeprefix("/"), child
        yield from walk(child)


@cache
def structure() -> list[tuple[str, pikepdf.Dictionary]]:
    """All elements of the report."""
    return list(walk(document().Root.StructTreeRoot))


def attribute(element: pikepdf.Dictionary, name: str) -> object:
    """An attribute of an element, from whichever of its attribute objects."""
    stated = element.get("/A", [])
    stated = [stated] if isinstance(stated, pikepdf.Dictionary) else list(stated)
    return next((one[name] for one in stated if name in one), None)


def fonts(of: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """The descriptors of all fonts."""
    return [
        found
        for found in of.objects
        if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/FontDescriptor"
    ]


def test_the_document_says_what_it_is():
    """Tagged, in a language, with its title in the bar and the claim of PDF/UA-1."""
    root = document().Root
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == "nl"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    about = root.Metadata.read_bytes().decode()
    assert re.search(r'pdfuaid:part(="|>)1', about)
    assert example_told().say(example_told().scenario.title) in about


def test_headings_can_be_walked_through():
    """One title, and no level is passed over."""
    levels = [int(role[1]) for role, _ in structure() if re.fullmatch("H[1-6]", role)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_figure_says_what_it_shows():
    """In the sentence that stands above it."""
    said = [str(element.get("/Alt", "")) for role, element in structure() if role == "Figure"]
    assert len(said) == 8
    assert all(len(alt) > 20 for alt in said)


def test_every_cell_knows_its_heads():
    """A head has a name, and a cell says which heads it stands under."""
    heads = {str(element.ID) for role, element in structure() if role == "TH" and "/ID" in element}
    assert len(heads) > 100
    for role, element in structure():
        if role == "TH":
            assert "/ID" in element or attribute(element, "/Scope")
        if role == "TD":
            named = attribute(element, "/Headers")
            assert named
            assert {str(name) for name in named} <= heads


def test_lists_and_tables_are_well_formed():
    """Rows within tables, items within lists."""
    allowed = {"Table": {"THead", "TBody", "TFoot", "TR", "Caption"}, "L": {"L", "LI", "Caption"},
               "TBody": {"TR"}, "THead": {"TR"}, "TR": {"TH", "TD"}}  # fmt: skip
    for role, element in structure():
        if role in allowed:
            assert {str(child.S)[1:] for child in children(element)} <= allowed[role]


def test_the_rows_of_a_table_are_equally_long():
    """Also where a head spans all columns."""
    for role, element in structure():
        if role == "Table":
            rows = [row for name, row in walk(element) if name == "TR"]
            widths = {sum(int(attribute(c, "/ColSpan") or 1) for c in children(r)) for r in rows}
            assert len(widths) == 1


def test_every_page_can_be_read_in_order():
    """All that is painted belongs to the structure or is named as decoration."""
    for page_ in document().pages:
        assert page_.obj.Tabs == "/S"
        assert "/StructParents" in page_.obj
        depth = 0
        for instruction in pikepdf.parse_content_stream(page_):
            name = str(instruction.operator)
            depth += (name in ("BDC", "BMC")) - (name == "EMC")
            assert depth > 0 or name not in PAINTS
        assert depth == 0


def test_links_have_a_text():
    """Those of the contents."""
    links = [
        note for page_ in document().pages for note in page_.obj.get("/Annots", [])
        if note.Subtype == "/Link"
    ]  # fmt: skip
    assert len(links) >= 15
    assert all(str(note.get("/Contents", "")) and "/StructParent" in note for note in links)


def test_every_font_is_ours_and_in_the_file():
    """A character that our font does not have would bring in another one."""
    found = fonts(document())
    assert {str(font.FontName).split("+")[1].rstrip(",")[:13] for font in found} == {
        "Source-Sans-3"
    }
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in found)


def test_bookmarks_lead_to_the_sections():
    """Under the title, every section once."""
    with document().open_outline() as outline:
        (title,) = outline.root
        names = [item.title for item in title.children]
    words = example_told().words
    assert title.title == example_told().say(example_told().scenario.title)
    assert [names.count(words(f"section.{key}")) for key in ("by_payer", "prices", "method")] == [
        1
    ] * 3


def test_pages_are_numbered_and_carry_the_title():
    """The title not on page 1, where it stands large already."""
    running = example_told().words(
        "page.running", title=example_told().say(example_told().scenario.title)
    )
    for number, text in enumerate(pages(), 1):
        assert f"{number} / {len(pages())}" in text
        assert (running in text) == (number > 1)


def test_a_table_over_several_pages_repeats_its_head():
    """Of the table of all assumptions, which is the longest."""
    told = example_told()
    head = " ".join(told.words(f"head.{n}") for n in ("assumption", "value", "because", "evidence"))
    assert sum(head in text.replace("\n", " ") for text in pages()) >= 3


def test_page_1_has_the_numbers_of_the_results():
    """As text that can be searched, with the signs that it was written with."""
    results, numbers = example_results(), Numbers("nl")
    text = re.sub(r"\s+", " ", pages()[0])
    for amount in (results["expected"]["net_present_value"],
                   results["range"]["net_present_value"]["p5"]):  # fmt: skip
        assert numbers.money(amount).replace("\u00a0", " ") in text
    error = results["expected"]["standard_error"]["sroi_ratio"]
    assert numbers.ratio(results["expected"]["sroi_ratio"], error) in text
    assert numbers.chance(results["probability"]["benefits_exceed_investment"]) in text


def test_the_contents_name_the_page_of_every_section():
    """The number before a title is the page on which the heading stands."""
    told = example_told()
    listed = next(text for text in pages() if told.words("page.contents") in text.split("\n"))
    for name in ("by_payer", "assumptions", "fingerprint"):
        title = told.words(f"section.{name}")
        (number,) = re.findall(rf"(\d+)\s*{re.escape(title)}\n", listed)
        assert title in pages()[int(number) - 1].split("\n")


def test_hyphens_can_be_searched_for():
    """No other sign that looks like one gets into the text."""
    assert not re.search("[\u2010\u2011\u00ad]", "".join(pages()))


@pytest.fixture(scope="module")
def attacked() -> tuple[bytes, bytes, list[str]]:
    """A scenario that tries to take a file along, made twice, and the complaints."""
    scenario: Record = small() | {"title": ATTACH, "null_alternative": ATTACH}
    scenario["outcomes"][0]["what"] = ATTACH
    content = page(scenario, for_print=True)
    with complaints() as said:
        return pdf(content), pdf(content), said


def test_a_scenario_cannot_take_a_file_along(attacked):
    """Its words are printed, and nothing is embedded."""
    made = pikepdf.open(BytesIO(attacked[0]))
    assert not made.attachments
    assert not any(
        "/EF" in thing for thing in made.objects if isinstance(thing, pikepdf.Dictionary)
    )
    words = pypdf.PdfReader(BytesIO(attacked[0])).pages[0].extract_text()
    assert ATTACH in words.replace("/\n", "/")


def test_the_same_page_gives_the_same_bytes(attacked):
    """No hour and no random name gets into the file."""
    assert attacked[0] == attacked[1]


def test_the_renderer_has_nothing_to_complain_of(attacked):
    """What it would skip or guess is not in the template."""
    assert (example_pdf()[1], attacked[2]) == ([], [])


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "http://127.0.0.1:9/x", "asset:../report.css", "asset:unknown.ttf",
     "/etc/hostname", "data:text/plain,x"],
)  # fmt: skip
def test_no_address_is_fetched_but_that_of_a_font(address, caplog):
    """Whatever it is asked for as: an attachment, a style or an image."""
    elements = (
        f'<link rel=attachment href="{address}">',
        f'<link rel=stylesheet href="{address}">',
    )
    made = pdf(f'<html lang=nl><title>x</title>{"".join(elements)}<h1>x</h1><img src="{address}">')
    assert not pikepdf.open(BytesIO(made)).attachments
    assert len(caplog.records) >= 3


def test_without_its_libraries_the_pdf_is_refused_in_words(monkeypatch, capsys):
    """The page can still be had as HTML; a banner on the way does not get into the results."""

    def missing(name: str, *rest: Any) -> Any:
        if name.startswith("weasyprint"):
            print("a banner")
            raise OSError("cannot load library")
        return found(name, *rest)

    found = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(Unusable) as caught:
        pdf("<html></html>")
    assert [problem.code for problem in caught.value.problems] == ["pdf-libraries-missing"]
    assert capsys.readouterr().out == ""


def test_the_page_for_print_differs_only_in_its_fonts():
    """So that both are the same report."""
    plain = [
        re.sub(r"url\((asset:|data:font)[^)]*\)", "url()", example_page("nl", for_print))
        for for_print in (False, True)
    ]
    assert plain[0] == plain[1]


def test_a_process_of_its_own_prints_the_same():
    """A `Printer` makes the same bytes as `pdf` does here."""
    html = "<!DOCTYPE html><html lang='nl'><title>Proef</title><h1>Proef</h1><p>Eén alinea.</p>"
    with Printer() as printer:
        made = printer.pdf(html)
    assert made == pdf(html)


def test_nothing_stays_behind_when_the_work_is_broken_off():
    """The process is gone, whatever stopped the work."""
    with pytest.raises(KeyboardInterrupt), Printer() as printer:
        raise KeyboardInterrupt
    assert printer._process.poll() is not None


@pytest.mark.parametrize(
    ("code", "error"), [(NO_LIBRARIES, Unusable), (1, RuntimeError)], ids=["no-pango", "a-mistake"]
)
def test_a_printer_that_fails_says_why(monkeypatch, tmp_path, code, error):
    """Missing libraries are told as such; anything else is a mistake of ours."""
    stand_in = tmp_path / "python"
    stand_in.write_text(f"#!/bin/sh\necho oeps >&2\nexit {code}\n", encoding="utf-8")
    stand_in.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(stand_in))
    with Printer() as printer, pytest.raises(error):
        printer.pdf("<p>x</p>")
