"""A pilot in a scenario: each effect in its place, and nothing without a comparison."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from shipped_city import shipped_city
from workbooks import book_of

from sroi import shipped
from sroi.analysis.pilot.found import LadderEffect
from sroi.analysis.pilot.guards import barred
from sroi.analysis.pilot.moving_along import UNSCORED, Presence
from sroi.analysis.pilot.setting import setting
from sroi.inputs.files.ladder_edit import with_effects
from sroi.inputs.files.scenario_edit import write_edited
from sroi.inputs.files.scenario_file import check_file, load
from sroi.inputs.pilot.pilot import Described, MovedAlong
from sroi.inputs.pilot.pilot_file import load_pilot
from sroi.inputs.text.yaml_text import read
from sroi.model.pilot.cut import far_end
from sroi.model.pilot.moved_along import Share
from sroi.problems import Problem, Unusable
from sroi.report.pilot.pilot_written import in_ladder

SCENARIO = shipped.folder("scenarios") / "voorbeeldstad-kanteling.yaml"
CITY = shipped.folder("scenarios") / "pilots" / "voorbeeldstad-naar-voren.yaml"


@pytest.fixture
def plan(tmp_path) -> Path:
    return shutil.copy(SCENARIO, tmp_path / "plan.yaml")


@pytest.fixture(scope="module")
def found():
    return shipped_city()


def intervention(path: Path) -> dict:
    return read(path).data["care_ladder"][0]["intervention"]


def test_every_effect_comes_in_its_place_and_all_else_stays(plan, found):
    edited = with_effects(plan, "zorgladder", in_ladder(found, 0.46))
    write_edited(edited)
    made = intervention(plan)
    for effect in found.effects:
        written = made[effect.name]
        assert written["source"] == "pilot-voorbeeldstad-naar-voren[voorbeeldstad-naar-voren.yaml]"
        assert written["evidence"] == "6"
        assert written["because"]["nl"].startswith("Gesimuleerd, niet geteld.")
    up = found.effects[0]
    written = {key: float(made["hazard_ratio_up"][key]) for key in ("low", "best", "high")}
    assert written == pytest.approx({"low": up.low, "best": up.value, "high": up.high}, abs=1e-4)
    assert made["hazard_ratio_up"]["covers"] == "95%"
    assert made["needs_heavy_care"]["value"] == "0"
    assert (made["effect_basis"], made["reference"]) == ("causal", "0.46")
    assert not [p for p in check_file(plan) if p.severity == "error"]
    before, after = (text.decode().splitlines() for text in (edited.before, edited.after))
    first = before.index("    intervention:")
    assert after[: first + 1] == before[: first + 1]
    assert made["ramp"] == intervention(SCENARIO)["ramp"]


def test_a_workbook_says_the_same(plan, found):
    """In its own cells."""
    book = plan.with_suffix(".xlsx")
    book.write_bytes(book_of(plan.read_text("utf-8"), "nl"))
    for path in (plan, book):
        write_edited(with_effects(path, "zorgladder", in_ladder(found, 0.46)))
    first, other = (load(path).scenario.care_ladder[0].intervention for path in (plan, book))
    for name in ("hazard_ratio_up", "hazard_ratio_down", "diversion", "net_widening"):
        one, two = getattr(first, name), getattr(other, name)
        assert (one.low, one.best, one.high) == pytest.approx((two.low, two.best, two.high))
        assert (one.covers, one.because, one.source) == (two.covers, two.because, two.source)
    assert first.reference == other.reference


def test_what_was_corrected_goes_with_the_comparison(plan, found):
    text = plan.read_text("utf-8").replace(
        "effect_basis: causal          # de",
        "effect_basis: gross\n      deadweight: 20%\n      attribution_to_others: 10%  # de",
    )
    plan.write_text(text, "utf-8")
    edited = with_effects(plan, "zorgladder", in_ladder(found, None))
    assert edited.removed == ("deadweight", "attribution_to_others")
    write_edited(edited)
    assert intervention(plan)["effect_basis"] == "causal"
    assert intervention(plan)["reference"] == "expected"


def told(found, *codes: str):
    """The same pilot of which more is said of moves up."""
    file = found.described.document.file
    more = tuple(Problem(code, "warning", file, facts={"move": "up"}) for code in codes)
    return replace(found, problems=(*found.problems, *more))


def test_an_effect_with_another_course_before_is_not_written(found):
    doubted = told(found, "pilot-other-course")
    assert barred(doubted)["up"] == ["pilot-other-course"]
    assert "hazard_ratio_up" not in in_ladder(doubted, None).effects
    assert "hazard_ratio_down" in in_ladder(doubted, None).effects


@pytest.mark.parametrize("code", ["pilot-no-comparison", "pilot-one-quarter"])
def test_nothing_is_written_where_nothing_may_be(found, code):
    with pytest.raises(Unusable) as raised:
        in_ladder(told(found, code), None)
    (problem,) = raised.value.problems
    assert (problem.code, problem.facts["reasons"]) == ("pilot-not-written", code)


def test_what_speaks_against_an_effect_lowers_its_grade(found):
    """One weaker, and never beyond the last."""
    quiet = replace(found, problems=(), evidence=4)
    grade = {e: in_ladder(one, None).effects["hazard_ratio_up"]["evidence"]
             for e, one in (("4", quiet), ("5", told(quiet, "pilot-placebo")))}  # fmt: skip
    assert all(wanted == given for wanted, given in grade.items())


MOVED = {
    "toegang": 0.8, "verwijzers": 0.75, "aanbieders": 0.5, "zorgkantoor": 0.25, "inwoners": 0.75,
    "continuiteit": 1.0,
}  # fmt: skip


def saying(conditions: dict[str, float]) -> Described:
    """The pilot that says itself how far everybody moved along."""
    described = load_pilot(CITY)
    moved = MovedAlong.model_construct(conditions=conditions, because=None)
    return replace(described, pilot=described.pilot.model_copy(update={"moved_along": moved}))


def test_how_far_everybody_moved_along_is_the_reference():
    """1 - w (1 - B) of each of six conditions, by hand: 0.88 · 0.875 · 0.75 · 0.8875 · 0.9 · 1."""
    scenario = load(SCENARIO).scenario
    found = setting(saying(MOVED), UNSCORED, scenario)
    assert found == pytest.approx(0.88 * 0.875 * 0.75 * 0.8875 * 0.9)
    assert setting(load_pilot(CITY), UNSCORED, scenario) is None


def test_scores_go_before_what_somebody_says():
    scenario = load(SCENARIO).scenario
    scored = [
        Presence(name, Share(size, 0.0, 1.0), {}, None, 1, 0, None) for name, size in MOVED.items()
    ]
    found = setting(saying({}), replace(UNSCORED, presences=tuple(scored)), scenario)
    assert found == pytest.approx(setting(saying(MOVED), UNSCORED, scenario))


@pytest.mark.parametrize(
    ("conditions", "code"),
    [({"toegang": 0.5}, "pilot-condition-missing"), ({"toegan": 1.0}, "pilot-condition-unknown")],
)
def test_conditions_that_do_not_fit_are_told(conditions, code):
    with pytest.raises(Unusable) as raised:
        setting(saying(conditions), UNSCORED, load(SCENARIO).scenario)
    assert code in {problem.code for problem in raised.value.problems}


def test_conditions_that_nobody_scored_are_told_at_the_scores():
    """Who has scores has no moved_along to mend."""
    one = Presence("toegang", Share(0.5, 0.0, 1.0), {}, None, 1, 0, None)
    with pytest.raises(Unusable) as raised:
        setting(load_pilot(CITY), replace(UNSCORED, presences=(one,)), load(SCENARIO).scenario)
    told = raised.value.problems[0]
    assert (told.code, "presence:" in told.excerpt) == ("pilot-condition-unscored", True)
    assert "verwijzers" in told.facts["ids"]


def test_what_was_scored_goes_to_the_conditions(plan, found):
    """With its band and its reason; a condition that was not scored keeps what it had."""
    seen = (
        Presence("toegang", Share(0.8, 0.7, 0.9), {"A": 0.8, "B": 0.8}, None, 4, 0, None),
        Presence("verwijzers", Share(0.75, 0.5, 1.0), {"A": 0.75, "B": 0.75}, None, 4, 0, None),
        Presence("inwoners", Share(0.5, np.nan, np.nan), {"A": 0.5}, None, 4, 0, None),
    )
    before = read(plan).data["enabling_conditions"]
    edited = with_effects(
        plan, "zorgladder", in_ladder(found, None, replace(UNSCORED, presences=seen))
    )
    write_edited(edited)
    made = {one["id"]: one["moves_along"] for one in read(plan).data["enabling_conditions"]}
    sizes = {key: made["toegang"][key] for key in ("low", "best", "high", "covers")}
    assert sizes == {"low": "70.00%", "best": "80.00%", "high": "90.00%", "covers": "95%"}
    assert (made["verwijzers"]["high"], "covers" in made["verwijzers"]) == ("100.00%", False)
    assert made["inwoners"]["value"] == "50.00%"
    assert made["aanbieders"] == {one["id"]: one["moves_along"] for one in before}["aanbieders"]
    assert made["toegang"]["because"]["nl"].startswith("Gesimuleerd, niet geteld. Pilot")
    assert not [p for p in check_file(plan) if p.severity == "error"]


def test_a_ladder_that_is_not_there_is_told(plan, found):
    with pytest.raises(Unusable) as raised:
        with_effects(plan, "zorglader", in_ladder(found, None))
    (problem,) = raised.value.problems
    assert (problem.code, problem.facts["nearest"]) == ("pilot-ladder-unknown", "zorgladder")


@pytest.mark.parametrize(("low", "best", "high"), [(0, 0.14, 0.53), (0, 0, 0.3), (0.5, 0.6, 0.9)])
def test_a_range_that_is_cut_keeps_its_share_beyond_the_end(low, best, high):
    far = far_end(low, best, high)
    width = far - low
    pert = stats.beta(1 + 4 * (best - low) / width, 1 + 4 * (far - best) / width, low, width)
    assert pert.sf(high) == pytest.approx(0.025, abs=1e-6)
    assert far_end(-low, -best, -high) == pytest.approx(-far)


def test_an_effect_the_wrong_way_is_cut_at_nothing(found):
    """More people straight into heavy care: no diversion, and it says that it was cut."""
    wrong = LadderEffect("diversion", "door", -0.1, -0.3, 0.1, False, 0.3)
    made = in_ladder(replace(found, effects=(wrong,)), None).effects["diversion"]
    assert (made["low"], made["best"]) == ("0.00%", "0.00%")
    assert "afgekapt" in made["because"]["nl"]
