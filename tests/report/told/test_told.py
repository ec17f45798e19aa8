"""A valuation told in a language: whether the draws were enough, and values as people say them."""

from dataclasses import replace

import pytest
from told_by_hand import LANGS, RATE, hand_ladder, hand_line, tell, tell_of
from valuations import LIBRARY

from sroi import shipped
from sroi.analysis.valuation.valuation import value
from sroi.inputs.files.scenario_file import load
from sroi.report.told.told import Told, told
from sroi.report.words.numbers import Numbers

SHIPPED = sorted(shipped.folder("scenarios").glob("*.yaml"))


def drawn_at_random(worth: float, draws: int = 256, rate: object = RATE) -> Told:
    """A balance with a standard deviation of 2.31 times the worth of a unit, from random draws."""
    scenario = hand_line(proxies__value=worth, investment__per_year=4 * worth, outcomes__rate=rate)
    scenario["basis"] |= {"sampling": "plain", "draws": draws}
    return tell_of(scenario)


def test_enough_draws():
    """An error of 0.14 is less than half of the euro to which the balance is rounded."""
    assert (
        drawn_at_random(1).enough()
        == "256 trekkingen zijn genoeg voor de uitkomst zoals die hier staat."
    )


def test_a_digit_less_where_the_error_asks_for_it():
    """An error of 3.8 is more than half of a euro, and less than half of ten."""
    shown = drawn_at_random(20)
    assert shown.banded.step == 10
    assert shown.enough().startswith("256 trekkingen zijn genoeg")


def test_too_few_draws():
    """An error of 5.4 is too much for steps of ten, a tenth of the range."""
    said = drawn_at_random(20, draws=64).enough()
    assert said.startswith("64 trekkingen zijn te weinig voor de uitkomst zoals die hier staat; ")
    needed = int("".join(char for char in said.split("ongeveer ")[1] if char.isdecimal()))
    assert 64 < needed < 256


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_shipped_report_says_that_it_has_too_few_draws(path):
    """With its own draws, in either language; the sentence stands on the page as it is."""
    valuation = value(load(path, library=LIBRARY))
    for lang in ("nl", "en"):
        shown = told(valuation, lang)
        draws = shown.numbers.number(valuation.drawn.draws)
        assert shown.enough() == shown.words("enough.sure", draws=draws)


@pytest.mark.parametrize(("lang", "word"), [("nl", "meer dan sroi kan doen"),
                                            ("en", "more than sroi can do")])  # fmt: skip
def test_more_draws_than_can_be_made(lang, word):
    """A few outliers make the error: nobody is told to make tens of millions of draws."""
    shown = drawn_at_random(1000, rate={"lognormal": {"median": 1, "sd_log": 4}})
    said = told(shown.valuation, lang).enough()
    assert word in said
    assert "{" not in said


def test_an_exact_result_needs_no_draws():
    """Without an error they are always enough."""
    assert tell("certain line").enough().startswith("256 trekkingen zijn genoeg")


@pytest.mark.parametrize(
    ("value", "error", "step", "said"),
    [
        (1_768_400, 27_196, 1000, "€ 1.770.000 (± € 30.000)"),
        (1_768_400, 127_196, 1000, "€ 1,8 mln (± € 0,2 mln)"),
        (1_768_400, 3, 1000, "€ 1.768.000 (± € 1.000)"),
        (-5, 0.2, 1, "€ −5 (± € 1)"),
        (4239.5, 0, 100, "€ 4.200"),
    ],
)
def test_an_error_is_rounded_up(value, error, step, said):
    """It is never ± nothing, unless there is none."""
    shown = replace(tell("line"), numbers=Numbers("nl", step=step))
    assert shown.with_error(value, error).replace("\u00a0", " ") == said


def test_an_error_is_as_terse_as_its_amount():
    """Both in thousands where the head of a table says so."""
    shown = replace(tell("line"), numbers=Numbers("en", terse=True))
    assert shown.with_error(1_768_400, 27_196) == "1,770 (±\u00a030)"


def test_a_label_says_what_it_is_about_and_beneath_it_which_quantity():
    assert tell("line").label("investment.inzet.per_year") == "Inzet\nkosten per jaar"


@pytest.mark.parametrize("lang", LANGS)
def test_a_line_by_name(lang):
    """An outcome, an investment, a tier of a ladder, a cost and an effect of a cohort."""
    assert tell("line", lang).line("outcomes.verandering") == "Verandering"
    assert tell("ladder", lang).line("care_ladder.ladder") == "Ladder"
    assert tell("ladder", lang).line("care_ladder.ladder.zwaar") == "Zwaar"
    assert tell("two ladders", lang).line("care_ladder.tweede.zwaar") == "Tweede ladder: Zwaar"
    assert tell("cohort", lang).line("cohorts.hiv.middel") == "Middel"
    assert tell("cohort", lang).line("cohorts.hiv.jaar") == "Levensjaar"


def test_what_only_another_scenario_has():
    """It is told by its path, and a payer by its id."""
    assert tell("line").line("outcomes.elders") == "outcomes.elders"
    assert tell("line").line("care_ladder.ladder.zwaar") == "care_ladder.ladder.zwaar"
    assert tell("line").payer("fonds-elders") == "fonds-elders"


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("outcomes.verandering.rate", 4.0049, "4"),
        ("outcomes.verandering.rate", 0.97321, "0,97"),
        ("outcomes.verandering.rate", -0.0123456, "−0,012"),
        ("outcomes.verandering.rate", 0, "0"),
        ("outcomes.verandering.deadweight", 0.04451, "4,5%"),
        ("investment.inzet.per_year", 53_960, "€ 54.000"),
        ("investment.inzet.per_year", 0.4, "€ 0,40"),
    ],
)
def test_a_computed_value_has_two_digits(path, value, said):
    """Or as many as a ratio near 1 needs."""
    assert tell("line").rough(path, value).replace("\u00a0", " ") == said


def test_a_range_is_told_in_words():
    """Of the line and of the ladder."""
    assert tell("line").quantity("outcomes.verandering.rate") == "2 – 10"
    shown = tell_of(hand_ladder(diversion=RATE | {"uniform": [0.1, 0.3]}), "en")
    assert shown.quantity("care_ladder.ladder.intervention.diversion") == "10% – 30%"
    assert tell("condition").quantity("enabling_conditions.toegang.moves_along") == "kans 60%"
