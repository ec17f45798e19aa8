"""Of every year of a series that was used: final, provisional, forecast, or the scenario's own."""

import pytest
from models_in_memory import library, with_forecasts
from valid_scenario import SCENARIO
from valuations import valued, write

from sroi.analysis.valuation.valuation import value
from sroi.inputs.files.scenario_file import load
from sroi.report.pages.page import rendered
from sroi.report.pdf.evidence import Asked
from sroi.report.tables.prices import series, spans, told_series
from sroi.report.told.bibliography import used
from sroi.report.told.told import told

LATER = (
    SCENARIO.replace("  price_year: 2024\n  ranges", "  price_year: 2027\n  ranges")
    + """\
indices:
  cpi: {2026: 3.1%, 2027: 2.4%, because: Raming., source: "eigen-meting[p. 9]"}
  msz-mix: {2026: 4.5%, 2027: 4%, because: Contract.}
"""
)


def test_the_status_of_every_year_is_told():
    """SEH is a price of 2022, as is an hour of a volunteer: from there to 2027."""
    lines = series(told(valued(LATER), "nl"))
    by_series = {line.split(":")[0]: line for line in lines}
    msz = by_series["Reeks msz-mix"]
    assert "Definitief: 2023–2024. Voorlopig, kan nog veranderen: 2025." in msz
    assert msz.endswith("Van dit scenario zelf: 2026 (4,5%) en 2027 (4%). Contract.")
    cpi = by_series["Reeks cpi"]
    assert "Definitief: 2023–2025. Van dit scenario zelf: 2026 (3,1%) en 2027 (2,4%). Raming" in cpi
    assert "p. 9" in cpi


def test_a_series_of_own_amounts_is_told_and_is_a_source():
    """An investment of another year moves by a series, whatever prices there are."""
    text = SCENARIO.replace(
        "    price_year: 2024\n  - {id: vrijw",
        "    price_year: 2015\n    index: vng-mix\n  - {id: vrijw",
    )
    valuation = valued(text)
    (line,) = [one for one in series(told(valuation, "en")) if "vng-mix" in one]
    assert "Final: 2016, 2020–2024. Provisional, may still change: 2017–2019." in line
    assert "(Partly) filled in from another series: 2016–2021." in line
    assert library().indices["vng-mix"].source.key in {one.key for one in used(valuation)}


PUBLISHED = {
    "nl": ("Raming: 2026 (3%, ", "verzonnen, van 1 februari 2026); 2027 (2,5%"),
    "en": ("Forecast: 2026 (3%, ", "verzonnen, of 1 February 2026); 2027 (2.5%"),
}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_forecast_is_told_with_who_published_it_and_when(lang):
    """In prices and in the nominal budget; its source is in the list."""
    shelf = with_forecasts("cpi", {2026: 0.03, 2027: 0.025})
    path = write(SCENARIO.replace("  price_year: 2024\n  ranges", "  price_year: 2025\n  ranges"))
    valuation = value(load(path, library=shelf))
    line = told_series(told(valuation, lang), shelf.indices["cpi"], [2025, 2026, 2027])
    assert all(words in line for words in PUBLISHED[lang]), line
    assert "tatooheene-2024" in {one.key for one in used(valuation)}
    assert any(words in page for page in [
        rendered(Asked(lang, "x").filled(valuation, {}), for_print=True)
    ] for words in PUBLISHED[lang])  # fmt: skip


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_that_an_own_figure_goes_before_a_forecast_is_told(lang):
    """What the scenario says is followed, and what was published stands beside it."""
    shelf = with_forecasts("cpi", {2026: 0.03, 2027: 0.025})
    valuation = value(load(write(LATER), library=shelf))
    (cpi,) = [one for one in series(told(valuation, lang)) if "cpi" in one]
    assert ("2026 (3,1%)" if lang == "nl" else "2026 (3.1%)") in cpi
    said = {
        "nl": "voor 2027 een raming van 2,5%, van 1 februari 2026; dit scenario houdt zijn eigen",
        "en": "a forecast of 2.5% for 2027, of 1 February 2026; this scenario keeps to its own",
    }
    assert said[lang] in cpi
    assert "Raming: 20" not in cpi


@pytest.mark.parametrize(
    ("years", "expected"),
    [([2020], "2020"), ([2019, 2020, 2022], "2019–2020, 2022"), ([2016, 2018], "2016, 2018")],
)
def test_years_that_follow_are_one_span(years, expected):
    assert spans(years) == expected
