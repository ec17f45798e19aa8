"""Numbers as a Dutch and as an English reader writes them."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from sroi.report.words.numbers import Numbers, together

NL, EN = Numbers("nl"), Numbers("en")
AMOUNTS = st.floats(-1e12, 1e12, allow_nan=False)
MARKS = {"nl": (".", ","), "en": (",", ".")}


def parsed(text: str, lang: str) -> Decimal:
    """What a reader of that language reads."""
    group, point = MARKS[lang]
    plain = text.replace("\u2212", "-").replace("€", "").replace("\u00a0", "").replace("%", "")
    return Decimal(plain.replace(group, "").replace(point, "."))


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (1234.6, "€\u00a01.235", "€1,235"),
        (-1234.6, "€\u00a0\u22121.235", "\u2212€1,235"),
        (0.4, "€\u00a00", "€0"),
        (-0.4, "€\u00a00", "€0"),
        (1_000_000, "€\u00a01.000.000", "€1,000,000"),
    ],
)
def test_euros(value, dutch, english):
    """Dutch: sign, a space that does not break, minus and number; English: the minus first."""
    assert (NL.euro(value), EN.euro(value)) == (dutch, english)


def test_cents():
    """A price may have its cents."""
    assert (NL.euro(61.5, 2), EN.euro(1061.5, 2)) == ("€\u00a061,50", "€1,061.50")


def test_another_currency_has_its_own_sign():
    """Pounds are pounds in either language."""
    assert Numbers("nl", "GBP").euro(1200) == "£\u00a01.200"
    assert Numbers("en", "GBP").euro(1200) == "£1,200"


def test_thousands():
    """Large amounts are rounded to thousands; where the head says so the zeros go."""
    assert NL.money(234_500) == "€\u00a0235.000"
    assert NL.money(-1_499) == "€\u00a0\u22121.000"
    assert NL.money(-499) == "€\u00a00"
    assert Numbers("nl", terse=True).money(1_234_500) == "1.235"


@pytest.mark.parametrize(
    ("value", "decimals", "dutch"),
    [(1.96, 2, "1,96"), (0.125, 2, "0,13"), (-0.125, 2, "\u22120,13"), (2.675, 2, "2,68"),
     (0.5, 0, "1"), (1.5, 0, "2"), (-2.5, 0, "\u22123"), (1234.05, 1, "1.234,1")],
)  # fmt: skip
def test_halves_go_away_from_zero(value, decimals, dutch):
    """As a spreadsheet does, on the digits that a person sees."""
    assert NL.number(value, decimals) == dutch


def test_plain_keeps_the_decimals_that_a_number_has():
    """Four decimals at the most, and no zeros at the end."""
    assert [NL.plain(x) for x in (2, 0.5, 0.12345, 1234.5)] == ["2", "0,5", "0,1235", "1.234,5"]


def test_percents():
    """A percent stands against its number."""
    assert (NL.percent(0.4), EN.percent(0.4)) == ("40%", "40%")
    assert (NL.percent(0.0225, 2), EN.percent(0.0225, 2)) == ("2,25%", "2.25%")
    assert NL.percent(-0.125) == "\u221213%"
    assert (NL.share(0.025), NL.share(0.4), NL.share(0.12345)) == ("2,5%", "40%", "12,35%")


@pytest.mark.parametrize(
    ("share", "dutch"),
    [(0.0, "0%"), (1.0, "100%"), (1e-6, "< 1%"), (0.0099, "< 1%"), (0.01, "1%"), (0.725, "73%"),
     (0.99, "99%"), (0.991, "> 99%"), (1 - 1e-9, "> 99%")],
)  # fmt: skip
def test_a_chance(share, dutch):
    """Whole percents, with what lies near the ends named as such."""
    assert NL.chance(share) == dutch


@given(st.floats(0, 1))
@example(0.995)
@example(0.005)
def test_a_chance_is_certain_only_where_it_is(share):
    """0% and 100% are for what happens in no draw and in every draw."""
    assert (NL.chance(share) in ("0%", "100%")) == (share in (0.0, 1.0))


def test_a_ratio_has_no_digit_that_the_draws_do_not_support():
    """Two decimals, fewer where the numerical error is larger than half the last one."""
    assert NL.ratio(1.956) == "1,96"
    assert NL.ratio(1.956, 0.0002) == "1,96"
    assert NL.ratio(1.956, 0.0049) == "1,96"
    assert NL.ratio(1.956, 0.006) == "2,0"
    assert NL.ratio(1.956, 0.2) == "2"
    assert NL.ratio(1.956, 40) == "2"
    assert NL.ratio(-1.15, 0.004, 1.5) == "−1,15"
    assert NL.ratio(1.956, 0.0, 20) == "2,0"
    assert NL.ratio(1.956, 0.0, 400) == "2"


@pytest.mark.parametrize(
    ("share", "error", "said"),
    [
        (0.544, 0.0, "54%"), (0.544, 0.005, "54%"), (0.544, 0.006, "55%"), (0.544, 0.03, "50%"),
        (0.004, 0.0, "< 1%"), (0.02, 0.006, "< 5%"), (0.98, 0.006, "> 95%"), (0.0, 0.03, "0%"),
        (1.0, 0.03, "100%"), (0.97, 0.03, "> 90%"),
    ],
)  # fmt: skip
def test_a_chance_that_was_counted_has_steps_of_twice_its_error_or_more(share, error, said):
    assert Numbers("nl", chance_error=error).counted(share).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("value", "width", "said"), [(1433, 0, "1.433"), (1433, 250, "1.433"), (-1433, 9000, "−1.400")]
)
def test_people_in_a_band_have_no_finer_digits_than_it_has(value, width, said):
    assert NL.people(value, width) == said


def test_dates():
    """The month in words."""
    day = datetime.date(2026, 3, 1)
    assert (NL.date(day), EN.date(day)) == ("1 maart 2026", "1 March 2026")


def test_lists():
    """Commas, and a word before the last."""
    assert (NL.list(["a", "b", "c"]), EN.list(["a", "b", "c"])) == ("a, b en c", "a, b and c")
    assert (NL.list(["a"]), NL.list([])) == ("a", "")


@given(AMOUNTS, st.integers(0, 4), st.sampled_from(["nl", "en"]))
def test_a_number_reads_back(value, decimals, lang):
    """What is printed is the value itself to half of its last digit."""
    back = parsed(Numbers(lang).number(value, decimals), lang)
    assert abs(back - Decimal(repr(value))) <= Decimal(5).scaleb(-decimals - 1)


@given(AMOUNTS, st.integers(0, 2), st.sampled_from(["nl", "en"]))
def test_an_amount_reads_back(value, decimals, lang):
    """The same for euros."""
    back = parsed(Numbers(lang).euro(value, decimals), lang)
    assert abs(back - Decimal(repr(value))) <= Decimal(5).scaleb(-decimals - 1)


@given(st.floats(-2, 2), st.integers(0, 2), st.sampled_from(["nl", "en"]))
def test_a_percentage_reads_back(share, decimals, lang):
    """The same for percents."""
    back = parsed(Numbers(lang).percent(share, decimals), lang)
    assert abs(back - Decimal(repr(share)) * 100) <= Decimal(5).scaleb(-decimals - 1)


@given(AMOUNTS)
def test_thousands_are_the_same_with_and_without_zeros(value):
    """A table in thousands and a sentence in euros say the same amount."""
    terse = parsed(Numbers("nl", terse=True).money(value), "nl")
    assert parsed(NL.money(value), "nl") == terse * 1000
    assert abs(terse * 1000 - Decimal(repr(value))) <= 500


@given(AMOUNTS)
def test_nothing_is_printed_as_minus_zero(value):
    """A minus stands only before what is not zero."""
    for text in (NL.number(value), NL.euro(value), NL.money(value)):
        assert ("\u2212" in text) == (parsed(text, "nl") < 0)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_line_ends_between_a_minus_and_its_amount(lang):
    """In English the sign of the currency comes after it, before which a line could end."""
    amount = Numbers(lang).euro(-5)
    joined = together(f"van {amount} tot −4%")
    assert joined.replace("\u2060", "") == f"van {amount} tot −4%"
    assert ("−\u2060€" in joined) == (lang == "en")
    assert together(joined) == joined


def test_what_is_no_text_is_left_alone():
    """A number, and what is known to be HTML."""
    assert together(-3) == -3
    assert together(Markup("−€3")) == "−€3"


@pytest.mark.parametrize(
    ("lang", "value", "band", "said"),
    [
        ("nl", 2_755_000, (-7_906_000, 20_884_000), "€ 2,8 mln"),
        ("nl", -7_906_000, (-7_906_000, 20_884_000), "€ −7,9 mln"),
        ("nl", 20_884_000, (-7_906_000, 20_884_000), "€ 20,9 mln"),
        ("en", -7_906_000, (-7_906_000, 20_884_000), "−€7.9m"),
        ("en", 2_755_000_000, (0, 5_000_000_000), "€2,800m"),
        ("nl", 0.0, (-7_906_000, 20_884_000), "€ 0"),
        ("nl", 285_663, (-525_000, 1_209_000), "€ 290.000"),
        ("nl", 285_663, (284_000, 287_000), "€ 286.000"),
        ("nl", 285_663, (285_663, 285_663), "€ 286.000"),
    ],
)
def test_an_amount_in_a_band_has_a_last_digit_of_about_a_hundredth_of_it(lang, value, band, said):
    numbers = Numbers(lang).in_band(*band)
    assert numbers.money(value).replace("\u00a0", " ").replace("\u2060", "") == said


@pytest.mark.parametrize(("step", "said"), [(1, "26.000"), (100, "26.000"), (1000, "26")])
def test_a_terse_amount_stays_in_the_unit_above_its_table(step, said):
    """However coarse its band or its error lets it be."""
    numbers = Numbers("nl", terse=True, step=step)
    for banded in (numbers.in_band(-41_000, 60_000), numbers.with_error(1_500.0)):
        assert (banded.in_units, banded.step) == (numbers.in_units, 1000)
        assert banded.money(25_700.0) == said


@given(st.floats(-1e12, 1e12), st.floats(1, 1e12))
def test_a_band_has_about_a_hundred_steps(low, width):
    """Unless amounts are rounded as coarsely as that already."""
    step = Numbers("nl", step=1).in_band(low, low + width).step
    told = (low + width) - low
    assert step == 1 or 31.6 <= told / step <= 316.3
