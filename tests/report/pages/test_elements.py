"""The ten elements: a row for each that is filled in, and one sentence for all that are not."""

from dataclasses import replace

import pytest
from valuations import example_told

from sroi.inputs.evidence.elements import KNOWN, TEN, Element
from sroi.inputs.text.nouns import Text
from sroi.report.figures.part import Part
from sroi.report.pages.experience import elements


def part(keys: list[str], lang: str = "nl") -> Part | None:
    """The part of the report for a scenario with these elements."""
    told = example_told(lang)
    filled = [Element(id=key, what=Text(nl=key, en=key)) for key in keys]
    scenario = told.scenario.model_copy(update={"elements": filled})
    loaded = replace(told.valuation.loaded, scenario=scenario)
    return elements(replace(told, valuation=replace(told.valuation, loaded=loaded)))


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["brede-kennis"], "Van de tien zijn er 9 niet ingevuld, waaronder van de openbare: "
         "Professioneel gedrag, Samen met klanten een weg naar verbetering zoeken en "
         "Basismethodiek."),
        ([*KNOWN, "eigen"], "Van de tien zijn er 5 niet ingevuld."),
    ],
)  # fmt: skip
def test_what_is_not_filled_in_is_one_sentence(keys, said):
    found = part(keys)
    assert found.sentences[1:] == [said]
    assert [row[0] for row in found.tables[0].rows] == keys


def test_ten_elements_leave_nothing_open():
    found = part([f"element-{number}" for number in range(TEN)])
    assert len(found.sentences) == 1
    assert len(found.tables[0].rows) == TEN


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_without_elements_there_is_no_part(lang):
    assert part([], lang) is None
