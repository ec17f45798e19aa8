"""The report of a portfolio: what stands in it, and that it says so where there is less to tell."""

import re
from dataclasses import replace
from typing import Any

import pytest
from portfolios import PER_YEAR, VOLUME, areas, scenario, two_programmes, written
from told_portfolios import one_programme, page

from sroi.report.portfolio import portfolio_page, portfolio_summary, portfolio_tables
from sroi.report.portfolio.portfolio_page import APPENDICES, SECTIONS, rendered
from sroi.report.portfolio.portfolio_told import PortfolioTold
from sroi.report.words.words import Words

BUDGET = {"payer": "gemeente", "at_most": 400, "per": "total", "choose": "expected"}


@pytest.fixture(scope="module", params=["nl", "en"])
def made(request, tmp_path_factory) -> tuple[PortfolioTold, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("regio")
    return page(
        two_programmes(folder, own=["outcomes.verandering.rate"], budget=BUDGET), request.param
    )


def text_of(filled: dict[str, Any], for_print: bool = True) -> str:
    return rendered(filled, for_print)


def test_every_section_stands_in_it_once(made):
    html = text_of(made[1])
    for key in (*SECTIONS, *APPENDICES):
        assert html.count(f'<section id="{key}">') == 1
    assert html.count("<h1") == 1
    assert "{" not in re.sub(r"(?s)<style>.*?</style>", "", html)


def test_the_three_numbers_have_their_range_period_prices_and_view(made):
    told, filled = made
    w, own = told.words, told.valued.total.balance
    npv, ratio, _ = filled["cards"]
    assert npv.figure == told.banded.money(own.mean)
    for end in (own.p5, own.p95):
        assert told.banded.money(end) in npv.spread
    assert "90%" in ratio.spread
    for said in ("2026", "2024", w("timing.end_of_year")):
        assert said in filled["frame"]


def test_every_row_is_in_the_appendix_in_its_order(made):
    told, filled = made
    (table,) = filled["all_rows"].tables
    assert [row[0] for row in table.rows] == [str(n) for n in range(1, 8)]
    assert {(row[1], row[2]) for row in table.rows} == {
        (row.area, told.programme(row.programme)) for row in told.valued.rows
    }


def test_the_choice_is_told_in_the_order_of_what_a_euro_brings(made):
    told, filled = made
    assert told.funding is not None
    _, order, *_ = filled["funding"]
    (table,) = order.tables
    assert len(table.rows) == len(told.funding.chosen.rows)
    costs, expected = told.valued.costs("gemeente").sum(axis=1), told.valued.expected
    best = max(told.funding.chosen.rows, key=lambda n: expected[n] / costs[n])
    assert table.rows[0][1] == told.valued.rows[best].area


def test_what_does_not_fit_is_expected_to_gain_and_not_chosen(made):
    told, filled = made
    assert told.funding is not None
    chosen = {told.valued.rows[n].area for n in told.funding.chosen.rows}
    left = {n for n, mean in enumerate(told.valued.expected) if mean > 0}
    left -= set(told.funding.chosen.rows)
    beside = [
        part
        for part in filled["funding"]
        if part.head == told.words("portfolio_report.beside_head")
    ]
    assert sum(len(part.tables[0].rows) for part in beside) == min(len(left), 10)
    assert chosen


def test_payers_of_the_programmes_add_up_to_the_total(made):
    told, _ = made
    for one in told.valued.total.payers:
        parts = [
            payer.balance
            for answer in told.valued.programmes.values()
            for payer in answer.payers
            if payer.payer == one.payer
        ]
        assert sum(parts) == pytest.approx(one.balance)


def test_the_page_for_the_web_carries_no_script_and_is_described(made):
    html = text_of(made[1], for_print=False)
    assert "<script" not in html
    assert "script-src" not in html
    assert html.count("<caption>") == html.count("<table")


def test_without_a_budget_it_says_how_to_ask(tmp_path):
    told, filled = page(two_programmes(tmp_path))
    assert filled["sections"]["funding"].absent == told.words("portfolio_report.no_budget")
    assert filled["first_title"] == told.words("portfolio_report.worth_most")
    assert told.words("portfolio_report.no_budget") in text_of(filled)


def test_one_row_has_nothing_to_rank(tmp_path):
    told, filled = page(one_programme(tmp_path, 1, {}))
    assert filled["rows"].charts == []
    assert told.words("portfolio_report.one_row") in text_of(filled)
    assert told.words("portfolio_report.one_world") not in text_of(filled)


def test_without_uncertainty_there_is_no_band(tmp_path):
    certain = {"outcomes__rate": 1, "outcomes__deadweight": "20%", "proxies__value": 20}
    told, filled = page(one_programme(tmp_path, 3, certain))
    assert told.certain
    assert filled["cards"][0].spread == Words("nl")("page.exact")
    assert filled["range"][0].charts == []
    text_of(filled)


def test_a_loss_everywhere_is_told_as_one(tmp_path):
    budget = BUDGET | {"choose": "chance"}
    told, filled = page(one_programme(tmp_path, 3, {"proxies__value": 0}, budget=budget))
    assert told.funding is not None
    assert told.funding.chosen.rows == ()
    html = text_of(filled)
    assert "beter is dan niets betalen" in html
    assert "Geen enkele van de 3 rijen" in html


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> tuple[PortfolioTold, dict[str, Any]]:
    """More rows than a page has room for, with names that are long."""
    path = one_programme(tmp_path_factory.mktemp("veel"), 130, {"basis__draws": 64})
    return page(path)


def test_of_many_rows_the_first_and_the_last_are_shown_and_it_is_said(many):
    told, filled = many
    (table,) = filled["all_rows"].tables
    first, last = portfolio_page.LISTED_FIRST, portfolio_page.LISTED_LAST
    places = [*range(1, first + 1), *range(131 - last, 131)]
    assert [row[0] for row in table.rows] == [str(n) for n in places]
    assert "130" in filled["all_rows"].sentences[1]
    (chart,) = filled["rows"].charts
    assert told.words("portfolio_report.rows_between", count=95) in chart.svg


def test_rows_that_share_all_are_not_surer_together(many):
    """With everything shared the total is as unsure as one row; apart it would look surer."""
    told, filled = many
    bands = told.valued.bands
    assert bands.independent.deviation < 0.5 * bands.shared.deviation
    assert any("te smal" in one for one in filled["range"][0].sentences)
    assert any("bewegen" in one for one in filled["range"][0].sentences)


def test_of_a_yearly_budget_every_year_is_told(tmp_path):
    """What the choice costs in it, and what is left."""
    budget = {"payer": "gemeente", "at_most": 400, "per": "year", "choose": "expected"}
    told, filled = page(one_programme(tmp_path, 4, {}, budget=budget))
    assert told.funding is not None
    _, years = filled["funding"][1].tables
    spent = told.valued.costs("gemeente")[list(told.funding.chosen.rows)].sum(axis=0)
    assert [row[1] for row in years.rows] == [told.terse.numbers.money(x) for x in spent]
    assert [row[3] for row in years.rows] == [told.terse.numbers.money(400 - x) for x in spent]


def test_where_more_pay_each_year_says_who(tmp_path):
    """Also where one of them pays for fewer years than the other."""
    other = scenario("ander", investment__payer="zorgverzekeraar")
    other["basis"]["years"] = 4
    programmes = [
        {"scenario": "een.yaml", "columns": {"aantal": VOLUME}},
        {"scenario": "ander.yaml", "columns": {"aantal": VOLUME}},
    ]
    told, filled = page(written(tmp_path, programmes, areas(2), [scenario("een"), other]))
    _, paid = filled["by_year"].tables
    assert len(paid.heads) == 3
    assert len(paid.rows) == 4
    assert told.payer("zorgverzekeraar") in paid.heads
    assert filled["by_payer"].tables[1].groups


def test_small_rows_of_a_large_sum_keep_their_digits(tmp_path):
    """The sum is told in thousands and a row in single euros, each with its unit."""
    places = [{"gebied": f"g {n}", "aantal": 60 + n, "inzet": 300} for n in range(120)]
    programme = [{"scenario": "een.yaml", "columns": {"aantal": VOLUME, "inzet": PER_YEAR}}]
    told, filled = page(written(tmp_path, programme, places, [scenario("een")]))
    assert (told.numbers.step, told.of_rows.numbers.step) == (1000, 1)
    (table,) = filled["all_rows"].tables
    best = max(told.valued.rows, key=lambda row: row.answer.balance.mean)
    assert table.rows[0][5] == told.of_rows.terse.numbers.money(best.answer.balance.mean)
    assert told.of_rows.in_tables in filled["all_rows"].sentences[0]
    assert told.of_rows.in_tables != told.in_tables


def test_hard_cash_is_told_where_it_is_known(made):
    """In a column and in the chart; of the other benefits it is the part that can be booked."""
    told, filled = made
    totals, by_programme = filled["by_payer"].tables
    assert told.words("head.hard") in totals.heads
    assert told.words("portfolio_report.hard_known") in filled["by_payer"].sentences[1]
    (chart,) = filled["by_payer"].charts
    assert told.words("portfolio_report.not_hard") in chart.svg
    assert len(by_programme.groups) == 2
    largest = max(told.valued.total.payers, key=lambda one: one.investment)
    assert largest.hard is not None
    assert told.numbers.money(largest.hard) in filled["payer_line"]


def test_where_hard_cash_is_not_known_nothing_is_called_hard(made):
    """A dash where another programme knows it, and no column where none does."""
    told, _ = made
    unknown = {
        name: replace(answer, payers=tuple(replace(one, hard=None) for one in answer.payers))
        for name, answer in told.valued.programmes.items()
    }
    total = replace(
        told.valued.total, payers=tuple(replace(x, hard=None) for x in told.valued.total.payers)
    )
    first = next(iter(unknown))
    some = told.valued.programmes | {first: unknown[first]}
    valued = replace(told.valued, total=total, programmes=some)
    one = replace(told, valued=valued)
    assert told.words("head.hard") not in portfolio_tables.payers(one).heads
    table = portfolio_tables.payers_by_programme(one)
    assert table.heads[2] == told.words("head.hard")
    assert {row[2] for row in table.groups[0][1]} == {"–"}
    assert "–" not in {row[2] for row in table.groups[1][1]}
    none = replace(told, valued=replace(valued, programmes=unknown))
    assert told.words("head.hard") not in portfolio_tables.payers_by_programme(none).heads
    assert "PM" not in portfolio_summary.payer_line(one)
