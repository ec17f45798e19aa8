"""From a file to a rate: each step, and what must hold whoever the people are."""

import dataclasses
import random

import pytest
import simulated_surveys
import surveys
from hypothesis import given, settings
from hypothesis import strategies as st
from surveys import COMPARED, measurement

from sroi import shipped
from sroi.analysis.evidence.measuring import MeasuredEffect, measured, rule_of
from sroi.inputs.evidence.measurement_file import load_measurement
from sroi.inputs.evidence.survey import Survey, read_survey
from sroi.model.evidence.measurement import ByClass, ByPoints
from sroi.problems import Unusable

EXAMPLES = shipped.folder("scenarios") / "metingen"
COUNT = st.integers(0, 60)
COUNTS = st.fixed_dictionaries({"improved": COUNT, "same": COUNT, "worse": COUNT, "missing": COUNT})


def found(folder, content, **parts) -> MeasuredEffect:
    described = load_measurement(measurement(folder, content, **parts))
    return measured(described, read_survey(described))


def one_group(folder, counts, **parts) -> MeasuredEffect:
    return found(folder, surveys.csv("nr voor na", surveys.rows(counts)), **parts)


def two_groups(folder, first, second, **parts) -> MeasuredEffect:
    rows = surveys.rows(first, "a"), surveys.rows(second, "b")
    return found(folder, surveys.csv("nr groep voor na", *rows), **COMPARED | parts)


def told(effect: MeasuredEffect) -> list[object]:
    """All numbers of a measured effect."""
    names = ("started", "cells", "net", "net_range", "points")
    of_groups = [getattr(group, name) for group in effect.groups for name in names]
    whole = ("regression", "effect", "lower_bound", "rate", "evidence")
    return [*of_groups, *(getattr(effect, name) for name in whole)]


# the steps


def test_the_worked_figures_from_a_file():
    """The example: 180 started, 120 again, 48 improved, 58 the same, 14 worse."""
    described = load_measurement(EXAMPLES / "zelfredzaamheid-financien.yaml")
    effect = measured(described, read_survey(described))
    group = effect.programme
    assert group.cells.visible == {"same": 58, "missing": 60, "improved": 48, "worse": 14}
    assert (group.net.mean, group.net.sd) == pytest.approx((0.28099, 0.05998), abs=5e-6)
    assert group.net_range == pytest.approx((0.161, 0.397), abs=1e-3)
    assert group.raw * group.response == pytest.approx(0.1889, abs=5e-5)
    assert effect.regression.rate == pytest.approx(0.1525, abs=5e-5)
    assert effect.effect_basis == "gross"


def test_the_lower_bound_without_any_correction(tmp_path):
    counts = {"improved": 48, "same": 58, "worse": 14, "missing": 60}
    effect = one_group(tmp_path, counts)
    assert effect.lower_bound == pytest.approx(0.1889, abs=5e-5)
    assert effect.rate.mean == pytest.approx(0.28099 * (2 / 3 + 1 / 6), abs=5e-5)
    assert [p.code for p in effect.problems] == ["measure-no-counterfactual"]


def test_with_a_comparison_it_is_causal(tmp_path):
    """The difference of both net rates, and the variances together."""
    effect = two_groups(
        tmp_path, {"improved": 40, "same": 30, "worse": 10, "missing": 20},
        {"improved": 20, "same": 50, "worse": 10, "missing": 5},
    )  # fmt: skip
    nets = [group.net for group in effect.groups]
    assert effect.effect.mean == pytest.approx(nets[0].mean - nets[1].mean)
    assert effect.effect.sd == pytest.approx((nets[0].sd ** 2 + nets[1].sd ** 2) ** 0.5)
    assert effect.effect_basis == "causal"
    assert effect.programme.response == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("parts", "grade"),
    [
        ({}, 4),
        ({"comparison": {"assigned": "random"}}, 1),
        ({"simulated": True}, 6),
        ({"instrument": "positieve-gezondheid-17"}, 5),
        ({"instrument": "positieve-gezondheid-42"}, 6),
    ],
)
def test_the_grade_of_evidence(tmp_path, parts, grade):
    counts = {"improved": 20, "same": 20, "worse": 10, "missing": 10}
    assert two_groups(tmp_path, counts, counts, **parts).evidence == grade


def test_before_and_after_alone_is_grade_five(tmp_path):
    assert one_group(tmp_path, {"improved": 20, "same": 20, "worse": 5}).evidence == 5


def test_where_most_are_missing_nothing_changed_for_them(tmp_path):
    """Less than 60 %: the lower bound is the headline, and the grade is one lower."""
    counts = {"improved": 20, "same": 20, "worse": 10, "missing": 50}
    effect = one_group(tmp_path, counts)
    assert effect.of_missing == 0
    assert effect.rate.mean == pytest.approx(effect.effect.mean * 0.5)
    assert effect.evidence == 6
    assert "measure-response-low" in [p.code for p in effect.problems]


def test_whoever_wants_it_lower_may(tmp_path):
    counts = {"improved": 20, "same": 20, "worse": 10, "missing": 10}
    effect = one_group(tmp_path, counts, missing="unchanged")
    assert effect.rate.mean == pytest.approx(effect.effect.mean * 5 / 6)


@pytest.mark.parametrize(
    ("change", "instrument", "rule"),
    [
        ({"points": 2}, "cantril", ByPoints(2)),
        ({"threshold": 7}, "cantril", ByClass((7,))),
        ({"classes": True}, "de-jong-gierveld-6", ByClass((-4, -1))),
        ({"classes": True}, "de-jong-gierveld-11", ByClass((-8, -2))),
        ({"threshold": 1}, "de-jong-gierveld-6", ByClass((-1,))),
        ({"reliability": 0.85, "sd": 0.8}, "cantril", ByPoints(pytest.approx(0.859, abs=5e-4))),
    ],
)
def test_when_somebody_has_improved(tmp_path, change, instrument, rule):
    path = measurement(tmp_path, "nr;voor;na\nP;1;2\n", change=change, instrument=instrument)
    described = load_measurement(path)
    assert rule_of(described, {}) == rule


def test_less_loneliness_is_an_improvement(tmp_path):
    """And the mean before is that of the scale itself."""
    rows = [[f"P{n}", 5, 1 if n < 20 else 5] for n in range(40)]
    effect = found(
        tmp_path, surveys.csv("nr voor na", rows), instrument="de-jong-gierveld-6", change=None
    )
    assert effect.programme.cells.visible["improved"] == 20
    assert effect.programme.points.change == 2


def test_regression_is_that_of_the_people_measured_again(tmp_path):
    """On a scale where lower is better it works the other way round."""
    stated = {"mean": 2, "sd": 1.5, "correlation": 0.6, "cut": 3, "because": "A"}
    rows = [[f"P{n}", 4, 3 if n < 20 else 4] for n in range(40)]
    effect = found(
        tmp_path, surveys.csv("nr voor na", rows), instrument="de-jong-gierveld-6",
        change={"points": 1}, regression_to_the_mean=stated,
    )  # fmt: skip
    assert effect.regression.points == pytest.approx(0.8)
    assert 0 < effect.regression.rate < 0.5
    assert effect.regression.expected_before == pytest.approx(3.898, abs=1e-3)
    assert effect.effect.mean == pytest.approx(effect.programme.net.mean - effect.regression.rate)


def test_small_counts_are_not_known_any_more(tmp_path):
    """Three got worse: from there on it might as well have been one, two or four."""
    effects = [
        one_group(tmp_path, {"improved": 40, "same": 61 - worse, "worse": worse, "missing": 30})
        for worse in (1, 2, 3, 4)
    ]
    assert all(told(effect) == told(effects[0]) for effect in effects)
    assert effects[0].programme.points is None
    assert effects[0].programme.again == 101


@pytest.mark.parametrize(
    "counts",
    [
        {"improved": 9},
        {"improved": 3, "same": 3, "worse": 4},
        {"missing": 40},
    ],
)
def test_too_few_people(tmp_path, counts):
    with pytest.raises(Unusable) as stopped:
        one_group(tmp_path, counts)
    assert [p.code for p in stopped.value.problems] == ["measure-too-few"]


# what must hold always


@settings(max_examples=30, deadline=None)
@given(COUNTS, COUNTS, st.randoms(use_true_random=False))
def test_who_the_people_are_and_in_which_order_changes_nothing(
    tmp_path_factory, programme, comparison, chance
):
    """Relabelled and shuffled the answers say the same, to the last bit."""
    rows = [*surveys.rows(programme, "a"), *surveys.rows(comparison, "b")]
    names = [f"Z{n}" for n in range(len(rows))]
    chance.shuffle(names)
    others = [[name, *row[1:]] for name, row in zip(names, rows, strict=True)]
    chance.shuffle(others)
    outcomes = []
    for each in (rows, others):
        try:
            content = surveys.csv("nr groep voor na", each)
            outcomes.append(told(found(tmp_path_factory.mktemp("x"), content, **COMPARED)))
        except Unusable as unusable:
            outcomes.append([p.code for p in unusable.problems])
    assert outcomes[0] == outcomes[1]


@settings(max_examples=30, deadline=None)
@given(COUNTS)
def test_a_perfect_comparison_gives_nothing_for_nothing(tmp_path_factory, counts):
    try:
        effect = two_groups(tmp_path_factory.mktemp("x"), counts, counts)
    except Unusable:
        return
    assert effect.effect.mean == effect.rate.mean == effect.lower_bound == 0
    assert effect.rate.low < 0 < effect.rate.high


@settings(max_examples=30, deadline=None)
@given(COUNTS, st.integers(5, 60))
def test_more_missing_never_narrows(tmp_path_factory, counts, more):
    """Beside the same people who were measured again."""
    counts = counts | {"missing": counts["missing"] + 5}
    try:
        less = one_group(tmp_path_factory.mktemp("x"), counts)
        many = one_group(
            tmp_path_factory.mktemp("x"), counts | {"missing": counts["missing"] + more}
        )
    except Unusable:
        return
    assert many.rate.sd >= less.rate.sd - 1e-12
    if less.of_missing == many.of_missing and not less.programme.cells.hidden:
        assert abs(many.rate.mean) <= abs(less.rate.mean) + 1e-12


def test_the_examples_are_what_they_are_said_to_be():
    """Simulated, by the file that says so."""
    for path, content in simulated_surveys.files():
        assert path.read_text("utf-8") == content
        assert load_measurement(path.with_suffix(".yaml")).measurement.simulated


def test_the_order_of_persons_in_a_survey_does_not_matter():
    """Nor to the sums of scores, which are made in the order of the scores."""
    described = load_measurement(EXAMPLES / "eenzaamheid-huisbezoek.yaml")
    survey = read_survey(described)
    persons = list(survey.persons)
    random.Random(1).shuffle(persons)
    shuffled = Survey(tuple(persons), survey.incomplete, survey.problems)
    assert told(measured(described, survey)) == told(measured(described, shuffled))
    assert dataclasses.replace(survey) == survey
