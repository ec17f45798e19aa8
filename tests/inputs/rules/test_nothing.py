"""An outcome in euros that comes to nothing, whatever is drawn, is pointed out."""

from pathlib import Path

import pytest

from sroi.inputs.files.scenario_file import check_file
from sroi.inputs.library.library import Library

SCENARIO = (Path(__file__).parents[2] / "tables" / "scenario.yaml").read_text("utf-8")
RATE = "    low: 0.5\n    best: 2\n    high: 4\n    because: Team.\n    evidence: 6\n"
ASKED = ("ranges-cover-unsaid", "returning-unsaid")  # of every scenario that does not say it
LATE = "  - 0\n  - 0\n  - 80\n"


def told(folder: Path, library: Library, *changes: tuple[str, str]) -> list[tuple[str, str]]:
    text = SCENARIO
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    found = [one for one in check_file(path, library) if one.code not in ASKED]
    assert {problem.code for problem in found} <= {"counts-for-nothing"}
    return [(str(problem.facts["id"]), str(problem.facts["key"])) for problem in found]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (RATE, "    value: 0\n    because: Geen.\n", "rate"),
        ("  lasts: 2\n", "  lasts: 0\n", "lasts"),
        ("    low: 30%\n    best: 50%\n    high: 70%\n    because: x.\n", "    value: 100%\n",
         "deadweight"),
        ("    low: 10%\n    best: 25%\n    high: 40%\n    because: Kerk.\n", "    value: 1\n",
         "attribution_to_others"),
    ],
)  # fmt: skip
def test_by_which_field(tmp_path, library, old, new, key):
    assert told(tmp_path, library, (old, new)) == [("minder-mw", key)]


def test_a_correction_may_take_all_of_it_for_a_reason(tmp_path, library):
    """As in the example of the Guide: the meals were as nutritious before."""
    size = "    low: 30%\n    best: 50%\n    high: 70%\n"
    assert told(tmp_path, library, (size, "    value: 100%\n")) == []


def test_nobody_is_reached(tmp_path, library):
    """Then all outcomes of that activity come to nothing."""
    found = told(tmp_path, library, ("  volume: 80\n", "  volume: 0\n"))
    assert found == [("minder-mw", "volume"), ("meer-ha", "volume")]


@pytest.mark.parametrize(("horizon", "count"), [("", 1), ("  horizon: count\n", 0)])
def test_people_who_come_too_late(tmp_path, library, horizon, count):
    """In the last of three years, of an effect that starts a year later; unless that counts too."""
    found = told(
        tmp_path, library, ("  volume: 80\n", f"  volume:\n{LATE}"),
        ("  lasts: 2\n", "  lasts: 2\n  starts: 2\n"), ("basis:\n", f"basis:\n{horizon}"),
    )  # fmt: skip
    assert found == [("minder-mw", "volume")] * count


def test_a_scenario_in_which_all_counts(tmp_path, library):
    assert told(tmp_path, library) == []
    assert told(tmp_path, library, ("  volume: 80\n", f"  volume:\n{LATE}")) == []
