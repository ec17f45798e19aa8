"""The sources of a report: sorted, labelled, linked, and never taken for HTML."""

import re
import string
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from valuations import LIBRARY, example, small, valued

from sroi import shipped
from sroi.inputs.library.library import Source
from sroi.inputs.text.nouns import Reference
from sroi.report.told.bibliography import (
    BEGIN,
    END,
    STYLE,
    Entry,
    Piece,
    address,
    bibliography,
    linked,
    note,
    used,
)
from sroi.report.told.told import told

LANGS = pytest.mark.parametrize("lang", ["nl", "en"])
ARTICLE = {
    "id": "artikel",
    "type": "article-journal",
    "title": "Over de buurt",
    "author": [{"family": "Jansen", "given": "Anna"}, {"family": "de Vries", "given": "Bo"}],
    "container-title": "Tijdschrift",
    "volume": "12",
    "issue": "3",
    "page": "4-9",
    "issued": {"date-parts": [["2020"]]},
    "DOI": "https://doi.org/10.1234/abc",
}
RAPPORT = {
    "id": "rapport",
    "type": "report",
    "title": "Wat werkt?",
    "publisher": "Adviesbureau & Zn.",
    "issued": {"date-parts": [["2021", "3", "9"]]},
    "URL": "https://example.org/rapport",
}
BERICHT = {
    "id": "bericht",
    "type": "article-newspaper",
    "title": "Buurt spaart geld",
    "container-title": "Dagblad",
}
KAAL = {"id": "kaal", "type": "document", "title": "Zonder iets"}
CIJFERS = {
    "id": "cijfers",
    "type": "dataset",
    "title": "Aantallen",
    "author": [{"literal": "Zorgbureau"}],
    "publisher": "Uitgever",
    "URL": "https://example.org/cijfers",
}
WRITTEN = {
    "nl": {
        "artikel": "Jansen, A., & de Vries, B. (2020). Over de buurt. Tijdschrift, 12(3), 4-9. "
        "https://doi.org/10.1234/abc",
        "rapport": "Adviesbureau & Zn. (2021, 9 maart). Wat werkt? https://example.org/rapport",
        "bericht": "Dagblad. (z.d.). Buurt spaart geld",
        "kaal": "Zonder iets. (z.d.)",
        "cijfers": "Zorgbureau. (z.d.). Aantallen [dataset]. Uitgever. https://example.org/cijfers",
    },
    "en": {
        "artikel": "Jansen, A., & de Vries, B. (2020). Over de buurt. Tijdschrift, 12(3), 4–9. "
        "https://doi.org/10.1234/abc",
        "rapport": "Adviesbureau & Zn. (2021, 9 March). Wat werkt? https://example.org/rapport",
        "bericht": "Dagblad. (n.d.). Buurt spaart geld",
        "kaal": "Zonder iets. (n.d.)",
        "cijfers": "Zorgbureau. (n.d.). Aantallen [data set]. Uitgever. "
        "https://example.org/cijfers",
    },
}
LABELS = {
    "rapport": "Adviesbureau & Zn. (2021) [1]",
    "bericht": "Dagblad (z.d.) [2]",
    "artikel": "Jansen & de Vries (2020) [3]",
    "kaal": "Zonder iets (z.d.) [4]",
    "cijfers": "Zorgbureau (z.d.) [5]",
}


def made(*sources: dict, lang: str = "nl") -> list[Entry]:
    """The bibliography of some sources that are referred to once."""
    nouns = {one["id"]: Source.model_validate(one) for one in sources}
    return bibliography([Reference.model_validate(key) for key in nouns], nouns, lang)


def shipped_entries(lang: str) -> list[Entry]:
    return bibliography(map(Reference.model_validate, LIBRARY.sources), LIBRARY.sources, lang)


@LANGS
@pytest.mark.parametrize("which", [ARTICLE, RAPPORT, BERICHT, KAAL, CIJFERS], ids=lambda s: s["id"])
def test_a_source_is_written_in_the_words_of_a_language(which, lang):
    """Who, when, what, in what, and where; who published it is not said twice."""
    [entry] = made(which, lang=lang)
    assert entry.text == WRITTEN[lang][which["id"]]


def test_sources_are_numbered_in_the_order_of_who_says_it():
    """And a label says who, when and which number."""
    entries = made(ARTICLE, CIJFERS, KAAL, RAPPORT, BERICHT)
    assert {entry.key: entry.label for entry in entries} == LABELS
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]


def test_a_source_that_is_referred_to_twice_stands_there_once_with_both_places():
    references = ["rapport[page not noted]", "rapport[tabel 2]", "rapport[page not noted]"]
    sources = {"rapport": Source.model_validate(RAPPORT)}
    [entry] = bibliography(map(Reference.model_validate, references), sources, "nl")
    assert entry.places == ("bladzijde niet genoteerd", "tabel 2")


def test_titles_of_what_stands_alone_are_italic_and_addresses_of_the_web_are_links():
    [entry] = made(RAPPORT)
    assert entry.pieces == (
        Piece("Adviesbureau & Zn. (2021, 9 maart). "),
        Piece("Wat werkt?", italic=True),
        Piece(" "),
        Piece("https://example.org/rapport", link="https://example.org/rapport"),
    )
    [other] = made(RAPPORT | {"URL": "javascript:alert(1)"})
    assert {piece.link for piece in other.pieces} == {""}
    assert other.text.endswith("javascript:alert(1)")


def test_nothing_to_refer_to_is_no_bibliography():
    assert bibliography([], {}, "nl") == []


def test_a_doi_goes_before_an_address():
    for doi in ("10.1234/abc", "doi:10.1234/abc", "http://dx.doi.org/10.1234/abc"):
        source = Source.model_validate(ARTICLE | {"DOI": doi, "URL": "https://example.org"})
        assert address(source) == "https://doi.org/10.1234/abc"
    assert address(Source.model_validate(RAPPORT)) == RAPPORT["URL"]
    assert address(Source.model_validate(KAAL)) == ""


def test_a_note_of_two_paragraphs_is_one_in_each_language():
    two = Source.model_validate(KAAL | {"note": "Zelf gelezen.\nRead itself."})
    assert (note(two, "nl"), note(two, "en")) == ("Zelf gelezen.", "Read itself.")
    one = Source.model_validate(KAAL | {"note": "Zelf gelezen."})
    assert note(one, "en") == "Zelf gelezen."
    assert note(Source.model_validate(KAAL), "nl") == ""


@LANGS
def test_every_source_of_the_library_is_written_once_without_slips(lang):
    """No title twice, no punctuation that ran into other, no English word in Dutch."""
    entries, undated = shipped_entries(lang), {"nl": "z.d.", "en": "n.d."}[lang]
    assert {entry.key for entry in entries} == set(LIBRARY.sources)
    assert len({entry.label for entry in entries}) == len(entries)
    for entry in entries:
        source, text = LIBRARY.sources[entry.key], entry.text
        assert source.title in text
        assert len(source.title) < 10 or text.count(source.title) == 1
        bare = text.removesuffix(address(source))
        assert not re.search(r"\.\.|\. \.|  |,,|\(\)|\[\]|[?!]\.", bare), text
        assert text.endswith(address(source))
        assert not {BEGIN, END} & set(text)
        year = str(source.issued["date-parts"][0][0]) if source.issued else undated
        assert f"({year}" in text
        assert f"({year})" in entry.label
        assert lang == "en" or not re.search(r"n\.d\.|\[data set\]|Available|Retrieved", text)


@LANGS
def test_a_note_stands_in_its_language(lang):
    """Of every source of the library."""
    for entry in shipped_entries(lang):
        dutch, english = LIBRARY.sources[entry.key].note.split("\n")
        assert entry.note == (dutch if lang == "nl" else english).strip()


def test_the_style_is_valid_csl():
    """By the schema of CSL 1.0.2, which comes with the library that reads it."""
    from citeproc import CitationStylesStyle

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        CitationStylesStyle(str(shipped.folder("templates") / STYLE), locale="nl-NL", validate=True)


def test_a_label_leads_to_its_entry_and_nothing_else_does():
    entries = made(RAPPORT, KAAL)
    told_ = linked("Reden [9] <b>. Bron: Adviesbureau & Zn. (2021) [1], tabel 2.", entries)
    assert isinstance(told_, Markup)
    assert told_ == (
        "Reden [9] &lt;b&gt;. Bron: "
        '<a href="#source-rapport">Adviesbureau &amp; Zn. (2021) [1]</a>, tabel 2.'
    )
    assert linked("<i>", []) == "&lt;i&gt;"


TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["<script>alert(1)</script>", "&amp;", "<i>", "{{ 7 * 7 }}", f"{BEGIN}x{END}", "...", ".",
         '"><img src=x onerror=alert(1)>', '<span class="nocase">a', "</span>", "~\\'"]
    ),
)  # fmt: skip
YEARS = st.integers(-3000, 3000).map(str)
SOURCES = st.fixed_dictionaries(
    {"id": st.text(string.ascii_lowercase, min_size=1, max_size=5), "type": TEXTS, "title": TEXTS},
    optional={
        "author": st.lists(
            st.dictionaries(
                st.one_of(st.sampled_from(["family", "given", "literal", "suffix", "self"]), TEXTS),
                TEXTS, max_size=3,
            ), max_size=3,
        ),
        "container-title": TEXTS, "publisher": TEXTS, "URL": TEXTS, "DOI": TEXTS, "note": TEXTS,
        "volume": TEXTS, "issue": TEXTS, "page": TEXTS, "title-short": TEXTS,
        "issued": st.dictionaries(
            st.sampled_from(["date-parts", "season"]),
            st.lists(st.lists(YEARS, max_size=4), max_size=3), max_size=2,
        ),
    },
)  # fmt: skip


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SOURCES, min_size=1, max_size=3, unique_by=lambda source: source["id"]))
def test_no_source_breaks_the_bibliography(sources):
    """Whatever stands in the fields of a source, it is one entry of plain text."""
    entries = made(*sources)
    assert sorted(entry.key for entry in entries) == sorted(source["id"] for source in sources)
    for entry in entries:
        assert not {BEGIN, END} & set(entry.text + entry.label)
        assert all(not p.link or p.link.startswith(("http://", "https://")) for p in entry.pieces)
        assert "<script" not in linked(entry.label, entries)


def test_the_report_lists_all_that_it_refers_to():
    """Prices, assumptions, the series that moved a price, the rule for discounting."""
    valuation = example()
    keys = {reference.key for reference in used(valuation)}
    scenario = valuation.loaded.scenario
    regime = LIBRARY.regimes[scenario.basis.discounting.regime]
    assert regime.source.key in keys
    assert {"napierala-2022", "sherrington-2019"} <= keys
    shown = told(valuation, "nl")
    assert {entry.key for entry in shown.bibliography} == keys
    reference = regime.source
    assert shown.cited(reference).startswith(
        next(entry.label for entry in shown.bibliography if entry.key == reference.key)
    )


def test_a_price_that_is_not_moved_brings_no_series_along():
    """A small scenario refers to its own source and to its rule for discounting."""
    keys = {reference.key for reference in used(valued(small()))}
    assert "eigen-bron" in keys


def test_what_makes_no_report_does_not_load_the_library_of_styles():
    """It is imported where a bibliography is made."""
    code = "import sys, sroi.report.terminal.terminal; print('citeproc' in sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        cwd=Path(shipped.__file__).parent.parent,
    )  # fmt: skip
    assert loaded.stdout.strip() == "False"
