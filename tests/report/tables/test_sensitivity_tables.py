"""The tables of what drives the answer: numbers by hand, and those of the answers as data."""

import re
from dataclasses import replace

import pytest
from told_by_hand import LANGS, LONG, MADE, answers, ask, tell_of

from sroi.analysis.result.question import question
from sroi.analysis.sensitivity.break_even import break_even_curve
from sroi.report.files.sensitivity_files import as_data
from sroi.report.tables import sensitivity as tables
from sroi.report.tables.sensitivity import Asked
from sroi.report.tables.tables import Table

RATE = "Verandering: effect (huishouden per huishouden)"
COST = "Inzet: kosten per jaar"
SOME = ["line", "two quantities", "certain line", "ladder", "harmful ladder", "without a price",
        "counted share", "cohort", "no investment"]  # fmt: skip


def plain(text: str) -> str:
    """With spaces that break."""
    return text.replace("\u00a0", " ")


def rows(table: Table) -> list[list[str]]:
    """The cells, with spaces that break."""
    return [[plain(cell) for cell in row] for row in table.rows]


def every_table(name: str, lang: str, result: str = "society") -> dict[str, Table]:
    """All tables of a result."""
    asked, found = ask(name, result, lang), answers(name, result)
    words = asked.told.words
    return {
        "swings": tables.swings(asked, found["swings"], found["conditional"]),
        "break_even": tables.break_even(asked, found["break_even"]),
        "highest_price": tables.highest_price(asked, found["highest_price"]),
        "worth": tables.worth_of_units(asked, found["worth"]),
        "given": tables.given(asked, found["given_data"]),
        "indices": tables.indices(asked, found["indices"], asked.told.subject),
        "themes": tables.indices(asked, found["themes"], lambda name: words(f"theme.{name}")),
        "agenda": tables.agenda(asked, found["agenda"]),
        "agenda_themes": tables.agenda_themes(asked, found["agenda"]),
        "counting": tables.counting(asked, found["counting"]),
    }


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", SOME)
def test_every_row_is_as_long_as_its_heads(name, lang):
    """And every cell is a text without a placeholder; what is no number is a dash."""
    for table in every_table(name, lang).values():
        assert max(table.figures) < len(table.heads)
        for row in table.rows:
            assert len(row) == len(table.heads)
            assert not [c for c in row if not c or re.search(r"[{}]|nan|inf\b|None", c)]


@pytest.mark.parametrize(
    ("result", "nl", "en"),
    [
        ("society", "het saldo voor de samenleving", "the balance for society"),
        ("ratio", "de SROI-verhouding", "the SROI ratio"),
        ("gemeente", "het saldo (Gemeente)", "the balance (Municipality)"),
        ("gemeente:hard", "het saldo (Gemeente, hard geld)",
         "the balance (Municipality, hard money)"),
        ("society:soft@2026", "het saldo (samenleving, zacht geld, in 2026, niet contant gemaakt)",
         "the balance (society, soft money, in 2026, not discounted)"),
    ],
)  # fmt: skip
def test_a_result_has_a_name(result, nl, en):
    """In both languages, with the payer by name."""
    assert [ask("line", result, lang).name for lang in LANGS] == [nl, en]


def test_a_ratio_has_decimals_and_a_balance_has_none():
    """What there is not is a dash."""
    assert ask("line", "ratio").show(1.4999) == "1,50"
    assert plain(ask("line").show(-1200.4)) == "€ −1.200"
    assert [ask("line").show(x) for x in (None, float("nan"), float("inf"))] == ["–"] * 3


def test_swings_by_hand():
    """From 2.8 to 9.2 at € 1,000 less € 4,000; the means of the lowest and highest fifth lie there
    too, for the rate is uniform."""
    ((name, ends, low, high, *means),) = rows(every_table("line", "nl")["swings"])
    assert (name, ends, low, high) == (RATE, "2,8 – 9,2", "€ −1.200", "€ 5.200")
    numbers = [int(re.sub(r"\D", "", mean)) for mean in means]
    assert abs(numbers[0] - 1200) < 40
    assert abs(numbers[1] - 5200) < 40


def test_swings_of_a_ratio_by_hand():
    """The same divided by € 4,000."""
    ((_, _, low, high, *_),) = rows(every_table("line", "nl", "ratio")["swings"])
    assert (low, high) == ("0,70", "2,30")


def test_swings_of_a_payer_by_hand():
    """60 % of the benefits is the gemeente's, who pays all: 0.6 × 2,800 - 4,000."""
    ((_, _, low, high, *_),) = rows(every_table("line", "nl", "gemeente:hard@..2026")["swings"])
    assert (low, high) == ("€ −2.320", "€ 1.520")


def test_break_even_by_hand():
    """A rate of 4 of the 2 to 10 that are possible, or an investment of 6,000, or two thirds of the
    price; what is certain has no chance."""
    found = {row[0]: row[1:] for row in rows(every_table("line", "nl")["break_even"])}
    assert found[RATE] == ["6", "4", "25%"]
    assert found[COST] == ["€ 4.000", "€ 6.000", "geen bandbreedte"]
    assert found["Prijs: prijs"] == ["€ 1.000", "€ 670", "geen bandbreedte"]
    assert found["Steun: omvang"] == ["1", "0,67", "geen bandbreedte"]
    assert tables.never(answers("line")["break_even"]) == 0


def test_what_cannot_turn_the_result_is_counted():
    """Nobody invests 6,000 where 5,000 is the most."""
    found = every_table("two quantities", "nl")["break_even"]
    assert COST not in [row[0] for row in found.rows]
    assert tables.never(answers("two quantities")["break_even"]) == 1


def test_what_was_stated_is_not_rounded():
    """A certain 4,364.50 stands there as it was typed; what was worked out has two digits."""
    shown = {row[0]: row[1] for row in every_table("cohort", "nl")["break_even"].rows}
    assert shown["HIV: Middel: per ronde met programma: a"].replace("\u00a0", " ") == "€ 4.365"
    told = ask("cohort").told
    path = "cohorts.hiv.costs.middel.with_programme.a"
    assert told.central(path, 14_355.0) == told.amount(path, 14_355.0)
    (uncertain,) = [p for p in told.valuation.model.quantities.uncertain if p.endswith(".a.a")]
    assert told.central(uncertain, 0.123456) == told.rough(uncertain, 0.123456)


def test_a_jump_is_marked():
    """Capacity is cut in whole steps."""
    (one, *_) = answers("line")["break_even"]
    table = tables.break_even(
        ask("line"), [replace(one, crossings=[replace(x, jumps=True) for x in one.crossings])]
    )
    assert table.rows[0][2] == "4*"


def test_no_more_rows_than_asked():
    """The report has less room than the terminal."""
    found = answers("line")["break_even"]
    assert len(tables.break_even(ask("line"), found, 2).rows) == 2
    assert (
        tables.break_even(ask("line"), found, 2).rows
        == every_table("line", "nl")["break_even"].rows[:2]
    )


def test_a_curve_by_hand():
    """At a rate of r the investment may be 1,000 r; twice the 4,000 is the most that is tried."""
    asked, domains = ask("line"), {}
    pair = ("outcomes.verandering.rate", "investment.inzet.per_year")
    table = tables.curve(asked, break_even_curve(asked.question, *pair, 5, domains))
    assert table.heads == [RATE, COST]
    assert rows(table) == [["2", "€ 2.000"], ["4", "€ 4.000"], ["6", "€ 6.000"],
                           ["8", "€ 8.000"], ["10", "–"]]  # fmt: skip


def test_the_highest_price_by_hand():
    """In nine of ten draws the rate is above 2.8, so a unit may cost € 2,800; it costs 4,000."""
    ((what, unit, price, now),) = rows(every_table("line", "nl")["highest_price"])
    assert (what, unit, now) == ("Steun", "huishouden", "€ 4.000")
    assert abs(int(re.sub(r"\D", "", price)) - 2800) < 20


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "ook gratis niet"), ("en", "not even for free")]
)
def test_what_does_harm_has_no_price(lang, words):
    """Nor would it have for nothing."""
    assert every_table("nothing but loss", lang)["highest_price"].rows[0][2] == words


def test_shares_of_the_variance_by_hand():
    """Of a sum of two: 64/12 of the rate against 4/12 of the investment, 94 % and 6 %."""
    found = every_table("two quantities", "nl")["indices"].rows
    assert [row[0] for row in found] == [RATE, COST]
    for row, share in zip(found, (94, 6), strict=True):
        alone, both = (int(cell.rstrip("%")) for cell in row[1:3])
        assert abs(alone - share) <= 2
        assert abs(both - share) <= 2
        low, high = (int(re.sub(r"\D", "", cell)) for cell in row[3].split(" – "))
        assert low <= both <= high <= 100
    themes = every_table("two quantities", "nl")["themes"].rows
    assert [row[0] for row in themes] == ["effecten", "investering"]
    assert [row[1:3] for row in themes] == [row[1:3] for row in found]


def test_measures_of_the_draws_by_hand():
    """The result rises with the rate and falls with the investment; the same shares."""
    first, second = rows(every_table("two quantities", "nl")["given"])
    assert first[0] == RATE
    assert float(first[1].replace(",", ".")) > 0.9
    assert second[1].startswith("−")
    assert first[3].startswith("94%") or first[3].startswith("93%")
    assert (
        len(tables.given(ask("two quantities"), answers("two quantities")["given_data"], 1).rows)
        == 1
    )


def test_what_is_worth_knowing_by_hand():
    """A rate below 4 costs 1,000 on average in a quarter of the cases: € 250."""
    ((rank, name, worth, changes),) = rows(every_table("line", "nl")["agenda"])
    assert (rank, name, changes) == ("1", RATE, "25%")
    assert abs(int(re.match(r"€ (\d+)", worth)[1]) - 250) < 5
    ((theme, *same),) = rows(every_table("line", "nl")["agenda_themes"])
    assert theme == "effecten"
    assert same == [worth, changes]


def test_where_every_draw_decides_the_same_nothing_is_worth_knowing():
    """No rows; the sentences say why."""
    found = every_table("nothing but loss", "nl")
    assert found["agenda"].rows == found["agenda_themes"].rows == found["counting"].rows == []


def test_counting_more_is_worth_more():
    """Up to knowing it exactly; and nothing is shown that is worth nothing."""
    ((name, counted, *worths),) = rows(every_table("counted share", "nl")["counting"])
    assert (name, counted) == ("Verandering: effect (huishouden per huishouden)", "39")
    euros = [int(re.sub(r"\D", "", worth)) for worth in worths]
    assert euros == sorted(euros)
    assert euros[-1] > 0
    assert every_table("without a price", "nl")["counting"].rows == []


def test_what_a_unit_must_be_worth_by_hand():
    """Two units make up for a loss of 1,000; in nine of ten draws for one of 4,200."""
    ((name, units, *worths),) = rows(every_table("without a price", "nl")["worth"])
    assert (name, units) == ("Buren groeten elkaar", "2,00")
    for worth, hand in zip(worths, (500, 500, 2100), strict=True):
        assert worth.startswith("vanaf € ")
        assert abs(int(re.sub(r"\D", "", worth)) - hand) < 15


@pytest.mark.parametrize(("lang", "words"), [("nl", "tot €"), ("en", "up to €")])
def test_what_gets_worse_may_weigh_so_much(lang, words):
    """Two units less take away a balance of 2,000: € 1,000 each at the most; half of the draws has
    more than that left, and not nine of ten have anything."""
    ((_, units, *worths),) = rows(every_table("worse without a price", lang)["worth"])
    assert units == {"nl": "−2,00", "en": "−2.00"}[lang]
    assert [worth.startswith(words) for worth in worths] == [True, True, False]
    assert worths[2] == "–"
    assert abs(int(re.sub(r"\D", "", worths[0])) - 1000) < 15


@pytest.mark.parametrize("name", ["line", "ladder", "harmful ladder", "cohort"])
def test_tables_agree_with_the_data(name):
    """The same paths in the same order, and the same values, rounded."""
    asked, data = ask(name), as_data(ask(name), answers(name))
    found = every_table(name, "nl")
    moving = [one for one in data["swings"] if not one["without_effect"]]
    assert [row[2:4] for row in found["swings"].rows] == [
        [asked.show(one["at_low"]), asked.show(one["at_high"])] for one in moving
    ]
    turning = [one for one in data["break_even"] if one["value"] is not None]
    assert [row[:3] for row in found["break_even"].rows] == [
        [asked.told.subject(one["path"]), asked.told.central(one["path"], one["centre"]),
         asked.told.rough(one["path"], one["value"]) + "*" * one["jumps"]]
        for one in turning
    ]  # fmt: skip
    worth = [one for one in data["agenda"]["quantities"] if one["euros"] > 2 * one["error"]]
    assert [row[1] for row in found["agenda"].rows] == [
        asked.told.subject(one["name"]) for one in worth
    ]


def test_long_names_are_printed_in_full():
    """Tables cut nothing off."""
    shown = tell_of(
        MADE["line"]() | {"activities": [MADE["line"]()["activities"][0] | {"what": LONG}]}
    )
    asked = Asked(shown, question(shown.valuation.model))
    found = tables.highest_price(asked, answers("line")["highest_price"])
    assert found.rows[0][0] == LONG
