"""Price series with forecasts that were published: an invented library, read from its files."""

import pytest
from reviews import SHELVES, library_in

from sroi.inputs.library.library import check_library, read_library
from sroi.inputs.library.series import last_known
from sroi.model.lines.indexation import factor

AHEAD = """\
    forecast:
      2025: {rise: 3.1%, source: "bron[tabel 1]", on: 2025-03-01}
      2026: {rise: 2.4%, source: "bron[tabel 1]", on: 2025-03-01}
"""
SERIES = """\
indices:
  - id: cpi
    name: Index
    source: bron
    base_year: 2024
    factors: {2023: 1.0330, 2024: 1}
"""


def with_series(folder, text: str):
    """A small library with another file of series."""
    library_in(folder)
    assert "indices.yaml" in SHELVES
    (folder / "indices.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_forecast_goes_on_from_the_last_figure(tmp_path):
    """100 euros of 2024 are 103.10 of 2025, and 105.5744 of 2026; the last figure is of 2024."""
    cpi = read_library(with_series(tmp_path / "a", SERIES + AHEAD)).indices["cpi"]
    assert 100 * factor(cpi.factors, 2024, 2025) == pytest.approx(103.10)
    assert 100 * factor(cpi.factors, 2024, 2026) == pytest.approx(105.5744)
    assert factor(cpi.factors, 2023, 2024) == pytest.approx(1.0330)
    assert (last_known(cpi), sorted(cpi.forecast)) == (2024, [2025, 2026])
    assert (str(cpi.forecast[2026].source), str(cpi.forecast[2026].on)) == (
        "bron[tabel 1]", "2025-03-01"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("      2025: {rise", "      2027: {rise", "index-year-gap"),
        ("      2025: {rise", "      2024: {rise", "index-year-known"),
        ("rise: 3.1%", "rise: 3.1", "number-out-of-range"),
        ("rise: 3.1%, ", "", "field-missing"),
        (', source: "bron[tabel 1]"', "", "source-missing"),
        (", on: 2025-03-01}", "}", "field-missing"),
        ("bron[tabel 1]", "nergens", "source-unknown"),
    ],
)
def test_a_forecast_has_a_rise_a_source_and_a_day_and_leaves_no_year_out(
    tmp_path, was, becomes, code
):
    ahead = AHEAD.replace("      2026: ", "      # ").replace(was, becomes, 1)
    assert ahead != AHEAD
    _, problems = check_library(with_series(tmp_path / "a", SERIES + ahead))
    # where the file cannot be read at all, no price has its series
    (problem,) = [one for one in problems if one.code != "index-unknown"]
    assert problem.code == code
    assert problem.line > 6


def test_a_gap_between_two_forecasts(tmp_path):
    text = SERIES + AHEAD.replace("      2026:", "      2028:")
    _, problems = check_library(with_series(tmp_path / "a", text))
    assert [(one.code, one.facts["missing"]) for one in problems] == [("index-year-gap", "2027")]


def test_a_series_without_forecasts_is_what_it_was(tmp_path):
    cpi = read_library(with_series(tmp_path / "a", SERIES)).indices["cpi"]
    assert cpi.factors == {2023: 1.0330, 2024: 1}
    assert "forecast" not in cpi.model_dump()
