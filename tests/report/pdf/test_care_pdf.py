"""The PDF of a care ladder: its charts are all there, and the money is that of the data. What holds
for every report stands in `test_every_pdf`.
"""

import re

import pytest
from printed import printed

from sroi.report.files.care_json import care_json


def made():
    """The report of a shipped example."""
    return printed("voorbeeldstad-jeugdladder", "nl")


def text() -> str:
    """The words of all pages, on one line."""
    return re.sub(r"\s+", " ", " ".join(made().tagged.pages))


def charts() -> list[str]:
    """The titles of all charts on the page."""
    f = made().filled
    care = f["care"]
    parts = [*care.ladders, care.budget, f["sensitivity"], f["information"], *f["without_price"]]
    titles = [chart.title for part in parts if part for chart in part.charts]
    drawn = [f["charts"][name] for name in ("years", "payers", "distribution")] + [care.cascade]
    return titles + [chart.title for chart in drawn if chart]


def test_every_chart_says_what_it_shows():
    """With the sentence that stands above it, and each once."""
    said = [
        str(element.get("/Alt", ""))
        for role, element in made().tagged.structure
        if role == "Figure"
    ]
    assert len(charts()) >= 8
    assert [title for title in charts() if not any(title in alt for alt in said)] == []


def test_the_ladder_has_heads_of_its_own():
    """Under its section."""
    roles = [role for role, _ in made().tagged.structure]
    assert "H3" in roles


def test_arrows_and_signs_are_words():
    """They can be searched."""
    assert {"→", "±", "−", "€"} <= set(text())


@pytest.mark.parametrize("key", ["budget", "cascade"])
def test_the_money_is_that_of_the_data(key):
    """The last row of the budget and the title of the cascade."""
    numbers, data = made().filled["n"], care_json(made().filled["t"].valuation)
    amounts = (
        [data["budget"][0]["by_year"][-1]["cumulative"]]
        if key == "budget"
        else [data["cascade"][name] for name in ("society", "cashable", "after_investment")]
    )
    for amount in amounts:
        assert numbers.money(amount).replace("\u00a0", " ") in text()
