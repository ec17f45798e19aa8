"""The report of a portfolio on paper: tagged, to be kept, and with the numbers of its results."""

import json
import re
from pathlib import Path

import pytest
from alone import alone
from chart_texts import on_one_another
from portfolios import two_programmes
from printed import kept
from readable import READABLE
from tagged import Tagged
from told_portfolios import tell

from sroi.report.files.attached import RESULTS
from sroi.report.pdf.pdf import Attachment
from sroi.report.portfolio.portfolio_evidence import PortfolioAsked, evidence
from sroi.report.portfolio.portfolio_page import rendered
from sroi.report.portfolio.portfolio_told import PortfolioTold

BUDGET = {"payer": "gemeente", "at_most": 400, "per": "total"}


class Report:
    """The PDF with what it was made of."""

    def __init__(self, told: PortfolioTold) -> None:
        asked = PortfolioAsked(told.words.lang, "sroi portfolio run regio.yaml", "regio.yaml")
        self.told, self.filled = told, asked.filled(told)
        self.files: list[Attachment] = evidence(told, asked)
        self.content, self.said = kept(rendered(self.filled, for_print=True), self.files)
        self.tagged = Tagged(self.content)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Report:
    with pytest.MonkeyPatch.context() as monkeypatch:
        alone(monkeypatch)
        folder = Path(tmp_path_factory.mktemp("regio"))
        own = ["outcomes.verandering.rate"]
        return Report(tell(two_programmes(folder, own=own, budget=BUDGET)))


@pytest.mark.parametrize("check", READABLE, ids=lambda check: check.__name__)
def test_it_can_be_read_and_kept(made, check):
    assert list(check(made))[:5] == []


def test_no_text_of_a_chart_stands_on_another(made):
    parts = ("programmes", "rows", "by_payer", "by_year")
    charts = [one for key in parts for one in made.filled[key].charts]
    charts += made.filled["range"][0].charts
    assert len(charts) == 5
    assert [found for one in charts for found in on_one_another(one.svg)] == []


def test_page_1_holds_the_headline_and_the_rest_the_results(made):
    """As they are in the data that goes along."""
    results = json.loads(next(one.content for one in made.files if one.name == RESULTS))
    first = re.sub(r"\s", "", made.tagged.pages[0])
    money = made.told.banded.money
    spread = results["total"]["range"]["net_present_value"]
    for amount in (results["total"]["expected"]["net_present_value"], spread["p5"], spread["p95"]):
        assert re.sub(r"\s", "", money(amount)) in first
    words = " ".join(made.tagged.pages)
    for row in results["rows"]:
        assert row["area"] in words


def test_all_that_it_names_goes_along(made):
    attached = {one.name for one in made.files}
    listed = {name for name, _ in made.filled["attached"] if "*" not in name}
    assert listed <= attached
    assert {"regio.yaml", "gebieden.csv", "een.yaml", "ander.yaml", "basis.csv"} <= attached
