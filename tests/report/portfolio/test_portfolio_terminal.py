"""What the terminal shows of a portfolio, in both languages."""

import pytest
from portfolios import PER_YEAR, VOLUME, areas, scenario, two_programmes, written

from sroi.analysis.portfolio.valued import value
from sroi.inputs.portfolio.portfolio_file import load_portfolio
from sroi.report.portfolio import portfolio_tables as tables
from sroi.report.portfolio.portfolio_terminal import show
from sroi.report.portfolio.portfolio_told import PortfolioTold, portfolio_told
from sroi.report.words.words import Words


def told(path, lang: str = "nl") -> PortfolioTold:
    return portfolio_told(value(load_portfolio(path)), lang)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_everything_is_shown(tmp_path, capsys, lang):
    one = told(two_programmes(tmp_path, own=["outcomes.verandering.rate"]), lang)
    show(one, "regio.yaml")
    out = capsys.readouterr().out
    for text in ("Regio Voorbeeld", "Scenario een", "gebied 3", "outcomes.verandering.rate"):
        assert text in out
    for key in ("programmes", "payers", "bands", "years", "rows", "drivers"):
        assert Words(lang)(f"portfolio.{key}_head") in out


def test_tables_hold_what_was_answered(tmp_path):
    one = told(two_programmes(tmp_path))
    table = tables.programmes(one)
    assert [row[:2] for row in table.rows] == [["Scenario een", "4"], ["Scenario ander", "3"]]
    assert table.foot is not None
    assert table.foot[1] == "7"
    assert [row[0] for row in tables.rows(one).rows] == list("1234567")
    best = max(one.valued.rows, key=lambda row: row.answer.balance.mean)
    assert tables.rows(one).rows[0][1] == best.area
    assert len(tables.bands(one).rows) == 3
    assert [row[0] for row in tables.years(one).rows] == ["2026", "2027", "2028"][:2]
    assert tables.drivers(one).rows[0][0].startswith("Prijs")


def test_many_rows_are_cut_and_said(tmp_path, capsys):
    """With the chance of being among the first ten."""
    programme = [{"scenario": "een.yaml", "columns": {"aantal": VOLUME, "inzet": PER_YEAR}}]
    one = told(written(tmp_path, programme, areas(25), [scenario("een")]))
    show(one, "regio.yaml")
    assert Words("nl")("portfolio.more", count=5) in capsys.readouterr().out
    table = tables.rows(one)
    assert len(table.rows) == tables.MOST_ROWS
    assert table.heads[-1] == Words("nl")("head.among_first")


def test_a_column_that_does_not_go_straight_is_named(tmp_path):
    columns = {"aantal": VOLUME, "duur": "outcomes.verandering.lasts"}
    programme = [{"scenario": "een.yaml", "columns": columns}]
    one = told(written(tmp_path, programme, areas(3), [scenario("een")]))
    assert any("duur" in sentence and "aantal" not in sentence for sentence in tables.shared(one))


def test_a_programme_may_have_a_title_of_its_own(tmp_path):
    programme = [{"scenario": "een.yaml", "columns": {}, "title": "Bezoek", "id": "bezoek"}]
    one = told(written(tmp_path, programme, areas(2), [scenario("een")]))
    assert tables.programmes(one).rows[0][0] == "Bezoek"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_budget_is_told_with_the_areas_that_it_buys(tmp_path, capsys, lang):
    budget = {"payer": "gemeente", "at_most": 400, "choose": "expected"}
    one = told(two_programmes(tmp_path, budget=budget), lang)
    assert one.funding is not None
    show(one, "regio.yaml")
    out = capsys.readouterr().out
    table = tables.funding(one, one.funding)
    assert [row[0].endswith(" *") for row in table.rows] == [True, False, False, False]
    for row in one.funding.chosen.rows:
        assert one.valued.rows[row].area in out
    assert Words(lang)("portfolio.per_year") in out


def test_the_ratio_of_the_total_stands_with_its_range(tmp_path, capsys):
    """And above it the years, the prices and whose view it is."""
    one = told(two_programmes(tmp_path))
    show(one, "regio.yaml")
    lines = capsys.readouterr().out.splitlines()
    ratio = one.valued.total.ratio
    assert ratio is not None
    (line,) = (line for line in lines if "SROI" in line)
    assert "90%" in line
    assert any("2026–2027" in line and "2024" in line for line in lines)
    assert any("samenleving" in line for line in lines)
