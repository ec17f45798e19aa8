"""The PDF that people print: its pages and bookmarks, what a scenario may not do to it, and the
process that makes it. What holds for every report stands in `test_every_pdf`.
"""

import builtins
import contextlib
import ctypes.util
import datetime
import io
import re
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from meant import MEANT
from pages_read import told_everywhere
from pikepdf import pdfa
from printed import kept, printed
from tagged import Tagged, fonts
from valuations import example_page, page

from sroi.problems import Unusable
from sroi.report.pdf.opened import files_in
from sroi.report.pdf.pdf import NO_LIBRARIES, Attachment, Printer, by_name_alone, pdf
from sroi.report.told.told import Told

DAY = datetime.date(2026, 3, 1)
HERE = Path(__file__)
# what a scenario may try: to take a file along, to be markup or style, to be wider than a page, to
# be read from right to left, and to be in another font
ATTACH = "<link rel=attachment href=file:///etc/hostname>"
MARKUP = "</p></style><h1>kop</h1><img src=file:///etc/hostname><svg><image href='http://x/y'/>"
STYLE = "}*{display:none} @import url(file:///etc/hostname); @page{size:1cm}"
LONG = "woord" * 60
RIGHT_TO_LEFT = "\u200fאבג 100 €"
FONT = "@font-face { font-family: x; src: url(asset:SourceSans3-Regular.ttf) }"
EMOJI = "😀 👩\u200d👧"
TRIED = f"{ATTACH} {MARKUP} {STYLE} {LONG} {RIGHT_TO_LEFT} {EMOJI}"


@cache
def text(number: int) -> str:
    """What stands on a page of the example, as one copies it."""
    made = printed("voorbeeldstad-ouderen", "nl")
    return pypdf.PdfReader(io.BytesIO(made.content)).pages[number - 1].extract_text()


def told() -> Told:
    """The example, told."""
    return printed("voorbeeldstad-ouderen", "nl").filled["t"]


def bare(text: str) -> str:
    """Without what depends on where a line ends."""
    return re.sub(r"[\s-]+", "", text)


def test_bookmarks_lead_to_the_sections():
    """Under the title, every section once."""
    made = printed("voorbeeldstad-ouderen", "nl")
    with made.tagged.document.open_outline() as outline:
        (title,) = outline.root
        names = [bare(item.title) for item in title.children]
    assert title.title == told().say(told().scenario.title)
    for one in made.filled["sections"].values():
        if one.key != "summary":
            assert names.count(bare(one.number + one.title)) == 1


def test_pages_are_numbered_and_carry_the_title():
    """The title not on page 1, where it stands large already."""
    made = printed("voorbeeldstad-ouderen", "nl")
    last = len(made.tagged.pages)
    for number in (1, 2, last):
        assert f"{number} / {last}" in text(number)
        assert (bare(made.filled["running"]) in bare(text(number))) == (number > 1)


def test_a_table_over_several_pages_repeats_its_head():
    """Of the table of all assumptions, which is the longest."""
    words = told().words
    heads = [words(f"head.{name}") for name in ("assumption", "value", "because", "evidence")]
    tables = printed("voorbeeldstad-ouderen", "nl").tagged.tables
    assert [table[0] for table in tables].count(heads) >= 3


def test_the_contents_name_the_page_of_every_section():
    """The number beside a title is the page on which the heading stands."""
    sections = printed("voorbeeldstad-ouderen", "nl").filled["sections"]
    listed = text(1) + text(2)
    for name in ("by_payer", "prices", "limitations"):
        head = rf"{sections[name].number}\s+{re.escape(sections[name].title)}"
        (number,) = re.findall(rf"{head} (\d+)\n", listed)
        assert re.search(rf"{head}\n", text(int(number)))


@dataclass(frozen=True)
class Attacked:
    """The page of a scenario that tries everything everywhere, its PDF, and the complaints."""

    html: str
    content: bytes
    said: list[str]

    @property
    def words(self) -> str:
        """All that stands in it."""
        return bare("".join(Tagged(self.content).pages))


@pytest.fixture(scope="module")
def attacked() -> Attacked:
    """One scenario for all of it."""
    html = page(told_everywhere(TRIED), for_print=True)
    return Attacked(html, *kept(html))


def test_a_scenario_cannot_take_a_file_along(attacked):
    """Its words are printed, nothing is embedded, and nothing was asked for."""
    made = pikepdf.open(io.BytesIO(attacked.content))
    assert not made.attachments
    assert not any(
        "/EF" in thing for thing in made.objects if isinstance(thing, pikepdf.Dictionary)
    )
    assert bare(ATTACH) in attacked.words
    assert attacked.said == []


@pytest.mark.parametrize("tried", [MARKUP, STYLE], ids=["markup", "style"])
def test_markup_and_style_are_words(attacked, tried):
    """They stand there as they were written, under the one title of the page, on pages of A4."""
    assert bare(tried) in attacked.words
    tagged = Tagged(attacked.content)
    assert [role for role, _ in tagged.structure].count("H1") == 1
    assert {tuple(map(round, map(float, page.mediabox))) for page in tagged.document.pages} == {
        (0, 0, 595, 842)
    }


def test_a_long_word_stays_on_the_page(attacked):
    """Three hundred letters without a place to break, in full and within the margins."""
    assert LONG in attacked.words
    assert list(Tagged(attacked.content).outside()) == []


def test_what_the_font_lacks_is_marked(attacked):
    """A mark for each character, told by its number; nothing is read from right to left."""
    assert "□□□100€" in attacked.words
    assert "□□□" in attacked.words
    assert not re.search("[\u0590-\u05ff\u200e\u200f\U0001f000-\U0001ffff]", attacked.words)
    assert "U+05D0,U+05D1,U+05D2,U+1F467,U+1F469,U+1F600" in attacked.words
    tagged = Tagged(attacked.content)
    names = {str(font.FontName) for font in fonts(tagged.document)}
    assert {name.split("+")[1][:13] for name in names} == {"Source-Sans-3"}


def test_an_attacked_report_can_be_kept(attacked):
    """Whatever is in a text, it is PDF/A-3."""
    found = pdfa.validate_written(io.BytesIO(attacked.content), "3b").findings
    assert [one for one in map(str, found) if not any(meant in one for meant in MEANT)] == []


def test_only_what_is_handed_over_goes_along(monkeypatch):
    """A page that attaches something itself makes no PDF at all."""
    monkeypatch.setattr("sroi.report.pdf.pdf._fonts", lambda: {"asset:x": HERE})
    html = "<html lang=nl><title>x</title><link rel=attachment href='asset:x'><h1>x</h1>"
    with pytest.raises(ValueError, match="nobody asked for"):
        pdf(html)


def test_a_file_with_accents_is_listed_by_its_name():
    """And whatever looks a file up by its name finds each of them."""
    names = ["aé.csv", "b.csv", "één.csv", "z.csv"]
    content = pdf(
        "<title>-</title><p>x", [Attachment(x, "text/csv", "Data", x, b"1") for x in names]
    )
    assert sorted(files_in(content).files) == sorted(names)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert [name in document.attachments for name in names] == [True] * 4
        assert {str(file.F) for file in document.Root.AF} == set(names)


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
    assert not pikepdf.open(io.BytesIO(made)).attachments
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


def test_print_and_web_are_the_same_report():
    """The web page has more to it, but every heading and every cell is that of the print."""
    web, print_ = (
        re.findall(r"(?s)<(td|th|h[1-4])\b[^>]*>(.*?)</\1>", example_page("nl", for_print))
        for for_print in (False, True)
    )
    assert len(print_) > 500
    left = iter(web)
    assert [one for one in print_ if one not in left] == []


def test_a_process_of_its_own_prints_the_same():
    """A `Printer` makes the same bytes as `pdf` does here, with the same files in it."""
    html = "<!DOCTYPE html><html lang='nl'><title>Proef</title><h1>Proef</h1><p>Eén alinea.</p>"
    files = [Attachment("a.csv", "text/csv", "Data", "Één", bytes(range(256)))]
    with Printer() as printer:
        printer.lay_out(html)
        made = printer.pdf(files, DAY)
    assert made == pdf(html, files, DAY)
    assert files_in(made).files == {"a.csv": bytes(range(256))}


@pytest.mark.parametrize("stopped", [True, False], ids=["broken off", "done"])
def test_nothing_stays_behind(monkeypatch, tmp_path, stopped):
    """Neither the process nor the fonts that the renderer put among the temporary files."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with contextlib.suppress(KeyboardInterrupt), Printer() as printer:
        printer.lay_out(f"<title>-</title><style>{FONT}</style><p>Een")
        for _ in range(6000):
            if found := list(tmp_path.glob("*/weasyprint-*/*")):
                break
            time.sleep(0.01)
        assert found != []
        if stopped:
            raise KeyboardInterrupt
        printer.pdf()
    assert printer._process.poll() is not None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "error"), [(NO_LIBRARIES, Unusable), (1, RuntimeError)], ids=["no-pango", "a-mistake"]
)
def test_a_printer_that_fails_says_why(monkeypatch, tmp_path, code, error):
    """Missing libraries are told as such; anything else is a mistake of ours."""
    stand_in = tmp_path / "python"
    stand_in.write_text(f"#!/bin/sh\necho oeps >&2\nexit {code}\n", encoding="utf-8")
    stand_in.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(stand_in))
    with Printer() as printer:
        printer.lay_out("<p>x</p>" * 100_000)
        with pytest.raises(error):
            printer.pdf()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are searched for")
def test_no_compiler_is_asked_where_a_library_is():
    """While the renderer is loaded, and not afterwards."""
    search = ctypes.util.find_library
    with by_name_alone():
        assert ctypes.util.find_library("c") is None
    assert ctypes.util.find_library is search
