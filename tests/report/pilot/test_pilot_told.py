"""A pilot told: numbers as a reader sees them, in both languages."""

import json
import math
from dataclasses import replace

import pytest
from shipped_city import shipped_city

from sroi.problems import Problem
from sroi.report.pilot.pilot_json import as_data, tables
from sroi.report.pilot.pilot_terminal import show
from sroi.report.pilot.pilot_told import pilot_told


@pytest.fixture(scope="module")
def found():
    return shipped_city()


def test_a_change_has_its_sign(found):
    told = pilot_told(found, "nl")
    assert [told.change(size) for size in (0.86, 1, 1.004, 1.05)] == ["−14%", "0%", "0%", "+5%"]
    assert told.change(math.inf) == told.change(0) == "onbegrensd"
    assert told.change(1.012, 1) == "+1,2%"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_effect_has_a_sentence_with_its_band(found, lang):
    told = pilot_told(found, lang)
    sentences = list(told.sentences())
    assert len(sentences) == len(found.effects) == 4
    for effect, sentence in zip(found.effects, sentences, strict=True):
        assert told.band(told.ratio_of(effect)) in sentence
        assert sentence.startswith(told.move(effect.follows))


def test_what_may_not_be_written_is_not_told_as_an_effect(found):
    """A difference that was there before is not more than chance: it is none."""
    file = found.described.document.file
    more = Problem("pilot-other-course", "warning", file, facts={"move": "up"})
    told = pilot_told(replace(found, problems=(*found.problems, more)), "nl")
    first, second = list(told.sentences())[:2]
    assert "toeval" in second
    assert "niet als een effect" in first
    assert "toeval" not in first


def test_the_title_says_that_it_is_simulated(found):
    assert "gesimuleerd" in pilot_told(found, "nl").title
    assert "simulated" in pilot_told(found, "en").title


def test_the_data_are_those_of_the_table(found):
    data = json.loads(json.dumps(as_data(found, "en"), allow_nan=False))
    assert data["schema"] == "sroi.pilot/1"
    assert data["simulated"] is True
    full = found.moves["up"].estimate.full
    assert data["moves"][0]["ratio"]["ratio"] == full.ratio
    assert data["effects"][0] == {
        "name": "hazard_ratio_up", "follows": "up", "value": full.ratio, "low": full.low,
        "high": full.high, "is_effect": full.is_effect, "p": full.p,
    }  # fmt: skip
    assert len(data["moves"][0]["course"]["pilot"]) == len(data["quarters"]) == 20
    assert set(data["moves"][0]["checks"]["without"]) == set(found.places.neighbourhoods)


def test_the_tables_have_a_row_for_everything(found):
    made = tables(found)
    assert len(made["effects"]) == 4
    assert len(made["courses"]) == 4 * 20
    assert len(made["without"]) == 4 * 12
    assert len(made["first_quarters"]) == 4 * 2
    for table in (pilot_told(found, "nl").courses(), pilot_told(found, "en").checks()):
        assert all(len(row) == len(table.heads) for row in table.rows)


def test_the_terminal_tells_the_effect_and_its_checks(found, capsys):
    show(found, "nl")
    out = capsys.readouterr().out
    for words in ("Naar zwaardere zorg: 14% minder vaak", "gesimuleerd", "hazard_ratio_up"):
        assert words in out
    assert "pilot-simulated" in out
