"""People under an effect, by year, against the people there are."""

import pytest
from models_in_memory import one_line
from scenarios_at_random import as_yaml
from valid_scenario import CARE, with_change

from sroi.inputs.files.scenario_file import check_file


def said(tmp_path, people: int, **changes) -> list[tuple[str, object]]:
    """Codes about people, with the year where they name one."""
    group = {"id": "bewoners", "what": "Bewoners", "people": people, "reached": 10}
    usual = {"basis__years": 5, "activities__volume": 100, "outcomes__lasts": 3}
    scenario = one_line(**usual | changes)
    path = tmp_path / "plan.yaml"
    path.write_text(as_yaml(scenario | {"target_groups": [group]}))
    codes = ("people-above-group", "people-near-group", "returning-unsaid", "volume-above-group")
    problems = [one for one in check_file(path) if one.code in codes]
    return [(one.code, one.facts.get("year"), one.facts.get("found")) for one in problems]


def test_three_hundred_of_a_hundred_is_an_error(tmp_path):
    """From the third year on; and who comes back is asked for."""
    assert said(tmp_path, 100) == [
        ("returning-unsaid", None, None),
        ("people-above-group", 2028, "300"),
    ]


@pytest.mark.parametrize(
    ("share", "people", "expected"),
    [
        ("60%", 155, [("people-above-group", 2028, "156")]),
        ("60%", 156, [("people-near-group", 2028, "156")]),
        ("60%", 190, [("people-near-group", 2028, "156")]),
        ("60%", 196, []),
        ("100%", 126, []),
    ],
)
def test_more_than_there_are_and_more_than_four_in_five(tmp_path, share, people, expected):
    assert said(tmp_path, people, activities__returning=share) == expected


def test_other_things_than_people_are_not_held_against_people(tmp_path):
    """A group of a club, or a visit, says nothing of how many people there are."""
    found = said(tmp_path, 100, activities__unit="dagdeel", activities__returning="0%")
    assert found == []


def test_what_is_done_once_asks_nothing(tmp_path):
    """Nobody can come back to what there is in one year only."""
    assert said(tmp_path, 1000, activities__volume=[100, 0, 0, 0, 0]) == []


@pytest.mark.parametrize("unit", ["personen", "Huishoudens", "vrijwilliger", "young people"])
def test_people_are_people_in_every_rule(tmp_path, unit):
    """One list of words: for who is under an effect, and for who is reached in a year."""
    assert said(tmp_path, 99, activities__unit=unit, activities__returning="100%") == [
        ("people-above-group", 2026, "100")
    ]


def test_what_is_told_of_an_outcome_is_not_told_of_its_activity_as_well(tmp_path):
    """More people in a year than there are: of the outcome, or else of the activity."""
    usual = {"basis__years": 1, "activities__unit": "bezoekers", "outcomes__lasts": 1}
    assert [code for code, _, _ in said(tmp_path, 99, **usual)] == ["people-above-group"]
    other = usual | {"outcomes__stakeholder": "buren"}
    assert [code for code, _, _ in said(tmp_path, 99, **other)] == ["volume-above-group"]


CARE_TWICE = ("      counted_elsewhere: 0\n", "")
IN_EUROS = (
    "proxies:\n",
    """\
outcomes:
  - {id: rust, what: Rust, stakeholder: inwoners, of: traject, rate: {value: 1, evidence: 5},
     proxy: seh-bezoek, effect_basis: causal}
proxies:
""",
)


@pytest.mark.parametrize(
    ("pairs", "asked"),
    [([], []), ([CARE_TWICE], ["jeugd"]), ([IN_EUROS], ["volwassenen"])],
)
def test_who_is_in_two_parts_is_asked(check, pairs, asked):
    """Of a second ladder for the same people, and of a ladder for people who have an outcome in
    euros; not where it is said, were it nobody."""
    text = CARE
    for old, new in pairs:
        text = with_change(old, new, text).decode()
    found = check(text.encode())
    assert [x.facts["id"] for x in found if x.code == "same-people-unsaid"] == asked
