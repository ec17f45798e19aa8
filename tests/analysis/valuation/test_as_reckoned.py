"""A Value Map and the scenario that is made of it come to the same present value."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from taken_over import changed, taken_over
from value_maps import COLUMNS, DUTCH, Map
from wheels_to_meals import wheels_to_meals

from sroi import shipped
from sroi.problems import Problem

SHARES = st.one_of(st.sampled_from([None, 0, 0.05, 0.25, 1]), st.floats(0, 1))
ROWS = st.fixed_dictionaries(
    {
        "stakeholder": st.sampled_from(["Bewoners", "Gemeente", "Vrijwilligers", "Buren"]),
        "outcome": st.sampled_from(["Minder vallen", "Meer rust", "Werk", "Ziekte: minder dagen"]),
        "outputs": st.sampled_from([None, "Eettafel, 7.500 maaltijden", "Huisbezoek"]),
        "quantity": st.one_of(st.integers(-500, 5_000), st.floats(-1e4, 1e4)),
        "value": st.one_of(st.integers(-100, 10_000), st.floats(-1e4, 1e4)),
        "duration": st.integers(1, 6),
        "starts": st.sampled_from([None, 1, 2]),
        "proxy": st.sampled_from([None, "Consult", "Uur zorg"]),
        "deadweight": SHARES,
        "displacement": SHARES,
        "attribution": SHARES,
        "drop_off": SHARES,
        "inputs": st.sampled_from([None, "Tijd", "Subsidie"]),
        "input_value": st.one_of(st.none(), st.floats(0.01, 1e6)),
    }
)
MAPS = st.builds(
    Map,
    rows=st.lists(ROWS, min_size=1, max_size=6),
    years=st.integers(2, 9),
    first=st.sampled_from([0, 1]),
    rate=st.one_of(st.sampled_from([0.0, 0.035]), st.floats(0, 0.4)),
)


def test_wheels_to_meals_laid_out_as_a_value_map(tmp_path):
    """81,741.93 for 42,375, as its sheet and the shipped scenario; discounted as in the Guide."""
    made = taken_over(wheels_to_meals().write(tmp_path / "kaart.xlsx"))
    assert made.reckoned.benefits == pytest.approx(81_741.93, abs=5e-3)
    assert made.reckoned.investment == 42_375
    assert made.codes == []
    basis = made.loaded.scenario.basis
    assert (basis.discounting.regime, basis.first_year, basis.years) == ("sroi-guide-2012", 2012, 5)
    assert made.loaded.scenario.organisation.en == "Wheels-to-Meals"


def test_the_shipped_value_map(tmp_path):
    """A sheet with formulas, saved by a spreadsheet: merged cells, and its own present value."""
    made = taken_over(shipped.folder("scenarios") / "wheels-to-meals-value-map.xlsx")
    assert made.reckoned.benefits == pytest.approx(81_741.93, abs=5e-3)
    assert made.found.told.present
    assert made.found.told.present.value == pytest.approx(81_741.93, abs=5e-3)
    assert [len(one.years) for one in made.found.changes] == [5] * 8
    assert all(one.impact for one in made.found.changes)
    assert made.found.others == ()
    assert (made.codes, made.loaded.scenario.basis.currency) == ([], "GBP")


def test_its_three_rows_of_falls_are_of_one_stakeholder(tmp_path):
    """Who is written once, for all rows below."""
    made = taken_over(wheels_to_meals().write(tmp_path / "kaart.xlsx"))
    whose = [one.stakeholder for one in made.loaded.scenario.outcomes]
    assert whose == [*["residents"] * 6, "volunteers", "neighbours"]


def test_a_case_by_hand(tmp_path):
    """10 × 100 × 0.8 × 0.9 × 0.75 = 540, from the second year; then 270. At 10%: 540 ÷ 1.21 + 270 ÷
    1.331 = 649.14."""
    row = {
        "stakeholder": "Bewoners", "inputs": "Subsidie", "input_value": 300, "outcome": "Rust",
        "quantity": 10, "value": 100, "deadweight": 0.2, "displacement": 0.1, "attribution": 0.25,
        "drop_off": 0.5, "starts": 2, "duration": 2,
    }  # fmt: skip
    made = taken_over(Map([row], rate=0.1).write(tmp_path / "kaart.xlsx"))
    assert made.reckoned.benefits == pytest.approx(649.135988, abs=1e-6)
    assert (made.reckoned.investment, made.codes) == (300, [])


def test_a_first_year_of_number_nought_is_not_discounted(tmp_path):
    """As the sheet has it: 540 ÷ 1.1 + 270 ÷ 1.21 a year sooner than above."""
    row = {"stakeholder": "A", "outcome": "Rust", "quantity": 1, "value": 540, "drop_off": 0.5,
           "starts": 2, "duration": 2}  # fmt: skip
    made = taken_over(Map([row], rate=0.1, first=0).write(tmp_path / "kaart.xlsx"))
    assert made.reckoned.benefits == pytest.approx(540 / 1.1 + 270 / 1.21, rel=1e-12)
    assert made.loaded.scenario.basis.discounting.timing == "start_of_year"
    assert made.codes == []


@settings(max_examples=60, deadline=None, suppress_health_check=[*HealthCheck])
@given(MAPS)
def test_any_value_map_comes_to_what_its_sheet_comes_to(tmp_path, value_map):
    """Row by row and year by year, as the Guide reckons; nothing is told of it but what was typed
    twice."""
    made = taken_over(value_map.write(tmp_path / "kaart.xlsx"))
    size = sum(abs(x) for row in value_map.rows for x in value_map.by_year(row))
    assert made.reckoned.benefits == pytest.approx(
        value_map.present, abs=1e-9 * size + 1e-12, rel=1e-9
    )
    assert made.reckoned.investment == pytest.approx(value_map.put_in, rel=1e-12)
    assert set(made.codes) <= {"value-map-input-twice"}


@settings(max_examples=20, deadline=None, suppress_health_check=[*HealthCheck])
@given(MAPS, st.permutations([name for name in COLUMNS if "source" not in name]))
def test_columns_may_stand_in_any_order(tmp_path, value_map, columns):
    """In Dutch, with nothing but their names to know them by."""
    named = DUTCH | {"value": "Waarde van de proxy"}
    value_map.columns, value_map.heads, value_map.rate = columns, named, 0.035
    value_map.first = 1
    made = taken_over(value_map.write(tmp_path / "kaart.xlsx"))
    whole = Map(value_map.rows, years=12)
    size = sum(abs(x) for row in whole.rows for x in whole.by_year(row))
    assert made.reckoned.benefits == pytest.approx(whole.present, abs=1e-9 * size + 1e-12, rel=1e-9)


def one_row(path) -> Map:
    """540 in the first year, in Q7 … S7."""
    row = {"stakeholder": "A", "outcome": "Rust", "quantity": 10, "value": 100, "duration": 1,
           "deadweight": 0.2, "displacement": 0.1, "attribution": 0.25}  # fmt: skip
    return Map([row], years=2)


def told(made) -> Problem:
    (problem,) = [one for one in made.reckoned.problems if one.code != "value-map-total"]
    return problem


@pytest.mark.parametrize(
    ("cell", "size", "code"),
    [
        ("S7", 1000 * (1 - 0.55), "value-map-added"),
        ("S7", 1000 * 0.8 * 0.9 * 0.25, "value-map-own-share"),
        ("S7", 999, "value-map-impact"),
        ("T7", 541, "value-map-years"),
        ("U7", 1, "value-map-years"),
        ("D8", 17, "value-map-inputs-total"),
        ("S8", 17, "value-map-impact-total"),
    ],
)
def test_a_sheet_that_reckons_otherwise_is_told(tmp_path, cell, size, code):
    """With the cell, what stands there and what the scenario comes to; it stops nothing."""
    path = changed(one_row(tmp_path).write(tmp_path / "kaart.xlsx"), {cell: size})
    problem = told(taken_over(path))
    assert (problem.code, problem.severity) == (code, "warning")
    assert problem.facts["found"] == f"{size:.2f}"
    assert cell in (problem.facts.get("cells"), problem.facts.get("cell"))


def test_another_present_value_is_told(tmp_path):
    """Such as one that nobody discounted."""
    path = changed(one_row(tmp_path).write(tmp_path / "kaart.xlsx"), {"T10": 540})
    (problem,) = taken_over(path).reckoned.problems
    assert problem.code == "value-map-total"
    assert problem.facts == {"cell": "T10", "found": "540.00", "expected": "521.74"}
