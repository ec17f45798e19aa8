"""The report of a contract that is followed: its page, its chart, and what it takes along."""

import re

import pytest
from contracts import SHIPPED, contract, followed

from sroi.analysis.follow.followed import follow
from sroi.inputs.files.scenario_file import load
from sroi.inputs.follow.actuals_file import load_actuals
from sroi.report.charts.drawn import drawn
from sroi.report.follow.follow_evidence import evidence
from sroi.report.follow.follow_figures import course
from sroi.report.follow.follow_page import contents, rendered
from sroi.report.follow.follow_tables import why
from sroi.report.follow.follow_told import follow_told
from sroi.report.word.word import docx

TABLE = SHIPPED / "voorbeeldstad-thuis-gerealiseerd.csv"


@pytest.fixture(scope="module")
def shipped():
    return follow(load_actuals(TABLE, load(SHIPPED / "voorbeeldstad-thuis.yaml")))


@pytest.fixture(scope="module", params=["nl", "en"])
def page(request, shipped):
    told = follow_told(shipped, request.param)
    filled = contents(told, "sroi follow", TABLE.name)
    return told, filled, rendered(filled, for_print=False)


def test_the_page_says_at_once_that_nothing_of_it_happened(page):
    told, _, html = page
    title = re.search(r"<h1[^>]*>(.*?)</h1>", html)[1]
    assert told.words("follow.simulated") in title


def test_promise_and_expectation_stand_beside_each_other(page):
    told, filled, _ = page
    then, now = told.followed.expectation.beside().whole
    numbers = told.numbers.in_band(now.balance.p5, now.balance.p95)
    assert filled["cards"][0].figure == numbers.money(now.balance.mean)
    before = told.numbers.in_band(then.balance.p5, then.balance.p95)
    assert filled["cards"][1].figure == before.money(then.balance.mean)


def test_every_section_has_its_head_and_its_number(page):
    _, filled, html = page
    heads = re.findall(r'<section id="(\w+)">\s*<h2><span class="number">(\d+)</span>', html)
    assert [key for key, _ in heads] == [key for key in filled["sections"] if key != "summary"]
    assert [int(number) for _, number in heads] == list(range(2, len(heads) + 2))


def test_nothing_comes_from_elsewhere(page):
    html = page[2]
    assert "default-src 'none'" in html
    assert not re.search(r'(?:src|href)="https?:', html)


def test_the_chart_has_the_promise_the_realised_line_and_the_new_expectation(page):
    told, filled, html = page
    chart = filled["course"].chart
    found = told.followed.expectation
    assert chart.promised.mean[-1] == pytest.approx(found.beside().whole[0].balance.mean)
    assert chart.now.high[-1] == pytest.approx(found.beside().whole[1].balance.p95)
    assert len(chart.realised) == 3
    assert chart.realised[0] == chart.promised.mean[0] == 0
    assert 'id="course-title"' in html
    assert drawn(chart).count("<title") == 1


def test_the_realised_line_counts_what_is_known(tmp_path):
    """Without uncertainty, and with all as expected, all three lines are one."""
    certain = contract(("per_year: {low: 9000, best: 10_000, high: 12_000, because: Aanname.}",
                        "per_year: 10_000"))  # fmt: skip
    rows = [f"period: {year}, what: team, amount: 10_000, price_year: 2024, known: booked"
            for year in (2024, 2025)]  # fmt: skip
    chart = course(follow_told(followed(tmp_path, certain, *rows), "nl")).chart
    assert chart.realised == pytest.approx(chart.promised.mean[:3], rel=1e-9)
    assert chart.now.mean == pytest.approx(chart.promised.mean, rel=1e-9)


def test_a_contract_of_which_nothing_can_be_expected_says_why(tmp_path):
    row = "period: 2024, what: bezoek, amount: 900, known: counted"
    told = follow_told(followed(tmp_path, contract(), row, until="2024-Q4"), "nl")
    filled = contents(told, "sroi follow", "t.csv")
    assert filled["course"] is None
    assert filled["sections"]["expectation"].absent in rendered(filled, for_print=True)


def test_word_has_the_same_page(page):
    told, filled, _ = page
    if told.words.lang == "nl":
        made = docx(rendered(filled, for_print=True), filled["running"], filled["look"])
        assert made[:2] == b"PK"


def test_it_takes_along_what_it_was_made_of(page):
    found = {one.name: one for one in evidence(page[0])}
    assert set(found) == {
        TABLE.name, "voorbeeldstad-thuis.yaml", "meting-eenzaamheid.json", "sroi-follow.json",
    }  # fmt: skip
    assert found[TABLE.name].content == TABLE.read_bytes()


def test_amounts_in_the_table_of_causes_add_up(shipped):
    """What was expected and the causes come to what it came to, in the thousands that are told."""
    for row in why(follow_told(shipped, "en").terse).rows:
        figures = [int(cell.replace("−", "-").replace(",", "")) if cell != "not measured" else 0
                   for cell in row[3:]]  # fmt: skip
        assert sum(figures[:-1]) == figures[-1], row
