"""Of every year of a series that was used: final, provisional, forecast, or the scenario's own."""

import pytest
from models_in_memory import library
from valid_scenario import SCENARIO
from valuations import valued

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


def test_a_forecast_is_called_so():
    valuation = valued(SCENARIO)
    cpi = library().indices["cpi"].model_copy(update={"forecast": [2025]})
    assert "Raming: 2025." in told_series(told(valuation, "nl"), cpi, [2025])


@pytest.mark.parametrize(
    ("years", "expected"),
    [([2020], "2020"), ([2019, 2020, 2022], "2019–2020, 2022"), ([2016, 2018], "2016, 2018")],
)
def test_years_that_follow_are_one_span(years, expected):
    assert spans(years) == expected
