"""What the benefits rest on, as tables and as a sentence."""

from __future__ import annotations

import pytest
from valuations import LIBRARY, example_told, outcome, small, valued, write

from sroi.analysis.valuation.weight import Weight, weights
from sroi.inputs.files.scenario_file import load
from sroi.report.files.weight_files import as_data
from sroi.report.tables.weight import by_evidence, by_provenance, ranking, sentence
from sroi.report.told.told import told


def weight(price: str, **changes: object) -> Weight:
    given = {"provenance": "memory", "evidence": "D", "scenarios": ("een",), "gross": 0.2,
             "present": 0.3, "variance": -0.001, "variance_error": 0.001}  # fmt: skip
    return Weight(price, **(given | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(("lang", "known"), [("nl", "uit de tweede hand"), ("en", "second-hand")])
def test_the_example_in_words(lang, known):
    """Most of its benefits rest on second-hand prices, and the table begins with those."""
    t = example_told(lang)
    assert known in sentence(t).lower()
    table = by_provenance(t)
    assert table.rows[0][0] == t.words("provenance.second-hand")
    assert table.rows[0][2] == sentence(t).split(" ")[0]
    assert by_evidence(t).rows[0][0] == "A"
    assert all(len(row) == len(table.heads) for row in table.rows)


def test_without_benefits_there_is_nothing_to_say():
    t = told(valued(small(outcomes__rate={"value": 0, "because": "Niets."})), "nl")
    assert sentence(t) == ""
    assert by_provenance(t).rows == []


def test_the_ranking_names_what_is_the_scenarios_own_without_the_scenario():
    """With more scenarios it stays; what carries next to nothing is left out or a dash."""
    alone = ranking([weight("een:prijs"), weight("niets", gross=0, present=0)], "nl")
    assert alone.rows == [["prijs", "uit het geheugen", "D", "30%", "20%", "–"]]
    more = ranking([weight("een:prijs"), weight("b", scenarios=("een", "twee"))], "nl")
    assert [(row[0], row[-1]) for row in more.rows] == [("een:prijs", "1"), ("b", "2")]
    own = ranking([weight("een:p", provenance="own", evidence="own")], "en")
    assert own.rows[0][1:3] == ["the scenario's own price", ""]


def test_as_data_the_shares_are_not_rounded():
    made = small()
    made["outcomes"].append(outcome(1, rate=2, proxy="seh-bezoek"))
    data = as_data(weights([load(write(made), library=LIBRARY)], each=16))
    assert data["schema"] == "sroi.weight/1"
    assert sum(data["by_evidence"].values()) == pytest.approx(1)
    assert data["prices"][0]["price"] == "seh-bezoek"
