"""The tables of the preventive shift: numbers by hand, and those of the results as data."""

import re
from dataclasses import replace
from functools import cache

import pytest
from told_by_hand import LANGS, LONG, MADE, tell, tell_of, with_condition

from sroi.analysis.care.preventive_shift import PreventiveShift, preventive_shifts
from sroi.analysis.care.securing import secured
from sroi.analysis.result.purses import budget, cascade
from sroi.model.flows.results import SOCIETY, purse
from sroi.report.files.care_json import care_json
from sroi.report.tables import care as care_tables
from sroi.report.tables.tables import Table
from sroi.report.told.told import Told
from sroi.report.words.numbers import Numbers

LADDERS = [name for name in MADE if "ladder" in name or name in ("condition", "long names")]


def shift_of(shown: Told, number: int = 0) -> PreventiveShift:
    """A ladder told in people."""
    return preventive_shifts(shown.valuation.model, shown.scenario.basis)[number]


def tiers(name: str, lang: str = "nl") -> Table:
    """The table of the first ladder."""
    return care_tables.tiers(tell(name, lang), shift_of(tell(name, lang)))


@cache
def conditions(name: str, lang: str = "nl", payer: str = "gemeente") -> Table:
    """The table of the conditions, with the hard money of a payer."""
    shown = tell(name, lang)
    whose = (SOCIETY, purse(payer, "hard")) if payer else (SOCIETY,)
    found = secured(shown.valuation.model, shown.scenario, whose)
    return care_tables.conditions(shown, found, payer)


def money(name: str, payer: str = "gemeente", lang: str = "nl") -> Table:
    """The budget of a payer in single euros, without their sign."""
    shown = tell(name, lang)
    exact = replace(shown, numbers=Numbers(lang, terse=True, step=1))
    return care_tables.budget(exact, budget(shown.valuation.drawn, payer))


def number(cell: str) -> float:
    """A Dutch cell as a number."""
    return float(re.sub(r"[^\d,−]", "", cell).replace("\u2212", "-").replace(",", "."))


def test_tiers_by_hand():
    """100 people in heavy care; 100 - 20(1 - e⁻²) = 83 after two years, 10(1 - e⁻⁴) lightly."""
    table = tiers("certain ladder")
    assert table.heads[1:5] == [
        "Mensen begin 2026", "Eind 2027 zonder", "Eind 2027 met", "Persoonsjaren minder in 2027",
    ]  # fmt: skip
    assert table.rows == [["Zwaar", "100", "100", "83", "15", "–"],
                          ["Licht", "0", "0", "10", "−9", "–"]]  # fmt: skip


def test_a_range_where_something_is_uncertain():
    """Of diverting 10 to 30 %, at most: the expectation lies in it."""
    for row in tiers("ladder").rows:
        low, high = map(number, row[5].split(" – "))
        assert low < number(row[4]) < high


@pytest.mark.parametrize("name", ["certain ladder", "ladder", "ladder with relapse", "two ladders"])
def test_tiers_are_those_of_the_data(name):
    """The same people and person-years, rounded."""
    shown = tell(name)
    for place, data in enumerate(care_json(shown.valuation)["care_ladder"]):
        table = care_tables.tiers(shown, shift_of(shown, place))
        heavy_first = sorted(data["tiers"], key=lambda tier: -tier["level"])
        for row, tier in zip(table.rows, heavy_first, strict=True):
            last = tier["person_years"][-1]["avoided"]
            values = [*tier["people"].values(), last["mean"]]
            assert row[1:5] == [shown.numbers.number(value) for value in values]
            if last["p5"] != last["p95"]:
                assert row[5] == " – ".join(
                    shown.numbers.number(last[name]) for name in ("p5", "p95")
                )


@pytest.mark.parametrize("lang", LANGS)
def test_the_recently_closed_have_a_name(lang):
    """They are a tier of the model, and of no file."""
    names = [row[0] for row in tiers("ladder with relapse", lang).rows]
    assert tell("ladder", lang).words("care.recent") in names


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", LADDERS)
def test_every_row_is_as_long_as_its_heads(name, lang):
    """And every cell is a text."""
    shown = tell(name, lang)
    shift = shift_of(shown)
    found = [care_tables.tiers(shown, shift), care_tables.claims(shown, shift.id)]
    if not shown.scenario.care_ladder[0].register_:
        found.append(care_tables.rates(shown, shift.id))
    for table in found:
        for row in table.rows:
            assert len(row) == len(table.heads)
            assert all(isinstance(cell, str) and "{" not in cell for cell in row)


def test_rates_by_hand():
    """Those of the file: out of light support at 2 a year, out of heavy care at 1."""
    table = care_tables.rates(tell("certain ladder"), "ladder")
    assert table.heads == ["Van (per jaar) naar", "1", "2", "uit zorg"]
    assert table.rows == [["1. Licht", "", "", "2"], ["2. Zwaar", "", "", "1"],
                          ["nieuwe mensen per jaar", "", "100", ""]]  # fmt: skip


def test_an_uncertain_rate_has_an_asterisk():
    """The others have none."""
    scenario = MADE["certain ladder"]()
    rate = {"low": 0.5, "best": 1, "high": 2, "because": "Voorbeeld."}
    scenario["care_ladder"][0]["moves"]["zwaar"]["exit"] = rate
    table = care_tables.rates(tell_of(scenario), "ladder")
    assert table.rows[1][3] == "1*"
    assert table.rows[0][3] == "2"


def test_flows_by_year_run_from_the_first_year_to_the_last():
    """100 people of whom there are 5% more in the second and last year; a rate that falls."""
    scenario = MADE["certain ladder"]()
    ladder = scenario["care_ladder"][0]
    ladder["inflow"]["zwaar"] = {"start": 100, "growth": "5%"}
    ladder["moves"]["zwaar"]["exit"] = [1, 0.9]
    shown = tell_of(scenario)
    rows = care_tables.rates(shown, "ladder").rows
    assert (rows[2][2], rows[1][3]) == ("100 → 105", "1 → 0,9")


def test_a_condition_by_hand():
    """It takes off half where it fails, in four of ten draws: E = 0.8 of 21,198 for society.

    With it E = 1, a quarter more: 4,240. Of what is hard 60 % is the gemeente's: 1,726.
    """
    (row,) = conditions("condition").rows
    assert row[:5] == ["Toegang open", "Gemeente: Spreek dat af", "50%", "kans 60%", "25%"]
    assert row[5].startswith("€\u00a04.200 (±\u00a0€\u00a0")
    assert row[6].startswith("€\u00a01.700 (±\u00a0€\u00a0")


@pytest.mark.parametrize(
    ("name", "lang"), [("condition", "nl"), ("harmful ladder", "en"), ("two conditions", "nl")]
)
def test_conditions_are_those_of_the_data(name, lang):
    """In their order, with their values and gains."""
    shown = tell(name, lang)
    data = care_json(shown.valuation)["enabling_conditions"]["conditions"]
    for row, one in zip(conditions(name, lang).rows, data, strict=True):
        assert row[4] == shown.numbers.percent(one["gain"])
        assert row[5] == shown.with_error(one["society"], one["society_standard_error"])
        assert row[6] == shown.with_error(one["hard"], one["hard_standard_error"])
    worths = [one["society"] for one in data]
    assert worths == sorted(worths, reverse=True)


def test_where_nobody_invests_there_is_no_hard_column():
    """Society alone."""
    table = conditions("ladder without investment", payer="")
    assert len(table.heads) == len(table.rows[0]) == 6


def test_a_condition_that_is_needed_and_never_holds_has_no_gain():
    """A part of nothing is not told."""
    shown = tell_of(with_condition(criticality=1, moves_along=0))
    found = secured(shown.valuation.model, shown.scenario)
    assert care_tables.conditions(shown, found, "").rows[0][4] == "–"


def test_a_budget_by_hand():
    """60 % of 4,583 and 9,803 is hard; of 6,790 and 14,408 what is left of it is soft.

    Soft is 60 % of the three in ten places that the waiting list takes.
    """
    table = money("certain ladder")
    assert table.heads == [
        "Jaar", "Baten hard", "Baten zacht", "Investering", "Saldo hard geld", "Cumulatief saldo",
    ]  # fmt: skip
    assert table.rows == [["2026", "2.750", "1.324", "2.000", "750", "750"],
                          ["2027", "5.882", "2.763", "2.000", "3.882", "4.631"]]  # fmt: skip
    assert table.foot == ["Totaal", "8.631", "4.087", "4.000", "4.631", ""]


@pytest.mark.parametrize("name", ["certain ladder", "worked example", "harmful ladder", "line"])
def test_the_foot_of_the_budget_is_the_cascade_and_the_sum(name):
    """Hard and what is left, to the euro; and the cumulative balance ends there."""
    table, found = money(name), cascade(tell(name).valuation.drawn, "gemeente")
    foot = [number(cell) for cell in table.foot[1:-1]]
    assert abs(foot[0] - found.cashable) <= 0.5
    assert abs(foot[-1] - found.after_investment) <= 0.5
    assert table.rows[-1][-1] == table.foot[-2]
    for column, total in enumerate(foot, 1):
        off = sum(number(row[column]) for row in table.rows) - total
        assert abs(off) <= 0.5 * (len(table.rows) + 1)


def test_what_cannot_be_booked_has_a_column_of_its_own():
    """Only where there is any."""
    scenario = MADE["certain ladder"]()
    scenario["care_ladder"][0]["tiers"][1]["not_cashable"] = "pm"
    shown = tell_of(scenario)
    table = care_tables.budget(shown, budget(shown.valuation.drawn, "gemeente"))
    assert "Baten PM" in table.heads
    assert "Baten PM" not in money("certain ladder").heads


def test_a_claim_by_hand():
    """0.70 weighed at 0.1² ÷ (0.1² + 0.35²) = 7.5 % leaves 0.973, with a sd log of 0.096."""
    table = care_tables.claims(tell("ladder with a claim"), "ladder")
    ((what, *values),) = table.rows
    assert what == "Loop van de zorg: hoe vaak mensen naar zwaardere zorg gaan (nu = 1)"
    assert values == ["0,70", "0,97", "0,83 – 1,14", "8%"]
    assert care_tables.claims(tell("ladder"), "ladder").rows == []


@pytest.mark.parametrize(
    ("lang", "rows"),
    [
        ("nl", [["Alle kosten", "€\u00a044.663", "€\u00a050.602", "€\u00a05.938", "–"],
                ["Levensjaar (jaar)", "7,991", "8,937", "0,946", "–"],
                ["Extra kosten per extra eenheid (jaar)", "", "", "€\u00a06.276", "–"]]),
        ("en", [["All costs", "€44,663", "€50,602", "€5,938", "–"],
                ["Levensjaar (jaar)", "7.991", "8.937", "0.946", "–"],
                ["Extra cost per extra unit (jaar)", "", "", "€6,276", "–"]]),
    ],
)  # fmt: skip
def test_a_cohort_as_it_was_published(lang, rows):
    """Chancellor (1997): 5,938 more for 0.946 life-years, 6,276 each."""
    shown = tell("certain cohort", lang)
    (found,) = shown.valuation.cohorts
    table = care_tables.cohort(shown, shown.scenario.cohorts[0], found)
    assert table.rows[2:] == rows
    costs = [[number(cell.replace(".", "").replace(",", "")) for cell in row[1:4]]
             for row in table.rows[:3]]  # fmt: skip
    for column in range(3):
        assert abs(costs[0][column] + costs[1][column] - costs[2][column]) <= 1


def test_what_is_not_to_be_weighed_is_told_in_words():
    """A programme that does nothing, as dear and as good; one that is cheaper and better."""
    scenario = MADE["certain cohort"]()
    scenario["cohorts"][0]["programme"]["relative_risk"] = 1
    shown = tell_of(scenario)
    (found,) = shown.valuation.cohorts
    table = care_tables.cohort(shown, shown.scenario.cohorts[0], found)
    assert table.rows[-1] == ["Het programma is (jaar)", "", "", "duurder en even goed", ""]
    cheaper = MADE["certain cohort"]()
    cheaper["cohorts"][0]["costs"] = [cheaper["cohorts"][0]["costs"][0]]
    cheaper["cohorts"][0]["costs"][0]["with_programme"] = {"a": 1}
    shown = tell_of(cheaper, "en")
    (found,) = shown.valuation.cohorts
    table = care_tables.cohort(shown, shown.scenario.cohorts[0], found)
    assert table.rows[-1][0] == "The programme is (jaar)"
    assert table.rows[-1][3] == "cheaper and better"


def test_long_names_are_printed_in_full():
    """Tables cut nothing off."""
    assert {row[0] for row in tiers("long names").rows} == {LONG}
    assert conditions("long names", payer="fonds").rows[0][0] == LONG
