"""Amounts that name their own series, and series that a scenario continues: lines by hand."""

import pytest
from models_in_memory import library, model
from valid_scenario import CARE

CONTINUED = """\
indices:
  cpi: {2026: 3%, because: Raming.}
  vng-mix: {2026: 5%, because: Raming.}
"""
LATER = (
    CARE.replace("  price_year: 2024\n  ranges", "  price_year: 2026\n  ranges")
    .replace("per_year: 400000}", "per_year: 400000, price_year: 2025, index: vng-mix}")
    .replace("        cost: 1200\n", "        cost: 1200\n        index: vng-mix\n")
    .replace("cash: soft, price_year: 2023,", "cash: soft, price_year: 2023, index: vng-mix,")
    + CONTINUED
)


def by_line(text: str) -> dict[str, tuple[str, float]]:
    """Series and factor of every line that has one flow or more."""
    return {line: (flow.series, flow.index) for line, _, flow in model(text).flows}


def test_every_stated_amount_goes_by_the_series_that_it_names():
    """Of vng-mix a euro of 2023 is 1.05710 of 2024, and one of 2025 is 0.96209; 2026 is 5 % more
    than 2025. So 2023 to 2026 is 1.05710 ÷ 0.96209 × 1.05, and 2025 to 2026 is 1.05."""
    lines = by_line(LATER)
    assert lines["investment.inzet"] == ("vng-mix", pytest.approx(1.05))
    from_2023 = ("vng-mix", pytest.approx(1.05710 / 0.96209 * 1.05))
    assert lines["care_ladder.volwassenen.sociaal-werk"] == from_2023
    assert lines["cohorts.ziekte.zorg"] == from_2023


def test_what_names_none_goes_by_consumer_prices():
    """Also to an own year: the price of residential care is of 2024, by the CPI."""
    lines = by_line(LATER.replace("        index: vng-mix\n", ""))
    cpi = library().indices["cpi"].factors
    expected = ("cpi", pytest.approx(cpi[2023] / cpi[2025] * 1.03))
    assert lines["care_ladder.volwassenen.sociaal-werk"] == expected
    assert lines["care_ladder.volwassenen.verblijf"] == ("cpi", pytest.approx(1 / cpi[2025] * 1.03))
