"""Places in sources, in the language of the reader."""

import re

import pytest
from valuations import LIBRARY

from sroi import shipped
from sroi.inputs.files.scenario_file import load
from sroi.inputs.text.cited import cited
from sroi.report.words.places import BETWEEN, place

# names and codes as the source has them: files, columns, parameters, series, headings
NAMES = re.compile(
    r"\S*[_/]\S*|[A-Z].*|\d[\d.–-]*|parameters|planning"
    r"|indexcijfer voor kostenbedragen van dbc-zorgproducten"
)


@pytest.mark.parametrize(
    ("written", "dutch", "english"),
    [
        ("page not noted", "bladzijde niet genoteerd", "page not noted"),
        ("df_ref_prices, column 2022", "df_ref_prices, kolom 2022", "df_ref_prices, column 2022"),
        ("news items, page not noted", "nieuwsberichten, bladzijde niet genoteerd",
         "news items, page not noted"),
        ("Worked example; page not noted", "uitgewerkt voorbeeld; bladzijde niet genoteerd",
         "worked example; page not noted"),
        ("2023, provisional", "2023, voorlopig", "2023, provisional"),
        ("tabel 3.1", "tabel 3.1", "table 3.1"),
        ("p. 31", "p. 31", "p. 31"),
        ("bijlage B, tabel 2", "bijlage B, tabel 2", "bijlage B, table 2"),
        ("", "", ""),
        ("column", "kolom", "column"),
    ],
)  # fmt: skip
def test_a_place_in_both_languages(written, dutch, english):
    assert (place(written, "nl"), place(written, "en")) == (dutch, english)


def all_places() -> set[str]:
    """Of the library and the shipped scenarios."""
    places = {one.place for one in cited(list(LIBRARY.files.values()))}
    for path in shipped.folder("scenarios").glob("*.yaml"):
        document = load(path).document
        places |= {one.place for one in cited(document.data if document else {})}
    return places - {""}


def test_every_place_is_told_in_both_languages_or_is_a_name():
    """So that no report has a place in the other language."""
    parts = {part.rstrip(",;") for written in all_places() for part in BETWEEN.split(written)}
    untold = {
        part
        for part in parts
        if place(part, "nl") == place(part, "en") and not NAMES.fullmatch(part)
    }
    assert untold == set()
