"""Names in lines: no longer than there is room for, and never without a sign that they go on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.report.words.glyphs import length
from sroi.report.words.lines import both_ends, fitting, short, wrapped

NAMES = st.text(st.characters(codec="latin-1", exclude_categories=["C", "Z"]), max_size=90)
SENTENCES = st.lists(NAMES, max_size=12).map(" ".join)


def test_a_name_that_fits_stays_as_it_is():
    """But for spaces and ends of lines in it."""
    assert short("Huisbezoek", 10) == "Huisbezoek"
    assert short("twee \n regels", 20) == "twee regels"


def test_a_name_that_does_not_fit_says_so():
    """Its last character is an ellipsis, without a space before it."""
    assert short("Huisbezoek aan ouderen", 11) == "Huisbezoek…"
    assert short("Huisbezoek aan ouderen", 12) == "Huisbezoek…"


@given(SENTENCES, st.integers(2, 60))
def test_a_short_name_fits(name, width):
    """Whatever it is."""
    assert len(short(name, width)) <= width


@given(SENTENCES, SENTENCES, st.integers(8, 60))
def test_a_label_fits(name, under, width):
    """In two lines, or in three with what it is of beneath it."""
    for label, most in ((name, 2), (f"{name}\n{under}", 3)):
        lines = wrapped(label, width).split("\n")
        assert len(lines) <= most
        assert max(map(len, lines)) <= width + 1


@given(SENTENCES, st.integers(2, 40))
def test_a_name_fits_by_its_letters(name, room):
    """As much of it as there is room for, or nothing but the sign that it goes on."""
    found = fitting(name, room)
    assert length(found, bold=True) <= room or len(found) <= 1
    assert found == " ".join(name.split()) or found.endswith("…") or not found


@pytest.mark.parametrize("width", [3, 10, 28])
def test_of_a_long_name_both_ends_stay(width):
    name = "Samenwerkingsverband Voorbeeldregio Noord"
    told = both_ends(name, width)
    assert len(told) <= width
    first, last = told.split("…")
    assert name.startswith(first)
    assert name.endswith(last)
    assert both_ends("kort", 4) == "kort"
