"""Answers that can hardly be as they were meant."""

from pathlib import Path

import numpy as np
import pytest
import surveys
from hypothesis import given
from hypothesis import strategies as st
from surveys import measurement

from sroi.analysis.evidence.implausible import against_the_rest, without_room
from sroi.analysis.evidence.measuring import measured
from sroi.inputs.evidence.codes import like_codes
from sroi.inputs.evidence.instruments import Scale
from sroi.inputs.evidence.measurement_file import load_measurement
from sroi.inputs.evidence.survey import read_survey
from sroi.inputs.text.cells import Cell
from sroi.model.evidence.measurement import ByClass, ByPoints
from sroi.problems import Unusable

TABLES = Path(__file__).parents[2] / "tables"
HUNDRED = Scale(low="0", high="100", better="higher")


def warned(path: Path) -> set[str]:
    described = load_measurement(path)
    return {p.code for p in measured(described, read_survey(described)).problems}


def lists(items: int, turned: tuple[int, ...], people: int = 200, noise: float = 0.7) -> np.ndarray:
    """Answers of 1 to 5 to items that measure one thing; some of them the other way round."""
    chance = np.random.default_rng(7)
    one = chance.normal(3, 1, (people, 1)) + chance.normal(0, noise, (people, items))
    found = np.clip(one.round(), 1, 5)
    for at in turned:
        found[:, at - 1] = 6 - found[:, at - 1]
    return found


@pytest.mark.parametrize(
    ("items", "turned"), [(6, (2, 4, 6)), (6, (3,)), (5, (1,)), (4, (3, 4)), (9, (2, 9)), (3, (2,))]
)
def test_items_the_other_way_round_are_found(items, turned):
    assert against_the_rest(lists(items, turned)) == list(turned)


@pytest.mark.parametrize("items", [3, 6, 11])
def test_items_that_go_together_and_answers_at_random_are_not(items):
    assert against_the_rest(lists(items, ())) == []
    for seed in range(40):
        at_random = np.random.default_rng(seed).integers(1, 6, (40, items))
        assert against_the_rest(at_random) == []


@given(st.lists(st.lists(st.integers(1, 3), min_size=2, max_size=4), max_size=30))
def test_any_answers_give_items_that_there_are(answers):
    """Also lists of unlike lengths, and columns in which all say the same."""
    found = against_the_rest(answers)
    assert all(1 <= item <= len(answers[0]) for item in found)
    assert not found or len(found) < len(answers[0])


def test_turning_back_what_was_found_leaves_nothing():
    table = lists(6, (2, 4, 6))
    for item in against_the_rest(table):
        table[:, item - 1] = 6 - table[:, item - 1]
    assert against_the_rest(table) == []


def test_who_cannot_rise():
    """By points: whoever starts within a step of the best; by class: whoever is in the best one."""
    before = np.array([10.0, 9.5, 9.0, 5.0])
    assert without_room(before, 10, ByPoints(1)) == 0.5
    assert without_room(before, 10, ByClass((9.0,))) == 0.75
    assert without_room(before[:0], 10, ByPoints(1)) == 0


@pytest.mark.parametrize(
    ("name", "code"),
    [("reversed-forgotten", "measure-items-against"), ("code99-scale100", "measure-code")],
)
def test_an_invented_survey_in_which_it_went_wrong(name, code):
    assert code in warned(TABLES / f"{name}.yaml")


def test_the_survey_as_it_should_be_has_no_doubts():
    assert warned(TABLES / "base.yaml") == {"measure-no-counterfactual"}


def coded(*scores: float) -> list[str]:
    cells = [(Cell(None, row, 1), score) for row, score in enumerate(scores, 2)]
    return [str(p.facts["cells"]) for p in like_codes(cells, HUNDRED, "")]


def test_a_code_among_scores():
    """Off the steps of all others, or far above them; twice at least."""
    tens = [20.0, 30.0, 70.0, 90.0]
    assert coded(*tens, 99, 99) == ["A6, A7"]
    assert coded(*tens, 99) == []
    assert coded(21, 33, 47, 99, 99) == ["A5, A6"]
    assert coded(21, 33, 88.5, 91, 99, 99) == []
    assert coded(99, 99) == []


def anyway(mean: float, better: str, **more: float):
    return {
        "instrument": None, "scale": {"low": 0, "high": 10, "better": better},
        "regression_to_the_mean": {
            "mean": mean, "sd": 2, "correlation": 0.6, "because": "A.", **more
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mean", "better", "refused"),
    [(8, "higher", False), (2, "higher", True), (2, "lower", False), (8, "lower", True)],
)
def test_a_correction_never_raises_the_effect(tmp_path, mean, better, refused):
    """People start at 5: a mean that they are better than already would add to what was found."""
    rows = surveys.rows({"improved": 12, "same": 9, "worse": 6, "missing": 5})
    path = measurement(tmp_path, surveys.csv("nr voor na", rows), **anyway(mean, better))
    described = load_measurement(path)
    if refused:
        with pytest.raises(Unusable, match="measure-anyway-raises"):
            measured(described, read_survey(described))
    else:
        found = measured(described, read_survey(described))
        assert found.effect.mean <= found.programme.net.mean


@pytest.mark.parametrize(("cut", "told"), [(7, False), (3, True)])
def test_a_cut_on_the_other_side(tmp_path, cut, told):
    rows = surveys.rows({"improved": 12, "same": 9, "worse": 6, "missing": 5})
    path = measurement(tmp_path, surveys.csv("nr voor na", rows), **anyway(8, "higher", cut=cut))
    assert ("measure-cut-side" in warned(path)) is told
