"""The tables of the case around the numbers, by hand."""

import pytest
from valuations import example_told, small, valued

from sroi.report.tables import case as case_tables
from sroi.report.told.told import told

MEASURED = {
    "instrument": "De Jong Gierveld 6", "invited": 40, "improved": 14, "same": 9, "worse": 3,
    "comparison": "group",
}  # fmt: skip


def shown(lang="nl", **changes):
    """The small scenario told, with some of its keys changed."""
    return told(valued(small() | changes), lang)


@pytest.mark.parametrize(
    "make",
    [
        case_tables.target_groups, case_tables.areas, case_tables.logic, case_tables.staffing,
        case_tables.effects, case_tables.measured, case_tables.monitoring, case_tables.checks,
    ],
    ids=lambda make: make.__name__,
)  # fmt: skip
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_table_has_a_cell_under_every_head(make, lang):
    """And the name of the function that makes it."""
    table = make(example_told(lang))
    assert table.key == make.__name__
    assert {len(row) for row in table.rows} <= {len(table.heads)}


@pytest.mark.parametrize(
    ("make", "heads"),
    [
        (case_tables.target_groups, "Doelgroep|Mensen|Bereikt per jaar|Bereik|Onderbouwing"),
        (case_tables.areas, "Doelgroep|Wijk|Bereikt per jaar"),
        (case_tables.logic, "Activiteit|Uitkomst|Belanghebbende|In euro’s|Bewijs"),
        (case_tables.staffing,
         "Inzet|Fte|Uren per fte|Uurtarief|Overhead|Per jaar|Btw|Indexatie"),
        (case_tables.effects, "Uitkomst|Verwacht effect|Gerekend als|Gemeten|Bewijs"),
        (case_tables.measured,
         "Uitkomst|Instrument|Uitgenodigd|Respons|Beter|Gelijk|Slechter|Vergeleken met|"
         "Terugval naar het gemiddelde"),
        (case_tables.monitoring,
         "Wat we volgen|Soort|Wanneer|Wie|Doorgaan als|Stoppen of bijsturen als"),
        (case_tables.checks, "Wie|Wanneer|Wat is nagekeken"),
    ],
)  # fmt: skip
def test_heads_are_in_the_order_of_their_cells(make, heads):
    """As the tests below know the cells; two that changed places would tell another story."""
    assert make(example_told("nl")).heads == heads.split("|")


def test_staffing_can_be_recomputed():
    """2 fte × 1,500 hours × 60 euros × 1.25 = 225,000 euros."""
    scenario = small()
    staffing = {"fte": 2, "hours": 1500, "hourly_rate": 60, "overhead": "25%"}
    scenario["investment"][0] |= {"staffing": staffing, "per_year": 225_000, "vat": "exempt"}
    (row,) = case_tables.staffing(told(valued(scenario), "nl")).rows
    assert row[1:7] == ["2", "1.500", "€\u00a060,00", "25%", "€\u00a0225.000", "vrijgesteld"]


def test_few_people_are_not_printed():
    """Three got worse: that is not printed, nor the smallest other, so that no sum tells it."""
    scenario = small()
    scenario["outcomes"][0]["measured"] = MEASURED
    (row,) = case_tables.measured(told(valued(scenario), "nl")).rows
    assert row[2:7] == ["40", "65%", "niet vermeld", "9", "minder dan 5"]
    assert row[7] == "vergelijkingsgroep"


def test_reach_is_a_share_of_the_group():
    """20 of 80 people is a quarter."""
    group = {"id": "groep", "what": "Groep", "people": 80, "reached": 20}
    (row,) = case_tables.target_groups(shown(target_groups=[group])).rows
    assert row[1:4] == ["80", "20", "25%"]


def test_a_loss_is_told_with_its_amount():
    """Only what is expected to be a loss."""
    drawn = example_told().valuation.drawn
    outcomes = [o for o in example_told().scenario.outcomes if o.in_euros]
    means = [drawn.present_values(drawn.rows("outcomes", [o.id])).mean() for o in outcomes]
    assert len(case_tables.worse(example_told())) == sum(mean < 0 for mean in means) > 0


def test_a_line_of_the_budget_is_the_share_of_its_payer():
    """Of 1,000 euros a year the gemeente pays 60%."""
    scenario = small()
    line = scenario["investment"][0]
    line.pop("payer", None)
    line |= {"payers": {"gemeente": "60%", "inwoner": "40%"}, "per_year": 1000, "incidental": True}
    table = case_tables.budget_lines(told(valued(scenario), "nl"), "gemeente")
    ((_, _, kind, *amounts),) = table.rows
    assert kind == "incidenteel"
    years = len(amounts) - 1
    assert amounts == [*["€\u00a0600"] * years, f"€\u00a0{600 * years:,}".replace(",", ".")]
