"""A table of what happened, with its scenario: what is read, what is told, and what is refused."""

import json
import re
from pathlib import Path

import pytest
from contracts import problems_of
from pydantic_core import PydanticCustomError

from sroi.inputs.files.scenario_file import load
from sroi.inputs.follow.actuals_file import load_actuals
from sroi.inputs.follow.period import Period, period
from sroi.problems import Unusable
from sroi.report.follow.template import write_template
from sroi.report.words.problem_text import sentence


@pytest.fixture(scope="module")
def contract(request):
    folder = request.path.parents[2] / "broken" / "follow"
    return load(folder / "contract.yaml")


def table(folder, *rows, until="2025-Q4", sign=""):
    """A table with these rows, in YAML."""
    told = "".join(f"  - {{{row}, source: registratie}}\n" for row in rows)
    path = folder / "gebeurd.yaml"
    path.write_text(f"scenario: klein-contract\n{sign}until: {until}\nrows:\n{told}", "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "found"),
    [("2026", Period(2026)), ("2026-Q1", Period(2026, 1)), ("2026 kw 3", Period(2026, 3)),
     ("q4 2027", Period(2027, 4)), ("1e kwartaal 2026", Period(2026, 1)),
     ("2nd quarter 2026", Period(2026, 2)), ("2026q2", Period(2026, 2))],
)  # fmt: skip
def test_a_period_as_people_write_it(text, found):
    assert period(text) == found
    assert period(str(found)) == found


@pytest.mark.parametrize("text", ["2026-Q5", "2026-13", "26", "Q1", "", "20260"])
def test_what_is_no_period(text):
    with pytest.raises(PydanticCustomError):
        period(text)


@pytest.mark.parametrize(
    ("said", "path"),
    [("bezoek", "activities.bezoek.volume"), ("activities.bezoek", "activities.bezoek.volume"),
     ("team", "investment.team.per_year"), ("minder-hulp", "outcomes.minder-hulp.rate"),
     ("proxies.uur-hulp", "proxies.uur-hulp.value")],
)  # fmt: skip
def test_what_may_be_called_by_its_id(contract, tmp_path, said, path):
    known = "measured" if "outcomes" in path else "counted" if "activ" in path else "booked"
    more = "sd: 1, " if known == "measured" else ""
    row = f"period: 2024, what: {said}, amount: 50, {more}known: {known}"
    assert load_actuals(table(tmp_path, row), contract).paths() == [path]


def test_a_correction_takes_the_place_of_what_it_corrects(contract, tmp_path):
    rows = [f"period: 2024, what: bezoek, amount: {n}, known: counted" for n in (90, 95, 97)]
    rows[1:] = [f"{row}, correction: true" for row in rows[1:]]
    found = load_actuals(table(tmp_path, *rows, until="2024"), contract)
    assert [(row.size, row.replaced.amount) for row in found.rows] == [(97, 95)]
    told = next(one for one in found.problems if one.code == "follow-corrected")
    assert (told.facts["before"], told.facts["after"]) == ("95", "97")


def test_a_quarter_that_is_missing_is_told(contract, tmp_path):
    rows = [f"period: 2024-Q{q}, what: bezoek, amount: 25, known: counted" for q in (1, 3)]
    found = load_actuals(table(tmp_path, *rows, until="2025-Q1"), contract)
    told = next(one for one in found.problems if one.code == "follow-quarter-missing")
    assert told.facts["periods"] == "2024-Q2, 2024-Q4, 2025-Q1"
    assert found.last_whole_year == 2024
    assert found.quarters("activities.bezoek.volume", 2024) == {1, 3}


def test_a_measurement_comes_in_with_its_band(contract, tmp_path):
    told = {"schema": "sroi.measurement/1", "rate": {"mean": 0.08, "sd": 0.02},
            "effect_basis": "causal", "simulated": True}  # fmt: skip
    (tmp_path / "meting.json").write_text(json.dumps(told), "utf-8")
    row = "period: 2024, what: minder-vallen, measurement: meting.json, known: measured"
    found = load_actuals(table(tmp_path, row), contract)
    assert (found.rows[0].size, found.rows[0].spread, found.rows[0].comparison) == (
        0.08, 0.02, "group",
    )  # fmt: skip
    assert "follow-simulated" in {one.code for one in found.problems}


@pytest.mark.parametrize("said", ["{", "[1]", '{"schema": "sroi.measurement/1", "rate": {}}'])
def test_a_file_that_is_no_measurement(contract, tmp_path, said):
    (tmp_path / "meting.json").write_text(said, "utf-8")
    row = "period: 2024, what: minder-hulp, measurement: meting.json, known: measured"
    codes = {one.code for one in problems_of(table(tmp_path, row), contract)}
    assert "follow-measurement-unreadable" in codes


def test_the_written_quantity_of_a_measurement(contract, tmp_path):
    """As `sroi measure` writes it into a scenario."""
    row = "period: 2024, what: minder-hulp, normal: {mean: 18.73%, sd: 2.10%}, known: measured"
    found = load_actuals(table(tmp_path, row), contract)
    assert found.rows[0].size == pytest.approx(0.1873)
    assert found.rows[0].spread == pytest.approx(0.021)


def test_the_scenario_of_then_tells_what_has_changed(contract, tmp_path):
    """Accepted with the scenario that the table was begun for, and with no other."""
    text = Path(contract.document.file).read_text("utf-8")
    new = tmp_path / "nieuw.yaml"
    new.write_text(text.replace("best: 100", "best: 110").replace("draws: 16384", "draws: 64"))
    row = "period: 2024, what: bezoek, amount: 90, known: counted"
    path = table(tmp_path, row, sign=f"fingerprint: {contract.inputs_sha256}\n")
    later = load(new)
    with pytest.raises(Unusable, match="follow-other-scenario"):
        load_actuals(path, later)
    with pytest.raises(Unusable, match="follow-not-that-scenario"):
        load_actuals(path, later, later)
    changed = load_actuals(path, later, contract).changed
    assert [one.path for one in changed] == ["activities.bezoek.volume", "basis.draws"]
    assert '"best":110' in changed[0].after


def test_costs_by_payer(contract, tmp_path):
    rows = [
        "period: 2024, what: team, payer: gemeente, amount: 8000, known: booked",
        "period: 2024, what: team, payer: zorgverzekeraar, amount: 2500, known: booked",
    ]
    found = load_actuals(table(tmp_path, *rows), contract)
    assert [row.actual.payer for row in found.rows] == ["gemeente", "zorgverzekeraar"]


@pytest.mark.parametrize("name", ["leeg.xlsx", "leeg.csv", "leeg.yaml"])
def test_a_table_as_it_was_given_out_says_that_nothing_is_filled_in(contract, tmp_path, name):
    """Whatever kind of file it is, and nothing else is said."""
    write_template(tmp_path / name, contract, "nl")
    assert [one.code for one in problems_of(tmp_path / name, contract)] == ["follow-nothing-filled"]


def test_a_series_that_ends_is_told_with_the_line_that_continues_it(contract):
    """And with the option that the changed scenario then asks for."""
    folder = Path(__file__).parents[2] / "broken" / "follow"
    told = sentence(problems_of(folder / "follow-series-end.yaml", contract)[-1], "nl")
    assert re.search(r"indices: \{\S+: \{20\d\d: 3%, because: .*--scenario-changed", told)
