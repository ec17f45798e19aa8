"""Nineteen sections, the same numbers in every report, and what lacks in one line."""

import re

import pytest
from valuations import example_told, page, small, valued

from sroi.report.pages.sections import APPENDICES, SECTIONS, sections
from sroi.report.told.told import told


def test_the_order_never_changes():
    """Numbers 1 to 19 and letters A to D, whatever the scenario holds."""
    for shown in (example_told(), told(valued(small()), "nl")):
        found = sections(shown)
        assert list(found) == [*SECTIONS, *APPENDICES]
        assert [one.number for one in found.values()] == [*map(str, range(1, 20)), *"ABCD"]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_section_is_a_heading_with_its_number(lang):
    """Also of a scenario that says next to nothing; the first is page 1 itself."""
    html = page(small(), lang)
    heads = re.findall(r'<h2><span class="number">(\w+)</span>', html)
    assert heads == [*map(str, range(2, 20)), *"ABCD"]
    assert '<section id="summary">' in html


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_lacks_is_said_once_in_its_section(lang):
    """A target group that is not there; and not where it is."""
    bare, full = told(valued(small()), lang), example_told(lang)
    (sentence,) = sections(bare)["target_groups"].missing
    assert page(small(), lang).count(sentence) == 1
    assert sections(full)["target_groups"].missing == ()


def test_lines_that_lack_something_are_counted():
    """One line of money, without hours."""
    assert "1 van de 1" in " ".join(sections(told(valued(small()), "nl"))["investment"].missing)


def test_nothing_to_tell_is_no_fault():
    """A scenario without a ladder lacks none."""
    ladder = sections(told(valued(small()), "nl"))["care_ladder"]
    assert ladder.absent
    assert ladder.missing == ()
