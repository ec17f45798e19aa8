"""The panel in which a reader moves one assumption: its texts, its data, and its script."""

import json
import math
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from pages_read import HOSTILE, LANGS, Read, read, told_everywhere
from valuations import RANGE, example, example_page, example_told, outcome, page, small, valued

from sroi.analysis.sensitivity.what_if import what_if
from sroi.report.html.script import Script, script
from sroi.report.pages.page import contents, rendered
from sroi.report.pages.summary import cards
from sroi.report.pages.what_if import Panel, panel, supported
from sroi.report.told.told import told
from sroi.report.words.numbers import Numbers, together
from sroi.report.words.words import Words

DATA = r'(?s)<script type="application/json" id="what-if-data">(.*?)</script>'


@cache
def of_example(lang: str = "nl") -> Panel:
    found = panel(example_told(lang))
    assert found is not None
    return found


def data_of(content: str) -> dict[str, Any]:
    """The data block of a page, as the script of the page reads it."""
    block = re.search(DATA, content)
    assert block
    return json.loads(block[1])


@LANGS
def test_the_panel_starts_with_the_numbers_of_page_1(lang):
    """Digit for digit, in both columns and in the table."""
    found, front = of_example(lang), cards(example_told(lang))
    figures = dict(found.rows)
    assert [figures[card.label] for card in front] == [card.figure for card in front]
    assert found.data["usual"]["cells"] == [figure for _, figure in found.rows]
    assert list(map(together, found.table.rows[-1][1:])) == found.data["usual"]["cells"]


@LANGS
def test_the_middle_of_every_slider_is_the_report(lang):
    """So that who moves it back sees the report again."""
    found = of_example(lang)
    assert len(found.levers) == len(found.data["levers"]) == 5
    for lever, positions in zip(found.levers, found.data["levers"], strict=True):
        assert len(positions) == lever.most + 1
        assert positions[lever.start]["cells"] == found.data["usual"]["cells"]
        assert positions[lever.start]["at"] == lever.at
        assert sum(one["cells"] == found.data["usual"]["cells"] for one in positions) == 1


@LANGS
def test_every_position_is_what_the_engine_found_there(lang):
    """Written by the formats of the report; the page holds nothing that it could reckon with."""
    t, found = example_told(lang), of_example(lang)
    basis = example().loaded.scenario.basis
    answers = what_if(example().model, basis, example().drawn)
    more = math.sqrt(example().drawn.draws / answers.draws)
    counted = replace(t.numbers, chance_error=more * t.numbers.chance_error).counted
    for slider, lever, positions in zip(
        answers.sliders, found.levers, found.data["levers"], strict=True
    ):
        moved = [*positions[: lever.start], *positions[lever.start + 1 :]]
        assert lever.label == t.subject(slider.path)
        for stop, position in zip(slider.stops, moved, strict=True):
            assert t.amount(slider.path, stop.value) in position["at"]
            assert position["cells"][2] == counted(stop.outcome.chance)
            expected = stop.outcome.balance.mean
            assert abs(amount_in(position["cells"][0]) - expected) <= 0.51 * t.banded.step
            assert all(text in position["said"] for text in (position["at"], position["cells"][0]))
        assert {type(value) for one in moved for value in one["cells"]} == {str}


def amount_in(text: str) -> float:
    """An amount of money read back."""
    return float(re.sub(r"[^\d-]", "", text.replace("\u2212", "-")))


@LANGS
def test_no_two_positions_of_a_slider_say_the_same(lang):
    """Otherwise a reader moves it and nothing seems to happen."""
    for positions in of_example(lang).data["levers"]:
        said = [position["at"] for position in positions]
        assert len(said) == len(set(said))


def test_bars_lie_on_one_scale():
    """In thousandths; the largest range fits, and a bar runs from low by the mean to high."""
    found = of_example()
    bars = [one["bar"] for positions in found.data["levers"] for one in positions]
    assert min(bar["low"] for bar in bars) == 0
    assert max(bar["high"] for bar in bars) == 1000
    assert len({bar["zero"] for bar in bars}) == 1
    assert all(bar["low"] <= bar["mean"] <= bar["high"] for bar in bars)


@LANGS
def test_without_script_the_table_says_it(lang):
    """Every assumption at both ends, and the report below them; the sliders are hidden."""
    made, found = read(example_page(lang)), of_example(lang)
    assert ("div", {"id": "what-if-panel", "hidden": ""}) in made.elements
    said = made.text("table")
    for group, rows in found.table.groups:
        assert group in said
        assert len(rows) == 2
        assert all(cell in said for row in rows for cell in row)


def test_the_panel_says_with_how_many_draws_and_with_what_error():
    """And that what is correlated does not move along, where something is."""
    notes, n = " ".join(of_example().notes), Numbers("nl")
    basis = example().loaded.scenario.basis
    answers = what_if(example().model, basis, example().drawn)
    assert f"{n.number(answers.draws)} trekkingen" in notes
    tied = small(outcomes__rate=RANGE)
    tied["outcomes"].append(outcome(2, rate=RANGE))
    of = ["outcomes.verandering.rate", "outcomes.verandering-2.rate"]
    tied["correlations"] = [{"of": of, "rho": 0.5, "because": "Voorbeeld."}]
    assert Words("nl")("what_if.tied") in panel(told(valued(tied), "nl")).notes
    alone = panel(told(valued(small(outcomes__rate=RANGE)), "nl"))
    assert Words("nl")("what_if.tied") not in alone.notes


def test_print_has_neither_panel_nor_script():
    """The PDF has the tornado; nothing in it moves."""
    content = example_page("nl", for_print=True)
    assert not re.search(r"<script|what-if|tabindex|<caption", content)


def test_nothing_uncertain_has_no_panel():
    """The page then has no slider and no data; its one script stays."""
    content = page(small())
    assert not re.search(DATA, content)
    assert len(scripts(read(content))) == 1


def scripts(made: Read) -> list[dict[str, str]]:
    """The scripts of a page that run: those that are not data."""
    found = [attributes for tag, attributes in made.elements if tag == "script"]
    return [attributes for attributes in found if attributes.get("type") != "application/json"]


@LANGS
def test_the_page_allows_its_own_script_and_no_other(lang):
    """By the fingerprint of the very bytes between the tags."""
    content = example_page(lang)
    made = read(content)
    policy = next(a["content"] for tag, a in made.elements if a.get("http-equiv"))
    between = re.findall(r"(?s)<script>(.*?)</script>", content)
    assert between == [script().text]
    assert re.findall(r"script-src ([^;]*)", policy) == [f"'{Script(between[0]).fingerprint}'"]
    assert scripts(made) == [{}]


def test_the_fingerprint_is_that_of_the_standard():
    """The SHA-256 of `alert('Hello, world.');` as the specification of CSP writes it."""
    known = "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
    assert Script("alert('Hello, world.');").fingerprint == known


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_stays_text_in_the_data(text):
    """`</script>` in a name ends nothing, and the script reads the name as it was written."""
    filled = contents(valued(told_everywhere(text)), "nl", {}, "sroi run scenario.yaml")
    content = rendered(filled, for_print=False)
    made = read(content)
    assert len(scripts(made)) == 1
    assert any(text in label for label in labels(made))
    assert data_of(content) == panel(filled["t"]).data


def labels(made: Read) -> list[str]:
    """What is written beside the sliders."""
    return [words for path, words in made.texts if "label" in path]


def test_no_more_digits_than_the_draws_support():
    """An error of thousands leaves no hundreds; the report's own step is the finest."""
    for error, step in ((0.0, 1000), (40.0, 1000), (4_000.0, 10_000), (90_000.0, 100_000)):
        assert supported(Numbers("nl"), error).step == step


@LANGS
def test_in_english_and_dutch(lang):
    """Its words are those of the language of the report."""
    said, words = read(example_page(lang)).text("main"), Words(lang)
    for key in ("title", "move", "legend", "reset", "known", "bar"):
        assert words(f"what_if.{key}") in said
