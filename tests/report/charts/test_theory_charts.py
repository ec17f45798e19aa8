"""The drawing of the theory of change: every text fits its box, and the whole fits a page."""

import re

import pytest

from sroi.report.charts.chart import Arrow, Box, Named, Theory
from sroi.report.charts.theory_of_change import HIGHEST, ROOM, _cut, _lines, _wide, theory

LONG = (
    "Ouderen durven weer iets te vragen aan hun buren, en de vrijwilligerscoördinator merkt dat "
    "de arbeidsmarkttoeleidingstrajecten beter lopen dan voorheen, ook in de wintermaanden"
)
HEADS = ("A", "B", "C", "D")


def drawn(boxes, arrows=()):
    """The drawing and its width and height in points."""
    svg = theory(Theory(Named("theory-x", "Titel"), boxes, arrows, HEADS))
    wide, high = map(float, re.search(r'viewBox="0 0 (\S+) (\S+)"', svg).groups())
    return svg, wide, high


@pytest.mark.parametrize("text", [LONG, "A", "mmmmm " * 20, "w" * 90])
def test_every_line_fits_a_box_and_no_letter_is_lost(text):
    """Also of wide letters, and of a word that is wider than a box by itself."""
    lines = _lines(text)
    assert max(map(_wide, lines)) <= ROOM
    assert re.sub(r"[\s-]", "", "".join(lines)) == re.sub(r"[\s-]", "", text)


def test_what_is_left_out_is_said():
    """Fewer lines end in a mark, which fits too."""
    lines = _cut(_lines(LONG), 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert _wide(lines[-1]) <= ROOM
    assert _cut(["een", "twee"], 2) == ["een", "twee"]


@pytest.mark.parametrize("count", [1, 12, 40])
def test_the_drawing_is_never_higher_than_a_page(count):
    """Boxes get fewer lines, and then all of it gets smaller."""
    boxes = [Box("a", 0, "Begin"), *(Box(f"u{n}", 2, LONG) for n in range(count))]
    arrows = [Arrow("a", f"u{n}", "6", True) for n in range(count)]
    svg, wide, high = drawn(boxes, arrows)
    assert high <= HIGHEST * 72 + 0.5
    assert wide == pytest.approx(6.7 * 72, abs=0.5)
    assert svg.count(">6</text>") == count


def test_a_weak_link_is_dashed_and_a_strong_one_is_not():
    """So that it also shows without colour."""
    boxes = [Box("a", 0, "Begin"), Box("b", 1, "Eind")]
    weak, strong = (drawn(boxes, [Arrow("a", "b", "3", w)])[0] for w in (True, False))
    assert "stroke-dasharray" in weak
    assert "stroke-dasharray" not in strong


def test_grades_do_not_stand_on_each_other():
    """Of arrows that cross in one place."""
    boxes = [Box(f"{c}{n}", c, "Stap") for c in (0, 1) for n in range(3)]
    arrows = [Arrow(f"0{n}", f"1{m}", "6", True) for n in range(3) for m in range(3)]
    svg = drawn(boxes, arrows)[0]
    places = re.findall(r'x="([\d.]+)" y="([\d.]+)"[^>]*>6</text>', svg)
    assert len(places) == len(set(places)) == 9


def test_an_arrow_between_two_impacts_stays_on_the_sheet():
    """It swings out at the right, and the sheet makes room."""
    boxes = [Box("a", 3, "Een"), Box("b", 3, "Twee")]
    assert drawn(boxes, [Arrow("a", "b", "?", True)])[1] == pytest.approx(6.7 * 72, abs=0.5)
