"""A published number in a scenario, YAML or workbook: with its band, its reason and its source."""

from pathlib import Path

import pytest
from valid_scenario import SCENARIO
from workbooks import book_of

from sroi.inputs.files.number_edit import PublishedNumber, with_number
from sroi.inputs.files.scenario_document import read_document
from sroi.inputs.files.scenario_edit import write_edited
from sroi.problems import Unusable

BECAUSE = {"nl": "Uit tabel 99999NED: verzonnen.", "en": "From table 99999NED: invented."}
SOURCE = {"id": "cbs-99999ned-2026-11-29", "type": "dataset", "title": "99999NED Verzonnen"}


def number(best="1200", low="1197.5", high="1202.5") -> PublishedNumber:
    marks = {"nl": "Uit tabel", "en": "From table"}
    return PublishedNumber(
        best, BECAUSE, SOURCE, "Tilburg (GM0855); 2024; regel 4", marks, low, high
    )


@pytest.fixture(params=["plan.yaml", "plan.xlsx"])
def plan(request, tmp_path) -> Path:
    path = tmp_path / request.param
    path.write_bytes(book_of(SCENARIO) if path.suffix == ".xlsx" else SCENARIO.encode())
    return path


def put(plan: Path, where: str, one: PublishedNumber) -> object:
    edited = with_number(plan, where, one)
    assert edited.before == plan.read_bytes()
    write_edited(edited)
    return read_document(plan).data


def named(data, name: str) -> dict:
    return {one["id"]: one for one in data[name]}


def test_where_a_range_may_stand_the_band_is_one(plan):
    where = first(plan, "activities")
    data = put(plan, f"activities.{where}.volume.2026", number())
    volume = named(data, "activities")[where]["volume"][0]
    assert (volume["low"], volume["best"], volume["high"]) == ("1197.5", "1200", "1202.5")
    assert volume["because"] == BECAUSE
    assert volume["source"] == "cbs-99999ned-2026-11-29[Tilburg (GM0855); 2024; regel 4]"
    assert SOURCE["id"] in named(data, "sources")
    basis = data["basis"].get("ranges_cover")
    assert volume.get("covers") == (None if basis == "100%" else "100%")


def test_a_number_without_band_is_a_number(plan):
    where = first(plan, "investment")
    data = put(plan, f"investment.{where}.per_year", number(low="", high=""))
    amount = named(data, "investment")[where]["per_year"]
    assert amount["value"] == "1200"
    assert "low" not in amount


def first(plan: Path, name: str) -> str:
    return read_document(plan).data[name][0]["id"]


def with_group(plan: Path) -> None:
    """A target group, for whose people only a number may stand."""
    text = SCENARIO + (
        "target_groups:\n"
        f"  - {{id: wij, what: Wij, people: 5_000, reached: 10, "
        f"stakeholder: {first(plan, 'stakeholders')}, because: Bereikt zegt ons register.}}\n"
    )
    plan.write_bytes(book_of(text) if plan.suffix == ".xlsx" else text.encode())


def test_where_only_a_number_may_stand_the_reason_tells_the_band(plan):
    """What was said there stays; what was said of an earlier number goes."""
    with_group(plan)
    for best in ("1200", "1300"):
        data = put(plan, "target_groups.wij.people", number(best))
        group = named(data, "target_groups")["wij"]
        assert group["people"] == best
        assert group["because"]["nl"] == f"Bereikt zegt ons register. {BECAUSE['nl']}"
        assert group["because"]["en"].endswith(BECAUSE["en"])
        assert group["source"].startswith("cbs-99999ned-2026-11-29[")
    assert len([one for one in data["sources"] if one["id"] == SOURCE["id"]]) == 1


@pytest.mark.parametrize(
    ("where", "code"),
    [("target_groups.niemand.people", "data-path-unknown"), ("title", "data-path-unknown"),
     ("activities", "data-path-unknown")],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_told(plan, where, code):
    before = plan.read_bytes()
    with pytest.raises(Unusable) as stopped:
        with_number(plan, where, number())
    assert stopped.value.problems[0].code == code
    assert plan.read_bytes() == before


def test_a_number_that_breaks_the_scenario_is_not_written(plan):
    with_group(plan)
    with pytest.raises(Unusable) as stopped:
        with_number(plan, "target_groups.wij.people", number("5", "2.5", "7.5"))
    codes = [problem.code for problem in stopped.value.problems]
    assert codes[0] == "data-breaks-scenario"
    assert "reach-above-group" in codes
