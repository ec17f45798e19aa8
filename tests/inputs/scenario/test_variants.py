"""Variants: other values at paths of the same file, with the places of the variant."""

import pytest
from valid_scenario import SCENARIO, with_change

from sroi.inputs.scenario import variants
from sroi.inputs.text.yaml_text import parse

OVERRIDE = "outcomes.minder-seh.rate: {low: 0.1%, best: 0.5%, high: 2%, because: Voorzichtig.}"


def line_of(content: bytes, piece: str) -> int:
    return content.decode().partition(piece)[0].count("\n") + 1


def varied(override: str, name: str = "sceptisch"):
    return variants.with_variant(parse(with_change(OVERRIDE, override), "f.yaml"), name)


def test_the_names_stand_in_the_order_of_the_file():
    assert variants.names(parse(SCENARIO.encode(), "f.yaml")) == ["sceptisch", "kort"]
    for text in ("a: 1", "variants: x", "- a", "variants: []"):
        assert variants.names(parse(text.encode(), "f.yaml")) == []


@pytest.mark.parametrize(
    ("override", "value"),
    [
        ("basis.years: 3", lambda data: data["basis"]["years"]),
        ("basis.horizon: 3", lambda data: data["basis"]["horizon"]),
        ("outcomes.minder-seh.rate.best: 3", lambda data: data["outcomes"][0]["rate"]["best"]),
        ("outcomes.mantelzorg.lasts: 3", lambda data: data["outcomes"][2]["lasts"]),
        ("activities.huisbezoek.volume.2030: 3", lambda data: data["activities"][0]["volume"][4]),
        ("investment.vrijwilligers.volume: 3", lambda data: data["investment"][1]["volume"]),
        ("proxies.begeleiding-voorbeeldstad.value: 3", lambda data: data["proxies"][0]["value"]),
        ("title: 3", lambda data: data["title"]),
    ],
)
def test_a_path_names_ids_and_years_and_its_last_step_may_be_new(override, value):
    document = varied(override)
    assert document.problems == []
    assert value(document.data) == "3"


def test_the_file_itself_stays_as_it_was():
    document = parse(SCENARIO.encode(), "f.yaml")
    variants.with_variant(document, "sceptisch")
    assert document.data == parse(SCENARIO.encode(), "f.yaml").data
    assert document.values == parse(SCENARIO.encode(), "f.yaml").values


def test_what_is_overridden_has_its_place_in_the_variant():
    document = varied("outcomes.minder-seh.rate: {low: 1%, best: 2%, high: 3%}")
    line = line_of(SCENARIO.encode(), OVERRIDE)
    for path in (("rate",), ("rate", "low"), ("rate", "high")):
        assert document.values[("outcomes", 0, *path)][0] == line
    assert ("outcomes", 0, "rate", "because") not in document.values


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("outcomes.minder-she.rate", "outcomes.minder-seh.rate"),
        ("activities.huisbezoek.volume.2031", "activities.huisbezoek.volume"),
        ("activities.huisbezoek.volume.2025", "activities.huisbezoek.volume"),
        ("bases.years", "basis.years"),
        ("qqqq", ""),
        ("outcomes.minder-seh.rate.best.more", "outcomes.minder-seh.rate.best"),
        ("variants.kort", None),
        ("scenario", None),
        ("outcomes.0.rate", None),
        ('""', None),
        (f'"{"9" * 5_000}"', None),
        (f'"activities.huisbezoek.volume.{"9" * 5_000}"', None),
    ],
)
def test_a_path_that_is_not_there_points_to_the_line_of_the_variant(path, nearest):
    (problem,) = varied(f"? {path}\n    : 1").problems
    assert problem.code == "variant-path-unknown"
    assert problem.line == line_of(SCENARIO.encode(), OVERRIDE)
    assert nearest in (None, problem.facts["nearest"])
    assert len(str(problem.facts["path"])) <= 120


def test_a_wrong_value_of_a_variant_is_found_on_its_line(check):
    content = with_change(OVERRIDE, "outcomes.minder-seh.deadweight: 150%")
    (problem,) = check(content)
    assert (problem.code, problem.line) == ("outside-domain", line_of(content, "150%"))


def test_a_rule_that_a_variant_breaks_points_to_the_variant(check):
    content = with_change(OVERRIDE, "outcomes.minder-seh.starts: 6")
    (problem,) = check(content)
    assert (problem.code, problem.line) == ("starts-after-horizon", line_of(content, "starts: 6"))


def test_a_problem_of_the_file_is_told_once_and_not_for_every_variant(check):
    problems = check(with_change("proxy: seh-bezoek", "proxy: seh-bezoeken"))
    assert [problem.code for problem in problems] == ["proxy-unknown"]


def test_what_is_wrong_in_the_file_is_wrong_in_a_variant_too():
    """A key that stands twice stays a problem in whichever variant the file is run."""
    document = parse(SCENARIO.encode() + b"title: Nog een titel\n", "f.yaml")
    problems = variants.with_variant(document, "kort").problems
    assert [problem.code for problem in problems] == ["yaml-duplicate-key"]


@pytest.mark.parametrize("written", ["5", "[]", "[outcomes.minder-seh.rate]", "", "{}"])
def test_a_variant_that_is_no_list_of_values_changes_nothing(written):
    text = SCENARIO.partition("variants:")[0] + f"variants:\n  leeg: {written}\n"
    document = parse(text.encode(), "f.yaml")
    assert variants.with_variant(document, "leeg").data == document.data


def test_a_variant_that_takes_all_outcomes_away_is_told_so(check):
    """Values are put in their places in the order of the file; then the other has no place."""
    content = with_change(OVERRIDE, "outcomes: []\n    outcomes.minder-seh.rate: 1")
    found = {problem.code: problem.line for problem in check(content)}
    assert found["nothing-valued"] == line_of(content, "outcomes: []")
    assert found["variant-path-unknown"] == found["nothing-valued"] + 1
