"""What the font cannot write gets a mark, and nothing falls back on another font."""

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from sroi import shipped
from sroi.report.words.glyphs import MARK, known, length, missing, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Één € − 5 → ≥ 30 %\n", "Één € − 5 → ≥ 30 %\n"),
        ("goed 😀", "goed □"),
        ("שלום", "□□□□"),
        ("中文", "□□"),
        ("❤\ufe0f", "❤"),
        ("a\u200fb\u200e", "ab"),
        ("a\u2028b", "a b"),
        ("\u2212\u2060€", "\u2212\u2060€"),
        ("e\u0301", "e\u0301"),
    ],
    ids=[
        "ours",
        "emoji",
        "hebrew",
        "chinese",
        "selector",
        "direction",
        "space",
        "joiner",
        "accent",
    ],
)
def test_what_is_printed(text, shown):
    """A mark for a character, a space for a space, and nothing for what has no shape."""
    assert printable(text) == shown


def test_what_is_missing_is_told_by_its_number():
    """Once each; what is merely unseen is not missed."""
    assert missing("😀 goed 😀 中\u200f") == ["U+4E2D", "U+1F600"]
    assert missing("goed") == []


@given(st.text())
def test_only_the_font_is_needed(text):
    """Whatever the text, and once is enough."""
    shown = printable(text)
    assert set(shown) <= known()
    assert printable(shown) == shown


def test_all_faces_have_the_same_characters():
    """So that one of them speaks for all, and the mark is one of them."""
    faces = sorted((shipped.folder("templates") / "fonts").glob("*.ttf"))
    assert len(faces) == 3
    assert {frozenset(TTFont(face).getBestCmap()) for face in faces} == {
        frozenset(map(ord, known() - set("\t\n\r\u2060")))
    }
    assert MARK in known()


@pytest.mark.parametrize(("bold", "face"), [(False, "Regular"), (True, "Semibold")])
def test_a_text_is_as_long_as_it_is_drawn(bold, face):
    """Without what pairs of letters move towards each other."""
    font = ImageFont.truetype(
        str(shipped.folder("templates") / "fonts" / f"SourceSans3-{face}.ttf"), 1000
    )
    for char in "iWm€%−–1":
        assert length(char, bold) == pytest.approx(font.getlength(char) / 1000, abs=0.002)
    assert length("aa", bold) == 2 * length("a", bold)
