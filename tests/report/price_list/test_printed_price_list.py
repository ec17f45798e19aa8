"""The price list to print: every price in it, those that were withdrawn apart."""

import io
import re
import time

import pypdf
import pytest
from reviews import library_in
from valuations import LIBRARY

from sroi.inputs.library.library import Review, read_library
from sroi.report.pdf.pdf import pdf
from sroi.report.price_list.price_list import found
from sroi.report.price_list.printed import MOST_ROWS, printed
from sroi.report.words.words import Words

LANGS = pytest.mark.parametrize("lang", ["nl", "en"])
ENTRIES = list(found(LIBRARY, None, None, None))


def bodies(page: str, kind: str) -> str:
    """The tables of one kind."""
    return "".join(re.findall(rf'<table class="{kind}">.*?</table>', page, re.DOTALL))


@LANGS
def test_every_price_stands_in_it_once(lang):
    """By theme, with its source; what was withdrawn stands apart."""
    page = printed(ENTRIES, LIBRARY, lang, for_print=False)
    current, gone = bodies(page, "list"), bodies(page, "gone")
    for _, proxy in ENTRIES:
        withdrawn = proxy.review.status == "withdrawn"
        assert current.count(f"({proxy.id})</th>") == (not withdrawn)
        assert gone.count(f"({proxy.id})</th>") == withdrawn
    for key in {proxy.source.key for _, proxy in ENTRIES}:
        assert f'<li id="source-{key}">' in page
        assert f"<strong>{key}</strong>" in page
    for theme in {theme for theme, proxy in ENTRIES if proxy.review.status != "withdrawn"}:
        name = LIBRARY.themes[theme].name.in_(lang)
        assert f"<h2>{name.replace('&', '&amp;')}</h2>" in page


def test_what_was_withdrawn_says_why(tmp_path):
    """And by whom."""
    library = read_library(library_in(tmp_path / "proxies"))
    review = {"status": "withdrawn", "by": "A. <b>", "on": "2026-03-01", "note": "Telt dubbel."}
    library.proxies["uur"].__dict__["review"] = Review.model_validate(review)
    entries = [(theme, library.proxies[proxy.id]) for theme, proxy in
               found(library, None, None, None)]  # fmt: skip
    page = printed(entries, library, "nl", for_print=False)
    assert "Telt dubbel. (A. &lt;b&gt;, 1 maart 2026)" in bodies(page, "gone")
    assert "(uur)" not in bodies(page, "list")
    assert "€\u00a042,00, 2024" in bodies(page, "list")
    assert "€\u00a075,60 – €\u00a0111,60, 2024" in bodies(page, "list")


def test_without_withdrawn_prices_there_is_no_table_for_them():
    entries = [(theme, proxy) for theme, proxy in ENTRIES if proxy.review.status == "draft"]
    assert bodies(printed(entries, LIBRARY, "nl", for_print=False), "gone") == ""


def test_a_table_never_grows_too_long():
    """A theme with many prices has several."""
    many = [("ziekenhuis", LIBRARY.proxies["seh-bezoek"])] * (MOST_ROWS + 1)
    page = printed(many, LIBRARY, "nl", for_print=False)
    assert page.count('<table class="list">') == 2
    assert page.count("<h2>") == 2


@LANGS
def test_the_page_refers_to_nothing_elsewhere(lang):
    """It carries its fonts, and holds no script."""
    page = printed(ENTRIES, LIBRARY, lang, for_print=False)
    assert "<script" not in page
    assert not re.search(r'src="http|<link', page)
    assert set(re.findall(r'<(\w+) href="http', page)) == {"a"}
    assert set(re.findall(r"url\((\w+)", page)) == {"data"}


def test_the_pdf_is_made_in_time():
    """Within half a minute, and it can be read by a program that reads aloud."""
    begin = time.monotonic()
    made = pdf(printed(ENTRIES, LIBRARY, "nl", for_print=True))
    assert time.monotonic() - begin < 60  # on a busy machine; 10 on a quiet one
    reader = pypdf.PdfReader(io.BytesIO(made))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = "".join(page.extract_text() for page in reader.pages)
    assert Words("nl")("printed.title") in text
    assert "seh-bezoek" in text
