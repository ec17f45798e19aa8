"""The numbers behind the charts: those that are drawn, and a description that is made of them."""

import numpy as np
import pytest
from told_by_hand import LANGS, ask, filled, tell

from sroi.analysis.care.preventive_shift import preventive_shifts
from sroi.analysis.sensitivity.one_at_a_time import swings
from sroi.report.charts.charts import Bar
from sroi.report.figures import chart_tables
from sroi.report.figures import sensitivity as sensitivity_figures
from sroi.report.figures.chart_tables import described, some
from sroi.report.tables.tables import Table


def shift_of(name: str, lang: str = "nl"):
    """The scenario told, and its first ladder."""
    shown = tell(name, lang)
    return shown, preventive_shifts(shown.valuation.model, shown.scenario.basis)[0]


def test_a_description_by_hand():
    """One figure needs no head; empty cells are passed over; what is left out is marked."""
    one = Table("x", ["Stap", "Bedrag"], [["bruto", "€ 3"], ["netto", "€ 2"]])
    two = Table("x", ["Jaar", "Baten", "Kosten"], [["2026", "€ 3", ""], ["2027", "€ 2", "€ 1"]])
    assert described(one) == "bruto: € 3; netto: € 2."
    assert described(two) == "2026: baten € 3; 2027: baten € 2, kosten € 1."
    assert described(one, 1) == "bruto: € 3; …"


@pytest.mark.parametrize(("count", "places"), [(1, [0]), (3, [0, 1, 2]), (100, [0, 33, 66, 99])])
def test_some_of_many(count, places):
    """The first and the last, and what lies evenly between."""
    assert some(count, 4) == places


def test_steps_by_hand():
    """A total has no step of its own."""
    bars = [Bar("Bruto", 0, 5e3, total=True), Bar("Korting", 5e3, 2e3), Bar("Netto", 0, 2e3, True)]
    rows = chart_tables.steps(tell("line"), bars).rows
    assert rows == [["Bruto", "", "€\u00a05.000"], ["Korting", "€\u00a0−3.000", "€\u00a02.000"],
                    ["Netto", "", "€\u00a02.000"]]  # fmt: skip


def test_quantiles_by_hand():
    """Of a hundred and one amounts from -10 to 90."""
    table = chart_tables.quantiles(tell("certain line"), np.arange(-10.0, 91.0), 40.0)
    assert table.rows[0] == ["P1", "€\u00a0−9"]
    assert table.rows[4] == ["P50", "€\u00a040"]
    assert table.rows[-2:] == [["Verwacht", "€\u00a040"], ["Deel onder nul", "10%"]]


def test_who_goes_where_by_hand():
    """Of 100 new people 20 get light support, and leave it again."""
    shown, shift = shift_of("certain ladder")
    assert chart_tables.passages(shown, shift).rows == [
        ["Zwaar", "100 → 80", "100 → 83", "0", "0"],
        ["Licht", "0 → 20", "0 → 20", "0", "0"],
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_person_years_by_hand(lang):
    """100 a year in heavy care, of which 7 and 15 are avoided."""
    shown, shift = shift_of("certain ladder", lang)
    (table,) = chart_tables.person_years(shown, shift, list(reversed(shift.tiers)))
    assert table.heads == [shown.words("head.year"), "Zwaar", "Licht"]
    assert [row[:2] for row in table.rows[:2]] == [["2026", "100 → 93"], ["2027", "100 → 85"]]
    assert table.rows[-1] == [shown.words("chart.range_with", year=2027), "–", "–"]


def test_many_tiers_are_divided_over_tables():
    """Five beside each other at the most."""
    shown, shift = shift_of("ladder")
    tables = chart_tables.person_years(shown, shift, [*shift.tiers] * 4)
    assert [len(table.heads) for table in tables] == [6, 4]


def test_a_tornado_by_hand():
    """Of the line: P10 and P90 of a rate between 2 and 10, for € 1,000 a unit less € 4,000."""
    asked = ask("line")
    drawing = sensitivity_figures.tornado(asked, swings(asked.question))
    (row,) = drawing.tables[0].rows
    assert row[1:] == ["2,8 – 9,2", "€\u00a0−1.200", "€\u00a05.200"]
    assert "€\u00a0−1.200" in drawing.title
    assert "€\u00a05.200" in drawing.title


@pytest.mark.parametrize("lang", LANGS)
def test_from_what_worth_it_is_worth_it(lang):
    """Of what has no price: as the table beside it says."""
    shown = filled("without a price", lang)
    (part,) = shown["without_price"]
    (drawing,) = part.charts
    half = part.tables[0].rows[0][3].split()[-1]
    assert half in drawing.title
    (table,) = drawing.tables
    assert len(table.rows) <= chart_tables.MOST_ROWS
    assert [len(row) for row in table.rows] == [2] * len(table.rows)


def test_the_appendix_has_a_table_for_every_chart_without_one():
    """Those by year and by payer stand beside theirs."""
    shown = filled("ladder")
    heads = [part.head for part in shown["chart_tables"]]
    assert shown["charts"]["distribution"].title in heads
    assert shown["charts"]["years"].title not in heads
    assert shown["care"].cascade.title in heads
    assert len(set(heads)) == len(heads)
