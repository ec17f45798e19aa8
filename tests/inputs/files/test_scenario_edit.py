"""A measured rate in a scenario: the right lines change, and no other character does."""

from pathlib import Path

import pytest
import yaml
from quick_yaml import BaseLoader

from sroi import shipped
from sroi.inputs.files import scenario_edit
from sroi.inputs.files.rate_edit import MeasuredRate, with_rate
from sroi.inputs.files.scenario_edit import scenario_id, write_edited
from sroi.inputs.files.scenario_file import load
from sroi.inputs.text.yaml_edit import Editor
from sroi.problems import Unusable

OLDER = shipped.folder("scenarios") / "voorbeeldstad-ouderen.yaml"
RATE = {
    "normal": {"mean": "12.3%", "sd": "4.5%"},
    "because": {"nl": "Omdat het zo is. " * 12 + "Ja.", "en": "Because it is so. " * 12 + "Yes."},
    "source": "meting-x[x.yaml]",
    "evidence": "4",
}  # fmt: skip
COUNTS = {
    "instrument": "Een lijst", "invited": "60", "improved": "20", "same": "20", "worse": "10",
    "comparison": "group", "source": "meting-x[x.yaml]",
}  # fmt: skip
SOURCE = {"id": "meting-x", "type": "dataset", "title": "Een meting"}


def found(**parts) -> MeasuredRate:
    whole = {"rate": RATE, "effect_basis": "causal", "source": SOURCE, "measured": COUNTS}
    return MeasuredRate(**(whole | {"in_euros": True} | parts))


@pytest.fixture
def older(tmp_path) -> Path:
    path = tmp_path / "ouderen.yaml"
    path.write_bytes(OLDER.read_bytes())
    return path


def codes(path: Path, outcome: str, rate: MeasuredRate) -> list[str]:
    with pytest.raises(Unusable) as stopped:
        with_rate(path, outcome, rate)
    return [problem.code for problem in stopped.value.problems]


def test_an_outcome_without_euros(older):
    """Rate, basis, counts and source are there; everything else is as it was."""
    before = load(older).scenario
    write_edited(with_rate(older, "minder-eenzaam", found()))
    scenario = load(older).scenario
    outcome = next(o for o in scenario.outcomes if o.id == "minder-eenzaam")
    assert (outcome.rate.normal.mean, outcome.rate.normal.sd) == pytest.approx((0.123, 0.045))
    assert outcome.rate.because.nl == RATE["because"]["nl"]
    assert (outcome.effect_basis, outcome.measured.improved) == ("causal", 20)
    assert str(outcome.rate.source) == "meting-x[x.yaml]"
    assert [s.id for s in scenario.sources] == [*(s.id for s in before.sources), "meting-x"]
    others = [o for o in before.outcomes if o.id != "minder-eenzaam"]
    assert [o for o in scenario.outcomes if o.id != "minder-eenzaam"] == others


def test_no_other_line_changes(older):
    lines = older.read_text("utf-8").splitlines()
    edited = with_rate(older, "minder-eenzaam", found())
    new = edited.after.decode().splitlines()
    start = next(n for n, line in enumerate(lines) if "id: minder-eenzaam" in line)
    assert [line for line in lines[:start] if line not in new] == []
    assert max(len(line) for line in new if line not in lines) <= 110


def test_a_comparison_replaces_the_corrections(older):
    """They are taken out, and said to be; what is gross keeps them."""
    edited = with_rate(older, "minder-huisarts", found())
    assert set(edited.removed) == {"deadweight", "displacement", "attribution_to_others"}
    write_edited(edited)
    outcome = next(o for o in load(older).scenario.outcomes if o.id == "minder-huisarts")
    assert (outcome.deadweight, outcome.effect_basis) == (None, "causal")


def test_a_gross_effect_keeps_the_corrections(older):
    edited = with_rate(older, "minder-huisarts", found(effect_basis="gross"))
    assert edited.removed == ()
    assert "effect_basis: gross" not in edited.after.decode().partition("minder-huisarts")[2][:900]


def test_counts_of_an_older_measurement_go(older):
    """Where the new ones may not be shown."""
    write_edited(with_rate(older, "minder-eenzaam", found()))
    edited = with_rate(older, "minder-eenzaam", found(measured=None))
    assert b"measured:" not in edited.after


def test_twice_is_once(older):
    write_edited(with_rate(older, "minder-eenzaam", found()))
    again = with_rate(older, "minder-eenzaam", found())
    assert again.before == again.after


def test_an_outcome_that_is_not_there(older):
    assert codes(older, "minder-eenzaamm", found()) == ["measure-outcome-unknown"]


def test_what_may_not_be_money(older):
    """A web for conversations in an outcome with a price."""
    assert codes(older, "minder-huisarts", found(in_euros=False)) == ["measure-no-euros"]
    assert with_rate(older, "minder-eenzaam", found(in_euros=False)).removed == ()


def test_a_scenario_that_would_break_is_left_alone(older):
    """A variant or a correlation needs what goes away."""
    before = older.read_bytes()
    assert codes(older, "later-verpleeghuis", found())[0] == "measure-breaks-scenario"
    assert older.read_bytes() == before


def test_a_scenario_with_mistakes_is_told_so_first(older):
    older.write_text(older.read_text("utf-8").replace("kind: forecast", "kind: raming"), "utf-8")
    assert "word-unknown" in codes(older, "minder-eenzaam", found())


def test_a_file_that_changed_meanwhile(older):
    edited = with_rate(older, "minder-eenzaam", found())
    older.write_bytes(edited.before + b"\n")
    with pytest.raises(Unusable) as stopped:
        write_edited(edited)
    assert [p.code for p in stopped.value.problems] == ["measure-file-changed"]


def test_an_outcome_that_cannot_be_edited(older):
    """In one line with braces the corrections have no line of their own."""
    data = yaml.load(older.read_text("utf-8"), Loader=BaseLoader)
    older.write_text(yaml.safe_dump(data, default_flow_style=True, allow_unicode=True), "utf-8")
    assert codes(older, "minder-huisarts", found()) == ["measure-not-editable"]


def test_the_id_of_a_scenario(older):
    assert scenario_id(older) == "voorbeeldstad-ouderen"
    assert set(scenario_edit.OWN_WORDS.values()) == {"measure-not-editable", "measure-file-changed"}


# the editor


TEXT = b"""\
# begin
a:
  - id: x      # first
    rate: 1    # old
    gone: {b: 2}   # with a remark
    last:
      low: 1   # inside
      high: 2
b: 3
"""


def edited(change) -> str:
    editor = Editor(TEXT, "f.yaml")
    change(editor)
    return editor.result().decode()


def test_lines_in_the_place_of_a_value():
    told = edited(
        lambda e: e.set_lines(("a", 0, "rate"), {"c": "4", "d": {"e": "long " * 20 + "x"}})
    )
    assert "    rate:\n      c: 4\n      d:\n        e: >-\n          long" in told
    assert told.endswith("high: 2\nb: 3\n")


def test_a_line_that_goes():
    assert edited(lambda e: e.remove(("a", 0, "gone"))) == TEXT.decode().replace(
        "    gone: {b: 2}   # with a remark\n", ""
    )


def test_the_last_lines_go_and_others_come():
    def change(editor):
        editor.remove(("a", 0, "last"))
        editor.set(("a", 0, "new"), "5")
        editor.set_lines(("a", 0, "more"), {"c": "6"})

    told = edited(change)
    assert told.endswith(
        "gone: {b: 2}   # with a remark\n    new: 5\n    more: {c: 6}\nb: 3\n"
    ) or (told.endswith("remark\n    new: 5\n    more:\n      c: 6\nb: 3\n"))


@pytest.mark.parametrize("path", [("a", 0, "id"), ("a", 0, "gone", "b")])
def test_what_shares_its_line_cannot_go(path):
    with pytest.raises(Unusable):
        edited(lambda e: e.remove(path))


def test_a_rate_that_is_a_named_number_is_measured_there(older):
    """In its place under `quantities`, and the outcome goes on following from it."""
    text = older.read_text("utf-8")
    named = "quantities:\n  - id: uitsteldagen"
    shared = "quantities:\n  - id: eenzaam\n    what: Minder eenzaam\n    low: 1%\n    best: 2%\n"
    shared += "    high: 3%\n    because: Zo.\n  - id: uitsteldagen"
    text = text.replace(named, shared)
    before, _, after = text.partition("    rate:\n      beta: {yes: 8, no: 42}\n")
    rest = after[after.index("    unit: persoon") :]
    older.write_text(f"{before}    rate: {{from: eenzaam}}\n{rest}", "utf-8")
    write_edited(with_rate(older, "minder-eenzaam", found()))
    data = yaml.load(older.read_text("utf-8"), Loader=BaseLoader)
    (shared_one,) = [one for one in data["quantities"] if one["id"] == "eenzaam"]
    assert set(shared_one) == {"id", "what", *found().rate}
    (outcome,) = [one for one in data["outcomes"] if one["id"] == "minder-eenzaam"]
    assert outcome["rate"] == {"from": "eenzaam"}


def test_a_rate_that_is_reckoned_from_a_number_is_not_overwritten(older):
    assert codes(older, "meer-zorg-thuis", found()) == ["measure-rate-follows"]
