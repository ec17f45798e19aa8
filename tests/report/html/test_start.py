"""The scenarios to start from: they check, they run, and they teach in either language."""

import re

import pytest
from valuations import LIBRARY, write

from sroi.analysis.valuation.valuation import value
from sroi.inputs.files.scenario_file import check_file, load
from sroi.inputs.rules.scenario import EXAMPLES
from sroi.inputs.scenario.completeness import missing
from sroi.inputs.scenario.scenario import Programme
from sroi.problems import Unusable
from sroi.report.html.start import PROGRAMMES, comment, free_path, new_scenario

EACH = pytest.mark.parametrize("programme", PROGRAMMES)
LANGS = pytest.mark.parametrize("lang", ["nl", "en"])


def codes(caught: pytest.ExceptionInfo[Unusable]) -> list[str]:
    """What is wrong, by code."""
    return [problem.code for problem in caught.value.problems]


@LANGS
@EACH
def test_a_new_scenario_has_no_mistakes(programme, lang):
    """Only warnings that say that its numbers are examples; and it runs."""
    path = write(new_scenario("nieuw-plan", programme, 2027, lang), f"{programme}.{lang}.yaml")
    problems = check_file(path, LIBRARY)
    assert [problem.code for problem in problems] == ["reasons-are-examples"]
    loaded = load(path, library=LIBRARY)
    assert (loaded.scenario.scenario, loaded.scenario.programme) == ("nieuw-plan", programme)
    assert loaded.scenario.basis.first_year == 2027
    results = value(loaded.with_draws(64, None)).drawn
    assert results.benefits().mean() > 0
    assert results.investment().mean() > 0


@EACH
def test_the_numbers_do_not_depend_on_the_language(programme):
    """Only the comments do."""
    texts = [new_scenario("x", programme, 2027, lang) for lang in ("nl", "en")]
    data = [
        [line for line in text.split("\n") if not line.strip().startswith("#")] for text in texts
    ]
    assert data[0] == data[1]
    assert texts[0] != texts[1]


@LANGS
@EACH
def test_the_comments_are_readable(programme, lang):
    """Lines fit a screen, and nothing of the template is left."""
    text = new_scenario("x", programme, 2027, lang)
    assert "{{" not in text
    assert "&#" not in text
    assert text.endswith("\n")
    assert max(map(len, text.split("\n"))) <= 130
    assert len(re.findall(r"^ *#", text, re.M)) > 50


@EACH
def test_a_scenario_to_start_from_shows_what_is_easily_forgotten(programme):
    """A negative outcome, one without a price, a correlation and a variant."""
    loaded = load(write(new_scenario("x", programme, 2027, "nl")), library=LIBRARY)
    scenario = loaded.scenario
    assert any(o.rate.bounds and o.rate.bounds[0] < 0 for o in scenario.outcomes if o.in_euros)
    assert any(not outcome.in_euros for outcome in scenario.outcomes)
    assert scenario.conditions
    assert scenario.limitations
    assert scenario.correlations
    assert scenario.variants


@EACH
def test_a_scenario_to_start_from_tells_the_story_around_the_numbers(programme):
    """Nothing is missing but what others say of it, and what is measured afterwards."""
    scenario = load(write(new_scenario("x", programme, 2027, "nl")), library=LIBRARY).scenario
    assert [one.key for one in missing(scenario)] == ["experience", "checks", "measured"]
    assert {one.kind for one in scenario.monitoring} == {"count", "story"}
    assert scenario.canvas
    fed = {line for step in scenario.theory_of_change[0].steps for line in step.feeds}
    assert fed == {f"outcomes.{outcome.id}" for outcome in scenario.outcomes}


@EACH
def test_all_that_is_still_an_example_says_so(programme):
    """Every reason, and every text of the story that a reader would take for the organisation's."""
    scenario = load(write(new_scenario("x", programme, 2027, "nl")), library=LIBRARY).scenario
    canvas, counted = scenario.canvas, [one for one in scenario.monitoring if one.kind == "count"]
    texts = [scenario.decision, scenario.background, scenario.scope]
    texts += [group.because for group in scenario.target_groups]
    texts += [link.because for link in scenario.theory_of_change[0].links]
    texts += [canvas.intervention, canvas.why, canvas.expected_effect, canvas.aim]
    texts += [one.worth for one in canvas.perspectives]
    texts += [text for one in counted for text in (one.go, one.stop)]
    for lang, mark in zip(("nl", "en"), EXAMPLES, strict=True):
        assert all(text.in_(lang).startswith(mark) for text in texts)


def test_programmes_are_those_of_a_scenario():
    """But for the one that has no scenario to start from."""
    assert set(PROGRAMMES) == set(Programme.__args__) - {"anders"}


@pytest.mark.parametrize("key", ["", "A", "a b", "../x", "-a", "a" * 65, "é", "a.yaml", "{{7*7}}"])
def test_an_id_that_cannot_be(key):
    """It would also be the name of the file."""
    with pytest.raises(Unusable) as caught:
        new_scenario(key, PROGRAMMES[0], 2027, "nl")
    assert codes(caught) == ["id-unreadable"]


def test_an_unknown_programme_names_the_nearest():
    """And all that there are."""
    with pytest.raises(Unusable) as caught:
        new_scenario("x", "wijk-en-burt", 2027, "nl")
    facts = caught.value.problems[0].facts
    assert codes(caught) == ["programme-unknown"]
    assert facts["nearest"] == "wijk-en-buurt"
    assert all(name in str(facts["expected"]) for name in PROGRAMMES)


def test_a_file_that_is_there_is_never_overwritten(tmp_path, monkeypatch):
    """Not under its own name, nor under one that was asked for."""
    monkeypatch.chdir(tmp_path)
    assert str(free_path("plan", None)) == "plan.yaml"
    assert free_path("plan", tmp_path / "b.yaml") == tmp_path / "b.yaml"
    (tmp_path / "plan.yaml").write_text("van mij")
    for output in (None, tmp_path / "plan.yaml", tmp_path):
        with pytest.raises(Unusable) as caught:
            free_path("plan", output)
        assert codes(caught) == ["output-exists"]
    assert (tmp_path / "plan.yaml").read_text() == "van mij"


def test_a_comment_is_indented_as_its_place():
    """Every line after the first; it never runs on past the width."""
    lines = comment("woord " * 40, indent=4, width=60).split("\n")
    assert len(lines) > 3
    assert lines[0].startswith("# woord")
    assert all(line.startswith("    # woord") for line in lines[1:])
    assert max(map(len, lines)) <= 62
