"""The report as a web page: of the example in both languages, and of scenarios that are odd."""

import re
from functools import cache
from itertools import pairwise

import pytest
from models_in_memory import Record
from pages_read import HOSTILE, LANGS, Read, read, told_everywhere
from valuations import (
    COMMAND,
    RANGE,
    example,
    example_page,
    example_results,
    example_told,
    outcome,
    page,
    small,
    valued,
)  # fmt: skip

from sroi.analysis.result.headline import headline
from sroi.analysis.result.purses import largest_payer
from sroi.report.pages.page import contents, rendered
from sroi.report.pages.summary import payer_line
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import Words


@cache
def example_read(lang: str) -> Read:
    return read(example_page(lang))


def words_of(scenario: Record, lang: str = "nl") -> str:
    return read(page(scenario, lang)).text()


def front(lang: str) -> str:
    """Page 1: all that stands before the contents."""
    after = r'(?s)<(nav|div class="what-if").*</main>'
    return read(re.sub(after, "</main>", example_page(lang))).text("main")


@LANGS
def test_the_page_names_its_language_and_has_one_title(lang):
    """For screen readers, and for the bar of the browser."""
    page_ = example_read(lang)
    title = example_told(lang).say(example().loaded.scenario.title)
    assert page_.elements[0] == ("html", {"lang": lang})
    assert [tag for tag, _ in page_.elements].count("h1") == 1
    assert page_.text("head", "title").strip() == page_.text("h1").strip() == title


@LANGS
def test_headings_go_down_one_step_at_a_time(lang):
    """No level is passed over."""
    levels = [int(tag[1]) for tag, _ in example_read(lang).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@LANGS
def test_the_contents_lead_to_every_section(lang):
    """In the order of the sections, and ids are there once."""
    page_ = example_read(lang)
    links = [link for link in page_.attributes("href") if not link.startswith(("data:", "http"))]
    sections = [attributes["id"] for tag, attributes in page_.elements if tag == "section"]
    ids = list(page_.attributes("id"))
    assert [link for link in links if link.removeprefix("#") in sections] == [
        f"#{name}" for name in sections
    ]
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in links} <= set(ids)


@LANGS
def test_page_1_has_the_three_numbers_of_the_results(lang):
    """Those of the data, rounded as this page rounds."""
    results, told = example_results(), example_told(lang)
    expected, spread = results["expected"], results["range"]
    said = front(lang)
    low, high = (spread["net_present_value"][end] for end in ("p5", "p95"))
    for amount in (expected["net_present_value"], low, high):
        assert told.banded.money(amount) in said
    for ratio in (expected["sroi_ratio"], *(spread["sroi_ratio"][end] for end in ("p5", "p95"))):
        assert told.ratio(ratio) in said
    assert told.numbers.counted(results["probability"]["benefits_exceed_investment"]) in said


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        ("nl", ["maatschappelijk rendement (social return on investment)",
                "níét over de social returnverplichting", "Een verwachting onder aannames"]),
        ("en", ["social return on investment", "not about the social return obligation",
                "forecast"]),
    ],
)  # fmt: skip
def test_the_opening_says_which_sroi_this_is(lang, sentences):
    """Not the obligation to employ people that goes by nearly the same name."""
    opening = re.sub(r'(?s)<section id="null_alternative".*</main>', "</main>", example_page(lang))
    said = read(opening).text("main").replace("social-return", "social return")
    assert [sentence for sentence in sentences if sentence not in said] == []


@LANGS
def test_page_1_has_the_conditions_and_what_may_change_the_conclusion(lang):
    """Three of each at the most, the largest swing first."""
    told, said = example_told(lang), front(lang)
    conditions = [told.say(condition) for condition in told.scenario.conditions]
    assert [condition in said for condition in conditions] == [True] * 3 + [False] * 2
    assert told.say(told.scenario.question) in said
    assert said.count(Words(lang)("page.swing_flip")) in (1, 2, 3)


@LANGS
def test_every_assumption_is_printed(lang):
    """Under the path of its line, with its value, its reason and its source."""
    told, said = example_told(lang), example_read(lang).text("table").replace("] ,", "],")
    for path, assumption in told.assumptions.items():
        kind, key, *_ = path.split(".")
        assert (f"({key}" if kind == "proxies" else f"({kind}.{key})") in said
        assert told.quantity(path) in said
        if assumption.place:
            assert told.say(assumption.quantity.because) in said
            assert told.cited(assumption.quantity.source) in said


@LANGS
def test_the_null_alternative_is_quoted_in_full(lang):
    """What happens without the programme is what all is held against."""
    told = example_told(lang)
    null = re.sub(r"\s+", " ", told.say(told.scenario.null_alternative)).strip()
    assert example_read(lang).text("blockquote").strip() == null


@LANGS
def test_the_fingerprint_repeats_the_calculation(lang):
    """Hash, seed, draws and the command."""
    said = example_read(lang).text("section", "table", "td")
    results = example_results()
    assert results["inputs_sha256"] in said
    assert f" {results['seed']} " in said
    assert Numbers(lang).number(results["draws"]) in said
    assert COMMAND in said


@LANGS
def test_variants_limitations_and_what_has_no_price_are_there(lang):
    """With the outcomes that are not in euros, and the reason."""
    told, said = example_told(lang), example_read(lang).text()
    assert all(name in said for name in example().loaded.variants)
    assert all(told.say(limitation) in said for limitation in told.scenario.limitations)
    unpriced = [outcome for outcome in told.scenario.outcomes if not outcome.in_euros]
    assert unpriced
    for line in unpriced:
        assert told.say(line.what) in said
        assert told.say(line.because) in said


@pytest.mark.parametrize("for_print", [False, True])
def test_nothing_is_loaded_from_elsewhere(for_print):
    """Only the addresses of sources lead elsewhere, when clicked; a policy forbids all others."""
    content = example_page("nl", for_print)
    page_ = read(content)
    own = ("#", "data:")
    places = [*page_.attributes("src"), *page_.attributes("href"), *page_.attributes("xlink:href")]
    clicked = [a["href"] for tag, a in page_.elements if tag == "a"]
    elsewhere = [place for place in places if not place.startswith(own)]
    assert sorted(elsewhere) == sorted(place for place in clicked if place.startswith("http"))
    named = "asset:" if for_print else "data:"
    assert set(re.findall(r"url\((\w+:|#|)", content)) == {"#", named}
    assert not re.search(r"@import|<link|<iframe|<object|<base|file:", content)
    policy = next(a for tag, a in page_.elements if a.get("http-equiv"))
    assert policy["http-equiv"] == "Content-Security-Policy"
    assert policy["content"].startswith("default-src 'none';")


@cache
def elements_of(text: str) -> tuple[list[str], Read]:
    """Elements outside the charts of a page that says one text everywhere, and the page."""
    variant = headline(valued(small()).drawn)
    filled = contents(valued(told_everywhere(text)), "nl", {"variant": variant}, text)
    content = rendered(filled, for_print=False)
    outside = read(re.sub(r"(?s)<svg.*?</svg>", "", content))
    return [tag for tag, _ in outside.elements], read(content)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_text_is_text(text):
    """It is printed as it was written, and makes no element that another text does not make."""
    elements, made = elements_of(text)
    assert sorted(elements) == sorted(elements_of("Gewoon")[0])
    assert "img" not in {tag for tag, _ in made.elements}
    assert made.text().count(text) > 12


def test_one_outcome_and_nothing_uncertain():
    """The page says that there is no range instead of printing one without width."""
    said = words_of(small())
    assert Words("nl")("page.exact") in said
    assert Words("nl")("page.no_swings") in said
    assert Words("nl")("intro.range_exact") in said
    assert Words("nl")("intro.none_without_euros") in said
    assert Words("nl")("page.conditions_missing") in said
    assert "trekkingen uit de bandbreedtes" not in said


def test_a_text_that_ends_in_a_full_stop_gets_no_second_one():
    """Behind what is done, on page 1."""
    scenario = small()
    scenario["activities"][0]["what"] = "Bezoek met registratie."
    assert "Bezoek met registratie." in (said := words_of(scenario))
    assert "registratie.." not in said


@LANGS
def test_without_investment_there_is_no_ratio(lang):
    """And the chance and the balance are printed all the same."""
    scenario = small(outcomes__rate=RANGE) | {"investment": []}
    said, words = words_of(scenario, lang), Words(lang)
    assert words("page.no_ratio") in said
    assert words("page.no_ratio_free") in said
    assert "100%" in said
    assert (
        words("head.sroi_ratio")
        not in said.split(words("section.range"))[-1].split(words("section.without_euros"))[0]
    )


@LANGS
def test_negative_benefits_have_no_ratio(lang):
    """A ratio below zero says nothing; the balance does."""
    said, words = words_of(small(outcomes__rate=-3000), lang), Words(lang)
    assert words("page.no_ratio_negative") in said
    assert Numbers(lang).money(-4000) in said
    assert words("intro.no_payback") in said


def test_benefits_of_nothing():
    """A loss of the whole investment, and a waterfall of which all bars are empty."""
    said = words_of(small(outcomes__rate=0, investment__per_year=20_000))
    assert "€\u00a0\u221220.000" in said
    assert "€\u00a00" in said


def test_forty_outcomes():
    """Every one has its rows."""
    scenario = small()
    scenario["outcomes"] = [outcome(n, what=f"Verandering nummer {n}") for n in range(40)]
    said = words_of(scenario)
    assert all(said.count(f"Verandering nummer {n} ") >= 3 for n in range(40))


def test_very_long_names():
    """They are printed in full in the tables."""
    name = "Een naam die maar door en door gaat " * 12 + "x" * 200
    scenario = small(outcomes__what=name, stakeholders__name=name, investment__what=name)
    scenario |= {"title": name, "payers": [{"id": "fonds", "name": name, "public": "true"}]}
    scenario["investment"][0]["payer"] = "fonds"
    assert words_of(scenario).count(name) > 6


def test_thirty_years():
    """A row for every year."""
    said = words_of(small(basis__years=30, outcomes__lasts=30, activities__volume=1))
    assert all(str(year) in said for year in range(2026, 2056))
    assert "2026–2055" in said


def test_a_currency_has_its_own_sign_everywhere():
    """No euro stands on a page in pounds."""
    scenario = small(basis__currency="GBP", proxies__unit="GBP/huishouden")
    said = words_of(scenario, "en")
    assert "£1,000" in said
    assert "€" not in said


@LANGS
def test_the_line_on_who_pays_most_adds_up(lang):
    """What goes in, what comes back, what of it is hard money and what is not, and the balance."""
    told = example_told(lang)
    payer = largest_payer(example().drawn)
    (row,) = (one for one in example_results()["by_payer"] if one["payer"] == payer)
    amounts = ("investment", "benefits", "hard", "balance")
    wanted = [told.numbers.money(row[name]) for name in amounts]
    wanted += [told.numbers.money(row["soft"] + row["pm"])]
    assert len(set(wanted)) == len(wanted)
    line = payer_line(told)
    assert [amount for amount in wanted if amount not in line] == []
