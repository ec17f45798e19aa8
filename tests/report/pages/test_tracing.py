"""Every number has a key, and the key is one that `sroi explain` knows."""

import pytest
from valuations import example, example_told

from sroi.report.explained.explained import explained, keys
from sroi.report.pages.tracing import tracing


def test_every_key_can_be_explained():
    """Totals, payers and lines; each key once."""
    rows = tracing(example_told()).rows
    asked = [row[0] for row in rows]
    assert set(asked) <= set(keys(example()))
    assert len(set(asked)) == len(asked) > 20


@pytest.mark.parametrize("key", ["benefits", "net_present_value", "gemeente", "investment.team"])
def test_the_middle_amount_is_what_explain_comes_to(key):
    """Rounded as the report rounds."""
    shown = example_told()
    (row,) = [row for row in tracing(shown).rows if row[0] == key]
    assert row[3] == shown.numbers.money(abs(explained(example(), key, "nl").value)) or (
        row[3] == shown.numbers.money(explained(example(), key, "nl").value)
    )


def test_the_expected_amount_is_that_of_the_report():
    """The mean over the draws."""
    shown = example_told()
    rows = {row[0]: row for row in tracing(shown).rows}
    drawn = shown.valuation.drawn
    assert rows["net_present_value"][2] == shown.numbers.money(float(drawn.balance().mean()))
    assert rows["sroi_ratio"][2] == shown.numbers.ratio(
        drawn.ratio().mean, drawn.ratio().standard_error
    )
