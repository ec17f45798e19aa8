"""The pages of the preventive shift in the report: what is said when, in both languages."""

import re
from functools import cache
from itertools import pairwise

import pytest
from care_sections import page, sections
from pages_read import Read, read
from told_by_hand import LANGS, LONG, MADE, tell, tell_of, web_page, with_condition
from valuations import page as page_of

from sroi.analysis.result.purses import budget
from sroi.report.pages.care import CarePages, care_pages

ODD = ["two ladders", "harmful ladder", "ladder with relapse", "long names",
       "ladder without investment", "cohort", "without a price"]  # fmt: skip


@cache
def care(name: str, lang: str = "nl") -> CarePages:
    """What it says of care."""
    return care_pages(tell(name, lang))


def sentences(name: str, lang: str = "nl") -> str:
    """All sentences of it."""
    found = care(name, lang)
    parts = [*found.ladders, found.conditions, found.budget, *found.cohorts]
    told = [text for part in parts if part for text in (*part.sentences, *part.after)]
    return " ".join([*told, *found.top_conditions])


def said(name: str, key: str, lang: str = "nl") -> bool:
    """Whether a sentence is among them, whatever the numbers in it."""
    words = re.split(r"\{.*?\}", tell(name, lang).words(key))
    return bool(re.search(".+?".join(map(re.escape, words)), sentences(name, lang)))


def check_page(made: Read, title: str) -> None:
    """No placeholder is left, headings go down one step at a time, and every chart has a title."""
    assert not re.search(r"\{\w*\}|\bNone\b|\bnan\b|Undefined", made.text())
    levels = [int(tag[1]) for tag, _ in made.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = list(made.attributes("id"))
    assert len(ids) == len(set(ids))
    charts = [attributes for tag, attributes in made.elements if tag == "svg"]
    assert charts, title
    for chart in charts:
        assert chart["role"] == "img"
        assert chart["aria-labelledby"] in ids
    links = [link for link in made.attributes("href") if link.startswith("#")]
    assert {link.removeprefix("#") for link in links} <= set(ids)


@pytest.mark.parametrize("name", ODD)
def test_every_report_is_whole(name):
    """However odd the scenario."""
    check_page(page(name), name)


@pytest.mark.parametrize("name", ["two ladders", "without a price"])
def test_every_report_is_whole_in_english(name):
    """The same, and not a word of Dutch in the sentences of the report itself."""
    made = page(name, "en")
    check_page(made, name)
    assert not re.search(r"\b(naar|wordt|aannames|omslagpunt|trekkingen)\b", made.text())


def tables(name: str) -> set[str]:
    """The classes of the tables of a page."""
    found = page(name).elements
    return {attributes.get("class", "") for tag, attributes in found if tag == "table"}


def test_what_there_is_stands_in_its_section():
    """Of ladders, conditions, cohorts and a budget; a section without them says why."""
    assert {"tiers", "conditions", "budget"} <= tables("two ladders")
    assert "cohorts" not in sections("two ladders")
    assert "cohorts" in sections("cohort")
    assert not {"tiers", "conditions", "budget"} & tables("cohort")
    assert not {"tiers", "conditions"} & tables("certain line")
    assert "cohorts" not in sections("certain line")
    assert "conditions" not in tables("certain ladder")
    assert "budget" not in tables("ladder without investment")


@pytest.mark.parametrize("name", ["two ladders", "cohort", "certain line"])
def test_the_contents_name_every_section(name):
    """In the order in which they stand."""
    links = [link.removeprefix("#") for link in page(name).attributes("href")]
    own = sections(name, tags=["section"])
    assert [link for link in links if link in own] == own


def test_every_ladder_has_its_head():
    """And its own charts and tables."""
    first, second = care("two ladders").ladders
    assert (first.head, second.head) == ("Ladder", "Tweede ladder")
    assert len({chart.svg for part in (first, second) for chart in part.charts}) == 4
    assert page("two ladders").text("h3").count("adder") == 2


def test_heavy_care_may_rise():
    """It is said in how many draws; where in none, that it does not; without draws nothing."""
    assert said("harmful ladder", "care.rises")
    assert "In 100% van de trekkingen stijgt" in sentences("harmful ladder")
    assert said("harmful ladder", "care.fixed_part")
    assert said("ladder", "care.never_rises")
    assert not said("ladder", "care.rises")
    assert not said("ladder", "care.fixed_part")
    assert not said("certain ladder", "care.never_rises")


def test_the_waterbed_by_hand():
    """A year of heavy care costs 1,000, half a year of light support 50: (1000 - 50) ÷ 50 = 19."""
    assert "per omgebogen instromer 19,00 of meer" in sentences("certain ladder")


def test_substitution_is_told_of_an_activity():
    """Two of ten people a year are diverted; of an activity of forty that is one for two."""
    scenario = MADE["certain ladder"]()
    scenario["activities"] = [{"id": "hulp", "what": "Hulp", "unit": "traject", "volume": 40}]
    scenario["care_ladder"][0]["of"] = "hulp"
    (part,) = care_pages(tell_of(scenario)).ladders
    (sentence,) = [text for text in part.after if text.startswith("Substitutie")]
    assert "staan 0,50 vermeden" in sentence
    assert not said("ladder", "care.substitution")


def test_who_waits_is_counted():
    """Sixty ask and forty are helped: twenty more each year."""
    assert "naar verwachting 40 mensen" in sentences("ladder with capacity")
    assert not said("ladder", "care.waiting")


@pytest.mark.parametrize(
    ("reference", "key", "share"),
    [("ideal", "reference.ideal", ""), ("expected", "reference.expected", ""),
     (0.36, "reference.measured", "36%")],
)  # fmt: skip
def test_where_the_effect_was_measured_is_said(reference, key, share):
    """With its share where it is stated."""
    scenario = with_condition()
    scenario["care_ladder"][0]["intervention"]["reference"] = reference
    shown = tell_of(scenario)
    sentences = care_pages(shown).ladders[0].sentences
    assert shown.words(key, share=share) in sentences


def test_a_starting_point_is_named():
    """And that it was not measured."""
    scenario = MADE["ladder"]()
    ladder = scenario["care_ladder"][0]
    ladder["intervention"] |= {"starting_point": "sceptisch"}
    sentences = care_pages(tell_of(scenario, "en")).ladders[0].sentences
    assert any("‘sceptical’" in sentence for sentence in sentences)


def test_an_arrow_is_explained_where_there_is_one():
    """A rate that differs by year runs from the first to the last."""
    scenario = MADE["certain ladder"]()
    scenario["care_ladder"][0]["moves"]["zwaar"]["exit"] = [1, 0.9]
    shown = tell_of(scenario)
    sentence = shown.words("care.rates_by_year")
    assert sentence in care_pages(shown).ladders[0].after
    assert sentence not in care_pages(tell("certain ladder")).ladders[0].after


@pytest.mark.parametrize(
    ("fades", "after"),
    [("at_once", "meteen weg"), ("never", "blijft daarna"), ({"half_life": 2}, "elke 2 jaar")],
)
def test_it_is_told_that_a_programme_stops(fades, after):
    """And what becomes of its effect then."""
    scenario = MADE["certain ladder"]()
    scenario["care_ladder"][0]["intervention"] |= {"programme_years": 1, "fades": fades}
    told_ = " ".join(care_pages(tell_of(scenario)).ladders[0].sentences)
    assert "stopt na 1 jaar, met de kosten ervan" in told_
    assert after in told_


def test_it_is_told_up_to_when_it_counts_and_what_comes_late():
    """The part after the last year is what the years after it add, at present value."""
    scenario = MADE["certain ladder"]()
    years = scenario["basis"]["years"]
    end = {"programme_years": years, "fades": {"half_life": 2}}
    scenario["care_ladder"][0]["intervention"] |= end | {"counts_on": 4}
    scenario["basis"]["horizon"] = "count"
    shown = tell_of(scenario)
    told_ = " ".join(care_pages(shown).ladders[0].sentences)
    first = shown.valuation.model.first_year
    assert f"Ook na {first + years - 1} telt mee" in told_
    assert f"tot en met {first + years + 3}" in told_
    ladder = scenario["care_ladder"][0]["intervention"]
    del ladder["counts_on"], ladder["programme_years"], ladder["fades"]
    before = tell_of(scenario).valuation.drawn.benefits().mean()
    later = shown.valuation.drawn.benefits().mean() - before
    assert f"Dat is {shown.numbers.money(float(later))} van de baten" in told_


def test_costs_that_go_on_are_told():
    """Where something else goes on: a second ladder without an end."""
    scenario = MADE["two ladders"]()
    scenario["investment"] = [{"id": "x", "what": "X", "payer": "gemeente", "per_year": 1000}]
    end = {"programme_years": 1, "fades": "never"}
    scenario["care_ladder"][0]["intervention"] |= end
    told_ = " ".join(care_pages(tell_of(scenario)).ladders[0].sentences)
    assert "stopt na 1 jaar; de kosten in dit scenario lopen door" in told_


def test_rates_are_explained_right_after_their_table():
    """And not told of a register, which has counts in their place."""
    part = care("certain ladder").ladders[0]
    assert part.tables[-1].key == "rates"
    assert part.after[0] == tell("certain ladder").words("care.rates")
    assert [table.key for table in care("ladder from a register").ladders[0].tables] == ["tiers"]
    assert not said("ladder from a register", "care.rates")


def test_a_claim_is_explained():
    """Only where there is one."""
    assert said("ladder with a claim", "care.claims")
    assert not said("ladder", "care.claims")


@pytest.mark.parametrize("lang", LANGS)
def test_page_1_has_the_condition_that_is_worth_most(lang):
    """In the place of the conditions that somebody wrote down."""
    (sentence,) = care("condition", lang).top_conditions
    worth = tell("condition", lang).numbers.money(4200)
    assert sentence.startswith("Toegang open (gemeente). ")
    assert worth in sentence


def test_conditions_stand_on_page_1():
    """Before the contents."""
    front = read(re.sub(r"(?s)<nav>.*</main>", "</main>", web_page("two ladders"))).text("li")
    assert care("two ladders").top_conditions[0] in front


def test_of_a_programme_that_does_harm_no_certainty_is_sold():
    """It would only do more of it."""
    (sentence,) = care("harmful ladder").top_conditions
    assert sentence.endswith("maakt de uitkomst niet beter.")


def test_how_much_of_the_effect_is_expected_by_hand():
    """1 - 0.5 × (1 - 0.6) = 80 %."""
    assert "Naar verwachting wordt 80% van het volle effect gehaald" in sentences("condition")


@pytest.mark.parametrize(
    ("invested", "sentence"),
    [
        (2000, "Gemeente heeft de inzet vanaf 2026 terugverdiend in hard geld."),
        (4000, "Gemeente heeft de inzet vanaf 2027 terugverdiend in hard geld."),
        (9000, "Gemeente verdient de inzet binnen de looptijd naar verwachting niet terug"),
    ],
)
def test_payback_by_hand(invested, sentence):
    """Hard money of 2,750 and 5,882 against so much a year."""
    scenario = MADE["certain ladder"]()
    scenario["investment"][0]["per_year"] = invested
    shown = tell_of(scenario)
    (said_,) = care_pages(shown).budget.after
    assert said_.startswith(sentence)
    assert (budget(shown.valuation.drawn, "gemeente").payback is None) == (invested == 9000)


def test_more_arms_are_placed():
    """A part of their own with chart and table; an arm that only costs more is dominated."""
    scenario = MADE["certain cohort"]()
    (cohort,) = scenario["cohorts"]
    cohort["arms"] = [{"id": "duur", "what": "Dure arm"}]
    (cost,) = cohort["costs"][:1]
    cost["by_arm"] = {"duur": {"once": 1_000_000}}
    parts = care_pages(tell_of(scenario)).cohorts
    assert [len(part.charts) for part in parts] == [0] + [1] * len(cohort["effects"])
    table = parts[1].tables[0]
    assert table.key == "frontier"
    standing = {row[0]: row[-1] for row in table.rows}
    assert standing["Dure arm"] == "gedomineerd"
    assert standing["Met programma"] == "op de grens"


def test_a_cohort_says_how_it_is_counted():
    """Its cycles, and when in a cycle."""
    (part,) = care("certain cohort").cohorts
    assert part.sentences[0].startswith(
        "20 rondes, 1 per jaar, geteld aan het eind van elke ronde."
    )
    assert part.sentences[1:] == [
        "Kosten zijn contant gemaakt met 6% per jaar.",
        "Levensjaar: contant gemaakt met 0% per jaar.",
    ]
    assert [table.key for table in part.tables] == ["cohort"]


def test_long_names_are_printed_in_full_outside_the_charts():
    """Names of the ladder, of tiers, of conditions and of who pays."""
    assert page("long names").text().count(LONG) > 20


def test_markup_in_a_name_is_text():
    """Also in the charts and tables of care."""
    scenario = MADE["ladder"]()
    bad = "<script>alert(1)</script>{{7*7}}"
    ladder = scenario["care_ladder"][0]
    for part in (ladder, *ladder["tiers"], scenario["enabling_conditions"][0]):
        part["what"] = bad
    scenario["enabling_conditions"][0] |= {"who": bad, "action": bad}
    made = read(page_of(scenario))
    assert not any("<" in text for path, text in made.texts if "script" in path[-1:])
    assert made.text().count(bad) > 12
