"""The scenario that looks back: what was realised, each number with its source."""

import pytest
from contracts import SHIPPED, contract, followed

from sroi.analysis.follow.followed import follow
from sroi.inputs.files.scenario_file import load
from sroi.inputs.follow.actuals_file import load_actuals
from sroi.inputs.text.yaml_text import parse
from sroi.model.flows import engine
from sroi.model.flows.results import purse
from sroi.model.lines.model import model_of
from sroi.problems import Unusable
from sroi.report.follow.retrospective import retrospective

ROWS = (
    "period: 2024, what: bezoek, amount: 80, known: counted",
    "period: 2025, what: bezoek, amount: 95, known: counted",
    "period: 2025, what: minder-hulp, amount: 5, sd: 0.5, known: measured",
    "period: 2024, what: team, payer: gemeente, amount: 8000, known: booked",
    "period: 2024, what: team, payer: zorgverzekeraar, amount: 2400, known: booked",
)


def back(made):
    """What comes out, read again."""
    text = retrospective(made, "terug.yaml")
    return load(parse(text, "terug.yaml"))


def test_it_has_the_years_that_are_over_and_what_was_realised(tmp_path):
    found = back(followed(tmp_path, contract(), *ROWS)).scenario
    assert (found.kind, found.basis.years) == ("evaluation", 2)
    visits = found.activities[0].volume
    assert [one.value for one in visits] == [80, 95]
    assert str(visits[0].source).startswith("eigen-administratie-registratie-2024")
    assert found.outcomes[0].rate.normal.mean == 5
    assert found.outcomes[0].deadweight is not None


def test_what_is_not_known_stays_what_was_expected(tmp_path):
    found = back(followed(tmp_path, contract(), *ROWS)).scenario
    team = found.investment[0].per_year
    assert (team[0].value, team[1].best) == (10_400, 10_000)
    assert found.outcomes[1].rate.beta.yes == 3
    assert found.investment[0].payers == pytest.approx(
        {"gemeente": 0.7692, "zorgverzekeraar": 0.2308}
    )


def test_against_a_group_corrections_go(tmp_path):
    tie = ("stakeholders:", "correlations: [{of: [outcomes.minder-hulp.deadweight, "
           "outcomes.minder-hulp.attribution_to_others], rho: 0.5}]\nstakeholders:")  # fmt: skip
    row = ROWS[2].replace("known", "comparison: group, known")
    found = back(followed(tmp_path, contract(tie), *ROWS[:2], row)).scenario
    assert (found.outcomes[0].effect_basis, found.outcomes[0].deadweight) == ("causal", None)
    assert found.correlations == []


def test_counts_of_people_stay_counts(tmp_path):
    row = ("period: 2025, what: minder-vallen, amount: 6, of: 80, comparison: group, "
           "known: measured")  # fmt: skip
    rate = back(followed(tmp_path, contract(), *ROWS[:2], row)).scenario.outcomes[1].rate
    assert (rate.beta.yes, rate.beta.no) == (6, 74)


def test_its_numbers_are_those_that_were_realised(tmp_path):
    """The central case of what looks back is what `follow` calls realised, line by line."""
    made = followed(tmp_path, contract(), *ROWS)
    loaded = back(made)
    central = engine.central(model_of(loaded.scenario, loaded.library))
    spent = central.by_year(central.rows("investment", ["team"]), purse("gemeente"))
    known = next(x for x in made.years if (x.line, x.payer) == ("investment.team", "gemeente"))
    assert spent[0] == pytest.approx(known.realised, abs=1)


def test_the_shipped_contract_looks_back():
    made = follow(
        load_actuals(
            SHIPPED / "voorbeeldstad-thuis-gerealiseerd.csv",
            load(SHIPPED / "voorbeeldstad-thuis.yaml"),
        )
    )
    loaded = back(made)
    assert loaded.problems == ()
    assert "gesimuleerd" in loaded.scenario.limitations[-1].nl
    assert [one.value for one in loaded.scenario.activities[0].volume] == [186, 303]


def test_before_a_year_is_over_there_is_nothing_to_look_back_on(tmp_path):
    row = "period: 2024-Q1, what: bezoek, amount: 25, known: counted"
    with pytest.raises(Unusable, match="follow-no-year-over"):
        retrospective(followed(tmp_path, contract(), row, until="2024-Q1"), "terug.yaml")
