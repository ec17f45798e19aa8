"""The theory of change and the canvas on the page."""

import re

import pytest
from valuations import example_told, small, valued

from sroi.report.pages import theory_of_change as theory_page
from sroi.report.told.told import told


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_step_stands_in_the_drawing_and_every_link_in_the_table(lang):
    """As text, so that it can be searched; the alternative text holds every link."""
    shown = example_told(lang)
    for theory, part in zip(
        shown.scenario.theory_of_change, theory_page.theories(shown), strict=True
    ):
        drawn = re.sub(r"<[^>]+>", " ", part.charts[0].svg)
        words = {word for step in theory.steps for word in shown.say(step.what).split()[:1]}
        assert [word for word in words if word not in drawn] == []
        assert len(part.tables[0].rows) == len(theory.links)
        assert part.charts[0].svg.count("→") >= len(theory.links)


def test_the_title_counts_the_weak_links():
    """Grade five, six or none."""
    shown = example_told()
    theory, part = shown.scenario.theory_of_change[0], theory_page.theories(shown)[0]
    weak = sum((link.evidence or 9) > 4 for link in theory.links)
    assert part.charts[0].title.startswith(f"{weak} van de {len(theory.links)} ")


def test_the_weakest_link_comes_first():
    """Unproven before six, six before three."""
    for part in theory_page.theories(example_told()):
        grades = [int(row[3]) if row[3].isdecimal() else 7 for row in part.tables[0].rows]
        assert grades == sorted(grades, reverse=True)


def test_without_a_theory_there_is_nothing():
    """And no canvas."""
    shown = told(valued(small()), "nl")
    assert theory_page.theories(shown) == []
    assert theory_page.canvas(shown) is None


def test_the_canvas_says_what_counts_more():
    """In the order of the scenario."""
    shown = example_told()
    part = theory_page.canvas(shown)
    ranked = [shown.say(text) for text in shown.scenario.canvas.more_than]
    assert re.search(".*".join(map(re.escape, ranked)), part.after[0])
    assert len(part.tables[0].rows) == 4 + len(shown.scenario.canvas.perspectives)
